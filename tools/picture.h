// Boxes and arrows, in the languages of Graphviz and Mermaid. Entries: dot, mermaid.
//
// Any text may stand in a label: both escape what their language would take as its own.
// decision_picture.h and outline_picture.h say what is drawn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assent::command {

enum class Look : std::uint8_t {
  step,      // someone is asked
  rule,      // what demands it
  approved,  // an answer, or what leads to it
  asked,
  denied,
  blocked,
};

struct Box {
  std::string id;                  // letters and digits
  std::vector<std::string> lines;  // any text
  Look look = Look::step;
};

struct Arrow {
  std::string from, to;   // ids
  std::string label;      // any text, perhaps none
  bool dashed = false;    // an order, not a path
};

struct Picture {
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;

  // Lines of at most some 36 characters, as they fit into a box.
  static void add_wrapped(std::vector<std::string>& lines, std::string_view text);
};

std::string dot(const Picture& picture);
std::string mermaid(const Picture& picture);

// In a text of Mermaid, where punctuation may be taken as Markdown or as an entity: as numbers, but for what is `safe`
// where it stands.
std::string mermaid_text(std::string_view text, std::string_view safe);

}  // namespace assent::command
