// See outline_text.h. Paths are drawn by path_tree.
#include "tools/outline_text.h"

#include "tools/path_tree.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// A path as a tree; the condition of a part stands at each of its steps.
class Branches {
 public:
  PathTree add(const PathOutline& path, const std::string& outer_when) {
    const bool both = !outer_when.empty() && !path.when.empty();
    const std::string when = both ? outer_when + " and " + path.when : outer_when + path.when;
    if (path.kind == PathOutline::Kind::step) {
      graph.names.push_back(path.approver);
      graph.after.emplace_back();
      conditions.push_back(when);
      return {PathTree::Kind::step, static_cast<std::uint32_t>(graph.size() - 1), {}};
    }
    if (path.parts.size() == 1) return add(path.parts[0], when);
    const bool series = path.kind == PathOutline::Kind::series;
    PathTree tree{series ? PathTree::Kind::series : PathTree::Kind::parallel, 0, {}};
    for (const PathOutline& part : path.parts) tree.parts.push_back(add(part, when));
    return tree;
  }

  PathGraph graph;
  std::vector<std::string> conditions;  // of each step
};

std::string path_text(const PathOutline& path, const Style& style, std::size_t indent) {
  Branches branches;
  const PathTree tree = branches.add(path, {});
  const StepLines lines = [&](std::uint32_t step, std::size_t width) {
    std::vector<std::string> said{style.bold(printable(branches.graph.names[step]))};
    const std::string& when = branches.conditions[step];
    if (when.empty()) return said;
    for (const std::string& line : wrap("when " + printable(when), width - 2, 2)) {
      said.push_back("  " + style.dim(line));
    }
    return said;
  };
  std::string text;
  for (const std::string& line : draw(tree, branches.graph, lines, style.width - indent)) {
    text += std::string(indent, ' ') + line + '\n';
  }
  return text;
}

std::string consequence_text(const ConsequenceOutline& consequence, const Style& style) {
  const std::string band = printable(consequence.band);
  const std::string head = band.empty() ? "  " : "  " + band + ": ";
  switch (consequence.kind) {
    case ConsequenceOutline::Kind::nothing: return head + style.green("no approval") + '\n';
    case ConsequenceOutline::Kind::denies:
      return head + style.red("denied") + ": " + printable(consequence.message) + '\n';
    case ConsequenceOutline::Kind::warns:
      return head + style.yellow("warning") + ": " + printable(consequence.message) + '\n';
    case ConsequenceOutline::Kind::requires_path: break;
  }
  if (band.empty()) return path_text(consequence.path, style, 4);
  return "  " + band + ":\n" + path_text(consequence.path, style, 4);
}

std::string rule_text(const RuleOutline& rule, const Places& places, const Style& style) {
  std::string text = style.bold(printable(rule.name));
  if (!rule.title.empty()) text += " · " + printable(rule.title);
  text += "  " + style.dim(places.line(rule.location)) + '\n';
  const auto add = [&](const std::string& words) {
    for (const std::string& line : wrap(printable(words), style.width - 2, 2)) {
      text += "  " + line + '\n';
    }
  };
  if (!rule.over.empty()) add("for each " + rule.over);
  if (!rule.condition.empty()) add("when " + rule.condition);
  for (const ConsequenceOutline& each : rule.consequences) text += consequence_text(each, style);
  return text;
}

std::string otherwise_text(const Outline& outline, const Style& style) {
  std::string text = style.bold("otherwise") + '\n';
  if (outline.otherwise.empty()) return text + "  " + style.red("blocked") + ": nothing is said\n";
  for (const ConsequenceOutline& each : outline.otherwise) {
    if (each.kind != ConsequenceOutline::Kind::nothing) {
      text += consequence_text(each, style);
      continue;
    }
    const std::string reason = printable(outline.otherwise_reason);
    text += "  " + style.green("approved automatically") + (reason.empty() ? "" : ": " + reason);
    text += '\n';
  }
  return text;
}

}  // namespace

std::string outline_text(const Outline& outline, const Places& places, const Style& style) {
  std::string text = "policy " + style.bold(printable(outline.policy));
  if (!outline.title.empty()) text += " · " + printable(outline.title);
  text += "\n\n";
  for (const RuleOutline& rule : outline.rules) text += rule_text(rule, places, style) + '\n';
  if (!outline.orderings.empty()) text += style.bold("order") + '\n';
  for (const OrderingOutline& ordering : outline.orderings) {
    text += "  " + printable(ordering.first) + " before " + printable(ordering.then) + '\n';
  }
  if (!outline.orderings.empty()) text += '\n';
  return text + otherwise_text(outline, style);
}

void steps_of(const PathOutline& path, std::vector<const PathOutline*>& steps) {
  if (path.kind == PathOutline::Kind::step) steps.push_back(&path);
  for (const PathOutline& part : path.parts) steps_of(part, steps);
}

}  // namespace assent::command
