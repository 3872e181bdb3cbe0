// Entry: Template::parse, Template::render.
//
// Reading makes a tree: literal texts, gaps, and sections with parts of their own. Rendering walks it with the stack
// of what surrounds, the innermost last.
#include "runtime/courier/template.h"

#include <algorithm>

namespace assent::courier {

struct Template::Part {
  enum class Kind : std::uint8_t { literal, gap, section, inverted };
  Kind kind = Kind::literal;
  std::string text;  // the literal, or the name
  std::vector<Part> parts;
};

namespace {

using Part = Template::Part;
using Around = std::vector<const Gaps*>;

const std::string* text_of(const Around& around, std::string_view name) {
  for (auto each = around.rbegin(); each != around.rend(); ++each) {
    if (const auto found = (*each)->texts.find(name); found != (*each)->texts.end()) return &found->second;
  }
  return nullptr;
}

const std::vector<Gaps>* list_of(const Around& around, std::string_view name) {
  for (auto each = around.rbegin(); each != around.rend(); ++each) {
    if (const auto found = (*each)->lists.find(name); found != (*each)->lists.end()) return &found->second;
  }
  return nullptr;
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────
bool is_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source) {}

  // The parts up to the end, or to the tag that closes `section`.
  void read(std::vector<Part>& parts, const std::string& section, const Around& around, std::size_t depth = 0) {
    if (depth > max_template_depth) return complain("sections are nested too deep");
    while (problems_.empty()) {
      const std::size_t open = source_.find("{{", at_);
      if (open == source_.npos) {
        literal(parts, source_.size());
        if (!section.empty()) complain("`{{#" + section + "}}` is never closed");
        return;
      }
      const std::size_t close = source_.find("}}", open);
      if (close == source_.npos) {
        at_ = open;
        return complain("`{{` without `}}`");
      }
      const std::string_view inside = source_.substr(open + 2, close - open - 2);
      const char mark = inside.empty() ? '\0' : inside.front();
      if (mark != '#' && mark != '^' && mark != '/' && mark != '!') {
        literal(parts, open);
        at_ = close + 2;
        gap(parts, std::string(trimmed(inside)), around);
        continue;
      }
      literal(parts, open, close + 2);
      const std::string name(trimmed(inside.substr(1)));
      if (mark == '!') continue;
      if (mark == '/') {
        if (name != section) complain("`{{/" + name + "}}` closes nothing that is open here");
        return;
      }
      enter(parts, mark == '#' ? Part::Kind::section : Part::Kind::inverted, name, around, depth + 1);
    }
  }

  Problems take() { return std::move(problems_); }

 private:
  void complain(const std::string& what) {
    const auto line = 1 + std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    problems_.push_back({ErrorCode::bad_settings, "", "line " + std::to_string(line) + ": " + what});
  }

  void literal(std::vector<Part>& parts, std::size_t end) {
    if (end > at_) parts.push_back({Part::Kind::literal, std::string(source_.substr(at_, end - at_)), {}});
    at_ = end;
  }

  // The text before a tag that is not a gap, which takes its line with it if it is alone there.
  void literal(std::vector<Part>& parts, std::size_t open, std::size_t after) {
    const std::size_t before = source_.substr(0, open).find_last_of('\n');
    const std::size_t line = before == source_.npos ? 0 : before + 1;
    const std::size_t end = std::min(source_.find('\n', after), source_.size());
    const bool alone = line >= at_ && trimmed(source_.substr(line, open - line)).empty() &&
                       trimmed(source_.substr(after, end - after)).empty();
    literal(parts, alone ? line : open);
    at_ = alone ? std::min(end + 1, source_.size()) : after;
  }

  void gap(std::vector<Part>& parts, std::string name, const Around& around) {
    if (!is_name(name)) return complain("`{{" + name + "}}`: a name has small letters and `_`");
    if (text_of(around, name) == nullptr) return unknown(name, list_of(around, name) != nullptr, around);
    parts.push_back({Part::Kind::gap, std::move(name), {}});
  }

  void enter(std::vector<Part>& parts, Part::Kind kind, const std::string& name, Around around, std::size_t depth) {
    const std::vector<Gaps>* list = list_of(around, name);
    if (list == nullptr && text_of(around, name) == nullptr) return unknown(name, false, around);
    if (list != nullptr && kind == Part::Kind::section) around.push_back(&list->front());
    Part part{kind, name, {}};
    read(part.parts, name, around, depth);
    parts.push_back(std::move(part));
  }

  void unknown(const std::string& name, bool is_list, const Around& around) {
    if (is_list) return complain("`" + name + "` is a list: `{{#" + name + "}} … {{/" + name + "}}`");
    std::string names;
    for (const Gaps* gaps : around) {
      for (const auto& [each, text] : gaps->texts) names += (names.empty() ? "" : ", ") + each;
      for (const auto& [each, list] : gaps->lists) names += (names.empty() ? "" : ", ") + each;
    }
    complain("`" + name + "` is no name that is known here: " + names);
  }

  std::string_view source_;
  std::size_t at_ = 0;
  Problems problems_;
};

// ── writing ──────────────────────────────────────────────────────────────────────────────────
void append_json(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (static_cast<unsigned char>(c) < ' ') {
    out += "\\u00";
    out += digits[static_cast<std::size_t>(c) >> 4 & 15u];
    out += digits[static_cast<std::size_t>(c) & 15u];
  } else {
    out += c;
  }
}

// What stands for & < > and, in HTML, quotes; empty for any other character.
std::string_view entity(char c, bool quotes) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return quotes ? "&quot;" : "";
    case '\'': return quotes ? "&#39;" : "";
    default: return "";
  }
}

void append(std::string& out, std::string_view text, Format format, bool is_link) {
  for (const char c : text) {
    if (is_link && (format == Format::slack || format == Format::teams)) {
      append_json(out, c);
      continue;
    }
    const std::string_view instead = entity(c, format == Format::html);
    switch (format) {
      case Format::text: out += c; break;
      case Format::line: out += c == '\n' ? ' ' : c; break;
      case Format::html:
        if (instead.empty()) out += c;
        else out += instead;
        break;
      case Format::slack:
        if (instead.empty()) append_json(out, c);
        else out += instead;
        break;
      case Format::teams:
        if (std::string_view("\\`*_[]()#").find(c) != std::string_view::npos) out += "\\\\";
        append_json(out, c);
        break;
    }
  }
}

void write(std::string& out, const std::vector<Part>& parts, Around& around, Format format) {
  for (const Part& part : parts) {
    if (out.size() > max_rendered_bytes) return;
    if (part.kind == Part::Kind::literal) {
      out += part.text;
      continue;
    }
    const std::string* text = text_of(around, part.text);
    const std::vector<Gaps>* list = text == nullptr ? list_of(around, part.text) : nullptr;
    const bool there = text != nullptr ? !text->empty() : list != nullptr && !list->empty();
    if (part.kind == Part::Kind::gap) {
      if (there) append(out, *text, format, part.text.ends_with(link_ending));
    } else if (part.kind == Part::Kind::inverted) {
      if (!there) write(out, part.parts, around, format);
    } else if (list == nullptr) {
      if (there) write(out, part.parts, around, format);
    } else {
      for (const Gaps& element : *list) {
        around.push_back(&element);
        write(out, part.parts, around, format);
        around.pop_back();
      }
    }
  }
}

}  // namespace

Result<Template> Template::parse(std::string_view source, const Gaps& known, Format format) {
  if (source.size() > max_template_bytes) {
    return Problem{ErrorCode::limit_exceeded, "",
                   "a template has at most " + std::to_string(max_template_bytes) + " bytes"};
  }
  auto parts = std::make_shared<std::vector<Part>>();
  Reader reader(source);
  reader.read(*parts, {}, {&known});
  if (Problems problems = reader.take(); !problems.empty()) return problems;
  Template made;
  made.format_ = format;
  made.parts_ = std::move(parts);
  return made;
}

Result<std::string> Template::render(const Gaps& gaps) const {
  std::string out;
  Around around{&gaps};
  write(out, *parts_, around, format_);
  if (out.size() <= max_rendered_bytes) return out;
  return Problem{ErrorCode::limit_exceeded, "",
                 "the text has more than " + std::to_string(max_rendered_bytes) + " bytes"};
}

}  // namespace assent::courier
