// Why a mail is not taken as an answer. Entry: ReplyRefusal, text, meaning; reply_refusals.def has the list.
//
// As with Fault, functions that can fail return a ReplyRefusal and write their result through a reference; on any
// refusal but `none` that result is not to be read.
#pragma once

#include <cstdint>
#include <string_view>

namespace assent::delivery {

enum class ReplyRefusal : std::uint8_t {
#define REFUSAL(name, spelling, meaning) name,
#include "runtime/delivery/reply_refusals.def"
#undef REFUSAL
};

// The stable spelling, "both-words".
std::string_view text(ReplyRefusal refusal);

// A sentence for the person who sent the mail.
std::string_view meaning(ReplyRefusal refusal);

}  // namespace assent::delivery
