// assent diff: what differs in meaning between two policies, and for which quotes. Entry: add_diff.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tools/arguments.h"
#include "tools/diff/policy_diff.h"
#include "tools/policy_file.h"
#include "tools/request.h"
#include "tools/simulate/report.h"
#include "tools/simulate/simulation.h"
#include "tools/terminal.h"
#include "tools/text.h"
#include "tools/workers.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

struct DiffRequest : WorldRequest {
  std::string before, after, format = "text";
  std::vector<std::string> quotes;
};

// ── as text ──────────────────────────────────────────────────────────────────────────────────
std::string called(const PolicyChange& change) {
  return change.name.empty() ? change.what : change.what + ' ' + printable(change.name);
}

std::string change_text(const PolicyChange& change, const Style& style) {
  using Kind = PolicyChange::Kind;
  std::string text;
  switch (change.kind) {
    case Kind::added: text = style.green("+ " + called(change)); break;
    case Kind::removed: text = style.red("- " + called(change)); break;
    case Kind::renamed:
      return style.yellow("~ " + called(change)) + " is called " + printable(change.new_name) + " now\n";
    case Kind::changed: text = style.yellow("~ " + called(change)); break;
  }
  text += '\n';
  for (const PolicyChange::Field& field : change.fields) {
    const std::string name = "    " + printable(field.name);
    if (!field.moved.empty()) {
      for (const auto& [before, after] : field.moved)
        text += name + ": " + style.red(printable(before)) + " → " + style.green(printable(after)) + "  " +
                style.dim(printable(field.after)) + '\n';
      continue;
    }
    if (change.kind == Kind::changed) text += name + '\n';
    const std::string indent = change.kind == Kind::changed ? "      " : name + ": ";
    if (!field.before.empty())
      text += indent + style.red((change.kind == Kind::changed ? "- " : "") + printable(field.before)) + '\n';
    if (!field.after.empty())
      text += indent + style.green((change.kind == Kind::changed ? "+ " : "") + printable(field.after)) + '\n';
  }
  return text;
}

std::string diff_text(const PolicyDiff& diff, const std::optional<Tally>& quotes, const Style& style) {
  std::string text;
  for (const PolicyChange& each : diff.changes) text += change_text(each, style);
  if (!diff.steps_added.empty()) text += "steps that appear: " + printable(joined(diff.steps_added, ", ")) + '\n';
  if (!diff.steps_removed.empty()) text += "steps that vanish: " + printable(joined(diff.steps_removed, ", ")) + '\n';
  return quotes ? text + changes_text(*quotes, style) : text;
}

// ── as JSON ──────────────────────────────────────────────────────────────────────────────────
Json change_json(const PolicyChange& change) {
  constexpr std::string_view kinds[] = {"added", "removed", "renamed", "changed"};
  Json json{{"kind", kinds[static_cast<std::size_t>(change.kind)]}, {"what", change.what}, {"name", change.name}};
  if (!change.new_name.empty()) json["new_name"] = change.new_name;
  json["fields"] = Json::array();
  for (const PolicyChange::Field& field : change.fields) {
    Json each{{"name", field.name}, {"before", field.before}, {"after", field.after}, {"moved", Json::array()}};
    for (const auto& [before, after] : field.moved) each["moved"].push_back(Json{{"before", before}, {"after", after}});
    json["fields"].push_back(std::move(each));
  }
  return json;
}

std::string diff_json(const PolicyDiff& diff, const std::optional<Tally>& quotes) {
  Json json{{"changes", Json::array()}, {"steps_added", diff.steps_added}, {"steps_removed", diff.steps_removed}};
  for (const PolicyChange& each : diff.changes) json["changes"].push_back(change_json(each));
  if (quotes) json["quotes"] = changes_json(*quotes);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

Exit diff_policies(const DiffRequest& request) {
  const OpenPolicy before = open_policy(request.before), after = open_policy(request.after);
  const PolicyDiff diff = policy_diff(outline(before.policy), outline(after.policy));
  std::optional<Tally> quotes;
  if (!request.quotes.empty()) {
    LineStream stream(request.quotes, Limits{}.quote_bytes);
    quotes = simulate(before.policy, after.policy, read_world(request), stream, processors());
  }
  print(request.format == "json" ? diff_json(diff, quotes) : diff_text(diff, quotes, style_of(stdout)));
  return diff.changes.empty() && (!quotes || quotes->differ == 0) ? Exit::fine : Exit::findings;
}

}  // namespace

void add_diff(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("diff", "say what differs in meaning between two policies");
  auto request = std::make_shared<DiffRequest>();
  command->add_option("OLD", request->before, "a policy: source or an artifact")->required();
  command->add_option("NEW", request->after, "another one")->required();
  command
      ->add_option("--quotes", request->quotes,
                   "decide these with both: a file for each, or .ndjson with one a line; - for such lines from stdin")
      ->one_each();
  add_world_options(*command, *request);
  command->add_option("--format", request->format, "text or json")->one_of({"text", "json"});
  command->footer("Examples:\n"
                  "  assent diff old.assent new.assent\n"
                  "  assent diff old.assentc new.assent --quotes last-year.ndjson --directory people.json\n"
                  "Ends with 1 if something differs. Layout, comments and the order of declarations mean nothing.");
  command->callback([request, &exit] { exit = diff_policies(*request); });
}

}  // namespace assent::command
