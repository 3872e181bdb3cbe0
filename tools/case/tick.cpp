// assent case tick: time passes, and timers act: reminders, escalations, ends. Entry: add_case_tick.
#include <memory>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/answer.h"
#include "tools/case/case.h"
#include "tools/case/json.h"
#include "tools/files.h"

namespace assent::command {

namespace {

constexpr const char* clock_name = "clock";  // who did what time does, in the log

Exit tick(const CaseRequest& request) {
  const World world = world_of(request);
  Store store = open_store(request);
  const std::string id = id_of(request);
  const std::vector<std::string> cases = must(store.tick(id, clock_name, world));
  if (request.as_json()) {
    print(tick_json(id, cases));
    return Exit::fine;
  }
  print(cases.empty() ? "nothing was due\n" : deeds_in_cases(store, cases, id, request.utc_offset));
  return Exit::fine;
}

}  // namespace

void add_case_tick(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("tick", "let time pass: remind, escalate, expire, in every case");
  auto request = std::make_shared<CaseRequest>();
  add_shared_options(*command, *request);
  command->add_option("--id", request->id, "of the command: the same id is carried out once in a case");
  command->footer("Examples:\n"
                  "  assent case tick --directory people.json\n"
                  "To be run every few minutes. One that comes late does what those before it would have done.");
  command->callback([request, &exit] { exit = tick(*request); });
}

}  // namespace assent::command
