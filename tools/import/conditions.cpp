// See conditions.h.
#include "tools/import/conditions.h"

#include <optional>
#include <utility>

#include "tools/text.h"

namespace assent::command {

namespace {

enum class Against : std::uint8_t { value, field, variable };

std::optional<Against> against(const SalesforceRecord& condition) {
  const std::string type = lower(condition.at("FilterType"));
  if (type == "value") return Against::value;
  if (type == "field") return Against::field;
  if (type == "variable") return Against::variable;
  return std::nullopt;
}

bool names(const SalesforceRecord& record, std::string_view lookup) {
  const std::string base(lookup);
  return !record.at(lookup).empty() || !record.at(base + ".Id").empty() || !record.at(base + ".Name").empty();
}

FieldName quote_field(std::string_view api) { return {FieldOf::quote, std::string(api)}; }

std::string name_of_value(const std::string& value) {
  if (trimmed(value).empty()) return "blank";
  if (const std::optional<std::string> number = canonical_number(trimmed(value)))
    return number->starts_with('-') ? "minus " + number->substr(1) : *number;
  return value;
}

}  // namespace

void Conditions::note(const SalesforceRecord& condition) {
  for (const std::string_view lookup : {"TestedVariable", "FilterVariable"})
    if (const Found variable = tables_.records.find(condition, lookup, "ApprovalVariable"); variable.record != nullptr)
      variables_.note(*variable.record);
  const std::string_view api = condition.at("TestedField");
  const std::optional<Comparison> comparison = comparison_of(condition.at("Operator"));
  const std::optional<Against> other = against(condition);
  if (!is_api_name(api) || !comparison || !other) return;
  const FieldName field = quote_field(api);
  if (is_of_texts(*comparison)) tables_.kinds.say(field, FieldKind::text, true);
  const std::string value(condition.at("FilterValue"));
  switch (*other) {
    case Against::value:
      if (!value.empty() && !is_of_texts(*comparison)) {
        const FieldKind kind = kind_of_value(value);
        tables_.kinds.say(field, kind, kind == FieldKind::text || is_of_order(*comparison));
      }
      return;
    case Against::field:
      if (const std::string_view filter = condition.at("FilterField"); is_api_name(filter))
        tables_.kinds.say_alike(field, quote_field(filter));
      return;
    case Against::variable: tables_.kinds.say(field, FieldKind::number, true); return;
  }
}

std::string Conditions::check_shape(const SalesforceRecord& condition) const {
  const std::string field(condition.at("TestedField"));
  const bool has_variable = names(condition, "TestedVariable");
  if (field.empty() == !has_variable)
    return field.empty() ? "it tests neither a field nor a variable" : "it tests a field and a variable";
  if (!field.empty() && !is_api_name(field)) return "`" + field + "` is no field of a quote";
  if (!comparison_of(condition.at("Operator")))
    return "operator `" + std::string(condition.at("Operator")) + "` is unknown";
  const std::optional<Against> other = against(condition);
  if (!other) return "filter type `" + std::string(condition.at("FilterType")) + "` is unknown";
  const std::string filter(condition.at("FilterField"));
  const bool has_value = !condition.at("FilterValue").empty(), has_filter = names(condition, "FilterVariable");
  const bool as_said = *other == Against::value   ? filter.empty() && !has_filter
                       : *other == Against::field ? !filter.empty() && !has_filter && !has_value
                                                  : has_filter && filter.empty() && !has_value;
  if (!as_said) return "its filter is not what its type says";
  return filter.empty() || is_api_name(filter) ? "" : "`" + filter + "` is no field of a quote";
}

Conditions::Subject Conditions::field_subject(const FieldReading& reading) const {
  return {reading.name, side_of(reading, "quote"), side_of(reading, "approved.quote")};
}

Conditions::Subject Conditions::variable_subject(const VariableFact& fact, bool plain) const {
  const FieldKind kind = plain ? FieldKind::number : fact.kind;
  const std::string approved = "approved." + fact.name;
  return {fact.name,
          {plain ? as_number(fact, fact.name) : fact.name, "", kind},
          {plain ? as_number(fact, approved) : approved, "", kind}};
}

WrittenCondition Conditions::finished(const SalesforceRecord& condition, const Subject& subject, Comparison comparison,
                                      const std::string& other_name, Compared compared) const {
  WrittenCondition written;
  written.problem = std::move(compared.problem);
  if (!written.problem.empty()) return written;
  written.is_smart = condition.is_true("EnableSmartApproval");
  written.now = std::move(compared.logic);
  written.again = written.is_smart ? compare_approved(subject.now, comparison, subject.approved) : written.now;
  written.name = name_from(subject.name + ' ' + std::string(words_of(comparison)) + ' ' + other_name);
  return written;
}

WrittenCondition Conditions::write(const SalesforceRecord& condition) {
  WrittenCondition written;
  written.problem = check_shape(condition);
  if (!written.problem.empty()) return written;
  const Comparison comparison = *comparison_of(condition.at("Operator"));
  return against(condition) == Against::value ? against_value(condition, comparison)
                                              : against_quote(condition, comparison);
}

WrittenCondition Conditions::against_value(const SalesforceRecord& condition, Comparison comparison) {
  const std::string value(condition.at("FilterValue")), api(condition.at("TestedField"));
  WrittenCondition failed;
  Subject subject;
  if (api.empty()) {
    const Found variable = tables_.records.find(condition, "TestedVariable", "ApprovalVariable");
    failed.problem = variable.record == nullptr ? variable.problem : variables_.fact(*variable.record).problem;
    if (!failed.problem.empty()) return failed;
    subject = variable_subject(variables_.fact(*variable.record), false);
  } else {
    const std::optional<FieldKind> kind = tables_.kinds.of(quote_field(api));
    failed.problem = kind ? "" : "`" + api + "` is compared with values of several kinds";
    if (!kind) return failed;
    subject = field_subject(reading_for(tables_, quote_field(api), *kind, comparison, value));
  }
  if (values_of(value).size() > 1 && !is_of_order(comparison))
    tables_.report.add({Fate::assumed, "ApprovalCondition", name_of(condition), "FilterValue",
                        "`" + value + "` is read as a list of values"});
  if (subject.now.kind == FieldKind::text && !value.empty())
    tables_.report.add(
        {Fate::assumed, "ApprovalCondition", "all that compare texts", "Operator",
         "upper case does not count where a text must match, and counts where it must not: a rule rather asks"});
  return finished(condition, subject, comparison, name_of_value(value),
                  compare_fixed(subject.now, comparison, value, Case::asks_more));
}

const FieldReading& Conditions::reading_beside(const FieldName& field, FieldKind kind, FieldKind other) const {
  const FieldReading* standard = tables_.standard.find(field);
  const bool mixed = is_numeric(kind) && is_numeric(other) && kind != other;
  if (standard == nullptr || standard->kind == FieldKind::person) return tables_.fields.own(field, kind);
  if (standard->kind == FieldKind::money && (mixed || kind == other)) return *standard;  // its amount is a number
  if (mixed) return tables_.fields.own(field, FieldKind::number);
  const bool blank_is_blank = standard->kind == FieldKind::text ? standard->blank_reads == "" : !standard->blank_reads;
  return blank_is_blank || standard->kind == FieldKind::flag ? *standard : tables_.fields.own(field, kind);
}

WrittenCondition Conditions::against_quote(const SalesforceRecord& condition, Comparison comparison) {
  const std::string api(condition.at("TestedField")), filter(condition.at("FilterField"));
  WrittenCondition failed;
  const VariableFact *tested = nullptr, *limit = nullptr;
  for (const bool is_tested : {true, false}) {
    const Found variable =
        tables_.records.find(condition, is_tested ? "TestedVariable" : "FilterVariable", "ApprovalVariable");
    failed.problem = variable.problem;
    if (!failed.problem.empty()) return failed;
    if (variable.record == nullptr) continue;
    const VariableFact& fact = variables_.fact(*variable.record);
    failed.problem = fact.problem;
    if (!failed.problem.empty()) return failed;
    (is_tested ? tested : limit) = &fact;
  }
  const std::optional<FieldKind> left = tested != nullptr ? tested->kind : tables_.kinds.of(quote_field(api));
  const std::optional<FieldKind> right = limit != nullptr ? limit->kind : tables_.kinds.of(quote_field(filter));
  if (!left || !right) {
    failed.problem = "`" + (left ? filter : api) + "` is compared with values of several kinds";
    return failed;
  }
  const bool mixed = is_numeric(*left) && is_numeric(*right) && *left != *right;
  const Subject subject = tested != nullptr ? variable_subject(*tested, mixed)
                                            : field_subject(reading_beside(quote_field(api), *left, *right));
  const Subject other = limit != nullptr ? variable_subject(*limit, mixed)
                                         : field_subject(reading_beside(quote_field(filter), *right, *left));
  return finished(condition, subject, comparison, other.name,
                  compare(subject.now, comparison, other.now, Case::asks_more));
}

}  // namespace assent::command
