// What a letter says: an effect and the case that it is about, as gaps for the templates. Entry: letter.
//
// Names and words come from quotes, people and policies. Characters that nobody can see, or that turn the direction
// of what stands beside them, are left out; what is longer than a reader would read is cut.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/advance.h"
#include "runtime/courier/template.h"

namespace assent::courier {

inline constexpr std::size_t max_letter_steps = 20;      // more are counted
inline constexpr std::size_t max_letter_items = 20;      // rules, and figures, of one step
inline constexpr std::size_t max_figure_characters = 200;
inline constexpr std::size_t max_words_characters = 4'000;  // of a question, an answer, a reason

// What the courier adds. Each may give an empty text: there is no such link.
struct Ways {
  std::function<std::string(const CaseStep& step, Vote vote)> answer_link;
  std::string case_link;
  std::vector<std::pair<std::string, std::string>> figures;  // of the quote: what they are called, and what they are
  std::string approve_word, reject_word;  // empty: no answers by mail
  std::function<std::string(std::string_view person)> name_of;
};

// Whether the person is still asked what the letter asks; true of a letter that asks nothing.
bool still_holds(const Effect& effect, const Case& kase);

// Whether the person has a vote in the step, their own or one for somebody else.
bool has_voted(const CaseStep& step, std::string_view person);

// Whether the letter asks for a vote.
bool asks(Effect::Kind kind);

// The steps that the letter names, in the order of the case; of an end all that were asked.
std::vector<const CaseStep*> steps_of(const Effect& effect, const Case& kase);

Gaps letter(const Effect& effect, const Case& kase, const Ways& ways);

// Every name that a letter can have.
const Gaps& known_names();

}  // namespace assent::courier
