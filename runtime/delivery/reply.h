// An answer that came back by mail: reply with a word, and a comment below it.
//
// Entry: parse_reply. The word is the first line that is not blank; it is never searched for in a sentence, for "I do
// not approve" has one too. What is not clear is refused with its reason, so that the person can be told.
//
//   const auto outcome = parse_reply(bytes, ReplySettings{});
//   if (const auto* refused = std::get_if<RefusedReply>(&outcome)) return complain(refused->sender, refused->reason);
//   const Reply& reply = std::get<Reply>(outcome);
//   const auto person = match_sender(reply.sender, addresses);  // sender.h
//   // then find the request among reply.in_reply_to and reply.references, and record the answer
//
// The bytes come from anybody. Nothing in them is trusted: `From` says who sent the mail only if the server that took
// it in has checked that, and the request that is answered is known only by an id that nobody could guess. The same
// mail may arrive twice, so an answer is recorded under the mail's own message id, and the second one has no effect.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/delivery/answer.h"
#include "runtime/delivery/reply_refusal.h"

namespace assent::delivery {

// Limits. All but the last are refused as too_large.
inline constexpr std::size_t max_reply_bytes = 4 << 20;   // an answer with the pictures of a signature and a quotation
inline constexpr std::size_t max_reply_lines = 2000;      // of the person's own, above the original
inline constexpr std::size_t max_reply_references = 200;  // message ids in one field; mailers keep some 20
inline constexpr std::size_t max_comment_bytes = 4000;    // a longer comment is cut, between two characters

// Where the comment ends, counted from the line of the word.
enum class CommentMode : std::uint8_t {
  line_break,  // it is the line after the word, between the first and the second line break
  blank_line,  // it is all lines from the first line break to the first blank line
};

// The words are compared without regard to capitals. A word may be several, "go ahead"; an empty one is never met. A
// word in both lists gives both_words, so that a mistake in the settings approves nothing.
struct ReplySettings {
  std::vector<std::string> approve_words = {"approve", "approved", "yes"};
  std::vector<std::string> reject_words = {"reject", "rejected", "decline", "no"};
  CommentMode comment_mode = CommentMode::line_break;
};

struct Reply {
  std::string sender;                    // the address in From, as it was written; is_address holds
  std::string message_id;                // the mail's own, without < and >; "" if it has none
  std::vector<std::string> in_reply_to;  // message ids as they stand there: usually one, the request's; may be empty
  std::vector<std::string> references;   // of the whole thread, usually oldest first; may be empty
  std::string subject;                   // decoded; for people, nothing is decided by it
  Answer answer = Answer::reject;
  std::string comment;                   // UTF-8 without control characters but LF; "" for none
};

struct RefusedReply {
  ReplyRefusal reason = ReplyRefusal::malformed;  // never none
  // Whom to tell; "" if it is not known, and always for an automatic mail: programs that answer each other do not end
  // (RFC 3834 section 2).
  std::string sender;
};

// Reads a mail of RFC 5322, with lines ended by CRLF or LF. Reentrant; takes time and memory in proportion to the
// size. Only the text above the original is read (quotation.h), the plain one rather than HTML. Refused are also two
// answers in one mail: a line further down that is a word of the other list, or HTML that says the other word.
std::variant<Reply, RefusedReply> parse_reply(std::string_view bytes, const ReplySettings& settings);

}  // namespace assent::delivery
