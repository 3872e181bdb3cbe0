// assent case show: where a case stands. Entry: add_case_show.
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/case.h"
#include "tools/case/text.h"
#include "tools/files.h"
#include "tools/terminal.h"

namespace assent::command {

namespace {

std::vector<VoteComment> comments_of(Store& store, const Case& kase) {
  std::vector<VoteComment> comments;
  must(store.history(kase.id, [&](const LogEntry& entry) {
    const Result<Event> event = event_from_json(entry.event);
    const auto* vote = event ? std::get_if<Voted>(&event->what) : nullptr;
    if (vote != nullptr && !vote->comment.empty()) comments.push_back({event->by, vote->comment, event->at});
  }));
  return comments;
}

Exit show(const CaseRequest& request) {
  Store store = open_store(request);
  const Case kase = case_named(store, request.case_id);
  if (request.as_json()) {
    print(to_json(kase) + '\n');
    return Exit::fine;
  }
  const World world = world_of(request);
  const Deputies deputies = must(store.deputies());
  const Style style = style_of(stdout);
  print(case_text({kase, style, request.utc_offset, world.now, world.today, &deputies, comments_of(store, kase)}));
  return Exit::fine;
}

}  // namespace

void add_case_show(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("show", "where a case stands: who has answered, who is waited for, and why");
  auto request = std::make_shared<CaseRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  add_shared_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent case show Q-710\n"
                  "  assent case show Q-710 --format json");
  command->callback([request, &exit] { exit = show(*request); });
}

}  // namespace assent::command
