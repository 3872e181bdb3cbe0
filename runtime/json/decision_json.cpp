// Canonical JSON of a decision: keys in a fixed order, no number that is not a small whole one, the
// same decision the same bytes. Entry: to_json.
#include <nlohmann/json.hpp>

#include "assent/decision.h"

namespace assent {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint32_t no_rule = 0xffff'ffffu;

std::string write(const Json& json) {
  // A hostile artifact may hold texts that are not UTF-8: they are written with U+FFFD.
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json list(std::span<const std::uint32_t> numbers) {
  Json array = Json::array();
  for (const std::uint32_t number : numbers) array.push_back(number);
  return array;
}

Json place(const Location& at) { return Json{{"file", at.file}, {"line", at.line}, {"column", at.column}}; }

Json seat(const Seat& seat) {
  Json json{{"person", seat.person}};
  if (!seat.name.empty()) json["name"] = seat.name;
  json["votes"] = seat.votes;
  if (seat.veto) json["veto"] = true;
  if (seat.absent) json["absent"] = true;
  return json;
}

Json timer(const Timer& timer) {
  Json json{{"kind", timer.kind}, {"after", timer.amount}, {"unit", timer.unit}};
  if (!timer.calendar.empty()) json["calendar"] = timer.calendar;
  if (timer.every != 0) {
    json["every"] = timer.every;
    json["every_unit"] = timer.every_unit;
  }
  if (!timer.to.empty()) json[timer.kind == "expire" ? "as" : "to"] = timer.to;
  if (timer.replacing) json["replacing"] = true;
  return json;
}

Json reasons(const Decision& decision, std::span<const std::uint32_t> rules) {
  Json array = Json::array();
  for (const std::uint32_t rule : rules) array.push_back(decision.rules[rule].name);
  return array;
}

Json step(const Decision& decision, const Step& step) {
  Json json{{"step", step.key}, {"approver", step.approver}};
  if (!step.title.empty()) json["title"] = step.title;
  Json after = Json::array();
  for (const std::uint32_t before : step.after) after.push_back(decision.steps[before].key);
  json["after"] = std::move(after);
  json["quorum"] = Json{{"kind", step.quorum.kind}, {"needed", step.quorum.needed}, {"total", step.quorum.total}};
  Json seats = Json::array();
  for (const Seat& each : step.seats) seats.push_back(seat(each));
  json["seats"] = std::move(seats);
  json["because"] = reasons(decision, step.because);
  if (!step.lines.empty()) json["lines"] = list(step.lines);
  if (!step.timers.empty()) {
    Json timers = Json::array();
    for (const Timer& each : step.timers) timers.push_back(timer(each));
    json["timers"] = std::move(timers);
  }
  if (step.explicit_vote) json["explicit"] = true;
  json["rejection"] = step.rejection;
  if (!step.returns_to.empty()) json["returns_to"] = step.returns_to;
  json["at"] = place(step.location);
  return json;
}

Json rule(const RuleResult& rule) {
  Json json{{"rule", rule.name}};
  if (!rule.title.empty()) json["title"] = rule.title;
  if (!rule.band.empty()) json["band"] = rule.band;
  json["status"] = text(rule.status);
  if (!rule.row.empty()) {
    json["row"] = rule.row;
    json["lines"] = list(rule.lines);
  }
  json["at"] = place(rule.location);
  return json;
}

Json messages(const Decision& decision, std::span<const Message> list) {
  Json array = Json::array();
  for (const Message& message : list) {
    Json json{{"text", message.text}};
    if (message.rule != no_rule) json["rule"] = decision.rules[message.rule].name;
    json["at"] = place(message.location);
    array.push_back(std::move(json));
  }
  return array;
}

Json trouble(const Trouble& trouble) {
  Json json{{"fault", trouble.fault}, {"message", trouble.message}};
  if (!trouble.rule.empty()) json["rule"] = trouble.rule;
  if (!trouble.step.empty()) json["step"] = trouble.step;
  json["at"] = place(trouble.location);
  return json;
}

Json path(const Decision& decision) {
  Json steps = Json::array();
  for (const Step& each : decision.steps) steps.push_back(step(decision, each));
  return steps;
}

Json whole(const Decision& decision) {
  Json json{{"policy", decision.policy},
            {"policy_hash", decision.policy_hash},
            {"plan_hash", plan_hash(decision)},
            {"outcome", text(decision.outcome)}};
  if (!decision.otherwise.empty()) json["otherwise"] = decision.otherwise;
  json["same_approver"] = decision.same_approver_once ? "once" : "each time";
  json["path"] = path(decision);
  Json rules = Json::array();
  for (const RuleResult& each : decision.rules) rules.push_back(rule(each));
  json["rules"] = std::move(rules);
  json["denials"] = messages(decision, decision.denials);
  json["warnings"] = messages(decision, decision.warnings);
  Json troubles = Json::array();
  for (const Trouble& each : decision.troubles) troubles.push_back(trouble(each));
  json["troubles"] = std::move(troubles);
  Json reads = Json::array();
  for (const std::string_view field : decision.reads) reads.push_back(field);
  json["reads"] = std::move(reads);
  return json;
}

Json condition(const Condition& condition) {
  Json json{{"condition", condition.text}};
  json["answer"] = condition.answer == Condition::Answer::yes  ? "yes"
                   : condition.answer == Condition::Answer::no ? "no"
                                                               : "fault";
  if (!condition.fault.empty()) json["fault"] = condition.fault;
  Json values = Json::object();
  for (const auto& [name, value] : condition.values) values[name] = value;
  json["values"] = std::move(values);
  return json;
}

Json why(const RuleExplanation& rule) {
  Json json{{"rule", rule.name}};
  if (!rule.title.empty()) json["title"] = rule.title;
  if (!rule.band.empty()) json["band"] = rule.band;
  json["status"] = text(rule.status);
  if (!rule.excluded.empty()) json["excluded"] = rule.excluded;
  if (rule.line != no_rule) json["line"] = rule.line;
  Json conditions = Json::array();
  for (const Condition& each : rule.conditions) conditions.push_back(condition(each));
  json["conditions"] = std::move(conditions);
  if (!rule.skipped.empty()) {
    Json skipped = Json::array();
    for (const auto& [step, reason] : rule.skipped) {
      Json part{{"step", step}};
      part.update(condition(reason));
      skipped.push_back(std::move(part));
    }
    json["skipped"] = std::move(skipped);
  }
  json["at"] = place(rule.location);
  return json;
}

}  // namespace

std::string_view text(Outcome outcome) {
  switch (outcome) {
    case Outcome::auto_approved: return "auto_approved";
    case Outcome::needs_approval: return "needs_approval";
    case Outcome::denied: return "denied";
    case Outcome::blocked: return "blocked";
  }
  return {};
}

std::string_view text(RuleStatus status) {
  switch (status) {
    case RuleStatus::not_applicable: return "not_applicable";
    case RuleStatus::pending: return "pending";
    case RuleStatus::satisfied: return "satisfied";
    case RuleStatus::rejected: return "rejected";
    case RuleStatus::overridden: return "overridden";
    case RuleStatus::error: return "error";
  }
  return {};
}

std::string to_json(const Decision& decision) { return write(whole(decision)); }

std::string to_json(const Decision& decision, const Explanation& explanation) {
  Json json = whole(decision);
  Json rules = Json::array();
  for (const RuleExplanation& each : explanation.rules) rules.push_back(why(each));
  json["why"] = std::move(rules);
  return write(json);
}

}  // namespace assent
