// The reason why a computation on values has no result.
//
// Entry: Fault, text(Fault), name(Fault). Functions that can fail return a Fault and write their
// result through a reference; on any fault but `none` that result is left as it was.
#pragma once

#include <cstdint>
#include <string_view>

namespace assent {

enum class Fault : std::uint8_t {
#define FAULT(fault_name, message) fault_name,
#include "runtime/value/faults.def"
#undef FAULT
};

// A sentence for people, in lower case and without a final period.
std::string_view text(Fault fault);

// The stable name, as spelt in faults.def.
std::string_view name(Fault fault);

}  // namespace assent
