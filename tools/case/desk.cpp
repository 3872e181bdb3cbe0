// assent case delegate, replace: who acts for whom, in every case. Entry: add_case_desk.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/answer.h"
#include "tools/case/case.h"
#include "tools/case/cure.h"
#include "tools/case/event_text.h"
#include "tools/case/json.h"
#include "tools/files.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// What the desk wrote down itself; what followed from it in the cases, below their names.
std::string deeds_text(Store& store, const CaseRequest& request, const std::string& command,
                       const std::vector<Event>& events) {
  std::string text;
  std::vector<std::string> cases;
  for (const Event& event : events) {
    const std::string case_id = case_of_part(command, event.command);
    if (event.command == command) {
      text += who_text(event) + ' ' + event_text(event, {}, request.utc_offset) + '\n';
    } else if (std::find(cases.begin(), cases.end(), case_id) == cases.end()) {
      cases.push_back(case_id);
    }
  }
  return text + deeds_in_cases(store, cases, command, request.utc_offset);
}

Exit tell_desk(Store& store, const CaseRequest& request, const std::string& command, const Response& response) {
  if (response.refusal) {
    return tell_refusal(request, command, response,
                        cure(response.refusal->code, {{}, {}, nullptr, !request.directory.empty()}));
  }
  if (request.as_json()) {
    print(answer_json({{}, command, {}, response, {}}));
    return Exit::fine;
  }
  const Style style = style_of(stdout);
  std::string text = response.repeated ? style.dim("carried out before, and not again") + '\n' : "";
  text += deeds_text(store, request, command, response.events);
  print(text + messages_text(response.effects, style));
  return Exit::fine;
}

struct DelegateRequest : CaseRequest {
  std::string of, to, first_day, last_day, approver;
};

std::int32_t day_in(const char* option, const std::string& text) {
  const Result<std::int32_t> day = date_from_text(text);
  if (!day) throw BadInput(std::string(option) + ": " + printable(day.problems()[0].message));
  return *day;
}

Exit delegate(const DelegateRequest& request) {
  const Delegation delegation{request.of.empty() ? request.actor : request.of, request.to,
                              day_in("--from-day", request.first_day), day_in("--to-day", request.last_day),
                              request.approver};
  const World world = world_of(request);
  Store store = open_store(request);
  const std::string id = id_of(request);
  return tell_desk(store, request, id, must(store.delegate(id, request.actor, delegation, world)));
}

void add_delegate(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("delegate", "let somebody else act for one, from day to day");
  auto request = std::make_shared<DelegateRequest>();
  add_actor_options(*command, *request);
  command->add_option("--to", request->to, "who acts")->required();
  command->add_option("--from-day", request->first_day, "the first day, 2026-03-02")->required();
  command->add_option("--to-day", request->last_day, "the last day, on which they still act")->required();
  command->add_option("--of", request->of, "for whom (default: for whoever gives the command)");
  command->add_option("--approver", request->approver, "only in steps of this approver of the policy");
  command->footer("Examples:\n"
                  "  assent case delegate --as boss --to deputy --from-day 2026-03-02 --to-day 2026-03-06 \\\n"
                  "      --directory people.json\n"
                  "By the person or an administrator. What the deputy may not decide, they may not decide for others.");
  command->callback([request, &exit] { exit = delegate(*request); });
}

struct ReplaceRequest : CaseRequest {
  std::string from, to, why;
};

Exit replace(const ReplaceRequest& request) {
  const World world = world_of(request);
  Store store = open_store(request);
  const std::string id = id_of(request);
  return tell_desk(store, request, id,
                   must(store.replace(id, request.actor, request.from, request.to, request.why, world)));
}

void add_replace(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("replace", "put somebody in the place of another, everywhere and for good");
  auto request = std::make_shared<ReplaceRequest>();
  add_actor_options(*command, *request);
  command->add_option("OLD", request->from, "who is not asked any more")->required();
  command->add_option("NEW", request->to, "who is asked instead")->required();
  command->add_option("--why", request->why, "the reason");
  command->footer("Examples:\n"
                  "  assent case replace old.cfo new.cfo --as admin --why 'has left' --directory people.json\n"
                  "By an administrator. In every pending case at once, or, if one refuses, in none; votes that were\n"
                  "given stand.");
  command->callback([request, &exit] { exit = replace(*request); });
}

}  // namespace

void add_case_desk(Arguments& app, Exit& exit) {
  add_delegate(app, exit);
  add_replace(app, exit);
}

}  // namespace assent::command
