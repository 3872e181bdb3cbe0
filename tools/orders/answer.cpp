// assent orders answer: what the back office sent back about an order, written down. Entry: add_orders_answer.
#include <memory>
#include <string>

#include "tools/arguments.h"
#include "tools/case/case.h"
#include "tools/files.h"
#include "tools/orders/orders.h"
#include "tools/policy_file.h"
#ifdef ASSENT_HAS_EXPORT
#include "assent/sync.h"
#endif

namespace assent::command {

namespace {

struct AnswerRequest : CaseRequest {
  std::string file;
};

// JSON begins with a brace; anything else is UBL.
Result<Heard> heard_from(const std::string& content) {
  if (content.find_first_not_of(" \t\r\n") == content.find('{')) return heard_from_json(content);
#ifdef ASSENT_HAS_EXPORT
  return heard_from_ubl(content);
#else
  return Problem{ErrorCode::bad_request, "", "this `assent` was built without documents, and reads JSON alone"};
#endif
}

Exit answer(AnswerRequest request) {
  const Result<Heard> heard = heard_from(read_file(request.file));
  if (!heard) throw BadInput(problems_text(request.file, heard.problems()));
  request.case_id = heard->case_id;
  return perform(request, [&](std::string_view) { return ReportOrder{heard->report}; });
}

}  // namespace

void add_orders_answer(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("answer", "write down what the back office sent: UBL OrderResponse, or JSON");
  auto request = std::make_shared<AnswerRequest>();
  command->add_option("FILE", request->file, "the answer, or -")->required();
  add_actor_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent orders answer response.xml --as erp\n"
                  "  assent orders answer - --as erp --id response-17 <callback.json\n"
                  "A callback in JSON is\n"
                  "  {\"case\": \"Q-710\", \"report\": {\"order\": \"93220c558a719f5a\", \"revision\": 2,\n"
                  "    \"status\": \"shipped\", \"at\": \"2026-03-04T16:30:00Z\"}}\n"
                  "Give the same --id for the same answer, and it counts once. What is overtaken changes nothing.");
  command->callback([request, &exit] { exit = answer(*request); });
}

}  // namespace assent::command
