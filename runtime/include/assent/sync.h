// assent/sync.h: the orders of a case for other systems: files for a back office, and an ERP that is driven.
//
// As files, JSON for machines, UBL for a back office:
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
// Into an ERP, by the same settings, and what became of it back into the case:
//
//   const auto keep = [&](const assent::ErpAnswer& answer) {
//     const auto news = assent::erp_news(answer, kase, world.now);
//     if (news) store.perform("Q-710", {news->command, "erp", {}, assent::ReportOrder{news->report}}, world);
//   };
//   const auto wrong = assent::drive_orders(evaluator, "Q-710", log, quote_json, world, {*trade, "", password}, keep);
//   if (!wrong.empty()) return complain(wrong);
//
// Drive them as often as you like: what the ERP has is not done twice, and what is known is not reported again. But one
// call for a case at a time, in all processes together: an ERP does not see to it that an order is there once.
//
// The settings are in runtime/sync/README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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
}  // namespace sync

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

// ── into an ERP ──────────────────────────────────────────────────────────────────────────────
struct ErpDrive {
  Trade trade;
  std::string order;     // its key; empty: all of them
  std::string password;  // of the trade's ERP; it goes there alone
};

// What became of an order.
struct ErpAnswer {
  enum class Outcome : std::uint8_t {
    reached,     // the ERP has what is wanted
    superseded,  // the ERP has a later revision
    refused,     // the ERP's rules say no: a person has to change the order, or the ERP
    alarmed,     // the ERP has something that nobody ordered: a person has to look
    failed,      // no answer that can be relied on: to be tried again
    unsent,      // the settings or the order make no sense to an ERP: it was not asked
  };
  std::string order;           // its key
  std::uint32_t revision = 0;  // of the plan, that was driven: where what is wanted last changed; 0: none was
  Outcome outcome = Outcome::failed;
  std::string message;  // why, for a person; empty for reached
  std::string number;   // the order's name there; empty: it has none
  std::string state;    // in the ERP's words: "absent", "draft", "quotation", "confirmed", "processing", "done",
                        // "cancelled"; absent also where the ERP did not say
};
std::string_view text(ErpAnswer::Outcome outcome);

// Sees to it that the ERP has each order of a case that is told, by its log from the first event on, and gives out what
// became of it, by key. One that fails does not hold up the others. Nothing is sent where there are problems: those of
// export_orders, and bad_settings under "/erp". Takes as long as the ERP takes: some 20 requests for a new order. There
// only where the connector is built (ASSENT_ERP).
Problems drive_orders(Evaluator& evaluator, std::string_view case_id, std::span<const Event> log,
                      std::string_view quote_json, const World& world, const ErpDrive& drive,
                      const std::function<void(const ErpAnswer&)>& take);

// What an answer adds to what the case knows: reached is processing, delivered or cancelled, as the ERP has it; refused
// is rejected, alarmed is changed. None: nothing was learned, the case knows it, or knows that the order is further.
struct ErpNews {
  std::string command;  // an id: the same answer to the same case is the same command
  OrderReport report;
};
std::optional<ErpNews> erp_news(const ErpAnswer& answer, const Case& kase, std::int64_t at);

}  // namespace assent
