// See line_stream.h.
#include "tools/line_stream.h"

#include <algorithm>

#include "tools/command.h"
#include "tools/text.h"

namespace assent::command {

namespace {

bool has_lines(const std::string& file) { return file == standard_stream || file.ends_with(".ndjson"); }

}  // namespace

void each_line(const LineBlock& block, const std::function<void(std::size_t, std::string_view)>& take) {
  if (block.first_line == 0) return take(0, block.text);
  const std::string_view text = block.text;
  std::size_t number = block.first_line;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) take(number, line);
  }
}

std::optional<LineBlock> LineStream::next() {
  while (at_ < files_.size()) {
    const std::string& file = files_[at_];
    if (!has_lines(file)) {
      ++at_;
      LineBlock whole{shown_name(file), read_file(file, line_bytes_), 0};
      whole.read = bytes_read_ += whole.text.size();
      return whole;
    }
    if (!open_) {
      open_.emplace(file);
      if (!open_->is_there()) throw BadInput(printable(shown_name(file)) + ": there is no such file");
      line_ = 1;
    }
    LineBlock block{shown_name(file), std::exchange(rest_, {}), line_};
    bool more = true;
    std::size_t end = std::string::npos;  // of the last whole line
    while (more && end == std::string::npos) {
      const std::size_t before = block.text.size();
      more = open_->read(block.text, line_block_bytes);
      bytes_read_ += block.text.size() - before;
      const std::size_t last = std::string_view(block.text).substr(before).rfind('\n');
      if (last != std::string::npos) end = before + last;
      else block.text.resize(std::min(block.text.size(), line_bytes_ + 1));
    }
    if (more) {
      rest_ = block.text.substr(end + 1);
      block.text.resize(end + 1);
    } else {
      open_.reset();
      ++at_;
    }
    if (block.text.empty()) continue;
    block.read = bytes_read_;
    line_ += static_cast<std::size_t>(std::count(block.text.begin(), block.text.end(), '\n'));
    return block;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> LineStream::bytes_in_all() const {
  std::uint64_t sum = 0;
  for (const std::string& file : files_) {
    const auto size = size_of_file(file);
    if (!size) return std::nullopt;
    sum += *size;
  }
  return sum;
}

}  // namespace assent::command
