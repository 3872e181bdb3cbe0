// A page as Markdown that GitHub and GitLab show, with pictures in the language of Mermaid. Entry: markdown_page.
#pragma once

#include <string>

#include "tools/page/page.h"

namespace assent::command {

std::string markdown_page(const Page& page);

}  // namespace assent::command
