// compiler/diag/render.cpp: a diagnostic as a person reads it.
//
// Entry: assent::render, declared in assent/compile.h.
//
//   error[E0101]: cannot find `hardwre_discount`
//     --> desk.assent:12:8
//      |
//   12 |   when hardwre_discount > 15%
//      |        ^^^^^^^^^^^^^^^^ not a fact, field or approver
//      |
//   4  |   fact hardware_discount = ...
//      |        ----------------- similar name here
//      = help: did you mean `hardware_discount`?
//
// The text ends with a line end; no line has trailing blanks. Labels stand in the order given, the
// primary one first. A place that no source backs is named, not shown.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assent/compile.h"
#include "compiler/diag/excerpt.h"

namespace assent {
namespace {

constexpr std::string_view red_bold = "\x1b[1;31m";
constexpr std::string_view yellow_bold = "\x1b[1;33m";
constexpr std::string_view blue = "\x1b[34m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

std::string_view severity_colour(Severity severity) {
  switch (severity) {
    case Severity::error:
      return red_bold;
    case Severity::warning:
      return yellow_bold;
    case Severity::note:
      return blue;
  }
  return "";
}

// The text so far, and what stays the same on every line of it.
struct Page {
  std::string text;
  bool colour = false;
  std::size_t number_width = 0;  // digits of the largest line number

  void paint(std::string_view style, std::string_view words) {
    if (colour) text += style;
    text += words;
    if (colour) text += plain;
  }

  // The left edge up to and with `mark`, "12 |"; without a number if `line` is 0.
  void edge(std::size_t line, std::string_view mark) {
    std::string number = line == 0 ? "" : std::to_string(line);
    number.resize(std::max(number.size(), number_width), ' ');
    paint(blue, number.append(mark));
  }

  void end_line() {
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }

  void blank() {
    edge(0, " |");
    end_line();
  }

  // `words` may have several lines; each starts below the first.
  void note(std::string_view kind, std::string_view words) {
    edge(0, " = ");
    paint(bold, kind);
    text += ": ";
    const std::string indent(number_width + 3 + kind.size() + 2, ' ');
    for (bool first = true; first || !words.empty(); first = false) {
      const std::string_view line = words.substr(0, words.find('\n'));
      words.remove_prefix(std::min(line.size() + 1, words.size()));
      if (!first) text += indent;
      text += compiler::printable(line);
      end_line();
    }
  }
};

bool has_place(const Label& label) { return label.place.line > 0; }

const Source* find_source(const std::vector<Source>& sources, std::string_view name) {
  const auto found = std::find_if(sources.begin(), sources.end(),
                                  [name](const Source& source) { return source.name == name; });
  return found == sources.end() ? nullptr : &*found;
}

// The line that holds the last byte of the place; a span of whole lines ends before the next one.
std::size_t last_line(const Place& place) {
  const bool ends_at_line_start = place.end_column == 1 && place.end_line > place.line;
  return ends_at_line_start ? place.end_line - 1 : place.end_line;
}

void write_title(Page& page, const Diagnostic& diagnostic) {
  std::string kind(severity_word(diagnostic.severity));
  if (!diagnostic.code.empty()) kind += '[' + diagnostic.code + ']';
  page.paint(severity_colour(diagnostic.severity), kind);
  page.paint(bold, ": " + compiler::printable(diagnostic.message));
  page.end_line();
}

// `--> desk.assent:12:8`, under the last digit of the line numbers.
void write_file(Page& page, const Place& place, std::string_view arrow) {
  page.edge(0, arrow);
  page.text += ' ' + compiler::printable(place.file) + ':' + std::to_string(place.line) + ':' +
               std::to_string(place.column);
  page.end_line();
}

void write_line(Page& page, std::size_t number, const compiler::Excerpt& excerpt) {
  page.edge(number, " |");
  page.text += ' ' + excerpt.line;
  page.end_line();
}

void write_carets(Page& page, const Label& label, const compiler::Excerpt& excerpt, char caret,
                  std::string_view style) {
  std::string words(excerpt.marked, caret);
  if (!label.text.empty()) words += ' ' + compiler::printable(label.text);
  const std::size_t last = last_line(label.place);
  if (last > label.place.line) words += " (continues to line " + std::to_string(last) + ')';

  page.edge(0, " |");
  page.text.append(1 + excerpt.before, ' ');
  page.paint(style, words);
  page.end_line();
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const std::vector<Source>& sources, bool colour) {
  std::vector<const Label*> labels{&diagnostic.primary};
  for (const Label& label : diagnostic.labels) labels.push_back(&label);

  Page page;
  page.colour = colour;
  for (const Label* label : labels) {
    if (!has_place(*label)) continue;
    page.number_width = std::max(page.number_width, std::to_string(label->place.line).size());
  }
  write_title(page, diagnostic);

  const Label* above = nullptr;  // the last label with a place
  bool can_share = false;        // the rows just above are its line, whole, and its carets
  for (const Label* label : labels) {
    const Place& place = label->place;
    const Source* source = has_place(*label) ? find_source(sources, place.file) : nullptr;
    const bool same_file = above != nullptr && above->place.file == place.file;

    if (has_place(*label) && !same_file) {
      if (above != nullptr) page.blank();
      write_file(page, place, above == nullptr ? "-->" : ":::");
    }
    if (source == nullptr) {
      if (!label->text.empty()) page.note("note", label->text);
      if (has_place(*label)) above = label;
      can_share = false;
      continue;
    }

    const compiler::Excerpt excerpt = compiler::excerpt(source->text, place.begin, place.end);
    // Two labels on one line share it, unless each shows another part of it.
    const bool same_line = same_file && above->place.line == place.line;
    if (!same_line || !can_share || excerpt.cut) {
      page.blank();
      write_line(page, place.line, excerpt);
    }
    const bool primary = label == &diagnostic.primary;
    write_carets(page, *label, excerpt, primary ? '^' : '-',
                 primary ? severity_colour(diagnostic.severity) : blue);
    above = label;
    can_share = !excerpt.cut;
  }
  if (!diagnostic.help.empty()) page.note("help", diagnostic.help);
  return page.text;
}

}  // namespace assent
