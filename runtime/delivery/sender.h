// Who sent an answer: from the address of a mail to the one person who has it.
//
// Entry: match_sender. An address says who is asked to have sent the mail, no more: anybody can write any `From`. Take
// mail only from a server that checks it (SPF, DKIM and DMARC: RFC 7489), and only as an answer to a message whose id
// nobody else can know (message_id in mail.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace assent::delivery {

// One address of a person, who may have several of them. Borrowed for the call.
struct PersonAddress {
  std::string_view person;  // the directory's id
  std::string_view address;
};

enum class SenderRefusal : std::uint8_t {
  unknown,    // nobody has the address
  ambiguous,  // more than one person has it: it is not guessed which one meant it
};
std::string_view text(SenderRefusal refusal);

// The person who alone has `address`, or why there is none. Capitals do not matter, neither in the domain, where the
// standard says so, nor before the @, where it leaves that to each server (RFC 5321 section 2.4): no server in use
// tells the two apart, and directories and phones capitalise as they like. Two people whose addresses differ in
// capitals alone are refused as ambiguous, so that this can never choose the wrong one.
std::variant<std::string, SenderRefusal> match_sender(std::string_view address,
                                                      std::span<const PersonAddress> directory);

}  // namespace assent::delivery
