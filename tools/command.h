// What the subcommands share: their exit codes, and how one says that its input is at fault.
#pragma once

#include <stdexcept>
#include <string>

namespace CLI {
class App;
}

namespace assent::command {

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
void add_check(CLI::App& app, Exit& exit);
void add_compile(CLI::App& app, Exit& exit);
void add_decide(CLI::App& app, Exit& exit);
void add_why(CLI::App& app, Exit& exit);
void add_graph(CLI::App& app, Exit& exit);
void add_test(CLI::App& app, Exit& exit);
void add_dump(CLI::App& app, Exit& exit);
void add_orders(CLI::App& app, Exit& exit);
void add_case(CLI::App& app, Exit& exit);     // only where the store is built
void add_deliver(CLI::App& app, Exit& exit);  // only where the courier is built

}  // namespace assent::command
