// What a step of a scenario expects, compared with what is. Entry: differences.
#include <algorithm>
#include <functional>
#include <map>

#include "tests/approval/scenario.h"

namespace assent::test {

namespace {

using Texts = std::vector<std::string>;

std::string shown(const Texts& texts) { return Json(texts).dump(); }

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// "boss", or "deputy for boss", of each seat in which somebody voted.
std::string voters(const CaseStep& step) {
  std::string all;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote == Vote::none) continue;
    all += (all.empty() ? "" : ", ") + seat.by + (seat.by == seat.person ? "" : " for " + seat.person);
  }
  return all;
}

std::string seats(const CaseStep& step) {
  std::string all;
  for (const CaseSeat& seat : step.seats) all += (all.empty() ? "" : ", ") + seat.person;
  return all;
}

bool remembered(const CaseStep& step) {
  return step.state == StepState::satisfied && std::all_of(step.seats.begin(), step.seats.end(), [](const auto& seat) {
           return seat.vote != Vote::approve || seat.remembered;
         });
}

// An effect in two forms: "deputy request", and "deputy request for boss: one/boss, two/boss".
std::pair<std::string, std::string> forms(const Effect& effect) {
  const std::string brief = effect.to + " " + std::string(text(effect.kind));
  std::string full = brief + (effect.on_behalf.empty() ? "" : " for " + effect.on_behalf) + ":";
  for (const std::string& step : effect.steps) full += (&step == effect.steps.data() ? " " : ", ") + step;
  return {brief, full};
}

class Comparison {
 public:
  Comparison(const Json& expect, const Desk& desk, const Preview& preview)
      : expect_(expect, "`expect`"), desk_(desk), preview_(preview) {
    if (expect.empty()) throw Unreadable("`expect` is empty");
  }

  Texts run() {
    refusal();
    one("state", text(desk_.kase.state));
    part("ended", desk_.kase.why);
    states();
    of_steps(
        "why", [](const CaseStep& step) { return step.why; }, contains);
    of_steps("by", voters, std::equal_to<std::string>());
    of_steps("seats", seats, std::equal_to<std::string>());
    remembered_steps();
    told();
    readings();
    list("events", kinds());
    for (const Event& event : desk_.done.events) {
      if (const auto* decided = std::get_if<Decided>(&event.what)) decided_ = decided;
    }
    list("dropped", decided_ == nullptr ? Texts{} : decided_->dropped);
    list("weaker", decided_ == nullptr ? Texts{} : decided_->weaker);
    if (expect_.find("repeats") != nullptr) one("repeats", desk_.done.repeats ? "yes" : "no");
    one("outcome", preview_.outcome);
    list("path", preview_.path);
    expect_.end();
    return std::move(wrong_);
  }

 private:
  void differs(const std::string& what, const std::string& expected, const std::string& seen) {
    wrong_.push_back(what + ": expected " + expected + ", seen " + seen);
  }

  void one(const std::string& key, std::string_view seen) {
    if (expect_.find(key) == nullptr) return;
    const std::string expected = expect_.text(key);
    if (expected != seen) differs(key, expected, std::string(seen));
  }
  void part(const std::string& key, const std::string& seen) {
    if (expect_.find(key) == nullptr) return;
    const std::string expected = expect_.text(key);
    if (expected.empty()) throw Unreadable("`" + key + "` is empty");
    if (!contains(seen, expected)) differs(key, "… " + expected + " …", seen);
  }
  void list(const std::string& key, const Texts& seen) {
    const Json* json = expect_.find(key);
    if (json == nullptr) return;
    const Texts expected = json->get<Texts>();
    if (expected != seen) differs(key, shown(expected), shown(seen));
  }

  void refusal() {
    const std::string expected = expect_.text_or("refused", "");
    const std::string words = desk_.done.refusal ? desk_.done.refusal->message : "";
    if (expected != desk_.refusal())
      differs("refused", expected.empty() ? "nothing" : expected,
              words.empty() ? "nothing" : desk_.refusal() + ": " + words);
    part("message", words);
  }

  const CaseStep* step_named(const std::string& key) {
    for (const CaseStep& step : desk_.kase.steps) {
      if (step.key == key) return &step;
    }
    wrong_.push_back("there is no step " + key + ", but " + desk_.steps());
    return nullptr;
  }

  void states() {
    const Json* json = expect_.find("steps");
    if (json == nullptr) return;
    std::map<std::string, std::string> expected, seen;
    for (const auto& [key, state] : json->items()) expected[key] = state.get<std::string>();
    for (const CaseStep& step : desk_.kase.steps) seen[step.key] = text(step.state);
    if (expected != seen) differs("steps", Json(expected).dump(), Json(seen).dump());
  }

  template <typename See, typename Same>
  void of_steps(const std::string& key, See see, Same same) {
    const Json* json = expect_.find(key);
    if (json == nullptr) return;
    if (!json->is_object() || json->empty()) throw Unreadable("`" + key + "` names no steps");
    for (const auto& [name, value] : json->items()) {
      const CaseStep* step = step_named(name);
      if (step == nullptr) continue;
      const std::string expected = value.template get<std::string>(), seen = see(*step);
      if (!same(seen, expected)) differs(key + " of " + name, expected, seen);
    }
  }

  void remembered_steps() {
    Texts seen;
    for (const CaseStep& step : desk_.kase.steps) {
      if (remembered(step)) seen.push_back(step.key);
    }
    list("remembered", seen);
  }

  // Each letter in either form, in the order of the people.
  void told() {
    const Json* json = expect_.find("told");
    if (json == nullptr) return;
    const Texts expected = json->get<Texts>();
    Texts seen;
    bool same = expected.size() == desk_.done.effects.size();
    for (const Effect& effect : desk_.done.effects) {
      const auto [brief, full] = forms(effect);
      same = same && (expected[seen.size()] == brief || expected[seen.size()] == full);
      seen.push_back(full);
    }
    if (!same) differs("told", shown(expected), shown(seen));
  }

  // By step, values that a vote given now rests on; those of several rows are joined.
  void readings() {
    const Json* json = expect_.find("reads");
    if (json == nullptr) return;
    for (const auto& [key, values] : json->items()) {
      const CaseStep* step = step_named(key);
      if (step == nullptr || step->bases.empty()) continue;
      std::map<std::string, std::string> seen, expected;
      for (const RuleBasis& rule : step->bases.back().rules()) {
        for (const auto& row : rule.rows) {
          for (const Reading& reading : row) {
            std::string& all = seen[reading.name];
            all += (all.empty() ? "" : ", ") + (reading.kind == Reading::Kind::value ? reading.value : "absent");
          }
        }
      }
      for (const auto& [name, value] : values.items()) expected[name] = value.template get<std::string>();
      if (expected != seen) differs("reads of " + key, Json(expected).dump(), Json(seen).dump());
    }
  }

  Texts kinds() const {
    Texts all;
    for (const Event& event : desk_.done.events) all.emplace_back(kind(event));
    return all;
  }

  Fields expect_;
  const Desk& desk_;
  const Preview& preview_;
  const Decided* decided_ = nullptr;
  Texts wrong_;
};

}  // namespace

std::vector<std::string> differences(const Json& expect, const Desk& desk, const Preview& preview) {
  return Comparison(expect, desk, preview).run();
}

}  // namespace assent::test
