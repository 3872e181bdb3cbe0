// assent/sync.h: the orders of a case as files for other systems: JSON for machines, UBL for a back office.
//
//   const auto trade = assent::Trade::from_json(trade_json);
//   if (!trade) return complain(trade.problems());
//   assent::OrderExport options;
//   options.format = assent::OrderFormat::ubl;
//   options.trade = *trade;
//   const auto keep = [&](const assent::OrderFile& file) { write_once(file.name, file.content); };
//   const auto done = assent::export_orders(evaluator, "Q-710", log, quote_json, world, options, keep);
//   if (!done) return complain(done.problems());
//
// An order is told as a series, a file for each revision that says something new: as UBL the Order once it is
// activated, then an OrderChange against what was told last, at the end perhaps an OrderCancellation. The series is
// made of the case's log alone, so that each call gives the same files with the same bytes, and after them those that
// are new: send a file when its name is new, in the order in which they come.
//
// The settings are in runtime/sync/README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "assent/case.h"
#include "assent/orders.h"
#include "assent/policy.h"
#include "assent/result.h"
#include "assent/world.h"

namespace assent {

namespace sync {
struct TradeSettings;
}

// Who sells, who buys, where to, in which units: JSON as in runtime/schemas/trade.schema.json. Immutable; copies share.
class Trade {
 public:
  Trade();  // nobody: enough for JSON
  static Result<Trade> from_json(std::string_view json);  // all problems at once: bad_settings, limit_exceeded
  const sync::TradeSettings& settings() const { return *settings_; }

  // The environment variable that has the password of the ERP; empty: the settings name no ERP.
  const std::string& erp_password_env() const;

 private:
  std::shared_ptr<const sync::TradeSettings> settings_;
};

enum class OrderFormat : std::uint8_t {
  json,  // the order as its plan has it, runtime/schemas/order.schema.json: a file for each revision
  ubl,   // UBL 2.3, as runtime/documents writes it; what is only of interest here gives no file
};

struct OrderExport {
  OrderFormat format = OrderFormat::json;
  Trade trade;           // of UBL
  std::string order;     // its key; empty: all of them
  bool drafts = false;   // told too; say so always or never, as the series is another one
};

struct OrderFile {
  std::string order;           // its key
  std::uint32_t revision = 1;  // of the order, in its plan
  std::string name;            // "8c1f0a3d5e7b9204-2.xml"
  std::string content;
};

struct Exported {
  std::size_t files = 0;
  std::size_t drafts = 0;  // orders that were left out, as they are drafts
};

// Gives out the files of the orders of a case, by its log from the first event on: change by change, and of each the
// orders that it touched. Where nothing was ordered there are none. Problems: not_approved and others of plan_orders;
// bad_event for a log that does not make a case; bad_request for an order that there is not; and, under "/KEY",
// whatever keeps an order from being written. The files of the other orders are given out all the same, and of that
// order those before. Takes as long as a plan for each of these changes.
Result<Exported> export_orders(Evaluator& evaluator, std::string_view case_id, std::span<const Event> log,
                               std::string_view quote_json, const World& world, const OrderExport& options,
                               const std::function<void(const OrderFile&)>& take);

// What an answer in UBL (OrderResponse or OrderResponseSimple, as runtime/documents/ubl_read.h reads them) says:
// received, accepted, changed where it accepts with changes, or rejected; with its notes, and the id that the other
// side has given. Revision 1 is the Order itself. Problems: those of reading it; bad_request for one to something that
// is none of ours. Whether the sender is who they say is for whoever received it to know.
Result<Heard> heard_from_ubl(std::string_view document);

}  // namespace assent
