// A path as an SVG within a page: from left to right, side by side where nobody waits for the others. Entry: path_svg.
#pragma once

#include <cstddef>
#include <string>

#include "tools/page/page.h"

namespace assent::command {

// What may be left out is dashed. `number` is the picture's own on its page, for the ids of its title and its words.
std::string path_svg(const PathPicture& picture, std::size_t number);

}  // namespace assent::command
