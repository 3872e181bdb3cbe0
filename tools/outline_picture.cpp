// See outline_picture.h.
#include "tools/outline_picture.h"

#include <map>

#include "tools/text.h"

namespace assent::command {

namespace {

// Where a path goes on: a box, and what must hold on the way from it.
struct End {
  std::string box, when;
};
using Ends = std::vector<End>;

std::string both(const std::string& a, const std::string& b) {
  return a.empty() ? b : b.empty() ? a : a + "; " + b;
}

class Artist {
 public:
  Picture draw(const Outline& outline) {
    for (const RuleOutline& rule : outline.rules) draw_rule(rule);
    draw_otherwise(outline);
    for (const OrderingOutline& ordering : outline.orderings) draw_ordering(ordering);
    return std::move(picture_);
  }

 private:
  Picture picture_;
  std::map<std::string, std::string> step_boxes_;                // of one path, by key
  std::map<std::string, std::vector<std::string>> named_boxes_;  // by rule, chain or approver

  std::string add(std::vector<std::string> lines, Look look) {
    std::string id = "box" + std::to_string(picture_.boxes.size());
    picture_.boxes.push_back({id, std::move(lines), look});
    return id;
  }

  std::string step_box(const PathOutline& step) {
    const auto [found, fresh] = step_boxes_.try_emplace(step.step);
    if (fresh) {
      found->second = add({step.approver}, Look::step);
      named_boxes_[step.approver].push_back(found->second);
      const std::string owner = step.step.substr(0, step.step.find('/'));
      if (owner != step.approver) named_boxes_[owner].push_back(found->second);
    }
    return found->second;
  }

  // Draws the arrows from `ends` through a path; returns where it ends. Depth: as the policy nests.
  Ends draw_path(const PathOutline& path, Ends ends, const std::string& outer_when) {
    const std::string when = both(outer_when, path.when);
    Ends last;
    switch (path.kind) {
      case PathOutline::Kind::step: {
        const std::string box = step_box(path);
        for (const End& end : ends) {
          picture_.arrows.push_back({end.box, box, both(end.when, when), false});
        }
        return {{box, {}}};
      }
      case PathOutline::Kind::series: {
        std::string first_when = when;  // it holds for the parts that follow too
        for (const PathOutline& part : path.parts) {
          ends = draw_path(part, std::move(ends), first_when);
          first_when.clear();
        }
        return ends;
      }
      case PathOutline::Kind::parallel:
        for (const PathOutline& part : path.parts) {
          for (End& end : draw_path(part, ends, when)) last.push_back(std::move(end));
        }
        return last;
    }
    return last;
  }

  void draw_consequence(const std::string& from, const ConsequenceOutline& consequence) {
    const std::string& band = consequence.band;
    switch (consequence.kind) {
      case ConsequenceOutline::Kind::nothing:
        picture_.arrows.push_back({from, add({"no approval"}, Look::approved), band, false});
        return;
      case ConsequenceOutline::Kind::requires_path:
        step_boxes_.clear();
        draw_path(consequence.path, {{from, band}}, {});
        return;
      case ConsequenceOutline::Kind::denies:
      case ConsequenceOutline::Kind::warns: break;
    }
    const bool denies = consequence.kind == ConsequenceOutline::Kind::denies;
    std::vector<std::string> lines{denies ? "denied" : "warning"};
    Picture::add_wrapped(lines, consequence.message);
    const std::string box = add(std::move(lines), denies ? Look::denied : Look::asked);
    picture_.arrows.push_back({from, box, band, false});
  }

  void draw_rule(const RuleOutline& rule) {
    std::vector<std::string> lines{rule.name};
    if (!rule.title.empty()) Picture::add_wrapped(lines, rule.title);
    if (!rule.over.empty()) Picture::add_wrapped(lines, "for each " + rule.over);
    if (!rule.condition.empty()) Picture::add_wrapped(lines, "when " + rule.condition);
    const std::string box = add(std::move(lines), Look::rule);
    for (const ConsequenceOutline& each : rule.consequences) draw_consequence(box, each);
    named_boxes_[rule.name] = {box};  // a rule's order is drawn at the rule, not at each step
  }

  void draw_otherwise(const Outline& outline) {
    for (const ConsequenceOutline& each : outline.otherwise) {
      const std::string box = add({"otherwise"}, Look::rule);
      if (each.kind != ConsequenceOutline::Kind::nothing) {
        draw_consequence(box, each);
        continue;
      }
      std::vector<std::string> lines{"approved automatically"};
      if (!outline.otherwise_reason.empty()) Picture::add_wrapped(lines, outline.otherwise_reason);
      picture_.arrows.push_back({box, add(std::move(lines), Look::approved), {}, false});
    }
  }

  void draw_ordering(const OrderingOutline& ordering) {
    for (const std::string& first : named_boxes_[ordering.first]) {
      for (const std::string& then : named_boxes_[ordering.then]) {
        picture_.arrows.push_back({first, then, {}, true});
      }
    }
  }
};

}  // namespace

Picture picture_of(const Outline& outline) { return Artist().draw(outline); }

}  // namespace assent::command
