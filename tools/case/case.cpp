// assent case: quotes that are submitted, decided by people, and kept in a store. Entry: add_case; see case.h.
#include "tools/case/case.h"

#include <chrono>
#include <cstdlib>
#include <random>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/answer.h"
#include "tools/instant.h"
#include "tools/nearest.h"
#include "tools/policy_file.h"
#include "tools/request.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr const char* shared = "Shared options";

std::int64_t now_by_the_clock() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::int64_t moment_of(const CaseRequest& request) {
  if (request.at.empty()) return now_by_the_clock();
  const std::optional<std::int64_t> at = instant_of(request.at);
  if (!at) {
    throw BadInput("--at: `" + printable(request.at) + "` is no moment; give it as in 2026-03-02T09:00:00Z");
  }
  return *at;
}

// The key of the step that is meant, where that is sure; else the word itself, which the case will refuse.
std::string_view step_key(const Case& kase, std::string_view word) {
  std::string_view key = word;
  std::size_t meant = 0;
  for (const CaseStep& step : kase.steps) {
    if (step.key == word) return word;
    if (step.approver != word) continue;
    key = step.key;
    ++meant;
  }
  return meant == 1 ? key : word;
}

}  // namespace

void add_store_options(Arguments& command, CaseRequest& request) {
  command
      .add_option("--store", request.store,
                  "where cases are kept: a file, or postgresql://HOST/NAME (default: $ASSENT_STORE, else cases.db)")
      ->group(shared);
  command.add_option("--directory", request.directory, "people, roles and managers: a JSON file, or -")->group(shared);
  command.add_option("--rates", request.rates, "what currencies are worth: a JSON file, or -")->group(shared);
  command.add_option("--at", request.at, "the moment, 2026-03-02T09:00:00Z (default: now)")->group(shared);
  command.add_option("--utc-offset", request.utc_offset, "minutes that local time is ahead of UTC (default: 0)")
      ->between(-max_utc_offset, max_utc_offset)
      ->group(shared);
}

void add_shared_options(Arguments& command, CaseRequest& request) {
  add_store_options(command, request);
  command.add_option("--format", request.format, "text or json")
      ->one_of({"text", "json"})
      ->group(shared);
}

void add_actor_options(Arguments& command, CaseRequest& request) {
  add_shared_options(command, request);
  command.add_option("--as", request.actor, "who gives the command: a person of the directory")->required();
  command.add_option("--id", request.id, "of the command: the same id is carried out once (default: by chance)");
}

void add_case_options(Arguments& command, CaseRequest& request) {
  command.add_option("CASE", request.case_id, "the case")->required();
  add_actor_options(command, request);
  add_expected_version(command, request);
}

void add_expected_version(Arguments& command, CaseRequest& request) {
  command.add_option("--expect-version", request.expected_version, "refuse if the case has moved on from this version")
      ->not_negative();
}

std::string variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

std::string store_url(const CaseRequest& request) {
  if (!request.store.empty()) return request.store;
  const std::string usual = variable("ASSENT_STORE");
  return usual.empty() ? default_store : usual;
}

Store open_store(const CaseRequest& request, bool make) {
  const std::string url = store_url(request);
  Result<Store> store = Store::open(url, make);
  if (store) return *std::move(store);
  throw BadInput(problems_text("the store", store.problems()) + "; --store names another");
}

void store_failed(const Problems& problems) {
  const bool busy = problems[0].code == ErrorCode::store_busy;
  throw BadInput(problems_text("the store", problems) + (busy ? "; try again" : ""));
}

World world_of(const CaseRequest& request) {
  if (request.directory == "-" && request.rates == "-") throw BadInput("only one input can be `-`, the standard input");
  World world;
  world.now = moment_of(request);
  world.utc_offset = request.utc_offset;
  world.today = day_of(world.now, request.utc_offset);
  if (!request.directory.empty()) world.directory = read_directory(request.directory);
  if (!request.rates.empty()) world.rates = read_rates(request.rates);
  return world;
}

std::string id_of(const CaseRequest& request) {
  if (!request.id.empty()) return request.id;
  std::random_device chance;
  std::string id;
  for (int i = 0; i < 4; ++i) {
    std::uint32_t word = chance();
    for (int digit = 0; digit < 8; ++digit, word >>= 4) id += "0123456789abcdef"[word & 15u];
  }
  return id;
}

Case case_named(Store& store, const std::string& id) {
  std::optional<Case> found = must(store.find(id));
  if (found) return *std::move(found);
  std::vector<std::string> names;
  for (const CaseStatus& each : must(store.cases({}))) names.push_back(each.id);
  throw BadInput("there is no case `" + printable(id) + '`' + printable(did_you_mean(id, std::move(names))) +
                 "; `assent case list` shows them");
}

Exit perform(const CaseRequest& request, const std::function<What(std::string_view step)>& made) {
  const World world = world_of(request);
  Store store = open_store(request);
  const Case before = case_named(store, request.case_id);
  const std::string id = id_of(request);
  const Command command{id, request.actor, request.expected_version, made(step_key(before, request.step))};
  const Response response = must(store.perform(request.case_id, command, world));
  return tell(store, request, id, response, false);
}

void add_case(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("case", "submit quotes, answer them, and see where they stand");
  command->require_subcommand();
  add_case_submit(*command, exit);
  add_case_vote(*command, exit);
  add_case_people(*command, exit);
  add_case_words(*command, exit);
  add_case_show(*command, exit);
  add_case_inbox(*command, exit);
  add_case_desk(*command, exit);
  add_case_tick(*command, exit);
  add_case_migrate(*command, exit);
  add_case_log(*command, exit);
  command->footer("Examples:\n"
                  "  assent case submit Q-710 desk.assent quote.json --as rep --directory people.json\n"
                  "  assent case inbox boss --directory people.json\n"
                  "  assent case approve Q-710 --as boss --directory people.json\n"
                  "  assent case show Q-710\n"
                  "`assent case COMMAND --help` tells more.\n"
                  "Exit codes: 0 done, 1 refused or altered, 2 usage, input, or a store that failed.");
}

}  // namespace assent::command
