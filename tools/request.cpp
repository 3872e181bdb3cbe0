// See request.h.
#include "tools/request.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/nearest.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr State states[] = {State::draft,    State::pending,  State::approved,
                            State::rejected, State::recalled, State::expired};

// Digits first: a number, or something that the quote's reader will say more about.
bool may_be_json(std::string_view value) {
  if (nlohmann::json::accept(value)) return true;
  if (value.empty()) return false;
  if (value[0] == '"' || value[0] == '{' || value[0] == '[') return true;
  return value.find_first_not_of("0123456789+-.eE") == std::string_view::npos &&
         std::count(value.begin(), value.end(), '-') < 2;  // 2026-01-31 is a text
}

void check_inputs(const Request& request) {
  const std::string* inputs[] = {&request.policy, &request.quote, &request.directory,
                                 &request.rates};
  const auto is_stdin = [](const std::string* input) { return *input == standard_stream; };
  if (std::count_if(std::begin(inputs), std::end(inputs), is_stdin) > 1) {
    throw BadInput("only one input can be `-`, the standard input");
  }
}

}  // namespace

std::string WorldRequest::day() const { return today.empty() ? today_in_utc() : today; }

void add_world_options(Arguments& app, WorldRequest& request) {
  app.add_option("--directory", request.directory, "people, roles and managers: a JSON file");
  app.add_option("--rates", request.rates, "what currencies are worth: a JSON file");
  app.add_option("--today", request.today, "decide as of this day, 2026-01-31 (default: now, UTC)");
  app.add_option("--state", request.state, "draft, pending, approved, rejected, recalled, expired");
}

World read_world(const WorldRequest& request) {
  World world;
  const Result<std::int32_t> day = date_from_text(request.day());
  if (!day) throw BadInput("--today: " + printable(day.problems()[0].message));
  world.today = *day;
  world.state = state_of(request.state);
  if (!request.directory.empty()) world.directory = read_directory(request.directory);
  if (!request.rates.empty()) world.rates = read_rates(request.rates);
  return world;
}

void add_request_options(Arguments& app, Request& request, bool quote_required) {
  app.add_option("POLICY", request.policy, "the policy: .assent source or a .assentc artifact")
      ->required();
  app.add_option("QUOTE", request.quote, "the quote: a JSON file, or - for the standard input")
      ->required(quote_required);
  add_world_options(app, request);
  app.add_option("--set", request.sets, "change a field first: lines[0].discount=20 (repeatable)")
      ->one_each();
}

Directory read_directory(const std::string& file) {
  const Result<Directory> directory = Directory::from_json(read_file(file));
  if (!directory) throw BadInput(problems_text(file, directory.problems()));
  return *directory;
}

Rates read_rates(const std::string& file) {
  const Result<Rates> rates = Rates::from_json(read_file(file));
  if (!rates) throw BadInput(problems_text(file, rates.problems()));
  return *rates;
}

State state_of(const std::string& word) {
  std::vector<std::string> names;
  for (const State state : states) {
    if (text(state) == word) return state;
    names.emplace_back(text(state));
  }
  throw BadInput("there is no state `" + printable(word) + "`" + did_you_mean(word, names) +
                 "; the states are " + listed(names));
}

std::string today_in_utc() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day day(now);
  const auto two_digits = [](unsigned number) {
    return (number < 10 ? "-0" : "-") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(day.year())) +
         two_digits(static_cast<unsigned>(day.month())) +
         two_digits(static_cast<unsigned>(day.day()));
}

OwnedEdit edit_of(const std::string& set) {
  const std::size_t equals = set.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw BadInput("--set " + printable(set) + ": give a field and its value, as in "
                   "`lines[0].discount=20`");
  }
  std::string value = set.substr(equals + 1);
  if (!may_be_json(value)) {
    using Json = nlohmann::json;
    value = Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return {set.substr(0, equals), std::move(value)};
}

Asked read_all_but_quote(const Request& request) {
  check_inputs(request);
  const std::string when = "as of " + request.day() + ", state " + request.state;
  OpenPolicy policy = open_policy(request.policy);
  World world = read_world(request);
  std::vector<OwnedEdit> sets;
  for (const std::string& set : request.sets) sets.push_back(edit_of(set));
  return {std::move(policy), std::move(world), {}, when, std::move(sets)};
}

Asked read_request(const Request& request) {
  Asked asked = read_all_but_quote(request);
  asked.quote = read_file(request.quote, Limits{}.quote_bytes);
  return asked;
}

Decided decide_request(const Request& request) {
  Asked asked = read_request(request);
  Evaluator evaluator(asked.policy.policy);
  const Result<const Decision*> decision = evaluator.decide(asked.quote, asked.world, asked.edits());
  if (!decision) throw BadInput(problems_text(request.quote, decision.problems()));
  return {std::move(asked.policy), std::move(evaluator), *decision, std::move(asked.when)};
}

}  // namespace assent::command
