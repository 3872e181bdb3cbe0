// The deal-desk rules, policies, quotes and floor. Entry: see deal_desk.h.
//
// Names of fields are made of stems and nouns, so that there are as many of as many lengths as a
// line of Salesforce has; as there, most are null or false, and the product lies inside the line.
#include "tests/bench/deal_desk.h"

#include <algorithm>
#include <cmath>

#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

constexpr std::string_view families[family_count] = {
    "Hardware", "Software", "Service", "Training", "License", "Cloud", "Support", "Accessory"};
constexpr std::string_view payment_terms[] = {"Net 30", "Net 45", "Net 60", "Net 90"};
constexpr std::string_view stems[] = {
    "Additional", "Batch",       "Billing", "Bundled", "Component",    "Contracted",
    "Default",    "Distributor", "Markup",  "Option",  "Partner",      "Previous",
    "Prorated",   "Regular",     "Renewed", "Segment", "Subscription", "Upgraded"};
constexpr std::string_view nouns[] = {"Price", "Rate", "Schedule", "Scope", "Key", "Editable"};
constexpr std::string_view product_nouns[] = {"Method", "Visible"};

std::string field(std::string_view stem, std::string_view noun) {
  return std::string("\"SBQQ__").append(stem).append(noun).append("__c\":");
}

std::string hundredths(std::int64_t value) {
  const std::string rest = std::to_string(value % 100);
  return std::to_string(value / 100) + (rest.size() == 1 ? ".0" : ".") + rest;
}

std::string product(std::string_view name, std::string_view family) {
  std::string text =
      "{\"attributes\":{\"type\":\"Product2\",\"url\":\"/services/data/v41.0/sobjects/";
  text.append("Product2/01t610000033JNPAA2\"},\"Name\":\"").append(name);
  text.append("\",\"Family\":\"").append(family).append("\"");
  for (const std::string_view stem : stems) {
    for (const std::string_view noun : product_nouns) {
      text += "," + field(stem, noun) + (noun == "Visible" ? "false" : "\"Default\"");
    }
  }
  return text + "}";
}

// The fields that rules read stand among those that none does.
std::string quote_line(Random& random, std::size_t number) {
  const std::string_view family = families[random.between(0, family_count - 1)];
  const std::int64_t list = random.between(500, 500'000);
  const std::int64_t discount = random.between(0, 6'000);
  const std::int64_t quantity = random.between(1, 50);
  const std::int64_t net = list * (10'000 - discount) / 10'000 * quantity;
  const std::string name = std::string(family) + " " + std::to_string(number);
  std::string text =
      "{\"record\":{\"attributes\":{\"type\":\"SBQQ__QuoteLine__c\",\"url\":\"/services/";
  text += "data/v41.0/sobjects/SBQQ__QuoteLine__c/" + numbered("a0l610000061", number) + "\"}";
  text += ",\"Id\":\"" + numbered("a0l610000061", number) + "\",\"SBQQ__ProductName__c\":\"" + name;
  text.append("\",\"SBQQ__ProductFamily__c\":\"").append(family).append("\"");
  text += ",\"SBQQ__Quantity__c\":" + std::to_string(quantity);
  text += ",\"SBQQ__ListPrice__c\":" + hundredths(list);
  for (const std::string_view stem : stems) {
    for (const std::string_view noun : nouns) {
      text += "," + field(stem, noun) +
              (noun == "Editable" ? "false"
               : noun == "Price"  ? "100.0"
                                  : "null");
    }
    if (stem == "Markup") text += ",\"SBQQ__Discount__c\":" + hundredths(discount);
  }
  text += ",\"SBQQ__NetTotal__c\":" + hundredths(net);
  text += ",\"SBQQ__Product__r\":" + product(name, family) + "}";
  return text + ",\"key\":" + std::to_string(number + 2) +
         ",\"parentItemKey\":null,\"parentGroupKey\":null,\"upliftable\":false,"
         "\"configurationType\":null}";
}

std::string aggregate_text(const DealRule& rule) {
  std::string where = " for line in quote.lines";
  if (rule.family != all_families)
    where.append(" where line.family is \"").append(families[rule.family]).append("\"");
  switch (rule.aggregate) {
    case Aggregate::worst_discount:
      return "max(line.discount" + where + ") else 0% > " + hundredths(rule.above) + "%";
    case Aggregate::net: return "sum(line.net_total" + where + ") > " + hundredths(rule.above);
    case Aggregate::quantity:
      return "sum(line.quantity" + where + ") > " + std::to_string(rule.above);
    case Aggregate::count:
      return "count(line" + where.substr(where.find(" in ")) + ") > " + std::to_string(rule.above);
  }
  return {};
}

}  // namespace

std::vector<DealRule> deal_desk_rules(std::size_t count) {
  Random random(4242 + count);
  std::vector<DealRule> rules(count);
  for (DealRule& rule : rules) {
    constexpr std::int64_t bounds[aggregate_count][2] = {
        {3'000, 5'999}, {50'000'000, 900'000'000}, {100, 900}, {4, 14}};
    const auto aggregate = static_cast<std::size_t>(random.between(0, aggregate_count - 1));
    rule.aggregate = static_cast<Aggregate>(aggregate);
    if (random.between(0, 9) != 0)
      rule.family = static_cast<std::size_t>(random.between(0, family_count - 1));
    rule.above = random.between(bounds[aggregate][0], bounds[aggregate][1]);
    rule.region = numbered("R", static_cast<std::size_t>(random.between(0, 19)));
    if (random.between(0, 3) == 0) rule.terms = payment_terms[random.between(0, 3)];
  }
  return rules;
}

std::string deal_desk_policy(const std::vector<DealRule>& rules) {
  std::string text = R"(policy deal_desk
record Line from "record" {
  family: Text from "SBQQ__ProductFamily__c" else ""
  quantity: Decimal from "SBQQ__Quantity__c"
  discount: Percent from "SBQQ__Discount__c" else 0%
  net_total: Decimal from "SBQQ__NetTotal__c"
}
record Quote {
  region: Text from "record.Region__c"
  terms: Text from "record.SBQQ__PaymentTerms__c"
  lines: list of Line from "lineItems"
}
input quote: Quote
otherwise approve
)";
  for (std::size_t i = 0; i < rules.size(); ++i) {
    text += "approver " + approver_name(i) + " = person \"" + numbered("p", i) + "\"\n";
    text += "rule " + numbered("r", i) + " {\n  when " + aggregate_text(rules[i]);
    text += " and quote.region is \"" + rules[i].region + "\"";
    if (!rules[i].terms.empty()) text += " and quote.terms is \"" + rules[i].terms + "\"";
    text += "\n  requires " + approver_name(i) + "\n}\n";
  }
  return text;
}

std::vector<std::string> deal_desk_quotes(std::size_t count, std::size_t lines) {
  Random random(20261123 + lines);
  std::vector<std::string> quotes;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = "{\"record\":{\"attributes\":{\"type\":\"SBQQ__Quote__c\"},\"Id\":\"" +
                       numbered("a0p61000002N", i);
    text += "\",\"Region__c\":\"" + numbered("R", static_cast<std::size_t>(random.between(0, 19))) +
            "\"";
    for (const std::string_view stem : stems) text += "," + field(stem, "Amount") + "null";
    text.append(",\"SBQQ__PaymentTerms__c\":\"")
        .append(payment_terms[random.between(0, 3)])
        .append("\"}");
    text += ",\"nextKey\":2,\"lineItems\":[";
    for (std::size_t l = 0; l < lines; ++l) (text += l > 0 ? "," : "") += quote_line(random, l);
    quotes.push_back(text + "],\"lineItemGroups\":[],\"channelDiscountsOffList\":false}");
  }
  return quotes;
}

DealDeskFloor::DealDeskFloor(const std::vector<DealRule>& rules) : rules_(rules) {
  for (std::uint32_t i = 0; i < rules_.size(); ++i) {
    approvers_.push_back(approver_name(i));
    of_region_[rules_[i].region].push_back(i);
  }
  for (std::size_t i = 0; i < family_count; ++i) families_.emplace(families[i], i);
}

void DealDeskFloor::decide(simdjson::padded_string_view quote,
                           std::vector<std::string_view>& approvers) {
  std::array<std::array<std::int64_t, family_count + 1>, aggregate_count> values{};
  approvers.clear();
  simdjson::ondemand::document document = parser_.iterate(quote);
  simdjson::ondemand::object record = document.find_field("record");
  const std::string_view region = record.find_field("Region__c");
  const std::string_view terms = record.find_field("SBQQ__PaymentTerms__c");
  for (simdjson::ondemand::object item : document.find_field("lineItems").get_array()) {
    simdjson::ondemand::object line = item.find_field("record");
    const auto family =
        families_.find(line.find_field("SBQQ__ProductFamily__c").get_string().value());
    const std::int64_t quantity = line.find_field("SBQQ__Quantity__c");
    const std::int64_t discount =
        std::llround(line.find_field("SBQQ__Discount__c").get_double().value() * 100);
    const std::int64_t net =
        std::llround(line.find_field("SBQQ__NetTotal__c").get_double().value() * 100);
    for (const std::size_t slot :
         {family == families_.end() ? all_families : family->second, all_families}) {
      values[0][slot] = std::max(values[0][slot], discount);
      values[1][slot] += net;
      values[2][slot] += quantity;
      ++values[3][slot];
    }
  }
  const auto rules = of_region_.find(region);
  if (rules == of_region_.end()) return;
  for (const std::uint32_t id : rules->second) {
    const DealRule& rule = rules_[id];
    if (values[static_cast<std::size_t>(rule.aggregate)][rule.family] <= rule.above) continue;
    if (rule.terms.empty() || rule.terms == terms) approvers.push_back(approvers_[id]);
  }
}

}  // namespace assent::bench
