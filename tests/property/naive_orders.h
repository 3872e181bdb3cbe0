// What orders come to, written from their meaning alone: amounts are counted in minor units, quantities in tenths,
// dates day by day, and everything is computed anew from all that has happened. Entry: NaiveOrders::hear.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assent/orders.h"

namespace assent::generate {

struct NaiveWait { int after = 0, lag = 0, milestone = 0; bool business = false, same = false; };

struct NaiveLine {
  std::string id, site;
  int kind = 0;                      // 0 to 2: its phase, if there are any
  int parent = -1;                   // its bundle
  long quantity = 10, total = 0;     // tenths, minor units
  int takes = 0;
  std::optional<int> start, wanted, due, from, until;
};

// A quote and what the policy says of its orders.
struct NaiveRules {
  bool phases = false, by_site = false, together = true, keeps = false, prorated = false;
  std::vector<NaiveWait> waits[3];
  std::optional<int> final_once;     // milestone
  std::string dates = "inherits";
  std::vector<NaiveLine> lines;
};

struct NaiveEntry { std::optional<int> on; long quantity = 0, share = 0; };
struct NaiveOrder {
  int take = 0, phase = 0, ordered_on = 0;
  std::string site;
  OrderState state = OrderState::draft;
  std::optional<int> come[3];        // to its milestones
  std::optional<int> new_start, new_end;
  std::map<int, std::vector<NaiveEntry>> items;  // by line
  int start = 0, end = 0;            // from here on as they follow
  std::optional<int> earliest;
  bool pending = false;
};

struct Happening {
  OrderChange::Kind kind = OrderChange::Kind::ordered;
  int order = -1;                    // of NaiveOrders::orders
  int on = 0;
  bool delivery = false;
  std::vector<std::pair<int, long>> lines;
};

class NaiveOrders {
 public:
  explicit NaiveOrders(NaiveRules of) : rules(std::move(of)) {}

  // The code with which it is refused, or nothing; then it has happened, but for what would change nothing.
  std::string hear(const Happening& what);

  bool waits_for(const NaiveOrder& order, const NaiveWait& wait, const NaiveOrder& other) const;
  long ordered(int line) const;      // by orders that stand
  long shared(int line) const;
  int root_of(int line) const;
  void date_all();

  NaiveRules rules;
  std::vector<NaiveOrder> orders;
  int takes = 0;

  static long sum(const std::vector<NaiveEntry>& entries, long NaiveEntry::* what);

 private:
  // Of each line; nothing where they make no sense.
  std::optional<std::vector<long>> portions(const Happening& what) const;
  std::string make(const Happening& what);
  std::string amend(const Happening& what);
  std::string refused(const NaiveOrder& order, const Happening& what) const;
  void add(NaiveOrder& order, int line, long quantity, std::optional<int> on);
  bool works_on(int date) const;
  int next(int date) const;
  int after(int date, int count, bool business) const;
};

}  // namespace assent::generate
