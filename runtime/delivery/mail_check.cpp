// Entry: check_mail. One function for each kind of field; each adds what it finds with the field's place.
#include "runtime/delivery/mail_check.h"

#include <array>

#include "runtime/delivery/address.h"
#include "runtime/value/date.h"
#include "runtime/value/fold_case.h"
#include "runtime/value/utf8.h"

namespace assent::delivery {

namespace {

void add(Problems& problems, ErrorCode code, std::string where, std::string message) {
  if (problems.size() < max_problems) problems.push_back({code, std::move(where), std::move(message)});
}

void refuse(Problems& problems, std::string where, std::string_view message) {
  add(problems, ErrorCode::bad_request, std::move(where), std::string(message));
}

void refuse_above(Problems& problems, std::size_t size, std::size_t limit, const std::string& where, const char* what) {
  if (size <= limit) return;
  add(problems, ErrorCode::limit_exceeded, where,
      std::to_string(size) + " " + what + ", at most " + std::to_string(limit) + " are allowed");
}

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }

bool has_control(std::string_view text) {
  for (const char c : text) {
    if (is_control(c)) return true;
  }
  return false;
}

bool has_long_word(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) {
    length = c == ' ' ? 0 : length + 1;
    if (length > max_header_word_bytes) return true;
  }
  return false;
}

void check_header_text(Problems& problems, const std::string& where, std::string_view text) {
  refuse_above(problems, text.size(), max_header_text_bytes, where, "bytes of header text");
  if (!is_utf8(text)) refuse(problems, where, "the text is not UTF-8");
  if (has_control(text)) {
    refuse(problems, where,
           "the text has a line end or another control character, which could begin a field of its own");
  }
  if (has_long_word(text)) {
    add(problems, ErrorCode::limit_exceeded, where,
        "a word is longer than " + std::to_string(max_header_word_bytes) + " bytes, which no line holds");
  }
}

void check_mailbox(Problems& problems, const std::string& where, const Mailbox& mailbox) {
  check_header_text(problems, where + "/name", mailbox.name);
  if (const std::string_view fault = address_fault(mailbox.address); !fault.empty()) {
    refuse(problems, where + "/address", fault);
  }
}

// dot-atom on either side of one @: RFC 5322 section 3.6.4 without its obsolete forms.
void check_message_id(Problems& problems, const std::string& where, std::string_view id) {
  refuse_above(problems, id.size(), max_message_id_bytes, where, "bytes of message id");
  const std::size_t at = id.find('@');
  if (at == std::string_view::npos || !is_dot_atom(id.substr(0, at)) || !is_dot_atom(id.substr(at + 1))) {
    refuse(problems, where, "a message id is `left@right` in ASCII, without `<` and `>`");
  }
}

bool is_field_name(std::string_view name) {
  for (const char c : name) {
    if (c <= ' ' || c == 0x7f || c == ':' || static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return !name.empty();
}

// What write_mail writes itself, and Bcc.
bool is_reserved(std::string_view name) {
  constexpr std::array<std::string_view, 10> reserved = {"from",        "to",           "subject",
                                                         "date",        "message-id",   "in-reply-to",
                                                         "references",  "mime-version", "auto-submitted",
                                                         "bcc"};
  const std::string folded = fold_case(name);
  for (const std::string_view known : reserved) {
    if (folded == known) return true;
  }
  return folded.starts_with("content-");
}

void check_extra(Problems& problems, const std::string& where, const ExtraField& field) {
  refuse_above(problems, field.name.size(), max_header_name_bytes, where + "/name", "bytes of header name");
  if (!is_field_name(field.name)) {
    refuse(problems, where + "/name", "a header name is printable ASCII without spaces and colons");
  } else if (is_reserved(field.name)) {
    refuse(problems, where + "/name", "the field is written by the mail itself, or not at all");
  }
  check_header_text(problems, where + "/value", field.value);
}

void check_part(Problems& problems, const std::string& where, std::string_view text) {
  refuse_above(problems, text.size(), max_part_bytes, where, "bytes of text");
  if (!is_utf8(text)) refuse(problems, where, "the text is not UTF-8");
  if (text.find('\0') != std::string_view::npos) refuse(problems, where, "the text has a character of number 0");
}

// RFC 5322 section 3.3 begins with the year 1900, the calendar here ends with 9999.
bool is_mail_date(std::int64_t milliseconds) {
  const std::int64_t first = date(1900, 1, 1)->days * milliseconds_per_day;
  const std::int64_t last = (max_date.days + std::int64_t{1}) * milliseconds_per_day - 1;
  return milliseconds >= first && milliseconds <= last;
}

std::string place(const char* list, std::size_t index) { return std::string(list) + "/" + std::to_string(index); }

}  // namespace

Problems check_mail(const Mail& mail) {
  Problems problems;
  check_mailbox(problems, "/from", mail.from);
  if (mail.to.empty()) refuse(problems, "/to", "a mail is for somebody");
  refuse_above(problems, mail.to.size(), max_recipients, "/to", "recipients");
  for (std::size_t i = 0; i < mail.to.size(); ++i) check_mailbox(problems, place("/to", i), mail.to[i]);
  check_header_text(problems, "/subject", mail.subject);
  check_message_id(problems, "/message_id", mail.message_id);
  if (!mail.in_reply_to.empty()) check_message_id(problems, "/in_reply_to", mail.in_reply_to);
  refuse_above(problems, mail.references.size(), max_references, "/references", "references");
  for (std::size_t i = 0; i < mail.references.size(); ++i) {
    check_message_id(problems, place("/references", i), mail.references[i]);
  }
  if (!is_mail_date(mail.date)) refuse(problems, "/date", "the date is outside the years 1900 to 9999");
  if (mail.text.empty()) refuse(problems, "/text", "a mail has a text, also beside its HTML");
  check_part(problems, "/text", mail.text);
  check_part(problems, "/html", mail.html);
  refuse_above(problems, mail.extra.size(), max_extra_fields, "/extra", "extra fields");
  for (std::size_t i = 0; i < mail.extra.size(); ++i) check_extra(problems, place("/extra", i), mail.extra[i]);
  return problems;
}

}  // namespace assent::delivery
