// See tally.h. Of quotes that both policies decide alike nothing is put into words: there are millions of them.
#include "tools/simulate/tally.h"

#include <algorithm>
#include <set>

#include "assent/outline.h"
#include "tools/path_tree.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::string_view refused = "refused";  // a quote that the policy cannot read

// ── whether two answers are the same ─────────────────────────────────────────────────────────
template <typename A, typename B, typename Same>
bool all_same(const A& a, const B& b, Same same) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), same);
}

bool same_paths(const Decision& a, const Decision& b) {
  return all_same(a.steps, b.steps, [&](const Step& x, const Step& y) {
    return x.key == y.key && x.quorum.needed == y.quorum.needed &&
           all_same(x.seats, y.seats,
                    [](const Seat& p, const Seat& q) { return p.person == q.person && p.veto == q.veto; }) &&
           all_same(x.after, y.after,
                    [&](std::uint32_t p, std::uint32_t q) { return a.steps[p].key == b.steps[q].key; });
  });
}

bool same_words(const Decision& a, const Decision& b) {
  const auto texts = [](const Message& x, const Message& y) { return x.text == y.text; };
  const auto troubles = [](const Trouble& x, const Trouble& y) { return x.message == y.message; };
  return all_same(a.denials, b.denials, texts) && all_same(a.warnings, b.warnings, texts) &&
         all_same(a.troubles, b.troubles, troubles);
}

// ── what differs, in words ───────────────────────────────────────────────────────────────────
// What a policy makes of a quote, as far as it matters to whoever asks and is asked.
struct Verdict {
  std::string outcome;             // "needs approval"; "refused" for a quote that the policy cannot read
  std::vector<std::string> steps;  // keys, in the order of the path
  std::string path, words;         // "desk then vp"; what is said

  std::string shown() const { return steps.empty() ? words.substr(0, words.find('\n')) : joined(steps, ", "); }
};

Verdict verdict_of(const Result<const Decision*>& decided) {
  Verdict verdict;
  if (!decided) {
    const Problem& first = decided.problems()[0];
    verdict.outcome = refused;
    verdict.words = first.where + ": " + first.message;
    return verdict;
  }
  const Decision& decision = **decided;
  verdict.outcome = words_of(text(decision.outcome));
  for (const Step& step : decision.steps) verdict.steps.emplace_back(step.key);
  const PathGraph graph = path_graph(decision);
  verdict.path = decision.steps.empty() ? verdict.outcome : algebra(path_tree(graph), graph);
  for (const Message& each : decision.denials) verdict.words += "denied: " + std::string(each.text) + '\n';
  for (const Message& each : decision.warnings) verdict.words += "warning: " + std::string(each.text) + '\n';
  for (const Trouble& each : decision.troubles) verdict.words += "blocked: " + each.message + '\n';
  return verdict;
}

void add(std::map<std::string, Tally::Count>& to, const std::map<std::string, Tally::Count>& from) {
  for (const auto& [name, count] : from) {
    Tally::Count& sum = to[name];
    sum.before += count.before;
    sum.after += count.after;
  }
}

}  // namespace

void Tally::merge(Tally later) {
  decided += later.decided;
  differ += later.differ;
  for (auto& [what, kind] : later.kinds) {
    Kind& own = kinds[what];
    own.count += kind.count;
    for (Kind::Example& each : kind.examples)
      if (own.examples.size() < max_examples) own.examples.push_back(std::move(each));
  }
  for (const auto& [key, count] : later.steps) {
    steps[key].first += count.first;
    steps[key].second += count.second;
  }
  add(outcomes, later.outcomes);
  add(rules, later.rules);
  add(approvers, later.approvers);
  add(people, later.people);
  other_paths += later.other_paths;
  for (const auto& [change, count] : later.paths) {
    const auto known = paths.find(change);
    if (known != paths.end()) known->second += count;
    else if (paths.size() < max_paths) paths.emplace(change, count);
    else other_paths += count;
  }
}

void Comparer::count(Counters& counters, std::string_view what, bool after) {
  auto known = counters.find(what);
  if (known == counters.end()) known = counters.emplace(what, Counter{}).first;
  Counter& counter = known->second;
  if (counter.last[after] == quote_) return;
  counter.last[after] = quote_;
  ++counter.counts[after];
}

void Comparer::count(const Result<const Decision*>& decided, bool after) {
  if (!decided) return count(outcomes_, refused, after);
  const Decision& decision = **decided;
  count(outcomes_, text(decision.outcome), after);
  for (const RuleResult& rule : decision.rules) count(rules_, rule.name, after);
  if (decision.outcome != Outcome::needs_approval) return;  // nobody is asked, whatever the path
  for (const Step& step : decision.steps) {
    count(approvers_, step.approver, after);
    for (const Seat& seat : step.seats) count(people_, seat.person, after);
  }
}

void Comparer::add(const std::string& file, std::size_t line, std::string_view quote) {
  ++quote_;
  ++tally_.decided;
  const auto [old_one, new_one] = decide_both(before_, after_, quote, world_);
  count(old_one, false);
  count(new_one, true);
  const bool both = old_one.ok() && new_one.ok();
  const bool same_path = both ? same_paths(**old_one, **new_one) : !old_one && !new_one;
  if (both && same_path && (*old_one)->outcome == (*new_one)->outcome && same_words(**old_one, **new_one)) return;
  const Verdict was = verdict_of(old_one), is = verdict_of(new_one);
  const bool same_outcome = was.outcome == is.outcome;
  if (!both && same_outcome && was.words == is.words) return;

  ++tally_.differ;
  Tally::Kind& kind = tally_.kinds[same_outcome ? was.outcome + (same_path ? ", says something else" : ", another path")
                                                : was.outcome + " → " + is.outcome];
  if (++kind.count <= Tally::max_examples)
    kind.examples.push_back({line == 0 ? file : file + ':' + std::to_string(line), was.shown(), is.shown()});
  if (!same_path && was.path != is.path) ++tally_.paths[{was.path, is.path}];
  const std::set<std::string> old_steps(was.steps.begin(), was.steps.end());
  const std::set<std::string> new_steps(is.steps.begin(), is.steps.end());
  for (const std::string& each : new_steps)
    if (!old_steps.contains(each)) ++tally_.steps[each].first;
  for (const std::string& each : old_steps)
    if (!new_steps.contains(each)) ++tally_.steps[each].second;
}

Tally Comparer::take() {
  const auto told = [](Counters& counters, std::map<std::string, Tally::Count>& out) {
    for (auto& [name, counter] : counters) {
      if (counter.counts[0] + counter.counts[1] == 0) continue;
      out[name] = {counter.counts[0], counter.counts[1]};
      counter.counts[0] = counter.counts[1] = 0;
    }
  };
  std::map<std::string, Tally::Count> outcomes;
  told(outcomes_, outcomes);
  for (const auto& [name, each] : outcomes) tally_.outcomes.emplace(words_of(name), each);
  told(rules_, tally_.rules);
  told(approvers_, tally_.approvers);
  told(people_, tally_.people);
  return std::exchange(tally_, {});
}

}  // namespace assent::command
