// A hospital that fits its wards out, and who sends its orders. Entry: Ward.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "assent/sync.h"
#include "runtime/sync/replay.h"
#include "tests/approval/desk.h"

namespace assent::test {

// Settings for it, without what a test adds: `"split": {…}`, say.
std::string trade_with(const std::string& more = {});

// Beds and monitors for the North and the South, a rack with its drawer, and training with a term after them.
extern const char* const ward_policy;
extern const char* const ward_quote;

struct Ward : Desk {
  Ward();

  // Each says what happens, on the day of `world`; `order` is "equipment NORTH".
  void order(std::vector<Portion> lines = {});
  void happens(OrderChange::Kind kind, std::string_view order, std::string_view on = {}, std::string_view why = {});
  void amend(std::string_view order, std::vector<Portion> lines, std::string_view why = {});

  OrderPlan plan();
  sync::Story story();  // borrows from this, until something happens
  std::string key(std::string_view order);

  // What is exported, or the problems: "where: message", a line each.
  std::map<std::string, std::string> files;  // of the last export: "equipment NORTH 2" and what is in it
  std::vector<std::string> names;            // the same, in the order in which they came
  std::string exported(const OrderExport& options);
  std::string as_ubl(const std::string& trade = trade_with(), std::string_view order = {});

 private:
  void change(OrderChange change);

  std::vector<Event> events_;
};

std::string in_words(const Problems& problems);

}  // namespace assent::test
