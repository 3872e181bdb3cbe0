// The spellings and meanings of refusals, from the list in reply_refusals.def.
//
// Entry: text, meaning. The switches have no default, so the compiler checks that they are complete.
#include "runtime/delivery/reply_refusal.h"

namespace assent::delivery {

std::string_view text(ReplyRefusal refusal) {
  switch (refusal) {
#define REFUSAL(refusal_name, spelling, words) \
  case ReplyRefusal::refusal_name: return spelling;
#include "runtime/delivery/reply_refusals.def"
#undef REFUSAL
  }
  return "unknown";  // only a value cast from outside the list arrives here
}

std::string_view meaning(ReplyRefusal refusal) {
  switch (refusal) {
#define REFUSAL(refusal_name, spelling, words) \
  case ReplyRefusal::refusal_name: return words;
#include "runtime/delivery/reply_refusals.def"
#undef REFUSAL
  }
  return "unknown refusal";
}

}  // namespace assent::delivery
