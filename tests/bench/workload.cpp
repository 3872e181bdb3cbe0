// Rules, policies and quotes as texts. Entry: see workload.h.
#include "tests/bench/workload.h"

#include <algorithm>

namespace assent::bench {

namespace {

std::string region_name(std::int64_t number) {
  return numbered("R", static_cast<std::size_t>(number));
}

// "quote.discount > 23%" …, in the order of the peers' rules.
std::string condition(const Threshold& rule, std::string_view discount, std::string_view total) {
  std::string text(discount);
  text += " > " + std::to_string(rule.above) + "%";
  if (!rule.region.empty()) text += " and quote.region is \"" + rule.region + "\"";
  text.append(" and ").append(total).append(" >= ");
  return text += std::to_string(rule.at_least);
}

std::string policy(std::string head, const std::vector<Threshold>& rules, std::string_view before,
                   std::string_view discount, std::string_view total) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    head += "approver " + approver_name(i) + " = person \"" + numbered("p", i) + "\"\n";
    head += "rule " + numbered("r", i) + " {\n";
    head.append(before).append("  when ");
    head += condition(rules[i], discount, total) + "\n  requires " + approver_name(i) + "\n}\n";
  }
  return head;
}

constexpr std::string_view flat_head = R"(policy thresholds
record Quote from "quote" { discount: Percent  region: Text  total: Decimal }
input quote: Quote
otherwise approve
)";

constexpr std::string_view lines_head = R"(policy thresholds_over_lines
record Line { discount: Percent else 0%  net_total: Decimal }
record Quote { region: Text  lines: list of Line }
input quote: Quote
otherwise approve
)";

constexpr std::string_view aggregates = R"(
fact worst = max(line.discount for line in quote.lines) else 0%
fact total = sum(line.net_total for line in quote.lines)
)";

std::string line(Random& random, std::size_t number) {
  constexpr std::string_view families[] = {"Hardware", "Software", "Service", "Training"};
  std::string text = "{\"id\":\"" + numbered("L", number) + "\",\"product\":\"";
  text += numbered("P", static_cast<std::size_t>(random.between(0, 9999)));
  text.append("\",\"family\":\"").append(families[random.between(0, 3)]);
  text += "\",\"quantity\":" + std::to_string(random.between(1, 50));
  text += ",\"discount\":" + std::to_string(random.between(0, highest_discount));
  text += ",\"net_total\":" + std::to_string(random.between(1, highest_total / 10));
  return text + "}";
}

}  // namespace

std::string numbered(std::string_view prefix, std::size_t number) {
  const std::string digits = std::to_string(number);
  std::string name(prefix);
  name.append(digits.size() < 6 ? 6 - digits.size() : 0, '0');
  return name += digits;
}

std::string approver_name(std::size_t rule) { return numbered("A", rule); }

std::vector<Threshold> threshold_rules(std::size_t count) {
  Random random(777 + count);
  std::vector<Threshold> rules(count);
  for (Threshold& rule : rules) {
    rule.above = random.between(5, highest_discount - 2);
    rule.region = region_name(random.between(0, region_count - 1));
    rule.at_least = random.between(highest_total / 1000, highest_total / 100 * 99);
  }
  return rules;
}

std::vector<Threshold> mostly_dormant_rules(std::size_t active, std::size_t count, Dormant how) {
  Random random(4711);
  std::vector<Threshold> rules = threshold_rules(active);
  while (rules.size() < count) {
    Threshold rule{random.between(5, highest_discount - 2),
                   random.between(highest_total / 1000, highest_total / 100 * 99),
                   region_name(random.between(0, region_count - 1))};
    switch (how) {
      case Dormant::other_regions: rule.region[0] = 'X'; break;
      case Dormant::high_discounts: rule.above += highest_discount; break;
      case Dormant::ranges_only:
        rule.at_least += highest_total;
        rule.region.clear();
        break;
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::string threshold_policy(const std::vector<Threshold>& rules) {
  return policy(std::string(flat_head), rules, "", "quote.discount", "quote.total");
}

std::string aggregate_policy(const std::vector<Threshold>& rules) {
  return policy(std::string(lines_head).append(aggregates), rules, "", "worst", "total");
}

std::string each_line_policy(const std::vector<Threshold>& rules) {
  return policy(std::string(lines_head), rules, "  for each line in quote.lines\n", "line.discount",
                "line.net_total");
}

std::vector<std::string> threshold_quotes(std::size_t count) {
  constexpr std::string_view currencies[] = {"EUR", "USD", "GBP"};
  constexpr std::string_view tiers[] = {"gold", "silver", "bronze"};
  Random random(20240601);
  std::vector<std::string> quotes;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = "{\"quote\":{\"id\":\"" + numbered("Q", i) + "\",\"discount\":";
    text += std::to_string(random.between(0, highest_discount));
    text += ",\"region\":\"" + region_name(random.between(0, region_count - 1));
    text += "\",\"total\":" + std::to_string(random.between(100, highest_total));
    text.append(",\"currency\":\"").append(currencies[random.between(0, 2)]);
    text.append("\",\"customer\":{\"tier\":\"").append(tiers[random.between(0, 2)]);
    text += "\",\"id\":" + std::to_string(random.between(1, 100'000));
    text += "},\"lines\":" + std::to_string(random.between(1, 40)) + "}}";
    quotes.push_back(std::move(text));
  }
  return quotes;
}

std::vector<std::string> quotes_with_lines(std::size_t count, std::size_t lines) {
  Random random(20240602 + lines);
  std::vector<std::string> quotes;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = "{\"id\":\"" + numbered("Q", i) + "\",\"region\":\"";
    text += region_name(random.between(0, region_count - 1)) + "\",\"lines\":[";
    for (std::size_t l = 0; l < lines; ++l) (text += l > 0 ? "," : "") += line(random, l);
    quotes.push_back(text + "]}");
  }
  return quotes;
}

std::string directory_of(std::size_t rules) {
  std::string text = "{\"people\":[";
  for (std::size_t i = 0; i < rules; ++i) {
    (text += i > 0 ? "," : "") += "{\"id\":\"" + numbered("p", i) + "\"}";
  }
  return text + "]}";
}

}  // namespace assent::bench
