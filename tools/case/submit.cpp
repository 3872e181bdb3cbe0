// assent case submit, resubmit, recall: a quote goes to those who decide, again, and is taken back. Entry:
// add_case_submit.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/answer.h"
#include "tools/case/case.h"
#include "tools/files.h"
#include "tools/nearest.h"
#include "tools/policy_file.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct SubmitRequest : CaseRequest {
  std::string policy, quote, expect_plan;
  std::vector<std::string> editors;
};

void check_inputs(const SubmitRequest& request) {
  const std::string* inputs[] = {&request.policy, &request.quote, &request.directory, &request.rates};
  const auto is_stdin = [](const std::string* input) { return *input == standard_stream; };
  if (std::count_if(std::begin(inputs), std::end(inputs), is_stdin) > 1) {
    throw BadInput("only one input can be `-`, the standard input");
  }
}

bool carried_out(const Case& kase, const std::string& command) {
  return std::any_of(kase.answered.begin(), kase.answered.end(),
                     [&](const Answered& each) { return each.command == command; });
}

// A first submission that is none, or a later one that is the first: most likely the wrong case.
struct Mistaken {
  Refusal refusal;
  std::string help;
};
std::optional<Mistaken> mistaken(Store& store, const SubmitRequest& request, const std::optional<Case>& before,
                                 const std::string& command, bool again) {
  const std::string name = printable(request.case_id);
  Mistaken wrong;
  if (before && !again && !carried_out(*before, command)) {
    wrong.refusal.code = RefusalCode::stale_version;
    wrong.refusal.message = "there is a case `" + name + "` already, " + std::string(text(before->state)) +
                            " at version " + std::to_string(before->version);
    wrong.help = "`assent case resubmit " + name + " POLICY QUOTE` tells it of another quote";
    return wrong;
  }
  if (before || !again) return std::nullopt;
  std::vector<std::string> names;
  for (const CaseStatus& each : must(store.cases({}))) names.push_back(each.id);
  wrong.refusal.code = RefusalCode::not_pending;
  wrong.refusal.message =
      "there is no case `" + name + '`' + printable(did_you_mean(request.case_id, std::move(names)));
  wrong.help = "`assent case submit " + name + " POLICY QUOTE` makes it";
  return wrong;
}

// A case that is pending stays with its policy, whatever is given here: that is said, lest somebody wonders.
void note_policy(const Case& before, const Policy& given) {
  if (before.state != State::pending || before.policy_hash == given.hash()) return;
  std::fprintf(stderr, "note: the case is pending, and stays with the version of %s that it is pinned to; "
                       "`assent case migrate` moves it\n", printable(before.policy).c_str());
}

Exit submit(const SubmitRequest& request, bool again) {
  check_inputs(request);
  const OpenPolicy policy = open_policy(request.policy);
  const std::string quote = read_file(request.quote, Limits{}.quote_bytes);
  const World world = world_of(request);
  Store store = open_store(request, !again);
  const std::string id = id_of(request);
  const std::optional<Case> before = must(store.find(request.case_id));
  if (const auto wrong = mistaken(store, request, before, id, again)) {
    Response response;
    response.refusal = wrong->refusal;
    return tell_refusal(request, id, response, wrong->help);
  }
  if (before) note_policy(*before, policy.policy);
  Command command{id, request.actor, request.expected_version,
                  Submit{quote, request.expect_plan, {request.editors.begin(), request.editors.end()}}};
  if (!again) command.expected_version = 0;  // whoever was faster has made another case of this name
  return tell(store, request, id, must(store.submit(request.case_id, command, policy.policy, world)), true);
}

void add_submission(Arguments& app, Exit& exit, bool again) {
  Arguments* command = again ? app.add_subcommand("resubmit", "submit a case again, or tell it that its quote changed")
                            : app.add_subcommand("submit", "submit a quote: a new case");
  auto request = std::make_shared<SubmitRequest>();
  command->add_option("CASE", request->case_id, "the case: a name of your own, as the quote's number")->required();
  command->add_option("POLICY", request->policy, "the policy: .assent source or a .assentc artifact, or -")->required();
  command->add_option("QUOTE", request->quote, "the quote: a JSON file, or - for the standard input")->required();
  command->add_option("--edited-by", request->editors, "who else had a hand in the quote (repeatable)")
      ->one_each();
  command->add_option("--expect-plan", request->expect_plan,
                      "refuse if the path is not the one with this hash: `plan_hash` of assent decide");
  add_actor_options(*command, *request);
  if (again) add_expected_version(*command, *request);
  command->footer(again ? "Examples:\n"
                          "  assent case resubmit Q-710 desk.assent quote.json --as rep --directory people.json\n"
                          "Who has approved what still covers the quote is not asked again."
                        : "Examples:\n"
                          "  assent case submit Q-710 desk.assent quote.json --as rep --directory people.json\n"
                          "  assent case submit Q-710 desk.assentc - --as rep --edited-by intern < quote.json\n"
                          "The store is made if it is not there. Ends with 1 if the quote is denied or blocked.");
  command->callback([request, again, &exit] { exit = submit(*request, again); });
}

struct RecallRequest : CaseRequest {
  std::string why;
};

void add_recall(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("recall", "take a case back");
  auto request = std::make_shared<RecallRequest>();
  add_case_options(*command, *request);
  command->add_option("--why", request->why, "the reason, which everybody concerned is told");
  command->footer("Examples:\n"
                  "  assent case recall Q-710 --as rep --why 'the customer has left' --directory people.json\n"
                  "By its submitter, the quote's owner, or an administrator.");
  command->callback([request, &exit] {
    exit = perform(*request, [&](std::string_view) { return Recall{request->why}; });
  });
}

}  // namespace

void add_case_submit(Arguments& app, Exit& exit) {
  add_submission(app, exit, false);
  add_submission(app, exit, true);
  add_recall(app, exit);
}

}  // namespace assent::command
