// assent dump: what lies between the phases of the compiler, as text. Entry: add_dump.
#include <map>
#include <memory>
#include <string>

#include "assent/dump.h"
#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"

namespace assent::command {

namespace {

const std::map<std::string, Phase> phases{{"ast", Phase::ast},
                                          {"checked", Phase::checked},
                                          {"plan", Phase::plan},
                                          {"index", Phase::index},
                                          {"schema", Phase::schema}};

struct DumpOptions {
  std::string file, phase;
};

Exit dump_phase(const DumpOptions& options) {
  const PolicySource source = read_source(options.file);
  const Dump dumped = dump(source.root, phases.at(options.phase), source.options);
  source.check_imports();
  CompileResult shown;
  shown.diagnostics = dumped.diagnostics;
  shown.sources = dumped.sources;
  source.places.show(shown);
  std::fputs(diagnostics_text(shown, style_of(stderr).colour, !dumped.text).c_str(), stderr);
  if (!dumped.text) return Exit::findings;
  print(*dumped.text);
  return Exit::fine;
}

}  // namespace

void add_dump(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("dump", "show what lies between the compiler's phases");
  auto options = std::make_shared<DumpOptions>();
  command->add_option("--phase", options->phase, "ast, checked, plan, index or schema")
      ->required()
      ->one_of({"ast", "checked", "plan", "index", "schema"});
  command->add_option("FILE", options->file, "the policy, or - for stdin")->required();
  command->footer("Examples:\n"
                  "  assent dump --phase plan desk.assent\n"
                  "  assent dump --phase schema desk.assent\n"
                  "`schema` is a JSON Schema of the quotes that the policy reads; the form of the\n"
                  "others is not stable.");
  command->callback([options, &exit] { exit = dump_phase(*options); });
}

}  // namespace assent::command
