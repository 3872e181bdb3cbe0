// See picture.h.
#include "tools/picture.h"

#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::size_t box_cells = 36;

struct Colours {
  std::string_view fill, line;
};

Colours colours_of(Look look) {
  switch (look) {
    case Look::step: return {"#f6f8fa", "#57606a"};
    case Look::rule: return {"#ddf4ff", "#0969da"};
    case Look::approved: return {"#dafbe1", "#1a7f37"};
    case Look::asked: return {"#fff8c5", "#9a6700"};
    case Look::denied: return {"#ffebe9", "#cf222e"};
    case Look::blocked: return {"#fbefff", "#8250df"};
  }
  return {};
}

// Steps have corners; what is no step is round.
bool is_round(Look look) { return look != Look::step && look != Look::blocked; }

// In a quoted string of dot, where `\N` and `&amp;` would be replaced.
std::string dot_text(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '&') out += "&amp;";
    else out += c;
  }
  return out;
}

bool is_letter(char c) {
  const bool ascii = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return ascii || static_cast<unsigned char>(c) >= 0x80;
}

std::string dot_label(const std::vector<std::string>& lines) {
  std::vector<std::string> escaped;
  for (const std::string& line : lines) escaped.push_back(dot_text(line));
  return '"' + joined(escaped, "\\n") + '"';
}

std::string mermaid_label(const std::vector<std::string>& lines) {
  std::vector<std::string> escaped;
  for (const std::string& line : lines) escaped.push_back(mermaid_text(line, " ,:()/!?"));
  return '"' + joined(escaped, "<br/>") + '"';
}

std::vector<std::string> wrapped(std::string_view text) {
  std::vector<std::string> lines;
  Picture::add_wrapped(lines, text);
  return lines;
}

}  // namespace

void Picture::add_wrapped(std::vector<std::string>& lines, std::string_view text) {
  for (std::string& line : wrap(printable(text), box_cells)) lines.push_back(std::move(line));
}

std::string mermaid_text(std::string_view text, std::string_view safe) {
  constexpr std::string_view safe_in_words = "._-";
  const std::string shown = printable(text);
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    const bool in_word = i > 0 && i + 1 < shown.size() && is_letter(shown[i - 1]) &&
                         is_letter(shown[i + 1]) && safe_in_words.find(c) != safe_in_words.npos;
    if (is_letter(c) || in_word || safe.find(c) != safe.npos) out += c;
    else out += '#' + std::to_string(static_cast<unsigned char>(c)) + ';';
  }
  return out;
}

std::string dot(const Picture& picture) {
  std::string out = "digraph path {\n  charset=\"UTF-8\";\n  rankdir=LR;\n";
  out += "  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11];\n";
  out += "  edge [fontname=\"Helvetica\", fontsize=10];\n";
  for (const Box& box : picture.boxes) {
    const Colours colours = colours_of(box.look);
    out += "  " + box.id + " [label=" + dot_label(box.lines) + ", fillcolor=\"" +
           std::string(colours.fill) + "\", color=\"" + std::string(colours.line) + '"' +
           (is_round(box.look) ? ", shape=ellipse" : "") + "];\n";
  }
  for (const Arrow& arrow : picture.arrows) {
    out += "  " + arrow.from + " -> " + arrow.to;
    if (!arrow.label.empty()) out += " [label=" + dot_label(wrapped(arrow.label)) + ']';
    if (arrow.dashed) out += " [style=dashed, constraint=false]";
    out += ";\n";
  }
  return out + "}\n";
}

std::string mermaid(const Picture& picture) {
  std::string out = "flowchart LR\n";
  for (const Box& box : picture.boxes) {
    const std::string label = mermaid_label(box.lines);
    out += "  " + box.id + (is_round(box.look) ? "([" + label + "])" : '[' + label + ']') + '\n';
  }
  for (const Arrow& arrow : picture.arrows) {
    out += "  " + arrow.from + (arrow.dashed ? " -.->" : " -->");
    if (!arrow.label.empty()) out += '|' + mermaid_label(wrapped(arrow.label)) + '|';
    out += ' ' + arrow.to + '\n';
  }
  for (const Box& box : picture.boxes) {
    const Colours colours = colours_of(box.look);
    out += "  style " + box.id + " fill:" + std::string(colours.fill) +
           ",stroke:" + std::string(colours.line) + '\n';
  }
  return out;
}

}  // namespace assent::command
