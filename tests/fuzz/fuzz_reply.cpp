// Any bytes as a mail that answers a request: an answer or a refusal, never a crash. What is an answer is none any more
// if a program has sent it, or a second person.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <variant>

#include "runtime/delivery/address.h"
#include "runtime/delivery/charset.h"
#include "runtime/delivery/reply.h"
#include "runtime/value/utf8.h"

namespace {

using namespace assent::delivery;

bool is_refused_as(const std::string& mail, const ReplySettings& settings, ReplyRefusal reason) {
  const auto outcome = parse_reply(mail, settings);
  const auto* const refused = std::get_if<RefusedReply>(&outcome);
  // The line that was added may be the one too many.
  return refused != nullptr && (refused->reason == reason || refused->reason == ReplyRefusal::too_large);
}

bool is_sound(const Reply& reply) {
  return is_address(reply.sender) && assent::is_utf8(reply.comment) && assent::is_utf8(reply.subject) &&
         reply.comment.size() <= max_comment_bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string mail(reinterpret_cast<const char*>(data), size);
  ReplySettings settings;
  for (const CommentMode mode : {CommentMode::line_break, CommentMode::blank_line}) {
    settings.comment_mode = mode;
    const auto outcome = parse_reply(mail, settings);
    const auto* const reply = std::get_if<Reply>(&outcome);
    if (reply == nullptr) {
      const auto& refused = std::get<RefusedReply>(outcome);
      if (refused.reason == ReplyRefusal::none || text(refused.reason).empty()) std::abort();
      continue;
    }
    if (!is_sound(*reply)) std::abort();
    if (!is_refused_as("Auto-Submitted: auto-replied\n" + mail, settings, ReplyRefusal::automatic)) std::abort();
    if (!is_refused_as("From: another@example.com\n" + mail, settings, ReplyRefusal::ambiguous_sender)) std::abort();
  }
  return 0;
}
