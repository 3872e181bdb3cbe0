// Entry: read_texts.
//
// A walk down the tree of parts, at most max_part_depth calls deep. Each multipart is split at its own boundary before
// its parts are looked into, so that no part can pretend to end the multipart that it stands in.
#include "runtime/delivery/message.h"

#include <algorithm>
#include <vector>

#include "runtime/delivery/charset.h"
#include "runtime/delivery/quoted_printable.h"
#include "runtime/value/base64.h"

namespace assent::delivery {

namespace {

// Undoes what the transfer encoding did, RFC 2045 section 6. False if the body is not so encoded.
bool decode_body(std::string_view encoding, std::string_view body, std::string& out) {
  if (encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary") {
    out = body;
    return true;
  }
  std::optional<std::string> decoded;
  if (encoding == "quoted-printable") decoded = decode_quoted_printable(body);
  if (encoding == "base64") {
    std::string joined(body);  // section 6.8: on lines of 76 characters
    std::erase_if(joined, [](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t'; });
    decoded = decode_base64(joined);
  }
  if (!decoded) return false;
  out = *std::move(decoded);
  return true;
}

// Joins the lines that are one paragraph: RFC 3676 section 4.2, where a space at the end says that the text flows on.
// Without this the first line of a sentence could pass for all of it: "No " of "No problem". Quoted lines are left.
std::string joined_paragraphs(std::string_view text, bool drops_space) {
  constexpr std::string_view signature = "-- ";
  std::string out;
  bool flows = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool is_quoted = line.starts_with('>');
    if (flows && (is_quoted || line == signature)) out += '\n';  // what flows into these is written wrongly
    if (line.starts_with(' ')) line.remove_prefix(1);            // section 4.4: a space that protects the line
    flows = line.ends_with(' ') && line != signature && !is_quoted && !text.empty();
    if (flows && drops_space) line.remove_suffix(1);
    out += line;
    if (!flows) out += '\n';
  }
  return out;
}

// The bodies between the boundary's lines, each with its own fields; the text before and after them is nobody's.
// False without a last line: the mail was cut off, and with it perhaps what was said.
bool split_parts(std::string_view body, const std::string& boundary, std::vector<std::string_view>& out) {
  const std::string mark = "--" + boundary;
  std::size_t part_begin = std::string_view::npos;
  for (std::size_t line_begin = 0; line_begin < body.size();) {
    const std::size_t found = std::min(body.find('\n', line_begin), body.size());
    std::string_view line = body.substr(line_begin, found - line_begin);
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    const bool is_last = line.size() == mark.size() + 2 && line.starts_with(mark) && line.ends_with("--");
    if (is_last || line == mark) {
      if (part_begin != std::string_view::npos) {
        std::string_view part = body.substr(part_begin, line_begin - part_begin);
        if (part.ends_with('\n')) part.remove_suffix(1);  // the line end before a boundary belongs to it
        if (part.ends_with('\r')) part.remove_suffix(1);
        out.push_back(part);
      }
      if (is_last) return true;
      part_begin = std::min(found + 1, body.size());
      if (out.size() > static_cast<std::size_t>(max_parts)) return true;  // the walk refuses them
    }
    line_begin = found + 1;
  }
  return false;
}

bool is_boundary(std::string_view boundary) {
  return !boundary.empty() && boundary.size() <= max_boundary_bytes && !boundary.ends_with(' ') &&
         std::all_of(boundary.begin(), boundary.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

class Walk {  // invariant: parts_ counts what was entered, whatever became of it
 public:
  ReplyRefusal enter(const Fields& fields, std::string_view body, int depth, MailTexts& out);

 private:
  ReplyRefusal enter_multipart(const ContentType& type, std::string_view body, int depth, MailTexts& out);

  int parts_ = 0;
};

ReplyRefusal read_text(const ContentType& type, std::string_view encoding, std::string_view body,
                       std::optional<std::string>& out) {
  std::string bytes;
  if (!decode_body(encoding, body, bytes)) return ReplyRefusal::malformed;
  std::string text;
  if (const ReplyRefusal refusal = to_utf8(type.charset, bytes, text); refusal != ReplyRefusal::none) return refusal;
  if (text.find('\0') != std::string::npos) return ReplyRefusal::malformed;
  if (type.is_flowed) text = joined_paragraphs(text, type.drops_space);
  out = std::move(text);
  return ReplyRefusal::none;
}

ReplyRefusal Walk::enter(const Fields& fields, std::string_view body, int depth, MailTexts& out) {
  if (++parts_ > max_parts || depth > max_part_depth) return ReplyRefusal::too_large;
  const bool is_twice = fields.count("content-disposition") > 1 || fields.count("content-transfer-encoding") > 1;
  if (is_twice) return ReplyRefusal::malformed;
  if (first_word(fields.value("content-disposition")) == "attachment") return ReplyRefusal::none;
  ContentType type;
  if (const ReplyRefusal refusal = read_content_type(fields, type); refusal != ReplyRefusal::none) return refusal;
  const std::string encoding = first_word(fields.value("content-transfer-encoding"));
  if (type.type == "multipart") {
    // RFC 2045 section 6.4 allows no other encoding of a multipart: it would hide its boundaries.
    const bool is_plain = encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary";
    return is_plain ? enter_multipart(type, body, depth, out) : ReplyRefusal::malformed;
  }
  if (type.is("text", "plain")) return read_text(type, encoding, body, out.plain);
  if (type.is("text", "html")) return read_text(type, encoding, body, out.html);
  return ReplyRefusal::none;
}

ReplyRefusal Walk::enter_multipart(const ContentType& type, std::string_view body, int depth, MailTexts& out) {
  if (!is_boundary(type.boundary)) return ReplyRefusal::malformed;
  std::vector<std::string_view> parts;
  if (!split_parts(body, type.boundary, parts)) return ReplyRefusal::malformed;
  if (type.subtype == "digest") return ReplyRefusal::none;  // its parts are mails of others
  for (const std::string_view part : parts) {
    Fields fields;
    std::string_view part_body;
    if (const ReplyRefusal refusal = read_fields(part, fields, part_body); refusal != ReplyRefusal::none) {
      return refusal;
    }
    MailTexts texts;
    if (const ReplyRefusal refusal = enter(fields, part_body, depth + 1, texts); refusal != ReplyRefusal::none) {
      return refusal;
    }
    if (!out.plain) out.plain = std::move(texts.plain);
    if (!out.html) out.html = std::move(texts.html);
    if (type.subtype != "alternative" && (out.plain || out.html)) break;
  }
  return ReplyRefusal::none;
}

}  // namespace

ReplyRefusal read_texts(const Fields& fields, std::string_view body, MailTexts& out) {
  out = MailTexts{};
  return Walk{}.enter(fields, body, 1, out);
}

}  // namespace assent::delivery
