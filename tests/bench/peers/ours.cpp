// What run.mjs asks of this project: the same quotes decided by Assent, and by hand.
//
//   assent_peer assent POLICY DIRECTORY QUOTES [--answers]
//   assent_peer by-hand RULES QUOTES [--answers]
//   assent_peer --version
//
// A policy is text in Assent, quotes are JSON, one a line, rules are a JSON array of objects with `above`, `region`
// and `at_least`. Prints one line of JSON: what loading took, what a quote takes, and, if asked, the approvers of each.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "assent/policy.h"
#include "tests/bench/floor.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

using Texts = std::vector<std::string>;
using Approvers = std::vector<std::string_view>;

constexpr double warm_up = 0.5, at_least = 1;  // seconds
constexpr std::size_t fewest_passes = 5;

std::string text_of(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) give_up("cannot read " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

Texts lines_of(const std::string& name) {
  std::istringstream text(text_of(name));
  Texts lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::vector<Threshold> rules_of(const std::string& text) {
  simdjson::dom::parser parser;
  std::vector<Threshold> rules;
  for (const simdjson::dom::element rule : parser.parse(text).get_array()) {
    rules.push_back({rule["above"].get_int64(), rule["at_least"].get_int64(), std::string(rule["region"])});
  }
  return rules;
}

std::string as_json(const Approvers& approvers) {  // their names are names in a policy: nothing to escape
  std::string text;
  for (const std::string_view approver : approvers) (text += text.empty() ? "\"" : ",\"").append(approver) += '"';
  return "[" + text + "]";
}

// `load` gives the decision procedure; that fills in the approvers of a quote.
template <typename Load>
void run(std::size_t quotes, bool answers, Load&& load) {
  const double start = processor_seconds();
  auto decide = load();
  const double loading = processor_seconds() - start;

  Approvers approvers;
  std::string answered;
  for (std::size_t i = 0; answers && i < quotes; ++i) {
    decide(i, approvers);
    answered += (i > 0 ? "," : "") + as_json(approvers);
  }
  const auto pass = [&] {
    for (std::size_t i = 0; i < quotes; ++i) decide(i, approvers);
  };
  for (double spent = 0; spent < warm_up;) spent += seconds(pass);
  std::vector<double> passes;
  for (double spent = 0; spent < at_least || passes.size() < fewest_passes;) {
    spent += passes.emplace_back(seconds(pass));
  }
  const double us = median(passes) * 1e6 / static_cast<double>(quotes);
  std::printf("{\"load_ms\":%.3f,\"us\":%.4f,\"passes\":%zu", loading * 1e3, us, passes.size());
  if (answers) std::printf(",\"answers\":[%s]", answered.c_str());
  std::printf("}\n");
}

void by_assent(const std::string& policy_file, const std::string& directory_file, const std::string& quotes_file,
               bool answers) {
  const std::string policy = text_of(policy_file), people = text_of(directory_file);
  const Texts quotes = lines_of(quotes_file);
  std::optional<Desk> desk;
  run(quotes.size(), answers, [&] {
    desk.emplace(compiled(policy), 0);
    const Result<Directory> directory = Directory::from_json(people);
    if (!directory) give_up(directory.problems()[0].message);
    desk->world.directory = *directory;
    return [&](std::size_t quote, Approvers& approvers) {
      const Decision& decision = desk->decide(quotes[quote]);
      if (decision.outcome == Outcome::blocked) give_up("blocked: " + decision.troubles[0].message);
      approvers.clear();
      for (const Step& step : decision.steps) approvers.push_back(step.approver);
    };
  });
}

void by_hand(const std::string& rules_file, const std::string& quotes_file, bool answers) {
  const std::string rules = text_of(rules_file);
  const std::vector<simdjson::padded_string> quotes = padded(lines_of(quotes_file));
  std::optional<Floor> floor;
  run(quotes.size(), answers, [&] {
    floor.emplace(rules_of(rules));
    return [&](std::size_t quote, Approvers& approvers) { floor->decide(quotes[quote], approvers); };
  });
}

int main_of(Texts arguments) {
  const bool answers = std::erase(arguments, "--answers") > 0;
  const auto are = [&](std::string_view how, std::size_t files) {
    return arguments.size() == 1 + files && arguments[0] == how;
  };
  if (are("assent", 3)) {
    by_assent(arguments[1], arguments[2], arguments[3], answers);
  } else if (are("by-hand", 2)) {
    by_hand(arguments[1], arguments[2], answers);
  } else if (are("--version", 0)) {
    std::puts(ASSENT_VERSION);
  } else {
    std::fputs("usage: assent_peer assent POLICY DIRECTORY QUOTES | by-hand RULES QUOTES [--answers]\n", stderr);
    return 2;
  }
  return 0;
}

}  // namespace

}  // namespace assent::bench

int main(int count, char** arguments) { return assent::bench::main_of({arguments + 1, arguments + count}); }
