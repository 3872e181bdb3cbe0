// The same rules decided by hand: what a program for this one task could reach. Entry: Floor.
//
// A hash from region to rules sorted by discount, stopped at the first that cannot fire; JSON by
// simdjson's On-Demand front, on a text that is already padded, reading the fields that the rules
// look at and nothing else. It names approvers; it has no seats, no reasons and no places.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <simdjson.h>

#include "tests/bench/workload.h"

namespace assent::bench {

class Floor {  // invariant: `order_` is grouped by region, each group sorted by discount
 public:
  explicit Floor(const std::vector<Threshold>& rules);

  // What the rules look at, already read.
  struct Parsed {
    std::int64_t discount, total;
    std::string region;
  };
  static Parsed parsed(const std::string& quote);
  // One `if` a rule, without an index.
  void decide_by_ifs(const Parsed& quote, std::vector<std::string_view>& approvers) const;

  // Each replaces `approvers`, which are views of the floor's own names, in no order.
  void decide(simdjson::padded_string_view quote, std::vector<std::string_view>& approvers);
  void decide_aggregates(simdjson::padded_string_view quote,
                         std::vector<std::string_view>& approvers);
  void decide_each_line(simdjson::padded_string_view quote,
                        std::vector<std::string_view>& approvers);

 private:
  struct Entry {
    std::int64_t above, at_least;
    std::uint32_t rule;
  };
  struct Group {
    std::uint32_t first = 0, last = 0;
  };

  Group group(std::string_view region) const;
  void match(Group group, std::int64_t discount, std::int64_t total,
             std::vector<std::string_view>& out) const;

  const std::vector<Threshold> rules_;
  std::vector<std::string> regions_, approvers_;
  std::vector<Entry> order_;
  std::unordered_map<std::string_view, Group> groups_;
  std::vector<std::uint32_t> seen_;  // of a rule, the quote in which it last fired
  std::uint32_t round_ = 0;
  simdjson::ondemand::parser parser_;
};

// simdjson's whole document of a quote, of which nothing is read.
class ParseOnly {
 public:
  void parse(simdjson::padded_string_view quote);

 private:
  simdjson::dom::parser parser_;
};

}  // namespace assent::bench
