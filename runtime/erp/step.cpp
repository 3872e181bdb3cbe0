// Entry: next_step.
#include "runtime/erp/step.h"

namespace assent::erp {

namespace {

using Next = std::variant<Step, End>;

std::string called(const Sale& sale) { return sale.number.empty() ? "id " + std::to_string(sale.id) : sale.number; }

End refused(const Sale& sale, const std::string& what) {
  return {Outcome::refused, "order " + called(sale) + " is " + std::string(text(sale.state)) + " in the ERP: " + what};
}

Next next_of_cancelled(const ErpOrder& order, const Sale& sale) {
  switch (sale.state) {
    case SaleState::absent:
    case SaleState::draft:
    case SaleState::quotation: return sale.revision < order.revision ? Step::mark : Step::cancel;
    case SaleState::cancelled:
      if (sale.revision < order.revision) return Step::mark;
      return End{Outcome::reached, {}};
    case SaleState::confirmed:
    case SaleState::processing:
    case SaleState::done: break;
  }
  return refused(sale, "it can no longer be cancelled from here");
}

Next next_of_changed(const ErpOrder& order, const Sale& sale) {
  if (sale.state == SaleState::draft) return Step::rewrite;
  if (sale.state == SaleState::quotation) return Step::reopen;
  return refused(sale, "revision " + std::to_string(order.revision) + " can no longer change revision " +
                           std::to_string(sale.revision));
}

Next next_of_same(const ErpOrder& order, const Sale& sale) {
  if (sale.state == SaleState::cancelled) return refused(sale, "it was cancelled there");
  if (const std::string fault = difference(order, sale); !fault.empty()) {
    return End{Outcome::alarmed, "order " + called(sale) + " is not what was approved: " + fault};
  }
  switch (sale.state) {
    case SaleState::absent:
    case SaleState::draft: return Step::quote;
    case SaleState::quotation: return Step::confirm;
    case SaleState::confirmed: return Step::process;
    case SaleState::processing:
    case SaleState::done:
    case SaleState::cancelled: break;
  }
  return End{Outcome::reached, {}};
}

}  // namespace

std::string_view text(Step step) {
  switch (step) {
    case Step::create: return "create";
    case Step::reopen: return "reopen";
    case Step::rewrite: return "rewrite";
    case Step::quote: return "quote";
    case Step::confirm: return "confirm";
    case Step::process: return "process";
    case Step::mark: return "mark";
    case Step::cancel: return "cancel";
  }
  return "";
}

std::string_view text(Outcome outcome) {
  switch (outcome) {
    case Outcome::reached: return "reached";
    case Outcome::superseded: return "superseded";
    case Outcome::refused: return "refused";
    case Outcome::alarmed: return "alarmed";
    case Outcome::failed: return "failed";
  }
  return "";
}

std::variant<Step, End> next_step(const ErpOrder& order, const std::vector<Sale>& sales) {
  if (sales.empty()) {
    if (order.cancelled) return End{Outcome::reached, {}};
    return Step::create;
  }
  const Sale& sale = sales.front();
  if (sales.size() > 1) {
    return End{Outcome::alarmed, "the ERP has several orders of the key `" + order.key + "`: " + called(sale) +
                                     " and " + called(sales[1])};
  }
  if (sale.revision == 0) {
    return End{Outcome::alarmed, "order " + called(sale) + " does not say its revision in its description"};
  }
  if (sale.revision > order.revision) {
    return End{Outcome::superseded, "the ERP has revision " + std::to_string(sale.revision)};
  }
  if (order.cancelled) return next_of_cancelled(order, sale);
  return sale.revision < order.revision ? next_of_changed(order, sale) : next_of_same(order, sale);
}

}  // namespace assent::erp
