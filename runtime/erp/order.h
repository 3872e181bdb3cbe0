// An order as it is to be in the ERP: plain values. Entry: ErpOrder, check.
//
//   ErpOrder order;
//   order.key = "Q-17/8c1f0a3d5e7b9204";
//   order.customer = "C-1";
//   order.currency = "EUR";
//   order.order_date = *date(2026, 3, 2);
//   ErpLine line;
//   line.id = "L1";
//   line.product = "MONITOR";
//   line.description = "Monitor, 27 inches";
//   line.quantity = "3";
//   line.unit = "u";
//   line.amount = "100.00";
//   order.lines.push_back(line);
//
// Codes and units are the ERP's own. Numbers are exact decimals, written out as JSON writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assent/result.h"
#include "runtime/value/date.h"

namespace assent::erp {

inline constexpr std::size_t max_lines = 2'000;          // the largest quotes that are known of
inline constexpr std::size_t max_id_bytes = 200;         // of a key, a code, a line's id
inline constexpr std::size_t max_text_bytes = 4'000;     // of a description
inline constexpr std::int32_t max_revision = 1'000'000;  // beyond it, something counts that is no revision
inline constexpr int max_quantity_digits = 15;  // the ERP keeps quantities as binary numbers, which keep these exactly
inline constexpr int max_amount_digits = 15;    // of the ERP's 16, before and after the point together

struct ErpLine {
  std::string id;                 // the approved line's, unique in the order
  std::string product;            // its code
  std::string description;        // "" for the product's name
  std::string quantity;           // "3", "2.5"; more than 0
  std::string unit;               // the symbol of the ERP's unit: "u", "kg", "m"
  std::string amount;             // "100.00": approved for the whole line, without tax; below 0 for a credit
  std::optional<Date> wanted_on;  // the same on all lines: an order has one shipping date
  bool operator==(const ErpLine&) const = default;
};

struct ErpOrder {
  std::string key;            // of this order alone, and the same at each call; people see it as the order's reference
  std::int32_t revision = 1;  // of what is wanted; rises whenever that changes, never falls
  bool cancelled = false;     // the order is wanted no longer; then lines, customer and currency do not matter
  std::string customer;       // the code of a party
  std::string currency;       // its code: "EUR"
  Date order_date;
  std::vector<ErpLine> lines;
  bool operator==(const ErpOrder&) const = default;
};

// What makes no sense in an order, all at once, with its place ("/lines/3/amount"): bad_request, and limit_exceeded for
// what is larger than a limit. Empty if nothing does. Whether a code exists is for the ERP to say.
Problems check(const ErpOrder& order);

}  // namespace assent::erp
