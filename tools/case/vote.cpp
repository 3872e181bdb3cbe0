// assent case approve, reject, abstain: the answer of somebody who is asked. Entry: add_case_vote.
#include <memory>
#include <string>

#include "tools/arguments.h"
#include "tools/case/case.h"

namespace assent::command {

namespace {

struct VoteRequest : CaseRequest {
  std::string on_behalf, comment, quote_hash;
};

void add_vote(Arguments& app, Exit& exit, Vote vote, const std::string& name, const std::string& description,
              const std::string& remark) {
  Arguments* command = app.add_subcommand(name, description);
  auto request = std::make_shared<VoteRequest>();
  add_case_options(*command, *request);
  command->add_option("--step", request->step, "the step that is meant, where several wait for an answer");
  command->add_option("--for", request->on_behalf, "whose seat is meant, where one acts for several");
  command->add_option("--comment", request->comment, "what everybody may read beside the answer");
  command->add_option("--quote-hash", request->quote_hash, "refuse if the quote is not the one that was seen");
  command->footer("Examples:\n"
                  "  assent case " + name + " Q-710 --as boss --directory people.json\n"
                  "  assent case " + name + " Q-710 --as deputy --for boss --step big/boss --comment 'as discussed'\n" +
                  remark);
  command->callback([request, vote, &exit] {
    exit = perform(*request, [&](std::string_view step) {
      return CastVote{vote, step, request->on_behalf, request->comment, request->quote_hash};
    });
  });
}

}  // namespace

void add_case_vote(Arguments& app, Exit& exit) {
  add_vote(app, exit, Vote::approve, "approve", "say yes where one is asked",
           "One answer counts wherever the person is asked the same, unless the policy says otherwise.");
  add_vote(app, exit, Vote::reject, "reject", "say no where one is asked",
           "What that means is the policy's to say: the end, a vote among others, or back to an earlier step.");
  add_vote(app, exit, Vote::abstain, "abstain", "leave the decision to the others of a step",
           "Refused where the step could not be decided without this vote.");
}

}  // namespace assent::command
