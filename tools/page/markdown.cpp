// See markdown.h. Text stands after a mark of ours or in a cell, so that no line begins as it likes.
#include "tools/page/markdown.h"

#include <algorithm>

#include "tools/orders/gantt.h"
#include "tools/outline_picture.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// What Markdown, HTML within it or a table would take as its own is escaped wherever it stands; what begins a list or
// a heading, at the beginning.
std::string escaped(std::string_view text, bool begins) {
  constexpr std::string_view always = "\\`*_[]|~$", at_first = "-+#=>";
  const std::string shown = printable(text);
  std::string out;
  bool number = begins;  // so far nothing but digits
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    const bool digit = c >= '0' && c <= '9';
    const bool is_link = (c == ':' && shown.compare(i, 3, "://") == 0) || c == '@' ||
                         (c == '.' && i >= 3 && shown.compare(i - 3, 3, "www") == 0);
    const bool is_mark = (begins && i == 0 && at_first.find(c) != at_first.npos) ||
                         (number && i > 0 && (c == '.' || c == ')'));
    if (c == '<') out += "&lt;";
    else if (c == '&') out += "&amp;";
    else if (c == '>' && i > 0) out += "&gt;";
    else {
      if (is_link || is_mark || always.find(c) != always.npos) out += '\\';
      out += c;
    }
    number = number && digit;
  }
  return out;
}

// Code shows all but backticks as it is, and a table takes its lines away: other names are text.
bool can_be_code(std::string_view text) {
  return !text.empty() && text.front() != ' ' && text.back() != ' ' && text.find_first_of("`|\\") == text.npos;
}

std::string span_text(const Span& span, bool begins) {
  const std::string shown = printable(span.text);
  if (shown.empty()) return {};
  switch (span.look) {
    case Span::Look::plain: break;
    case Span::Look::strong: return "**" + escaped(shown, false) + "**";
    case Span::Look::name:
      if (can_be_code(shown)) return '`' + shown + '`';
  }
  return escaped(shown, begins);
}

std::string text_of(const Words& words) {
  std::string text;
  for (const Span& span : words.spans) text += span_text(span, text.empty());
  return text;
}

class Writer {
 public:
  std::string out;

  void operator()(const Heading& heading) {
    out += '\n' + std::string(static_cast<std::size_t>(heading.level), '#') + ' ' + text_of(heading.words) + '\n';
  }
  void operator()(const Paragraph& paragraph) { out += '\n' + text_of(paragraph.words) + '\n'; }
  void operator()(const Points& points) {
    out += '\n';
    for (const Points::Point& point : points.points) {
      out += "- **" + escaped(point.term, false) + ":**";
      if (point.said.size() == 1) {
        out += ' ' + text_of(point.said[0]) + '\n';
        continue;
      }
      out += '\n';
      for (const Words& words : point.said) out += "  - " + text_of(words) + '\n';
    }
  }
  void operator()(const PageTable& table) {
    out += "\n|";
    for (const std::string& cell : table.head) out += ' ' + escaped(cell, true) + " |";
    out += "\n|";
    for (std::size_t i = 0; i < table.head.size(); ++i) out += "---|";
    out += '\n';
    for (const auto& row : table.rows) {
      out += '|';
      for (const Words& cell : row) out += ' ' + text_of(cell) + " |";
      out += '\n';
    }
  }
  void operator()(const Chart& chart) {
    PageTable table{chart.title, {"", "before", "after"}, {}};
    for (const Chart::Bar& bar : chart.bars)
      table.rows.push_back({bar.name, std::to_string(bar.before), std::to_string(bar.after)});
    (*this)(table);
  }
  void operator()(const PathPicture& picture) {
    Outline whole;
    RuleOutline& rule = whole.rules.emplace_back();
    rule.name = picture.title;
    ConsequenceOutline& asks = rule.consequences.emplace_back();
    asks.kind = ConsequenceOutline::Kind::requires_path;
    asks.path = picture.path;
    const std::string drawn = mermaid(picture_of(whole));
    if (drawn.size() <= max_mermaid_bytes) out += "\n```mermaid\n" + drawn + "```\n";
  }
};

}  // namespace

std::string markdown_page(const Page& page) {
  Writer writer;
  writer.out = "# " + escaped(page.title, true) + '\n';
  for (const auto& block : page.blocks) std::visit(writer, block);
  return std::move(writer.out);
}

}  // namespace assent::command
