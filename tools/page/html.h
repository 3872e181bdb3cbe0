// A page as HTML that needs nothing else: style and pictures are within, and there is no script. Entry: html_page.
#pragma once

#include <string>

#include "tools/page/page.h"

namespace assent::command {

std::string html_page(const Page& page);

}  // namespace assent::command
