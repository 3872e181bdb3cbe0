// The deal-desk workload: quotes as Salesforce CPQ writes them, some 120 fields and 5 KB a line,
// and rules over aggregates of their lines. Entry: deal_desk_rules, deal_desk_policy,
// deal_desk_quotes, and DealDeskFloor, which decides the same by hand.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <simdjson.h>

namespace assent::bench {

enum class Aggregate : std::uint8_t { worst_discount, net, quantity, count };
inline constexpr std::size_t aggregate_count = 4;
inline constexpr std::size_t family_count = 8;
inline constexpr std::size_t all_families =
    family_count;  // stands where a rule looks at every line

// The aggregate of the lines of one family (or of all) is above a bound, in a region and, where
// said, under payment terms.
struct DealRule {
  Aggregate aggregate{};
  std::size_t family = all_families;
  std::int64_t above = 0;  // discounts and amounts in hundredths, the others in ones
  std::string region, terms;
};

std::vector<DealRule> deal_desk_rules(std::size_t count);
std::string deal_desk_policy(const std::vector<DealRule>& rules);
std::vector<std::string> deal_desk_quotes(std::size_t count, std::size_t lines);

class DealDeskFloor {
 public:
  explicit DealDeskFloor(const std::vector<DealRule>& rules);
  void decide(simdjson::padded_string_view quote, std::vector<std::string_view>& approvers);

 private:
  std::vector<DealRule> rules_;
  std::vector<std::string> approvers_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> of_region_;
  std::unordered_map<std::string_view, std::size_t> families_;
  simdjson::ondemand::parser parser_;
};

}  // namespace assent::bench
