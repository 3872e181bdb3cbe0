// The workloads: policies of N rules and quotes for them, the same in every run.
//
// Entry: threshold_rules, threshold_policy, threshold_quotes; the same for lines. The texts are
// made from the rules, and so is the decision that floor.h writes by hand: both must agree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assent::bench {

// SplitMix64: a few lines, and the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e37'79b9'7f4a'7c15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ mixed >> 30) * 0xbf58'476d'1ce4'e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d0'49bb'1331'11ebu;
    return mixed ^ mixed >> 31;
  }
  std::int64_t between(std::int64_t low, std::int64_t high) {  // both inclusive
    return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
  }

 private:
  std::uint64_t state_;
};

inline constexpr int region_count = 50;
inline constexpr std::int64_t highest_discount = 60;  // percent points, of a quote or a line
inline constexpr std::int64_t highest_total = 1'000'000;

// `discount > above and region is "R" and total >= at_least`, with an approver of its own. The
// region is empty where the rule does not look at it.
struct Threshold {
  std::int64_t above = 0;
  std::int64_t at_least = 0;
  std::string region;
};

std::string numbered(std::string_view prefix, std::size_t number);  // "A000012"
std::string approver_name(std::size_t rule);

// Every rule can fire: thresholds within what quotes have.
std::vector<Threshold> threshold_rules(std::size_t count);

// What the rules beyond the first `active` lack to fire, ever.
enum class Dormant { other_regions, high_discounts, ranges_only };
std::vector<Threshold> mostly_dormant_rules(std::size_t active, std::size_t count, Dormant how);

std::string threshold_policy(const std::vector<Threshold>& rules);
std::vector<std::string> threshold_quotes(std::size_t count);  // JSON, some 135 bytes each

// The same rules over the worst discount and the sum of the lines of a quote.
std::string aggregate_policy(const std::vector<Threshold>& rules);
// The same rules over each line: its discount, its total, the region of the quote.
std::string each_line_policy(const std::vector<Threshold>& rules);
std::vector<std::string> quotes_with_lines(std::size_t count, std::size_t lines);

std::string directory_of(std::size_t rules);  // JSON: the person of every rule's approver

}  // namespace assent::bench
