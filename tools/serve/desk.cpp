// See desk.h.
#include "tools/serve/desk.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/nearest.h"
#include "tools/policy_file.h"
#include "tools/request.h"
#include "tools/text.h"

namespace assent::command::serve {

namespace {

// The compiler's errors as the library tells of problems, with the place in the source for `where`.
Failure failure_of(const CompileResult& result) {
  Failure failure{Code::problems, {}, "{\"problems\":["};
  for (const Diagnostic& each : result.diagnostics) {
    if (each.severity != Severity::error) continue;
    const Place& place = each.primary.place;
    if (failure.message.empty()) failure.message = each.message;
    else failure.data += ',';
    failure.data += "{\"code\":" + quoted(each.code) + ",\"where\":" +
                    quoted(place.file + ':' + std::to_string(place.line) + ':' + std::to_string(place.column)) +
                    ",\"message\":" + quoted(each.message);
    if (!each.help.empty()) failure.data += ",\"help\":" + quoted(each.help);
    failure.data += '}';
  }
  failure.data += "]}";
  return failure;
}

Policy read_policy(const std::string& file) {
  if (file == standard_stream) throw BadInput("`-` is where requests come from: give the name of a file");
  if (file.ends_with(".assentc")) return needed(Policy::load(read_file(file)));
  const CompileResult result = compile_file(file).result;
  must_be_policy(file, result);
  if (!result.artifact) throw failure_of(result);
  return needed(Policy::load(*result.artifact));
}

std::int32_t day_of_text(const std::string& text) { return needed(date_from_text(text)); }

template <typename T>
typename Named<T>::iterator found(Named<T>& things, std::string_view what, const Params& params) {
  const std::string name = params.text(what);
  const auto found = things.find(name);
  if (found != things.end()) return found;
  std::vector<std::string> names;
  for (const auto& [each, thing] : things) names.push_back(each);
  throw failure(ErrorCode::bad_request, "there is no " + std::string(what) + " `" + shortened(printable(name), 100) +
                                            "`" + did_you_mean(name, std::move(names)));
}

}  // namespace

const Desk::Served& Desk::load(const std::string& file) {
  Policy policy = read_policy(file);
  std::string name(policy.name());
  if (!policies.contains(name) && policies.size() == max_policies)
    throw failure(ErrorCode::limit_exceeded, "there are " + std::to_string(max_policies) + " policies");
  Served served{policy, Evaluator(policy)};
  return policies.insert_or_assign(std::move(name), std::move(served)).first->second;
}

Desk::Served& Desk::policy(const Params& params) {
  if (params.has("policy")) return found(policies, "policy", params)->second;
  if (policies.size() == 1) return policies.begin()->second;
  throw failure(ErrorCode::bad_request, policies.empty() ? "there is no policy: load one"
                                                         : "there are several policies: say which, by its name");
}

Named<Session>::iterator Desk::session(const Params& params) { return found(sessions, "session", params); }
Named<Case>::iterator Desk::kase(const Params& params) { return found(cases, "case", params); }

World Desk::world_of(const Params& params) const {
  World given = world;
  if (const auto today = params.text_if("today")) given.today = day_of_text(*today);
  else if (!fixed_day) given.today = day_of_text(today_in_utc());
  if (const auto state = params.text_if("state")) given.state = state_of(*state);
  return given;
}

World Desk::world_of_case(const Params& params) const {
  World given = world;
  const std::optional<std::int64_t> now = instant_of(params.text("now"));
  if (!now) throw failure(ErrorCode::bad_request, "`now` is a moment as in 2026-03-02T09:00:00Z");
  given.now = *now;
  if (params.has("utc_offset")) {
    const std::string_view minutes = params.json("utc_offset");
    const char* end = minutes.data() + minutes.size();
    const auto read = std::from_chars(minutes.data(), end, given.utc_offset);
    if (read.ec != std::errc{} || read.ptr != end || std::abs(given.utc_offset) > max_utc_offset)
      throw failure(ErrorCode::bad_request, "`utc_offset` is a whole number of minutes, as in 60");
  }
  if (const auto today = params.text_if("today")) given.today = day_of_text(*today);
  else if (!fixed_day) given.today = day_of(given.now, given.utc_offset);
  return given;
}

}  // namespace assent::command::serve
