// Which quotes two policies decide differently. Entry: QuoteDiff.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "assent/policy.h"

namespace assent::command {

class QuoteDiff {
 public:
  static constexpr std::size_t max_examples = 5;  // of each kind of change

  // What a quote became: an outcome to an outcome, with how many, and the first of them.
  struct Kind {
    std::size_t count = 0;
    struct Example { std::string quote, before, after; };  // "quotes.ndjson:17", "rep_manager, vp_sales", ""
    std::vector<Example> examples;
  };

  QuoteDiff(const Policy& before, const Policy& after, World world)
      : before_(before), after_(after), world_(std::move(world)) {}

  // Decides one with both; `name` is what it is called.
  void add(const std::string& name, std::string_view quote);

  std::size_t decided = 0, differ = 0;
  std::map<std::string, Kind> kinds;  // "approved → needs approval"
  std::map<std::string, std::pair<std::size_t, std::size_t>> steps;  // by key: how often it appears, and vanishes

 private:
  Evaluator before_, after_;
  World world_;
};

}  // namespace assent::command
