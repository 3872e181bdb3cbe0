// assent orders: the orders that a quote becomes, and what becomes of them. Entry: add_orders; see orders.h.
#include "tools/orders/orders.h"

#include <memory>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/orders/gantt.h"
#include "tools/orders/text.h"
#include "tools/request.h"

namespace assent::command {

namespace {

// What can be drawn: an order that was cancelled has no days.
OrderPlan standing(OrderPlan plan) {
  std::erase_if(plan.orders, [](const Order& order) { return order.state == OrderState::cancelled; });
  return plan;
}

std::string written(const OrderPlan& plan, const Places& places, const std::string& format) {
  if (format == "json") return to_json(plan);
  if (format == "svg") return orders_svg(standing(plan));
  return format == "mermaid" ? orders_mermaid(standing(plan)) : orders_text(plan, places, style_of(stdout));
}

struct PreviewOptions {
  Request request;
  std::string format = "text";
};

Exit preview(const PreviewOptions& options) {
  const Asked asked = read_request(options.request);
  Evaluator evaluator(asked.policy.policy);
  const Result<OrderPlan> plan = plan_orders(evaluator, asked.quote, asked.world, asked.edits());
  if (!plan) {
    const bool policy = plan.problems()[0].code == ErrorCode::bad_request;
    throw BadInput(problems_text(policy ? options.request.policy : options.request.quote, plan.problems()));
  }
  return show_orders(*plan, asked.policy.places, options.format);
}

void add_preview(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("preview", "the orders that a quote would become, approved or not");
  auto options = std::make_shared<PreviewOptions>();
  add_request_options(*command, options->request);
  add_orders_format(*command, options->format);
  command->footer("Examples:\n"
                  "  assent orders preview desk.assent quote.json\n"
                  "  assent orders preview desk.assent - --set 'lines[0].ship_to=Berlin' --format json\n"
                  "  assent orders preview desk.assent quote.json --format svg > orders.svg\n"
                  "Ends with 1 if an order cannot be delivered when it is due.");
  command->callback([options, &exit] { exit = preview(*options); });
}

}  // namespace

void add_orders_format(Arguments& command, std::string& format) {
  command.add_option("--format", format, "text, json, svg or mermaid: the last two draw when orders start and end")
      ->one_of({"text", "json", "svg", "mermaid"});
}

Exit show_orders(const OrderPlan& plan, const Places& places, const std::string& format) {
  print(written(plan, places, format));
  return plan.conflicts.empty() ? Exit::fine : Exit::findings;
}

void add_orders(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("orders", "see which orders a quote becomes, and follow them");
  command->require_subcommand();
  add_preview(*command, exit);
#ifdef ASSENT_HAS_STORE
  add_orders_case(*command, exit);
  add_orders_fulfilment(*command, exit);
  add_orders_answer(*command, exit);
#ifdef ASSENT_HAS_EXPORT
  add_orders_export(*command, exit);
  add_orders_sync(*command, exit);
#endif
  command->footer("Examples:\n"
                  "  assent orders preview desk.assent quote.json\n"
                  "  assent orders plan Q-710 --as rep\n"
                  "  assent orders event Q-710 activated 93220c55 --as warehouse\n"
                  "  assent orders show Q-710 --format svg > orders.svg\n"
                  "  assent orders contracts Q-710\n"
                  "`assent orders COMMAND --help` tells more.");
#endif
}

}  // namespace assent::command
