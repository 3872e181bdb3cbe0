// Entry: parse_reply.
//
// From the outside in: the header says whether a person sent the mail, who, and in answer to what; then the parts give
// the text (message.h), its own lines (quotation.h) the word and the comment.
#include "runtime/delivery/reply.h"

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/delivery/address.h"
#include "runtime/delivery/charset.h"
#include "runtime/delivery/encoded_word.h"
#include "runtime/delivery/fields.h"
#include "runtime/delivery/html_text.h"
#include "runtime/delivery/lines.h"
#include "runtime/delivery/message.h"
#include "runtime/delivery/quotation.h"
#include "runtime/value/fold_case.h"
#include "runtime/value/utf8.h"

namespace assent::delivery {

namespace {

// RFC 3834 section 5 for Auto-Submitted; the others are older customs. A bounce has an empty Return-Path (RFC 5321
// section 4.5.5), and bounces and read receipts are multipart/report (RFC 6522). A list's mail is for all its members.
bool is_automatic(const Fields& fields) {
  constexpr std::array<std::string_view, 4> precedences = {"bulk", "junk", "list", "auto_reply"};
  for (const Field& field : fields.all) {
    if (field.name == "auto-submitted" && first_word(field.value) != "no") return true;
    if (field.name == "x-autoreply" || field.name == "x-autorespond") return true;
    if (field.name == "return-path" && field.value.find('@') == std::string::npos) return true;
    if (field.name != "precedence") continue;
    const std::string word = first_word(field.value);
    if (std::find(precedences.begin(), precedences.end(), word) != precedences.end()) return true;
  }
  return false;
}

// The author. A `Sender` of another address says that somebody wrote in the author's name (RFC 5322 section 3.6.2):
// whether he may is for a delegation to say, not for a mail.
ReplyRefusal read_author(const Fields& fields, std::string& out) {
  if (fields.count("from") == 0) return ReplyRefusal::no_sender;
  if (fields.count("from") > 1 || fields.count("sender") > 1) return ReplyRefusal::ambiguous_sender;
  std::string from;
  if (const ReplyRefusal refusal = read_sender(fields.value("from"), from); refusal != ReplyRefusal::none)
    return refusal;
  if (fields.count("sender") == 1) {
    std::string sender;
    const ReplyRefusal refusal = read_sender(fields.value("sender"), sender);
    if (refusal != ReplyRefusal::none || fold_case(sender) != fold_case(from)) return ReplyRefusal::ambiguous_sender;
  }
  out = from;
  return ReplyRefusal::none;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// The ids between < and > in the one field of this name. What else stands there is skipped, as old mailers wrote
// phrases (RFC 5322 section 4.5.4).
ReplyRefusal read_ids(const Fields& fields, std::string_view name, std::vector<std::string>& out) {
  if (fields.count(name) > 1) return ReplyRefusal::malformed;
  std::string_view rest = fields.value(name);
  for (;;) {
    const std::size_t begin = rest.find('<');
    if (begin == std::string_view::npos) return ReplyRefusal::none;
    rest.remove_prefix(begin + 1);
    const std::size_t end = rest.find_first_of("<> \t");
    if (end == std::string_view::npos) return ReplyRefusal::none;
    const std::string_view id = rest.substr(0, end);
    const bool is_id = rest[end] == '>' && id.find('@') != std::string_view::npos && is_printable(id);
    rest.remove_prefix(end);
    if (!is_id) continue;
    if (out.size() == max_reply_references) return ReplyRefusal::too_large;
    out.emplace_back(id);
  }
}

// A line as it is compared with the words: trimmed, without the punctuation that ends a sentence, in lower case.
// A question mark stays: who asks has not answered.
std::string comparable(std::string_view line) {
  line = trimmed(line);
  while (line.ends_with('.') || line.ends_with('!') || line.ends_with(',') || line.ends_with(';')) {
    line.remove_suffix(1);
    line = trimmed(line);
  }
  return fold_case(line);
}

bool is_word(const std::vector<std::string>& words, std::string_view line) {
  return !line.empty() &&
         std::any_of(words.begin(), words.end(), [&](const std::string& word) { return fold_case(word) == line; });
}

bool continues_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Whether one of the words stands among others in a line.
bool has_word(const std::vector<std::string>& words, std::string_view line) {
  for (const std::string& listed : words) {
    const std::string word = fold_case(listed);
    if (word.empty()) continue;
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || !continues_word(line[at - 1]);
      if (begins && (end == line.size() || !continues_word(line[end]))) return true;
    }
  }
  return false;
}

// A line without its control characters, which could steer the terminal that a log is read in.
std::string visible(std::string_view line) {
  std::string out(line);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  return std::string(trimmed(out));
}

using Lines = std::vector<std::string_view>;

// The lines after the word's that are comment.
std::string comment(const Lines& own, std::size_t word_at, CommentMode mode) {
  std::string out;
  for (std::size_t i = word_at + 1; i < own.size(); ++i) {
    if (is_blank(own[i])) break;
    if (!out.empty()) out += '\n';
    out += visible(own[i]);
    if (mode == CommentMode::line_break) break;
  }
  out.resize(character_boundary(out, max_comment_bytes));
  return out;
}

struct WrittenAnswer {
  Answer answer = Answer::reject;
  std::string comment;
};

ReplyRefusal read_answer(std::string_view text, const ReplySettings& settings, WrittenAnswer& out) {
  Lines own = lines(text, max_reply_lines + max_introduction_lines);
  own.resize(own_lines(own));
  if (own.size() > max_reply_lines) return ReplyRefusal::too_large;
  const auto first = std::find_if(own.begin(), own.end(), [](std::string_view line) { return !is_blank(line); });
  if (first == own.end()) return ReplyRefusal::no_text;

  const std::string said = comparable(*first);
  const bool approves = is_word(settings.approve_words, said);
  const bool rejects = is_word(settings.reject_words, said);
  if (approves && rejects) return ReplyRefusal::both_words;
  if (!approves && !rejects) {
    const bool has_one = has_word(settings.approve_words, said) || has_word(settings.reject_words, said);
    return has_one ? ReplyRefusal::unclear : ReplyRefusal::no_word;
  }
  const std::vector<std::string>& others = approves ? settings.reject_words : settings.approve_words;
  const bool is_taken_back =
      std::any_of(first + 1, own.end(), [&](std::string_view line) { return is_word(others, comparable(line)); });
  if (is_taken_back) return ReplyRefusal::both_words;
  out.answer = approves ? Answer::approve : Answer::reject;
  out.comment = comment(own, static_cast<std::size_t>(first - own.begin()), settings.comment_mode);
  return ReplyRefusal::none;
}

bool has_visible(const std::optional<std::string>& text) {
  if (!text) return false;
  for (const std::string_view line : lines(*text, max_reply_lines)) {
    if (!is_blank(line)) return true;
  }
  return false;
}

// The plain text speaks; the HTML beside it may not contradict it. Where the plain one is blank the HTML speaks.
ReplyRefusal read_answers(const MailTexts& texts, const ReplySettings& settings, WrittenAnswer& out) {
  WrittenAnswer in_html;
  ReplyRefusal html_refusal = ReplyRefusal::no_text;
  if (texts.html) html_refusal = read_answer(html_text(*texts.html), settings, in_html);
  if (!has_visible(texts.plain)) {
    out = in_html;
    return html_refusal;
  }
  const ReplyRefusal refusal = read_answer(*texts.plain, settings, out);
  const bool both_clear = refusal == ReplyRefusal::none && html_refusal == ReplyRefusal::none;
  return both_clear && in_html.answer != out.answer ? ReplyRefusal::both_words : refusal;
}

// Fills in `out` as far as it can be read; out.sender only if it may be told of a refusal.
ReplyRefusal read_reply(std::string_view bytes, const ReplySettings& settings, Reply& out) {
  if (bytes.size() > max_reply_bytes) return ReplyRefusal::too_large;
  Fields fields;
  std::string_view body;
  ContentType type;
  MailTexts texts;
  WrittenAnswer written;
  const auto refused = [](ReplyRefusal refusal) { return refusal != ReplyRefusal::none; };
  if (const ReplyRefusal refusal = read_fields(bytes, fields, body); refused(refusal)) return refusal;
  if (is_automatic(fields)) return ReplyRefusal::automatic;
  static_cast<void>(read_content_type(fields, type));  // if it is malformed, read_texts says so, and the sender is told
  if (type.is("multipart", "report")) return ReplyRefusal::automatic;
  if (const ReplyRefusal refusal = read_author(fields, out.sender); refused(refusal)) return refusal;
  std::vector<std::string> own_ids;
  if (const ReplyRefusal refusal = read_ids(fields, "message-id", own_ids); refused(refusal)) return refusal;
  if (own_ids.size() > 1) return ReplyRefusal::malformed;
  if (!own_ids.empty()) out.message_id = own_ids.front();
  if (const ReplyRefusal refusal = read_ids(fields, "in-reply-to", out.in_reply_to); refused(refusal)) return refusal;
  if (const ReplyRefusal refusal = read_ids(fields, "references", out.references); refused(refusal)) return refusal;
  const std::string_view subject = fields.value("subject");
  out.subject = is_utf8(subject) ? decode_encoded_words(subject) : "";
  if (const ReplyRefusal refusal = read_texts(fields, body, texts); refused(refusal)) return refusal;
  if (const ReplyRefusal refusal = read_answers(texts, settings, written); refused(refusal)) return refusal;
  out.answer = written.answer;
  out.comment = std::move(written.comment);
  return ReplyRefusal::none;
}

}  // namespace

std::variant<Reply, RefusedReply> parse_reply(std::string_view bytes, const ReplySettings& settings) {
  Reply reply;
  const ReplyRefusal refusal = read_reply(bytes, settings, reply);
  if (refusal == ReplyRefusal::none) return reply;
  return RefusedReply{refusal, reply.sender};
}

}  // namespace assent::delivery
