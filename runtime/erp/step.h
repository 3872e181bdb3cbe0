// What is to be done next so that the ERP has what is wanted. Entry: next_step.
//
// A pure function of the order and of what the ERP has of it, so that nothing needs to be remembered: whoever dies in
// the middle, whoever else has had a hand in it, the next step follows from what is there.
//
//              create         quote            confirm          process
//     absent ─────────▶ draft ─────▶ quotation ───────▶ confirmed ───────▶ processing ──▶ done
//                       rewrite ◀─────reopen             past it, the ERP's order is no longer ours to change
//                       cancel          cancel
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/erp/order.h"
#include "runtime/erp/sale.h"

namespace assent::erp {

enum class Step : std::uint8_t {
  create,   // a draft with all its lines, in one transaction of the ERP's
  reopen,   // a quotation becomes a draft, so that it can be changed
  rewrite,  // a draft gets the content of a later revision, in one transaction
  quote,
  confirm,
  process,  // shipments and invoices are made; confirming does that too, in a second transaction that may not come
  mark,     // the revision that cancels is written down, so that an earlier one is known to be earlier
  cancel,
};
std::string_view text(Step step);

enum class Outcome : std::uint8_t {
  reached,     // the ERP has what is wanted; of state(): it has answered
  superseded,  // the ERP has a later revision: this one was dropped
  refused,     // it would be refused again: a person has to change the order, or the ERP
  alarmed,     // the ERP has something that nobody ordered: a person has to look. Nothing was touched
  failed,      // try again later: no answer, or none that can be relied on
};
std::string_view text(Outcome outcome);

struct End {
  Outcome outcome = Outcome::failed;
  std::string message;  // why, for a person; "" for reached
};

// `sales` are all that have the key. The order has been checked.
std::variant<Step, End> next_step(const ErpOrder& order, const std::vector<Sale>& sales);

}  // namespace assent::erp
