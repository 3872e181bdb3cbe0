// A sale as the ERP has it, and how it is told apart from what was approved. Entry: Sale, difference.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/erp/order.h"
#include "runtime/value/decimal.h"

namespace assent::erp {

// The ERP's states in their order, after `absent`, which says that it has no sale of the key.
enum class SaleState : std::uint8_t { absent, draft, quotation, confirmed, processing, done, cancelled };
std::string_view text(SaleState state);
std::optional<SaleState> sale_state(std::string_view word);  // by its text, which is the ERP's; absent is none

// What stands in a sale's description: "revision 2". 0 for any other text.
std::string revision_text(std::int32_t revision);
std::int32_t revision_of(std::string_view description);

struct Shipment {
  std::string number;
  std::string state;  // in the ERP's words: "draft", "waiting", "assigned", "picked", "packed", "done", "cancelled"
  bool operator==(const Shipment&) const = default;
};

struct SaleLine {
  std::string order_line;  // the id of the order's line that it is, or is a part of; kept in the ERP's note
  std::string product;     // its code
  std::string unit;        // its symbol
  Decimal quantity;
  Decimal amount;
};

struct Sale {
  std::int64_t id = 0;
  SaleState state = SaleState::absent;
  std::string number;         // which people use; "" until there is a quotation
  std::int32_t revision = 0;  // of the order that it was written by; 0 if the ERP's text says none
  std::string timestamp;      // of its last change, for the ERP to refuse what is based on an older one
  std::string customer;
  std::string currency;
  std::string invoice_state;   // "none", "waiting", "paid", "exception"
  std::string shipment_state;  // "none", "waiting", "sent", "exception"
  std::vector<std::int64_t> line_ids;
  std::vector<SaleLine> lines;  // without titles, remarks and subtotals
  std::vector<Shipment> shipments;
};

// The first thing in which a sale is not what was approved: customer, currency, and of each line its product, unit,
// quantity and amount; "" if it is. Descriptions and dates are the ERP's people's to change. The order has been
// checked.
std::string difference(const ErpOrder& order, const Sale& sale);

}  // namespace assent::erp
