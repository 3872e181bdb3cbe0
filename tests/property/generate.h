// Random policies that compile, and random quotes, directories and rates for them. Entries: policy,
// quote, directory, rates.
//
// The same Random gives the same texts. Policies are well typed by construction: an expression is
// made for the type that its place needs. Values in quotes lie near the constants of the policy, so
// that its conditions flip.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/property/random.h"

namespace assent::generate {

enum class Kind : std::uint8_t {
  boolean, integer, decimal, percent, money, text, currency, date, instant, days, months,
  business_days, minutes, person, choice, record,
};
inline constexpr std::size_t scalar_kinds = 15;

struct Shape {  // the type of a value
  Kind kind = Kind::boolean;
  std::size_t index = 0;  // record, choice; business days: 1 + calendar, 0 for none
  bool optional = false;
  bool list = false;
};

struct FieldShape {
  std::string name;
  Shape shape;
  std::vector<std::string> from;  // where its object has it; never empty
  bool has_default = false;
  bool empty_if_missing = false;
  bool alias = false;  // reads what another field reads: a quote need not write it
};
struct RecordShape {
  std::string name;
  std::vector<std::string> from;
  std::optional<std::size_t> money_in;
  std::vector<FieldShape> fields;
};
struct ChoiceShape {
  std::string name;  // empty: written where it is used
  std::vector<std::string> values;
};

struct Constants {  // that the policy compares with
  std::vector<std::int64_t> hundredths;  // numbers, percent points, amounts
  std::vector<std::string> texts;
  std::vector<std::int32_t> days;
};

struct Policy {
  std::string source;
  std::vector<RecordShape> records;  // the last one is the quote's
  std::vector<ChoiceShape> choices;
  Constants constants;
};

Policy policy(Random& random);
std::string quote(Random& random, const Policy& policy);  // JSON
std::string directory(Random& random, std::int32_t today);  // JSON
std::string rates(Random& random);                          // JSON
std::int32_t today(Random& random, const Policy& policy);

// Names that policies and directories share; a directory does not list all of the people.
std::string person_id(Random& random);
std::string role_name(Random& random);
std::string authority_name(Random& random);
std::string currency_code(Random& random);
std::string decimal_text(std::int64_t hundredths);  // "12.5"

}  // namespace assent::generate
