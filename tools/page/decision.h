// A decision as a page: what it came to, its path as a picture, and why each step is asked. Entry: decision_page.
#pragma once

#include <string>

#include "assent/decision.h"
#include "tools/page/page.h"

namespace assent::command {

Page decision_page(std::string title, const Decision& decision);

}  // namespace assent::command
