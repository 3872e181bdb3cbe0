// A text of JSON that is left out where it is empty. Entry: put.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace assent {

inline void put(nlohmann::ordered_json& json, const char* name, const std::string& value) {
  if (!value.empty()) json[name] = value;
}

}  // namespace assent
