// Entry: text, sale_state, revision_text, revision_of, difference.
#include "runtime/erp/sale.h"

#include <map>

namespace assent::erp {

namespace {

constexpr std::string_view revision_words = "revision ";

// What all sale lines of one order line come to; the price of an order line may have needed two.
struct Sum {
  const SaleLine* first = nullptr;
  Decimal quantity, amount;
};

std::string seen(std::string_view what, std::string_view approved, std::string_view found) {
  return std::string(what) + " is `" + std::string(found) + "`, approved is `" + std::string(approved) + "`";
}

std::string difference(const ErpLine& line, const Sum& sum) {
  const std::string of = " of line `" + line.id + "`";
  Decimal quantity, amount;
  static_cast<void>(parse_decimal(line.quantity, quantity));  // the order has been checked
  static_cast<void>(parse_decimal(line.amount, amount));
  if (sum.first->product != line.product) return seen("the product" + of, line.product, sum.first->product);
  if (sum.first->unit != line.unit) return seen("the unit" + of, line.unit, sum.first->unit);
  if (sum.quantity != quantity) return seen("the quantity" + of, text(quantity), text(sum.quantity));
  if (sum.amount != amount) return seen("the amount" + of, text(amount), text(sum.amount));
  return {};
}

}  // namespace

std::string_view text(SaleState state) {
  switch (state) {
    case SaleState::absent: return "absent";
    case SaleState::draft: return "draft";
    case SaleState::quotation: return "quotation";
    case SaleState::confirmed: return "confirmed";
    case SaleState::processing: return "processing";
    case SaleState::done: return "done";
    case SaleState::cancelled: return "cancelled";
  }
  return "";
}

std::optional<SaleState> sale_state(std::string_view word) {
  for (const SaleState state : {SaleState::draft, SaleState::quotation, SaleState::confirmed, SaleState::processing,
                                SaleState::done, SaleState::cancelled}) {
    if (text(state) == word) return state;
  }
  return std::nullopt;
}

std::string revision_text(std::int32_t revision) { return std::string(revision_words) + std::to_string(revision); }

std::int32_t revision_of(std::string_view description) {
  std::int32_t revision = 0;
  if (!description.starts_with(revision_words)) return 0;
  for (const char c : description.substr(revision_words.size())) {
    if (c < '0' || c > '9') return 0;
    revision = revision * 10 + (c - '0');
    if (revision > max_revision) return 0;
  }
  return revision_text(revision) == description ? revision : 0;
}

std::string difference(const ErpOrder& order, const Sale& sale) {
  if (sale.customer != order.customer) return seen("the customer", order.customer, sale.customer);
  if (sale.currency != order.currency) return seen("the currency", order.currency, sale.currency);
  std::map<std::string_view, Sum> sums;
  for (const SaleLine& line : sale.lines) {
    Sum& sum = sums[line.order_line];
    if (sum.first == nullptr) sum.first = &line;
    const bool is_same = line.product == sum.first->product && line.unit == sum.first->unit;
    if (!is_same || add(sum.quantity, line.quantity, sum.quantity) != Fault::none ||
        add(sum.amount, line.amount, sum.amount) != Fault::none) {
      return "line `" + line.order_line + "` is several that do not belong together";
    }
  }
  for (const ErpLine& line : order.lines) {
    const auto found = sums.find(line.id);
    if (found == sums.end()) return "line `" + line.id + "` is missing";
    if (std::string fault = difference(line, found->second); !fault.empty()) return fault;
    sums.erase(found);
  }
  if (!sums.empty()) return "line `" + std::string(sums.begin()->first) + "` is none of the order's";
  return {};
}

}  // namespace assent::erp
