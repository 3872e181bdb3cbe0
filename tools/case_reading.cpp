// assent case show, inbox, list, history, verify, export.
#include <map>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "tools/case.h"
#include "tools/case_text.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

struct Looked : CaseOptions {
  std::string name, state, head;
};

std::string dumped(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"; }

Exit show(const Looked& looked) {
  Store store = open_store(looked);
  const auto kase = must(store.find(looked.name), "store");
  if (!kase) throw BadInput("assent: there is no case `" + printable(looked.name) + "`");
  print(looked.format == "json" ? to_json(*kase) + "\n" : case_text({*kase, style_of(stdout), looked.utc_offset}));
  return Exit::fine;
}

Exit inbox(const Looked& looked) {
  Store store = open_store(looked);
  const auto entries = must(store.inbox(looked.name, world_of(looked)), "store");
  if (looked.format == "json") {
    Json all = Json::array();
    for (const InboxEntry& entry : entries) {
      Json places = Json::array();
      for (const InboxEntry::Place& each : entry.places)
        places.push_back({{"step", each.step}, {"person", each.person}, {"since", instant_json(each.since)}});
      all.push_back({{"case", entry.case_id}, {"places", std::move(places)}});
    }
    print(dumped(all));
    return Exit::fine;
  }
  const Style style = style_of(stdout);
  for (const InboxEntry& entry : entries) {
    print(style.bold(printable(entry.case_id)) + "\n");
    for (const InboxEntry::Place& each : entry.places) {
      print("  " + printable(each.step) + " since " + instant_text(each.since, looked.utc_offset) +
            (each.person == looked.name ? "" : ", for " + printable(each.person)) + "\n");
    }
  }
  if (entries.empty()) print("nothing waits for " + printable(looked.name) + "\n");
  return Exit::fine;
}

Exit list(const Looked& looked) {
  Store store = open_store(looked);
  const auto all = must(store.cases(looked.state), "store");
  if (looked.format == "json") {
    Json json = Json::array();
    for (const CaseStatus& each : all) {
      Json one{{"case", each.id},
               {"state", each.state},
               {"version", each.version},
               {"policy", each.policy},
               {"policy_hash", each.policy_hash},
               {"submitter", each.submitter},
               {"changed_at", instant_json(each.changed_at)}};
      if (each.due != 0) one["due"] = instant_json(each.due);
      json.push_back(std::move(one));
    }
    print(dumped(json));
    return Exit::fine;
  }
  std::size_t widest = 0;
  for (const CaseStatus& each : all) widest = std::max(widest, cells(printable(each.id)));
  for (const CaseStatus& each : all) {
    print(padded(printable(each.id), widest) + "  " + padded(each.state, 9) + " " +
          instant_text(each.changed_at, looked.utc_offset) + "  by " + printable(each.submitter) + "\n");
  }
  return Exit::fine;
}

Exit history(const Looked& looked) {
  Store store = open_store(looked);
  const bool json = looked.format == "json";
  std::map<std::string, Case> cases;  // steps are told by their keys, which the case knows as it was then
  std::optional<std::string_view> stream;
  if (!looked.name.empty()) stream = looked.name;
  const auto read = store.history(stream, [&](const LogEntry& entry) {
    if (json) return print(entry.event + "\n");
    const Result<Event> event = event_from_json(entry.event);
    if (!event) return print(std::to_string(entry.position) + "  cannot be read\n");
    Case& kase = cases[entry.stream];
    if (!entry.stream.empty()) apply(kase, *event);
    print(padded(std::to_string(entry.position), 5) + " " + instant_text(event->at, looked.utc_offset) + "  " +
          (stream || entry.stream.empty() ? "" : printable(entry.stream) + "  ") + event_text(*event, kase) + "\n");
  });
  must(read, "store");
  return Exit::fine;
}

Exit export_log(const Looked& looked) {
  Store store = open_store(looked);
  std::optional<std::string_view> stream;
  if (!looked.name.empty()) stream = looked.name;
  must(store.history(stream, [](const LogEntry& entry) {
    const std::string rest = Json{{"hash", entry.hash}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    print("{\"position\":" + std::to_string(entry.position) + ",\"case\":" + Json(entry.stream).dump() +
          ",\"event\":" + entry.event + "," + rest.substr(1) + "\n");
  }), "store");
  return Exit::fine;
}

Exit verify(const Looked& looked) {
  Store store = open_store(looked);
  const Verification found = must(store.verify(), "store");
  bool holds_head = looked.head.empty() || looked.head == found.head, ends_there = holds_head;
  if (!ends_there) {
    must(store.history(std::nullopt,
                       [&](const LogEntry& entry) { holds_head = holds_head || entry.hash == looked.head; }),
         "store");
  }
  const bool sound = found.altered == 0 && found.what.empty() && holds_head;
  if (looked.format == "json") {
    Json json{{"sound", sound}, {"entries", found.entries}, {"head", found.head}};
    if (found.altered != 0) json["altered"] = found.altered;
    if (!found.what.empty()) json["what"] = found.what;
    if (!looked.head.empty()) json["holds_head"] = holds_head;
    print(dumped(json));
    return sound ? Exit::fine : Exit::findings;
  }
  const Style style = style_of(stdout);
  if (found.altered != 0)
    print(style.red("entry " + std::to_string(found.altered) + " is not as it was written") + ": " + found.what + "\n");
  else if (!found.what.empty())
    print(style.red("the log is sound, what is read from it is not") + ": " + found.what + "\n");
  if (!holds_head)
    print(style.red("the log does not hold the entry with that hash") + ": it was cut off, or is another one\n");
  print(std::to_string(found.entries) + (found.entries == 1 ? " entry" : " entries") + (sound ? "" : " sound") +
        ", head " + found.head + "\n");
  if (!looked.head.empty() && holds_head && !ends_there) print("the log has grown since that head\n");
  return sound ? Exit::fine : Exit::findings;
}

}  // namespace

void add_case_reading(CLI::App& app, Exit& exit) {
  const auto add = [&](const char* name, const char* what, Exit (*run)(const Looked&)) {
    auto looked = std::make_shared<Looked>();
    CLI::App* command = app.add_subcommand(name, what);
    add_case_options(*command, *looked);
    command->callback([looked, run, &exit] { exit = run(*looked); });
    return std::pair(command, looked);
  };
  auto [shown, show_options] = add("show", "where a case stands", show);
  shown->add_option("case", show_options->name, "id of the case")->required();
  auto [waiting, inbox_options] = add("inbox", "what waits for a person", inbox);
  waiting->add_option("person", inbox_options->name, "id in the directory")->required();
  auto [listed_cases, list_options] = add("list", "all cases", list);
  listed_cases->add_option("--state", list_options->state, "of this state alone")
      ->check(CLI::IsMember({"pending", "approved", "rejected", "recalled", "expired"}));
  auto [told, history_options] = add("history", "what happened, event by event", history);
  told->add_option("case", history_options->name, "id of a case (default: everything)");
  auto [checked, verify_options] = add("verify", "whether the log is as it was written", verify);
  checked->add_option("--head", verify_options->head, "hash of an entry that was written down: it must still be there");
  auto [exported, export_options] = add("export", "the log as JSON, one entry a line", export_log);
  exported->add_option("case", export_options->name, "id of a case (default: everything)");
}

}  // namespace assent::command
