// From orders to dates: worked examples, what is refused, and a naive planner that counts day by day.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "assent/compile.h"
#include "assent/orders.h"

namespace {

using namespace assent;

const std::string shop = R"(policy shop
calendar berlin = monday to friday except 2026-03-09, 2026-03-10
record Quote money in currency { currency: Currency  lines: list of Line }
record Line { id: Text  kind: Text  site: Text  quantity: Integer  net_total: Money  takes: Days else 0 days
              works: BusinessDays else 0 business days  start: Date?  wanted: Date?  due: Date? }
input quote: Quote
otherwise approve
)";
const std::string three_phases = R"(
  phase a = lines where line.kind is "a"
  phase b = lines where line.kind is "b"
  phase c = other lines
  split by line.site
)";

// The fields beside those that every line has, as JSON: R"("start": "2026-03-05")".
struct Line { std::string id, kind, site, more; };

std::string quote_of(const std::vector<Line>& lines) {
  std::string json = R"({"currency": "EUR", "lines": [)";
  for (const Line& line : lines) {
    json += (&line == lines.data() ? "" : ", ") + (R"({"id": ")" + line.id) + R"(", "kind": ")" + line.kind +
            R"(", "site": ")" + line.site + R"(", "quantity": 1, "net_total": 10)" +
            (line.more.empty() ? "" : ", " + line.more) + '}';
  }
  return json + "]}";
}

std::int32_t day(std::string_view text) { return *date_from_text(text); }

Result<OrderPlan> plan_of(const std::string& clauses, const std::vector<Line>& lines,
                          std::string_view today = "2026-03-02") {  // a Monday
  const CompileResult compiled = compile({"shop.assent", shop + "orders o {" + clauses + "}"});
  for (const Diagnostic& each : compiled.diagnostics) UNSCOPED_INFO(each.message);
  REQUIRE(compiled.artifact);
  Evaluator evaluator(*Policy::load(*compiled.artifact));
  World world;
  world.today = day(today);
  return plan_orders(evaluator, quote_of(lines), world);
}

// "a: 2026-03-02 to 2026-03-04" of each order by the id of its first line; "~" for pending.
std::string dates(const Result<OrderPlan>& plan) {
  std::string text;
  if (!plan) {
    for (const Problem& each : plan.problems()) text += each.where + ": " + each.message + "; ";
    return text;
  }
  for (const Order& order : plan->orders) {
    text += (text.empty() ? "" : "; ") + order.items[0].line + ": " + (order.pending ? "~" : "") + order.starts;
    if (order.ends != order.starts) text += " to " + order.ends;
    if (order.days_late > 0) text += " late " + std::to_string(order.days_late);
  }
  return text;
}

}  // namespace

TEST_CASE("an order starts today, or when it says", "[orders]") {
  CHECK(dates(plan_of("", {{"1", "a", "X", ""}})) == "1: 2026-03-02");
  CHECK(dates(plan_of("every order starts on line.start",
                      {{"1", "a", "X", R"("start": "2026-03-07")"}, {"2", "a", "X", ""}})) == "1: 2026-03-07");
  // the latest of its lines; never before today
  CHECK(dates(plan_of("split by line.site  every order starts on line.start",
                      {{"1", "a", "X", R"("start": "2026-03-07")"},
                       {"2", "a", "X", R"("start": "2026-03-09")"},
                       {"3", "a", "Y", R"("start": "2026-02-01")"}})) == "1: 2026-03-09; 3: 2026-03-02");
}

TEST_CASE("a lead time may depend on the line", "[orders]") {  // two days from Denver, four from elsewhere
  const std::string denver = R"(split by line.site
    every order takes 2 days when line.site is "Denver"
    every order takes 4 days otherwise)";
  CHECK(dates(plan_of(denver, {{"1", "", "Denver", ""}, {"2", "", "Reno", ""}})) ==
        "1: 2026-03-02 to 2026-03-04; 2: 2026-03-02 to 2026-03-06");
  // an order takes as long as its slowest line; business days pass over the weekend and the holidays
  CHECK(dates(plan_of("every order takes line.takes  every order takes line.works",
                      {{"1", "a", "X", R"("takes": 3)"}, {"2", "a", "X", R"("works": 5)"}})) ==
        "1: 2026-03-02 to 2026-03-09");
  CHECK(dates(plan_of("every order keeps to business days in berlin  every order takes line.works",
                      {{"1", "a", "X", R"("works": 5)"}})) == "1: 2026-03-02 to 2026-03-11");
}

TEST_CASE("an order waits for all orders of a phase, or for those of the same values", "[orders]") {
  const std::vector<Line> lines = {{"a1", "a", "X", R"("takes": 1)"}, {"a2", "a", "Y", R"("takes": 3)"},
                                   {"b1", "b", "X", ""},              {"b2", "b", "Z", ""}};
  CHECK(dates(plan_of(three_phases + "every order takes line.takes  b starts when a is delivered", lines)) ==
        "a1: 2026-03-02 to 2026-03-03; a2: 2026-03-02 to 2026-03-05; b1: 2026-03-05; b2: 2026-03-05");
  CHECK(dates(plan_of(three_phases + "every order takes line.takes  b starts 2 business days after a of the same "
                                     "line.site is delivered", lines)) ==
        "a1: 2026-03-02 to 2026-03-03; a2: 2026-03-02 to 2026-03-05; b1: 2026-03-05; b2: 2026-03-02");
  const auto plan = plan_of(three_phases + "b starts when a of the same line.site is accepted", lines);
  CHECK(dates(plan) == "a1: 2026-03-02; a2: 2026-03-02; b1: ~2026-03-02; b2: 2026-03-02");
  REQUIRE(plan->orders[2].waits.size() == 1);
  CHECK(plan->orders[2].waits[0].orders == 1);
  CHECK(plan->orders[2].waits[0].last == plan->orders[0].key);
  CHECK(plan->orders[2].waits[0].pending);
  CHECK(plan->orders[3].waits[0].orders == 0);
  // what waits for something pending is pending too
  CHECK(dates(plan_of(three_phases + "b starts when a is accepted  c starts 1 day after b is activated",
                      {{"1", "a", "X", ""}, {"2", "b", "X", ""}, {"3", "c", "X", ""}})) ==
        "1: 2026-03-02; 2: ~2026-03-02; 3: ~2026-03-03");
}

TEST_CASE("phases are declared in any order", "[orders]") {
  const std::vector<Line> lines = {{"1", "a", "X", ""}, {"2", "b", "X", ""}, {"3", "c", "X", ""}};
  CHECK(dates(plan_of(three_phases + "a starts 1 day after c is delivered  c starts 2 days after b is delivered",
                      lines)) == "1: 2026-03-05; 2: 2026-03-02; 3: 2026-03-04");
  CHECK(dates(plan_of(three_phases + "a starts 1 day after b is delivered  a starts 3 days after c is delivered",
                      lines)) == "1: 2026-03-05; 2: 2026-03-02; 3: 2026-03-02");
}

TEST_CASE("what is wanted later starts later, but what it waits for comes first", "[orders]") {
  // Telephony is wanted at the end of the month, and depends on the line that is laid now.
  const std::string telephony = three_phases + R"(a takes 5 days  b takes 3 days  b is wanted on line.wanted
                                                  b starts when a is delivered)";
  CHECK(dates(plan_of(telephony, {{"1", "a", "X", ""}, {"2", "b", "X", R"("wanted": "2026-03-31")"}})) ==
        "1: 2026-03-02 to 2026-03-07; 2: 2026-03-28 to 2026-03-31");
  CHECK(dates(plan_of(telephony, {{"1", "a", "X", ""}, {"2", "b", "X", R"("wanted": "2026-03-08")"}})) ==
        "1: 2026-03-02 to 2026-03-07; 2: 2026-03-07 to 2026-03-10 late 2");
}

TEST_CASE("a deadline goes before a wish, and what cannot be in time is told with its chain", "[orders]") {
  const std::string clauses = three_phases + R"(every order takes line.takes  a is wanted on line.wanted
                                                b starts 2 days after a is delivered  b is due on line.due)";
  const auto plan = plan_of(clauses, {{"1", "a", "X", R"("takes": 1, "wanted": "2026-03-30")"},
                                      {"2", "b", "X", R"("takes": 4, "due": "2026-03-20")"}});
  CHECK(dates(plan) == "1: 2026-03-13 to 2026-03-14; 2: 2026-03-16 to 2026-03-20");
  CHECK(plan->conflicts.empty());
  CHECK(plan->orders[0].latest_start == "2026-03-13");
  const auto late = plan_of(clauses, {{"1", "a", "X", R"("takes": 1)"},
                                      {"2", "b", "X", R"("takes": 4, "due": "2026-03-06")"}});
  REQUIRE(late->conflicts.size() == 1);
  const OrderConflict& conflict = late->conflicts[0];
  CHECK(conflict.order == late->orders[1].key);
  CHECK(conflict.due + ' ' + conflict.ends == "2026-03-06 2026-03-09");
  REQUIRE(conflict.chain.size() == 2);
  CHECK(conflict.chain[0] == "`a` (" + late->orders[0].key +
                                 ") starts on 2026-03-02 at the earliest, and is delivered on 2026-03-03");
  CHECK(conflict.chain[1] == "`b` (" + late->orders[1].key +
                                 ") starts on 2026-03-05 at the earliest, 2 days after that is delivered, and is "
                                 "delivered on 2026-03-09");
}

TEST_CASE("wishes move to a business day by the convention, bounds always to the next one", "[orders]") {
  const std::string clauses =
      "every order keeps to business days in berlin, preceding  every order starts on line.start";
  CHECK(dates(plan_of(clauses, {{"1", "a", "X", R"("start": "2026-03-08")"}})) == "1: 2026-03-06");
  CHECK(dates(plan_of(clauses, {{"1", "a", "X", ""}}, "2026-03-08")) == "1: 2026-03-11");
}

TEST_CASE("a `when` that cannot be computed is a problem, and no lead time is left out", "[orders]") {
  CHECK(dates(plan_of("every order takes 9 days when 1 / (line.quantity * 0) > 0  every order takes 1 day otherwise",
                      {{"1", "a", "X", ""}})) == "/lines/0: 1 / (line.quantity * 0) > 0: division by zero; ");
}

TEST_CASE("what makes no date is a problem of the quote", "[orders]") {
  CHECK(dates(plan_of("every order takes line.takes", {{"1", "a", "X", R"("takes": -1)"}})) ==
        "/lines/0: when this is delivered: line.takes is -1: time does not go back; ");
  CHECK(dates(plan_of("every order takes line.takes", {{"1", "a", "X", R"("takes": 9999999)"}})).starts_with(
      "/lines/0: when this is delivered: "));
}

// ── day by day ───────────────────────────────────────────────────────────────────────────────
namespace {

struct Chance {
  std::mt19937 engine;
  int below(int n) { return static_cast<int>(engine() % static_cast<unsigned>(n)); }
  bool one_in(int n) { return below(n) == 0; }
};

struct Wait { int after = 0, lag = 0, milestone = 0; bool business = false, same = false; };
struct Naive {
  std::string kind, site;
  std::optional<int> floor, wanted, due;
  int takes = 0, works = 0;
  int start = 0, end = 0;
  std::optional<int> latest;
  bool pending = false;
};

// A policy and a quote, and what they come to when every day is tried.
struct World3 {
  bool keeps = false;
  std::vector<Wait> waits[3];
  std::vector<Naive> orders;  // by kind and site
  int today = 0;

  static bool works_on(int date) {
    const int weekday = ((date + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    return weekday < 5 && date != day("2026-03-09") && date != day("2026-03-10");
  }
  bool allowed(int date) const { return !keeps || works_on(date); }
  int next(int date) const { while (!allowed(date)) ++date; return date; }
  // Business days follow the calendar of the phase, or the week alone.
  int after(int date, int count, bool business) const {
    if (!business) return date + count;
    const auto counts = [&](int d) { return keeps ? works_on(d) : ((d + 3) % 7 + 7) % 7 < 5; };
    if (count == 0) while (!counts(date)) ++date;
    while (count > 0) if (counts(++date)) --count;
    return date;
  }
  int end_of(const Naive& order, int start) const {
    return next(std::max(start + order.takes, after(start, order.works, true)));
  }
  int kind_of(const Naive& order) const { return order.kind[0] - 'a'; }
  bool waits_for(const Naive& order, const Wait& wait, const Naive& other) const {
    return kind_of(other) == wait.after && (!wait.same || other.site == order.site);
  }
  int bound(const Naive& order) const {
    int start = std::max(today, order.floor ? next(*order.floor) : today);
    for (const Wait& wait : waits[kind_of(order)]) {
      for (const Naive& other : orders) {
        if (waits_for(order, wait, other))
          start = std::max(start, after(wait.milestone == 0 ? other.start : other.end, wait.lag, wait.business));
      }
    }
    return next(start);
  }
  // Whether the start leaves everything that waits for it in time.
  bool in_time(const Naive& order, int start) const {
    if (order.due && end_of(order, start) > *order.due) return false;
    for (const Naive& other : orders) {
      if (!other.latest) continue;
      for (const Wait& wait : waits[kind_of(other)]) {
        const int reached = wait.milestone == 0 ? start : end_of(order, start);
        if (waits_for(other, wait, order) && after(reached, wait.lag, wait.business) > *other.latest) return false;
      }
    }
    return true;
  }
  void run() {
    const auto of = [&](int kind, const auto& act) {
      for (Naive& each : orders) if (kind_of(each) == kind) act(each);
    };
    for (int kind = 2; kind >= 0; --kind) {
      of(kind, [&](Naive& order) {
        const int far = today + 200;
        if (in_time(order, far)) return;  // nothing hurries it
        int start = far;
        while (!allowed(start) || !in_time(order, start)) --start;
        order.latest = start;
      });
    }
    for (int kind = 0; kind < 3; ++kind) {
      of(kind, [&](Naive& order) {
        order.start = bound(order);
        if (order.wanted) {
          const int wanted = next(*order.wanted);
          int wish = wanted;
          while (!allowed(wish) || end_of(order, wish) > wanted) --wish;
          if (order.latest) wish = std::min(wish, *order.latest);
          order.start = std::max(order.start, wish);
        }
        order.end = end_of(order, order.start);
        for (const Wait& wait : waits[kind]) {
          for (const Naive& other : orders)
            if (waits_for(order, wait, other)) order.pending = order.pending || other.pending || wait.milestone == 2;
        }
      });
    }
  }
};

std::string date_text(int days) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace

TEST_CASE("dates are those of a planner that tries every day", "[orders]") {
  constexpr const char* milestones[] = {"activated", "delivered", "accepted"};
  for (unsigned seed = 0; seed < 300; ++seed) {
    Chance chance{std::mt19937(seed)};
    World3 world;
    world.today = day("2026-03-02") + chance.below(10);
    world.keeps = chance.one_in(2);
    std::string clauses = three_phases + "every order takes line.takes  every order takes line.works\n"
                          "every order starts on line.start  every order is wanted on line.wanted\n"
                          "every order is due on line.due\n";
    if (world.keeps) clauses += "every order keeps to business days in berlin\n";
    for (int kind = 1; kind < 3; ++kind) {
      for (int n = chance.below(3); n > 0; --n) {
        const Wait wait{chance.below(kind), chance.below(5), chance.below(3), chance.one_in(2), chance.one_in(2)};
        world.waits[kind].push_back(wait);
        clauses += std::string(1, static_cast<char>('a' + kind)) + " starts " + std::to_string(wait.lag) +
                   (wait.business ? " business days" : " days") + " after " + static_cast<char>('a' + wait.after) +
                   (wait.same ? " of the same line.site" : "") + " is " + milestones[wait.milestone] + "\n";
      }
    }
    std::vector<Line> lines;
    for (const char* kind : {"a", "b", "c"}) {
      for (const char* site : {"X", "Y"}) {
        if (chance.one_in(4)) continue;
        Naive order;
        order.kind = kind;
        order.site = site;
        for (int n = 1 + chance.below(2); n > 0; --n) {  // the strictest line counts
          std::string more;
          const auto say = [&](const char* field, const std::string& value) {
            more += (more.empty() ? "" : ", ") + ("\"" + std::string(field)) + "\": " + value;
          };
          const auto date = [&](const char* field, int span, std::optional<int>& kept, bool later) {
            if (!chance.one_in(3)) return;
            const int said = world.today - 3 + chance.below(span);
            kept = !kept ? said : later ? std::max(*kept, said) : std::min(*kept, said);
            say(field, '"' + date_text(said) + '"');
          };
          date("start", 15, order.floor, true);
          date("wanted", 40, order.wanted, false);
          date("due", 50, order.due, false);
          const int takes = chance.below(6), works = chance.below(5);
          order.takes = std::max(order.takes, takes);
          order.works = std::max(order.works, works);
          say("takes", std::to_string(takes));
          say("works", std::to_string(works));
          lines.push_back({std::to_string(lines.size()), kind, site, more});
        }
        world.orders.push_back(order);
      }
    }
    if (lines.empty()) continue;
    std::shuffle(lines.begin(), lines.end(), chance.engine);
    world.run();
    const auto plan = plan_of(clauses, lines, date_text(world.today));
    INFO(seed << '\n' << clauses << quote_of(lines));
    INFO(dates(plan));
    REQUIRE(plan);
    REQUIRE(plan->orders.size() == world.orders.size());
    std::size_t late = 0;
    for (const Naive& expected : world.orders) {
      const auto order = std::find_if(plan->orders.begin(), plan->orders.end(), [&](const Order& each) {
        return each.phase == expected.kind && each.split[0].value == expected.site;
      });
      REQUIRE(order != plan->orders.end());
      INFO(expected.kind << expected.site);
      CHECK(order->starts + ' ' + order->ends == date_text(expected.start) + ' ' + date_text(expected.end));
      CHECK(order->pending == expected.pending);
      CHECK(order->latest_start == (expected.latest ? date_text(*expected.latest) : ""));
      late += expected.due && expected.end > *expected.due ? 1 : 0;
    }
    CHECK(plan->conflicts.size() == late);
  }
}
