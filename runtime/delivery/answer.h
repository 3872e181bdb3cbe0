// What a person answers to a request for approval, by whatever way the answer comes back. Entry: Answer, text.
#pragma once

#include <cstdint>
#include <string_view>

namespace assent::delivery {

enum class Answer : std::uint8_t { approve, reject };

constexpr std::string_view text(Answer answer) {
  switch (answer) {
    case Answer::approve: return "approve";
    case Answer::reject: return "reject";
  }
  return "";
}

}  // namespace assent::delivery
