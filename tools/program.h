// Another program, run to its end. Entry: run_program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assent::command {

struct ProgramEnd {
  int code = 0;  // its exit code; -1 if it was ended by a signal
  std::string output;
};

// `words` are its name, sought as a shell would, and its arguments; it reads `input` as its standard input, before it
// writes, and shares our standard error. Nothing if it is not installed. BadInput if it cannot be started.
std::optional<ProgramEnd> run_program(const std::vector<std::string>& words, std::string_view input = {});

}  // namespace assent::command
