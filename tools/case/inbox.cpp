// assent case inbox, list: what waits for a person, and which cases there are. Entry: add_case_inbox.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/case.h"
#include "tools/case/json.h"
#include "tools/case/text.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/request.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// A word as a shell takes it.
std::string shell_word(const std::string& word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+-";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char letter : printable(word)) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + '\'';
}

struct InboxRequest : CaseRequest {
  std::string person;
};

// The command that answers in one place, or, without one, wherever the person is asked.
std::string answer_command(const InboxRequest& request, const InboxEntry& entry, const InboxEntry::Place* place) {
  std::string command = "assent case approve " + shell_word(entry.case_id) + " --as " + shell_word(request.person);
  if (place != nullptr) command += " --step " + shell_word(place->step);
  if (place != nullptr && place->person != request.person) command += " --for " + shell_word(place->person);
  if (!request.store.empty()) command += " --store " + shell_word(request.store);
  if (!request.directory.empty()) command += " --directory " + shell_word(request.directory);
  if (!request.rates.empty()) command += " --rates " + shell_word(request.rates);
  return command;
}

// One for each step: whoever acts for others has one vote in it all the same, their own if they have a seat.
std::vector<const InboxEntry::Place*> places_to_answer(const InboxRequest& request, const InboxEntry& entry) {
  std::vector<const InboxEntry::Place*> places;
  for (const InboxEntry::Place& each : entry.places) {
    const auto same = [&](const InboxEntry::Place* other) { return other->step == each.step; };
    const auto known = std::find_if(places.begin(), places.end(), same);
    if (known == places.end()) places.push_back(&each);
    else if (each.person == request.person) *known = &each;
  }
  return places;
}

std::string inbox_text(const InboxRequest& request, const std::vector<InboxEntry>& entries, const Style& style) {
  std::string text;
  for (const InboxEntry& entry : entries) {
    text += style.bold(printable(entry.case_id)) + '\n';
    for (const InboxEntry::Place& each : entry.places) {
      text += "  " + printable(each.step) + (each.person == request.person ? "" : ", for " + printable(each.person)) +
              ", since " + instant_text(each.since, request.utc_offset) + '\n';
    }
    const std::vector<const InboxEntry::Place*> places = places_to_answer(request, entry);
    const bool plain = places.size() == 1 && places[0]->person == request.person;
    for (const InboxEntry::Place* each : places) {
      text += "  " + style.dim("$ " + answer_command(request, entry, plain ? nullptr : each)) + '\n';
    }
  }
  return text.empty() ? "nothing waits for " + printable(request.person) + '\n' : text;
}

Exit inbox(const InboxRequest& request) {
  const World world = world_of(request);
  Store store = open_store(request);
  const std::vector<InboxEntry> entries = must(store.inbox(request.person, world));
  print(request.as_json() ? inbox_json(entries) : inbox_text(request, entries, style_of(stdout)));
  return Exit::fine;
}

void add_inbox(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("inbox", "what waits for a person, and the command that answers it");
  auto request = std::make_shared<InboxRequest>();
  command->add_option("PERSON", request->person, "who: a person of the directory")->required();
  add_shared_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent case inbox boss --directory people.json\n"
                  "With what waits for those for whom the person acts on that day.");
  command->callback([request, &exit] { exit = inbox(*request); });
}

struct ListRequest : CaseRequest {
  std::string state;
};

// Columns as wide as what stands in them; the last one has no end.
std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], cells(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i + 1 == row.size() ? row[i] + '\n' : padded(row[i], widths[i]) + "  ";
    }
  }
  return text;
}

Exit list(const ListRequest& request) {
  if (!request.state.empty()) state_of(request.state);  // complains of one that there is not
  Store store = open_store(request);
  const std::vector<CaseStatus> cases = must(store.cases(request.state));
  if (request.as_json()) {
    print(list_json(cases));
    return Exit::fine;
  }
  const Style style = style_of(stdout);
  std::vector<std::vector<std::string>> rows;
  for (const CaseStatus& each : cases) {
    rows.push_back({style.bold(printable(each.id)), state_in_words(state_of(each.state), style),
                    instant_text(each.changed_at, request.utc_offset), printable(each.policy),
                    "by " + printable(each.submitter) +
                        (each.due == 0 ? "" : ", due " + instant_text(each.due, request.utc_offset))});
  }
  print(rows.empty() ? "no cases\n" : table(rows));
  return Exit::fine;
}

void add_list(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("list", "the cases, with their state and when it last changed");
  auto request = std::make_shared<ListRequest>();
  command->add_option("--state", request->state, "only those: pending, approved, rejected, recalled, expired");
  add_shared_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent case list --state pending\n"
                  "`due` is when a tick would do something.");
  command->callback([request, &exit] { exit = list(*request); });
}

}  // namespace

void add_case_inbox(Arguments& app, Exit& exit) {
  add_inbox(app, exit);
  add_list(app, exit);
}

}  // namespace assent::command
