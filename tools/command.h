// What the subcommands share: their exit codes, and how one says that its input is at fault.
#pragma once

#include <stdexcept>
#include <string>

namespace assent::command {

class Arguments;

enum class Exit : int {
  fine = 0,
  findings = 1,   // errors in a policy, a failed test, a quote that is denied or blocked
  bad_input = 2,  // wrong usage, a file that cannot be read, a quote that is none
};

// Thrown when a command cannot go on; main prints the text and ends with Exit::bad_input.
struct BadInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Each adds its subcommand; `exit` is set when that one is run.
void add_check(Arguments& app, Exit& exit);
void add_fmt(Arguments& app, Exit& exit);
void add_compile(Arguments& app, Exit& exit);
void add_decide(Arguments& app, Exit& exit);
void add_why(Arguments& app, Exit& exit);
void add_graph(Arguments& app, Exit& exit);
void add_doc(Arguments& app, Exit& exit);
void add_test(Arguments& app, Exit& exit);
void add_simulate(Arguments& app, Exit& exit);
void add_diff(Arguments& app, Exit& exit);
void add_lint(Arguments& app, Exit& exit);
void add_lsp(Arguments& app, Exit& exit);
void add_serve(Arguments& app, Exit& exit);
void add_dump(Arguments& app, Exit& exit);
void add_import(Arguments& app, Exit& exit);
void add_orders(Arguments& app, Exit& exit);
void add_case(Arguments& app, Exit& exit);     // only where the store is built
void add_deliver(Arguments& app, Exit& exit);  // only where the courier is built

}  // namespace assent::command
