// See hints.h. Which way is worse is what the runtime watches: it is asked, not worked out again.
#include "compiler/editor/hints.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "runtime/eval/watch.h"

namespace assent::compiler {

namespace {

class Hinter {
 public:
  Hinter(const Checked& checked, const plan::Plan& plan, const std::vector<std::uint32_t>& node_of,
         const SourceMap& sources)
      : policy_(checked.policy), plan_(plan), node_of_(node_of), sources_(sources) {}

  std::vector<Hint> run() {
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      const checked::Rule& rule = policy_.rules.items[i];
      if (rule.by) bands(rule);
      const auto asks = [](const checked::Consequence& each) {
        return each.kind == plan::ConsequenceKind::requires_path;
      };
      const bool voted_on = std::any_of(rule.consequences.begin(), rule.consequences.end(), asks);
      if (voted_on && rule.reapprovals.empty())
        directions(rule, eval::watched(plan_, static_cast<std::uint32_t>(i)));
    }
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return std::tuple(a.at.file, a.at.begin) < std::tuple(b.at.file, b.at.begin);
    });
    std::vector<Hint> list;
    for (Found& each : found_) list.push_back({each.kind, sources_.place(each.at), std::move(each.text)});
    return list;
  }

 private:
  using ExprId = checked::ExprId;
  struct Found { Hint::Kind kind; Span at; std::string text; };

  const checked::Policy& policy_;
  const plan::Plan& plan_;
  const std::vector<std::uint32_t>& node_of_;
  const SourceMap& sources_;
  std::vector<Found> found_;

  void bands(const checked::Rule& rule) {
    for (const checked::Consequence& band : rule.consequences) {
      if (!band.above) continue;
      const std::string bound(sources_.text(policy_.exprs[*band.above].span));
      found_.push_back({Hint::Kind::band, {band.span.file, band.span.begin, band.span.begin},
                        (band.above_closed ? "from " : "over ") + bound + ","});
    }
  }

  using Directions = std::map<std::uint32_t, Hint::Kind>;  // of nodes of the plan
  void directions(const checked::Rule& rule, const std::vector<eval::Watch::Value>& watched) {
    Directions known;
    for (const eval::Watch::Value& value : watched) {
      if (value.worse == eval::Worse::higher) known.emplace(value.node, Hint::Kind::higher);
      if (value.worse == eval::Worse::lower) known.emplace(value.node, Hint::Kind::lower);
    }
    if (known.empty()) return;
    if (rule.range && rule.range->where) walk(*rule.range->where, known);
    for (const ExprId when : rule.when) walk(when, known);
    for (const ExprId unless : rule.unless) walk(unless, known);
    if (rule.by) walk(*rule.by, known);
  }

  void walk(ExprId id, const Directions& known) {
    const checked::Expr& e = policy_.exprs[id];
    const auto direction = known.find(node_of_[static_cast<std::size_t>(id)]);
    if (direction != known.end()) {
      found_.push_back({direction->second, {e.span.file, e.span.end, e.span.end}, {}});
      return;
    }
    for (const ExprId child : e.children) walk(child, known);
  }
};

}  // namespace

std::vector<Hint> hints(const Checked& checked, const plan::Plan& plan, const std::vector<std::uint32_t>& node_of,
                        const SourceMap& sources) {
  return Hinter(checked, plan, node_of, sources).run();
}

}  // namespace assent::compiler
