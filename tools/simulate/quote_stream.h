// Quotes from files and from the standard input, some at a time. Entry: QuoteStream.
//
// A file that ends in .ndjson, or the standard input, has a quote a line, and blank lines that say nothing; any other
// file is one quote. No more than a block and a quote of it are ever in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/files.h"

namespace assent::command {

inline constexpr std::size_t quote_block_bytes = std::size_t{1} << 20;

struct QuoteBlock {
  std::string file;            // as it is shown
  std::string text;            // whole lines, or one quote
  std::size_t first_line = 1;  // the number of its first line; 0 for a file that is one quote
};

// Calls `take(line, quote)` for each quote of a block.
void each_quote(const QuoteBlock& block, const std::function<void(std::size_t, std::string_view)>& take);

class QuoteStream {
 public:
  // `quote_bytes`: more in one quote are refused.
  QuoteStream(std::vector<std::string> files, std::size_t quote_bytes)
      : files_(std::move(files)), quote_bytes_(quote_bytes) {}

  // In the order of the files; nothing at the end. BadInput for a file that cannot be read.
  std::optional<QuoteBlock> next();

  std::uint64_t bytes_read() const { return bytes_read_; }
  // Of all files; nothing if one of them is no file.
  std::optional<std::uint64_t> bytes_in_all() const;

 private:
  std::vector<std::string> files_;
  std::size_t quote_bytes_, at_ = 0;    // the file that is read
  std::optional<InputFile> open_;
  std::string rest_;                    // of a line, from the last read
  std::size_t line_ = 1;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace assent::command
