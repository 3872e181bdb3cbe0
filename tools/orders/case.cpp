// assent orders show, plan, event, diff, report: the orders of an approved case, and what happens to them. Entry:
// add_orders_case; see plan.h.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/answer.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/orders/orders.h"
#include "tools/orders/plan.h"
#include "tools/orders/text.h"
#include "tools/policy_file.h"
#include "tools/text.h"

namespace assent::command {

CasePlan plan_of(Store& store, const CaseRequest& request) {
  Case kase = case_named(store, request.case_id);
  Evaluator evaluator(must(store.policy_of(kase)));
  std::string quote = must(store.quote_of(kase));
  const World world = world_of(request);
  Result<OrderPlan> plan = plan_orders(evaluator, kase, quote, world);
  return {std::move(kase), std::move(evaluator), std::move(quote), world, std::move(plan)};
}

std::vector<Event> log_of(Store& store, const std::string& case_id) {
  std::vector<Event> log;
  must(store.history(case_id, [&](const LogEntry& entry) {
    Result<Event> event = event_from_json(entry.event);
    if (!event) throw BadInput(problems_text("the log", event.problems()));
    log.push_back(*std::move(event));
  }));
  return log;
}

std::string key_of(const std::vector<std::string>& keys, const std::string& given) {
  std::vector<std::string> meant;
  for (const std::string& key : keys)
    if (key.starts_with(given)) meant.push_back(key);
  if (meant.size() > 1) throw BadInput("`" + printable(given) + "` may be " + listed(meant, "or"));
  return meant.empty() ? given : meant[0];
}

std::string key_of(const OrderPlan& plan, const std::string& given) {
  std::vector<std::string> keys;
  for (const Order& order : plan.orders) keys.push_back(order.key);
  return key_of(keys, given);
}

Exit tell_no_plan(const CaseRequest& request, const Problems& problems) {
  const Problem& first = problems[0];
  if (first.code != ErrorCode::not_approved) throw BadInput(problems_text(request.case_id, problems));
  if (request.as_json()) print(refusal_json(request.case_id, first) + '\n');
  else if (request.format == "text") print(refusal_text(request.case_id, first, style_of(stdout)));
  else std::fputs(refusal_text(request.case_id, first, style_of(stderr)).c_str(), stderr);  // words are no picture
  return Exit::findings;
}

namespace {

// The words of a closed set, from one to another; and the one up to `last` that is called so, the first for none.
template <typename Enum>
std::vector<std::string> words(Enum first, Enum last) {
  std::vector<std::string> all;
  for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) all.emplace_back(text(static_cast<Enum>(i)));
  return all;
}
template <typename Enum>
Enum named(const std::string& word, Enum last) {
  int i = static_cast<int>(last);
  while (i > 0 && text(static_cast<Enum>(i)) != word) --i;
  return static_cast<Enum>(i);
}

// ── show ─────────────────────────────────────────────────────────────────────────────────────
Exit show(const CaseRequest& request) {
  Store store = open_store(request);
  const CasePlan found = plan_of(store, request);
  if (!found.plan) return tell_no_plan(request, found.plan.problems());
  if (found.kase.orders.empty() && request.format == "text")
    print(style_of(stdout).dim("nothing is ordered yet; this is what would be:") + '\n');
  return show_orders(*found.plan, {}, request.format);
}

void add_show(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("show", "the orders of a case as they stand, or as they would be");
  auto request = std::make_shared<CaseRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  add_store_options(*command, *request);
  add_orders_format(*command, request->format);
  command->footer("Examples:\n"
                  "  assent orders show Q-710\n"
                  "  assent orders show Q-710 --format svg > orders.svg\n"
                  "Ends with 1 if the case is not approved, or an order cannot be delivered when it is due.");
  command->callback([request, &exit] { exit = show(*request); });
}

// ── what happens ─────────────────────────────────────────────────────────────────────────────
struct ChangeRequest : CaseRequest {
  std::string what = std::string(text(OrderChange::Kind::ordered));
  std::string order, on, why;
  std::vector<std::string> lines;  // "seats=10"
  bool delivery = false, dry_run = false;
};

Portion portion_of(const std::string& given) {
  const std::size_t equals = given.rfind('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == given.size())
    throw BadInput("`" + printable(given) + "` says no quantity of a line; give it as in seats=10");
  const std::size_t number = given[equals + 1] == '+' ? equals + 2 : equals + 1;
  return {given.substr(0, equals), given.substr(number)};
}

OrderChange change_of(const ChangeRequest& request, const CasePlan& found) {
  OrderChange change;
  change.kind = named(request.what, OrderChange::Kind::amended);
  if (change.kind != OrderChange::Kind::ordered) change.order = key_of(*found.plan, request.order);
  change.on = found.world.today;
  if (!request.on.empty()) {
    const auto day = day_named(request.on);
    if (!day) throw BadInput("`" + printable(request.on) + "` is no day; give it as in 2026-03-02");
    change.on = *day;
  }
  change.delivery = request.delivery;
  change.why = request.why;
  for (const std::string& each : request.lines) change.lines.push_back(portion_of(each));
  return change;
}

Exit rehearse(const ChangeRequest& request, CasePlan& found, const OrderChange& change) {
  const Result<Replanned> made = replan(found.evaluator, found.kase, found.quote, change, found.world);
  if (!made) return tell_no_plan(request, made.problems());
  if (made->refusal) {
    Response response;
    response.version = found.kase.version;
    response.refusal = made->refusal;
    return tell_refusal(request, "", response, "");
  }
  const auto changed = differences(made->before, made->after);
  print(request.as_json() ? differences_json(found.kase.id, changed)
                          : differences_text(changed, made->after, style_of(stdout)));
  return Exit::fine;
}

Exit change(const ChangeRequest& request) {
  Store store = open_store(request);
  CasePlan found = plan_of(store, request);
  if (!found.plan) return tell_no_plan(request, found.plan.problems());
  const OrderChange wanted = change_of(request, found);
  if (request.dry_run) return rehearse(request, found, wanted);
  const std::string id = id_of(request);
  const Command command{id, request.actor, request.expected_version, ChangeOrders{{}, wanted}};
  const Response response = must(store.perform(request.case_id, command, found.world));
  const Exit exit = tell(store, request, id, response, false);
  if (exit != Exit::fine || response.repeated || request.as_json()) return exit;
  const CasePlan now = plan_of(store, request);
  if (!now.plan) return tell_no_plan(request, now.plan.problems());
  const OrderPlan before = found.kase.orders.empty() ? OrderPlan{} : *found.plan;
  print('\n' + differences_text(differences(before, *now.plan), *now.plan, style_of(stdout)));
  return Exit::fine;
}

void add_dry_run(Arguments& command, ChangeRequest& request) {
  command.add_flag("--dry-run", request.dry_run, "show what would change, and change nothing");
}

void add_plan(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("plan", "make orders of an approved case: of all that is left, or of a part");
  auto request = std::make_shared<ChangeRequest>();
  add_case_options(*command, *request);
  command->add_option("--take", request->lines, "how much of a line: seats=10; of lines that are not named, nothing");
  command->add_option("--on", request->on, "the day before which nothing starts (default: today)");
  command->add_option("--why", request->why, "what everybody may read beside it");
  add_dry_run(*command, *request);
  command->footer("Examples:\n"
                  "  assent orders plan Q-710 --as rep\n"
                  "  assent orders plan Q-710 --take seats=10 --take setup=1 --as rep\n"
                  "  assent orders plan Q-710 --as rep --dry-run\n"
                  "Ends with 1 if the case is not approved, everything is ordered, or what is asked for is not left.");
  command->callback([request, &exit] { exit = change(*request); });
}

void add_event(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("event", "say what happened to an order, and see what moves");
  auto request = std::make_shared<ChangeRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  const std::vector<std::string> what = words(OrderChange::Kind::activated, OrderChange::Kind::amended);
  command->add_option("WHAT", request->what, listed(what, "or"))->required()->one_of(what);
  command->add_option("ORDER", request->order, "its key, or the first characters of it")->required();
  add_actor_options(*command, *request);
  add_expected_version(*command, *request);
  command->add_option("--on", request->on, "the day; moved: the new one; amended: from when (default: today)");
  command->add_flag("--delivery", request->delivery, "moved: the delivery, not the start");
  command->add_option("--line", request->lines, "amended: how much more or, below 0, less of a line: seats=+10");
  command->add_option("--why", request->why, "what everybody may read beside it");
  add_dry_run(*command, *request);
  command->footer(
      "Examples:\n"
      "  assent orders event Q-710 activated 93220c55 --as warehouse\n"
      "  assent orders event Q-710 moved 93220c55 --on 2026-04-01 --why 'strike at the port' --as warehouse\n"
      "  assent orders event Q-710 amended 93220c55 --line seats=+10 --on 2026-05-01 --as rep --dry-run\n"
      "Ends with 1 if that cannot happen to the order as it stands.");
  command->callback([request, &exit] { exit = change(*request); });
}

// ── diff ─────────────────────────────────────────────────────────────────────────────────────
struct DiffRequest : CaseRequest {
  std::optional<std::size_t> since;  // how many changes there were before; none: all but the last
};

Exit diff(const DiffRequest& request) {
  Store store = open_store(request);
  CasePlan found = plan_of(store, request);
  if (!found.plan) return tell_no_plan(request, found.plan.problems());
  const std::size_t all = found.kase.orders.size();
  const std::size_t since = request.since.value_or(all > 0 ? all - 1 : 0);
  if (since > all) throw BadInput("--since: there were only " + counted(all, "change"));
  OrderPlan before;
  if (since > 0) {
    found.kase.orders.resize(since);
    const Result<OrderPlan> then = plan_orders(found.evaluator, found.kase, found.quote, found.world);
    if (!then) return tell_no_plan(request, then.problems());
    before = *then;
  }
  if (all == 0) throw BadInput("nothing is ordered of `" + printable(request.case_id) + "` yet");
  const auto changed = differences(before, *found.plan);
  print(request.as_json() ? differences_json(request.case_id, changed)
                          : differences_text(changed, *found.plan, style_of(stdout)));
  return Exit::fine;
}

void add_orders_diff(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("diff", "how the orders of a case differ from what they were");
  auto request = std::make_shared<DiffRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  add_shared_options(*command, *request);
  command->add_option("--since", request->since,
                      "after so many changes (default: before the last one; 0: from the start)");
  command->footer("Examples:\n"
                  "  assent orders diff Q-710\n"
                  "  assent orders diff Q-710 --since 1 --format json");
  command->callback([request, &exit] { exit = diff(*request); });
}

// ── what the back office says ────────────────────────────────────────────────────────────────
struct ReportRequest : CaseRequest {
  std::string order, status, reference, words, when;
  std::uint32_t revision = 0;  // 0: the current one
};

Exit report(const ReportRequest& request) {
  OrderReport report;
  report.at = world_of(request).now;
  if (!request.when.empty()) {
    const auto when = instant_of(request.when);
    if (!when) throw BadInput("--when: `" + printable(request.when) + "` is no moment");
    report.at = *when;
  }
  Store store = open_store(request);
  const Case kase = case_named(store, request.case_id);
  std::vector<std::string> keys;
  for (const OrderRevision& each : kase.revisions) keys.push_back(each.order);
  report.order = key_of(keys, request.order);
  const OrderRevision* known = revision_of(kase, report.order);
  if (known != nullptr) report.revision = known->revision;
  if (request.revision > 0) report.revision = request.revision;
  report.status = named(request.status, OrderReport::Status::cancelled);
  report.reference = request.reference;
  report.text = request.words;
  return perform(request, [&](std::string_view) { return ReportOrder{report}; });
}

void add_report(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("report", "write down what the back office says of an order");
  auto request = std::make_shared<ReportRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  command->add_option("ORDER", request->order, "its key, or the first characters of it")->required();
  const std::vector<std::string> status = words(OrderReport::Status::sent, OrderReport::Status::cancelled);
  command->add_option("STATUS", request->status, listed(status, "or"))->required()->one_of(status);
  add_actor_options(*command, *request);
  command->add_option("--revision", request->revision, "of the order, that it speaks of (default: the current one)");
  command->add_option("--reference", request->reference, "the order's name there");
  command->add_option("--when", request->when, "when it was so (default: now)");
  command->add_option("--text", request->words, "what else it says");
  command->footer("Examples:\n"
                  "  assent orders report Q-710 93220c55 accepted --reference SO-17 --as erp\n"
                  "  assent orders report Q-710 93220c55 shipped --revision 2 --when 2026-03-04T16:30:00Z --as erp\n"
                  "What comes late, of an earlier revision or moment than is known, is logged and changes nothing.");
  command->callback([request, &exit] { exit = report(*request); });
}

}  // namespace

void add_orders_case(Arguments& app, Exit& exit) {
  add_show(app, exit);
  add_plan(app, exit);
  add_event(app, exit);
  add_orders_diff(app, exit);
  add_report(app, exit);
}

}  // namespace assent::command
