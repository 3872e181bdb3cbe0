// Messages of the Language Server Protocol on the standard streams: a header with the length, and the body. Entry:
// MessageStream.
//
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assent::command::lsp {

inline constexpr std::size_t max_message_bytes = std::size_t{256} << 20;  // four times the largest source
inline constexpr std::size_t max_header_bytes = 4096;

class MessageStream {
 public:
  MessageStream(int in, int out) : in_(in), out_(out) {}

  // The next body; nothing at the end of the stream. BadInput for a header that is none, or names a length above the
  // limit: what follows could not be told apart.
  std::optional<std::string> read();
  // Whether one has begun to come.
  bool has_more() const;
  // False if nobody reads any more.
  bool write(std::string_view body);

 private:
  int in_, out_;
  std::string buffer_;

  bool fill();
};

}  // namespace assent::command::lsp
