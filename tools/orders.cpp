// assent orders: the orders that a quote becomes. Entry: add_orders.
#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "assent/orders.h"
#include "tools/command.h"
#include "tools/files.h"
#include "tools/orders_gantt.h"
#include "tools/orders_text.h"
#include "tools/request.h"
#ifdef ASSENT_HAS_STORE
#include "tools/case.h"
#endif

namespace assent::command {

namespace {

std::string written(const OrderPlan& plan, const Places& places, const std::string& format) {
  if (format == "json") return to_json(plan);
  if (format == "svg") return orders_svg(plan);
  return format == "mermaid" ? orders_mermaid(plan) : orders_text(plan, places, style_of(stdout));
}

Exit show(const OrderPlan& plan, const Places& places, const std::string& format) {
  print(written(plan, places, format));
  return plan.conflicts.empty() ? Exit::fine : Exit::findings;
}

void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "text, json, svg or mermaid: the last two draw when orders start and end")
      ->check(CLI::IsMember({"text", "json", "svg", "mermaid"}));
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
  return show(*plan, asked.policy.places, options.format);
}

void add_preview(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("preview", "the orders that a quote would become, approved or not");
  auto options = std::make_shared<PreviewOptions>();
  add_request_options(*command, options->request);
  add_format(*command, options->format);
  command->footer("Examples:\n"
                  "  assent orders preview desk.assent quote.json\n"
                  "  assent orders preview desk.assent - --set 'lines[0].ship_to=Berlin' --format json\n"
                  "  assent orders preview desk.assent quote.json --format svg > orders.svg\n"
                  "Ends with 1 if an order cannot be delivered when it is due.");
  command->callback([options, &exit] { exit = preview(*options); });
}

#ifdef ASSENT_HAS_STORE
Exit plan(const CaseRequest& request) {
  const World world = world_of(request);
  Store store = open_store(request);
  const Case kase = case_named(store, request.case_id);
  Evaluator evaluator(must(store.policy_of(kase)));
  const Result<OrderPlan> plan = plan_orders(evaluator, kase, must(store.quote_of(kase)), world);
  if (plan) return show(*plan, {}, request.format);
  const Problem& first = plan.problems()[0];
  if (first.code != ErrorCode::not_approved) throw BadInput(problems_text(kase.id, plan.problems()));
  if (request.as_json()) print(refusal_json(kase.id, first) + '\n');
  else if (request.format == "text") print(refusal_text(kase.id, first, style_of(stdout)));
  else std::fputs(refusal_text(kase.id, first, style_of(stderr)).c_str(), stderr);  // words are no picture
  return Exit::findings;
}

void add_plan(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("plan", "the orders of a case that is approved");
  auto request = std::make_shared<CaseRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  add_store_options(*command, *request);
  add_format(*command, request->format);
  command->footer("Examples:\n"
                  "  assent orders plan Q-710\n"
                  "  assent orders plan Q-710 --format json\n"
                  "  assent orders plan Q-710 --format svg > orders.svg\n"
                  "Ends with 1 if the case is not approved, or an order cannot be delivered when it is due.");
  command->callback([request, &exit] { exit = plan(*request); });
}
#endif

}  // namespace

void add_orders(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("orders", "see which orders a quote becomes");
  command->require_subcommand(1);
  add_preview(*command, exit);
#ifdef ASSENT_HAS_STORE
  add_plan(*command, exit);
#endif
}

}  // namespace assent::command
