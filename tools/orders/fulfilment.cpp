// assent orders contracts, assets, entitled, revenue: what follows from the orders of a case. Entry:
// add_orders_fulfilment.
#include <memory>
#include <string>

#include "assent/fulfilment.h"
#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/orders/fulfilment_text.h"
#include "tools/orders/orders.h"
#include "tools/orders/plan.h"
#include "tools/policy_file.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// Asks for what follows from the plan, and prints it.
template <typename Request, typename Follows, typename Text>
Exit show(const Request& request, Follows follows, Text text) {
  Store store = open_store(request);
  const CasePlan found = plan_of(store, request);
  if (!found.plan) return tell_no_plan(request, found.plan.problems());
  const auto made = follows(*found.plan);
  if (!made) throw BadInput(problems_text(request.case_id, made.problems()));
  print(request.as_json() ? to_json(*made) : text(*made, style_of(stdout)));
  return Exit::fine;
}

template <typename Follows, typename Text>
void add(Arguments& app, Exit& exit, const std::string& name, const std::string& description, const std::string& remark,
         Follows follows, Text text) {
  Arguments* command = app.add_subcommand(name, description);
  auto request = std::make_shared<CaseRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  add_shared_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent orders " + name + " Q-710\n"
                  "  assent orders " + name + " Q-710 --format json\n" + remark);
  command->callback([request, follows, text, &exit] { exit = show(*request, follows, text); });
}

struct EntitledRequest : CaseRequest {
  std::string on;
};

void add_entitled(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("entitled", "who may use what, with which service, and when");
  auto request = std::make_shared<EntitledRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  add_shared_options(*command, *request);
  command->add_option("--on", request->on, "one day alone: 2026-03-02 (default: all of them)");
  command->footer("Examples:\n"
                  "  assent orders entitled Q-710\n"
                  "  assent orders entitled Q-710 --on 2026-07-01\n"
                  "Only orders that have been activated entitle; what is planned stands beside it.");
  command->callback([request, &exit] {
    const auto day = day_named(request->on);
    if (!request->on.empty() && !day) throw BadInput("--on: `" + printable(request->on) + "` is no day");
    exit = show(
        *request, [&](const OrderPlan& plan) { return day ? entitled(plan, *day) : entitlements(plan); },
        entitlements_text);
  });
}

}  // namespace

void add_orders_fulfilment(Arguments& app, Exit& exit) {
  add(app, exit, "contracts", "the contracts that come of the orders, with their subscriptions",
      "A contract that is made again has the same key.", contracts, contracts_text);
  add(app, exit, "assets", "what is owned once it is delivered",
      "The policy says whether a line is one asset, one for each unit, or none.", assets, assets_text);
  add_entitled(app, exit);
  add(app, exit, "revenue", "when what the orders cost is earned, month by month",
      "The periods of an item sum exactly to its amount.", revenue, revenue_text);
}

}  // namespace assent::command
