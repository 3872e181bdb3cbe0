// A page of words, tables and pictures that has no form yet: html.h and markdown.h write it.
//
// All text is as it came, from policies too: whoever writes the page escapes it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assent/outline.h"

namespace assent::command {

struct Span {
  enum class Look : std::uint8_t { plain, strong, name };  // name: of something in the policy, as it is written there
  std::string text;
  Look look = Look::plain;
  std::string target;  // the id of a heading; empty for none
};

inline Span named(std::string text) { return {std::move(text), Span::Look::name, {}}; }

// A run of text, with parts that stand out or lead somewhere.
struct Words {
  std::vector<Span> spans;

  Words() = default;
  Words(std::string text) { add(Span{std::move(text), Span::Look::plain, {}}); }
  Words(const char* text) : Words(std::string(text)) {}
  Words(Span span) { add(std::move(span)); }
  Words& add(Span span) {
    if (!span.text.empty()) spans.push_back(std::move(span));
    return *this;
  }
  Words& add(const Words& more) {
    spans.insert(spans.end(), more.spans.begin(), more.spans.end());
    return *this;
  }
  bool empty() const { return spans.empty(); }
};

Words joined(const std::vector<Words>& parts, std::string_view between);
std::string plain(const Words& words);

struct Heading {
  int level = 2;  // 2 and 3; the page's title is 1
  std::string id;
  Words words;
};

struct Paragraph {
  Words words;
};

// What is said of one thing, point by point.
struct Points {
  struct Point {
    std::string term;
    std::vector<Words> said;
  };
  std::vector<Point> points;

  // Nothing if there is nothing to say.
  void add(std::string term, std::vector<Words> said);
  void add(std::string term, Words said);
};

// The first cell of a row says what the row is of. Each row has as many cells as the head.
struct PageTable {
  std::string title;
  std::vector<std::string> head;
  std::vector<std::vector<Words>> rows;
};

// The approvers of the path are called as they are shown.
struct PathPicture {
  std::string title, alternative;
  PathOutline path;
};

// Numbers before and after, side by side.
struct Chart {
  std::string title;
  struct Bar {
    std::string name;
    std::size_t before = 0, after = 0;
  };
  std::vector<Bar> bars;
};

struct Page {
  std::string title;
  std::vector<std::variant<Heading, Paragraph, Points, PageTable, PathPicture, Chart>> blocks;

  template <typename Block>
  void add(Block block) { blocks.emplace_back(std::move(block)); }
};

// Larger paths are told in words alone: nobody reads such a picture.
inline constexpr std::size_t max_picture_steps = 60;

}  // namespace assent::command
