// See compare.h.
#include "tools/import/compare.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/text.h"

namespace assent::command {

namespace {

struct Words {
  std::string_view original, name, sign;
};
constexpr std::array<Words, 10> words_of_comparisons{{
    {"equals", "is", "="},
    {"not equals", "is_not", "!="},
    {"less than", "below", "<"},
    {"less or equals", "at_most", "<="},
    {"greater than", "above", ">"},
    {"greater or equals", "at_least", ">="},
    {"starts with", "starts_with", "starts with"},
    {"ends with", "ends_with", "ends with"},
    {"contains", "contains", "contains"},
    {"does not contain", "lacks", "does not contain"},
}};
const Words& words(Comparison comparison) { return words_of_comparisons[static_cast<std::size_t>(comparison)]; }

bool is_negative(Comparison comparison) {
  return comparison == Comparison::not_equals || comparison == Comparison::lacks;
}

std::string sign_of(Comparison comparison, FieldKind kind) {
  if (kind == FieldKind::text && comparison == Comparison::equals) return " is ";
  if (kind == FieldKind::text && comparison == Comparison::not_equals) return " is not ";
  return ' ' + std::string(words(comparison).sign) + ' ';
}

std::string_view ending(FieldKind kind, Comparison comparison, Case letters) {
  const bool ignores = kind == FieldKind::text && (letters == Case::ignored || !is_negative(comparison));
  return ignores ? " ignoring case" : "";
}

Logic is_there(const Side& side, bool there) {
  if (side.presence.empty()) return one(there ? "true" : "false");
  return one(side.presence + (there ? " is present" : " is absent"));
}

// What has no value is equal to nothing, and has no order; so it is not equal to anything.
Logic of_what_is_there(const Side& left, Comparison comparison, Logic compared) {
  if (is_negative(comparison)) return any_of({is_there(left, false), std::move(compared)});
  return all_of({is_there(left, true), std::move(compared)});
}

Compared compare_with_blank(const Side& left, Comparison comparison) {
  if (comparison != Comparison::equals && comparison != Comparison::not_equals)
    return {{}, "`" + std::string(words(comparison).original) + "` a blank value means nothing"};
  const bool blank = comparison == Comparison::equals;
  if (left.kind == FieldKind::text && left.presence.empty())
    return {one(left.text + (blank ? " is \"\"" : " is not \"\"")), ""};
  return {is_there(left, !blank), ""};
}

Compared compare_flag(const Side& left, Comparison comparison, const std::string& value) {
  const std::string flag = lower(trimmed(value));
  if (flag != "true" && flag != "false") return {{}, "`" + value + "` is neither true nor false"};
  const bool yes = (flag == "true") == (comparison == Comparison::equals);
  return {one(yes ? left.text : "not " + left.text), ""};
}

// "100,000": one number or two, nobody knows.
bool has_grouped_digits(const std::vector<std::string>& values) {
  constexpr std::size_t group = 3;
  return values.size() > 1 && std::all_of(values.begin() + 1, values.end(), [](const std::string& value) {
           return value.find_first_not_of("0123456789") == value.find('.') &&
                  std::min(value.find('.'), value.size()) == group;
         });
}

int days_in(int year, int month) {
  constexpr std::array<int, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month)];
}

bool is_date(std::string_view text) {
  constexpr std::string_view form = "0000-00-00";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  const auto number = [&](std::size_t begin, std::size_t count) {
    return std::stoi(std::string(text.substr(begin, count)));
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

// "2026-01-31T08:30:00.000+0000", as Salesforce writes it, or with `Z`: as the language does.
std::optional<std::string> instant(const std::string& text) {
  constexpr std::string_view form = "T00:00:00";
  if (text.size() < 11 + form.size() - 1 || !is_date(std::string_view(text).substr(0, 10))) return std::nullopt;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = text[10 + i];
    if (form[i] == '0' ? c < '0' || c > '9' : c != form[i]) return std::nullopt;
  }
  if (text.substr(11, 2) > "23" || text.substr(14, 2) > "59" || text.substr(17, 2) > "59") return std::nullopt;
  std::string_view rest = std::string_view(text).substr(19);
  if (rest.starts_with(".000")) rest.remove_prefix(4);
  if (rest != "Z" && rest != "+0000" && rest != "+00:00") return std::nullopt;
  return text.substr(0, 19) + 'Z';
}

}  // namespace

std::optional<Comparison> comparison_of(std::string_view operator_name) {
  const std::string wanted = lower(trimmed(operator_name));
  for (std::size_t i = 0; i < words_of_comparisons.size(); ++i)
    if (words_of_comparisons[i].original == wanted) return static_cast<Comparison>(i);
  return std::nullopt;
}

std::string_view words_of(Comparison comparison) { return words(comparison).name; }
bool is_of_texts(Comparison comparison) { return comparison >= Comparison::starts_with; }
bool is_of_order(Comparison comparison) {
  return comparison >= Comparison::less && comparison <= Comparison::greater_or_equal;
}

std::vector<std::string> values_of(const std::string& text) {
  std::vector<std::string> values;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (std::string value = trimmed(std::string_view(text).substr(begin, end - begin)); !value.empty())
      values.push_back(value);
    begin = end + 1;
  }
  return values;
}

std::optional<std::string> literal(FieldKind kind, const std::string& value) {
  constexpr std::size_t most_month_digits = 6;
  switch (kind) {
    case FieldKind::text: return quoted(value);
    case FieldKind::date: return is_date(value) ? std::optional(value) : std::nullopt;
    case FieldKind::instant: return instant(value);
    case FieldKind::number:
    case FieldKind::money:
    case FieldKind::percent:
    case FieldKind::months: break;
    case FieldKind::flag:
    case FieldKind::answer:
    case FieldKind::person: return std::nullopt;
  }
  const std::optional<std::string> number = canonical_number(value);
  if (!number) return std::nullopt;
  if (kind == FieldKind::percent) return written_number(*number) + '%';
  if (kind != FieldKind::months) return written_number(*number);
  const bool usual = number->size() <= most_month_digits && number->find_first_of("-.") == std::string::npos;
  return usual ? std::optional(*number + (*number == "1" ? " month" : " months")) : std::nullopt;
}

FieldKind kind_of_value(const std::string& value) {
  const std::string word = lower(trimmed(value));
  if (word == "true" || word == "false") return FieldKind::flag;
  if (is_date(word)) return FieldKind::date;
  if (instant(trimmed(value))) return FieldKind::instant;
  const std::vector<std::string> values = values_of(value);
  const bool numbers = std::all_of(values.begin(), values.end(),
                                   [](const std::string& each) { return canonical_number(each).has_value(); });
  return numbers && !values.empty() ? FieldKind::number : FieldKind::text;
}

bool reads_blanks_alike(const FieldReading& field, Comparison comparison, const std::string& value) {
  if (!field.blank_reads) return true;
  const std::string& blank = *field.blank_reads;
  if (field.kind == FieldKind::text && blank.empty()) return true;
  if (value.empty()) return false;
  if (field.kind == FieldKind::text) {
    if (comparison != Comparison::equals && comparison != Comparison::not_equals) return false;
    const std::vector<std::string> values = values_of(value);
    return std::none_of(values.begin(), values.end(),
                        [&](const std::string& each) { return lower(each) == lower(blank); });
  }
  if (field.kind == FieldKind::flag) return true;  // a checkbox is never blank
  const std::optional<std::string> number = canonical_number(value);
  if (blank != "0" || !number) return false;
  const int sign = *number == "0" ? 0 : number->starts_with('-') ? -1 : 1;
  switch (comparison) {  // what 0 gives, where a blank gives false; true for `not equals`
    case Comparison::equals:
    case Comparison::not_equals: return sign != 0;
    case Comparison::less: return sign <= 0;
    case Comparison::less_or_equal: return sign < 0;
    case Comparison::greater: return sign >= 0;
    case Comparison::greater_or_equal: return sign > 0;
    case Comparison::starts_with:
    case Comparison::ends_with:
    case Comparison::contains:
    case Comparison::lacks: return false;
  }
  return false;
}

Compared compare_fixed(const Side& left, Comparison comparison, const std::string& value, Case letters) {
  if (trimmed(value).empty()) return compare_with_blank(left, comparison);
  if (is_of_texts(comparison) && left.kind != FieldKind::text)
    return {{},
            "`" + std::string(words(comparison).original) + "` is for texts, and this is " +
                std::string(words_of(left.kind))};
  if (is_of_order(comparison) && (left.kind == FieldKind::text || left.kind == FieldKind::flag))
    return {{},
            "`" + std::string(words(comparison).original) + "` is for numbers and dates, and this is " +
                std::string(words_of(left.kind))};
  if (left.kind == FieldKind::flag) return compare_flag(left, comparison, value);
  std::vector<std::string> values = values_of(value);
  if (is_of_order(comparison)) values = {trimmed(value)};
  if (is_numeric(left.kind) && has_grouped_digits(values)) return {{}, "`" + value + "` may be one number or several"};
  if (left.kind == FieldKind::text && values.size() > 1 && comparison == Comparison::equals)
    values.push_back(trimmed(value));
  if (values.empty()) values.push_back(trimmed(value));  // nothing but commas
  std::vector<std::string> literals;
  for (const std::string& each : values) {
    const std::optional<std::string> written = literal(left.kind, each);
    if (!written) return {{}, "`" + each + "` is not " + std::string(words_of(left.kind))};
    literals.push_back(*written);
  }
  const std::string end(ending(left.kind, comparison, letters));
  if (is_of_texts(comparison)) {
    const auto word = [&](const std::string& each) {
      return one(left.text + ' ' + std::string(words(comparison).sign) + ' ' + each + end);
    };
    std::vector<Logic> parts;
    for (const std::string& each : literals) parts.push_back(word(each));
    Logic whole = is_negative(comparison) ? all_of(std::move(parts)) : any_of(std::move(parts));
    return {of_what_is_there(left, comparison, std::move(whole)), ""};
  }
  std::string text = left.text + sign_of(comparison, left.kind) + literals[0];
  if (literals.size() > 1)
    text = left.text + (is_negative(comparison) ? " is not one of " : " is one of ") + joined(literals, ", ");
  return {of_what_is_there(left, comparison, one(text + end)), ""};
}

Compared compare(const Side& left, Comparison comparison, const Side& right, Case letters) {
  if (left.kind != right.kind)
    return {{}, "compares " + std::string(words_of(left.kind)) + " with " + std::string(words_of(right.kind))};
  const bool is_text = left.kind == FieldKind::text, is_flag = left.kind == FieldKind::flag;
  if (is_of_texts(comparison) && !is_text)
    return {{}, "`" + std::string(words(comparison).original) + "` is for texts, and these are not"};
  if (is_of_order(comparison) && (is_text || is_flag))
    return {{}, "`" + std::string(words(comparison).original) + "` is for numbers and dates, and these are not"};
  const std::string end(ending(left.kind, comparison, letters));
  Logic compared = one(left.text + sign_of(comparison, left.kind) + right.text + end);
  if (comparison == Comparison::lacks) return {any_of({one(right.text + " is \"\""), compared}), ""};
  if (is_of_texts(comparison)) return {compared, ""};
  if (comparison == Comparison::not_equals) {
    return {any_of({all_of({is_there(left, false), is_there(right, true)}),
                    all_of({is_there(left, true), is_there(right, false)}),
                    all_of({is_there(left, true), is_there(right, true), compared})}),
            ""};
  }
  Logic both = all_of({is_there(left, true), is_there(right, true), compared});
  if (comparison == Comparison::equals)
    both = any_of({std::move(both), all_of({is_there(left, false), is_there(right, false)})});
  return {std::move(both), ""};
}

Logic compare_approved(const Side& now, Comparison comparison, const Side& approved) {
  if (comparison == Comparison::equals) return one("false");
  Logic changed = compare(now, Comparison::not_equals, approved, Case::asks_more).logic;
  if (comparison == Comparison::not_equals) return changed;
  if (is_of_texts(comparison)) {
    Logic compared = one(now.text + ' ' + std::string(words(comparison).sign) + ' ' + approved.text +
                         std::string(ending(FieldKind::text, comparison, Case::asks_more)));
    return all_of({std::move(changed), std::move(compared)});
  }
  const bool less = comparison == Comparison::less || comparison == Comparison::less_or_equal;
  Logic moved = one(now.text + (less ? " < " : " > ") + approved.text);
  return all_of({is_there(now, true), any_of({is_there(approved, false), std::move(moved)})});
}

}  // namespace assent::command
