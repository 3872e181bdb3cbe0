// Values and expressions of the naive evaluator; internal to tests/naive. Entries: Desk::evaluate,
// and the operations on values, which a test of a single one can call too.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assent/world.h"
#include "compiler/sema/checked.h"
#include "runtime/value/people.h"
#include "tests/naive/naive_json.h"

namespace assent::naive {

namespace checked = compiler::checked;
using checked::Base;
using checked::ExprId;
using checked::Type;

struct RecordValue;

struct Value {
  enum class Kind { absent, fault, number, money, text, record, list };
  Kind kind = Kind::absent;
  Fault fault = Fault::none;
  Decimal number;                             // number, money
  Currency unit = 0;                          // money
  std::string text;                           // text
  std::shared_ptr<const RecordValue> record;  // record
  std::vector<Value> rows;                    // list
  std::vector<std::uint32_t> chain;           // list: the fields that lead to it from the quote

  bool is_absent() const { return kind == Kind::absent; }
  bool is_fault() const { return kind == Kind::fault; }
  bool is_true() const { return kind == Kind::number && !is_zero(number); }
  bool is_false() const { return kind == Kind::number && is_zero(number); }
};
using Values = std::vector<Value>;

// A record of the quote. Its fields may stand in several objects (`from … or …`), or in none at all.
struct RecordValue {
  checked::RecordId type{};
  std::vector<const Json*> places;
  std::shared_ptr<const RecordValue> around;  // the record that it is in; none for the quote
  std::vector<std::uint32_t> chain;           // the fields that lead to it from the quote
};

Value number(const Decimal& value);
Value money(const Decimal& amount, Currency unit);
Value text_value(std::string text);
Value truth(bool value);
Value fault(Fault reason);

// What a loop's variables and a function's parameters stand for.
struct Frame {
  std::map<checked::VariableId, Value> variables;
  Values arguments;
};

// Everything that a decision looks at.
struct Desk {
  const checked::Policy& policy;
  const World& world;
  Value quote;  // a record

  Value evaluate(ExprId expr, const Frame& frame) const;
  Type type_of(ExprId expr) const { return policy.exprs[expr].type; }
};

// ── naive_quote.cpp ──────────────────────────────────────────────────────────────────────────
Value quote_of(const checked::Policy& policy, const Json& json);
Value field_of(const checked::Policy& policy, const Value& record, std::uint32_t field);
Value literal_of(const checked::Policy& policy, const checked::Expr& literal);

// ── naive_math.cpp ───────────────────────────────────────────────────────────────────────────
// The default: the first fault among the operands, else absent if any is absent, else nothing.
struct Spoilt { bool spoilt; Value value; };
Spoilt spoilt(const Values& operands);

Value conjunction(const Values& parts);
Value disjunction(const Values& parts);
Value negation(const Value& part);

Value add(const Desk& desk, const Value& left, Type left_type, const Value& right, Type right_type,
          bool subtracting);
Value multiply(const Value& left, Type left_type, const Value& right, Type right_type);
Value divide(const Desk& desk, const Value& left, Type left_type, const Value& right, Type right_type);
Value negate(const Value& value);
Value compare(const Desk& desk, const Value& left, const Value& right, plan::Comparison comparison,
              bool ignoring_case);
Value convert(const Desk& desk, const Value& amount, const std::string& unit);
Value scaled(const Value& value, int powers_of_ten);  // times 10^n

// ── naive_builtin.cpp ────────────────────────────────────────────────────────────────────────
Value builtin(const Desk& desk, checked::Builtin which, const Values& arguments);
const Person* person(const World& world, std::string_view id);  // null: not in the directory
bool holds_role(const Person& person, std::string_view role);

// ── naive_rows.cpp ───────────────────────────────────────────────────────────────────────────
Value aggregate(const Desk& desk, const checked::Expr& expr, const Frame& frame);

}  // namespace assent::naive
