// What two policies make of many quotes. Entries: Comparer, which decides one quote after the other with both; Tally.
//
// Tallies of consecutive parts, merged in the order of the parts, are the tally of the whole, whoever made them.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "assent/policy.h"

namespace assent::command {

struct Tally {
  static constexpr std::size_t max_examples = 5;        // of each kind of change
  static constexpr std::size_t max_paths = 10'000;      // different ones; more are counted together

  // In how many quotes, with the one policy and with the other.
  struct Count { std::size_t before = 0, after = 0; };

  // What a quote became: an outcome to an outcome, with how many, and the first of them.
  struct Kind {
    std::size_t count = 0;
    struct Example { std::string quote, before, after; };  // "quotes.ndjson:17", "rep_manager, vp_sales", ""
    std::vector<Example> examples;
  };

  std::size_t decided = 0, differ = 0;
  std::map<std::string, Kind> kinds;  // "approved → needs approval"
  std::map<std::string, std::pair<std::size_t, std::size_t>> steps;  // by key: how often it appears, and vanishes
  std::map<std::string, Count> outcomes;
  std::map<std::string, Count> rules;      // that apply
  std::map<std::string, Count> approvers;  // who are asked
  std::map<std::string, Count> people;     // who have a seat
  std::map<std::pair<std::string, std::string>, std::size_t> paths;  // that changed: "desk then vp" to "vp"
  std::size_t other_paths = 0;

  void merge(Tally later);
};

class Comparer {
 public:
  Comparer(const Policy& before, const Policy& after, const World& world)
      : before_(before), after_(after), world_(world) {}

  // Decides one with both; `file` and `line` are what it is called, without a line if that is 0.
  void add(const std::string& file, std::size_t line, std::string_view quote);
  // What was added since the last call.
  Tally take();

 private:
  // By text. A quote counts once, however often it asks.
  struct Counter {
    std::size_t counts[2] = {0, 0};
    std::size_t last[2] = {0, 0};  // the quote that was counted last
  };
  struct Hash {
    using is_transparent = void;  // looked for without a copy
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Counters = std::unordered_map<std::string, Counter, Hash, std::equal_to<>>;

  Evaluator before_, after_;
  World world_;
  Tally tally_;
  Counters outcomes_, rules_, approvers_, people_;
  std::size_t quote_ = 0;

  void count(Counters& counters, std::string_view what, bool after);
  void count(const Result<const Decision*>& decided, bool after);
};

}  // namespace assent::command
