// How two texts differ, line by line, as `patch` reads it. Entry: line_diff.
#pragma once

#include <string>
#include <string_view>

#include "tools/terminal.h"

namespace assent::command {

// Empty if they do not. Lines that stand once in both texts tie them together; what lies between two of them and is not
// the same at either end is shown as removed and added. Time: linear but for a logarithm.
std::string line_diff(const std::string& name, std::string_view before, std::string_view after, const Style& style);

}  // namespace assent::command
