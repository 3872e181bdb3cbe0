// Any text as a quote of a policy that reads a bit of everything: a decision or problems, never a crash.
#include <cstdint>
#include <cstdlib>

#include "assent/compile.h"
#include "assent/policy.h"

namespace {

assent::Policy policy() {
  constexpr const char* source = R"(policy fuzz
record Item { name: Text else "" amount: Money? count: Integer when_: Date? tags: list of Text else empty }
record Account { region: Text? kind: one of "a", "b" }
record Quote money in currency from "record" or "." {
  currency: Currency else "USD" net: Money discount: Percent else 0% at: Instant? open: Bool else true
  account: Account? items: list of Item from "items" or "lines.records"
}
input quote: Quote
rule one { when quote.net > 5 USD and quote.account is present and quote.account.kind is "a"  denies "one" }
rule two { for each item in quote.items  when any tag in item.tags has tag starts with "x" or item.count > 3
  unless item.when_ is present and item.when_ < today  warns "two" }
rule three { when (sum(item.amount else 0 USD for item in quote.items) / quote.net > 0.5 or quote.discount > 15%)
  and quote.open
  denies "three" }
rule four { when quote.at is present and date(quote.at) + 3 business days > today  warns "four" }
otherwise approve
)";
  return *assent::Policy::load(*assent::compile({"fuzz.assent", source}).artifact);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static assent::Evaluator evaluator(policy());
  assent::World world;
  world.today = *assent::date_from_text("2026-03-02");
  const auto decision = evaluator.decide({reinterpret_cast<const char*>(data), size}, world);
  if (!decision) return decision.problems().empty() ? (std::abort(), 1) : 0;
  if (to_json(**decision, evaluator.explain()).empty()) std::abort();
  return 0;
}
