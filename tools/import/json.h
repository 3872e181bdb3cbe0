// JSON of an export as records: answers of REST queries, SFDX data trees, and the plans of these. Entry:
// read_json_export.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/records.h"

namespace assent::command {

inline constexpr std::size_t max_export_depth = 8;  // records in records, arrays and answers around them; the stack

// Adds the records of the text to those there. Gives the names of the files that a plan lists: they hold its records.
// BadInput, with the place: no JSON, no export, or one that is incomplete.
std::vector<std::string> read_json_export(std::string_view text, const std::string& file, Export& records);

}  // namespace assent::command
