// How many decimals the amounts of a currency have: ISO 4217, table A.1, "minor unit". Entry: minor_places.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace assent {

// 2 for whatever is not listed, as for most.
constexpr int minor_places(std::string_view currency) {
  constexpr std::array<std::string_view, 16> none{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                  "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
  constexpr std::array<std::string_view, 7> three{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  constexpr std::array<std::string_view, 2> four{"CLF", "UYW"};
  const auto in = [&](const auto& list) { return std::find(list.begin(), list.end(), currency) != list.end(); };
  return in(none) ? 0 : in(three) ? 3 : in(four) ? 4 : 2;
}

}  // namespace assent
