// See variables.h.
#include "tools/import/variables.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "tools/text.h"

namespace assent::command {

namespace {

std::optional<FieldOf> rows_of(std::string_view object) {
  if (lower(object) == "sbqq__quoteline__c") return FieldOf::line;
  if (lower(object) == "sbqq__quotelinegroup__c") return FieldOf::group;
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> functions{
    {{"count", "count"}, {"sum", "sum"}, {"average", "average"}, {"min", "min"}, {"max", "max"}}};

std::string_view function_of(std::string_view original) {
  const std::string wanted = lower(trimmed(original));
  for (const auto& [name, function] : functions)
    if (name == wanted) return function;
  return {};
}

constexpr std::size_t longest_line = 80;  // behind the name of the fact

constexpr std::array<std::string_view, 3> lookups{"CombineWith", "ListVariable", "NetVariable"};

}  // namespace

bool is_checked(ImportTables& tables, const SalesforceRecord& record, std::string_view field, bool if_missing) {
  if (!record.at(field).empty()) return record.is_true(field);
  tables.report.add({Fate::assumed, record.type, name_of(record), std::string(field),
                     std::string("is not in the export, and taken for ") + (if_missing ? "checked" : "unchecked") +
                         ": so more is asked"});
  return if_missing;
}

// ── how a field is read ──────────────────────────────────────────────────────────────────────
const FieldReading& reading_for(ImportTables& tables, const FieldName& field, FieldKind kind, Comparison comparison,
                                const std::string& value) {
  const FieldReading* standard = tables.standard.find(field);
  if (standard == nullptr) return tables.fields.own(field, kind);
  if (standard->kind == FieldKind::person) return tables.fields.own(field, FieldKind::text);
  if (standard->kind == FieldKind::text && standard->may_be_absent) return tables.fields.own(field, FieldKind::text);
  if (standard->kind == FieldKind::months && !value.empty() && !literal(FieldKind::months, value))
    return tables.fields.own(field, FieldKind::number);
  if (reads_blanks_alike(*standard, comparison, trimmed(value))) return *standard;
  return tables.fields.own(field, standard->kind);
}

Side side_of(const FieldReading& reading, const std::string& row) {
  const std::string name = row + '.' + reading.name;
  const std::string presence = reading.may_be_absent ? name : "";
  if (reading.kind == FieldKind::money) return {"amount(" + name + ')', presence, FieldKind::number};
  return {name, presence, reading.kind};
}

std::string as_number(const VariableFact& fact, const std::string& text) {
  return fact.kind == FieldKind::percent ? "number(" + text + ") * 100" : text;
}

// ── what variables say of kinds ──────────────────────────────────────────────────────────────
void Variables::note(const SalesforceRecord& variable) {
  std::vector<const SalesforceRecord*> open{&variable};
  while (!open.empty()) {
    const SalesforceRecord& each = *open.back();
    open.pop_back();
    if (!noted_.emplace(&each, true).second) continue;
    for (const std::string_view lookup : lookups)
      if (const Found other = tables_.records.find(each, lookup, "ApprovalVariable"); other.record != nullptr)
        open.push_back(other.record);
    const std::optional<FieldOf> owner = rows_of(each.at("TargetObject"));
    if (!owner) continue;
    const std::string aggregated(each.at("AggregateField")), filtered(each.at("FilterField"));
    if (is_api_name(aggregated) && function_of(each.at("AggregateFunction")) != "count")
      tables_.kinds.say({*owner, aggregated}, FieldKind::number, true);
    const std::optional<Comparison> comparison = comparison_of(each.at("Operator"));
    const std::string value(each.at("FilterValue"));
    if (!is_api_name(filtered) || !comparison || value.empty()) continue;
    const FieldKind kind = is_of_texts(*comparison) ? FieldKind::text : kind_of_value(value);
    tables_.kinds.say({*owner, filtered}, kind, kind == FieldKind::text || is_of_order(*comparison));
  }
}

// ── what they become ─────────────────────────────────────────────────────────────────────────
const VariableFact& Variables::fact(const SalesforceRecord& variable) { return fact_at(variable, 0); }

const VariableFact& Variables::fact_at(const SalesforceRecord& variable, std::size_t depth) {
  const std::string called = "variable `" + name_of(variable) + "`: ";
  const auto [found, is_new] = facts_.try_emplace(&variable);
  if (!is_new) return found->second;
  found->second.problem = called + "it needs itself";  // until it is known
  VariableFact fact = make(variable, depth);
  if (!fact.problem.empty() && !fact.problem.starts_with("variable ")) fact.problem = called + fact.problem;
  return found->second = std::move(fact);
}

VariableFact Variables::make(const SalesforceRecord& variable, std::size_t depth) {
  VariableFact fact;
  if (depth > max_variable_depth) {
    fact.problem = "more than " + std::to_string(max_variable_depth) + " variables that each need the next";
    return fact;
  }
  const std::string type = lower(variable.at("Type"));
  std::string text;
  if (type == "discount")
    text = discount(variable, fact, depth);
  else if (type == "summary" || type.empty())
    text = summary(variable, fact);
  else
    fact.problem = "type `" + std::string(variable.at("Type")) + "` is neither Summary nor Discount";
  const Found other = tables_.records.find(variable, "CombineWith", "ApprovalVariable");
  if (fact.problem.empty()) fact.problem = other.problem;
  if (fact.problem.empty() && other.record != nullptr) {
    const VariableFact& added = fact_at(*other.record, depth + 1);
    fact.problem = added.problem;
    if (fact.kind == added.kind)
      text += " + " + added.name;
    else
      text = (fact.kind == FieldKind::percent ? "number(" + text + ") * 100" : text) + " + " +
             as_number(added, added.name);
    if (fact.kind != added.kind) fact.kind = FieldKind::number;
  }
  if (!fact.problem.empty()) return fact;
  fact.name = tables_.facts.claim(name_from(name_of(variable)), "variable");
  declarations_.emplace(fact.name, text);
  return fact;
}

Compared Variables::filter(const SalesforceRecord& variable, FieldOf owner, const std::string& row) {
  const std::string field(variable.at("FilterField")), value(variable.at("FilterValue"));
  const std::string_view operator_name = variable.at("Operator");
  if (field.empty() && operator_name.empty() && value.empty()) return {one("true"), ""};
  if (!is_api_name(field)) return {{}, "it filters by `" + field + "`, which is no field"};
  const std::optional<Comparison> comparison = comparison_of(operator_name);
  if (!comparison) return {{}, "operator `" + std::string(operator_name) + "` is unknown"};
  const std::optional<FieldKind> kind = tables_.kinds.of({owner, field});
  if (!kind) return {{}, "`" + field + "` is compared with values of several kinds"};
  const Side side = side_of(reading_for(tables_, {owner, field}, *kind, *comparison, value), row);
  return compare_fixed(side, *comparison, value, Case::ignored);
}

std::string Variables::summary(const SalesforceRecord& variable, VariableFact& fact) {
  const std::optional<FieldOf> owner = rows_of(variable.at("TargetObject"));
  const std::string_view function = function_of(variable.at("AggregateFunction"));
  const std::string field(variable.at("AggregateField"));
  const auto problem = [&](const std::string& what) {
    fact.problem = what;
    return std::string();
  };
  if (!owner)
    return problem("its object `" + std::string(variable.at("TargetObject")) +
                   "` is neither lines nor groups of a quote");
  if (function.empty()) return problem("function `" + std::string(variable.at("AggregateFunction")) + "` is unknown");
  if (field.empty()) return problem("it does not say which field it aggregates");
  if (!is_api_name(field)) return problem("`" + field + "` is no field");
  const std::string row = *owner == FieldOf::line ? "line" : "part";
  const std::string rows = row + (*owner == FieldOf::line ? " in quote.lines" : " in quote.groups");
  Compared filtered = filter(variable, *owner, row);
  if (!filtered.problem.empty()) return problem(filtered.problem);
  if (function == "count") {
    const std::string where = text_of(filtered.logic);
    if (where == "true") return *owner == FieldOf::line ? "count(quote.lines)" : "count(quote.groups)";
    return "count(" + rows + " where " + where + ')';
  }
  const FieldName name{*owner, field};
  const FieldReading* standard = tables_.standard.find(name);
  const FieldKind kind = standard == nullptr ? FieldKind::number : standard->kind;
  if (!is_numeric(kind)) return problem("`" + field + "` is " + std::string(words_of(kind)) + ", and no number");
  const bool as_it_is =
      standard != nullptr && kind != FieldKind::months && (function == "sum" || !standard->blank_reads);
  const FieldReading& reading =
      as_it_is ? *standard : tables_.fields.own(name, kind == FieldKind::percent ? kind : FieldKind::number);
  const Side side = side_of(reading, row);
  fact.kind = side.kind;
  std::vector<Logic> parts;
  if (!side.presence.empty()) parts.push_back(one(side.presence + " is present"));
  parts.push_back(std::move(filtered.logic));
  const std::string where = text_of(all_of(std::move(parts)));
  std::string whole = std::string(function) + '(' + side.text + " for " + rows;
  if (where != "true") whole += (whole.size() + where.size() > longest_line ? "\n    where " : " where ") + where;
  whole += ')';
  if (function == "sum") return whole;
  return whole + (fact.kind == FieldKind::percent ? " else 0%" : " else 0");
}

std::string Variables::discount(const SalesforceRecord& variable, VariableFact& fact, std::size_t depth) {
  std::array<std::string, 2> texts;
  for (const std::size_t i : {0u, 1u}) {
    const std::string lookup = i == 0 ? "NetVariable" : "ListVariable";
    const Found other = tables_.records.find(variable, lookup, "ApprovalVariable");
    fact.problem = other.is_blank() ? "a discount needs " + lookup : other.problem;
    if (other.record == nullptr) return {};
    const VariableFact& part = fact_at(*other.record, depth + 1);
    fact.problem = part.problem;
    if (!part.problem.empty()) return {};
    texts[i] = part.kind == FieldKind::percent ? '(' + as_number(part, part.name) + ')' : part.name;
  }
  fact.kind = FieldKind::percent;
  return "percent(1 - " + texts[0] + " / " + texts[1] + ')';
}

}  // namespace assent::command
