// A decision for people: the answer, the path as a tree, and the reasons. Entries: decision_text,
// path_text, rule_text.
#pragma once

#include <string>

#include "assent/decision.h"
#include "tools/places.h"
#include "tools/terminal.h"

namespace assent::command {

// What is shown, and how.
struct Reading {
  const Decision& decision;
  const Explanation& explanation;
  const Places& places;
  const Style& style;
  std::string asked;  // "as of 2026-01-31, draft"
};

// `all_rules`: also those that do not apply, with what kept them out.
std::string decision_text(const Reading& reading, bool all_rules);

// The path alone.
std::string path_text(const Reading& reading);

// One rule: what it is called, its conditions with what they read, the parts that it leaves out;
// and the same without the first line.
std::string rule_text(const Reading& reading, const RuleExplanation& rule);
std::string conditions_text(const Reading& reading, const RuleExplanation& rule);

// "✓ hardware_discount > 15%   (hardware_discount = 20%)", without a line end.
std::string condition_text(const Condition& condition, const Style& style);

// How to mend it, as a line; empty if nothing general can be said.
std::string cure_text(const Trouble& trouble, std::size_t indent);

// "needs approval", in the colour of the outcome.
std::string outcome_in_words(Outcome outcome, const Style& style);

// The rules that demand a step, and for which rows: "big_lines, for line[1]".
std::string because_text(const Decision& decision, const Step& step);

// "line[0], line[3]"; empty for none.
std::string rows_text(std::span<const std::uint32_t> rows, std::string_view row);

}  // namespace assent::command
