// assent case reassign, add-approver, override, delegate, replace, migrate.
#include <CLI/CLI.hpp>

#include "tools/case.h"
#include "tools/files.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct People : CaseOptions {
  std::string kase, step, from, to, why, before, first_day, last_day, approver, policy;
  bool dry_run = false;
};

CLI::App* add_people(CLI::App& app, const char* name, const char* what, const std::shared_ptr<People>& people) {
  CLI::App* command = app.add_subcommand(name, what);
  add_case_options(*command, *people);
  add_actor(*command, *people);
  return command;
}

std::int32_t day_of_text(const std::string& text) { return must(date_from_text(text), "day"); }

Exit perform(const People& people, decltype(Command::what) what) {
  Store store = open_store(people);
  const std::string id = id_of(people);
  const Response response =
      must(store.perform(people.kase, command_of(people, id, std::move(what)), world_of(people)), "store");
  return tell(people, people.kase, response, store);
}

Exit delegate(const People& people) {
  Store store = open_store(people, true);
  const Delegation delegation{people.from.empty() ? people.actor : people.from, people.to,
                              day_of_text(people.first_day), day_of_text(people.last_day), people.approver};
  return tell(people, {}, must(store.delegate(id_of(people), people.actor, delegation, world_of(people)), "store"),
              store);
}

Exit replace(const People& people) {
  Store store = open_store(people, true);
  return tell(
      people, {},
      must(store.replace(id_of(people), people.actor, people.from, people.to, people.why, world_of(people)), "store"),
      store);
}

Exit migrate(const People& people) {
  const OpenPolicy policy = open_policy(people.policy);
  Store store = open_store(people);
  const auto all =
      must(store.migrate(id_of(people), people.actor, policy.policy, world_of(people), people.dry_run), "store");
  const Style style = style_of(stdout);
  bool refused = false;
  for (const Migration& each : all) {
    print(style.bold(printable(each.case_id)) + (each.weaker ? style.yellow("  demands less") : "") + "\n");
    if (each.refusal)
      print("  refused (" + std::string(text(each.refusal->code)) + "): " + printable(each.refusal->message) + "\n");
    for (const std::string& change : each.changes) print("  " + printable(change) + "\n");
    refused = refused || each.refusal.has_value();
  }
  print(counted(all.size(), "case") +
        (refused          ? ", none was moved"
         : people.dry_run ? " would be moved"
                          : " moved") +
        "\n");
  return refused ? Exit::findings : Exit::fine;
}

}  // namespace

void add_case_people(CLI::App& app, Exit& exit) {
  auto given = std::make_shared<People>();
  CLI::App* command = add_people(app, "reassign", "give a seat to somebody else", given);
  command->add_option("case", given->kase, "id of the case")->required();
  command->add_option("--step", given->step, "key of the step")->required();
  command->add_option("--from", given->from, "whose seat it is (default: one's own)");
  command->add_option("--to", given->to, "who gets it")->required();
  command->add_option("--why", given->why, "the reason");
  command->callback([given, &exit] {
    exit = perform(*given, Reassign{given->step, given->from, given->to, given->why});
  });

  auto added = std::make_shared<People>();
  command = add_people(app, "add-approver", "have one more person agree", added);
  command->add_option("case", added->kase, "id of the case")->required();
  command->add_option("person", added->to, "who")->required();
  command->add_option("--before", added->before, "key of a step that waits for them");
  command->add_option("--why", added->why, "the reason")->required();
  command->callback([added, &exit] { exit = perform(*added, AddApprover{added->to, added->before, added->why}); });

  auto over = std::make_shared<People>();
  command = add_people(app, "override", "set a step aside; a second person has to do the same", over);
  command->add_option("case", over->kase, "id of the case")->required();
  command->add_option("--step", over->step, "key of the step")->required();
  command->add_option("--why", over->why, "the reason")->required();
  command->callback([over, &exit] { exit = perform(*over, Override{over->step, over->why}); });

  auto away = std::make_shared<People>();
  command = add_people(app, "delegate", "let somebody act for one, from day to day", away);
  command->add_option("--to", away->to, "who acts")->required();
  command->add_option("--from-day", away->first_day, "first day, as 2026-03-02")->required();
  command->add_option("--to-day", away->last_day, "last day")->required();
  command->add_option("--of", away->from, "for whom (default: oneself)");
  command->add_option("--approver", away->approver, "in the steps of this approver only");
  command->callback([away, &exit] { exit = delegate(*away); });

  auto left = std::make_shared<People>();
  command = add_people(app, "replace", "put somebody in the place of another, in every case and from now on", left);
  command->add_option("old", left->from, "who is replaced")->required();
  command->add_option("new", left->to, "by whom")->required();
  command->add_option("--why", left->why, "the reason");
  command->callback([left, &exit] { exit = replace(*left); });

  auto moved = std::make_shared<People>();
  command = add_people(app, "migrate", "move pending cases to a new version of their policy", moved);
  command->add_option("policy", moved->policy, "file: source or artifact")->required();
  command->add_flag("--dry-run", moved->dry_run, "say what would change, and change nothing");
  command->callback([moved, &exit] { exit = migrate(*moved); });
}

}  // namespace assent::command
