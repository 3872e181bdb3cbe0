// See cure.h.
#include "tools/case/cure.h"

#include <algorithm>
#include <vector>

#include "tools/nearest.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr const char* no_people = "give the people with --directory FILE";

std::string look_at_it(const Attempt& attempt, const std::string& says) {
  return "`assent case show " + printable(attempt.case_id) + "` " + says;
}

std::string orders_of(const Attempt& attempt, const std::string& says) {
  return "`assent orders show " + printable(attempt.case_id) + "` " + says;
}

// A step goes by its key, or by its approver where that is enough; either may have been meant.
std::string nearest_step(const Attempt& attempt) {
  if (attempt.kase == nullptr) return {};
  const std::vector<CaseStep>& steps = attempt.kase->steps;
  std::vector<std::string> names;
  for (const CaseStep& step : steps) {
    names.push_back(step.key);
    const auto of_this = [&](const CaseStep& other) { return other.approver == step.approver; };
    if (std::count_if(steps.begin(), steps.end(), of_this) == 1) names.push_back(step.approver);
  }
  const std::optional<std::string> near = nearest(attempt.step, names);
  return near ? "did you mean `" + printable(*near) + "`?" : look_at_it(attempt, "lists the steps");
}

}  // namespace

std::string cure(RefusalCode code, const Attempt& attempt) {
  switch (code) {
    case RefusalCode::bad_command: return {};
    case RefusalCode::stale_version: return look_at_it(attempt, "tells what has happened since; then decide again");
    case RefusalCode::wrong_policy:
      return "submit it with the policy that it is pinned to, or move it first: `assent case migrate POLICY`";
    case RefusalCode::bad_quote: return "`assent decide POLICY QUOTE` says the same, with each place in the file";
    case RefusalCode::denied:
    case RefusalCode::blocked: return "`assent decide POLICY QUOTE --why` shows the rules with what they read";
    case RefusalCode::plan_changed:
      return "look at the path again: `assent decide POLICY QUOTE`, whose --format json has the `plan_hash`";
    case RefusalCode::undecidable: return "name somebody else for the step, here or in the policy";
    case RefusalCode::not_pending: return "`assent case submit` makes a case, `assent case list` shows the others";
    case RefusalCode::ended:
      return "`assent case resubmit " + printable(attempt.case_id) + " POLICY QUOTE` starts it again";
    case RefusalCode::content_changed: return look_at_it(attempt, "has the hash of the quote that is asked about now");
    case RefusalCode::unknown_step: return nearest_step(attempt);
    case RefusalCode::not_open: return look_at_it(attempt, "says what the step waits for");
    case RefusalCode::which_step: return "repeat it with --step KEY for each of them";
    case RefusalCode::no_seat:
      return attempt.knows_people ? look_at_it(attempt, "says who is asked") : std::string(no_people);
    case RefusalCode::voted_already: return look_at_it(attempt, "says who has answered");
    case RefusalCode::separated: return "somebody else has to: `assent case reassign` gives the seat away";
    case RefusalCode::unknown_person:
      return attempt.knows_people ? "add the person to the directory, or mend the name" : std::string(no_people);
    case RefusalCode::vote_needed: return {};
    case RefusalCode::not_allowed:
      return attempt.knows_people
                 ? "administrators have the role `" + std::string(administrator_role) + "` in the directory"
                 : std::string(no_people);
    case RefusalCode::no_override: return "a policy says who may: `path { override by APPROVER }`";
    case RefusalCode::second_person: return "another of those who may override gives the same command";
    case RefusalCode::unknown_question: return look_at_it(attempt, "lists the questions with their numbers");
    case RefusalCode::nothing_to_do: return {};
    case RefusalCode::not_approved: return look_at_it(attempt, "says what the case waits for");
    case RefusalCode::unknown_order:
    case RefusalCode::order_waits:
    case RefusalCode::wrong_state: return orders_of(attempt, "lists the orders with what they wait for");
    case RefusalCode::bad_quantity: return orders_of(attempt, "says what is left of each line");
    case RefusalCode::past_return: return "what comes back, or is wanted besides, is a quote of its own";
    case RefusalCode::has_orders: return "submit what is wanted otherwise as a case of its own";
  }
  return {};
}

}  // namespace assent::command
