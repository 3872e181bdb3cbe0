// Scalars to values, type by type. Entry: read_cell.
#include "runtime/ingest/cell.h"

#include <algorithm>

#include "runtime/ingest/cursor.h"
#include "runtime/ingest/findings.h"
#include "runtime/plan/constants.h"
#include "runtime/value/date.h"

namespace assent::ingest {

namespace {

using plan::Type;

constexpr std::uint32_t max_listed_choices = 20;  // in a message

struct Cell {
  const plan::Plan& plan;
  const plan::Column& column;
  Document& document;
  Mark mark;
  Value& out;
  Refusal& why;

  std::string field() const { return quoted(plan.string(column.path)); }

  Reading refuse(std::string message) {
    why.code = ErrorCode::bad_quote;
    why.message = std::move(message);
    return Reading::refused;
  }
  Reading limit(std::string message) {
    why.code = ErrorCode::limit_exceeded;
    why.message = std::move(message);
    return Reading::refused;
  }

  Reading number();
  Reading whole(const Decimal& number);
  Reading boolean();
  Reading string();
  Reading text_of(std::string_view text);
  Reading choice(std::string_view text);
  Reading not_a(std::string_view wanted, std::string_view advice = {});
};

// How a value of the type is written, for "expected …".
std::string_view wanted(Type type) {
  switch (type) {
    case Type::boolean: return "`true` or `false`";
    case Type::integer: return "a whole number";
    case Type::decimal: return "a number";
    case Type::percent: return "a number of percent points";
    case Type::money: return "a number, the amount";
    case Type::text: return "a text";
    case Type::currency: return "three capital letters in quotes";
    case Type::date: return "a date in quotes, as `2026-11-23`";
    case Type::instant: return "an instant in quotes, as `2026-11-23T09:30:00Z`";
    case Type::days: return "a whole number of days";
    case Type::months: return "a whole number of months";
    case Type::business_days: return "a whole number of business days";
    case Type::minutes: return "a whole number of minutes";
    case Type::person: return "the id of a person, a text";
    case Type::choice: return "a text";
  }
  return "a value";
}

bool is_word(const Document& document, Mark mark) {
  const std::string_view token = document.token(mark);
  return token == "true" || token == "false" || token == "null" || is_number(token);
}

Reading Cell::not_a(std::string_view expected, std::string_view advice) {
  const char first = document.first(mark);
  const bool scalar = first != '{' && first != '[' && first != '"';
  if (mark == document.count() || (scalar && !is_word(document, mark))) return Reading::malformed;
  std::string message = field() + " is read as " + std::string(type_name(column.type)) +
                        ": expected " + std::string(expected) + ", found " + found(document, mark);
  if (!advice.empty()) (message += "; ") += advice;
  return refuse(std::move(message));
}

Reading Cell::number() {
  const char first = document.first(mark);
  if (first == '"') {
    const std::string_view inside = document.inside(mark);
    return not_a(wanted(column.type), is_number(inside) ? "write the number without quotes" : "");
  }
  if (first != '-' && (first < '0' || first > '9')) return not_a(wanted(column.type));
  const std::string_view token = document.token(mark);
  Decimal number;
  const Fault fault = parse_decimal(token, number);
  if (fault == Fault::bad_number || (fault != Fault::none && !is_number(token))) {
    return Reading::malformed;
  }
  if (fault == Fault::number_too_long) {
    return limit(field() + ": " + std::string(text(fault)) + ": found " + quoted(token));
  }
  if (fault != Fault::none) {
    return refuse(field() + " cannot be held exactly, with 34 significant digits and an exponent "
                  "within 6000: found " + quoted(token));
  }
  return whole(number);
}

Reading Cell::whole(const Decimal& number) {
  const bool measure = column.type == Type::days || column.type == Type::months ||
                       column.type == Type::business_days || column.type == Type::minutes;
  if ((column.type == Type::integer || measure) && !is_whole(number)) {
    return not_a(wanted(column.type));
  }
  if (!measure) {
    out = Value::of(number);
    return Reading::value;
  }
  const std::optional<std::int64_t> count = to_int64(number);
  if (!count) return refuse(field() + " is too large: found " + quoted(document.token(mark)));
  out = Value::whole(*count);
  return Reading::value;
}

Reading Cell::boolean() {
  const char first = document.first(mark);
  if (first != 't' && first != 'f') return not_a(wanted(column.type));
  const std::string_view token = document.token(mark);
  if (token != "true" && token != "false") return Reading::malformed;
  out = Value::of(token == "true");
  return Reading::value;
}

Reading Cell::string() {
  if (document.first(mark) != '"') return not_a(wanted(column.type));
  const std::optional<std::string_view> text = document.string(mark);
  if (!text) {
    return refuse(field() + " is no text: an escape in it is half of a surrogate pair");
  }
  if (text->size() > max_text_bytes) {
    return limit(field() + " is a text of " + std::to_string(text->size()) +
                 " bytes, more than the limit of " + std::to_string(max_text_bytes));
  }
  return text_of(*text);
}

Reading Cell::text_of(std::string_view text) {
  if (column.type == Type::date) {
    const std::optional<Date> date = parse_date(text);
    if (!date) return not_a(wanted(column.type));
    out = Value::whole(date->days);
  } else if (column.type == Type::instant) {
    const std::optional<Instant> instant = parse_instant(text);
    if (!instant) return not_a(wanted(column.type));
    out = Value::whole(instant->milliseconds);
  } else if (column.type == Type::choice) {
    return choice(text);
  } else {
    if (column.type == Type::currency && currency(text) == 0) return not_a(wanted(column.type));
    if (column.type == Type::person && text.empty()) {
      return not_a(wanted(column.type), "write `null` where there is nobody");
    }
    out = Value::of(text);
  }
  return Reading::value;
}

Reading Cell::choice(std::string_view text) {
  std::string listed;
  for (std::uint32_t i = 0; i < column.choice_count; ++i) {
    const std::string_view choice = plan.string(plan.choices[column.choices + i]);
    if (choice == text) {
      out = Value::of(choice);
      return Reading::value;
    }
  }
  const std::uint32_t count = std::min(column.choice_count, max_listed_choices);
  for (std::uint32_t i = 0; i < count; ++i) {
    listed += (i ? ", " : "") + quoted(plan.string(plan.choices[column.choices + i]));
  }
  if (count < column.choice_count) {
    listed += " and " + std::to_string(column.choice_count - count) + " more";
  }
  return not_a("one of " + listed);
}

}  // namespace

bool read_plain(Type type, Document& document, Mark mark, Value& out) {
  const char first = document.first(mark);
  if (first == '"') {
    if (type != Type::text || document.has_escapes()) return false;
    const std::string_view text = document.inside(mark);
    if (text.size() > max_text_bytes) return false;
    out = Value::of(document.keep(text));
    return true;
  }
  if (type != Type::integer && type != Type::decimal && type != Type::percent && type != Type::money) return false;
  if (first != '-' && (first < '0' || first > '9')) return false;
  Decimal number;
  if (parse_decimal(document.token(mark), number) != Fault::none) return false;
  if (type == Type::integer && number.exponent < 0 && !is_whole(number)) return false;
  out = Value::of(number);
  return true;
}

Reading read_cell(const plan::Plan& plan, const plan::Column& column, Document& document, Mark mark,
                  Value& out, Refusal& why) {
  if (document.first(mark) == 'n') {
    return document.token(mark) == "null" ? Reading::missing : Reading::malformed;
  }
  Cell cell{plan, column, document, mark, out, why};
  switch (column.type) {
    case Type::integer: case Type::decimal: case Type::percent: case Type::money:
    case Type::days: case Type::months: case Type::business_days: case Type::minutes:
      return cell.number();
    case Type::boolean:
      return cell.boolean();
    case Type::text: case Type::currency: case Type::date: case Type::instant:
    case Type::person: case Type::choice:
      return cell.string();
  }
  return Reading::malformed;  // no such type; the plan is verified
}

bool outside(const Rows& rows, std::uint32_t within, std::uint32_t row) {
  return within != plan::none && !rows.columns[within][row].is_true();
}

std::optional<Value> missing_value(const plan::Plan& plan, const plan::Column& column) {
  if (column.fallback == plan::none) {
    if (column.optional) return Value{};
    return std::nullopt;
  }
  return plan::constant_value(plan, plan.constants[column.fallback]);
}

std::string missing_message(const plan::Plan& plan, const plan::Column& column) {
  return quoted(plan.string(column.path)) + " is missing: the policy reads it as " +
         std::string(type_name(column.type));
}

std::string_view type_name(Type type) {
  switch (type) {
    case Type::boolean: return "Bool";
    case Type::integer: return "Integer";
    case Type::decimal: return "Decimal";
    case Type::percent: return "Percent";
    case Type::money: return "Money";
    case Type::text: return "Text";
    case Type::currency: return "Currency";
    case Type::date: return "Date";
    case Type::instant: return "Instant";
    case Type::days: return "Days";
    case Type::months: return "Months";
    case Type::business_days: return "BusinessDays";
    case Type::minutes: return "Minutes";
    case Type::person: return "Person";
    case Type::choice: return "a choice";
  }
  return "a value";
}

}  // namespace assent::ingest
