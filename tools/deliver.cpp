// assent deliver: what cases have to tell people goes out, and their answers come back in. Entry: add_deliver.
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "assent/courier.h"
#include "tools/arguments.h"
#include "tools/case/case.h"
#include "tools/case/text.h"
#include "tools/deliver_json.h"
#include "tools/files.h"
#include "tools/instant.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr const char* default_settings = "courier.json";
constexpr std::size_t max_named_file_bytes = 1 << 20;  // keys and templates have tighter limits of their own
constexpr std::size_t max_previewed = 100;

struct CourierRequest : CaseRequest {
  std::string settings;
};

void add_courier_options(Arguments& command, CourierRequest& request) {
  command.add_option("--settings", request.settings,
                     "mail server, hooks, links: a JSON file (default: $ASSENT_COURIER, else courier.json)");
  add_shared_options(command, request);
}

std::string settings_file(const CourierRequest& request) {
  if (!request.settings.empty()) return request.settings;
  const char* usual = std::getenv("ASSENT_COURIER");
  return usual != nullptr && *usual != '\0' ? usual : default_settings;
}

// Files that the settings name are looked for beside them.
Courier open_courier(const CourierRequest& request) {
  const std::string file = settings_file(request);
  const auto read = [&](const std::string& name) -> Result<std::string> {
    try {
      return read_file(name.starts_with('/') ? name : beside(folder_of(file), name), max_named_file_bytes);
    } catch (const BadInput& bad) {
      const std::string what = bad.what();  // which begins with the file's name
      return Problem{ErrorCode::bad_settings, "", what.substr(what.find(": ") + 2)};
    }
  };
  Result<Courier> courier = Courier::make(read_file(file, max_named_file_bytes), read);
  if (!courier) throw BadInput(problems_text(file, courier.problems()));
  return *std::move(courier);
}

// ── send, preview ────────────────────────────────────────────────────────────────────────────
std::string subject_of(const Letter& letter) {
  return printable(letter.case_id) + ": " + std::string(text(letter.effect.kind)) + " to " +
         printable(letter.effect.to);
}

std::string report_text(const CourierRequest& request, const LetterReport& report, const Style& style) {
  std::vector<std::string> channels;
  for (const std::string& each : report.channels) channels.push_back(printable(each));
  std::string line = subject_of(report.letter) + "  ";
  switch (report.what) {
    case LetterReport::What::delivered:
      return line + style.green("delivered") + (channels.empty() ? ", to nobody: no channel wants it"
                                                                 : " by " + listed(channels)) + '\n';
    case LetterReport::What::overtaken: return line + style.dim("overtaken: it is no longer asked") + '\n';
    case LetterReport::What::waiting:
      line += style.yellow("failed") + ", again " + instant_text(report.again, request.utc_offset);
      break;
    case LetterReport::What::dead: line += style.red("dead"); break;
  }
  if (!channels.empty()) line += " (has gone by " + listed(channels) + ')';
  return line + "\n  " + printable(report.error) + '\n';
}

Exit send(const CourierRequest& request) {
  Courier courier = open_courier(request);
  const World world = world_of(request);
  Store store = open_store(request);
  const Style style = style_of(stdout);
  bool failed = false;
  const auto tell = [&](const LetterReport& report) {
    failed = failed || report.what == LetterReport::What::waiting || report.what == LetterReport::What::dead;
    print(request.as_json() ? letter_report_line(report) : report_text(request, report, style));
  };
  const std::uint64_t count = must(courier.deliver(store, world, tell));
  if (count == 0 && !request.as_json()) print("no letter is due\n");
  return failed ? Exit::findings : Exit::fine;
}

Exit preview(const CourierRequest& request) {
  Courier courier = open_courier(request);
  const World world = world_of(request);
  Store store = open_store(request);
  const Style style = style_of(stdout);
  std::size_t count = 0;
  for (const Letter& letter : must(store.letters_due(world.now, max_previewed, world.now))) {
    for (const LetterPreview& each : must(courier.preview(store, letter, world))) {
      ++count;
      if (request.as_json()) {
        print(letter_preview_line(letter, each));
        continue;
      }
      print(style.bold(each.channel + " to " + printable(each.to)) + '\n' +
            (each.subject.empty() ? "" : "Subject: " + printable(each.subject) + "\n\n") + valid_text(each.content) +
            '\n');
    }
  }
  if (count == 0 && !request.as_json()) print("no letter is due\n");
  return Exit::fine;
}

// ── reply, link ──────────────────────────────────────────────────────────────────────────────
Exit tell_taken(Store& store, const CourierRequest& request, const TakenAnswer& answer) {
  const Exit exit = !answer.refusal.empty() || answer.response.refusal ? Exit::findings : Exit::fine;
  if (request.as_json()) {
    print(taken_json(answer));
    return exit;
  }
  const Style style = style_of(stdout);
  if (!answer.refusal.empty()) {
    print(style.red("not taken (" + answer.refusal + ')') + ": " + printable(answer.message) + '\n');
    return exit;
  }
  if (answer.response.refusal) {
    const Refusal& refusal = *answer.response.refusal;
    print(style.red("refused (" + std::string(text(refusal.code)) + ')') + ": " + printable(refusal.message) + '\n');
    return exit;
  }
  std::vector<std::string> steps;
  for (const std::string& each : answer.steps) steps.push_back(printable(each));
  std::string said = printable(answer.person) + ' ' + std::string(vote_in_words(answer.vote)) +
                     (steps.empty() ? "" : ' ' + listed(steps)) +
                     (answer.comment.empty() ? "" : ": " + printable(answer.comment));
  if (answer.response.repeated && steps.empty()) said += style.dim("  (counted before, and not again)");
  const std::optional<Case> kase = must(store.find(answer.case_id));
  print(said + '\n' + (kase ? headline(*kase, style) + '\n' : ""));
  return exit;
}

struct ReplyRequest : CourierRequest {
  std::string mail;
};

Exit reply(const ReplyRequest& request) {
  Courier courier = open_courier(request);
  const std::string mail = read_file(request.mail, max_answer_bytes);
  const World world = world_of(request);
  Store store = open_store(request);
  return tell_taken(store, request, must(courier.take_mail(store, mail, world)));
}

struct LinkRequest : CourierRequest {
  std::string token, comment;
  bool show = false;
};

Exit link(const LinkRequest& request) {
  Courier courier = open_courier(request);
  const World world = world_of(request);
  Store store = open_store(request);
  if (!request.show)
    return tell_taken(store, request, must(courier.take_link(store, request.token, request.comment, world)));
  const TakenAnswer answer = must(courier.look_at_link(request.token, world));
  if (request.as_json() || !answer.refusal.empty()) return tell_taken(store, request, answer);
  print("it would say, as " + printable(answer.person) + ": " +
        (answer.vote == Vote::approve ? "approve " : "reject ") + printable(answer.steps.front()) + " of " +
        printable(answer.case_id) + '\n');
  return Exit::fine;
}

// ── dead, revive ─────────────────────────────────────────────────────────────────────────────
Exit dead(const CaseRequest& request) {
  Store store = open_store(request);
  const std::vector<Letter> letters = must(store.dead_letters());
  if (request.as_json()) {
    print(letters_json(letters));
  } else {
    for (const Letter& each : letters) {
      print(subject_of(each) + "  " + printable(each.effect.id) + "\n  " + printable(each.last_error) + '\n');
    }
    if (letters.empty()) print("no letter is dead\n");
  }
  return letters.empty() ? Exit::fine : Exit::findings;
}

struct ReviveRequest : CaseRequest {
  std::vector<std::string> ids;
};

Exit revive(const ReviveRequest& request) {
  const World world = world_of(request);
  Store store = open_store(request);
  std::vector<std::string> ids = request.ids;
  if (ids.empty()) {
    for (const Letter& each : must(store.dead_letters())) ids.push_back(each.effect.id);
  }
  std::size_t revived = 0;
  for (const std::string& each : ids) {
    if (must(store.revive(each, world.now))) ++revived;
    else if (!request.as_json()) print("there is no dead letter " + printable(each) + '\n');
  }
  print(request.as_json() ? "{\"revived\":" + std::to_string(revived) + "}\n"
                          : counted(revived, "letter") + " will be tried again by `assent deliver send`\n");
  return revived == ids.size() ? Exit::fine : Exit::findings;
}

template <typename Request>
void add(Arguments& app, Exit& exit, const std::string& name, const std::string& description, const std::string& footer,
         Exit (*run)(const Request&), void (*options)(Arguments&, Request&)) {
  Arguments* command = app.add_subcommand(name, description);
  auto request = std::make_shared<Request>();
  options(*command, *request);
  command->footer(footer);
  command->callback([request, run, &exit] { exit = run(*request); });
}

void reply_options(Arguments& command, ReplyRequest& request) {
  command.add_option("MAIL", request.mail, "the mail as it was received: a file, or - for the standard input")
      ->required();
  add_courier_options(command, request);
}

void link_options(Arguments& command, LinkRequest& request) {
  command.add_option("TOKEN", request.token, "what stands behind the address of the settings' `links`")->required();
  command.add_option("--comment", request.comment, "what everybody may read beside the answer");
  command.add_flag("--show", request.show, "say what the link would do, and do nothing");
  add_courier_options(command, request);
}

void revive_options(Arguments& command, ReviveRequest& request) {
  command.add_option("LETTER", request.ids, "its id, as `assent deliver dead` shows it (default: all)");
  add_shared_options(command, request);
}

}  // namespace

void add_deliver(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("deliver", "send what cases have to tell people, and take their answers");
  command->require_subcommand();
  add<CourierRequest>(*command, exit, "send", "deliver every letter that is due",
                      "Examples:\n"
                      "  assent deliver send --directory people.json\n"
                      "To be run every minute. Ends with 1 if a letter failed; it is tried again, for two days.",
                      send, add_courier_options);
  add<CourierRequest>(*command, exit, "preview", "show the letters that are due, and send nothing",
                      "Examples:\n"
                      "  assent deliver preview --directory people.json",
                      preview, add_courier_options);
  add<ReplyRequest>(*command, exit, "reply", "take an answer that came by mail",
                    "Examples:\n"
                    "  assent deliver reply - --directory people.json < mail.eml\n"
                    "For a mail server that pipes what comes to the sender's address. Ends with 1 if the mail was\n"
                    "no answer, or was refused.",
                    reply, reply_options);
  add<LinkRequest>(*command, exit, "link", "take an answer that came by a link",
                   "Examples:\n"
                   "  assent deliver link TOKEN --show\n"
                   "  assent deliver link TOKEN --comment 'as discussed' --directory people.json\n"
                   "For the page behind the link: mail programs open every link, so only its button may answer.",
                   link, link_options);
  add<CaseRequest>(*command, exit, "dead", "list letters that could not be delivered",
                   "Examples:\n"
                   "  assent deliver dead\n"
                   "Ends with 1 if there are any.",
                   dead, add_shared_options);
  add<ReviveRequest>(*command, exit, "revive", "have dead letters tried again",
                     "Examples:\n"
                     "  assent deliver revive",
                     revive, revive_options);
  command->footer("Examples:\n"
                  "  assent deliver send --directory people.json\n"
                  "`assent deliver COMMAND --help` tells more. Settings: runtime/courier/README.md.\n"
                  "Exit codes: 0 done, 1 failed, refused or dead, 2 usage, input, or a store that failed.");
}

}  // namespace assent::command
