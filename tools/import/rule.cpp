// See rule.h.
#include "tools/import/rule.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::string_view clause_start = "\n  ";

FieldName quote_field(std::string_view api) { return {FieldOf::quote, std::string(api)}; }

// What the package offers by its label.
std::string date_field(std::string_view field) {
  if (field == "Created Date") return "CreatedDate";
  if (field == "Submitted Date") return "SubmittedDate__c";
  return std::string(field);
}
bool is_moment(std::string_view api) {
  return api == "CreatedDate" || api == "LastModifiedDate" || api == "SystemModstamp";
}

std::string index_of(const SalesforceRecord& condition) { return canonical_number(condition.at("Index")).value_or(""); }

void collect(const Logic& logic, std::vector<std::string>& numbers) {
  if (logic.kind == Logic::Kind::one) numbers.push_back(logic.text);
  for (const Logic& part : logic.parts) collect(part, numbers);
}

// A `when` clause for each of what must all be true.
std::string when_clauses(const std::vector<Logic>& all) {
  std::string text;
  for (const Logic& each : all)
    if (!is_constant(each) || each.text == "false")
      text += std::string(clause_start) + "when " + text_of(each, "\n    ");
  return text.empty() ? std::string(clause_start) + "always" : text;
}

}  // namespace

void RuleWriter::assume(const SalesforceRecord& rule, const std::string& field, const std::string& why) {
  tables_.report.add({Fate::assumed, "ApprovalRule", name_of(rule), field, why});
}

void RuleWriter::note(const RuleRecord& record) {
  for (const SalesforceRecord* condition : record.conditions) conditions_.note(*condition);
  if (const std::string_view field = record.rule->at("OverrideField"); is_api_name(field))
    tables_.kinds.say(quote_field(field), FieldKind::flag, true);
  const std::string date = date_field(record.rule->at("EffectiveDateField"));
  if (is_api_name(date))
    tables_.kinds.say(quote_field(date), is_moment(date) ? FieldKind::instant : FieldKind::date, true);
}

// ── when it applies ──────────────────────────────────────────────────────────────────────────
std::string RuleWriter::window(const SalesforceRecord& rule, std::string& problem) {
  const std::string first(rule.at("EffectiveStartDate")), last(rule.at("EffectiveEndDate"));
  if (first.empty() && last.empty()) return {};
  for (const std::string& day : {first, last})
    if (!day.empty() && !literal(FieldKind::date, day)) problem = '`' + day + "` is no date";
  if (!first.empty() && !last.empty() && last < first) problem = "its last day is before its first";
  const std::string api = date_field(rule.at("EffectiveDateField"));
  if (api.empty())
    problem = "it has a first or last day, and names no date that must lie between";
  else if (!is_api_name(api))
    problem = "`" + api + "` is no field of a quote";
  if (!problem.empty()) return {};
  const std::optional<FieldKind> kind = tables_.kinds.of(quote_field(api));
  if (kind != FieldKind::date && kind != FieldKind::instant) {
    problem = "`" + api + "` is no date";
    return {};
  }
  const FieldReading* standard = tables_.standard.find(quote_field(api));
  const FieldReading& reading = standard != nullptr ? *standard : tables_.fields.own(quote_field(api), *kind);
  const std::string& inside = first.empty() ? last : first;
  std::string on = "quote." + reading.name;
  if (*kind == FieldKind::instant)
    on = "date(" + on + (reading.may_be_absent ? " else " + inside + "T00:00:00Z)" : ")");
  else if (reading.may_be_absent)
    on += " else " + (rule.at("EffectiveDateField") == "Submitted Date" ? "today" : inside);
  assume(rule, "EffectiveDateField",
         "a quote without `" + api + "` counts as " +
             (on.ends_with("today") ? "submitted today" : "within the rule's days"));
  return std::string(clause_start) + "effective" + (first.empty() ? "" : " from " + first) +
         (last.empty() ? "" : " to " + last) + " on " + on;
}

std::string RuleWriter::states(const SalesforceRecord& rule) {
  constexpr std::array<std::string_view, 4> known{"pending", "approved", "rejected", "recalled"};
  std::string written(rule.at("ExcludedStatuses"));
  std::replace(written.begin(), written.end(), ';', ',');
  std::vector<std::string> states;
  for (const std::string& each : values_of(written)) {
    const std::string state = lower(each);
    if (std::find(known.begin(), known.end(), state) == known.end())
      tables_.report.add(
          {Fate::lost, "ApprovalRule", name_of(rule), "ExcludedStatuses", "there is no status `" + each + "`"});
    else if (std::find(states.begin(), states.end(), state) == states.end())
      states.push_back(state);
  }
  return states.empty() ? "" : std::string(clause_start) + "states except " + joined(states, ", ");
}

// ── its conditions ───────────────────────────────────────────────────────────────────────────
Logic RuleWriter::named(const WrittenCondition& condition) {
  if (is_constant(condition.now)) return condition.now;
  const std::string text = text_of(condition.now);
  const auto [found, is_new] = fact_of_text_.try_emplace(text);
  if (is_new) {
    found->second = tables_.facts.claim(condition.name, "condition");
    facts_.emplace_back(found->second, text_of(condition.now, "\n  "));
  }
  return one(found->second);
}

RuleWriter::RuleLogic RuleWriter::custom(const RuleRecord& record) {
  RuleLogic logic;
  const auto failed = [&](const std::string& problem) {
    logic.problem = problem;
    return logic;
  };
  const ParsedLogic parsed = parse_logic(record.rule->at("AdvancedCondition"));
  if (!parsed.problem.empty()) return failed("its logic, " + parsed.problem);
  if (parsed.is_mixed) assume(*record.rule, "AdvancedCondition", "AND binds tighter than OR, as then it asks most");
  std::map<std::string, const SalesforceRecord*> by_index;
  for (const SalesforceRecord* condition : record.conditions)
    if (const std::string index = index_of(*condition); !by_index.emplace(index, condition).second && !index.empty())
      return failed("two conditions have the number " + index);
  std::vector<std::string> numbers;
  collect(parsed.logic, numbers);
  std::map<std::string, WrittenCondition> used;
  for (const std::string& number : numbers) {
    const auto condition = by_index.find(number);
    if (condition == by_index.end()) return failed("its logic names condition " + number + ", which it does not have");
    const auto [found, is_new] = used.try_emplace(number);
    if (!is_new) continue;
    found->second = conditions_.write(*condition->second);
    if (!found->second.problem.empty()) return failed("condition " + number + ": " + found->second.problem);
    logic.conditions.push_back(found->second);
  }
  for (const SalesforceRecord* condition : record.conditions)
    if (!used.contains(index_of(*condition)))
      tables_.report.add({Fate::unused, "ApprovalCondition", name_of(*condition), "",
                          "the logic of rule `" + name_of(*record.rule) + "` does not name it"});
  logic.now = replaced(parsed.logic, [&](const std::string& number) { return named(used.at(number)); });
  logic.again = replaced(parsed.logic, [&](const std::string& number) {
    const WrittenCondition& condition = used.at(number);
    return condition.is_smart ? condition.again : named(condition);
  });
  logic.all = logic.now.kind == Logic::Kind::all ? logic.now.parts : std::vector{logic.now};
  return logic;
}

RuleWriter::RuleLogic RuleWriter::all_or_any(const RuleRecord& record, bool any) {
  RuleLogic logic;
  std::vector<Logic> again;
  for (const SalesforceRecord* condition : record.conditions) {
    logic.conditions.push_back(conditions_.write(*condition));
    const WrittenCondition& last = logic.conditions.back();
    if (!last.problem.empty()) {
      const std::string index = index_of(*condition);
      logic.problem = "condition " + (index.empty() ? name_of(*condition) : index) + ": " + last.problem;
      return logic;
    }
    logic.all.push_back(last.now);
    again.push_back(last.again);
  }
  if (record.conditions.empty()) assume(*record.rule, "", "it has no conditions, and is taken to apply always");
  any = any && !record.conditions.empty();
  logic.now = any ? any_of(logic.all) : all_of(logic.all);
  logic.again = any ? any_of(std::move(again)) : all_of(std::move(again));
  if (any) logic.all = {logic.now};
  return logic;
}

RuleWriter::RuleLogic RuleWriter::logic_of(const RuleRecord& record) {
  const std::string kind = lower(record.rule->at("ConditionsMet"));
  if (kind == "custom") return custom(record);
  const bool any = kind == "any", one_way = kind.empty() && record.conditions.size() < 2;
  if (any || kind == "all" || one_way) return all_or_any(record, any);
  RuleLogic logic;
  logic.problem = "`" + std::string(record.rule->at("ConditionsMet")) + "` is neither All, Any nor Custom";
  return logic;
}

// "quote.ask else " of a rule whose conditions a field of the quote overrides.
std::string RuleWriter::override_of(const SalesforceRecord& rule, std::string& problem) {
  const std::string field(rule.at("OverrideField"));
  if (field.empty()) return {};
  if (!is_api_name(field))
    problem = "`" + field + "` is no field of a quote";
  else if (tables_.kinds.of(quote_field(field)) != FieldKind::flag)
    problem = "`" + field + "` is not yes or no";
  if (!problem.empty()) return {};
  return "quote." + tables_.fields.own(quote_field(field), FieldKind::answer).name + " else ";
}

void RuleWriter::conditions(const RuleRecord& record, Clauses& clauses) {
  const RuleLogic logic = logic_of(record);
  clauses.problem = logic.problem;
  if (!clauses.problem.empty()) return;
  const std::string override_text = override_of(*record.rule, clauses.problem);
  if (!clauses.problem.empty()) return;

  const bool overrides = !override_text.empty();
  const auto overridden = [&](const Logic& plain) { return one(override_text + '(' + text_of(plain) + ')'); };
  clauses.when = when_clauses(overrides ? std::vector{overridden(logic.now)} : logic.all);
  const bool is_smart = std::any_of(logic.conditions.begin(), logic.conditions.end(),
                                    [](const WrittenCondition& each) { return each.is_smart; });
  if (!is_smart) {
    clauses.again = std::string(clause_start) + "reapprove always";
  } else {
    const auto reapprove = [&](const Logic& plain) {
      clauses.again += std::string(clause_start) + "reapprove when " + text_of(plain, "\n    ");
    };
    if (is_checked(tables_, *record.rule, "SmartApprovalIgnoresConditionsMet", true))
      for (const WrittenCondition& each : logic.conditions)
        if (each.is_smart && !is_constant(each.again)) reapprove(each.again);
    if (overrides)
      reapprove(overridden(logic.again));
    else if (logic.again.text != "false" || clauses.again.empty())
      reapprove(logic.again);
  }
  clauses.again += tracked(record, is_smart);
}

// The original only writes down what tracked fields were. A rule that need not ask again does so when one has changed.
std::string RuleWriter::tracked(const RuleRecord& record, bool is_smart) {
  std::vector<std::string> values;
  for (const SalesforceRecord* each : record.tracked) {
    const std::string api(each->at("TrackedField"));
    const FieldName field = quote_field(api);
    const auto note = [&](Fate fate, const std::string& why) {
      tables_.report.add({fate, "TrackedField", name_of(*each), api, why});
    };
    const std::string object = lower(each->at("TrackedObject"));
    const std::optional<FieldKind> kind = is_api_name(api) ? tables_.kinds.of(field) : std::nullopt;
    if (!object.empty() && object != "sbqq__quote__c") {
      note(Fate::lost, "it is of another object than the quote");
    } else if (!kind || !tables_.kinds.is_known(field)) {
      note(Fate::lost, "nothing says of which kind it is");
    } else if (!is_smart) {
      note(Fate::unused,
           "rule `" + name_of(*record.rule) + "` asks again whatever has changed; a case keeps what its rules read");
    } else {
      const FieldReading* standard = tables_.standard.find(field);
      const bool as_it_is = standard != nullptr && standard->kind != FieldKind::person;
      values.push_back("quote." + (as_it_is ? *standard : tables_.fields.own(field, *kind)).name);
      note(Fate::differs,
           "the original only keeps its values: rule `" + name_of(*record.rule) + "` asks again when it changes");
    }
  }
  return values.empty() ? "" : std::string(clause_start) + "reapprove on any change of " + joined(values, ", ");
}

// ── the whole ────────────────────────────────────────────────────────────────────────────────
RuleWriter::Clauses RuleWriter::clauses_of(const RuleRecord& record) {
  Clauses clauses;
  clauses.problem = record.problem;
  if (clauses.problem.empty()) clauses.window = window(*record.rule, clauses.problem);
  if (clauses.problem.empty()) conditions(record, clauses);
  clauses.states = states(*record.rule);
  return clauses;
}

WrittenRule RuleWriter::write(const RuleRecord& record, const std::string& name) {
  const Clauses clauses = clauses_of(record);
  const std::string called = name_of(*record.rule);
  WrittenRule written;
  written.text = "rule " + name + (name_from(called) == name ? "" : ' ' + title(called)) + " {";
  const auto deny = [&](const std::string& why, const std::string& when, const std::string& extent) {
    tables_.report.add({Fate::blocks, "ApprovalRule", called, "", why + "; it denies " + extent});
    written.text += when + std::string(clause_start) + "denies " +
                    title("the approval rule \"" + called + "\" was not carried over: " + why) + "\n}\n";
  };
  if (!clauses.problem.empty()) {
    deny(clauses.problem, std::string(clause_start) + "always", "every quote");
    return written;
  }
  const std::string applies = clauses.window + clauses.states + clauses.when;
  const Approvers::Path path = approvers_.path_of(*record.rule);
  if (!path.problem.empty()) {
    deny(path.problem, applies, "each quote that it applies to");
    return written;
  }
  written.asks = true;
  written.text += applies + std::string(clause_start) + "requires " + path.text + clauses.again + "\n}\n";
  return written;
}

}  // namespace assent::command
