// See records.h.
#include "tools/import/records.h"

#include <algorithm>
#include <utility>

#include "tools/command.h"
#include "tools/import/words.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::string_view package = "sbaa__";
constexpr std::size_t several = static_cast<std::size_t>(-1);  // in by_name: more than one has the name

std::string_view without_suffix(std::string_view name) {
  if (name.ends_with("__c") || name.ends_with("__r")) name.remove_suffix(3);
  return name;
}

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// The other record's fields where this one has none. BadInput where both have one and they differ.
void merge(SalesforceRecord& into, const SalesforceRecord& other) {
  for (const auto& [field, value] : other.fields) {
    const auto [there, is_new] = into.fields.try_emplace(field, value);
    if (is_new || there->second == value) continue;
    throw BadInput(printable(other.place + ": " + into.type + " `" + name_of(into) + "` is in the export twice, with " +
                             field + " `" + there->second + "` in " + into.place + " and `" + value + "` here"));
  }
}

}  // namespace

std::string_view SalesforceRecord::at(std::string_view field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? std::string_view() : found->second;
}

bool SalesforceRecord::is_true(std::string_view field) const {
  const std::string value = lower(at(field));
  return value == "true" || value == "1";
}

std::string name_of(const SalesforceRecord& record) {
  for (const std::string_view field : {"Name", "DeveloperName", "Username", "Id", "reference"})
    if (const std::string_view name = record.at(field); !name.empty()) return std::string(name);
  return record.place;
}

std::string record_type(std::string_view written) {
  if (written.starts_with(package)) written.remove_prefix(package.size());
  return std::string(without_suffix(written));
}

std::string record_field(std::string_view written, std::string_view type_written) {
  const std::size_t dot = written.find('.');
  if (dot != std::string_view::npos)
    return record_field(written.substr(0, dot), type_written) + '.' + std::string(written.substr(dot + 1));
  if (written.starts_with(package)) return std::string(without_suffix(written.substr(package.size())));
  if (type_written.starts_with(package))
    return std::string(written.ends_with("__r") ? without_suffix(written) : written);
  return std::string(without_suffix(written));
}

std::string record_id(std::string_view written) {
  constexpr std::size_t short_form = 15, long_form = 18, chunk = 5;
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  std::string id(written);
  if (id.size() != short_form && id.size() != long_form) return id;
  if (!std::all_of(id.begin(), id.end(), is_letter_or_digit)) return id;
  if (id.size() == long_form) return id;
  for (std::size_t begin = 0; begin < short_form; begin += chunk) {
    std::size_t capitals = 0;
    for (std::size_t i = 0; i < chunk; ++i)
      if (id[begin + i] >= 'A' && id[begin + i] <= 'Z') capitals |= std::size_t{1} << i;
    id += digits[capitals];
  }
  return id;
}

void Export::add(SalesforceRecord record) {
  if (++count_ > max_export_records)
    throw BadInput(printable(record.place) + ": an import takes " + std::to_string(max_export_records) + " records");
  OfType& same = types_[record.type];
  std::string key = record_id(record.at("Id"));
  if (!key.empty())
    record.fields["Id"] = key;
  else if (const std::string_view reference = record.at("reference"); !reference.empty())
    key = '@' + std::string(reference);
  if (!key.empty()) {
    const auto [there, is_new] = same.by_key.try_emplace(key, same.records.size());
    if (!is_new) return merge(same.records[there->second], record);
  }
  if (const std::string_view name = record.at("Name"); !name.empty()) {
    const auto [there, is_new] = same.by_name.try_emplace(std::string(name), same.records.size());
    if (!is_new) there->second = several;
  }
  same.records.push_back(std::move(record));
}

const std::vector<SalesforceRecord>& Export::of(std::string_view type) const {
  static const std::vector<SalesforceRecord> none;
  const auto found = types_.find(type);
  return found == types_.end() ? none : found->second.records;
}

std::vector<std::string> Export::types() const {
  std::vector<std::string> names;
  for (const auto& [type, records] : types_) names.push_back(type);
  return names;
}

Found Export::find(const SalesforceRecord& from, std::string_view field, std::string_view type) const {
  const std::string base(field);
  std::string wanted = record_id(from.at(field));
  if (wanted.empty()) wanted = record_id(from.at(base + ".Id"));
  const bool by_name = wanted.empty();
  if (by_name) wanted = from.at(base + ".Name");
  if (wanted.empty()) return {};
  const std::string called = std::string(type) + " `" + wanted + '`';
  const auto same = types_.find(type);
  if (same == types_.end()) return {nullptr, "no " + called + " is in the export"};
  const auto& index = by_name ? same->second.by_name : same->second.by_key;
  const auto found = index.find(wanted);
  if (found == index.end()) return {nullptr, "no " + called + " is in the export"};
  if (found->second == several) return {nullptr, "the export has more than one " + called};
  return {&same->second.records[found->second], ""};
}

}  // namespace assent::command
