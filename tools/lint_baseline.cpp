// See lint_baseline.h.
#include "tools/lint_baseline.h"

#include <filesystem>
#include <map>

#include <nlohmann/json.hpp>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/fingerprint.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::vector<std::string> fingerprints(const std::vector<Finding>& findings) {
  std::map<std::string, std::size_t> alike;
  std::vector<std::string> prints;
  for (const Finding& each : findings) {
    const std::string file = std::filesystem::path(each.primary.place.file).lexically_normal().generic_string();
    std::string what = each.code + '\n' + file + '\n' + each.message;
    const std::size_t before = alike[what]++;
    prints.push_back(print_of(what + '\n' + std::to_string(before)));
  }
  return prints;
}

std::set<std::string> read_baseline(const std::string& name) {
  const Json json = Json::parse(read_file(name), nullptr, false);
  const auto refuse = [&]() -> BadInput { return BadInput(printable(name) + ": is no baseline of the linter"); };
  if (!json.is_object() || !json.contains("findings") || !json["findings"].is_array()) throw refuse();
  std::set<std::string> known;
  for (const Json& each : json["findings"]) {
    if (!each.is_object() || !each.contains("fingerprint") || !each["fingerprint"].is_string()) throw refuse();
    known.insert(each["fingerprint"].get<std::string>());
  }
  return known;
}

std::string baseline_text(const std::vector<Finding>& findings, const std::vector<std::string>& prints) {
  Json list = Json::array();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    list.push_back({{"fingerprint", prints[i]},
                    {"rule", findings[i].name},
                    {"file", findings[i].primary.place.file},
                    {"message", findings[i].message}});
  }
  return Json{{"findings", std::move(list)}}.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace assent::command
