// assent case: cases in a store. Entry: add_case.
#include "tools/case.h"

#include <cstdlib>
#include <random>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "tools/case_text.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/policy_file.h"
#include "tools/request.h"
#include "tools/text.h"

namespace assent::command {

void complain(const std::string& what, const Problems& problems) {
  throw BadInput("assent: " + problems_text(what, problems));
}

void add_case_options(CLI::App& command, CaseOptions& options) {
  command.add_option("--store", options.store,
                     "file, sqlite:FILE or postgresql://… (default: $ASSENT_STORE, else cases.db)");
  command.add_option("--directory", options.directory, "people, as JSON");
  command.add_option("--rates", options.rates, "what currencies are worth, as JSON");
  command.add_option("--at", options.at, "the moment, as 2026-03-02T09:00:00Z (default: now)");
  command.add_option("--utc-offset", options.utc_offset, "minutes that local time is ahead of UTC")
      ->check(CLI::Range(-max_utc_offset, max_utc_offset));
  command.add_option("--format", options.format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

void add_actor(CLI::App& command, CaseOptions& options) {
  command.add_option("--as", options.actor, "who acts: an id of the directory")->required();
  command.add_option("--id", options.id, "of the command: the same one again does nothing twice");
  command.add_option("--expect-version", options.expected_version, "refuse if the case has moved on")
      ->check(CLI::NonNegativeNumber);
}

Store open_store(const CaseOptions& options, bool make) {
  std::string url = options.store;
  const char* usual = std::getenv("ASSENT_STORE");
  if (url.empty()) url = usual != nullptr && *usual != '\0' ? usual : "cases.db";
  return must(Store::open(url, make), "store");
}

std::int64_t moment_of(const CaseOptions& options) {
  if (options.at.empty()) return now();
  const auto at = instant_of(options.at);
  if (!at) throw BadInput("assent: `" + printable(options.at) + "` is no moment, as 2026-03-02T09:00:00Z is");
  return *at;
}

World world_of(const CaseOptions& options) {
  World world;
  world.now = moment_of(options);
  world.utc_offset = options.utc_offset;
  world.today = day_of(world.now, options.utc_offset);
  if (!options.directory.empty()) world.directory = read_directory(options.directory);
  if (!options.rates.empty()) world.rates = read_rates(options.rates);
  return world;
}

std::string id_of(const CaseOptions& options) {
  if (!options.id.empty()) return options.id;
  std::random_device chance;
  std::string id;
  for (int i = 0; i < 4; ++i) {
    std::uint32_t word = chance();
    for (int k = 0; k < 8; ++k, word >>= 4) id += "0123456789abcdef"[word & 15];
  }
  return id;
}

Command command_of(const CaseOptions& options, const std::string& id, decltype(Command::what) what) {
  Command command{id, options.actor, std::nullopt, std::move(what)};
  if (options.expected_version >= 0) command.expected_version = static_cast<std::uint64_t>(options.expected_version);
  return command;
}

namespace {

std::string json_text(std::string_view text) {
  return nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_of(const std::string& case_id, const Response& response) {
  std::string out = "{\"case\":" + json_text(case_id) + ",\"version\":" + std::to_string(response.version);
  if (response.repeated) out += ",\"repeated\":true";
  if (response.refusal) {
    out += ",\"refused\":" + json_text(text(response.refusal->code)) +
           ",\"message\":" + json_text(response.refusal->message);
  }
  out += ",\"events\":[";
  for (const Event& event : response.events) out += (&event == response.events.data() ? "" : ",") + to_json(event);
  out += "],\"effects\":[";
  for (const Effect& effect : response.effects)
    out += (&effect == response.effects.data() ? "" : ",") + to_json(effect);
  return out + "]}\n";
}

}  // namespace

Exit tell(const CaseOptions& options, const std::string& case_id, const Response& response, Store& store) {
  const Exit exit = response.refusal ? Exit::findings : Exit::fine;
  if (options.format == "json") {
    print(json_of(case_id, response));
    return exit;
  }
  const Style style = style_of(stdout);
  if (response.refusal) {
    print(style.red("refused") + " (" + std::string(text(response.refusal->code)) +
          "): " + printable(response.refusal->message) + "\n");
    return exit;
  }
  if (response.repeated) print(style.dim("this command was carried out before") + "\n");
  if (!case_id.empty()) {
    const auto kase = must(store.find(case_id), "store");
    if (kase) print(case_text({*kase, style, options.utc_offset}));
  } else {
    for (const Event& event : response.events) {
      if (std::holds_alternative<Delegated>(event.what) || std::holds_alternative<Replaced>(event.what))
        print(event_text(event, {}) + "\n");
    }
  }
  for (const Effect& effect : response.effects) {
    print(style.dim("→ " + printable(effect.to) + ": " + std::string(text(effect.kind)) +
                    (effect.steps.empty() ? "" : " " + printable(joined(effect.steps, ", ")))) + "\n");
  }
  return exit;
}

void add_case(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("case", "submit quotes, decide them, and see where they stand");
  command->require_subcommand(1);
  add_case_votes(*command, exit);
  add_case_people(*command, exit);
  add_case_reading(*command, exit);
  command->footer("Examples:\n"
                  "  assent case submit Q-710 desk.assent quote.json --as rep --directory people.json\n"
                  "  assent case inbox boss --directory people.json\n"
                  "  assent case approve Q-710 --as boss --directory people.json\n"
                  "  assent case show Q-710\n"
                  "Ends with 0 if it was done, 1 if it was refused, 2 for wrong usage or input.");
}

}  // namespace assent::command
