// See coverage.h.
#include "tools/coverage.h"

#include <algorithm>

#include "tools/text.h"

namespace assent::command {

namespace {

bool applies(RuleStatus status) {
  switch (status) {
    case RuleStatus::pending:
    case RuleStatus::satisfied:
    case RuleStatus::rejected:
    case RuleStatus::overridden: return true;
    case RuleStatus::not_applicable:
    case RuleStatus::error: return false;
  }
  return false;
}

void add_condition(CoveredRule& rule, const Condition& seen) {
  const auto is_it = [&](const CoveredCondition& each) { return each.text == seen.text; };
  auto found = std::find_if(rule.conditions.begin(), rule.conditions.end(), is_it);
  if (found == rule.conditions.end()) {
    found = rule.conditions.insert(found, {seen.text, false, false});
  }
  if (seen.answer == Condition::Answer::yes) found->seen_true = true;
  if (seen.answer == Condition::Answer::no) found->seen_false = true;
}

void add_rule(CoveredRule& rule, const RuleExplanation& seen) {
  if (applies(seen.status)) rule.applied = true;
  if (seen.status == RuleStatus::not_applicable) rule.not_applied = true;
  for (CoveredBand& band : rule.bands) {
    if (band.text == printable(seen.band)) band.seen = true;
  }
  for (const Condition& condition : seen.conditions) {
    add_condition(rule, condition);
  }
}

const std::vector<CoveredCondition>& counted_conditions(const CoveredRule& rule) {
  static const std::vector<CoveredCondition> none;
  return rule.bands.empty() ? rule.conditions : none;
}

std::string at(const CoveredRule& rule) {
  return "  (" + rule.file + ':' + std::to_string(rule.line) + ")\n";
}

}  // namespace

Coverage::Coverage(const Outline& outline) {
  for (const RuleOutline& from : outline.rules) {
    CoveredRule rule;
    rule.name = printable(from.name);
    rule.file = printable(from.location.file);
    rule.line = from.location.line;
    for (const ConsequenceOutline& consequence : from.consequences) {
      const bool told = !consequence.band.empty() && from.over.empty();
      if (told) rule.bands.push_back({printable(consequence.band), false});
    }
    rules_.push_back(std::move(rule));
  }
}

void Coverage::add(const Explanation& explanation) {
  const std::size_t count = std::min(rules_.size(), explanation.rules.size());
  for (std::size_t i = 0; i < count; ++i) add_rule(rules_[i], explanation.rules[i]);
}

Share Coverage::applied() const {
  const auto seen = std::count_if(rules_.begin(), rules_.end(),
                                  [](const CoveredRule& rule) { return rule.applied; });
  return {static_cast<std::size_t>(seen), rules_.size()};
}

Share Coverage::decided() const {
  Share share;
  for (const CoveredRule& rule : rules_) {
    for (const CoveredCondition& condition : counted_conditions(rule)) {
      ++share.wanted;
      if (condition.seen_true && condition.seen_false) ++share.seen;
    }
  }
  return share;
}

Share Coverage::banded() const {
  Share share;
  for (const CoveredRule& rule : rules_) {
    for (const CoveredBand& band : rule.bands) {
      ++share.wanted;
      if (band.seen) ++share.seen;
    }
  }
  return share;
}

Share Coverage::everything() const {
  Share share;
  const auto want = [&](bool seen) {
    ++share.wanted;
    if (seen) ++share.seen;
  };
  for (const CoveredRule& rule : rules_) {
    want(rule.applied);
    const std::vector<CoveredCondition>& conditions = counted_conditions(rule);
    if (!conditions.empty()) want(rule.not_applied);
    for (const CoveredBand& band : rule.bands) want(band.seen);
    for (const CoveredCondition& condition : conditions) {
      want(condition.seen_true);
      want(condition.seen_false);
    }
  }
  return share;
}

std::string coverage_text(const Coverage& coverage, const std::string& policy) {
  const Share all = coverage.everything();
  std::string text = "Coverage of " + printable(policy) + ": " + std::to_string(all.percent()) +
                     "% (" + all.text() + ")\n  rules applied " + coverage.applied().text() +
                     "; conditions seen true and false " + coverage.decided().text() +
                     "; bands of ladders " + coverage.banded().text() + '\n';
  for (const CoveredRule& rule : coverage.rules()) {
    const std::vector<CoveredCondition>& conditions = counted_conditions(rule);
    const bool always = rule.applied && !rule.not_applied && !conditions.empty();
    if (!rule.applied) text += "  never applies   " + rule.name + at(rule);
    if (always) text += "  always applies  " + rule.name + at(rule);
    for (const CoveredBand& band : rule.bands) {
      if (!band.seen) text += "  never reached   " + band.text + ", in " + rule.name + at(rule);
    }
    for (const CoveredCondition& condition : conditions) {
      const std::string where = printable(condition.text) + ", in " + rule.name + at(rule);
      if (!condition.seen_true) text += "  never true      " + where;
      if (!condition.seen_false) text += "  never false     " + where;
    }
  }
  return text;
}

}  // namespace assent::command
