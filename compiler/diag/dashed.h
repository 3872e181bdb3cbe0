// An identifier of a list as it is shown: `invalid_utf8` is "invalid-utf8". Entry: Dashed.
#pragma once

#include <cstddef>
#include <string_view>

namespace assent::compiler {

template <std::size_t N>
struct Dashed {
  char letters[N] = {};

  explicit constexpr Dashed(const char (&name)[N]) {
    for (std::size_t i = 0; i < N; ++i) letters[i] = name[i] == '_' ? '-' : name[i];
  }
  constexpr std::string_view view() const { return {letters, N - 1}; }
};

}  // namespace assent::compiler
