// What the other side says to an order: received, accepted, rejected, or accepted with changes. Entry: OrderAnswer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/documents/order.h"

namespace assent::documents {

// UN/CEFACT 4343, as far as Peppol's Order Response (T76) has it; in brackets its code there.
enum class AnswerCode : std::uint8_t {
  received,     // (AB) and not yet worked on
  accepted,     // (AP) as it is
  rejected,     // (RE) as a whole
  conditional,  // (CA) line by line
};

// UN/CEFACT 1229, as far as T76 has it.
enum class LineAnswer : std::uint8_t {
  added,      // (1)
  changed,    // (3) accepted with a change: quantity, date, price or item
  accepted,   // (5)
  rejected,   // (7)
  delivered,  // (42) already
};

// "AB".."CA", and "1".."42".
constexpr std::string_view code(AnswerCode answer) {
  switch (answer) {
    case AnswerCode::received: return "AB";
    case AnswerCode::accepted: return "AP";
    case AnswerCode::rejected: return "RE";
    case AnswerCode::conditional: return "CA";
  }
  return "";
}

constexpr std::string_view code(LineAnswer answer) {
  switch (answer) {
    case LineAnswer::added: return "1";
    case LineAnswer::changed: return "3";
    case LineAnswer::accepted: return "5";
    case LineAnswer::rejected: return "7";
    case LineAnswer::delivered: return "42";
  }
  return "";
}

// A time of day, as it stands in the document; the offset from UTC only if it says one.
struct ClockTime {
  std::int32_t milliseconds = 0;               // since midnight, 0..86 399 999
  std::optional<std::int32_t> offset_minutes;  // -840..840
  bool operator==(const ClockTime&) const = default;
};

// What is delivered instead.
struct Substitute {
  std::string id;  // of the line item
  std::string item_name;
  std::string sellers_item_id;
  std::string standard_item_id;
  bool operator==(const Substitute&) const = default;
};

struct AnswerLine {
  std::string id;             // of the line of the answer, unique in it
  std::string order_line_id;  // several lines may answer the same line of the order: a part now, a part later
  LineAnswer status = LineAnswer::rejected;
  std::optional<Decimal> quantity;       // 0 or more; absent: as ordered
  std::string unit;                      // of quantity; "" without one
  std::optional<Decimal> max_backorder;  // at most so many more come later; 0 for none, absent: nothing is said
  Period promised;
  std::optional<Price> price;  // without discounts
  std::string note;
  std::optional<Substitute> substitute;
  bool operator==(const AnswerLine&) const = default;
};

struct OrderAnswer {
  bool is_simple = false;  // an OrderResponseSimple, which says accepted or rejected alone
  std::string id;          // of the answer
  std::string order_id;    // that it answers
  std::string change_id;   // of the change that it answers; "" if it names none
  // Of that change; 1 if it names none, 0 if it names one whose id was not made by change_id of ubl_write.h.
  std::int32_t revision = 0;
  std::string sales_order_id;  // the id that the other side has given the order; may be ""
  Date issue_date;
  std::optional<ClockTime> issue_time;
  AnswerCode code = AnswerCode::rejected;  // conditional also for an acceptance with changed lines
  std::string note;                        // notes and reasons, one a line
  Period promised;                         // for all lines that say nothing else
  std::vector<AnswerLine> lines;
  bool operator==(const OrderAnswer&) const = default;
};

}  // namespace assent::documents
