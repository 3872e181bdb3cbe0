// See policy.h. Here: the policy as a whole, its rules and ladders, its chains, and what happens otherwise.
#include "tools/page/policy.h"

#include <map>

#include "tools/outline_text.h"
#include "tools/page/path_words.h"
#include "tools/text.h"

namespace assent::command {

namespace {

std::string quoted(const std::string& message) { return "“" + message + "”"; }

class Writer {
 public:
  Writer(const Outline& outline, std::string_view hash)
      : outline_(outline), names_(outline), order_(outline, names_), hash_(hash) {}

  Page write() {
    page_.title = outline_.title.empty() ? name_in_words(outline_.policy) : outline_.title;
    glance();
    page_.add(Heading{2, "rules", "Rules"});
    page_.add(Paragraph{
        outline_.rules.empty()
            ? "The policy has no rules."
            : "Rules apply side by side, each by itself; steps wait for each other where a path or an order says so. "
              "What was approved is asked again when a value that the rule reads has changed to the side where more is "
              "asked, unless the rule says otherwise."});
    for (std::size_t i = 0; i < outline_.rules.size(); ++i) rule(i);
    otherwise();
    chains();
    add_approvers(page_, outline_, names_, order_);
    add_reads(page_, outline_, names_);
    add_orders(page_, outline_);
    return std::move(page_);
  }

 private:
  const Outline& outline_;
  const PolicyNames names_;
  const PolicyOrder order_;
  const std::string_view hash_;
  Page page_;

  void glance() {
    Points points;
    points.add("Policy", Words(named(outline_.policy)));
    points.add("Hash", Words(named(std::string(hash_))));
    points.add("Holds", counted(outline_.rules.size(), "rule") + ", " + counted(outline_.approvers.size(), "approver"));
    points.add("When no rule asks anybody", otherwise_words());
    points.add("Who stands in several steps",
               outline_.same_approver_once ? "votes once for all of them that are open or waiting"
                                           : "is asked in each of them");
    const std::string& override_by = outline_.override_by;
    points.add("A step may be set aside by",
               override_by.empty() ? "nobody" : Words("two together of: ").add(names_.approver(override_by)));
    page_.add(std::move(points));
  }

  Words consequence_words(const ConsequenceOutline& consequence) const {
    switch (consequence.kind) {
      case ConsequenceOutline::Kind::nothing: return "nobody is asked";
      case ConsequenceOutline::Kind::denies: return "the quote is denied: " + quoted(consequence.message);
      case ConsequenceOutline::Kind::warns: return "a warning is given: " + quoted(consequence.message);
      case ConsequenceOutline::Kind::requires_path: break;
    }
    return path_words(consequence.path, names_);
  }

  Words otherwise_words() const {
    if (outline_.otherwise.empty()) return "the quote is blocked: the policy does not say what happens then";
    const ConsequenceOutline& otherwise = outline_.otherwise.front();
    if (otherwise.kind == ConsequenceOutline::Kind::requires_path)
      return Words("must be approved by: ").add(consequence_words(otherwise));
    if (otherwise.kind != ConsequenceOutline::Kind::nothing) return consequence_words(otherwise);
    const std::string& reason = outline_.otherwise_reason;
    return "the quote is approved without asking anybody" + (reason.empty() ? reason : ": " + quoted(reason));
  }

  void picture(const std::string& title, const PathOutline& path) {
    std::vector<const PathOutline*> steps;
    steps_of(path, steps);
    if (steps.size() < 2 || steps.size() > max_picture_steps || path.cut) return;
    PathPicture made{title, plain(path_words(path, names_)), path};
    rename(made.path);
    page_.add(std::move(made));
  }
  void rename(PathOutline& path) const {
    if (path.kind == PathOutline::Kind::step) path.approver = names_.approver(path.approver).text;
    for (PathOutline& part : path.parts) rename(part);
  }

  void rule(std::size_t index) {
    const RuleOutline& rule = outline_.rules[index];
    const std::string called = rule.title.empty() ? name_in_words(rule.name) : rule.title;
    page_.add(Heading{3, rule_id(index), called});
    Points points;
    points.add(rule.by.empty() ? "Rule" : "Ladder",
               Words(named(rule.name)).add(" in ").add(place_of(rule.location)));
    points.add("Looks at", rule.over);
    const bool always = rule.condition.empty() && rule.over.empty();
    points.add("Applies when", always ? "always" : rule.condition);
    points.add("Valid", window(rule));
    if (!rule.states.empty()) points.add("Only while the quote is", listed(rule.states, "or"));
    points.add("Goes by", rule.by);
    std::vector<Words> asks, says;
    for (const ConsequenceOutline& each : rule.consequences) {
      if (!rule.by.empty()) break;
      const bool path = each.kind == ConsequenceOutline::Kind::requires_path;
      (path ? asks : says).push_back(consequence_words(each));
    }
    points.add("Must be approved by", std::move(asks));
    points.add("Then", std::move(says));
    points.add("Is asked again", reapprovals(rule));
    order_.add(points, PolicyOrder::Kind::rule, rule.name);
    page_.add(std::move(points));
    if (!rule.by.empty()) ladder(rule, called);
    for (const ConsequenceOutline& each : rule.consequences) {
      if (each.kind != ConsequenceOutline::Kind::requires_path) continue;
      picture(each.band.empty() ? called : called + ": " + band_words(each), each.path);
    }
  }

  static std::string window(const RuleOutline& rule) {
    if (rule.first_day.empty() && rule.last_day.empty()) return {};
    std::string words = rule.first_day.empty() ? "" : "from " + rule.first_day;
    if (!rule.last_day.empty()) words += (words.empty() ? "to " : " to ") + rule.last_day + ", that day included";
    return words + "; what counts is " + (rule.effective_on.empty() ? "the day of the decision" : rule.effective_on);
  }

  static std::vector<Words> reapprovals(const RuleOutline& rule) {
    std::vector<Words> all;
    for (const ReapprovalOutline& each : rule.reapprovals) {
      switch (each.kind) {
        case ReapprovalOutline::Kind::always: all.emplace_back("whenever the quote is submitted again"); break;
        case ReapprovalOutline::Kind::when: all.emplace_back("when " + each.what); break;
        case ReapprovalOutline::Kind::on_change: all.emplace_back("when this changes: " + each.what); break;
      }
    }
    return all;
  }

  void ladder(const RuleOutline& rule, const std::string& called) {
    PageTable table{called + ", by " + rule.by, {"From", "To", "Must be approved by"}, {}};
    for (const ConsequenceOutline& each : rule.consequences) {
      const std::string from = from_words(each), to = to_words(each);
      const bool unbounded = from.empty() && to.empty();
      table.rows.push_back({unbounded ? each.band : from.empty() ? "the least" : from,
                            to.empty() ? "the greatest" : to, consequence_words(each)});
    }
    page_.add(std::move(table));
  }

  void otherwise() {
    page_.add(Heading{2, "otherwise", "When no rule asks anybody"});
    page_.add(Paragraph{Words("When no rule asks anybody and none denies: ").add(otherwise_words()).add(".")});
    for (const ConsequenceOutline& each : outline_.otherwise)
      if (each.kind == ConsequenceOutline::Kind::requires_path) picture("When no rule asks anybody", each.path);
  }

  // The rules whose paths have steps of a chain, by its name, and the first such path.
  struct ChainUse {
    std::vector<Words> rules;
    std::size_t last = 0;               // the rule that was listed last
    const PathOutline* path = nullptr;  // one that is not too long to look for the chain in
  };
  std::map<std::string, ChainUse> uses_of_chains() const {
    constexpr std::size_t most_steps = 1'000;
    std::map<std::string, ChainUse> uses;
    for (std::size_t i = 0; i < outline_.rules.size(); ++i) {
      for (const ConsequenceOutline& each : outline_.rules[i].consequences) {
        std::vector<const PathOutline*> steps;
        steps_of(each.path, steps);
        for (const PathOutline* step : steps) {
          if (step->chain.empty()) continue;
          ChainUse& use = uses[step->chain];
          if (use.path == nullptr && steps.size() <= most_steps) use.path = &each.path;
          if (!use.rules.empty() && use.last == i) continue;
          use.last = i;
          use.rules.push_back(Words(names_.rule(i)));
        }
      }
    }
    return uses;
  }

  // What of a path is the chain's; no step at all if nothing is.
  static PathOutline part_of(const PathOutline& path, const std::string& chain) {
    PathOutline made;
    made.kind = path.kind;
    made.cut = path.cut;
    if (path.kind == PathOutline::Kind::step) {
      if (path.chain == chain || path.step.starts_with(chain + '/')) return path;
      made.kind = PathOutline::Kind::series;
      return made;
    }
    for (const PathOutline& each : path.parts) {
      PathOutline part = part_of(each, chain);
      if (part.kind == PathOutline::Kind::step || !part.parts.empty()) made.parts.push_back(std::move(part));
    }
    const bool whole = made.parts.size() == path.parts.size();
    if (made.parts.size() == 1 && !whole) return PathOutline(std::move(made.parts[0]));
    if (whole) made.when = path.when;  // else it is of the path around it
    return made;
  }

  // As it stands in that path, if all of it does.
  void chain_picture(const ChainOutline& chain, const PathOutline& path) {
    const PathOutline part = part_of(path, chain.name);
    std::vector<const PathOutline*> steps;
    steps_of(part, steps);
    if (steps.size() == chain.approvers.size()) picture("Chain: " + words_of(chain.name), part);
  }

  void chains() {
    if (outline_.chains.empty()) return;
    page_.add(Heading{2, "chains", "Chains"});
    page_.add(Paragraph{"A chain is a path with a name. Its steps are taken once for all rules that ask for it."});
    PageTable table{"Chains", {"Chain", "Its steps", "Asked for by", "Comes after", "Comes before"}, {}};
    auto uses = uses_of_chains();
    for (const ChainOutline& chain : outline_.chains) {
      std::vector<Words> steps;
      for (const std::string& approver : chain.approvers) steps.push_back(Words(names_.approver(approver)));
      table.rows.push_back({name_in_words(chain.name), joined(steps, ", "), joined(uses[chain.name].rules, "; "),
                            joined(order_.after(PolicyOrder::Kind::chain, chain.name), "; "),
                            joined(order_.before(PolicyOrder::Kind::chain, chain.name), "; ")});
    }
    page_.add(std::move(table));
    for (const ChainOutline& chain : outline_.chains)
      if (const PathOutline* path = uses[chain.name].path) chain_picture(chain, *path);
  }
};

}  // namespace

Page policy_page(const Outline& outline, std::string_view hash) { return Writer(outline, hash).write(); }

std::string from_words(const ConsequenceOutline& band) {
  if (band.from.value.empty()) return {};
  return (band.from.included ? "from " : "more than ") + band.from.value;
}

std::string to_words(const ConsequenceOutline& band) {
  if (band.to.value.empty()) return {};
  return (band.to.included ? "up to " : "less than ") + band.to.value;
}

std::string band_words(const ConsequenceOutline& band) {
  const std::string from = from_words(band), to = to_words(band);
  if (from.empty() && to.empty()) return band.band;
  return from.empty() ? to : to.empty() ? from : from + ", " + to;
}

Words place_of(const Location& location) {
  return Words(named(printable(location.file) + ':' + std::to_string(location.line)));
}

}  // namespace assent::command
