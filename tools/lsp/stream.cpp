// See stream.h.
#include "tools/lsp/stream.h"

#include <array>
#include <cerrno>
#include <charconv>

#include <poll.h>
#include <unistd.h>

#include "tools/command.h"
#include "tools/text.h"

namespace assent::command::lsp {

namespace {

constexpr std::string_view header_end = "\r\n\r\n";
constexpr std::string_view length_field = "content-length:";

std::optional<std::size_t> length_of(std::string_view header) {
  for (std::size_t begin = 0; begin < header.size();) {
    const std::size_t end = std::min(header.find("\r\n", begin), header.size());
    const std::string line = lower(header.substr(begin, end - begin));
    begin = end + 2;
    if (!line.starts_with(length_field)) continue;
    const std::size_t first = line.find_first_not_of(' ', length_field.size());
    if (first == std::string::npos) return std::nullopt;
    std::size_t length = 0;
    const char* last = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data() + first, last, length);
    return error == std::errc{} && stop == last ? std::optional(length) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool MessageStream::fill() {
  std::array<char, 1 << 16> bytes{};
  while (true) {
    const ssize_t count = ::read(in_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }
}

std::optional<std::string> MessageStream::read() {
  std::size_t end = 0;
  while ((end = buffer_.find(header_end)) == std::string::npos) {
    if (buffer_.size() > max_header_bytes) throw BadInput("a message has no header");
    if (!fill()) return std::nullopt;
  }
  const auto length = length_of(std::string_view(buffer_).substr(0, end));
  if (!length) throw BadInput("a message does not say how long it is");
  if (*length > max_message_bytes)
    throw BadInput("a message has " + std::to_string(*length) + " bytes, more than " +
                   std::to_string(max_message_bytes));
  buffer_.erase(0, end + header_end.size());
  while (buffer_.size() < *length)
    if (!fill()) return std::nullopt;
  std::string body = buffer_.substr(0, *length);
  buffer_.erase(0, *length);
  return body;
}

bool MessageStream::has_more() const {
  if (!buffer_.empty()) return true;
  pollfd end{in_, POLLIN, 0};
  return poll(&end, 1, 0) > 0;
}

bool MessageStream::write(std::string_view body) {
  const std::string message = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  for (std::size_t at = 0; at < message.size();) {
    const ssize_t count = ::write(out_, message.data() + at, message.size() - at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace assent::command::lsp
