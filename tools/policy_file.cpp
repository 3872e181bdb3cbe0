// See policy_file.h.
#include "tools/policy_file.h"

#include <algorithm>
#include <optional>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::string_view artifact_suffix = ".assentc";

// Source is text, and holds no byte 0; an artifact always does.
bool is_artifact(const std::string& name, std::string_view bytes) {
  return name.ends_with(artifact_suffix) || bytes.find('\0') != std::string_view::npos;
}

// Sources above the limit are given with one byte more, so that the compiler says so.
Source source_of(const std::string& name, std::string_view bytes) {
  std::string own = name_in_folder(name);
  if (!own.ends_with(".assent")) own += ".assent";  // "stdin.assent"
  return {std::move(own), std::string(bytes)};
}

std::size_t source_limit() { return CompileOptions{}.max_source_bytes; }

PolicySource policy_source(const std::string& name, std::string_view bytes) {
  PolicySource source;
  source.root = source_of(name, bytes);
  source.places.folder = folder_of(name);
  source.options.import = [folder = source.places.folder, failure = source.import_failure](
                              std::string_view module) -> std::optional<Source> {
    const std::string file = file_of_module(module);
    try {
      std::optional<std::string> text = read_if_there(folder + file, source_limit());
      if (text) return Source{file, std::move(*text)};
    } catch (const BadInput& bad) {
      *failure = bad.what();
    }
    return std::nullopt;
  };
  return source;
}

Compiled compile_source(PolicySource source, bool tests) {
  source.options.tests = tests;
  Compiled compiled{compile(source.root, source.options), std::move(source.places)};
  source.check_imports();
  compiled.places.sources = compiled.result.sources;
  compiled.places.show(compiled.result);
  return compiled;
}

[[noreturn]] void refuse(const std::string& name, const CompileResult& result) {
  std::fputs(diagnostics_text(result, style_of(stderr).colour, false).c_str(), stderr);
  must_be_policy(name, result);
  throw BadInput(printable(shown_name(name)) + ": does not compile: " +
                 counted(result.errors, "error"));
}

}  // namespace

std::string file_of_module(std::string_view module) {
  std::string file(module);
  std::replace(file.begin(), file.end(), '.', '/');
  return file + ".assent";
}

void must_be_policy(const std::string& name, const CompileResult& result) {
  if (result.artifact || result.errors > 0) return;
  throw BadInput(printable(shown_name(name)) + ": is a module, which decides nothing by itself");
}

void PolicySource::check_imports() const {
  if (!import_failure->empty()) throw BadInput(*import_failure);
}

PolicySource read_source(const std::string& name) {
  std::optional<std::string> text = read_if_there(name, source_limit());
  if (!text) throw BadInput(printable(name) + ": there is no such file");
  if (is_artifact(name, *text)) {
    throw BadInput(printable(shown_name(name)) + ": is a compiled policy, not source");
  }
  return policy_source(name, *text);
}

Compiled compile_file(const std::string& name, bool tests) {
  return compile_source(read_source(name), tests);
}

std::string diagnostics_text(const CompileResult& result, bool colour, bool warnings) {
  std::string text;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    if (!warnings && diagnostic.severity == Severity::warning) continue;
    text += render(diagnostic, result.sources, colour);
  }
  return text;
}

std::string summary(std::size_t errors, std::size_t warnings) {
  if (errors == 0 && warnings == 0) return "no errors";
  if (warnings == 0) return counted(errors, "error");
  return counted(errors, "error") + ", " + counted(warnings, "warning");
}

OpenPolicy open_policy(const std::string& name) {
  const std::string bytes = read_file(name);
  if (is_artifact(name, bytes)) {
    Result<Policy> policy = Policy::load(bytes);
    if (!policy) throw BadInput(problems_text(name, policy.problems()));
    return {std::move(*policy), {}};
  }
  Compiled compiled = compile_source(policy_source(name, bytes), false);
  if (!compiled.result.artifact) refuse(name, compiled.result);
  return {load_compiled(name, compiled.result), std::move(compiled.places)};
}

Policy load_compiled(const std::string& name, const CompileResult& result) {
  Result<Policy> policy = Policy::load(*result.artifact);
  if (!policy) throw BadInput(problems_text(name, policy.problems()));
  return std::move(*policy);
}

std::string problems_text(const std::string& file, const Problems& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += printable(shown_name(file)) + ": ";
    if (!problem.where.empty()) text += printable(problem.where) + ": ";
    text += printable(problem.message);
  }
  return text;
}

}  // namespace assent::command
