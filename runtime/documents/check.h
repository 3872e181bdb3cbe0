// Whether a document may be sent: the rules of Peppol's Order (T01), in C++. Entry: Violation, check.
//
// What is checked is the document as it will be written: PEPPOL-T01-R024, say, is broken only if price.h finds no price
// at all. Not checked, as it needs lists that change: whether a currency, country, unit, scheme or reason code exists
// (only its form is), and the check digits of endpoints.
#pragma once

#include <string>
#include <vector>

#include "assent/result.h"
#include "runtime/documents/order.h"
#include "runtime/documents/rule.h"
#include "runtime/documents/totals.h"

namespace assent::documents {

struct Violation {
  Rule rule;
  std::string place;  // a JSON pointer into the OrderDocument: "/lines/2/amount"; "/totals/payable" for a total
  std::string seen;   // lower case, no final period: "the amount is 10.005"
};

// All violations in the order of the document, at most max_problems of them; none if the document may be sent. Takes
// time and memory in proportion to the document.
std::vector<Violation> check(const OrderDocument& order);

// The same with totals that somebody else has computed; check(order) uses those of totals.h.
std::vector<Violation> check(const OrderDocument& order, const Totals& totals);

// The same as problems: limit_exceeded for Rule::limit, bad_request for the rest; the message begins with the rule's
// id. Not empty only if `violations` is not.
Problems as_problems(const std::vector<Violation>& violations);

}  // namespace assent::documents
