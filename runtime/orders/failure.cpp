// The messages and names of failures, from the list in failures.def.
//
// Entry: text, name, failure_of. The switches over failures have no default, so the compiler checks that they are
// complete.
#include "runtime/orders/failure.h"

#include <cassert>

namespace assent::orders {

std::string_view text(Failure failure) {
  switch (failure) {
#define FAILURE(failure_name, message) \
  case Failure::failure_name:          \
    return message;
#include "runtime/orders/failures.def"
#undef FAILURE
  }
  return "unknown failure";  // only a value cast from outside the list arrives here
}

std::string_view name(Failure failure) {
  switch (failure) {
#define FAILURE(failure_name, message) \
  case Failure::failure_name:          \
    return #failure_name;
#include "runtime/orders/failures.def"
#undef FAILURE
  }
  return "unknown";
}

Failure failure_of(Fault fault) {
  assert(fault == Fault::none || fault == Fault::overflow || fault == Fault::date_range);
  if (fault == Fault::none) return Failure::none;
  return fault == Fault::date_range ? Failure::date_range : Failure::overflow;
}

}  // namespace assent::orders
