// The text of a mail as it was received: which of its parts a person wrote, decoded into UTF-8.
//
// Entry: read_texts. A mail is a tree of parts (RFC 2046 section 5). Of alternatives both the plain one and the HTML
// are taken, of any other multipart the first part that has a text: what follows is attached, or a list's footer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/delivery/fields.h"

namespace assent::delivery {

// Limits, refused as too_large.
inline constexpr int max_part_depth = 8;  // multiparts in multiparts; signed mail with pictures through a list has 5
inline constexpr int max_parts = 100;     // in all; each costs a header

// RFC 2046 section 5.1.1.
inline constexpr std::size_t max_boundary_bytes = 70;

struct MailTexts {
  std::optional<std::string> plain;
  std::optional<std::string> html;  // with its tags
};

// Reads the texts of a mail, or of a part, from its fields and its body. Neither text is no refusal: there may be
// pictures alone. Attachments, and mails within the mail, are never read. Refuses what is malformed on the way to the
// texts, and a text in a character set that charset.h does not know.
ReplyRefusal read_texts(const Fields& fields, std::string_view body, MailTexts& out);

}  // namespace assent::delivery
