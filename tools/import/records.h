// The records of an export of Salesforce, whatever wrote it: each a type and fields that are texts. Entries:
// SalesforceRecord, Export.
//
// Names of types and fields are those of the Advanced Approvals package without its namespace and without `__c`:
// "ApprovalRule", "TestedField". What a lookup says of the record that it names has that name before a dot:
// "Approver.Name". A field that is blank is not there.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assent::command {

inline constexpr std::size_t max_export_records = 1'000'000;  // memory

struct SalesforceRecord {
  std::string type;
  std::map<std::string, std::string, std::less<>> fields;
  std::string place;  // "rules.json, record 3"

  std::string_view at(std::string_view field) const;  // empty for one that is blank
  bool is_true(std::string_view field) const;         // of a checkbox: "true", "TRUE" or "1"
};

// What the record is called: its name, else its id, else where it stands.
std::string name_of(const SalesforceRecord& record);

std::string record_type(std::string_view written);  // "ApprovalRule" of "sbaa__ApprovalRule__c"
std::string record_field(std::string_view written, std::string_view type_written);  // of a record of that type

// A record id in its form of 18 characters, which is the same whatever the case of its letters; another text as it is.
std::string record_id(std::string_view written);

// What a lookup leads to: a record, or why there is none. Neither, if the lookup is blank.
struct Found {
  const SalesforceRecord* record = nullptr;
  std::string problem;  // "no ApprovalChain `a0x…` is in the export"
  bool is_blank() const { return record == nullptr && problem.empty(); }
};

// All records, by type. A record that comes twice is one, with the fields of both.
class Export {
 public:
  // BadInput: there are too many, or two records of one id that contradict each other.
  void add(SalesforceRecord record);

  const std::vector<SalesforceRecord>& of(std::string_view type) const;
  std::vector<std::string> types() const;
  std::size_t size() const { return count_; }

  // The record of that type which a field of another names: by id, by reference ("@Rule1"), or by what the lookup says
  // of it. A name that several have leads nowhere.
  Found find(const SalesforceRecord& from, std::string_view field, std::string_view type) const;

 private:
  struct OfType {
    std::vector<SalesforceRecord> records;
    std::unordered_map<std::string, std::size_t> by_key, by_name;
  };
  std::map<std::string, OfType, std::less<>> types_;
  std::size_t count_ = 0;
};

}  // namespace assent::command
