// JSON cut into pieces that stay as they were written: whoever needs a value reads it himself, so that no number passes
// through a double on its way. Entries: each_member, each_element, what_is_wrong, text_of.
//
// All is checked: the grammar of RFC 8259, UTF-8, depth; and that no name stands twice in the object that is cut, while
// those within it are for their readers to see.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace assent::command::serve {

// Arrays and objects inside each other: bounds the stack. Of a quote the runtime reads no more than 200.
inline constexpr std::size_t max_json_depth = 1'000;
// Of an object that is cut: no request has so many, and looking for doubled names is quadratic.
inline constexpr std::size_t max_members = 100;

// Calls `take` for each part of an object, or of an array, until something is wrong. Gives what that is, "byte 17: …",
// or nothing. The value is part of `json`.
std::string each_member(std::string_view json, const std::function<void(const std::string&, std::string_view)>& take);
std::string each_element(std::string_view json, const std::function<void(std::string_view)>& take);

// Of any JSON.
std::string what_is_wrong(std::string_view json);

// The text that a value is, or nothing for any other.
std::optional<std::string> text_of(std::string_view json);

}  // namespace assent::command::serve
