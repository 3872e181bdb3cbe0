// JSON as a tree, read by plain recursion. Entry: parse_json.
//
// Numbers keep the text that they were written with, so that nothing is lost before a decimal is
// made of it. The texts that come here are known to be JSON: for anything else it asserts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assent::naive {

struct Json {
  enum class Kind { null, truth, number, text, list, object };
  Kind kind = Kind::null;
  bool truth = false;
  std::string text;  // a text without its escapes, a number as it was written
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>> members;

  // The value under that key; nothing if there is none, or if this is no object.
  const Json* find(std::string_view key) const;
};

Json parse_json(std::string_view source);

}  // namespace assent::naive
