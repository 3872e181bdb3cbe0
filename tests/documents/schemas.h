// The schemas of UBL 2.3, where they are at hand. Entry: has_schemas, schema_fault.
#pragma once

#include <string>

// False where the folder of schemas is missing; the first time it says so, as whoever asks leaves out its checks.
bool has_schemas();

// What is wrong with a document against the schema "Order", "OrderChange" ..., or "". No network is used.
std::string schema_fault(const std::string& type, const std::string& bytes);
