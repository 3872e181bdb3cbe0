// assent/outline.h: what a compiled policy could demand, before any quote: its rules with their
// conditions in words and their paths. For pictures and listings; deciding needs none of it.
#pragma once

#include <string>
#include <vector>

#include "assent/policy.h"

namespace assent {

// A path as the policy has it: a step, or parts in series or in parallel.
struct PathOutline {
  enum class Kind : std::uint8_t { step, series, parallel };
  Kind kind = Kind::step;
  std::string step;      // key: "steep_discount/rep_manager"
  std::string approver;
  std::string when;      // the condition of this part in words; empty if it has none
  std::vector<PathOutline> parts;
};

struct ConsequenceOutline {
  enum class Kind : std::uint8_t { nothing, requires_path, denies, warns };
  Kind kind = Kind::nothing;
  std::string band;      // of a ladder
  std::string message;   // denies, warns
  PathOutline path;      // requires_path
};

struct RuleOutline {
  std::string name, title;
  std::string condition;  // in words; empty for `always`
  std::string over;       // of a rule over lines: "line in quote.lines where …"; else empty
  std::vector<ConsequenceOutline> consequences;
  Location location;      // views into the policy
};

struct OrderingOutline { std::string first, then; };  // names of rules, chains or approvers

struct Outline {
  std::string policy, title;
  std::vector<RuleOutline> rules;              // as declared
  std::vector<OrderingOutline> orderings;      // closed: a before b, b before c, a before c
  std::vector<ConsequenceOutline> otherwise;   // none or one; `nothing` means approve
  std::string otherwise_reason;
};

// `policy` must outlive the locations.
Outline outline(const Policy& policy);

// JSON Schema (draft 2020-12) of the quotes that the policy reads, and only of what it reads. A field
// that may stand in one of several places is listed in each and required in none.
std::string quote_schema(const Policy& policy);

}  // namespace assent
