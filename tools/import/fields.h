// The fields of a quote that a policy reads: those of std.salesforce, and further ones with which it extends them.
// Entries: FieldKinds, QuoteFields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/import/report.h"
#include "tools/import/words.h"

namespace assent::command {

enum class FieldOf : std::uint8_t { quote, line, group };
// `answer` is a flag that may be missing, and then answers nothing.
enum class FieldKind : std::uint8_t { number, percent, money, months, text, flag, date, instant, person, answer };

bool is_numeric(FieldKind kind);
std::string_view words_of(FieldKind kind);  // "a number"

// "SBQQ__Margin__c", "SBQQ__Account__r.Industry": whether a field can be called so.
bool is_api_name(std::string_view name);

// A field by its API name, whose letters have no case.
struct FieldName {
  FieldOf owner = FieldOf::quote;
  std::string api;
};

// A field as a policy reads it.
struct FieldReading {
  std::string name;  // "net_total"
  FieldKind kind = FieldKind::text;
  bool may_be_absent = false;
  std::optional<std::string>
      blank_reads;  // what stands for a blank: "0", "false", "", a text; of one that has an `else`
};

// What std.salesforce reads, by its own text: there is no second list of its fields.
class StandardFields {
 public:
  explicit StandardFields(std::string_view module);
  const FieldReading* find(const FieldName& field) const;  // nothing for one that it does not have
  const std::set<std::string>& names(FieldOf owner) const { return names_[static_cast<std::size_t>(owner)]; }
  const std::set<std::string>& values() const { return values_; }  // its facts and functions

 private:
  std::map<std::pair<FieldOf, std::string>, FieldReading> fields_;
  std::set<std::string> names_[3];
  std::set<std::string> values_;
};

// Of which kind the fields are that std.salesforce does not have, by what the conditions compare them with. First all
// is said, then it is settled, then asked.
class FieldKinds {
 public:
  explicit FieldKinds(const StandardFields& standard) : standard_(standard) {}
  void say(const FieldName& field, FieldKind kind, bool sure);  // not sure: of "5", which may be a text
  void say_alike(const FieldName& a, const FieldName& b);
  void settle();
  // Nothing if it is compared with things of several kinds.
  std::optional<FieldKind> of(const FieldName& field) const;
  bool is_known(const FieldName& field) const;  // whether anything says so; else it is taken for a text

 private:
  struct Evidence {
    std::optional<FieldKind> sure, likely;
    bool contradicts = false;
    std::vector<std::size_t> alike;
  };
  std::size_t at(const FieldName& field);
  const Evidence* find(const FieldName& field) const;
  void spread(std::vector<std::size_t> from, bool sure);

  const StandardFields& standard_;
  std::map<std::pair<FieldOf, std::string>, std::size_t> index_;
  std::vector<Evidence> evidence_;
};

// The fields that the policy reads. One that std.salesforce has is read by its name there; `own` reads it anew, so that
// it is absent where it is blank, or is of another kind.
class QuoteFields {
 public:
  explicit QuoteFields(const StandardFields& standard);
  const FieldReading& own(const FieldName& field, FieldKind kind);
  // The `extend` declarations, and a note for each field that the policy reads by itself.
  std::string extensions(ImportReport& report) const;

 private:
  struct Own {
    FieldReading reading;
    std::set<std::string> places;  // as they were spelt
  };
  std::map<std::pair<FieldOf, std::string>, std::map<FieldKind, Own>> own_;
  const StandardFields& standard_;
  TakenNames names_[3];
};

}  // namespace assent::command
