// See policy.h. Who is asked, approver by approver: who that is, for what they are asked, and what holds for them.
#include <unordered_map>

#include "tools/page/policy.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::size_t max_condition = 4000;  // bytes of what must hold for one step: as long as a condition may be

// What an approver is asked for, by its name.
using Demands = std::unordered_map<std::string_view, std::vector<Words>>;

std::string both(const std::string& outer, const std::string& inner) {
  if (outer.empty() || inner.empty() || outer.size() > max_condition) return outer + inner;
  return outer + ", and " + inner;
}

void add_steps(const PathOutline& path, const std::string& outer_when, const Words& reason, Demands& demands) {
  const std::string when = both(outer_when, path.when);
  if (path.kind == PathOutline::Kind::step) {
    Words words = reason;
    if (!when.empty()) words.add("; this step only when " + when);
    std::vector<Words>& all = demands[path.approver];
    if (all.empty() || plain(all.back()) != plain(words)) all.push_back(std::move(words));  // two steps of one path
  }
  for (const PathOutline& part : path.parts) add_steps(part, when, reason, demands);
}

Words reason_of(const RuleOutline& rule, const ConsequenceOutline& consequence, Span name) {
  Words words(std::move(name));
  std::string when = rule.over.empty() ? "" : "looking at " + rule.over;
  if (!rule.condition.empty()) when += (when.empty() ? "when " : ", when ") + rule.condition;
  if (!rule.by.empty()) when += (when.empty() ? "" : ", ") + rule.by + ' ' + band_words(consequence);
  return when.empty() ? words : words.add(": " + when);
}

Demands demands_of(const Outline& outline, const PolicyNames& names) {
  Demands demands;
  for (std::size_t i = 0; i < outline.rules.size(); ++i) {
    for (const ConsequenceOutline& each : outline.rules[i].consequences) {
      if (each.kind != ConsequenceOutline::Kind::requires_path) continue;
      add_steps(each.path, {}, reason_of(outline.rules[i], each, names.rule(i)), demands);
    }
  }
  for (const ConsequenceOutline& each : outline.otherwise)
    add_steps(each.path, {}, Words(names.of(ReaderOutline{ReaderOutline::Kind::otherwise, 0})), demands);
  if (!outline.override_by.empty())
    demands[outline.override_by].emplace_back("two of them together may set a step aside in an emergency");
  for (const ApproverOutline& approver : outline.approvers) {
    const Words name = Words(names.approver(approver.name));
    for (const MemberOutline& member : approver.members) {
      if (member.kind != MemberOutline::Kind::approver) continue;
      demands[member.name].push_back(approver.group ? Words("has a seat in ").add(name)
                                                    : Words("may stand in for ").add(name));
    }
    for (const SettingOutline& setting : approver.settings) {
      if (setting.kind != SettingOutline::Kind::escalate) continue;
      demands[setting.to].push_back(Words("steps of ").add(name).add(" that are not decided after " + setting.after));
    }
  }
  return demands;
}

class Writer {
 public:
  Writer(Page& page, const Outline& outline, const PolicyNames& names, const PolicyOrder& order)
      : page_(page), outline_(outline), names_(names), order_(order), demands_(demands_of(outline, names)) {}

  void write() {
    page_.add(Heading{2, "approvers", "Approvers"});
    page_.add(Paragraph{"Who somebody is follows from the directory when a quote is decided. Where nobody can be "
                        "found, the quote is blocked and never approved."});
    for (std::size_t i = 0; i < outline_.approvers.size(); ++i) approver(i);
  }

 private:
  Page& page_;
  const Outline& outline_;
  const PolicyNames& names_;
  const PolicyOrder& order_;
  Demands demands_;

  void approver(std::size_t index) {
    const ApproverOutline& approver = outline_.approvers[index];
    page_.add(Heading{3, approver_id(index),
                      approver.title.empty() ? name_in_words(approver.name) : approver.title});
    Points points;
    points.add(approver.group ? "Group" : "Approver",
               Words(named(approver.name)).add(" in ").add(place_of(approver.location)));
    if (approver.group) points.add("Needs", quorum(approver));
    points.add(approver.group ? "Members" : approver.members.size() > 1 ? "Is the first to be found of" : "Is",
               members(approver.members, approver));
    points.add("May veto", members(approver.vetoes, approver));
    const auto demanded = demands_.find(approver.name);
    points.add("Is asked for", demanded == demands_.end() ? std::vector<Words>{"nothing"} : demanded->second);
    order_.add(points, PolicyOrder::Kind::approver, approver.name);
    settings(approver, points);
    page_.add(std::move(points));
  }

  static std::string quorum(const ApproverOutline& approver) {
    const std::string amount = std::to_string(approver.amount);
    switch (approver.quorum) {
      case ApproverOutline::Quorum::any: return "one vote";
      case ApproverOutline::Quorum::all: return "the votes of all";
      case ApproverOutline::Quorum::majority: return "more than half of the votes";
      case ApproverOutline::Quorum::number: return counted(approver.amount, "vote");
      case ApproverOutline::Quorum::percent: return amount + "% of the votes, rounded up";
      case ApproverOutline::Quorum::points: return "votes that come to " + counted(approver.amount, "point");
    }
    return {};
  }

  std::vector<Words> members(const std::vector<MemberOutline>& members, const ApproverOutline& approver) const {
    const bool points = approver.quorum == ApproverOutline::Quorum::points && &members == &approver.members;
    std::vector<Words> all;
    for (const MemberOutline& each : members) {
      Words words = member(each, approver.group);
      if (points || each.weight != 1) words.add(", worth " + counted(each.weight, "point"));
      all.push_back(std::move(words));
    }
    return all;
  }
  Words member(const MemberOutline& member, bool of_group) const {
    switch (member.kind) {
      case MemberOutline::Kind::person: return "the person “" + member.name + "”";
      case MemberOutline::Kind::role:
        return of_group ? "everybody with the role “" + member.name + "”"
                        : "one of those with the role “" + member.name + "”";
      case MemberOutline::Kind::value: return member.value;
      case MemberOutline::Kind::climb:
        return "the first manager above " + member.value + " whose “" + member.name + "” authority covers " +
               member.covers;
      case MemberOutline::Kind::approver: break;
    }
    return Words(names_.approver(member.name));
  }

  void settings(const ApproverOutline& approver, Points& points) const {
    std::vector<Words> timers;
    Words rejection = "ends the case", own_vote;
    std::vector<std::string> may;  // else they may not
    std::vector<std::string> may_not{"submitted", "owns", "edited"};
    const auto allow = [&](const std::string& who) {
      may.push_back(who);
      std::erase(may_not, who);
    };
    for (const SettingOutline& each : approver.settings) {
      const std::string after = "after " + each.after;
      const Words to = Words(names_.approver(each.to));
      switch (each.kind) {
        case SettingOutline::Kind::remind:
          timers.emplace_back("reminded " + after + (each.every.empty() ? "" : ", then every " + each.every));
          break;
        case SettingOutline::Kind::escalate:
          timers.push_back(Words(after + ", ").add(to).add(each.replaces ? " is asked instead" : " is asked too"));
          break;
        case SettingOutline::Kind::expire:
          timers.emplace_back(after + " without a decision, " +
                              (each.withdraws ? "the quote is withdrawn" : "the step counts as rejected"));
          break;
        case SettingOutline::Kind::silence:
          timers.emplace_back(after + " without a rejection, silence counts as approval");
          break;
        case SettingOutline::Kind::explicit_vote:
          own_vote = "each step needs a vote of its own: one given in another step does not count here";
          break;
        case SettingOutline::Kind::reject_ends: break;
        case SettingOutline::Kind::reject_collects: rejection = "waits for the other votes"; break;
        case SettingOutline::Kind::reject_returns:
          rejection = Words("goes back to ").add(to).add(", who decides again, and with them all who wait for them");
          break;
        case SettingOutline::Kind::submitter_may: allow("submitted"); break;
        case SettingOutline::Kind::owner_may: allow("owns"); break;
        case SettingOutline::Kind::editor_may: allow("edited"); break;
      }
    }
    points.add("While nobody decides", timers.empty() ? std::vector<Words>{"nothing happens"} : std::move(timers));
    points.add("A rejection", std::move(rejection));
    points.add("Votes", std::move(own_vote));
    std::vector<Words> own;
    if (!may.empty()) own.emplace_back("whoever " + listed(may, "or") + " the quote has a vote all the same");
    if (!may_not.empty()) own.emplace_back("whoever " + listed(may_not, "or") + " the quote has no vote");
    points.add("Own quotes", std::move(own));
  }
};

}  // namespace

void add_approvers(Page& page, const Outline& outline, const PolicyNames& names, const PolicyOrder& order) {
  if (!outline.approvers.empty()) Writer(page, outline, names, order).write();
}

}  // namespace assent::command
