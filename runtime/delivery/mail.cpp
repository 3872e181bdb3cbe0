// Entry: write_mail, message_id.
//
// Checked first (mail_check.h), written then: nothing below can fail. Fields are folded at spaces to lines of 78
// characters, as RFC 5322 section 2.1.1 advises; bodies are quoted-printable.
#include "runtime/delivery/mail.h"

#include <array>

#include "runtime/delivery/encoded_word.h"
#include "runtime/delivery/mail_check.h"
#include "runtime/delivery/quoted_printable.h"
#include "runtime/value/date.h"
#include "runtime/value/hmac.h"
#include "runtime/value/sha256.h"

namespace assent::delivery {

namespace {

constexpr std::size_t preferred_line = 78;
constexpr std::size_t longest_quoted_name = 60;  // a longer name is encoded, because that can be folded

// Characters on the last line so far.
std::size_t column(const std::string& out) {
  const std::size_t line_end = out.rfind('\n');
  return line_end == std::string::npos ? out.size() : out.size() - line_end - 1;
}

// Appends a piece after a space, on a line of its own if it does not fit on this one.
void append_folded(std::string& out, std::string_view piece) {
  out += column(out) + 1 + piece.size() > preferred_line ? "\r\n " : " ";
  out += piece;
}

// What folding at single spaces cannot carry, or what a reader would take for an encoded word.
bool needs_encoding(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
  }
  return text.starts_with(' ') || text.ends_with(' ') || text.find("  ") != std::string_view::npos ||
         text.find("=?") != std::string_view::npos;
}

void append_encoded(std::string& out, std::string_view text) {
  out += ' ';
  append_encoded_words(out, column(out), text);
}

void append_text_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ':';
  if (needs_encoding(value)) {
    append_encoded(out, value);
  } else {
    while (!value.empty()) {
      const std::size_t space = value.find(' ');
      append_folded(out, value.substr(0, space));
      value.remove_prefix(space == std::string_view::npos ? value.size() : space + 1);
    }
  }
  out += "\r\n";
}

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void append_mailbox(std::string& out, const Mailbox& mailbox, std::string_view separator) {
  std::string address = mailbox.address;
  if (!mailbox.name.empty()) {
    if (mailbox.name.size() > longest_quoted_name || needs_encoding(mailbox.name)) {
      append_encoded(out, mailbox.name);
    } else {
      append_folded(out, quoted(mailbox.name));
    }
    address = '<' + address + '>';
  }
  append_folded(out, address.append(separator));
}

std::string two_digits(std::int64_t value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

// "Mon, 02 Mar 2026 10:00:00 +0000", RFC 5322 section 3.3.
std::string date_text(std::int64_t milliseconds) {
  constexpr std::array<std::string_view, 7> weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date day = date_of({milliseconds});
  const Civil parts = civil(day);
  const std::int64_t seconds = (milliseconds - day.days * milliseconds_per_day) / 1000;
  std::string out(weekdays[static_cast<std::size_t>(weekday(day))]);
  out += ", " + two_digits(parts.day) + ' ';
  out += months[static_cast<std::size_t>(parts.month - 1)];
  out += ' ' + std::to_string(parts.year) + ' ';
  out += two_digits(seconds / 3600) + ':' + two_digits(seconds / 60 % 60) + ':' + two_digits(seconds % 60);
  return out + " +0000";
}

void append_ids(std::string& out, std::string_view name, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  out += name;
  out += ':';
  for (const std::string& id : ids) append_folded(out, '<' + id + '>');
  out += "\r\n";
}

void append_header(std::string& out, const Mail& mail) {
  out += "From:";
  append_mailbox(out, mail.from, "");
  out += "\r\nTo:";
  for (const Mailbox& mailbox : mail.to) append_mailbox(out, mailbox, &mailbox == &mail.to.back() ? "" : ",");
  out += "\r\n";
  append_text_field(out, "Subject", mail.subject);
  out += "Date: " + date_text(mail.date) + "\r\n";
  append_ids(out, "Message-ID", {mail.message_id});
  if (!mail.in_reply_to.empty()) append_ids(out, "In-Reply-To", {mail.in_reply_to});
  append_ids(out, "References", mail.references);
  out += "Auto-Submitted: auto-generated\r\n";
  for (const ExtraField& field : mail.extra) append_text_field(out, field.name, field.value);
  out += "MIME-Version: 1.0\r\n";
}

void append_part(std::string& out, std::string_view type, std::string_view text) {
  out += "Content-Type: ";
  out += type;
  out += "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
  out += quoted_printable(text);
}

// The boundary of a multipart: =_ stands in no quoted-printable text, whose = is followed by a digit, a letter up to F
// or a line end (RFC 2045 section 6.7), so that no content can hold it.
std::string boundary(const Mail& mail) {
  constexpr std::size_t digits = 32;
  const std::string content = sha256_hex(mail.text) + sha256_hex(mail.html);
  return "=_" + sha256_hex(content).substr(0, digits);
}

// RFC 2046 section 5.1.4: the plainest first, the one to be shown if possible last.
void append_alternatives(std::string& out, const Mail& mail) {
  const std::string mark = boundary(mail);
  out += "Content-Type: multipart/alternative;\r\n boundary=\"" + mark + "\"\r\n\r\n--" + mark + "\r\n";
  append_part(out, "text/plain", mail.text);
  out += "\r\n--" + mark + "\r\n";  // the line end before a boundary belongs to it, not to the part
  append_part(out, "text/html", mail.html);
  out += "\r\n--" + mark + "--\r\n";
}

}  // namespace

Result<std::string> write_mail(const Mail& mail) {
  if (Problems problems = check_mail(mail); !problems.empty()) return problems;
  std::string out;
  append_header(out, mail);
  if (mail.html.empty()) {
    append_part(out, "text/plain", mail.text);
  } else {
    append_alternatives(out, mail);
  }
  return out;
}

std::string message_id(std::string_view key, std::string_view what, std::string_view domain) {
  constexpr std::size_t digits = 32;  // 128 bits
  constexpr std::string_view label = "assent message id v1";
  HmacSha256 hmac(key);
  hmac.update(label);
  hmac.update(std::string_view("\0", 1));  // so that no label continues into what follows it
  hmac.update(what);
  return hex(hmac.finish()).substr(0, digits) + "@" + std::string(domain);
}

}  // namespace assent::delivery
