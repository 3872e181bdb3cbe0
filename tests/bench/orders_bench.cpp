// The orders of quotes of many lines, against deciding the same quotes: both read the text and look at every line.
#include <string>

#include "assent/compile.h"
#include "assent/orders.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

Policy shop() {
  const CompileResult compiled = compile({"shop.assent", R"(policy shop
record Quote money in currency { currency: Currency  lines: list of Line }
record Line { id: Text  family: Text  site: Text  box: Text?  quantity: Integer  net_total: Money }
input quote: Quote
rule large { when sum(line.net_total for line in quote.lines) > 1_000_000_000 USD  denies "too much" }
orders rollout {
  part of line.box
  phase hardware = lines where line.family is "Hardware"
  phase service = other lines
  split by line.site
  every order takes 3 business days
  service starts 2 business days after hardware is delivered
  service is due on 2027-12-31
}
otherwise approve)"});
  if (!compiled.artifact) give_up("the shop's policy does not compile");
  return *Policy::load(*compiled.artifact);
}

// Bundles of five lines over 50 sites, or each line for itself over as many sites as lines.
std::string quote_of(std::size_t lines, bool bundles) {
  std::string json = R"({"currency": "USD", "lines": [)";
  for (std::size_t i = 0; i < lines; ++i) {
    const std::size_t root = i - i % 5;
    json += (i == 0 ? "" : ",") + std::string(R"({"id": "L)") + std::to_string(i) + R"(", "family": ")" +
            (root % 2 == 0 ? "Hardware" : "Service") + R"(", "site": "S)" + std::to_string(bundles ? root % 50 : i) +
            R"(", "quantity": 2, "net_total": 12.34)";
    if (bundles && i != root) json += R"(, "box": "L)" + std::to_string(root) + '"';
    json += '}';
  }
  return json + "]}";
}

void plan_orders_of(benchmark::State& state) {
  const auto lines = static_cast<std::size_t>(state.range(0));
  const bool bundles = state.range(1) != 0;
  Evaluator evaluator(shop());
  const std::string quote = quote_of(lines, bundles);
  Pair pair;
  pair.name = "orders of " + std::to_string(lines) + " lines" + (bundles ? ", in bundles of 5" : ", each an order");
  pair.baseline = "deciding the quote";
  const auto once = plan_orders(evaluator, quote, {});
  if (!once) give_up(once.problems()[0].message);
  pair.also = std::to_string(once->orders.size()) + " orders";
  compare(
      state, std::move(pair), 1,
      [&] {
        if (!plan_orders(evaluator, quote, {})) give_up("the quote cannot be ordered");
      },
      [&] {
        if (!evaluator.decide(quote, {})) give_up("the quote cannot be decided");
      });
}
BENCHMARK(plan_orders_of)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->ArgsProduct({{100, 1'000, 10'000, 100'000}, {0, 1}});

}  // namespace

}  // namespace assent::bench
