// See graphviz.h.
#include "tools/graphviz.h"

#include "tools/command.h"
#include "tools/program.h"

namespace assent::command {

std::string svg_of(const std::string& dot) {
  const auto end = run_program({"dot", "-Tsvg"}, dot);
  if (!end) {
    throw BadInput("--format svg needs the program `dot` of Graphviz, which is not installed: "
                   "install `graphviz`, or use --format dot or mermaid");
  }
  if (end->code != 0) throw BadInput("`dot` of Graphviz failed");
  return end->output;
}

}  // namespace assent::command
