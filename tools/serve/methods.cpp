// See methods.h. One function a method, in the order of the table at the end.
#include "tools/serve/methods.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "assent/advance.h"
#include "assent/fulfilment.h"
#include "assent/orders.h"
#include "tools/instant.h"
#include "tools/serve/members.h"

namespace assent::command::serve {

namespace {

const std::string nothing = "{}";

template <typename Records>
std::string on_a_line(const Records& records) {
  std::string line;
  append_line(line, records);
  return line;
}

// ── policies and their world ─────────────────────────────────────────────────────────────────
std::string about(const Policy& policy) {
  std::string text = "{\"policy\":" + quoted(policy.name());
  if (!policy.title().empty()) text += ",\"title\":" + quoted(policy.title());
  return text + ",\"policy_hash\":" + quoted(policy.hash()) + "}";
}

std::string load(Desk& desk, const Params& params) { return about(desk.load(params.text("file")).policy); }

std::string policies(Desk& desk, const Params&) {
  std::string list;
  for (const auto& [name, served] : desk.policies) list += (list.empty() ? "" : ",") + about(served.policy);
  return "{\"policies\":[" + list + "]}";
}

std::string directory(Desk& desk, const Params& params) {
  desk.world.directory = needed(Directory::from_json(params.json("directory")));
  return nothing;
}

std::string rates(Desk& desk, const Params& params) {
  desk.world.rates = needed(Rates::from_json(params.json("rates")));
  return nothing;
}

std::string deputies(Desk& desk, const Params& params) {
  desk.world.deputies = std::make_shared<const Deputies>(needed(deputies_from_json(params.json("deputies"))));
  return nothing;
}

// ── decisions ────────────────────────────────────────────────────────────────────────────────
std::string decide(Desk& desk, const Params& params) {
  Desk::Served& served = desk.policy(params);
  const World world = desk.world_of(params);
  const bool explain = params.flag("explain");
  served.decided = false;
  const Decision* decision = needed(served.evaluator.decide(params.json("quote"), world));
  served.decided = true;
  const Explanation explanation = explain ? served.evaluator.explain() : Explanation{};
  std::string text;
  append_line(text, *decision, explain ? &explanation : nullptr);
  return text;
}

std::string fact(Desk& desk, const Params& params) {
  Desk::Served& served = desk.policy(params);
  const std::string name = params.text("name");
  if (!served.decided) throw failure(ErrorCode::bad_request, "there is no decision yet: decide first");
  const std::optional<std::string> value = served.evaluator.fact(name);
  return "{\"fact\":" + quoted(name) + (value ? ",\"value\":" + quoted(*value) : "") + "}";
}

// ── sessions ─────────────────────────────────────────────────────────────────────────────────
std::string decision_of(Session& session, bool explain) {
  const Explanation explanation = explain ? session.explain() : Explanation{};
  std::string text;
  append_line(text, session.decision(), explain ? &explanation : nullptr);
  return text;
}

std::string told(Result<const Difference*> difference) {
  return on_a_line(*needed(std::move(difference)));
}

std::string session_open(Desk& desk, const Params& params) {
  std::string name = new_name(desk.sessions, max_sessions, "session", params);
  Session session = needed(
      Session::open(desk.policy(params).policy, params.json("quote"), desk.world_of(params)));
  return decision_of(desk.sessions.emplace(std::move(name), std::move(session)).first->second, false);
}

std::string session_set(Desk& desk, const Params& params) {
  return told(desk.session(params)->second.set(params.text("path"), params.json("value")));
}

std::string session_insert(Desk& desk, const Params& params) {
  return told(desk.session(params)->second.insert(params.text("path"), params.json("value")));
}

std::string session_remove(Desk& desk, const Params& params) {
  return told(desk.session(params)->second.remove(params.text("path")));
}

std::string session_decision(Desk& desk, const Params& params) {
  return decision_of(desk.session(params)->second, params.flag("explain"));
}

std::string session_close(Desk& desk, const Params& params) {
  desk.sessions.erase(desk.session(params));
  return nothing;
}

// ── cases ────────────────────────────────────────────────────────────────────────────────────
std::string version_of(const Case& kase) {
  const std::int64_t due = next_due(kase);
  return "{\"version\":" + std::to_string(kase.version) +
         (due != 0 ? ",\"next_due\":" + quoted(instant_json(due)) : "") + "}";
}

// The same events give the same case. One that does not fit is told by its number, and there is no case.
std::string case_open(Desk& desk, const Params& params) {
  Case kase;
  kase.id = new_name(desk.cases, max_cases, "case", params);
  if (kase.id.empty() || kase.id.size() > max_id_bytes || kase.id.find('\0') != std::string::npos)
    throw failure(ErrorCode::bad_request,
                  "the id of a case is a text of 1 to " + std::to_string(max_id_bytes) + " bytes");
  std::size_t number = 0;
  const auto replay = [&](std::string_view json) {
    const std::string place = "/events/" + std::to_string(number++);
    const Result<Event> event = event_from_json(json);
    if (!event) {
      Problems problems = event.problems();
      for (Problem& each : problems) each.where.insert(0, place);
      throw failure(problems);
    }
    const std::string wrong = apply(kase, *event);
    if (!wrong.empty()) throw failure(Problems{{ErrorCode::bad_event, place, wrong}});
  };
  if (params.has("events")) {
    const std::string wrong = each_element(params.json("events"), replay);
    if (!wrong.empty()) throw Failure{Code::invalid_params, "`events`: " + wrong, {}};
  }
  return version_of(desk.cases.emplace(kase.id, kase).first->second);
}

std::string case_advance(Desk& desk, const Params& params) {
  Case& kase = desk.kase(params)->second;
  Desk::Served& served = desk.policy(params);
  const World world = desk.world_of_case(params);
  const GivenCommand given = needed(command_from_json(params.json("command")));
  served.decided = false;
  Advance done;
  advance(served.evaluator, kase, given.command, world, done);
  return to_json(done, kase.version);
}

std::string case_get(Desk& desk, const Params& params) { return to_json(desk.kase(params)->second); }
std::string case_version(Desk& desk, const Params& params) { return version_of(desk.kase(params)->second); }

std::string case_close(Desk& desk, const Params& params) {
  desk.cases.erase(desk.kase(params));
  return nothing;
}

// ── orders ───────────────────────────────────────────────────────────────────────────────────
OrderPlan plan_of(Desk& desk, const Params& params) {
  Desk::Served& served = desk.policy(params);
  const World world = desk.world_of(params);
  const std::string_view quote = params.json("quote");
  served.decided = false;
  if (!params.has("case")) return needed(plan_orders(served.evaluator, quote, world));
  return needed(plan_orders(served.evaluator, desk.kase(params)->second, quote, world));
}

std::string orders(Desk& desk, const Params& params) { return on_a_line(plan_of(desk, params)); }

std::string replan(Desk& desk, const Params& params) {
  Desk::Served& served = desk.policy(params);
  const Case& kase = desk.kase(params)->second;
  const World world = desk.world_of(params);
  const OrderChange change = needed(order_change_from_json(params.json("change")));
  served.decided = false;
  return to_json(needed(assent::replan(served.evaluator, kase, params.json("quote"), change, world)));
}

template <auto records>
std::string fulfilment(Desk& desk, const Params& params) {
  return on_a_line(needed(records(plan_of(desk, params))));
}

// ── the process ──────────────────────────────────────────────────────────────────────────────
std::string version(Desk&, const Params&) { return "{\"version\":\"" ASSENT_VERSION "\"}"; }

std::string shutdown(Desk& desk, const Params&) {
  desk.closed = true;
  return nothing;
}

}  // namespace

const std::vector<Method>& methods() {
  static const std::vector<Method> all = {
      {"load", {"file"}, load},
      {"policies", {}, policies},
      {"directory", {"directory"}, directory},
      {"rates", {"rates"}, rates},
      {"deputies", {"deputies"}, deputies},
      {"decide", {"policy", "quote", "today", "state", "explain"}, decide},
      {"fact", {"policy", "name"}, fact},
      {"session.open", {"session", "policy", "quote", "today", "state"}, session_open},
      {"session.set", {"session", "path", "value"}, session_set},
      {"session.insert", {"session", "path", "value"}, session_insert},
      {"session.remove", {"session", "path"}, session_remove},
      {"session.decision", {"session", "explain"}, session_decision},
      {"session.close", {"session"}, session_close},
      {"case.open", {"case", "events"}, case_open},
      {"case.advance", {"case", "policy", "command", "now", "today", "utc_offset"}, case_advance},
      {"case.get", {"case"}, case_get},
      {"case.version", {"case"}, case_version},
      {"case.close", {"case"}, case_close},
      {"orders", {"policy", "quote", "case", "today", "state"}, orders},
      {"replan", {"policy", "quote", "case", "change", "today", "state"}, replan},
      {"contracts", {"policy", "quote", "case", "today", "state"}, fulfilment<assent::contracts>},
      {"assets", {"policy", "quote", "case", "today", "state"}, fulfilment<assent::assets>},
      {"entitlements", {"policy", "quote", "case", "today", "state"}, fulfilment<assent::entitlements>},
      {"revenue", {"policy", "quote", "case", "today", "state"}, fulfilment<assent::revenue>},
      {"version", {}, version},
      {"shutdown", {}, shutdown},
  };
  return all;
}

}  // namespace assent::command::serve
