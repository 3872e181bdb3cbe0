// Words of a policy that is being written: names, texts and numbers, from whatever an export calls things. Entries:
// name_from, TakenNames, quoted, canonical_number.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace assent::command {

inline constexpr std::size_t max_name_bytes = 48;  // of a name that is made; readers, not the compiler, have the limit

// "discount_above_20" of "Discount above 20 %!": small letters, digits and `_`, words of API names apart
// ("net_amount" of "NetAmount"). Empty if no letter or digit is left.
std::string name_from(std::string_view text);

// The same of a field's API name, without namespace and `__c`: "net_amount" of "SBQQ__NetAmount__c".
std::string name_from_field(std::string_view api_name);

// The names of one space, each given once, and none that the language reads as something else. In all linear in their
// number.
class TakenNames {
 public:
  TakenNames();
  void reserve(std::string_view name) { taken_.emplace(name); }
  // `base`, or with `_hint`, or with a number after it; `hint` where `base` is empty.
  std::string claim(const std::string& base, std::string_view hint);

 private:
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, std::size_t> next_;
};

// A text of the language, with its quotes; nothing if the language cannot write it (a carriage return).
std::optional<std::string> quoted(std::string_view text);

// The same for what people read: what cannot be written is left out.
std::string title(std::string_view text);

// "-1250.5" of "-01,250.50"'s plain form "-01250.50" or "1.2505e3": no exponent, no zeros that say nothing. Nothing for
// what is no number, or has more than 34 digits.
std::optional<std::string> canonical_number(std::string_view text);

// As the language writes it: "1_250.5".
std::string written_number(std::string_view canonical);

std::string trimmed(std::string_view text);

}  // namespace assent::command
