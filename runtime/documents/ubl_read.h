// Answers to orders, from UBL 2.x OrderResponse and OrderResponseSimple. Entry: read_answer.
//
//   const Result<OrderAnswer> answer = read_answer(bytes);
//   if (!answer) return complain(answer.problems());    // "line 12: the code `XY` is none of AB, AP, RE, CA"
//   if (answer->revision < current) return;             // out of order: drop it, and log that
//
// The bytes come from anybody, and nothing in them says truly who sent them. An answer counts once: record it under
// its id and its sender.
#pragma once

#include <cstddef>
#include <string_view>

#include "assent/result.h"
#include "runtime/documents/order_answer.h"
#include "runtime/documents/xml_table.h"

namespace assent::documents {

// Limits beside those of xml_table.h, each refused as limit_exceeded: a longer id is none of ours (max_id_bytes), more
// lines than those of an order in two parts each answer something else.
inline constexpr std::size_t max_answer_lines = 2 * max_lines;
inline constexpr std::size_t max_answer_text_bytes = 20'000;  // of all notes of one line, and of the answer

// What is not known of UBL is passed over; what could be read in two ways is refused, with the path of the element and
// its line, all problems at once (at most max_problems):
//  - an element that there must be one of, and is none or two: ID, IssueDate, OrderReference, OrderResponseCode or
//    AcceptedIndicator, of a line ID, LineStatusCode, OrderLineReference. T76 has exactly one of each.
//  - a code that is not in order_answer.h, a date that is not YYYY-MM-DD (PEPPOL-COMMON-R030), a number below 0, a
//    period that ends before it starts (PEPPOL-T76-R004), two lines with one id (PEPPOL-T76-R003).
//  - CA without lines (PEPPOL-T116-R007), and a line that contradicts the whole: 7 after AP, any but 7 after RE, any
//    after AB.
// AP with lines that say 1 or 3, or have a substitute, accepts with changes, as Peppol's own example of T116 has it: it
// is read as conditional, so that nobody takes it for an acceptance as it is.
// Reentrant; takes time and memory in proportion to the size.
Result<OrderAnswer> read_answer(std::string_view bytes);

}  // namespace assent::documents
