// Which files a command is given. Entry: source_files.
#pragma once

#include <string>
#include <vector>

namespace assent::command {

// The names as they are, and for a folder every `.assent` file in it and below, by name; links to other folders are not
// followed. BadInput for a folder that cannot be read.
std::vector<std::string> source_files(const std::vector<std::string>& names);

}  // namespace assent::command
