// See decision_text.h.
#include "tools/decision_text.h"

#include <algorithm>

#include "tools/path_tree.h"
#include "tools/seat_text.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::uint32_t no_row = 0xffff'ffffu;
constexpr std::uint32_t no_rule = 0xffff'ffffu;
constexpr std::size_t max_rows_shown = 12;  // of a quote with thousands of lines
constexpr std::size_t hash_digits_shown = 12;

std::string section(const Style& style, std::string_view title) {
  return '\n' + style.bold(title) + '\n';
}

std::string headline(const Reading& r) {
  const Decision& d = r.decision;
  std::string text = outcome_in_words(d.outcome, r.style);
  switch (d.outcome) {
    case Outcome::auto_approved:
      if (!d.otherwise.empty()) text += ": " + printable(d.otherwise);
      break;
    case Outcome::needs_approval:
      text += ": " + counted(d.steps.size(), "step") + ", ";
      text += people_asked(d) == 1 ? "1 person" : std::to_string(people_asked(d)) + " people";
      break;
    case Outcome::denied: text += ": no approval can help"; break;
    case Outcome::blocked: text += ": nothing can be concluded until this is mended"; break;
  }
  const std::string hash(d.policy_hash.substr(0, hash_digits_shown));
  text += '\n' + r.style.dim("policy " + printable(d.policy) + ' ' + hash + ", " + r.asked);
  return text + '\n';
}

std::string troubles(const Reading& r) {
  if (r.decision.troubles.empty()) return {};
  std::string text = section(r.style, "Blocked because");
  for (const Trouble& trouble : r.decision.troubles) {
    text += "  " + r.style.red("! " + printable(trouble.message));
    if (!trouble.rule.empty()) text += "  in rule " + printable(trouble.rule);
    if (!trouble.step.empty()) text += "  in step " + printable(trouble.step);
    text += "  " + r.style.dim(r.places.line(trouble.location)) + '\n';
    text += cure_text(trouble, 4);
  }
  return text;
}

std::string messages(const Reading& r, std::span<const Message> all, std::string_view title,
                     const std::string& mark) {
  if (all.empty()) return {};
  std::string text = section(r.style, title);
  for (const Message& message : all) {
    text += "  " + mark + ' ' + printable(message.text) + "  ";
    if (message.rule != no_rule) text += "rule " + printable(r.decision.rules[message.rule].name);
    else text += "otherwise";
    text += "  " + r.style.dim(r.places.line(message.location)) + '\n';
  }
  return text;
}

std::vector<std::string> step_lines(const Reading& r, const Names& people, const std::string& name,
                                    const Step& step, std::size_t width) {
  std::string head = r.style.bold(printable(name));
  if (!step.title.empty()) head += " · " + printable(step.title);
  std::vector<std::string> lines{head};
  const auto add = [&](const std::string& words, auto paint) {
    for (const std::string& line : wrap(words, std::max<std::size_t>(width, 32) - 2, 2)) {
      lines.push_back("  " + paint(line));
    }
  };
  const auto plain = [](const std::string& line) { return line; };
  const auto dim = [&](const std::string& line) { return r.style.dim(line); };
  add(seats_in_words(step, people), plain);
  for (const Trouble& trouble : r.decision.troubles) {
    if (trouble.step != step.key) continue;
    add("! " + printable(trouble.message), [&](const std::string& l) { return r.style.red(l); });
  }
  add("because " + because_text(r.decision, step), dim);
  std::vector<std::string> timers = timers_in_words(step);
  if (step.explicit_vote) timers.push_back("needs a vote of its own");
  if (step.rejection == "collects") timers.push_back("a rejection waits for the other votes");
  if (step.rejection == "returns") {
    timers.push_back("a rejection returns to " + printable(step.returns_to));
  }
  if (!timers.empty()) add(joined(timers, "; "), dim);
  return lines;
}

std::string rule_head(const Reading& r, const RuleExplanation& rule) {
  std::string text = "  " + r.style.bold(printable(rule.name));
  if (!rule.band.empty()) text += " (" + printable(rule.band) + ")";
  if (!rule.title.empty()) text += " · " + printable(rule.title);
  return text + "  " + r.style.dim(r.places.line(rule.location)) + '\n';
}

const RuleResult* result_of(const Decision& decision, const RuleExplanation& rule) {
  const auto is_it = [&](const RuleResult& result) { return result.name == rule.name; };
  const auto found = std::find_if(decision.rules.begin(), decision.rules.end(), is_it);
  return found == decision.rules.end() ? nullptr : &*found;
}

std::string rules(const Reading& r, bool applying) {
  std::string text;
  for (const RuleExplanation& rule : r.explanation.rules) {
    if ((rule.status != RuleStatus::not_applicable) != applying) continue;
    if (text.empty()) text = section(r.style, applying ? "Why" : "Does not apply");
    text += rule_text(r, rule);
  }
  return text;
}

}  // namespace

std::string cure_text(const Trouble& trouble, std::size_t indent) {
  const std::string_view mend = cure(trouble.fault);
  if (mend.empty()) return {};
  return std::string(indent, ' ') + "mend: " + std::string(mend) + '\n';
}

std::string outcome_in_words(Outcome outcome, const Style& style) {
  switch (outcome) {
    case Outcome::auto_approved: return style.green(style.bold("approved automatically"));
    case Outcome::needs_approval: return style.yellow(style.bold("needs approval"));
    case Outcome::denied: return style.red(style.bold("denied"));
    case Outcome::blocked: return style.red(style.bold("blocked"));
  }
  return {};
}

std::string rows_text(std::span<const std::uint32_t> rows, std::string_view row) {
  std::vector<std::string> all;
  for (const std::uint32_t each : rows.first(std::min(rows.size(), max_rows_shown))) {
    all.push_back(printable(row.empty() ? "row" : row) + '[' + std::to_string(each) + ']');
  }
  std::string text = joined(all, ", ");
  if (rows.size() == all.size()) return text;
  return text + " and " + std::to_string(rows.size() - all.size()) + " more";
}

std::string because_text(const Decision& decision, const Step& step) {
  std::vector<std::string> names;
  std::string_view row;
  for (const std::uint32_t rule : step.because) {
    names.push_back(printable(decision.rules[rule].name));
    row = decision.rules[rule].row;
  }
  if (names.empty()) return "no rule demands anything: `otherwise`";
  const std::string rows = rows_text(step.lines, row);
  return joined(names, ", ") + (rows.empty() ? "" : ", for " + rows);
}

std::string condition_text(const Condition& condition, const Style& style) {
  std::string text;
  switch (condition.answer) {
    case Condition::Answer::yes: text = style.green("✓"); break;
    case Condition::Answer::no: text = style.red("✗"); break;
    case Condition::Answer::fault: text = style.red("!"); break;
  }
  text += ' ' + printable(condition.text);
  if (!condition.fault.empty()) text += ": " + style.red(printable(condition.fault));
  std::vector<std::string> values;
  for (const auto& [name, value] : condition.values) {
    if (name != condition.text) values.push_back(printable(name) + " = " + printable(value));
  }
  if (!values.empty()) text += "   " + style.dim("(" + joined(values, ", ") + ")");
  return text;
}

std::string rule_text(const Reading& r, const RuleExplanation& rule) {
  return rule_head(r, rule) + conditions_text(r, rule);
}

std::string conditions_text(const Reading& r, const RuleExplanation& rule) {
  std::string text;
  const RuleResult* result = result_of(r.decision, rule);
  if (result != nullptr && !result->row.empty()) {
    text += "    fired by " + rows_text(result->lines, result->row) + '\n';
  } else if (rule.line != no_row) {
    text += "    no row fires it; the first, [" + std::to_string(rule.line) + "], says:\n";
  }
  if (!rule.excluded.empty()) {
    text += "    " + r.style.red("✗") + ' ' + printable(rule.excluded) + '\n';
  }
  for (const Condition& condition : rule.conditions) {
    text += "    " + condition_text(condition, r.style) + '\n';
  }
  for (const auto& [step, condition] : rule.skipped) {
    text += "    not asked: " + printable(step) + '\n';
    text += "      " + condition_text(condition, r.style) + '\n';
  }
  return text;
}

std::string path_text(const Reading& r) {
  if (r.decision.steps.empty()) return {};
  PathGraph graph = path_graph(r.decision);
  graph.names = step_names(r.decision);
  const Names people(r.decision);
  const StepLines lines = [&](std::uint32_t id, std::size_t width) {
    return step_lines(r, people, graph.names[id], r.decision.steps[id], width);
  };
  std::string text;
  for (const std::string& line : draw(path_tree(graph), graph, lines, r.style.width - 2)) {
    text += "  " + line + '\n';
  }
  return text;
}

std::string decision_text(const Reading& r, bool all_rules) {
  const Decision& d = r.decision;
  std::string text = headline(r) + troubles(r);
  text += messages(r, d.denials, "Denied because", r.style.red("✗"));
  if (!d.steps.empty()) {
    const bool asked = d.outcome == Outcome::needs_approval;
    text += section(r.style, asked ? "Path" : "Path, of which nobody is asked") + path_text(r);
  }
  text += messages(r, d.warnings, "Warnings", r.style.yellow("!"));
  text += rules(r, true);
  if (all_rules) text += rules(r, false);
  return text;
}

}  // namespace assent::command
