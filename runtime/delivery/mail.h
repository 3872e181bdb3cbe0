// A mail to be sent: what it says, and the bytes of RFC 5322 that say it.
//
// Entry: write_mail, message_id. The same Mail gives the same bytes: date and message id are told, the boundary
// between the parts is derived from the content. Nothing is sent here; transport.h does that.
//
//   Mail mail;
//   mail.from = {"Deal desk", "approvals@example.com"};
//   mail.to = {{"", "vp.sales@example.com"}};
//   mail.subject = "Please approve Q-17";
//   mail.message_id = message_id(key, "case-9/vp_sales/request", "example.com");
//   mail.date = now;  // milliseconds since 1970
//   mail.text = "Answer with `approve` or `reject` as the first line.\n";
//   Result<std::string> bytes = write_mail(mail);
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assent/result.h"

namespace assent::delivery {

// Limits, each refused as limit_exceeded when passed. Servers must take 100 recipients (RFC 5321 section 4.5.3.1.8)
// and lines of 998 characters (RFC 5322 section 2.1.1), and need not take more.
inline constexpr std::size_t max_recipients = 100;
inline constexpr std::size_t max_line_bytes = 998;
inline constexpr std::size_t max_header_text_bytes = 2000;  // a subject, a name, a value: more is no header
inline constexpr std::size_t max_header_word_bytes = 900;   // without a space, where a line can be broken
inline constexpr std::size_t max_header_name_bytes = 60;    // leaves room for a value on the same line
inline constexpr std::size_t max_message_id_bytes = 250;    // two fit on a line, whoever folds them
inline constexpr std::size_t max_references = 100;          // a discussion that is longer has lost its thread
inline constexpr std::size_t max_extra_fields = 20;
inline constexpr std::size_t max_part_bytes = 1 << 20;  // of text, and of HTML; servers commonly refuse above 10 MiB

struct Mailbox {
  std::string name;     // shown to people, UTF-8; "" for none
  std::string address;  // as address.h takes it
};

// A header field of the sender's own, "Reply-To" or "List-Id". Not one that write_mail writes itself, and neither Bcc,
// which would tell everybody who else has got the mail, nor anything that begins with Content-.
struct ExtraField {
  std::string name;   // printable ASCII but the colon
  std::string value;  // UTF-8; what is not ASCII is encoded, which is right for text and wrong for addresses
};

struct Mail {
  Mailbox from;
  std::vector<Mailbox> to;  // at least one
  std::string subject;      // UTF-8
  std::string message_id;   // without < and >; unique in the world, and the same whenever this mail is sent again
  std::string in_reply_to;  // the message id that this answers; "" for none
  std::vector<std::string> references;  // the ids of the thread, oldest first
  std::int64_t date = 0;    // milliseconds since 1970-01-01T00:00:00Z; of the years 1900 to 9999
  std::string text;         // UTF-8, lines end with LF or CRLF; never empty, as it is what every program can show
  std::string html;         // UTF-8, the same content; "" for a mail of text alone
  std::vector<ExtraField> extra;
};

// The mail in ASCII, lines ended with CRLF and at most 998 characters long; a point at the start of a line is not
// doubled. Says of itself that it is automatic (Auto-Submitted, RFC 3834 section 5), so that no vacation notice
// answers. Refused with all problems, each with its place ("/to/0/address"): a text that is no UTF-8, a control
// character in any header text, which could begin a header field or a body of somebody else's (so none is folded or
// dropped silently), an address, id, name or date out of its form, and what is longer than the limits.
Result<std::string> write_mail(const Mail& mail);

// A message id that only who holds `key` can make, so that an answer which refers to it comes from somebody who has
// seen the mail: 128 bits of an HMAC over `what`, in hexadecimal, then @ and `domain`. The same arguments give the
// same id. `what` names the mail among all that are sent with the key ("case-9/vp_sales/remind/2").
std::string message_id(std::string_view key, std::string_view what, std::string_view domain);

}  // namespace assent::delivery
