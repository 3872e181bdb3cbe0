// Lines from files and from the standard input, a block of them at a time. Entries: LineStream, each_line.
//
// A file that ends in .ndjson, or the standard input, has a quote a line; any other file is one quote. Blank lines say
// nothing. Where input comes slowly, what is there makes a block. No more than a block and a line are in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/files.h"

namespace assent::command {

// Small enough that what comes of a block is no matter, large enough that taking one costs nothing beside its work.
inline constexpr std::size_t line_block_bytes = std::size_t{1} << 17;

struct LineBlock {
  std::string file;            // as it is shown
  std::string text;            // whole lines, or the whole of a file that is one quote
  std::size_t first_line = 1;  // the number of its first line; 0 for a file that is one quote
  std::uint64_t read = 0;      // bytes of all files until then
};

// Calls `take(line, text)` for each line of a block that is not blank.
void each_line(const LineBlock& block, const std::function<void(std::size_t, std::string_view)>& take);

class LineStream {
 public:
  // A longer line is given with more than `line_bytes` bytes, but not with all of them, for one who says so himself.
  LineStream(std::vector<std::string> files, std::size_t line_bytes)
      : files_(std::move(files)), line_bytes_(line_bytes) {}

  // In the order of the files; nothing at the end. BadInput for a file that cannot be read, or is one quote and longer.
  std::optional<LineBlock> next();

  // Of all files; nothing if one of them is no file.
  std::optional<std::uint64_t> bytes_in_all() const;

 private:
  std::vector<std::string> files_;
  std::size_t line_bytes_, at_ = 0;  // the file that is read
  std::optional<InputFile> open_;
  std::string rest_;                 // of a line, from the last read
  std::size_t line_ = 1;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace assent::command
