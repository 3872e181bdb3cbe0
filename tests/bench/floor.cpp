// The hand-written decision. Entry: Floor::decide.
#include "tests/bench/floor.h"

#include <algorithm>
#include <numeric>

#include "tests/bench/policies.h"

namespace assent::bench {

Floor::Floor(const std::vector<Threshold>& rules) : rules_(rules), seen_(rules.size(), 0) {
  std::vector<std::uint32_t> by_region(rules.size());
  std::iota(by_region.begin(), by_region.end(), 0u);
  std::sort(by_region.begin(), by_region.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int order = rules[a].region.compare(rules[b].region);
    return order != 0 ? order < 0 : rules[a].above < rules[b].above;
  });
  for (const Threshold& rule : rules) regions_.push_back(rule.region);
  for (std::size_t i = 0; i < rules.size(); ++i) approvers_.push_back(approver_name(i));
  for (const std::uint32_t rule : by_region) {
    const auto at = static_cast<std::uint32_t>(order_.size());
    Group& group = groups_.try_emplace(regions_[rule], Group{at, at}).first->second;
    group.last = at + 1;
    order_.push_back({rules[rule].above, rules[rule].at_least, rule});
  }
}

Floor::Parsed Floor::parsed(const std::string& quote) {
  simdjson::dom::parser parser;
  const simdjson::dom::element fields = parser.parse(quote)["quote"];
  return {fields["discount"], fields["total"], std::string(fields["region"])};
}

void Floor::decide_by_ifs(const Parsed& quote, std::vector<std::string_view>& approvers) const {
  approvers.clear();
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Threshold& rule = rules_[i];
    if (quote.discount > rule.above && quote.region == rule.region && quote.total >= rule.at_least)
      approvers.push_back(approvers_[i]);
  }
}

Floor::Group Floor::group(std::string_view region) const {
  const auto found = groups_.find(region);
  return found == groups_.end() ? Group{} : found->second;
}

void Floor::match(Group group, std::int64_t discount, std::int64_t total,
                  std::vector<std::string_view>& out) const {
  for (std::uint32_t i = group.first; i < group.last && order_[i].above < discount; ++i) {
    if (total >= order_[i].at_least) out.push_back(approvers_[order_[i].rule]);
  }
}

void Floor::decide(simdjson::padded_string_view quote, std::vector<std::string_view>& approvers) {
  approvers.clear();
  simdjson::ondemand::document document = parser_.iterate(quote);
  simdjson::ondemand::object fields = document.find_field("quote");
  const std::int64_t discount = fields.find_field("discount");
  const std::string_view region = fields.find_field("region");
  const std::int64_t total = fields.find_field("total");
  match(group(region), discount, total, approvers);
  match(group({}), discount, total, approvers);
}

void Floor::decide_aggregates(simdjson::padded_string_view quote,
                              std::vector<std::string_view>& approvers) {
  approvers.clear();
  simdjson::ondemand::document document = parser_.iterate(quote);
  const std::string_view region = document.find_field("region");
  std::int64_t worst = 0;
  std::int64_t total = 0;
  for (simdjson::ondemand::object line : document.find_field("lines").get_array()) {
    worst = std::max(worst, line.find_field("discount").get_int64().value());
    total += line.find_field("net_total").get_int64().value();
  }
  match(group(region), worst, total, approvers);
}

void Floor::decide_each_line(simdjson::padded_string_view quote,
                             std::vector<std::string_view>& approvers) {
  approvers.clear();
  ++round_;
  simdjson::ondemand::document document = parser_.iterate(quote);
  const Group rules = group(document.find_field("region").get_string().value());
  for (simdjson::ondemand::object line : document.find_field("lines").get_array()) {
    const std::int64_t discount = line.find_field("discount");
    const std::int64_t total = line.find_field("net_total");
    for (std::uint32_t i = rules.first; i < rules.last && order_[i].above < discount; ++i) {
      if (total < order_[i].at_least || seen_[order_[i].rule] == round_) continue;
      seen_[order_[i].rule] = round_;
      approvers.push_back(approvers_[order_[i].rule]);
    }
  }
}

void ParseOnly::parse(simdjson::padded_string_view quote) {
  simdjson::dom::element whole;
  if (parser_.parse(quote.data(), quote.size(), false).get(whole) != simdjson::SUCCESS) give_up("a quote is no JSON");
}

}  // namespace assent::bench
