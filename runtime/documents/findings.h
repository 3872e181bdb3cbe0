// The violations found so far. Entry: Findings, place.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/documents/check.h"

namespace assent::documents {

class Findings {  // invariant: at most max_problems
 public:
  void add(Rule rule, std::string place, std::string seen) {
    if (!full()) all_.push_back({rule, std::move(place), std::move(seen)});
  }
  bool full() const { return all_.size() >= max_problems; }
  std::vector<Violation> take() { return std::move(all_); }

 private:
  std::vector<Violation> all_;
};

// "/lines/2" of "/lines" and 2.
inline std::string place(std::string_view list, std::size_t index) {
  return std::string(list) + "/" + std::to_string(index);
}

}  // namespace assent::documents
