// assent case reassign, add-approver, override: other people than the policy named, in one case. Entry:
// add_case_people.
#include <memory>
#include <string>

#include "tools/arguments.h"
#include "tools/case/case.h"

namespace assent::command {

namespace {

struct ReassignRequest : CaseRequest {
  std::string from, to, why;
};

void add_reassign(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("reassign", "give a seat in a step to somebody else");
  auto request = std::make_shared<ReassignRequest>();
  add_case_options(*command, *request);
  command->add_option("--step", request->step, "the step")->required();
  command->add_option("--from", request->from, "whose seat it is (default: one's own)");
  command->add_option("--to", request->to, "who gets it")->required();
  command->add_option("--why", request->why, "the reason");
  command->footer("Examples:\n"
                  "  assent case reassign Q-710 --as boss --step big/boss --to deputy --directory people.json\n"
                  "By whoever has the seat, or an administrator.");
  command->callback([request, &exit] {
    exit = perform(*request, [&](std::string_view step) {
      return Reassign{step, request->from, request->to, request->why};
    });
  });
}

struct AddApproverRequest : CaseRequest {
  std::string person, why;
};

void add_add_approver(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("add-approver", "have one more person agree");
  auto request = std::make_shared<AddApproverRequest>();
  add_case_options(*command, *request);
  command->add_option("PERSON", request->person, "who has to agree as well")->required();
  command->add_option("--before", request->step, "the step that waits for them (default: none)");
  command->add_option("--why", request->why, "the reason")->required();
  command->footer("Examples:\n"
                  "  assent case add-approver Q-710 lawyer --as boss --why 'unusual terms' --directory people.json\n"
                  "By whoever is asked, submitted or owns the quote, or an administrator. What the policy demands\n"
                  "is demanded all the same.");
  command->callback([request, &exit] {
    exit = perform(*request, [&](std::string_view before) {
      return AddApprover{request->person, before, request->why};
    });
  });
}

struct OverrideRequest : CaseRequest {
  std::string why;
};

void add_override(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("override", "set a step aside, in an emergency; it takes two");
  auto request = std::make_shared<OverrideRequest>();
  add_case_options(*command, *request);
  command->add_option("--step", request->step, "the step")->required();
  command->add_option("--why", request->why, "the reason, which stays in the log")->required();
  command->footer("Examples:\n"
                  "  assent case override Q-710 --as cfo --step big/boss --why 'boss cannot be reached'\n"
                  "By those whom the policy names (`override by`): the first proposes it, a second one agrees with\n"
                  "the same command.");
  command->callback([request, &exit] {
    exit = perform(*request, [&](std::string_view step) { return Override{step, request->why}; });
  });
}

}  // namespace

void add_case_people(Arguments& app, Exit& exit) {
  add_reassign(app, exit);
  add_add_approver(app, exit);
  add_override(app, exit);
}

}  // namespace assent::command
