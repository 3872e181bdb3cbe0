// assent why: why a rule or a step is in the path of a quote, or what kept it out. Entry: add_why.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "assent/outline.h"
#include "tools/arguments.h"
#include "tools/decision_text.h"
#include "tools/files.h"
#include "tools/nearest.h"
#include "tools/outline_text.h"
#include "tools/path_graph.h"
#include "tools/request.h"
#include "tools/seat_text.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

struct WhyOptions {
  Request request;
  std::string name;
  std::string format = "text";
};

// A part of a path that was left out: where, and the condition that was not true.
struct Skipped {
  const RuleExplanation* rule;
  std::string_view step;
  const Condition* condition;
};

// A step that a rule could demand, but does not: the rule does not apply, or takes another band. No
// rule: it is the policy's `otherwise`, which another rule kept from being looked at.
struct Undemanded {
  const RuleExplanation* rule;
  std::string step, band;
};

// Everything that goes by one name: one name may be a rule's and an approver's.
struct Subject {
  std::vector<const RuleExplanation*> rules;
  std::vector<std::uint32_t> steps;
  std::vector<Skipped> skipped;
  std::vector<Undemanded> undemanded;  // only where there are neither steps nor skipped ones

  bool empty() const {
    return rules.empty() && steps.empty() && skipped.empty() && undemanded.empty();
  }
};

// A step of a policy: its key, and the approver that it has.
using Approvers = std::map<std::string, std::string, std::less<>>;

Approvers approvers_of(const Outline& outline) {
  Approvers approvers;
  std::vector<const PathOutline*> steps;
  const auto add = [&](const ConsequenceOutline& each) {
    if (each.kind == ConsequenceOutline::Kind::requires_path) steps_of(each.path, steps);
  };
  for (const RuleOutline& rule : outline.rules) {
    std::for_each(rule.consequences.begin(), rule.consequences.end(), add);
  }
  std::for_each(outline.otherwise.begin(), outline.otherwise.end(), add);
  for (const PathOutline* step : steps) approvers.emplace(step->step, step->approver);
  return approvers;
}

void find_undemanded(const Outline& outline, const Explanation& explanation, std::string_view name,
                     Subject& subject) {
  const auto find_in = [&](const ConsequenceOutline& consequence, const RuleExplanation* rule) {
    std::vector<const PathOutline*> steps;
    steps_of(consequence.path, steps);
    for (const PathOutline* step : steps) {
      if (step->step != name && step->approver != name) continue;
      subject.undemanded.push_back({rule, step->step, consequence.band});
    }
  };
  const std::size_t count = std::min(outline.rules.size(), explanation.rules.size());
  for (std::size_t i = 0; i < count; ++i) {
    for (const ConsequenceOutline& each : outline.rules[i].consequences) {
      if (each.kind != ConsequenceOutline::Kind::requires_path) continue;
      find_in(each, &explanation.rules[i]);
    }
  }
  for (const ConsequenceOutline& each : outline.otherwise) {
    if (each.kind == ConsequenceOutline::Kind::requires_path) find_in(each, nullptr);
  }
}

Subject find(const Decision& decision, const Explanation& explanation, const Outline& outline,
             const Approvers& approvers, std::string_view name) {
  Subject subject;
  const auto calls = [&](const std::string& key) {
    const auto found = approvers.find(key);
    return key == name || (found != approvers.end() && found->second == name);
  };
  for (const RuleExplanation& rule : explanation.rules) {
    if (rule.name == name) subject.rules.push_back(&rule);
    for (const auto& [step, condition] : rule.skipped) {
      if (calls(step)) subject.skipped.push_back({&rule, step, &condition});
    }
  }
  for (std::uint32_t i = 0; i < decision.steps.size(); ++i) {
    const Step& step = decision.steps[i];
    if (step.key == name || step.approver == name) subject.steps.push_back(i);
  }
  if (subject.steps.empty() && subject.skipped.empty()) {
    find_undemanded(outline, explanation, name, subject);
  }
  return subject;
}

std::vector<std::string> known_names(const Outline& outline, const Approvers& approvers) {
  std::vector<std::string> names;
  for (const RuleOutline& rule : outline.rules) names.push_back(rule.name);
  for (const auto& [key, approver] : approvers) {
    names.push_back(key);
    names.push_back(approver);
  }
  return names;
}

// `desk.assent:17  rule steep_discount {`
std::string source_text(const Reading& r, const Location& at) {
  const std::string line = r.places.excerpt(at);
  return "  " + r.style.dim(r.places.line(at)) + (line.empty() ? "" : "  " + line) + '\n';
}

std::vector<std::string> demanded_by(const Reading& r, std::string_view rule) {
  std::vector<std::string> names;
  for (const Step& step : r.decision.steps) {
    const auto is_it = [&](std::uint32_t each) { return r.decision.rules[each].name == rule; };
    if (std::any_of(step.because.begin(), step.because.end(), is_it)) {
      names.push_back(printable(step.approver));
    }
  }
  return names;
}

std::string verdict(const Reading& r, const RuleExplanation& rule) {
  switch (rule.status) {
    case RuleStatus::not_applicable: return r.style.yellow("does not apply");
    case RuleStatus::pending:
      return r.style.green("applies") + ", and asks " + listed(demanded_by(r, rule.name));
    case RuleStatus::satisfied: return r.style.green("applies") + ", and asks nobody";
    case RuleStatus::rejected: return r.style.red("applies, and denies");
    case RuleStatus::overridden: return r.style.yellow("is overridden");
    case RuleStatus::error: return r.style.red("could not be evaluated");
  }
  return {};
}

std::string rule_answer(const Reading& r, const RuleExplanation& rule) {
  std::string text = "rule " + r.style.bold(printable(rule.name)) + ' ' + verdict(r, rule) + '\n';
  text += source_text(r, rule.location);
  if (!rule.band.empty()) text += "    band: " + printable(rule.band) + '\n';
  text += conditions_text(r, rule);
  for (const Trouble& trouble : r.decision.troubles) {
    if (trouble.rule != rule.name) continue;
    text += "    " + r.style.red("! " + printable(trouble.message)) + '\n';
    text += cure_text(trouble, 6);
  }
  return text;
}

std::string step_answer(const Reading& r, std::uint32_t id) {
  const Step& step = r.decision.steps[id];
  const bool asked = r.decision.outcome == Outcome::needs_approval;
  std::string text = "step " + r.style.bold(printable(step.key)) + " is in the path";
  if (!asked) text += ", but the quote is " + outcome_in_words(r.decision.outcome, r.style);
  text += '\n' + source_text(r, step.location);
  text += "  asks       " + seats_in_words(step, Names(r.decision)) + '\n';
  text += "  because    " + because_text(r.decision, step) + '\n';
  const std::vector<std::string> names = step_names(r.decision);
  std::vector<std::string> after;
  for (const std::uint32_t before : step.after) after.push_back(printable(names[before]));
  text += "  waits for  " + (after.empty() ? "nobody" : listed(after)) + '\n';
  for (const Trouble& trouble : r.decision.troubles) {
    if (trouble.step != step.key) continue;
    text += "  " + r.style.red("! " + printable(trouble.message)) + '\n';
    text += cure_text(trouble, 4);
  }
  for (const RuleExplanation& rule : r.explanation.rules) {
    const auto is_it = [&](std::uint32_t each) { return r.decision.rules[each].name == rule.name; };
    if (std::any_of(step.because.begin(), step.because.end(), is_it)) text += rule_text(r, rule);
  }
  return text;
}

std::string skipped_answer(const Reading& r, const Skipped& skipped) {
  std::string text = "step " + r.style.bold(printable(skipped.step)) + " is left out";
  text += ": rule " + printable(skipped.rule->name) + " applies, but not this part of its path\n";
  text += source_text(r, skipped.rule->location);
  return text + "    " + condition_text(*skipped.condition, r.style) + '\n';
}

std::string undemanded_answer(const Reading& r, const Undemanded& undemanded) {
  std::string text = "step " + r.style.bold(printable(undemanded.step)) + " is not in the path: ";
  if (undemanded.rule == nullptr) return text + "`otherwise` counts where no rule says anything\n";
  const RuleExplanation& rule = *undemanded.rule;
  const std::string name = printable(rule.name);
  if (rule.status == RuleStatus::not_applicable) text += "rule " + name + " does not apply\n";
  else if (rule.band.empty()) text += "rule " + name + " does not demand it\n";
  else text += "it belongs to `" + printable(undemanded.band) + "`, and " + name + " takes `" +
               printable(rule.band) + "`\n";
  return text + source_text(r, rule.location) + conditions_text(r, rule);
}

std::string answer(const Reading& r, const Subject& subject) {
  std::vector<std::string> parts;
  for (const RuleExplanation* rule : subject.rules) parts.push_back(rule_answer(r, *rule));
  for (const std::uint32_t step : subject.steps) parts.push_back(step_answer(r, step));
  for (const Skipped& skipped : subject.skipped) parts.push_back(skipped_answer(r, skipped));
  for (const Undemanded& each : subject.undemanded) parts.push_back(undemanded_answer(r, each));
  return joined(parts, "\n");
}

// The parts of the decision's own JSON that are about the subject, in the same form.
std::string answer_json(const Reading& r, const Subject& subject, const std::string& name) {
  const Json whole = Json::parse(to_json(r.decision, r.explanation));
  const auto index = [&](const RuleExplanation* rule) { return rule - &r.explanation.rules[0]; };
  Json rules = Json::array(), steps = Json::array();
  Json skipped = Json::array(), undemanded = Json::array();
  for (const RuleExplanation* rule : subject.rules) rules.push_back(whole["why"][index(rule)]);
  for (const std::uint32_t step : subject.steps) steps.push_back(whole["path"][step]);
  for (const Skipped& each : subject.skipped) {
    const Json& rule = whole["why"][index(each.rule)];
    for (Json part : rule["skipped"]) {
      if (part["step"] != each.step) continue;
      part["rule"] = rule["rule"];
      skipped.push_back(std::move(part));
    }
  }
  for (const Undemanded& each : subject.undemanded) {
    Json part{{"step", each.step}};
    if (each.rule != nullptr) part["why"] = whole["why"][index(each.rule)];
    undemanded.push_back(std::move(part));
  }
  const Json json{{"name", name},
                  {"outcome", whole["outcome"]},
                  {"rules", std::move(rules)},
                  {"steps", std::move(steps)},
                  {"skipped", std::move(skipped)},
                  {"undemanded", std::move(undemanded)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

Exit why(const WhyOptions& options) {
  Decided decided = decide_request(options.request);
  const Explanation explanation = decided.evaluator.explain();
  const Outline whole = outline(decided.policy.policy);
  const Approvers approvers = approvers_of(whole);
  const Subject subject = find(*decided.decision, explanation, whole, approvers, options.name);
  if (subject.empty()) {
    throw BadInput("the policy has no rule and no step `" + printable(options.name) + '`' +
                   did_you_mean(options.name, known_names(whole, approvers)));
  }
  const Style style = style_of(stdout);
  const Reading reading{*decided.decision, explanation, decided.policy.places, style,
                        decided.asked};
  print(options.format == "json" ? answer_json(reading, subject, options.name)
                                 : answer(reading, subject));
  return Exit::fine;
}

}  // namespace

void add_why(Arguments& app, Exit& exit) {
  Arguments* command =
      app.add_subcommand("why", "say why a rule or a step is in the path, or is not");
  auto options = std::make_shared<WhyOptions>();
  add_request_options(*command, options->request);
  command->add_option("NAME", options->name, "a rule, an approver, or the key of a step")
      ->required();
  command->add_option("--format", options->format, "text or json")
      ->one_of({"text", "json"});
  command->footer("Examples:\n"
                  "  assent why desk.assent quote.json steep_discount --directory people.json\n"
                  "  assent why desk.assent quote.json deal_desk\n"
                  "  assent why desk.assent quote.json deal_size/rep_manager --format json");
  command->callback([options, &exit] { exit = why(*options); });
}

}  // namespace assent::command
