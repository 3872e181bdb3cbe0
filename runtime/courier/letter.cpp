// Entry: letter, still_holds, known_names.
#include "runtime/courier/letter.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace assent::courier {

namespace {

// ── words that are safe to show ──────────────────────────────────────────────────────────────
// Of well-formed UTF-8, which all texts of a case are: the bytes of the character that begins here.
std::size_t width(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

// Control characters but the line end; U+200B to U+200F and U+2028 to U+202E, U+2060 to U+206F, U+FEFF: they are
// invisible, or turn the direction of what follows (Unicode Standard Annex 9).
bool is_hidden(std::string_view character) {
  if (character.size() == 1)
    return (character[0] >= 0 && character[0] < ' ' && character[0] != '\n') || character[0] == 0x7f;
  if (character.size() == 2) return character[0] == '\xc2' && static_cast<unsigned char>(character[1]) < 0xa0;
  if (character == "\xef\xbb\xbf") return true;
  if (!character.starts_with("\xe2\x80") && !character.starts_with("\xe2\x81")) return false;
  const auto last = static_cast<unsigned char>(character[2]);
  if (character[1] == '\x81') return last >= 0xa0 && last <= 0xaf;
  return (last >= 0x8b && last <= 0x8f) || (last >= 0xa8 && last <= 0xae);
}

std::string shown(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t count = 0;
  while (!text.empty()) {
    const std::string_view character = text.substr(0, width(text.front()));
    text.remove_prefix(character.size());
    if (is_hidden(character)) continue;
    if (++count > most) return out + "…";
    out += character;
  }
  return out;
}
std::string shown(std::string_view text) { return shown(text, max_figure_characters); }

// ── what is said ─────────────────────────────────────────────────────────────────────────────
struct Kind {
  std::string_view name, before, after;  // around the case's name
};
constexpr std::array<Kind, 11> kinds{{{"request", "Please approve ", ""},
                                      {"remind", "Still waiting for you: ", ""},
                                      {"escalated", "Escalated to you: please approve ", ""},
                                      {"released", "You need not decide on ", " any more"},
                                      {"proposal", "A second person is needed to set a step of ", " aside"},
                                      {"question", "A question about ", ""},
                                      {"answer", "An answer about ", ""},
                                      {"approved", "", " is approved"},
                                      {"rejected", "", " is rejected"},
                                      {"recalled", "", " was recalled"},
                                      {"expired", "", " has expired"}}};
const Kind& kind_of(Effect::Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

bool is_end(Effect::Kind kind) { return kind >= Effect::Kind::approved; }

std::string_view did(Vote vote) {
  switch (vote) {
    case Vote::none: break;
    case Vote::approve: return "approved";
    case Vote::reject: return "rejected";
    case Vote::abstain: return "abstained";
  }
  return "";
}

// Whether there is a seat that the person may fill: their own, or, if they act for others, some other's; for whom in
// which step the letter does not say, and the vote will show.
bool has_empty_seat(const CaseStep& step, const Effect& effect) {
  const bool is_deputy = !effect.on_behalf.empty();
  return !has_voted(step, effect.to) && std::any_of(step.seats.begin(), step.seats.end(), [&](const CaseSeat& seat) {
    return seat.vote == Vote::none && !seat.barred && (is_deputy || seat.person == effect.to);
  });
}

Gaps rule(const CaseRule& rule) {
  Gaps gaps;
  gaps.texts["rule"] = shown(rule.name);
  gaps.texts["rule_title"] = shown(rule.title);
  gaps.texts["band"] = shown(rule.band);
  return gaps;
}

Gaps figure(std::string_view name, std::string_view value) {
  Gaps gaps;
  gaps.texts["figure"] = shown(name);
  gaps.texts["value"] = shown(value);
  return gaps;
}

// What the step's rules read, each value once.
std::vector<Gaps> figures(const CaseStep& step) {
  std::vector<Gaps> all;
  if (step.bases.empty()) return all;
  std::vector<const Reading*> told;
  for (const RuleBasis& basis : step.bases.back().rules()) {
    for (const std::vector<Reading>& row : basis.rows) {
      for (const Reading& reading : row) {
        if (reading.kind != Reading::Kind::value || all.size() == max_letter_items) continue;
        if (std::any_of(told.begin(), told.end(), [&](const Reading* each) { return *each == reading; })) continue;
        told.push_back(&reading);
        all.push_back(figure(reading.name, reading.value));
      }
    }
  }
  return all;
}

std::vector<Gaps> votes(const CaseStep& step, const Ways& ways) {
  std::vector<Gaps> all;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote == Vote::none) continue;
    Gaps gaps;
    gaps.texts["who"] = shown(ways.name_of(seat.by));
    gaps.texts["did"] = did(seat.vote);
    gaps.texts["whom"] = seat.by == seat.person ? "" : shown(ways.name_of(seat.person));
    gaps.texts["remembered"] = seat.remembered ? "yes" : "";
    all.push_back(std::move(gaps));
  }
  return all;
}

}  // namespace

bool has_voted(const CaseStep& step, std::string_view person) {
  return std::any_of(step.seats.begin(), step.seats.end(),
                     [&](const CaseSeat& seat) { return seat.vote != Vote::none && seat.by == person; });
}

bool asks(Effect::Kind kind) {
  return kind == Effect::Kind::request || kind == Effect::Kind::remind || kind == Effect::Kind::escalated;
}

std::vector<const CaseStep*> steps_of(const Effect& effect, const Case& kase) {
  std::vector<const CaseStep*> steps;
  for (const CaseStep& step : kase.steps) {
    const bool named = std::find(effect.steps.begin(), effect.steps.end(), step.key) != effect.steps.end();
    if (named || (is_end(effect.kind) && step.opened_at != 0)) steps.push_back(&step);
  }
  return steps;
}

bool still_holds(const Effect& effect, const Case& kase) {
  if (is_end(effect.kind) || effect.kind == Effect::Kind::released || effect.kind == Effect::Kind::answer) return true;
  if (kase.state != State::pending) return false;
  if (effect.kind == Effect::Kind::question) {
    return std::any_of(kase.questions.begin(), kase.questions.end(), [&](const Question& each) {
      return each.to == effect.to && each.text == effect.text && each.answered_at == 0;
    });
  }
  if (kase.quote_hash != effect.quote_hash) return false;
  const std::vector<const CaseStep*> steps = steps_of(effect, kase);
  if (effect.kind == Effect::Kind::proposal) {
    return std::any_of(kase.proposals.begin(), kase.proposals.end(), [&](const Proposal& each) {
      return std::any_of(steps.begin(), steps.end(), [&](const CaseStep* step) { return step->key == each.step; });
    });
  }
  return std::any_of(steps.begin(), steps.end(), [&](const CaseStep* step) {
    return step->state == StepState::open && has_empty_seat(*step, effect);
  });
}

Gaps letter(const Effect& effect, const Case& kase, const Ways& ways) {
  Gaps gaps;
  auto& texts = gaps.texts;
  for (const Kind& kind : kinds) texts[std::string(kind.name)] = "";
  const Kind& kind = kind_of(effect.kind);
  texts[std::string(kind.name)] = "yes";
  const std::string name = shown(kase.id);
  texts["asks"] = asks(effect.kind) ? "yes" : "";
  texts["headline"] = std::string(kind.before) + name + std::string(kind.after);
  texts["case"] = name;
  texts["to"] = shown(ways.name_of(effect.to));
  texts["on_behalf"] = effect.on_behalf.empty() ? "" : shown(ways.name_of(effect.on_behalf));
  texts["submitter"] = shown(ways.name_of(kase.submitter));
  texts["owner"] = kase.owner.empty() || kase.owner == kase.submitter ? "" : shown(ways.name_of(kase.owner));
  texts["policy"] = shown(kase.policy);
  texts["words"] = shown(effect.text, max_words_characters);
  texts["case_link"] = ways.case_link;
  texts["approve_word"] = asks(effect.kind) ? shown(ways.approve_word) : "";
  texts["reject_word"] = asks(effect.kind) ? shown(ways.reject_word) : "";

  std::vector<Gaps>& of_quote = gaps.lists["quote"];
  for (const auto& [called, value] : ways.figures) {
    if (!value.empty()) of_quote.push_back(figure(called, value));
  }

  const std::vector<const CaseStep*> steps = steps_of(effect, kase);
  std::vector<Gaps>& told = gaps.lists["steps"];
  for (const CaseStep* step : steps) {
    if (told.size() == max_letter_steps) break;
    Gaps one;
    one.texts["step"] = shown(step->key);
    one.texts["title"] = shown(step->title);
    one.texts["why"] = shown(step->why);
    std::vector<Gaps>& rules = one.lists["rules"];
    for (const std::uint32_t each : step->because) {
      if (rules.size() < max_letter_items) rules.push_back(rule(kase.rules[each]));
    }
    one.lists["figures"] = figures(*step);
    one.lists["votes"] = votes(*step, ways);
    const bool answers = asks(effect.kind) && step->state == StepState::open && has_empty_seat(*step, effect);
    one.texts["approve_link"] = answers ? ways.answer_link(*step, Vote::approve) : "";
    one.texts["reject_link"] = answers ? ways.answer_link(*step, Vote::reject) : "";
    told.push_back(std::move(one));
  }
  const std::size_t more = steps.size() - told.size();
  texts["more_steps"] = more == 0 ? "" : std::to_string(more);
  return gaps;
}

const Gaps& known_names() {
  static const Gaps names = [] {
    Case kase;
    kase.rules.push_back({});
    CaseStep step;
    step.because = {0};
    step.seats.push_back({});
    step.seats.back().vote = Vote::approve;
    step.bases.push_back(Basis({{"", "", {{Reading{}}}}}));
    kase.steps.push_back(std::move(step));
    Effect effect;
    effect.steps = {""};
    return letter(effect, kase, {[](const CaseStep&, Vote) { return std::string(); }, "", {{"a", "b"}}, "", "",
                                 [](std::string_view) { return std::string(); }});
  }();
  return names;
}

}  // namespace assent::courier
