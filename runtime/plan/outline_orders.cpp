#include "runtime/plan/outline_orders.h"

#include "runtime/plan/words.h"

namespace assent::plan {

namespace {

class OrdersInWords {
 public:
  OrdersInWords(const Plan& plan, const Orders& orders, Wording wording)
      : plan_(plan), orders_(orders), wording_(wording), row_{orders.table, orders.row} {}

  OrdersOutline outline() const {
    OrdersOutline made;
    made.name = string(orders_.name);
    made.title = string(orders_.title);
    made.over = over();
    for (std::size_t i = 0; i < line_role_count; ++i)
      if (orders_.roles[i] != none) made.roles.emplace_back(line_role_names[i], words(orders_.roles[i]));
    for (const std::uint32_t key : plan_.split_keys) made.split_by.push_back(words(key));
    for (const Phase& each : plan_.phases) made.phases.push_back(phase(each));
    made.bundles_together = orders_.bundles_together != 0;
    made.choices.push_back("contract " + std::string(name(orders_.contracting)));
    for (const LineChoice& choice : plan_.line_choices) {
      const std::string where = choice.where == none ? "" : " where " + words(choice.where);
      made.choices.push_back(std::string(name(choice.kind)) + where);
    }
    if (orders_.allocation != Allocation{}) made.choices.emplace_back(name(orders_.allocation));
    made.location = location(plan_, orders_.position);
    return made;
  }

 private:
  const Plan& plan_;
  const Orders& orders_;
  Wording wording_;
  OwnRow row_;

  std::string string(std::uint32_t id) const { return std::string(plan_.string(id)); }
  std::string called(std::uint32_t id) const {
    return wording_ == Wording::spoken ? words_of(plan_.string(id)) : string(id);
  }
  std::string words(std::uint32_t node) const { return put_node(plan_, wording_, node, row_); }

  std::string over() const {
    if (wording_ == Wording::spoken) return say_rows(plan_, row_, orders_.where);
    const Table& table = plan_.tables[orders_.table];
    const std::string rows = string(table.row) + " in " + string(plan_.header.input) + "." + string(table.path);
    return orders_.where == none ? rows : rows + " where " + words(orders_.where);
  }

  PhaseOutline phase(const Phase& from) const {
    PhaseOutline made{string(from.name), string(from.title), from.where == none ? "" : words(from.where), {}};
    for (std::uint32_t i = 0; i < from.timings.count; ++i)
      made.timings.push_back(timing(plan_.timings[from.timings.first + i]));
    return made;
  }

  std::string timing(const Timing& from) const {
    const std::string what(name(from.kind));
    switch (from.kind) {
      case TimingKind::starts_after: return starts_after(from);
      case TimingKind::business_days:
        return what + in_calendar(from) + ", " + std::string(name(from.convention));
      case TimingKind::dates: {
        const std::string dates = std::string(name(from.dates)) + " dates";
        return from.prorated == 0 ? dates : dates + ", prorated by " + std::string(name(from.proration));
      }
      case TimingKind::earns: {
        const std::string earns = what + ' ' + std::string(name(from.recognition)) + ", when " + milestone(from);
        return from.value == none ? earns : earns + ", from " + words(from.value);
      }
      case TimingKind::final_once: return what + ' ' + milestone(from);
      case TimingKind::starts_on:
      case TimingKind::takes:
      case TimingKind::wanted_on:
      case TimingKind::due_on: break;
    }
    std::string text = what;
    if (from.value != none) text += ' ' + words(from.value) + in_calendar(from);
    if (from.when != none) text += ", when " + words(from.when);
    return from.otherwise == 0 ? text : text + ", otherwise";
  }

  // "starts 2 business days after equipment is accepted, for the same value of line.ship_to"
  std::string starts_after(const Timing& from) const {
    std::string text = "starts ";
    text += from.value == none ? "when " : words(from.value) + in_calendar(from) + " after ";
    if (from.after != none) text += called(plan_.phases[from.after].name);
    text += " is " + milestone(from);
    for (std::uint32_t i = 0; i < from.same.count; ++i) {
      const std::uint32_t key = plan_.same_keys[from.same.first + i];
      text += (i == 0 ? ", for the same value of " : ", ") + words(plan_.split_keys[key]);
    }
    return text;
  }

  static std::string milestone(const Timing& from) { return std::string(name(from.milestone)); }
  std::string in_calendar(const Timing& from) const {
    return from.calendar == none ? "" : " in " + called(plan_.calendars[from.calendar].name);
  }
};

}  // namespace

OrdersOutline outline_orders(const Plan& plan, const Orders& orders, Wording wording) {
  return OrdersInWords(plan, orders, wording).outline();
}

}  // namespace assent::plan
