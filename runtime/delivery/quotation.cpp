// Entry: own_lines. One function for each sign; each looks at a line and at the few that follow it.
#include "runtime/delivery/quotation.h"

#include <algorithm>
#include <array>
#include <string>

#include "runtime/delivery/lines.h"
#include "runtime/value/fold_case.h"

namespace assent::delivery {

namespace {

using Lines = std::span<const std::string_view>;

// Introductions are compared no further than this: longer lines are no introductions.
constexpr std::size_t max_introduction_bytes = 1000;

// A line in the form that signs are compared in: without capitals, without the stars of what was bold, and with plain
// spaces, for a no-break space stands before a French colon.
std::string comparable(std::string_view line) {
  constexpr std::string_view no_break_space = "\xc2\xa0";
  std::string out = fold_case(trimmed(line).substr(0, max_introduction_bytes));
  std::erase(out, '*');
  for (std::size_t at = out.find(no_break_space); at != std::string::npos; at = out.find(no_break_space, at)) {
    out.replace(at, no_break_space.size(), " ");
  }
  return out;
}

// "On Monday the CFO <the.cfo@example.com>\nwrote:".
bool is_introduction(Lines lines) {
  struct Introduction {
    std::string_view opening, verb;
  };
  constexpr std::array<Introduction, 3> introductions = {
      {{"on ", " wrote"}, {"am ", " schrieb"}, {"le ", " a \xc3\xa9" "crit"}}};
  std::string joined;
  for (const std::string_view line : lines.first(std::min(lines.size(), max_introduction_lines))) {
    joined += joined.empty() ? "" : " ";
    joined += comparable(line);
    if (!joined.ends_with(':')) continue;
    for (const Introduction& known : introductions) {
      if (joined.starts_with(known.opening) && joined.find(known.verb) != std::string::npos) return true;
    }
  }
  return false;
}

// "-----Original Message-----" in any language, and a line drawn with underscores.
bool is_rule(std::string_view line) {
  constexpr std::string_view hyphens = "---";
  constexpr std::string_view underscores = "__________";
  line = trimmed(line);
  if (line.starts_with(underscores) && line.find_first_not_of('_') == std::string_view::npos) return true;
  return line.size() > 2 * hyphens.size() && line.starts_with(hyphens) && line.ends_with(hyphens);
}

// The first fields of the original's header, as Outlook writes them.
bool is_header(Lines lines) {
  struct Header {
    std::string_view first;
    std::array<std::string_view, 3> others;
  };
  constexpr std::array<Header, 3> headers = {{{"from:", {"sent:", "date:", "to:"}},
                                              {"von:", {"gesendet:", "datum:", "an:"}},
                                              {"de :", {"envoy\xc3\xa9 :", "date :", "\xc3\xa0 :"}}}};
  constexpr std::size_t lines_after = 3;
  const std::string first = comparable(lines.front());
  const Lines after = lines.subspan(1, std::min(lines.size() - 1, lines_after));
  for (const Header& known : headers) {
    if (!first.starts_with(known.first)) continue;
    for (const std::string_view line : after) {
      const std::string other = comparable(line);
      for (const std::string_view name : known.others) {
        if (other.starts_with(name)) return true;
      }
    }
  }
  return false;
}

bool is_signature(std::string_view line) { return line == "--" || line == "-- "; }

}  // namespace

std::size_t own_lines(Lines lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Lines rest = lines.subspan(i);
    const bool is_end = trimmed(rest.front()).starts_with('>') || is_signature(rest.front()) || is_rule(rest.front()) ||
                        is_introduction(rest) || is_header(rest);
    if (is_end) return i;
  }
  return lines.size();
}

}  // namespace assent::delivery
