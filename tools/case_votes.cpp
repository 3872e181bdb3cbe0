// assent case submit, resubmit, approve, reject, abstain, recall, ask, answer, comment, tick.
#include <functional>
#include <vector>

#include <CLI/CLI.hpp>

#include "tools/case.h"
#include "tools/files.h"
#include "tools/policy_file.h"

namespace assent::command {

namespace {

struct Words : CaseOptions {
  std::string kase, policy, quote, step, to, on_behalf, comment, quote_hash, why, text, expect_plan;
  std::vector<std::string> editors;
  std::uint32_t question = 0;
};

// A subcommand on one case that needs no policy.
CLI::App* on_case(CLI::App& app, Exit& exit, const char* name, const char* what, const std::shared_ptr<Words>& words,
                  std::function<decltype(Command::what)(const Words&)> made) {
  CLI::App* command = app.add_subcommand(name, what);
  command->add_option("case", words->kase, "id of the case")->required();
  add_case_options(*command, *words);
  add_actor(*command, *words);
  command->callback([words, made = std::move(made), &exit] {
    Store store = open_store(*words);
    const std::string id = id_of(*words);
    const Response response =
        must(store.perform(words->kase, command_of(*words, id, made(*words)), world_of(*words)), "store");
    exit = tell(*words, words->kase, response, store);
  });
  return command;
}

void add_submission(CLI::App& app, Exit& exit, bool again) {
  auto words = std::make_shared<Words>();
  CLI::App* command = app.add_subcommand(
      again ? "resubmit" : "submit", again ? "submit a quote again, or tell that it has changed" : "submit a quote");
  command->add_option("case", words->kase, "id of the case")->required();
  command->add_option("policy", words->policy, "file: source or artifact")->required();
  command->add_option("quote", words->quote, "file: JSON; - for the standard input")->required();
  command->add_option("--edited-by", words->editors, "who else had a hand in the quote");
  command->add_option("--expect-plan", words->expect_plan, "refuse if the path is not that of this plan hash");
  add_case_options(*command, *words);
  add_actor(*command, *words);
  command->callback([words, again, &exit] {
    const OpenPolicy policy = open_policy(words->policy);
    const std::string quote = read_file(words->quote);
    const World world = world_of(*words);
    Store store = open_store(*words, !again);
    const bool there = must(store.find(words->kase), "store").has_value();
    if (there && !again && words->id.empty())
      throw BadInput("assent: there is a case `" + words->kase + "` already: use `assent case resubmit`");
    if (!there && again) throw BadInput("assent: there is no case `" + words->kase + "`: use `assent case submit`");
    const std::string id = id_of(*words);
    const Submit submission{quote, words->expect_plan, {words->editors.begin(), words->editors.end()}};
    const Response response =
        must(store.submit(words->kase, command_of(*words, id, submission), policy.policy, world), "store");
    exit = tell(*words, words->kase, response, store);
  });
}

void add_vote(CLI::App& app, Exit& exit, const char* name, const char* what, Vote vote) {
  auto words = std::make_shared<Words>();
  CLI::App* command = on_case(app, exit, name, what, words, [vote](const Words& w) {
    return CastVote{vote, w.step, w.on_behalf, w.comment, w.quote_hash};
  });
  command->add_option("--step", words->step, "key of the step, where several wait");
  command->add_option("--for", words->on_behalf, "whose seat is meant, where there are several");
  command->add_option("--comment", words->comment, "to be kept with the vote");
  command->add_option("--quote-hash", words->quote_hash, "refuse if the quote is not the one that was seen");
}

}  // namespace

void add_case_votes(CLI::App& app, Exit& exit) {
  add_submission(app, exit, false);
  add_submission(app, exit, true);
  add_vote(app, exit, "approve", "approve where one is asked", Vote::approve);
  add_vote(app, exit, "reject", "reject where one is asked", Vote::reject);
  add_vote(app, exit, "abstain", "give up one's vote", Vote::abstain);

  auto recalled = std::make_shared<Words>();
  on_case(app, exit, "recall", "take a case back", recalled, [](const Words& w) { return Recall{w.why}; })
      ->add_option("--why", recalled->why, "the reason");

  auto asked = std::make_shared<Words>();
  CLI::App* ask = on_case(app, exit, "ask", "put a question; nobody is held up by it", asked,
                          [](const Words& w) { return Ask{w.step, w.to, w.text}; });
  ask->add_option("text", asked->text, "the question")->required();
  ask->add_option("--step", asked->step, "key of the step that one decides")->required();
  ask->add_option("--to", asked->to, "who is asked")->required();

  auto answered = std::make_shared<Words>();
  CLI::App* answer = on_case(app, exit, "answer", "answer a question", answered,
                             [](const Words& w) { return Answer{w.question, w.text}; });
  answer->add_option("question", answered->question, "its number, from 0")->required();
  answer->add_option("text", answered->text, "the answer")->required();

  auto said = std::make_shared<Words>();
  on_case(app, exit, "comment", "say something", said, [](const Words& w) { return Remark{w.text}; })
      ->add_option("text", said->text, "what")->required();

  auto ticked = std::make_shared<Words>();
  CLI::App* tick = app.add_subcommand("tick", "let time pass: remind, escalate, expire, in every case");
  add_case_options(*tick, *ticked);
  tick->add_option("--id", ticked->id, "of the command");
  tick->callback([ticked, &exit] {
    Store store = open_store(*ticked);
    const auto moved = must(store.tick(id_of(*ticked), "clock", world_of(*ticked)), "store");
    for (const std::string& id : moved) print(id + "\n");
    exit = Exit::fine;
  });
}

}  // namespace assent::command
