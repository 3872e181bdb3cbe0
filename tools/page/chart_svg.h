// Numbers before and after as bars, within a page. Entry: chart_svg.
#pragma once

#include <cstddef>
#include <string>

#include "tools/page/page.h"

namespace assent::command {

// Each number stands beside its bar. `number` is the picture's own on its page, for the ids of its title.
std::string chart_svg(const Chart& chart, std::size_t number);

}  // namespace assent::command
