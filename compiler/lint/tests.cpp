// What no test speaks of.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/lint/linter.h"

namespace assent::compiler::lint {

namespace {

void add_approvers(const checked::ExpectedPath& path, std::set<std::string_view>& out) {
  if (path.kind == plan::PathKind::step) out.insert(path.approver);
  for (const checked::ExpectedPath& child : path.children) add_approvers(child, out);
}

}  // namespace

// A test speaks of a rule by its name, by an approver whom it asks, or by what it denies or warns of.
void Linter::look_at_tests() {
  if (is_module()) return;
  if (subject_.checked.tests.empty()) {
    if (!policy_.rules.items.empty())
      report(Rule::untested_policy, subject_.modules[0].tree.name.span, fmt::format("`{}` has no test", policy_.name));
    return;
  }
  std::set<std::string_view> named, approvers;
  std::vector<std::string_view> messages;
  for (const checked::Test& test : subject_.checked.tests) {
    for (const checked::Expectation& each : test.expectations) {
      using Kind = ast::Expectation::Kind;
      if (each.kind == Kind::rule_applies || each.kind == Kind::rule_does_not) named.insert(each.text);
      if (each.kind == Kind::denied || each.kind == Kind::warning) messages.push_back(each.text);
      if (each.path) add_approvers(*each.path, approvers);
    }
  }
  for (const checked::Rule& rule : policy_.rules.items) {
    if (rule.span.file != FileId{} || named.contains(rule.name)) continue;
    const bool spoken_of =
        std::any_of(rule.consequences.begin(), rule.consequences.end(), [&](const checked::Consequence& each) {
          if (each.kind != plan::ConsequenceKind::requires_path)
            return std::any_of(messages.begin(), messages.end(), [&](std::string_view message) {
              return each.message.find(message) != std::string::npos;
            });
          std::vector<checked::PathId> open{each.path};
          while (!open.empty()) {
            const checked::Path& path = policy_.paths[open.back()];
            open.pop_back();
            if (path.kind == plan::PathKind::step &&
                approvers.contains(policy_.approvers[policy_.steps[path.step].approver].name))
              return true;
            open.insert(open.end(), path.children.begin(), path.children.end());
          }
          return false;
        });
    if (!spoken_of) report(Rule::untested_rule, rule.span, fmt::format("no test speaks of `{}`", rule.name));
  }
}

}  // namespace assent::compiler::lint
