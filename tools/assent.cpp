// assent: the command. Each subcommand has a file of its own; this one finds which is meant, and
// says so where none is.
#include <exception>
#include <new>
#include <span>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "tools/command.h"
#include "tools/nearest.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// "there is no command `chekc` …", also of the commands below a command; nothing if there is one, or an option
// comes first.
std::string unknown_command(const CLI::App& app, const std::string& path, std::span<char* const> words) {
  const std::vector<const CLI::App*> commands = app.get_subcommands([](const CLI::App*) { return true; });
  if (commands.empty() || words.empty()) return {};
  const std::string word = words[0];
  if (word.starts_with('-')) return {};
  std::vector<std::string> names;
  for (const CLI::App* each : commands) {
    if (each->get_name() == word) return unknown_command(*each, path + ' ' + word, words.subspan(1));
    names.push_back(each->get_name());
  }
  return "assent: there is no command `" + printable(word) + '`' + did_you_mean(word, names) + "; `" + path +
         " --help` lists them";
}

Exit say(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  return Exit::bad_input;
}

Exit run(CLI::App& app, int count, char** arguments, Exit& exit) {
  if (count < 2) {
    std::fputs(app.help().c_str(), stderr);
    return Exit::bad_input;
  }
  const std::span<char* const> words(arguments + 1, static_cast<std::size_t>(count) - 1);
  if (const std::string unknown = unknown_command(app, "assent", words); !unknown.empty()) return say(unknown);
  try {
    app.parse(count, arguments);
    return exit;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? Exit::fine : Exit::bad_input;  // it prints the help, or the fault
  }
}

Exit start(int count, char** arguments) {
  CLI::App app("Approvals of sales quotes: check, compile and decide policies written in Assent.",
               "assent");
  Exit exit = Exit::fine;
  app.set_version_flag("--version", "assent " ASSENT_VERSION);
  app.require_subcommand(1);
  add_check(app, exit);
  add_compile(app, exit);
  add_decide(app, exit);
  add_why(app, exit);
  add_graph(app, exit);
  add_test(app, exit);
  add_dump(app, exit);
  add_orders(app, exit);
#ifdef ASSENT_HAS_STORE
  add_case(app, exit);
#endif
#ifdef ASSENT_HAS_COURIER
  add_deliver(app, exit);
#endif
  app.footer("Examples:\n"
             "  assent check desk.assent\n"
             "  assent decide desk.assent quote.json --directory people.json\n"
             "  assent why desk.assent quote.json steep_discount\n"
             "  assent test desk.assent --coverage\n"
             "`assent COMMAND --help` tells more.\n"
             "Exit codes: 0 fine, 1 findings, 2 usage or input.");
  return run(app, count, arguments, exit);
}

}  // namespace

}  // namespace assent::command

int main(int count, char** arguments) {
  using namespace assent::command;
  try {
    return static_cast<int>(start(count, arguments));
  } catch (const BadInput& bad) {
    return static_cast<int>(say(bad.what()));
  } catch (const std::bad_alloc&) {
    return static_cast<int>(say("assent: out of memory"));
  } catch (const std::exception& error) {
    return static_cast<int>(say(std::string("assent: ") + error.what()));
  }
}
