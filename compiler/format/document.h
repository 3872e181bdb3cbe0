// A clause as words and the places where its lines may end. Entry: Document.
//
// A line ends where its author ended it, and where what comes next would not fit: everything up to the next place of
// the same group or of one around it. So the outermost group is broken first, and what was broken once stays so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/format/lines.h"

namespace assent::compiler::format {

class Document {
 public:
  // What is between two words.
  struct Gap {
    std::size_t blanks = 1;
    bool may_end = false;   // the line may end here
    bool must_end = false;  // it does
    std::size_t hangs = 0;  // how far left of the parts the next word stands that joins them, as `and` does
  };

  enum class Group : std::uint8_t { joined, listed, bracketed };

  void gap(Gap gap) { pieces_.push_back({.kind = Kind::gap, .gap = gap}); }
  void stop(Stop stop) { pieces_.push_back({.kind = Kind::stop, .stop = stop}); }  // of the word that follows
  void word(std::string_view text) { pieces_.push_back({.kind = Kind::word, .text = text}); }
  // A comment at the end of a line, before a gap where it must end; and one that has a line, after such a gap.
  void comment(std::string_view text) { pieces_.push_back({.kind = Kind::comment, .text = text}); }
  void remark(std::string_view text) { pieces_.push_back({.kind = Kind::remark, .text = text}); }
  void open(Group group) { pieces_.push_back({.kind = Kind::open, .group = group}); }
  void close() { pieces_.push_back({.kind = Kind::close}); }

  // Whether no line has to end in it, and all of it fits on one.
  bool fits(std::size_t indent) const;

  // Adds its lines.
  void print(std::size_t indent, std::vector<Line>& lines) const;

 private:
  enum class Kind : std::uint8_t { word, gap, stop, comment, remark, open, close };
  struct Piece {
    Kind kind{};
    std::string_view text = {};
    Gap gap = {};
    Stop stop = {};
    Group group = {};
  };
  std::vector<Piece> pieces_;

  static std::size_t width(const Piece& piece);  // on one line
  std::vector<std::size_t> reaches() const;
};

}  // namespace assent::compiler::format
