// Entry: match_sender.
#include "runtime/delivery/sender.h"

#include "runtime/value/fold_case.h"

namespace assent::delivery {

std::string_view text(SenderRefusal refusal) {
  switch (refusal) {
    case SenderRefusal::unknown: return "unknown";
    case SenderRefusal::ambiguous: return "ambiguous";
  }
  return "";
}

std::variant<std::string, SenderRefusal> match_sender(std::string_view address,
                                                      std::span<const PersonAddress> directory) {
  const std::string wanted = fold_case(address);
  const PersonAddress* found = nullptr;
  for (const PersonAddress& known : directory) {
    if (known.address.empty() || fold_case(known.address) != wanted) continue;
    if (found != nullptr && found->person != known.person) return SenderRefusal::ambiguous;
    found = &known;
  }
  if (found == nullptr) return SenderRefusal::unknown;
  return std::string(found->person);
}

}  // namespace assent::delivery
