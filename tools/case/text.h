// A case for people: its path with what is done, who is waited for and until when; what was asked and said; how it
// ended and why. Entries: case_text, headline.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assent/case.h"
#include "tools/terminal.h"

namespace assent::command {

// The words that somebody gave with a vote. They stand in the log, not in the case.
struct VoteComment {
  std::string by, words;
  std::int64_t at = 0;
};

// What is shown, and how.
struct CaseReading {
  const Case& kase;
  const Style& style;
  std::int32_t utc_offset = 0;
  std::int64_t now = 0;                // timers that should have run are said to be late; 0: none is
  std::int32_t today = 0;              // the day on which delegations are looked at
  const Deputies* deputies = nullptr;  // who acts for whom; null: that is not said
  std::vector<VoteComment> comments{};
};

std::string case_text(const CaseReading& reading);

// "Q-7 is pending: 1 of 2 steps is done, waits for the.cfo", without a line end.
std::string headline(const Case& kase, const Style& style);

// "approved", in the colour of the state.
std::string state_in_words(State state, const Style& style);

// Whose answers an open step waits for: those who have not voted, and may.
std::vector<std::string> waited_for(const CaseStep& step);

// "approved", "rejected", "abstained".
std::string_view vote_in_words(Vote vote);

}  // namespace assent::command
