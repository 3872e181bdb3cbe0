// Orders, changes and cancellations of them as UBL 2.3. Entry: write_order, write_change, write_cancellation.
//
//   Result<std::string> order = write_order(first, Shape::peppol, Profile::advanced_ordering);
//   Result<std::string> change = write_change(first, second, Shape::peppol);     // second.revision is higher
//   Result<std::string> end = write_cancellation(second, today, "the project has stopped");
//
// Everything is checked first (check.h): a document that breaks a rule is not written, and the problems say why. The
// same input gives the same bytes. Reentrant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "assent/result.h"
#include "runtime/documents/order.h"

namespace assent::documents {

// A larger document is refused as limit_exceeded: access points of Peppol need not take more than 100 MB.
inline constexpr std::size_t max_document_bytes = 100'000'000;

// How what T01 has no element for is written. Nothing is left out in either.
enum class Shape : std::uint8_t {
  // Nothing but what T01, T114 and T115 list, so that a validator of Peppol's takes it: sibling orders are additional
  // documents of the type "sibling order" (T01 keeps OrderDocumentReference for one order that was rejected before),
  // lines of the quote and related lines are item properties.
  peppol,
  // UBL's own elements: OrderDocumentReference, QuotationLineReference, OrderLineReference. For a back office that
  // reads UBL; a validator of Peppol's refuses it where there is any of them.
  ubl,
};

// Which of Peppol's processes the order begins (PEPPOL-T01-R031). Changes and cancellations are of the last alone
// (PEPPOL-T114-R031, PEPPOL-T115-R031), so an order that may be changed should begin with it.
enum class Profile : std::uint8_t { order_only, ordering, advanced_ordering };

// UBL's Order. Refused with all violations of check(order), with their places; and if the revision is not 1, because an
// order that is sent again under a new revision would be ordered twice.
Result<std::string> write_order(const OrderDocument& order, Shape shape, Profile profile);

// UBL's OrderChange: the later revision in full, each line with its LineStatusCode: 1 added, 3 changed in any way, 4
// as it was; then, with 2, a quantity of 0 and an amount of 0, the lines that are gone (so that PEPPOL-T114-R008 still
// adds up). SequenceNumberID is the later revision. Refused with the violations of both, under /before and /after;
// and if they are not of one order, not in one currency, or the revision does not rise.
Result<std::string> write_change(const OrderDocument& before, const OrderDocument& after, Shape shape);

// UBL's OrderCancellation of the whole order, whatever its revision. Refused with the violations of check(order), and
// if the reason is empty, longer than max_text_bytes, or no text for XML ("/reason").
Result<std::string> write_cancellation(const OrderDocument& order, Date issue_date, std::string_view reason);

// The ids of the documents themselves: "ORDER/2" for the change to revision 2, "ORDER/cancellation". An answer names
// the change by it (ubl_read.h).
std::string change_id(std::string_view order_id, std::int32_t revision);
std::string cancellation_id(std::string_view order_id);

}  // namespace assent::documents
