// Who is asked, in words: names, quorum, vetoes. Entries: Names, seats_in_words.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "assent/decision.h"

namespace assent::command {

// What people are called in one decision: by name, and by id too where two would look the same.
class Names {
 public:
  explicit Names(const Decision& decision);
  std::string of(const Seat& seat) const;

 private:
  std::map<std::string, std::set<std::string_view>> ids_;  // by what is shown
};

// "any of 3", "2 of 4"; empty where one person alone decides.
std::string quorum_in_words(const Step& step);

// "Jane Doe", "any of 3: Ann Lee, Bo Li (absent), Cy Ng", "2 of 4, veto Carl Fox: …"; "nobody".
std::string seats_in_words(const Step& step, const Names& names);

// Different people of all steps.
std::size_t people_asked(const Decision& decision);

// "remind after 1 business day", "rejected after 10 business days".
std::vector<std::string> timers_in_words(const Step& step);

// How to mend a fault, by its stable name; empty if nothing general can be said.
std::string_view cure(std::string_view fault);

}  // namespace assent::command
