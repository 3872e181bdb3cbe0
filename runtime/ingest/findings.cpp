// Findings and JSON pointers. Entry: Findings::report.
#include "runtime/ingest/findings.h"

#include <algorithm>

namespace assent::ingest {

namespace {

constexpr std::size_t max_quoted = 60;  // bytes of a text that a message repeats

struct Frame {
  bool object;
  Mark key;             // object: the key that was passed last
  std::uint32_t index;  // list: the element
};

std::string pointer(const Document& document, const std::vector<Frame>& frames) {
  std::string out, key;
  for (const Frame& frame : frames) {
    if (!frame.object) {
      append_step(out, std::to_string(frame.index));
    } else {
      const std::string_view raw = document.inside(frame.key);
      append_step(out, unescape(raw, key) ? std::string_view(key) : raw);
    }
  }
  return out;
}

bool is_key(const Document& document, Mark mark) {
  return document.first(mark) == '"' && document.first(mark + 1) == ':';
}

// Follows the token at `mark`: where the next value stands.
void follow(const Document& document, Mark mark, std::vector<Frame>& frames) {
  switch (document.first(mark)) {
    case '{': frames.push_back({true, mark, 0}); break;
    case '[': frames.push_back({false, mark, 0}); break;
    case '}': case ']': frames.pop_back(); break;
    case ',': ++frames.back().index; break;
    case '"':
      if (is_key(document, mark)) frames.back().key = mark;
      break;
    default: break;
  }
}

}  // namespace

std::vector<std::string> pointers(const Document& document, const std::vector<Mark>& marks) {
  std::vector<std::string> out;
  std::vector<Frame> frames;
  Mark mark = 0;
  for (const Mark wanted : marks) {
    for (; mark < wanted; ++mark) follow(document, mark, frames);
    out.push_back(pointer(document, frames));
  }
  return out;
}

void Findings::add(ErrorCode code, Mark place, std::string below, std::string message) {
  if (full()) return;
  list_.push_back({code, place, no_mark, std::move(below), std::move(message)});
}

void Findings::add_twice(Mark place, Mark also, std::string message) {
  if (full()) return;
  list_.push_back({usual_, place, also, {}, std::move(message)});
}

void Findings::report(const Document& document, Problems& problems) {
  std::stable_sort(list_.begin(), list_.end(),
                   [](const Finding& a, const Finding& b) { return a.place < b.place; });
  std::vector<Mark> marks;
  for (const Finding& finding : list_) {
    marks.push_back(finding.place);
    if (finding.also != no_mark) marks.push_back(finding.also);
  }
  std::sort(marks.begin(), marks.end());
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  const std::vector<std::string> texts = pointers(document, marks);
  const auto of = [&](Mark mark) -> const std::string& {
    const auto at = std::lower_bound(marks.begin(), marks.end(), mark);
    return texts[static_cast<std::size_t>(at - marks.begin())];
  };
  for (Finding& finding : list_) {
    if (finding.also != no_mark) finding.message += " (also at `" + of(finding.also) + "`)";
    add_problem(problems, finding.code, of(finding.place) + finding.below,
                std::move(finding.message));
  }
  list_.clear();
}

void append_step(std::string& pointer, std::string_view key) {
  pointer += '/';
  for (const char c : key) {
    if (c == '~') pointer += "~0";
    else if (c == '/') pointer += "~1";
    else pointer += c;
  }
}

std::string quoted(std::string_view text) {
  std::size_t length = std::min(text.size(), max_quoted);
  while (length < text.size() && length > 0 &&
         (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) {
    --length;  // not in the middle of a character
  }
  std::string out = "`";
  for (const char c : text.substr(0, length)) {
    out += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? '?' : c;
  }
  return out + (length < text.size() ? "…`" : "`");
}

std::string found(const Document& document, Mark mark) {
  switch (document.first(mark)) {
    case '{': return "an object";
    case '[': return "a list";
    case '"': return "the text " + quoted(document.inside(mark));
    default: return quoted(document.token(mark));
  }
}

void add_problem(Problems& problems, ErrorCode code, std::string where, std::string message) {
  if (problems.size() < max_problems) {
    problems.push_back({code, std::move(where), std::move(message)});
  }
}

}  // namespace assent::ingest
