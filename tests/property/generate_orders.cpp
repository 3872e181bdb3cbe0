#include "tests/property/generate_orders.h"

#include <chrono>
#include <cstdlib>
#include <limits>

#include <fmt/format.h>

namespace assent::generate {

namespace {

using Kind = OrderChange::Kind;
constexpr const char* milestones[] = {"activated", "delivered", "accepted"};

void waits(Random& random, OrderScene& scene) {
  for (int kind = 1; kind < 3; ++kind) {
    for (std::size_t n = random.below(3); n > 0; --n) {
      NaiveWait wait;
      wait.after = static_cast<int>(random.below(static_cast<std::size_t>(kind)));
      wait.lag = static_cast<int>(random.below(5));
      wait.milestone = static_cast<int>(random.below(3));
      wait.business = random.chance(40);
      wait.same = scene.rules.by_site && random.chance(50);
      scene.rules.waits[kind].push_back(wait);
      scene.clauses += fmt::format("{} starts {} {}days after {}{} is {}\n", static_cast<char>('a' + kind), wait.lag,
                                   wait.business ? "business " : "", static_cast<char>('a' + wait.after),
                                   wait.same ? " of the same line.site" : "", milestones[wait.milestone]);
    }
  }
}

void says(Random& random, OrderScene& scene) {
  NaiveRules& rules = scene.rules;
  scene.clauses = order_desk::full_roles + "every order takes line.takes  every order starts on line.start\n";
  rules.phases = random.chance(70);
  rules.by_site = random.chance(60);
  rules.together = random.chance(80);
  rules.keeps = random.chance(40);
  if (rules.phases) scene.clauses += order_desk::by_kind;
  if (rules.by_site) scene.clauses += "split by line.site\n";
  if (!rules.together) scene.clauses += "release bundles\n";
  if (rules.keeps) scene.clauses += "every order keeps to business days in berlin\n";
  if (rules.phases) waits(random, scene);
  if (random.chance(40)) {
    rules.final_once = static_cast<int>(random.below(3));
    scene.clauses += fmt::format("every order is final once {}\n", milestones[*rules.final_once]);
  }
  rules.dates = random.pick(std::vector<std::string>{"inherits", "shifts", "clamps", "clamps"});
  rules.prorated = rules.dates != "inherits" && random.chance(60);
  scene.clauses += "every order " + rules.dates + " dates" + (rules.prorated ? ", prorated by day\n" : "\n");
  scene.clauses += "every order earns " +
                   random.pick(std::vector<std::string>{"by day", "by month", "at start", "at end"}) +
                   random.pick(std::vector<std::string>{"", " when activated", " when accepted", " from line.earned"}) +
                   '\n';
  scene.clauses += R"(contract separately where line.contract is "own"  no contract where line.contract is "no"
                      assets per unit where line.assets is "unit"  no assets where line.assets is "no"
                      assets per line where line.assets is "line" )";
  if (random.chance(40)) scene.clauses += "contract as one\n";
  if (random.chance(40)) scene.clauses += random.chance(50) ? "remainder to first\n" : "remainder to last\n";
  scene.wishes = random.chance(30);
  if (scene.wishes) scene.clauses += "every order is wanted on line.wanted  every order is due on line.due\n";
}

NaiveLine line(Random& random, const OrderScene& scene, int number) {
  NaiveLine made;
  made.id = "L" + std::to_string(number);
  made.kind = static_cast<int>(random.below(3));
  made.site = random.pick(std::vector<std::string>{"X", "Y", "Y"});
  made.quantity = 10 * random.between(1, 9);
  if (random.chance(20)) made.quantity += random.between(1, 9);
  made.total = random.chance(15) ? 0 : random.between(-2'000, 100'000);
  if (random.chance(20)) made.total = random.between(-4, 7);  // fewer minor units than there are parts
  made.takes = static_cast<int>(random.below(6));
  if (number > 0 && random.chance(40)) {
    made.parent = static_cast<int>(random.below(static_cast<std::size_t>(number)));
    if (random.chance(80)) made.quantity = scene.rules.lines[made.parent].quantity * random.between(1, 3);
  }
  const auto some_day = [&](int percent, int least, int most) {
    return random.chance(percent) ? std::optional(scene.today + static_cast<int>(random.between(least, most)))
                                  : std::nullopt;
  };
  made.start = some_day(25, -3, 20);
  if (scene.wishes) made.wanted = some_day(40, 0, 40);
  if (scene.wishes) made.due = some_day(40, 0, 50);
  if (random.chance(60)) {
    made.from = some_day(80, -40, 90);
    made.until = scene.today + static_cast<int>(random.between(700, 900));
  }
  return made;
}

// Of what is there to be ordered, or in the order; sometimes of anything, and too much.
std::pair<int, long> portion(Random& random, const NaiveOrders& orders, const Happening& what) {
  std::vector<int> there;
  for (int line = 0; line < static_cast<int>(orders.rules.lines.size()); ++line) {
    if (orders.root_of(line) != line) continue;
    const bool held = what.order >= 0 && orders.orders[what.order].items.count(line) > 0;
    if (held || orders.ordered(line) < orders.rules.lines[line].quantity) there.push_back(line);
  }
  int line = static_cast<int>(random.below(orders.rules.lines.size()));
  if (!there.empty() && random.chance(90)) line = random.pick(there);
  const long left = orders.rules.lines[line].quantity - orders.ordered(line);
  long quantity = std::max(10l, left - left % 10);
  if (random.chance(80)) quantity = 10 * random.between(1, std::max(1l, quantity / 10));
  if (random.chance(10)) quantity = left;
  if (random.chance(8)) quantity += random.between(-9, 9);
  if (what.order < 0) return {line, quantity};
  const auto& items = orders.orders[what.order].items;
  const auto item = items.find(line);
  if (item == items.end() || random.chance(30)) return {line, quantity};
  const long held = NaiveOrders::sum(item->second, &NaiveEntry::quantity);
  return {line, random.chance(30) ? -held : -10 * random.between(1, std::max(1l, held / 10))};
}

}  // namespace

std::string date_text(int days) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string in_units(long minor, int places) {
  long one = 1;
  for (int i = 0; i < places; ++i) one *= 10;
  const std::string whole = fmt::format("{}{}", minor < 0 ? "-" : "", std::labs(minor) / one);
  return places == 0 ? whole : fmt::format("{}.{:0{}}", whole, std::labs(minor) % one, places);
}

std::string in_tenths(long tenths) { return tenths % 10 == 0 ? std::to_string(tenths / 10) : in_units(tenths, 1); }

long minor_units(const std::string& text, int places) {
  const std::size_t point = text.find('.');
  std::string digits = text.substr(0, point);
  std::string fraction = point == text.npos ? "" : text.substr(point + 1);
  if (static_cast<int>(fraction.size()) > places) return std::numeric_limits<long>::min();
  fraction.resize(static_cast<std::size_t>(places), '0');
  return std::stol(digits + fraction);
}

long tenths(const std::string& text) { return minor_units(text, 1); }

std::vector<order_desk::Line> OrderScene::lines() const {
  std::vector<order_desk::Line> made;
  for (std::size_t i = 0; i < rules.lines.size(); ++i) {
    const NaiveLine& line = rules.lines[i];
    std::string more = fmt::format(R"("kind": "{}", "site": "{}", "takes": {})", static_cast<char>('a' + line.kind),
                                   line.site, line.takes);
    const auto say = [&](const char* name, const std::string& value) {
      more += fmt::format(R"(, "{}": "{}")", name, value);
    };
    const auto say_date = [&](const char* name, const std::optional<int>& date) {
      if (date) say(name, date_text(*date));
    };
    if (line.parent >= 0) say("required_by", rules.lines[line.parent].id);
    say_date("start", line.start);
    say_date("wanted", line.wanted);
    say_date("due", line.due);
    say_date("from", line.from);
    say_date("until", line.until);
    const int number = std::stoi(line.id.substr(1));  // so that it is the same wherever the line stands
    if (number % 4 == 0) say_date("earned", today + 10 * number);
    say("product", number % 3 == 0 ? "P" : "Q");
    if (number % 2 == 0) say("holder", "H");
    constexpr const char* contracts[] = {"", "own", "", "no", ""};
    constexpr const char* assets[] = {"unit", "", "line", "no", "unit", ""};
    say("contract", contracts[number % 5]);
    say("assets", assets[number % 6]);
    made.push_back({line.id, in_tenths(line.quantity), in_units(line.total, places), more});
  }
  return made;
}

OrderScene order_scene(Random& random) {
  OrderScene scene;
  scene.today = *date_from_text("2026-03-02") + static_cast<int>(random.below(10));
  scene.places = static_cast<int>(random.pick(std::vector<int>{0, 2, 3}));
  scene.currency = scene.places == 0 ? "JPY" : scene.places == 2 ? "EUR" : "KWD";
  says(random, scene);
  const int count = static_cast<int>(random.between(1, 7));
  for (int i = 0; i < count; ++i) scene.rules.lines.push_back(line(random, scene, i));
  return scene;
}

Happening happening(Random& random, const NaiveOrders& orders, int today) {
  Happening what;
  what.on = today + static_cast<int>(random.between(-2, 12));
  const bool orders_more = orders.orders.empty() || random.chance(20);
  if (!orders_more) what.order = static_cast<int>(random.below(orders.orders.size()));
  if (!orders_more && orders.orders[what.order].state == OrderState::cancelled)
    what.order = static_cast<int>(random.below(orders.orders.size()));
  if (!orders_more) what.kind = static_cast<Kind>(random.between(1, 6));
  if (what.kind == Kind::cancelled && random.chance(40)) what.kind = Kind::amended;
  if (!orders_more && random.chance(50)) {  // what comes next
    const NaiveOrder& order = orders.orders[what.order];
    what.kind = order.state == OrderState::draft       ? Kind::activated
                : order.state == OrderState::activated ? Kind::delivered
                : order.state == OrderState::delivered ? Kind::accepted
                                                       : Kind::amended;
    if (random.chance(70)) what.on = std::max(order.state == OrderState::draft ? order.start : order.end, today);
  }
  if (what.kind == Kind::moved) what.delivery = random.chance(50);
  const bool of_lines = what.kind == Kind::amended || (what.kind == Kind::ordered && random.chance(90));
  for (std::size_t n = of_lines ? random.below(3) / 2 + 1 : 0; n > 0; --n)
    what.lines.push_back(portion(random, orders, what));
  return what;
}

OrderChange change_of(const Happening& what, const NaiveOrders& orders, const std::string& key) {
  OrderChange change{what.kind, what.kind == Kind::ordered ? "" : key, what.on, what.delivery, {}, {}};
  for (const auto& [line, quantity] : what.lines)
    change.lines.push_back({orders.rules.lines[line].id, in_tenths(quantity)});
  return change;
}

}  // namespace assent::generate
