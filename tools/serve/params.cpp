// See params.h.
#include "tools/serve/params.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "tools/nearest.h"
#include "tools/serve/members.h"
#include "tools/text.h"

namespace assent::command::serve {

namespace {

Failure invalid(std::string message) { return {Code::invalid_params, std::move(message), {}}; }

}  // namespace

Failure failure(const Problems& problems) { return {Code::problems, problems.front().message, to_json(problems)}; }
Failure failure(ErrorCode code, std::string message) { return failure(Problems{{code, "", std::move(message)}}); }

std::string quoted(std::string_view text) {
  using Json = nlohmann::json;
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Params::Params(std::string_view json) {
  if (json.empty()) return;
  if (!json.starts_with('{')) throw invalid("`params` is an object, with a name for each");
  const std::string wrong =
      each_member(json, [&](const std::string& name, std::string_view value) { members_.emplace(name, value); });
  if (!wrong.empty()) throw invalid("`params`: " + wrong);
}

void Params::must_be_of(const std::vector<std::string_view>& names) const {
  for (const auto& [name, value] : members_) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    throw invalid("there is no parameter `" + shortened(printable(name), 100) + "`" +
                  did_you_mean(name, {names.begin(), names.end()}));
  }
}

const std::string_view* Params::find(std::string_view name) const {
  const auto found = members_.find(name);
  return found == members_.end() ? nullptr : &found->second;
}

std::string_view Params::json(std::string_view name) const {
  if (const std::string_view* value = find(name)) return *value;
  throw invalid("the parameter `" + std::string(name) + "` is missing");
}

std::string Params::text(std::string_view name) const {
  if (std::optional<std::string> value = text_of(json(name))) return std::move(*value);
  throw invalid("the parameter `" + std::string(name) + "` is a text");
}

std::optional<std::string> Params::text_if(std::string_view name) const {
  return has(name) ? std::optional(text(name)) : std::nullopt;
}

bool Params::flag(std::string_view name) const {
  const std::string_view value = has(name) ? json(name) : "false";
  if (value == "true" || value == "false") return value == "true";
  throw invalid("the parameter `" + std::string(name) + "` is `true` or `false`");
}

}  // namespace assent::command::serve
