// Fields of records, read from the tree of a quote. Entries: quote_of, field_of, literal_of.
//
// A record is the objects that it may stand in; a field is what is given at any of its places in any
// of them. `null` is not given.
#include <cassert>

#include "runtime/value/date.h"
#include "tests/naive/naive_expr.h"

namespace assent::naive {

namespace {

// What stands at a dotted path below `object`; "." is the object itself. Nothing for null.
const Json* at_path(const Json& object, std::string_view path) {
  const Json* here = &object;
  while (!path.empty() && path != "." && here != nullptr) {
    const std::size_t dot = path.find('.');
    here = here->find(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return here == nullptr || here->kind == Json::Kind::null ? nullptr : here;
}

// Everything that is given for the field: one value in a valid quote, but a record may be spread.
std::vector<const Json*> given(const checked::Policy& policy, const RecordValue& record,
                               const checked::Field& field) {
  std::vector<const Json*> found;
  for (const Json* place : record.places) {
    for (const std::string& inside : policy.records[record.type].from) {
      const Json* object = at_path(*place, inside);
      if (object == nullptr) continue;
      for (const std::string& from : field.from) {
        if (const Json* value = at_path(*object, from)) found.push_back(value);
      }
    }
  }
  return found;
}

// The currency of money in this record: named by a field of its own, or of the record around it.
Currency currency_of(const checked::Policy& policy, const RecordValue& record) {
  const std::optional<std::uint32_t> field = policy.records[record.type].money_in;
  if (field) {
    Value named;
    named.kind = Value::Kind::record;
    named.record = std::make_shared<const RecordValue>(record);
    return currency(field_of(policy, named, *field).text);
  }
  return record.around == nullptr ? 0 : currency_of(policy, *record.around);
}

Value scalar(const checked::Policy& policy, const RecordValue& record, Base base, const Json& json) {
  switch (base) {
    case Base::boolean:
      return truth(json.truth);
    case Base::integer: case Base::decimal: case Base::percent: case Base::money:
    case Base::days: case Base::months: case Base::business_days: case Base::minutes: {
      Decimal value;
      [[maybe_unused]] const Fault wrong = parse_decimal(json.text, value);
      assert(wrong == Fault::none);
      return base == Base::money ? money(value, currency_of(policy, record)) : number(value);
    }
    case Base::date: return number(decimal(parse_date(json.text)->days));
    case Base::instant: return number(decimal(parse_instant(json.text)->milliseconds));
    case Base::text: case Base::currency: case Base::person: case Base::choice:
      return text_value(json.text);
    case Base::record: case Base::unknown: break;
  }
  assert(false);
  return {};
}

Value record_value(RecordValue record) {
  Value value;
  value.kind = Value::Kind::record;
  value.record = std::make_shared<const RecordValue>(std::move(record));
  return value;
}

std::vector<std::uint32_t> longer(std::vector<std::uint32_t> chain, std::uint32_t field) {
  chain.push_back(field);
  return chain;
}

Value list_of(const checked::Policy& policy, const std::shared_ptr<const RecordValue>& record,
              std::uint32_t index, const std::vector<const Json*>& places) {
  const Type type = policy.records[record->type].fields[index].type;
  Value list;
  list.kind = Value::Kind::list;
  list.chain = longer(record->chain, index);
  for (const Json* place : places) {
    for (const Json& item : place->items) {
      const auto element = static_cast<checked::RecordId>(type.index);
      list.rows.push_back(type.base == Base::record
                              ? record_value({element, {&item}, record, list.chain})
                              : scalar(policy, *record, type.base, item));
    }
  }
  return list;
}

}  // namespace

Value quote_of(const checked::Policy& policy, const Json& json) {
  return record_value({policy.input, {&json}, nullptr, {}});
}

Value literal_of(const checked::Policy& policy, const checked::Expr& expr) {
  const checked::Literal& literal = policy.literals[expr.ref];
  switch (expr.type.base) {
    case Base::money: return money(literal.number, currency(literal.text));
    case Base::text: case Base::currency: case Base::person: case Base::choice:
      return text_value(literal.text);
    case Base::boolean: case Base::integer: case Base::decimal: case Base::percent:
    case Base::date: case Base::instant: case Base::days: case Base::months:
    case Base::business_days: case Base::minutes:
      return number(literal.number);
    case Base::record: case Base::unknown: break;
  }
  assert(false);
  return {};
}

Value field_of(const checked::Policy& policy, const Value& base, std::uint32_t index) {
  if (base.is_fault() || base.is_absent()) return base;  // an absent list has no rows
  const std::shared_ptr<const RecordValue>& record = base.record;
  const checked::Field& field = policy.records[record->type].fields[index];
  const std::vector<const Json*> places = given(policy, *record, field);
  if (field.type.list) return list_of(policy, record, index, places);
  if (field.type.base == Base::record) {
    if (places.empty() && field.type.optional) return {};
    const auto type = static_cast<checked::RecordId>(field.type.index);
    return record_value({type, places, record, longer(record->chain, index)});
  }
  if (!places.empty()) return scalar(policy, *record, field.type.base, *places[0]);
  if (!field.fallback) return {};
  // A literal, or the opposite of one.
  const checked::Expr& fallback = policy.exprs[*field.fallback];
  if (fallback.op != checked::Op::negate) return literal_of(policy, fallback);
  return negate(literal_of(policy, policy.exprs[fallback.children[0]]));
}

}  // namespace assent::naive
