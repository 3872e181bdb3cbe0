// See quote_diff.h.
#include "tools/quote_diff.h"

#include <algorithm>
#include <set>

#include "tools/text.h"

namespace assent::command {

namespace {

// What a policy makes of a quote, as far as it matters to whoever asks and is asked.
struct Verdict {
  std::string outcome;             // "needs approval"; "refused" for a quote that the policy cannot read
  std::vector<std::string> steps;  // keys, in the order of the path
  std::string seats, words;        // who is asked, and what is said
};

Verdict verdict_of(Evaluator& evaluator, std::string_view quote, const World& world) {
  const Result<const Decision*> decided = evaluator.decide(quote, world);
  Verdict verdict;
  if (!decided) {
    const Problem& first = decided.problems()[0];
    verdict.outcome = "refused";
    verdict.words = first.where + ": " + first.message;
    return verdict;
  }
  const Decision& decision = **decided;
  verdict.outcome = text(decision.outcome);
  std::replace(verdict.outcome.begin(), verdict.outcome.end(), '_', ' ');
  for (const Step& step : decision.steps) {
    verdict.steps.emplace_back(step.key);
    verdict.seats += std::string(step.key) + ' ' + std::to_string(step.quorum.needed) + ':';
    for (const Seat& seat : step.seats) verdict.seats += ' ' + std::string(seat.person) + (seat.veto ? "!" : "");
    for (const std::uint32_t other : step.after) verdict.seats += " >" + std::string(decision.steps[other].key);
    verdict.seats += '\n';
  }
  for (const Message& each : decision.denials) verdict.words += "denied: " + std::string(each.text) + '\n';
  for (const Message& each : decision.warnings) verdict.words += "warning: " + std::string(each.text) + '\n';
  for (const Trouble& each : decision.troubles) verdict.words += "blocked: " + each.message + '\n';
  return verdict;
}

}  // namespace

void QuoteDiff::add(const std::string& name, std::string_view quote) {
  ++decided;
  const Verdict old_verdict = verdict_of(before_, quote, world_), new_verdict = verdict_of(after_, quote, world_);
  const bool same_path = old_verdict.seats == new_verdict.seats;
  if (old_verdict.outcome == new_verdict.outcome && same_path && old_verdict.words == new_verdict.words) return;
  ++differ;
  const bool same_outcome = old_verdict.outcome == new_verdict.outcome;
  Kind& kind = kinds[same_outcome ? old_verdict.outcome + (same_path ? ", says something else" : ", another path")
                                  : old_verdict.outcome + " → " + new_verdict.outcome];
  if (++kind.count <= max_examples) {
    const auto shown = [](const Verdict& verdict) {
      return verdict.steps.empty() ? verdict.words.substr(0, verdict.words.find('\n')) : joined(verdict.steps, ", ");
    };
    kind.examples.push_back({name, shown(old_verdict), shown(new_verdict)});
  }
  const std::set<std::string> old_steps(old_verdict.steps.begin(), old_verdict.steps.end());
  const std::set<std::string> new_steps(new_verdict.steps.begin(), new_verdict.steps.end());
  for (const std::string& each : new_steps)
    if (!old_steps.contains(each)) ++steps[each].first;
  for (const std::string& each : old_steps)
    if (!new_steps.contains(each)) ++steps[each].second;
}

}  // namespace assent::command
