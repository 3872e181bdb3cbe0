// Whether bytes are UTF-8. Entry: is_utf8.
#pragma once

#include <string_view>

namespace assent {

// As RFC 3629, section 4: no overlong form, no surrogate, nothing beyond U+10FFFF.
bool is_utf8(std::string_view bytes);

}  // namespace assent
