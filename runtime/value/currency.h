// How many decimals the amounts of a currency have: ISO 4217, table A.1, "minor unit". Entry: minor_places.
#pragma once

#include <algorithm>
#include <array>

#include "runtime/value/value.h"

namespace assent {

// 2 for whatever is not listed, as for most.
constexpr int minor_places(Currency unit) {
  constexpr auto in = [](Currency sought, const auto& codes) {
    return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) { return currency(code) == sought; });
  };
  constexpr std::array<std::string_view, 16> none{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                  "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
  constexpr std::array<std::string_view, 7> three{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  constexpr std::array<std::string_view, 2> four{"CLF", "UYW"};
  return in(unit, none) ? 0 : in(unit, three) ? 3 : in(unit, four) ? 4 : 2;
}
constexpr int minor_places(std::string_view code) { return minor_places(currency(code)); }

}  // namespace assent
