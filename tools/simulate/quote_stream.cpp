// See quote_stream.h.
#include "tools/simulate/quote_stream.h"

#include <algorithm>
#include <utility>

#include "tools/command.h"
#include "tools/text.h"

namespace assent::command {

namespace {

bool has_lines(const std::string& file) { return file == standard_stream || file.ends_with(".ndjson"); }

}  // namespace

void each_quote(const QuoteBlock& block, const std::function<void(std::size_t, std::string_view)>& take) {
  if (block.first_line == 0) return take(0, block.text);
  const std::string_view text = block.text;
  std::size_t line = block.first_line;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view quote = text.substr(begin, end - begin);
    begin = end + 1;
    if (quote.find_first_not_of(" \t\r") != std::string_view::npos) take(line, quote);
  }
}

std::optional<QuoteBlock> QuoteStream::next() {
  while (at_ < files_.size()) {
    const std::string& file = files_[at_];
    if (!has_lines(file)) {
      ++at_;
      QuoteBlock whole{shown_name(file), read_file(file, quote_bytes_), 0};
      bytes_read_ += whole.text.size();
      return whole;
    }
    if (!open_) {
      open_.emplace(file);
      if (!open_->is_there()) throw BadInput(printable(shown_name(file)) + ": there is no such file");
      line_ = 1;
    }
    QuoteBlock block{shown_name(file), std::exchange(rest_, {}), line_};
    bool more = true;
    std::size_t end = std::string::npos;  // of the last whole line
    while (more && end == std::string::npos) {
      const std::size_t before = block.text.size();
      if (before > quote_bytes_)
        throw BadInput(shown_name(file) + ':' + std::to_string(line_) + ": a quote has more than " +
                       std::to_string(quote_bytes_) + " bytes");
      more = open_->read(block.text, quote_block_bytes);
      bytes_read_ += block.text.size() - before;
      end = block.text.rfind('\n');
    }
    if (more) {
      rest_ = block.text.substr(end + 1);
      block.text.resize(end + 1);
    } else {
      open_.reset();
      ++at_;
    }
    if (block.text.empty()) continue;
    line_ += static_cast<std::size_t>(std::count(block.text.begin(), block.text.end(), '\n'));
    return block;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> QuoteStream::bytes_in_all() const {
  std::uint64_t sum = 0;
  for (const std::string& file : files_) {
    const auto size = size_of_file(file);
    if (!size) return std::nullopt;
    sum += *size;
  }
  return sum;
}

}  // namespace assent::command
