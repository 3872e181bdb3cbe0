// An order as it is told to another system: plain values, no XML. Entry: OrderDocument.
//
// The line amounts are given first: they are what was approved, allocated to the cent. Every total is derived from
// them (totals.h), never the reverse, and a price that does not lead to its line amount gives way (price.h).
//
//   OrderDocument order;
//   order.id = "Q-17/hardware";
//   order.issue_date = *date(2026, 3, 2);
//   order.currency = "EUR";
//   order.buyer = {"7300010000001", "0088", "Buyer", {}};
//   order.seller = {"7300010000018", "0088", "Seller", {}};
//   order.seller.address.country = "SE";
//   OrderLine line;
//   line.id = "1";
//   line.quantity = decimal(3);
//   line.unit = "C62";
//   line.amount = {{10000, -2}, "EUR"};
//   line.item_name = "Monitor";
//   order.lines.push_back(line);
//   Result<std::string> xml = write_order(order, Shape::peppol, Profile::ordering);  // ubl_write.h
//
// An empty text, an empty list and an absent optional are one thing: the element is not written, because UBL has no
// empty elements (UBL 2.3, additional document constraint IND5). A text of white space alone counts as empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/date.h"
#include "runtime/value/decimal.h"

namespace assent::documents {

// Limits of a document. check.h reports what is beyond them.
inline constexpr std::size_t max_lines = 10'000;         // five times the largest quotes that are known of
inline constexpr std::size_t max_siblings = 1'000;       // orders of one quote
inline constexpr std::size_t max_allowances = 100;       // of one document, and of one line
inline constexpr std::size_t max_line_references = 100;  // of one line: the parts of a bundle
inline constexpr std::size_t max_id_bytes = 200;         // room for a hash in hexadecimal and a name beside it
inline constexpr std::size_t max_text_bytes = 4'000;     // a name, a note, a reason: more is a document of its own
inline constexpr std::int32_t max_revision = 1'000'000;  // beyond it, something counts that is no revision
inline constexpr int max_whole_digits = 15;    // before the point; sums of max_lines of them stay within a Decimal's 34
inline constexpr int max_decimal_places = 15;  // after it; with the former, a number is written without an exponent

// A sum of money. The currency is ISO 4217, "EUR"; it must be the document's (PEPPOL-T01-R003), and is held here so
// that this can be checked.
struct Amount {
  Decimal value;  // at most two decimals, but for prices (PEPPOL-T01-R028)
  std::string currency;
  bool operator==(const Amount&) const = default;
};

// All but the country may be empty; an address without any field is not written.
struct Address {
  std::string street;
  std::string additional_street;
  std::string city;
  std::string postal_zone;
  std::string region;   // UBL's CountrySubentity
  std::string country;  // ISO 3166-1, two letters: "SE"
  bool operator==(const Address&) const = default;
};

struct Party {
  std::string endpoint;           // its electronic address, to which documents go: "7300010000001"
  std::string endpoint_scheme;    // what kind of address that is, of the EAS code list: "0088" for a GLN
  std::string registration_name;  // as it is registered as a company
  Address address;                // of the seller, at least the country (T01 has PostalAddress/Country once)
  bool operator==(const Party&) const = default;
};

// Both days are within it; either may be open. T01 has at most one for an order and one for a line, so a line that is
// to be delivered on several dates is several lines.
struct Period {
  std::optional<Date> start;
  std::optional<Date> end;
  bool operator==(const Period&) const = default;
};

// Where the order goes.
struct DeliveryPlace {
  std::string id;         // of the place: "7300010000001"
  std::string id_scheme;  // of the ICD code list: "0088"; "" for an id of one's own
  Address address;        // if there is an id, an address is needed too (T01 has DeliveryLocation/Address once)
  std::string receiver;   // the name of who receives it there
  bool operator==(const DeliveryPlace&) const = default;
};

// A sum that is taken off (an allowance) or put on (a charge).
struct AllowanceCharge {
  bool charge = false;
  std::string reason_code;  // UNCL 5189 for an allowance, UNCL 7161 for a charge; not looked up in these lists
  std::string reason;       // a code or a text is needed (PEPPOL-T01-R023)
  std::optional<Decimal> percentage;  // 20 for 20 %; with a base, or not at all (PEPPOL-T01-R020, R021)
  Amount amount;                      // 0 or more: `charge` has the sign (PEPPOL-T01-R032)
  std::optional<Amount> base;
  bool operator==(const AllowanceCharge&) const = default;
};

// Of one line of an order: "" for this order.
struct LineReference {
  std::string order_id;
  std::string line_id;
  bool operator==(const LineReference&) const = default;
};

// How a net price came from a list price: net = list price - discount, exactly (PEPPOL-T01-R019).
struct PriceDiscount {
  Amount list_price;
  Amount discount;
  bool operator==(const PriceDiscount&) const = default;
};

// What `base_quantity` units cost, without tax; any number of decimals.
struct Price {
  Amount amount;                       // 0 or more (PEPPOL-T01-R005)
  Decimal base_quantity = decimal(1);  // more than 0, in the line's unit (PEPPOL-T01-R025)
  std::optional<PriceDiscount> discount;
  bool operator==(const Price&) const = default;
};

struct OrderLine {
  std::string id;                 // unique in the document (PEPPOL-T01-R001)
  std::string quotation_line_id;  // of the quote's line that it comes from
  std::string note;
  Decimal quantity;            // 0 or more (PEPPOL-T01-R004)
  std::string unit;            // UN/ECE recommendation 20, with 21's packages: "C62" for pieces
  Amount amount;               // approved: with the line's allowances and charges, without tax
  std::optional<Price> price;  // what is written is written_price of price.h
  std::vector<AllowanceCharge> allowances;
  Period requested;  // when it is to be delivered, if that is not as the order says
  std::string item_name;
  std::string item_description;
  std::string sellers_item_id;
  std::vector<LineReference> references;  // lines that this one belongs to or needs
  bool operator==(const OrderLine&) const = default;
};

struct OrderDocument {
  std::string id;             // the order's key: unique, and the same in each revision
  std::int32_t revision = 1;  // 1 for the order itself, more for each change of it
  Date issue_date;
  std::string currency;  // ISO 4217: "EUR"
  std::string note;
  std::string quotation_id;
  std::vector<std::string> sibling_ids;  // of the other orders of the same quote
  std::string contract_id;
  Party buyer;
  Party seller;
  Period requested;
  DeliveryPlace place;
  std::vector<AllowanceCharge> allowances;  // of the order as a whole, beside those of its lines
  std::optional<Amount> tax;                // absent if it is not known, which is not the same as 0
  std::optional<Amount> prepaid;
  // The payable amount is rounded to a multiple of it, half up: 1.00 where nobody pays cents. Absent: not rounded.
  std::optional<Decimal> payable_step;
  std::vector<OrderLine> lines;
  bool operator==(const OrderDocument&) const = default;
};

}  // namespace assent::documents
