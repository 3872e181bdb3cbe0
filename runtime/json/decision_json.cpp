// Canonical JSON of a decision: keys in a fixed order, no number that is not a small whole one, the
// same decision the same bytes. Entries: to_json, append_line.
#include "assent/decision.h"
#include "assent/session.h"
#include "runtime/json/json_writer.h"

namespace assent {

namespace {

constexpr std::uint32_t no_rule = 0xffff'ffffu;

class DecisionWriter {
 public:
  DecisionWriter(std::string& out, JsonLayout layout, const Decision& decision)
      : json_(out, layout), decision_(decision) {}

  void write(const Explanation* proof) {
    json_.begin_object();
    json_.member("policy", decision_.policy);
    json_.member("policy_hash", decision_.policy_hash);
    json_.member("plan_hash", plan_hash(decision_));
    json_.member("outcome", text(decision_.outcome));
    json_.text_if("otherwise", decision_.otherwise);
    json_.member("same_approver", decision_.same_approver_once ? "once" : "each time");
    json_.list("path", decision_.steps, [this](const Step& each) { step(each); });
    json_.list("rules", decision_.rules, [this](const RuleResult& each) { rule(each); });
    messages("denials", decision_.denials);
    messages("warnings", decision_.warnings);
    json_.list("troubles", decision_.troubles, [this](const Trouble& each) { trouble(each); });
    json_.list("reads", decision_.reads);
    if (proof) json_.list("why", proof->rules, [this](const RuleExplanation& each) { why(each); });
    json_.end_object();
  }

 private:
  void place(const Location& at) {
    json_.key("at");
    json_.begin_object();
    json_.member("file", at.file);
    json_.member("line", at.line);
    json_.member("column", at.column);
    json_.end_object();
  }

  void seat(const Seat& seat) {
    json_.begin_object();
    json_.member("person", seat.person);
    json_.text_if("name", seat.name);
    json_.member("votes", seat.votes);
    json_.flag_if("veto", seat.veto);
    json_.flag_if("absent", seat.absent);
    json_.end_object();
  }

  void timer(const Timer& timer) {
    json_.begin_object();
    json_.member("kind", timer.kind);
    json_.member("after", timer.amount);
    json_.member("unit", timer.unit);
    json_.text_if("calendar", timer.calendar);
    if (timer.every != 0) {
      json_.member("every", timer.every);
      json_.member("every_unit", timer.every_unit);
    }
    json_.text_if(timer.kind == "expire" ? "as" : "to", timer.to);
    json_.flag_if("replacing", timer.replacing);
    json_.end_object();
  }

  void step(const Step& step) {
    json_.begin_object();
    json_.member("step", step.key);
    json_.member("approver", step.approver);
    json_.text_if("title", step.title);
    json_.list("after", step.after, [this](std::uint32_t before) { json_.value(decision_.steps[before].key); });
    json_.key("quorum");
    json_.begin_object();
    json_.member("kind", step.quorum.kind);
    json_.member("needed", step.quorum.needed);
    json_.member("total", step.quorum.total);
    json_.end_object();
    json_.list("seats", step.seats, [this](const Seat& each) { seat(each); });
    json_.list("because", step.because, [this](std::uint32_t rule) { json_.value(decision_.rules[rule].name); });
    if (!step.lines.empty()) json_.list("lines", step.lines);
    if (!step.timers.empty()) json_.list("timers", step.timers, [this](const Timer& each) { timer(each); });
    json_.flag_if("explicit", step.explicit_vote);
    json_.member("rejection", step.rejection);
    json_.text_if("returns_to", step.returns_to);
    place(step.location);
    json_.end_object();
  }

  void rule(const RuleResult& rule) {
    json_.begin_object();
    json_.member("rule", rule.name);
    json_.text_if("title", rule.title);
    json_.text_if("band", rule.band);
    json_.member("status", text(rule.status));
    if (!rule.row.empty()) {
      json_.member("row", rule.row);
      json_.list("lines", rule.lines);
    }
    place(rule.location);
    json_.end_object();
  }

  void messages(std::string_view name, std::span<const Message> list) {
    json_.list(name, list, [this](const Message& message) {
      json_.begin_object();
      json_.member("text", message.text);
      if (message.rule != no_rule) json_.member("rule", decision_.rules[message.rule].name);
      place(message.location);
      json_.end_object();
    });
  }

  void trouble(const Trouble& trouble) {
    json_.begin_object();
    json_.member("fault", trouble.fault);
    json_.member("message", trouble.message);
    json_.text_if("rule", trouble.rule);
    json_.text_if("step", trouble.step);
    place(trouble.location);
    json_.end_object();
  }

  void condition(const Condition& condition) {
    json_.member("condition", condition.text);
    json_.member("answer", condition.answer == Condition::Answer::yes  ? "yes"
                           : condition.answer == Condition::Answer::no ? "no"
                                                                       : "fault");
    json_.text_if("fault", condition.fault);
    json_.key("values");
    json_.begin_object();
    for (const auto& [name, value] : condition.values) json_.member(name, value);
    json_.end_object();
  }

  void why(const RuleExplanation& rule) {
    json_.begin_object();
    json_.member("rule", rule.name);
    json_.text_if("title", rule.title);
    json_.text_if("band", rule.band);
    json_.member("status", text(rule.status));
    json_.text_if("excluded", rule.excluded);
    if (rule.line != no_rule) json_.member("line", rule.line);
    json_.list("conditions", rule.conditions, [this](const Condition& each) {
      json_.begin_object();
      condition(each);
      json_.end_object();
    });
    if (!rule.skipped.empty()) {
      json_.list("skipped", rule.skipped, [this](const auto& part) {
        json_.begin_object();
        json_.member("step", part.first);
        condition(part.second);
        json_.end_object();
      });
    }
    place(rule.location);
    json_.end_object();
  }

  JsonWriter json_;
  const Decision& decision_;
};

std::string indented(const Decision& decision, const Explanation* proof) {
  std::string out;
  DecisionWriter(out, JsonLayout::indented, decision).write(proof);
  out += '\n';
  return out;
}

}  // namespace

std::string_view text(Outcome outcome) {
  switch (outcome) {
    case Outcome::auto_approved: return "auto_approved";
    case Outcome::needs_approval: return "needs_approval";
    case Outcome::denied: return "denied";
    case Outcome::blocked: return "blocked";
  }
  return {};
}

std::string_view text(RuleStatus status) {
  switch (status) {
    case RuleStatus::not_applicable: return "not_applicable";
    case RuleStatus::pending: return "pending";
    case RuleStatus::satisfied: return "satisfied";
    case RuleStatus::rejected: return "rejected";
    case RuleStatus::overridden: return "overridden";
    case RuleStatus::error: return "error";
  }
  return {};
}

std::string to_json(const Decision& decision) { return indented(decision, nullptr); }
std::string to_json(const Decision& decision, const Explanation& explanation) {
  return indented(decision, &explanation);
}
void append_line(std::string& out, const Decision& decision, const Explanation* proof) {
  DecisionWriter(out, JsonLayout::one_line, decision).write(proof);
}

void append_line(std::string& out, const Difference& difference) {
  JsonWriter json(out);
  json.begin_object();
  json.member("before", text(difference.before));
  json.member("after", text(difference.after));
  const std::pair<std::string_view, std::span<const std::string_view>> lists[] = {
      {"steps_added", difference.steps_added}, {"steps_removed", difference.steps_removed},
      {"steps_changed", difference.steps_changed}, {"rules_added", difference.rules_added},
      {"rules_removed", difference.rules_removed}, {"rules_changed", difference.rules_changed}};
  for (const auto& [name, names] : lists)
    if (!names.empty()) json.list(name, names);
  json.end_object();
}

}  // namespace assent
