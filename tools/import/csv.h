// CSV of an export as records (RFC 4180): the first line has the API names of the fields, the file's name that of the
// object. Entry: read_csv_export.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/import/records.h"

namespace assent::command {

inline constexpr std::size_t max_csv_columns = 1'000;  // an object of Salesforce has at most 900 fields

// Adds the records of the text to those there; `object` is "sbaa__ApprovalRule__c". BadInput, with file and line.
void read_csv_export(std::string_view text, const std::string& file, const std::string& object, Export& records);

}  // namespace assent::command
