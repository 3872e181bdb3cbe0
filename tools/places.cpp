// See places.h.
#include "tools/places.h"

#include <algorithm>

#include "tools/text.h"

namespace assent::command {

namespace {

std::string_view line_of(std::string_view text, std::uint32_t line) {
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

std::string Places::file(std::string_view name) const {
  return name.ends_with(".assent") ? folder + std::string(name) : std::string(name);
}

std::string Places::line(const Location& at) const {
  if (at.line == 0) return "no place";
  return printable(file(at.file)) + ':' + std::to_string(at.line);
}

std::string Places::excerpt(const Location& at) const {
  const auto is_it = [&](const Source& source) { return source.name == at.file; };
  const auto source = std::find_if(sources.begin(), sources.end(), is_it);
  if (source == sources.end() || at.line == 0) return {};
  return printable(trimmed(line_of(source->text, at.line)));
}

void Places::show(Diagnostic& diagnostic) const {
  show(diagnostic.primary.place);
  for (Label& label : diagnostic.labels) show(label.place);
}

void Places::show(CompileResult& result) const {
  for (Diagnostic& diagnostic : result.diagnostics) show(diagnostic);
  for (Test& test : result.tests) {
    show(test.place);
    for (TestEdit& edit : test.edits) show(edit.place);
    for (Expectation& expectation : test.expectations) show(expectation.place);
  }
  for (Source& source : result.sources) source.name = file(source.name);
}

}  // namespace assent::command
