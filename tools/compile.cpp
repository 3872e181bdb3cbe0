// assent compile: a policy as an artifact that a runtime loads. Entry: add_compile.
#include <memory>
#include <string>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct CompileCommand {
  std::string file, output;
};

std::string default_output(const std::string& file) {
  if (file == standard_stream) return std::string(standard_stream);
  constexpr std::string_view suffix = ".assent";
  const bool usual = file.ends_with(suffix);
  return (usual ? file.substr(0, file.size() - suffix.size()) : file) + ".assentc";
}

Exit compile_to_file(const CompileCommand& command) {
  const CompileResult result = compile_file(command.file).result;
  std::fputs(diagnostics_text(result, style_of(stderr).colour, true).c_str(), stderr);
  must_be_policy(command.file, result);
  if (!result.artifact) {
    std::fprintf(stderr, "%s\n", summary(result.errors, 0).c_str());
    return Exit::findings;
  }
  const Policy policy = load_compiled(command.file, result);
  const std::string output =
      command.output.empty() ? default_output(command.file) : command.output;
  if (output == standard_stream) {
    if (is_terminal(stdout)) throw BadInput("an artifact is no text: send it to a file, or use -o");
    print(*result.artifact);
    return Exit::fine;
  }
  write_whole(output, *result.artifact);
  print(printable(output) + ": policy " + printable(policy.name()) + ", " +
        counted(result.artifact->size(), "byte") + ", hash " + std::string(policy.hash()) + '\n');
  return Exit::fine;
}

}  // namespace

void add_compile(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("compile", "compile a policy to an artifact");
  auto options = std::make_shared<CompileCommand>();
  command->add_option("FILE", options->file, "the policy, or - for stdin")->required();
  command->add_option("-o,--output", options->output,
                      "the artifact (default: FILE with .assentc), or - for stdout");
  command->footer("Examples:\n"
                  "  assent compile desk.assent\n"
                  "  assent compile desk.assent -o /srv/policies/desk.assentc\n"
                  "The file is replaced only when the new one is complete.");
  command->callback([options, &exit] { exit = compile_to_file(*options); });
}

}  // namespace assent::command
