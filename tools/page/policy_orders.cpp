// See policy.h. What an approved quote becomes: phases, splits, and when each order starts and ends.
#include "tools/page/policy.h"

namespace assent::command {

namespace {

std::vector<Words> said(const std::vector<std::string>& list) { return {list.begin(), list.end()}; }

Words lines_of(const PhaseOutline& phase) {
  if (phase.name.empty()) return "all";
  return phase.where.empty() ? "of no other phase" : phase.where;
}

void add_phases(Page& page, const OrdersOutline& orders) {
  PageTable table{"Phases", {"Phase", "Lines", "When, and what follows"}, {}};
  for (const PhaseOutline& phase : orders.phases) {
    const std::string name = phase.name.empty() ? "every order" : name_in_words(phase.name);
    table.rows.push_back({phase.title.empty() ? name : phase.title + " (" + name + ")", lines_of(phase),
                          joined(said(phase.timings), "; ")});
  }
  page.add(std::move(table));
}

}  // namespace

void add_orders(Page& page, const Outline& outline) {
  for (const OrdersOutline& orders : outline.orders) {
    page.add(Heading{2, "orders", "Orders"});
    Points points;
    points.add("Orders", Words(named(orders.name)).add(" in ").add(place_of(orders.location)));
    points.add("Called", orders.title);
    points.add("Ordered is", orders.over);
    std::vector<Words> roles;
    for (const auto& [role, value] : orders.roles) roles.emplace_back(role + ": " + value);
    points.add("Of each line", std::move(roles));
    points.add("One order for each phase and each", said(orders.split_by));
    points.add("Bundles", orders.bundles_together ? "stay together, in the order of their root" : "may be split");
    points.add("What follows", said(orders.choices));
    page.add(std::move(points));
    add_phases(page, orders);
  }
}

}  // namespace assent::command
