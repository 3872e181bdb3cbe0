// assent test: runs the `test` blocks of policies. Entry: add_test.
#include <memory>
#include <string>
#include <vector>

#include "assent/outline.h"
#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/policy_file.h"
#include "tools/progress.h"
#include "tools/request.h"
#include "tools/terminal.h"
#include "tools/test_report.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct TestOptions {
  std::vector<std::string> files;
  std::string format = "text";
  std::string filter;
  bool coverage = false;
};

// `colour`: of the diagnostics of one that does not compile.
PolicyTests run_file(const std::string& file, const TestOptions& options, bool colour,
                     Progress& progress) {
  PolicyTests tests;
  tests.file = shown_name(file);
  const Compiled compiled = compile_file(file, true);
  tests.sources = compiled.result.sources;
  if (compiled.result.errors > 0) {
    tests.broken = diagnostics_text(compiled.result, colour, false);
    return tests;
  }
  if (!compiled.result.artifact) return tests;  // a module: it has nothing to decide
  const Policy policy = load_compiled(file, compiled.result);
  if (options.coverage) tests.coverage.emplace(outline(policy));
  TestRunner runner(policy, folder_of(file), today_in_utc());
  const std::vector<Test>& all = compiled.result.tests;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].title.find(options.filter) == std::string::npos) continue;
    progress.tell([&] {
      return std::to_string(i + 1) + " of " + std::to_string(all.size()) + "  " + printable(file);
    });
    tests.results.push_back(runner.run(all[i]));
    if (tests.coverage && tests.results.back().was_run()) tests.coverage->add(runner.explain());
  }
  progress.clear();
  return tests;
}

Exit exit_of(const TestTally& tally, const TestOptions& options, bool unread) {
  std::fprintf(stderr, "%s\n", tally.text().c_str());
  if (unread) return Exit::bad_input;
  if (tally.passed + tally.failed == 0 && !options.filter.empty()) {
    throw BadInput("no test has `" + printable(options.filter) + "` in its title");
  }
  return tally.failed > 0 ? Exit::findings : Exit::fine;
}

Exit test(const TestOptions& options) {
  const Style style = style_of(stdout);
  const bool as_text = options.format == "text";
  Progress progress;
  std::vector<PolicyTests> all;
  TestTally tally;
  bool unread = false;
  for (const std::string& file : options.files) {
    PolicyTests tests;
    try {
      tests = run_file(file, options, as_text && style.colour, progress);
    } catch (const BadInput& bad) {
      progress.clear();
      std::fprintf(stderr, "%s\n", bad.what());
      unread = true;
      tests.file = shown_name(file);
      tests.broken = std::string(bad.what()) + '\n';
    }
    tally.add(tests);
    if (as_text) print(tests_text(tests, style));
    else all.push_back(std::move(tests));
  }
  if (!as_text) print(options.format == "json" ? tests_json(all) : tests_junit(all));
  return exit_of(tally, options, unread);
}

}  // namespace

void add_test(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("test", "run the tests that stand in policies");
  auto options = std::make_shared<TestOptions>();
  command->add_option("FILE", options->files, "policies; quotes are sought beside each")
      ->required();
  command->add_option("--format", options->format, "text, json or junit")
      ->one_of({"text", "json", "junit"});
  command->add_option("--filter", options->filter, "only tests with this in their title");
  command->add_flag("--coverage", options->coverage, "say what of each policy no test has seen");
  command->footer("Examples:\n"
                  "  assent test desk.assent\n"
                  "  assent test policies/*.assent --format junit > results.xml\n"
                  "  assent test desk.assent --filter hardware --coverage\n"
                  "A test that does not say `today` is decided as of now.\n"
                  "Ends with 1 if a test fails.");
  command->callback([options, &exit] { exit = test(*options); });
}

}  // namespace assent::command
