// The messages and names of faults, from the list in faults.def.
//
// Entry: text, name. The switches have no default, so the compiler checks that they are complete.
#include "runtime/value/fault.h"

namespace assent {

std::string_view text(Fault fault) {
  switch (fault) {
#define FAULT(fault_name, message) \
  case Fault::fault_name:          \
    return message;
#include "runtime/value/faults.def"
#undef FAULT
  }
  return "unknown fault";  // only a value cast from outside the list arrives here
}

std::string_view name(Fault fault) {
  switch (fault) {
#define FAULT(fault_name, message) \
  case Fault::fault_name:          \
    return #fault_name;
#include "runtime/value/faults.def"
#undef FAULT
  }
  return "unknown";
}

}  // namespace assent
