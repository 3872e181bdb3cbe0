// assent case history, export, verify: the log, in words, as JSON, and whether it is as it was written. Entry:
// add_case_log.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tools/arguments.h"
#include "tools/case/case.h"
#include "tools/case/event_text.h"
#include "tools/case/json.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// One case, or all of them and the desk.
std::optional<std::string_view> stream_of(Store& store, const CaseRequest& request) {
  if (request.case_id.empty()) return std::nullopt;
  case_named(store, request.case_id);
  return request.case_id;
}

Exit export_log(const CaseRequest& request) {
  Store store = open_store(request);
  must(store.history(stream_of(store, request), [](const LogEntry& entry) { print(log_line(entry)); }));
  return Exit::fine;
}

// Events name steps by number, so each is told of the case as it was then.
Exit history(const CaseRequest& request) {
  if (request.as_json()) return export_log(request);
  Store store = open_store(request);
  const Style style = style_of(stdout);
  const std::optional<std::string_view> stream = stream_of(store, request);
  std::map<std::string, Case> cases;
  must(store.history(stream, [&](const LogEntry& entry) {
    std::string line = padded(std::to_string(entry.position), 5) + ' ';
    const Result<Event> event = event_from_json(entry.event);
    if (!event) return print(line + "cannot be read: " + printable(event.problems()[0].message) + '\n');
    Case& kase = cases[entry.stream];
    if (!entry.stream.empty()) apply(kase, *event);
    line += style.dim(instant_text(event->at, request.utc_offset)) + "  ";
    if (!stream && !entry.stream.empty()) line += style.bold(printable(entry.stream)) + "  ";
    print(line + who_text(*event) + ": " + event_text(*event, kase, request.utc_offset) + '\n');
  }));
  return Exit::fine;
}

void add_log(Arguments& app, Exit& exit, const std::string& name, const std::string& description,
             Exit (*run)(const CaseRequest&), const std::string& remark) {
  Arguments* command = app.add_subcommand(name, description);
  auto request = std::make_shared<CaseRequest>();
  command->add_option("CASE", request->case_id, "only of this case (default: of all)");
  add_shared_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent case " + name + " Q-710\n"
                  "  assent case " + name + '\n' + remark);
  command->callback([request, run, &exit] { exit = run(*request); });
}

struct VerifyRequest : CaseRequest {
  std::string head;
};

WrittenHead find_head(Store& store, const std::string& head) {
  WrittenHead found{head, 0};
  if (head.empty()) return found;
  must(store.history(std::nullopt, [&](const LogEntry& entry) {
    if (entry.hash == head) found.position = entry.position;
  }));
  return found;
}

std::string head_text(const Verification& found, const WrittenHead& head, const Style& style) {
  if (head.hash.empty()) return {};
  if (head.position == 0) {
    return style.red("no entry has the hash that was written down") + ": the log was cut off, or is another one\n";
  }
  if (head.position == found.entries) return "it ends where it was written down\n";
  const std::string position = std::to_string(head.position);
  return "what was written down is entry " + position + "; everything up to it is there, and " +
         std::to_string(found.entries - head.position) + " more\n";
}

// Sound: the log is as it was written, says what is read from it, and still holds the head.
Exit verify(const VerifyRequest& request) {
  Store store = open_store(request);
  const Verification found = must(store.verify());
  const bool sound = found.altered == 0 && found.what.empty();
  const WrittenHead head = sound ? find_head(store, request.head) : WrittenHead{request.head, 0};
  const Exit exit = sound && (head.hash.empty() || head.position != 0) ? Exit::fine : Exit::findings;
  if (request.as_json()) {
    print(verification_json(found, head));
    return exit;
  }
  const Style style = style_of(stdout);
  if (sound) {
    print(std::to_string(found.entries) + (found.entries == 1 ? " entry" : " entries") + ", each as it was written\n" +
          "head " + found.head + '\n' + head_text(found, head, style));
    return exit;
  }
  if (found.altered != 0) {
    print(style.red("entry " + std::to_string(found.altered) + " is not as it was written") + ": " +
          printable(found.what) + "\nsound before it: " + std::to_string(found.entries) + '\n');
  } else {
    print(style.red("the log is sound, but what is read from it is not") + ": " + printable(found.what) + '\n');
  }
  return exit;
}

void add_verify(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("verify", "whether every entry of the log is as it was written");
  auto request = std::make_shared<VerifyRequest>();
  command->add_option("--head", request->head, "the hash of an entry that was written down elsewhere: is it there?");
  add_shared_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent case verify\n"
                  "  assent case verify --head 3b0c…\n"
                  "What was cut off at the end shows against a head alone. Ends with 1 if anything is wrong.");
  command->callback([request, &exit] { exit = verify(*request); });
}

}  // namespace

void add_case_log(Arguments& app, Exit& exit) {
  add_log(app, exit, "history", "what happened, event by event", history,
          "A line has the position in the log, the moment, who did it (for whom), and what.");
  add_log(app, exit, "export", "the log as JSON, an entry a line", export_log,
          "Each event is byte for byte as its hash was made of it.");
  add_verify(app, exit);
}

}  // namespace assent::command
