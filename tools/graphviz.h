// A picture in the language of Graphviz as SVG, by its program `dot`. Entry: svg_of.
#pragma once

#include <string>

namespace assent::command {

// BadInput if the program is not installed or fails.
std::string svg_of(const std::string& dot);

}  // namespace assent::command
