// Any line as a request of `assent serve`: what is cut is what another reader of JSON finds there, each piece is JSON
// again, and what that reader takes is refused for a stated reason alone.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "tools/serve/members.h"

namespace {

using namespace assent::command::serve;
using Json = nlohmann::json;

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const std::string wrong = what_is_wrong(line);
  const Json whole = Json::parse(line, nullptr, false);
  if (wrong.empty() && whole.is_discarded()) {
    // Half a surrogate, or a number that no double can be: both are for those who read the value.
    must(line.find("\\u") != std::string_view::npos || line.find_first_of("eE0123456789") != std::string_view::npos);
    return 0;
  }
  std::vector<std::pair<std::string, std::string_view>> members;
  const std::string not_cut =
      each_member(line, [&](const std::string& name, std::string_view value) { members.emplace_back(name, value); });
  for (const auto& [name, value] : members) must(what_is_wrong(value).empty());
  if (not_cut.empty()) {
    must(wrong.empty() && whole.is_object() && whole.size() == members.size());
    for (const auto& [name, value] : members) must(Json::parse(value, nullptr, false) == whole[name]);
  }
  std::size_t count = 0;
  if (each_element(line, [&](std::string_view value) {
        must(what_is_wrong(value).empty());
        ++count;
      }).empty())
    must(wrong.empty() && whole.is_array() && whole.size() == count);
  // What the other reader takes is refused for its depth alone; that one reads over a byte order mark, and ends at a 0.
  if (!wrong.empty() && !whole.is_discarded())
    must(wrong.find("inside each other") != std::string::npos || line.starts_with("\xef\xbb\xbf") ||
         line.find('\0') != std::string_view::npos);
  return 0;
}
