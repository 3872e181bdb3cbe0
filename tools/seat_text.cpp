// See seat_text.h.
#include "tools/seat_text.h"

#include <algorithm>

#include "tools/text.h"

namespace assent::command {

namespace {

std::string shown(const Seat& seat) {
  return printable(seat.name.empty() ? seat.person : seat.name);
}

std::size_t voting_seats(const Step& step) {
  const auto votes = [](const Seat& seat) { return seat.votes > 0; };
  return static_cast<std::size_t>(std::count_if(step.seats.begin(), step.seats.end(), votes));
}

std::string amount(std::uint32_t count, std::string_view unit) {
  std::string text = std::to_string(count) + ' ' + printable(unit);
  if (count == 1 && text.ends_with('s')) text.pop_back();
  return text;
}

struct Cure {
  std::string_view fault, text;
};

constexpr Cure cures[] = {
    {"division-by-zero", "test the divisor first, or give the fact another value with `else`"},
    {"missing-rate", "give the rates with --rates, or add the missing currency to them"},
    {"missing-value", "give the value in the quote, or say in the policy what counts without it"},
    {"unknown-person", "add the person to the directory (--directory)"},
    {"currency-mismatch", "convert the amounts to one currency before they are added"},
    {"unresolved-person", "add the person to the directory, or give the approver an `else`"},
    {"empty-role", "give the role to someone active, or give the approver an `else`"},
    {"no-authority", "give a manager above an authority that covers the value, or an `else`"},
    {"quorum-unreachable", "lower the quorum, or add members to the group"},
    {"no-otherwise", "add `otherwise approve \"…\"` to the policy if such a quote may pass"},
    {"too-much-work", "decide a smaller quote, or give the evaluator a higher limit"},
    {"not-whole", "round the number where it is used"},
    {"bad-range", "use between -34 and 34 places"},
    {"date-range", "check the dates of the quote"},
    {"overflow", "round earlier, or check the numbers of the quote"},
};

}  // namespace

Names::Names(const Decision& decision) {
  for (const Step& step : decision.steps) {
    for (const Seat& seat : step.seats) ids_[shown(seat)].insert(seat.person);
  }
}

std::string Names::of(const Seat& seat) const {
  const std::string name = shown(seat);
  const auto found = ids_.find(name);
  const bool clash = found != ids_.end() && found->second.size() > 1 && !seat.name.empty();
  return clash ? name + " (" + printable(seat.person) + ")" : name;
}

std::string quorum_in_words(const Step& step) {
  const Quorum& quorum = step.quorum;
  const std::string needed = std::to_string(quorum.needed), total = std::to_string(quorum.total);
  const std::string number = needed + " of " + total;
  std::string words;
  if (step.seats.size() == 1 && quorum.needed == 1 && quorum.total == 1) return words;
  if (quorum.kind == "any") words = "any of " + std::to_string(voting_seats(step));
  else if (quorum.kind == "all") words = "all of " + std::to_string(voting_seats(step));
  else if (quorum.kind == "majority") words = "a majority, " + number;
  else if (quorum.kind == "points") words = number + " points";
  else words = number;
  return words;
}

std::string seats_in_words(const Step& step, const Names& names) {
  if (step.seats.empty()) return "nobody";
  std::vector<std::string> vetoes, asked;
  for (const Seat& seat : step.seats) {
    const std::string name = names.of(seat) + (seat.absent ? " (absent)" : "");
    if (seat.veto) vetoes.push_back(name);
    if (seat.votes == 0) continue;
    const bool points = step.quorum.kind == "points";
    const std::string votes = points ? counted(seat.votes, "point") : counted(seat.votes, "vote");
    asked.push_back(points || seat.votes > 1 ? name + " (" + votes + ")" : name);
  }
  std::string head = quorum_in_words(step);
  if (!vetoes.empty()) head += (head.empty() ? "veto " : ", veto ") + listed(vetoes);
  return head.empty() ? joined(asked, ", ") : head + ": " + joined(asked, ", ");
}

std::size_t people_asked(const Decision& decision) {
  std::set<std::string_view> people;
  for (const Step& step : decision.steps) {
    for (const Seat& seat : step.seats) people.insert(seat.person);
  }
  return people.size();
}

std::vector<std::string> timers_in_words(const Step& step) {
  std::vector<std::string> all;
  for (const Timer& timer : step.timers) {
    const std::string after = " after " + amount(timer.amount, timer.unit);
    std::string words;
    if (timer.kind == "remind") {
      words = "remind" + after;
      if (timer.every != 0) words += ", then every " + amount(timer.every, timer.every_unit);
    } else if (timer.kind == "escalate") {
      words = "escalate to " + printable(timer.to) + after + (timer.replacing ? ", replacing" : "");
    } else if (timer.kind == "expire") {
      words = printable(timer.to) + after;
    } else {
      words = "approved by silence" + after;
    }
    if (!timer.calendar.empty()) words += " in " + printable(timer.calendar);
    all.push_back(std::move(words));
  }
  return all;
}

std::string_view cure(std::string_view fault) {
  const auto names_it = [&](const Cure& each) { return each.fault == fault; };
  const auto found = std::find_if(std::begin(cures), std::end(cures), names_it);
  return found == std::end(cures) ? std::string_view{} : found->text;
}

}  // namespace assent::command
