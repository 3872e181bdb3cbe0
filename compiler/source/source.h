// compiler/source/source.h: the files of one compilation, and places in them.
//
// Entry: SourceMap. Every later phase carries a Span, 12 bytes of file and byte offsets; lines and
// columns are worked out from it only where a person will read them. A line ends with "\n"; a "\r"
// before it belongs to the line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string_view>
#include <vector>

#include "assent/compile.h"
#include "compiler/source/utf8.h"

namespace assent::compiler {

// The position of a file in its SourceMap: 0 is the root.
enum class FileId : std::uint32_t {};

// The bytes [begin, end) of a file; empty when they are equal, and then a point between two bytes.
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// The shortest span that holds both, which must be of the same file.
Span join(Span first, Span second);

// Owns the files. Invariant: the line starts of a file belong to its text, which never changes and
// never moves, so a view that text() gave lives until take() or the map's end.
class SourceMap {
 public:
  // What 32-bit offsets can address. The compiler refuses long before (CompileOptions).
  static constexpr std::size_t max_file_bytes = std::numeric_limits<std::uint32_t>::max() - 1;

  SourceMap() = default;
  SourceMap(const SourceMap&) = delete;
  SourceMap& operator=(const SourceMap&) = delete;

  // Reads the whole text once, to find its lines. The text must not exceed max_file_bytes.
  FileId add(Source source);

  const Source& file(FileId id) const;
  std::size_t size() const { return files_.size(); }

  // Lines and columns from 1; the end is exclusive, so the span of "ab\n" ends at line 2 column 1.
  // Offsets beyond the text mean its end. The place of a file that is not here has line 0.
  // Time: logarithmic in the number of lines, linear in the length of the lines at both ends.
  Place place(Span span) const;

  // At least 1; 0 for a file that is not here.
  std::uint32_t line_count(FileId id) const;

  // The bytes of the span, cut at the end of the text. Borrowed from the map.
  std::string_view text(Span span) const;

  // Moves all files out, in the order in which they were added; the map is empty afterwards.
  std::vector<Source> take();

 private:
  struct File {
    Source source;
    std::vector<std::uint32_t> line_starts;  // byte offsets, ascending, the first is 0
  };
  std::deque<File> files_;  // a deque: short texts live inside their Source, which must not move
};

}  // namespace assent::compiler
