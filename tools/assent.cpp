// assent: the command. Each subcommand has a file of its own; this one finds which is meant, and
// says so where none is.
#include <exception>
#include <new>
#include <string>

#include "tools/arguments.h"

namespace assent::command {

namespace {

Exit say(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  return Exit::bad_input;
}

Exit start(int count, char** arguments) {
  Arguments app("Approvals of sales quotes: check, compile and decide policies written in Assent.",
               "assent");
  Exit exit = Exit::fine;
  app.version("assent " ASSENT_VERSION);
  app.require_subcommand();
  add_check(app, exit);
  add_fmt(app, exit);
  add_compile(app, exit);
  add_decide(app, exit);
  add_why(app, exit);
  add_graph(app, exit);
  add_doc(app, exit);
  add_test(app, exit);
  add_diff(app, exit);
  add_simulate(app, exit);
  add_lint(app, exit);
  add_lsp(app, exit);
  add_serve(app, exit);
  add_dump(app, exit);
  add_import(app, exit);
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
  return app.run(count, arguments, exit);
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
