// One value of a quote as it was submitted, for people to see. Entry: value_at.
#pragma once

#include <string>
#include <string_view>

#include "runtime/ingest/document.h"

namespace assent::courier {

// A JSON pointer (RFC 6901) that leads somewhere: "/account/name", "/lines/0/product".
bool is_pointer(std::string_view text);

// What stands at the pointer, a number as it is written there, a text without its quotes; empty if there is nothing, or
// an object or a list. The document holds JSON.
std::string value_at(ingest::Document& document, std::string_view pointer);

}  // namespace assent::courier
