// Rules, paths, their order, and who fills a step; internal to tests/naive.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/naive/naive_expr.h"

namespace assent::naive {

using checked::PathId;
using checked::RuleId;
using checked::StepId;

// ── naive_path.cpp ───────────────────────────────────────────────────────────────────────────
// The rows for which a path is walked. A rule without a range has one, which binds nothing.
struct Row { std::uint32_t index = 0; Frame frame; };
using Rows = std::vector<Row>;
using Steps = std::set<StepId>;
using Edges = std::set<std::pair<StepId, StepId>>;  // first, then

// What became of the paths that were walked.
struct Walked {
  std::map<StepId, std::set<std::uint32_t>> active;  // with the rows that demand it
  Edges edges;

  Steps steps() const;
};

// The rows that a conditional part keeps.
using Condition = std::function<Rows(const checked::Path& conditional, const Rows& rows)>;
void walk(const checked::Policy& policy, PathId path, const Rows& rows, const Condition& condition,
          Walked& walked);

// The edges that `before` and `after` give between active steps; what a rule made active is said by
// `by_rule`.
Edges ordered(const checked::Policy& policy, const Steps& active,
              const std::map<RuleId, Steps>& by_rule);

// Without the edges that others imply. There must be no circle.
Edges reduced(const Edges& edges);

// All steps of the policy in the one order in which decisions list them.
std::vector<StepId> ranked(const checked::Policy& policy);

// ── naive_rules.cpp ──────────────────────────────────────────────────────────────────────────
// What one rule came to.
struct Finding {
  RuleId rule{};
  bool fires = false;
  std::vector<Fault> troubles;  // of its conditions and those of its paths, depth first
  std::vector<const checked::Consequence*> messages;  // denials and warnings
  Walked walked;
  std::set<std::uint32_t> lines;     // the rows that fired it
  std::vector<std::uint32_t> chain;  // the list of these rows
  std::string_view band;

  bool applies() const { return fires || !troubles.empty(); }
};
Finding finding(const Desk& desk, RuleId rule);

// Walks the path, asking its conditions.
void walk_path(const Desk& desk, PathId path, const Rows& rows, Walked& walked,
               std::vector<Fault>& troubles);

// ── naive_seats.cpp ──────────────────────────────────────────────────────────────────────────
struct Seated {
  struct Votes { std::uint32_t votes = 0; bool veto = false; };
  std::string_view kind;
  std::uint32_t needed = 1, total = 0;
  std::map<std::string, Votes> seats;  // by person
  Fault wrong = Fault::none;
  std::string who;                     // what was wrong with, if something was
};
Seated seated(const Desk& desk, const checked::Approver& approver);

}  // namespace assent::naive
