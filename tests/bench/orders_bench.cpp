// The orders of quotes of many lines, against deciding the same quotes: both read the text and look at every line.
// Lines are as short as they can be, or as long as those of Salesforce.
#include <string>

#include "assent/orders.h"
#include "tests/bench/deal_desk.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

Policy shop() {
  return *Policy::load(compiled(R"(policy shop
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
otherwise approve)"));
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

// The same of what Salesforce sends.
Policy deal_desk() {
  return *Policy::load(compiled(R"(policy desk
record Line from "record" {
  id: Text from "Id"
  family: Text from "SBQQ__ProductFamily__c"
  quantity: Decimal from "SBQQ__Quantity__c"
  net_total: Money from "SBQQ__NetTotal__c"
}
record Quote money in currency {
  currency: Currency from "record.CurrencyIsoCode" else "USD"
  region: Text from "record.Region__c"
  lines: list of Line from "lineItems"
}
input quote: Quote
rule large { when sum(line.net_total for line in quote.lines) > 100_000_000_000 USD  denies "too much" }
orders rollout {
  phase hardware = lines where line.family is "Hardware"
  phase service = other lines
  split by line.family
  every order takes 3 business days
  service starts 2 business days after hardware is delivered
  service is due on 2027-12-31
}
otherwise approve)"));
}

void compare_with_deciding(benchmark::State& state, Evaluator evaluator, const std::string& quote, std::string name) {
  Pair pair;
  pair.name = "orders of " + std::to_string(state.range(0)) + " lines, " + std::move(name);
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

void plan_orders_of(benchmark::State& state) {
  const bool bundles = state.range(1) != 0;
  compare_with_deciding(state, Evaluator(shop()), quote_of(static_cast<std::size_t>(state.range(0)), bundles),
                        bundles ? "in bundles of 5" : "each an order");
}
BENCHMARK(plan_orders_of)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->ArgsProduct({{100, 1'000, 10'000, 100'000}, {0, 1}});

void plan_orders_of_salesforce(benchmark::State& state) {
  const std::string quote = deal_desk_quotes(1, static_cast<std::size_t>(state.range(0)))[0];
  compare_with_deciding(state, Evaluator(deal_desk()), quote, "of Salesforce");
}
BENCHMARK(plan_orders_of_salesforce)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(40)->Arg(1'000)->Arg(10'000);

}  // namespace

}  // namespace assent::bench
