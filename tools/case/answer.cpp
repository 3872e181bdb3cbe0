// See answer.h.
#include "tools/case/answer.h"

#include "tools/case/cure.h"
#include "tools/case/event_text.h"
#include "tools/case/json.h"
#include "tools/case/text.h"
#include "tools/files.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// The id of that part of a command on many cases which concerns one.
std::string part_for(std::string_view command, std::string_view case_id) {
  return std::string(command) + '/' + std::string(case_id);
}

std::string deeds_text(const std::vector<std::string>& deeds) {
  std::string text;
  for (const std::string& each : deeds) text += (text.empty() ? "" : "  → ") + each + '\n';
  return text;
}

}  // namespace

std::vector<std::string> deeds(Store& store, std::string_view case_id, std::string_view command,
                               std::int32_t utc_offset) {
  std::vector<std::string> done;
  Case kase;
  kase.id = case_id;
  must(store.history(case_id, [&](const LogEntry& entry) {
    const Result<Event> event = event_from_json(entry.event);
    if (!event || !apply(kase, *event).empty() || event->command != command) return;
    const std::string what = event_text(*event, kase, utc_offset);
    done.push_back(done.empty() ? who_text(*event) + ' ' + what : what);
  }));
  return done;
}

std::string deeds_in_cases(Store& store, std::span<const std::string> cases, std::string_view command,
                           std::int32_t utc_offset) {
  std::string text;
  for (const std::string& each : cases) {
    text += printable(each) + '\n';
    for (const std::string& deed : deeds(store, each, part_for(command, each), utc_offset)) text += "  " + deed + '\n';
  }
  return text;
}

std::string case_of_part(std::string_view command, std::string_view part) {
  const std::string prefix = part_for(command, {});
  return part.starts_with(prefix) ? std::string(part.substr(prefix.size())) : std::string();
}

std::string messages_text(const std::vector<Effect>& effects, const Style& style) {
  std::vector<std::string> letters;
  for (const Effect& effect : effects) {
    letters.push_back(printable(effect.to) + " (" + std::string(text(effect.kind)) +
                      (effect.on_behalf.empty() ? "" : ", for " + printable(effect.on_behalf)) + ')');
  }
  return letters.empty() ? "" : style.dim("messages to " + listed(letters)) + '\n';
}

Exit tell_refusal(const CaseRequest& request, const std::string& command, const Response& response,
                  const std::string& help) {
  if (request.as_json()) {
    print(answer_json({request.case_id, command, {}, response, help}));
    return Exit::findings;
  }
  const Style style = style_of(stdout);
  const Refusal& refusal = *response.refusal;
  print(style.red("refused (" + std::string(text(refusal.code)) + ')') + ": " + printable(refusal.message) + '\n' +
        (help.empty() ? "" : "  help: " + help + '\n'));
  return Exit::findings;
}

Exit tell(Store& store, const CaseRequest& request, const std::string& command, const Response& response, bool whole) {
  const std::optional<Case> kase = must(store.find(request.case_id));
  if (response.refusal) {
    const Attempt attempt{request.case_id, request.step, kase ? &*kase : nullptr, !request.directory.empty()};
    return tell_refusal(request, command, response,
                        response.repeated ? "so it was the first time that this id was given; try with another --id"
                                          : cure(response.refusal->code, attempt));
  }
  if (request.as_json()) {
    print(answer_json({request.case_id, command, kase ? text(kase->state) : std::string_view(), response, {}}));
    return Exit::fine;
  }
  const Style style = style_of(stdout);
  std::string text = response.repeated ? style.dim("carried out before, and not again:") + '\n' : "";
  text += deeds_text(deeds(store, request.case_id, command, request.utc_offset));
  if (kase) text += whole ? '\n' + case_text({*kase, style, request.utc_offset})
                          : headline(*kase, style) + '\n';
  print(text + messages_text(response.effects, style));
  return Exit::fine;
}

}  // namespace assent::command
