// The standard library as the build embeds it: every .assent file of this folder, by module name.
#pragma once

#include <span>
#include <string_view>

namespace assent::library {

struct Module {
  std::string_view name;  // "std.cpq"
  std::string_view text;
};

std::span<const Module> modules();  // sorted by name

}  // namespace assent::library
