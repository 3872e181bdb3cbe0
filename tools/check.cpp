// assent check: the diagnostics of policies. Entry: add_check.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/lint/finding_json.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"

namespace assent::command {

namespace {

struct CheckOptions {
  std::vector<std::string> files;
  std::string format = "text";
};

// What was found in all files so far; what two roots find in one module is listed once.
struct Findings {
  bool as_json = false;
  bool colour = false;
  std::string texts;
  std::vector<Diagnostic> list;
  std::set<std::string> seen;
  std::size_t errors = 0, warnings = 0;

  void add(const CompileResult& result) {
    std::size_t listed = 0;
    for (const Diagnostic& diagnostic : result.diagnostics) {
      const bool is_error = diagnostic.severity == Severity::error;
      if (is_error) ++listed;
      std::string text = render(diagnostic, result.sources, colour);
      if (!seen.insert(text).second) continue;
      (is_error ? errors : warnings) += 1;
      if (as_json) list.push_back(diagnostic);
      else texts += text;
    }
    errors += result.errors - listed;
  }
};

Exit check(const CheckOptions& options) {
  Findings found;
  found.as_json = options.format == "json";
  found.colour = style_of(stdout).colour;
  bool unread = false;
  for (const std::string& file : options.files) {
    try {
      found.add(compile_file(file).result);
    } catch (const BadInput& bad) {
      std::fprintf(stderr, "%s\n", bad.what());
      unread = true;
    }
  }
  print(found.as_json ? diagnostics_json(found.list) : found.texts);
  std::fprintf(stderr, "%s\n", summary(found.errors, found.warnings).c_str());
  return unread ? Exit::bad_input : found.errors > 0 ? Exit::findings : Exit::fine;
}

}  // namespace

void add_check(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("check", "say what is wrong with policies");
  auto options = std::make_shared<CheckOptions>();
  command
      ->add_option("FILE", options->files, "policies, with the modules beside each; - for stdin")
      ->required();
  command->add_option("--format", options->format, "text or json")
      ->one_of({"text", "json"});
  command->footer("Examples:\n"
                  "  assent check desk.assent\n"
                  "  assent check policies/*.assent --format json\n"
                  "Ends with 1 if there are errors; warnings alone are fine.");
  command->callback([options, &exit] { exit = check(*options); });
}

}  // namespace assent::command
