// assent case migrate: pending cases move to a new version of their policy. Entry: add_case_migrate.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/case/case.h"
#include "tools/case/cure.h"
#include "tools/case/json.h"
#include "tools/files.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct MigrateRequest : CaseRequest {
  std::string policy;
  bool dry_run = false;
};

bool is_refused(const Migration& each) { return each.refusal.has_value(); }

std::string migration_text(const MigrateRequest& request, const std::vector<Migration>& cases, const Style& style) {
  std::string text;
  for (const Migration& each : cases) {
    text += style.bold(printable(each.case_id)) + (each.weaker ? style.yellow("  ! becomes weaker") : "") + '\n';
    if (each.refusal) {
      text += "  " + style.red("refused (" + std::string(assent::text(each.refusal->code)) + ')') + ": " +
              printable(each.refusal->message) + '\n';
      const std::string help =
          cure(each.refusal->code, {each.case_id, {}, nullptr, !request.directory.empty()});
      if (!help.empty()) text += "    help: " + help + '\n';
    } else if (each.changes.empty()) {
      text += "  nothing changes for those who are asked\n";
    }
    for (const std::string& change : each.changes) text += "  " + printable(change) + '\n';
  }
  const bool refused = std::any_of(cases.begin(), cases.end(), is_refused);
  if (cases.empty()) return "no pending case is on another version of this policy\n";
  return text + counted(cases.size(), "case") +
         (refused           ? ": one refuses, so none is moved"
          : request.dry_run ? " would be moved; nothing was written"
                            : " moved") +
         '\n';
}

Exit migrate(const MigrateRequest& request) {
  const OpenPolicy policy = open_policy(request.policy);
  const World world = world_of(request);
  Store store = open_store(request);
  const std::string id = id_of(request);
  const std::vector<Migration> cases =
      must(store.migrate(id, request.actor, policy.policy, world, request.dry_run));
  print(request.as_json() ? migration_json(id, request.dry_run, cases)
                          : migration_text(request, cases, style_of(stdout)));
  return std::any_of(cases.begin(), cases.end(), is_refused) ? Exit::findings : Exit::fine;
}

}  // namespace

void add_case_migrate(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("migrate", "move pending cases to a new version of their policy");
  auto request = std::make_shared<MigrateRequest>();
  command->add_option("POLICY", request->policy, "the new version: .assent source or a .assentc artifact")->required();
  command->add_flag("--dry-run", request->dry_run, "say what would change, and change nothing");
  add_actor_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent case migrate desk.assent --as admin --dry-run --directory people.json\n"
                  "By an administrator. Every pending case whose policy has this name moves, or, if one refuses,\n"
                  "none; what a case demands no longer makes it `weaker`.");
  command->callback([request, &exit] { exit = migrate(*request); });
}

}  // namespace assent::command
