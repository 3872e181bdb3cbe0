// assent case ask, answer, comment: words, which hold nobody up. Entry: add_case_words.
#include <memory>
#include <string>

#include "tools/arguments.h"
#include "tools/case/case.h"

namespace assent::command {

namespace {

struct AskRequest : CaseRequest {
  std::string to, words;
};

void add_ask(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("ask", "ask somebody about a step that one has to decide");
  auto request = std::make_shared<AskRequest>();
  add_case_options(*command, *request);
  command->add_option("TEXT", request->words, "the question")->required();
  command->add_option("--step", request->step, "the step")->required();
  command->add_option("--to", request->to, "who is asked")->required();
  command->footer("Examples:\n"
                  "  assent case ask Q-710 --as boss --step big/boss --to rep 'why so much?' --directory people.json\n"
                  "The case does not wait for the answer, which is shown to all who decide.");
  command->callback([request, &exit] {
    exit = perform(*request, [&](std::string_view step) { return Ask{step, request->to, request->words}; });
  });
}

struct AnswerRequest : CaseRequest {
  std::uint32_t number = 0;  // from 1, as people count
  std::string words;
};

void add_answer(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("answer", "answer a question");
  auto request = std::make_shared<AnswerRequest>();
  add_case_options(*command, *request);
  command->add_option("NUMBER", request->number, "of the question, as `assent case show` numbers them")
      ->required()
      ->positive();
  command->add_option("TEXT", request->words, "the answer")->required();
  command->footer("Examples:\n"
                  "  assent case answer Q-710 1 --as rep 'a new customer' --directory people.json\n"
                  "By whoever was asked, the submitter, or the quote's owner.");
  command->callback([request, &exit] {
    exit = perform(*request, [&](std::string_view) { return Answer{request->number - 1, request->words}; });
  });
}

struct CommentRequest : CaseRequest {
  std::string words;
};

void add_comment(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("comment", "say something about a case");
  auto request = std::make_shared<CommentRequest>();
  add_case_options(*command, *request);
  command->add_option("TEXT", request->words, "what is said")->required();
  command->footer("Examples:\n"
                  "  assent case comment Q-710 --as rep 'the customer signs on Friday'\n"
                  "Also when the case has ended.");
  command->callback([request, &exit] {
    exit = perform(*request, [&](std::string_view) { return Remark{request->words}; });
  });
}

}  // namespace

void add_case_words(Arguments& app, Exit& exit) {
  add_ask(app, exit);
  add_answer(app, exit);
  add_comment(app, exit);
}

}  // namespace assent::command
