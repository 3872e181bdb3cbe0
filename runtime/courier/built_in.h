// The templates of this folder, which every courier has. Entry: built_in_template.
#pragma once

#include <string_view>

namespace assent::courier {

// "letter.html" and so on; empty if there is none of the name. Written by the build.
std::string_view built_in_template(std::string_view name);

}  // namespace assent::courier
