// See fields.h.
#include "tools/import/fields.h"

#include <algorithm>
#include <array>

#include "tools/text.h"

namespace assent::command {

namespace {

struct KindWords {
  std::string_view words, type, blank;  // `blank`: what an own field reads for a blank; of none it is absent
};
constexpr std::array<KindWords, 10> words_of_kinds{{
    {"a number", "Decimal?", ""},
    {"a percentage", "Percent?", ""},
    {"an amount", "Money?", ""},
    {"a number of months", "Months?", ""},
    {"a text", "Text", " else \"\""},
    {"yes or no", "Bool", " else false"},
    {"a date", "Date?", ""},
    {"a moment", "Instant?", ""},
    {"a person", "Person?", ""},
    {"yes or no", "Bool?", ""},
}};
const KindWords& all_words(FieldKind kind) { return words_of_kinds[static_cast<std::size_t>(kind)]; }

struct OwnerWords {
  std::string_view record, object;
};
constexpr std::array<OwnerWords, 3> owners{
    {{"Quote", "SBQQ__Quote__c"}, {"QuoteLine", "SBQQ__QuoteLine__c"}, {"QuoteGroup", "SBQQ__QuoteLineGroup__c"}}};

std::optional<FieldKind> kind_of_type(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, FieldKind>, 10> types{{{"Decimal", FieldKind::number},
                                                                          {"Integer", FieldKind::number},
                                                                          {"Percent", FieldKind::percent},
                                                                          {"Money", FieldKind::money},
                                                                          {"Months", FieldKind::months},
                                                                          {"Text", FieldKind::text},
                                                                          {"Bool", FieldKind::flag},
                                                                          {"Date", FieldKind::date},
                                                                          {"Instant", FieldKind::instant},
                                                                          {"Person", FieldKind::person}}};
  for (const auto& [name, kind] : types)
    if (name == type) return kind;
  return std::nullopt;
}

std::pair<FieldOf, std::string> key_of(const FieldName& field) { return {field.owner, lower(field.api)}; }

std::string_view up_to(std::string_view text, std::string_view end) { return text.substr(0, text.find(end)); }

// The text between the first two quotes, which goes from `text`.
std::optional<std::string> take_quoted(std::string_view& text) {
  const std::size_t begin = text.find('"');
  const std::size_t end = begin == std::string_view::npos ? begin : text.find('"', begin + 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string inner(text.substr(begin + 1, end - begin - 1));
  text.remove_prefix(end + 1);
  return inner;
}

// What `else …` gives: `0` of "0%", the text of "\"Quote\"".
std::optional<std::string> value_of_else(std::string_view rest) {
  const std::size_t at = rest.find(" else ");
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view value = rest.substr(at + 6);
  if (std::string_view quoted = value; trimmed(value).starts_with('"')) return take_quoted(quoted);
  value = up_to(up_to(value, "#"), "%");
  return trimmed(value);
}

}  // namespace

bool is_numeric(FieldKind kind) { return kind <= FieldKind::months; }
std::string_view words_of(FieldKind kind) { return all_words(kind).words; }

bool is_api_name(std::string_view name) {
  constexpr std::size_t most_bytes = 255, most_dots = 8;
  if (name.empty() || name.size() > most_bytes) return false;
  if (std::count(name.begin(), name.end(), '.') > static_cast<std::ptrdiff_t>(most_dots)) return false;
  bool at_start = true;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (at_start ? !letter : !letter && !(c >= '0' && c <= '9') && c != '_' && c != '.') return false;
    at_start = c == '.';
  }
  return !at_start;
}

// ── what std.salesforce has ──────────────────────────────────────────────────────────────────
StandardFields::StandardFields(std::string_view module) {
  FieldOf owner = FieldOf::quote;
  bool inside = false;  // one of the records that count
  while (!module.empty()) {
    std::string_view line = up_to(module, "\n");
    module.remove_prefix(std::min(line.size() + 1, module.size()));
    for (const std::string_view keyword : {"fact ", "function "})
      if (line.starts_with(keyword)) values_.insert(std::string(up_to(up_to(line.substr(keyword.size()), "("), " ")));
    if (line.starts_with("record ")) {
      for (std::size_t i = 0; i < owners.size(); ++i) {
        if (up_to(line.substr(7), " ") != owners[i].record) continue;
        owner = static_cast<FieldOf>(i);
        inside = true;
      }
    }
    if (line.starts_with("}")) inside = false;
    const std::size_t colon = line.find(": ");
    if (!inside || !line.starts_with("  ") || colon == std::string_view::npos) continue;
    FieldReading reading;
    reading.name = trimmed(line.substr(0, colon));
    names_[static_cast<std::size_t>(owner)].insert(reading.name);
    std::string_view rest = line.substr(colon + 2);
    std::string_view type = up_to(rest, " ");
    reading.may_be_absent = type.ends_with('?');
    if (reading.may_be_absent) type.remove_suffix(1);
    const std::optional<FieldKind> kind = kind_of_type(type);
    const std::optional<std::string> place = take_quoted(rest);
    if (!kind || !place) continue;
    reading.kind = *kind;
    reading.blank_reads = value_of_else(rest);
    fields_.emplace(std::pair(owner, lower(*place)), reading);
  }
}

const FieldReading* StandardFields::find(const FieldName& field) const {
  const auto found = fields_.find(key_of(field));
  return found == fields_.end() ? nullptr : &found->second;
}

// ── of which kind the others are ─────────────────────────────────────────────────────────────
std::size_t FieldKinds::at(const FieldName& field) {
  const auto [found, is_new] = index_.try_emplace(key_of(field), evidence_.size());
  if (is_new) {
    evidence_.emplace_back();
    if (const FieldReading* standard = standard_.find(field))
      evidence_.back().sure = standard->kind == FieldKind::person ? FieldKind::text : standard->kind;
  }
  return found->second;
}

const FieldKinds::Evidence* FieldKinds::find(const FieldName& field) const {
  const auto found = index_.find(key_of(field));
  return found == index_.end() ? nullptr : &evidence_[found->second];
}

void FieldKinds::say(const FieldName& field, FieldKind kind, bool sure) {
  const std::size_t index = at(field);
  if (standard_.find(field) != nullptr) return;
  std::optional<FieldKind>& said = sure ? evidence_[index].sure : evidence_[index].likely;
  if (!said)
    said = kind;
  else if (*said != kind && sure)
    evidence_[index].contradicts = true;
  else if (*said != kind)
    said = FieldKind::text;  // "5" here and "true" there: texts, both
}

void FieldKinds::say_alike(const FieldName& a, const FieldName& b) {
  const std::size_t first = at(a), second = at(b);
  evidence_[first].alike.push_back(second);
  evidence_[second].alike.push_back(first);
}

// From fields whose kind is said to those that are like them and of which nothing is.
void FieldKinds::spread(std::vector<std::size_t> from, bool sure) {
  while (!from.empty()) {
    const Evidence& known = evidence_[from.back()];
    const FieldKind kind = known.sure ? *known.sure : *known.likely;
    const std::vector<std::size_t> alike = known.alike;
    from.pop_back();
    for (const std::size_t each : alike) {
      Evidence& other = evidence_[each];
      if (other.sure || (!sure && other.likely)) continue;
      other.sure = is_numeric(kind) ? FieldKind::number : kind;
      from.push_back(each);
    }
  }
}

void FieldKinds::settle() {
  std::vector<std::size_t> sure, likely;
  for (std::size_t i = 0; i < evidence_.size(); ++i)
    if (evidence_[i].sure) sure.push_back(i);
  spread(std::move(sure), true);
  for (std::size_t i = 0; i < evidence_.size(); ++i)
    if (!evidence_[i].sure && evidence_[i].likely) likely.push_back(i);
  spread(std::move(likely), false);
}

std::optional<FieldKind> FieldKinds::of(const FieldName& field) const {
  const Evidence* said = find(field);
  if (said == nullptr) return FieldKind::text;
  if (said->contradicts) return std::nullopt;
  return said->sure ? *said->sure : said->likely.value_or(FieldKind::text);
}

bool FieldKinds::is_known(const FieldName& field) const {
  if (standard_.find(field) != nullptr) return true;
  const Evidence* said = find(field);
  return said != nullptr && (said->sure || said->likely);
}

// ── what the policy reads ────────────────────────────────────────────────────────────────────
QuoteFields::QuoteFields(const StandardFields& standard) : standard_(standard) {
  for (const FieldOf owner : {FieldOf::quote, FieldOf::line, FieldOf::group})
    for (const std::string& name : standard.names(owner)) names_[static_cast<std::size_t>(owner)].reserve(name);
}

const FieldReading& QuoteFields::own(const FieldName& field, FieldKind kind) {
  const auto [found, is_new] = own_[key_of(field)].try_emplace(kind);
  Own& own = found->second;
  own.places.insert(field.api);
  if (is_new) {
    own.reading.name = names_[static_cast<std::size_t>(field.owner)].claim(name_from_field(field.api), "given");
    own.reading.kind = kind;
    own.reading.may_be_absent = all_words(kind).blank.empty();
    if (kind == FieldKind::text) own.reading.blank_reads = "";
    if (kind == FieldKind::flag) own.reading.blank_reads = "false";
  }
  return own.reading;
}

std::string QuoteFields::extensions(ImportReport& report) const {
  std::size_t width = 0;
  const auto head_of = [](FieldKind kind, const Own& own) {
    return "  " + own.reading.name + ": " + std::string(all_words(kind).type);
  };
  for (const auto& [key, kinds] : own_)
    for (const auto& [kind, own] : kinds) width = std::max(width, head_of(kind, own).size());
  std::string blocks[3];
  for (const auto& [key, kinds] : own_) {
    for (const auto& [kind, own] : kinds) {
      const std::size_t owner = static_cast<std::size_t>(key.first);
      std::string line = head_of(kind, own);
      line.resize(width, ' ');
      std::string places;
      for (const std::string& place : own.places) places += (places.empty() ? " from \"" : " or \"") + place + '"';
      blocks[owner] += line + places + std::string(all_words(kind).blank) + '\n';
      if (standard_.find({key.first, key.second}) != nullptr) continue;
      report.add({Fate::assumed, std::string(owners[owner].object), *own.places.begin(), "",
                  "read as " + std::string(words_of(kind)) +
                      ", by what uses it; a quote that does not bring it counts as one where it is blank"});
    }
  }
  std::string text;
  for (std::size_t i = 0; i < owners.size(); ++i)
    if (!blocks[i].empty()) text += "extend " + std::string(owners[i].record) + " {\n" + blocks[i] + "}\n";
  return text;
}

}  // namespace assent::command
