// See json.h.
#include "tools/case/json.h"

#include <nlohmann/json.hpp>

#include "tools/instant.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n'; }

std::string as_text(std::string_view text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); }

Json refusal_json(const Refusal& refusal, std::string_view cure) {
  Json json{{"code", text(refusal.code)}, {"message", refusal.message}};
  if (!cure.empty()) json["help"] = cure;
  return json;
}

}  // namespace

std::string answer_json(const CaseAnswer& answer) {
  const Response& response = answer.response;
  Json json;
  if (!answer.case_id.empty()) json["case"] = answer.case_id;
  json["command"] = answer.command;
  if (!answer.state.empty()) json["state"] = answer.state;
  json["version"] = response.version;
  json["repeated"] = response.repeated;
  json["refusal"] = response.refusal ? refusal_json(*response.refusal, answer.cure) : Json();
  json["events"] = Json::array();
  for (const Event& event : response.events) json["events"].push_back(Json::parse(to_json(event)));
  json["effects"] = Json::array();
  for (const Effect& effect : response.effects) json["effects"].push_back(Json::parse(to_json(effect)));
  return written(json);
}

std::string inbox_json(std::span<const InboxEntry> entries) {
  Json all = Json::array();
  for (const InboxEntry& entry : entries) {
    Json places = Json::array();
    for (const InboxEntry::Place& each : entry.places) {
      places.push_back({{"step", each.step}, {"person", each.person}, {"since", instant_json(each.since)}});
    }
    all.push_back({{"case", entry.case_id}, {"places", std::move(places)}});
  }
  return written(all);
}

std::string list_json(std::span<const CaseStatus> cases) {
  Json all = Json::array();
  for (const CaseStatus& each : cases) {
    all.push_back({{"case", each.id},
                   {"state", each.state},
                   {"version", each.version},
                   {"policy", each.policy},
                   {"policy_hash", each.policy_hash},
                   {"submitter", each.submitter},
                   {"owner", each.owner},
                   {"changed_at", instant_json(each.changed_at)},
                   {"due", each.due == 0 ? Json() : Json(instant_json(each.due))}});
  }
  return written(all);
}

std::string tick_json(std::string_view command, std::span<const std::string> cases) {
  return written({{"command", command}, {"cases", std::vector<std::string>(cases.begin(), cases.end())}});
}

std::string migration_json(std::string_view command, bool dry_run, std::span<const Migration> cases) {
  Json all = Json::array();
  bool refused = false;
  for (const Migration& each : cases) {
    refused = refused || each.refusal.has_value();
    all.push_back({{"case", each.case_id},
                   {"refusal", each.refusal ? refusal_json(*each.refusal, {}) : Json()},
                   {"weaker", each.weaker},
                   {"changes", each.changes}});
  }
  return written(
      {{"command", command}, {"dry_run", dry_run}, {"moved", !dry_run && !refused}, {"cases", std::move(all)}});
}

std::string verification_json(const Verification& found, const WrittenHead& head) {
  Json json{{"entries", found.entries},
            {"head", found.head},
            {"altered", found.altered == 0 ? Json() : Json(found.altered)},
            {"what", found.what}};
  if (!head.hash.empty()) json["head_at"] = head.position == 0 ? Json() : Json(head.position);
  return written(json);
}

std::string log_line(const LogEntry& entry) {
  return "{\"position\":" + std::to_string(entry.position) + ",\"case\":" + as_text(entry.stream) +
         ",\"hash\":" + as_text(entry.hash) + ",\"event\":" + entry.event + "}\n";
}

}  // namespace assent::command
