// The header of a mail, or of a part of one, as it was received.
//
// Entry: read_fields, Fields::count, Fields::value, read_content_type. Anybody can send anything: what two programs
// could read in two ways is malformed, not repaired.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/delivery/reply_refusal.h"

namespace assent::delivery {

// Limits, refused as too_large. A mail that has gone through many servers and filters has some 20 KB of header in
// some 100 fields.
inline constexpr std::size_t max_header_bytes = 128 * 1024;
inline constexpr std::size_t max_fields = 500;

struct Field {
  std::string name;   // in lower case
  std::string value;  // unfolded (RFC 5322 section 2.2.3), without spaces at its ends
};

struct Fields {
  std::vector<Field> all;  // as they stand there

  std::size_t count(std::string_view name) const;

  // The value of the first field of this name, in lower case; "" if there is none. Borrowed.
  std::string_view value(std::string_view name) const;
};

// Reads the fields that `entity` begins with and sets `body` to what follows the first empty line; without such a
// line all of it is header. Lines end with CRLF or LF. Malformed: a line that is no field and continues none, a
// continuation that is blank (some take it for the end of the header), a CR that ends no line, a zero byte.
ReplyRefusal read_fields(std::string_view entity, Fields& out, std::string_view& body);

// What a body is made of, RFC 2045 section 5.
struct ContentType {
  std::string type = "text";  // in lower case, like the subtype
  std::string subtype = "plain";
  std::string charset = "us-ascii";
  std::string boundary;     // of a multipart; "" if none is given
  bool is_flowed = false;   // format=flowed, RFC 3676
  bool drops_space = false;  // delsp=yes, section 4.5

  bool is(std::string_view wanted_type, std::string_view wanted_subtype) const {
    return type == wanted_type && subtype == wanted_subtype;
  }
};

// Of the one Content-Type field; the default if there is none. Malformed: two such fields, a parameter that is no
// parameter or stands there twice, and charset or boundary in the pieces of RFC 2231, which hide them from filters.
ReplyRefusal read_content_type(const Fields& fields, ContentType& out);

// The first word of a value, in lower case: up to a space, semicolon or comment. "no" of "No (really)".
std::string first_word(std::string_view value);

}  // namespace assent::delivery
