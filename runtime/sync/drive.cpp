// The orders of a case into its ERP. Entry: drive_orders. The only file here that travels.
#include <utility>

#include "assent/sync.h"
#include "runtime/erp/tryton.h"
#include "runtime/sync/erp_order.h"

namespace assent {

namespace {

erp::TrytonServer server_of(const sync::ErpSettings& settings, const std::string& password) {
  erp::TrytonServer server;
  server.url = settings.url;
  server.database = settings.database;
  server.user = settings.user;
  server.password = password;
  server.ca_file = settings.ca_file;
  server.timeout_ms = settings.timeout_seconds * 1000;
  return server;
}

ErpAnswer::Outcome outcome_of(erp::Outcome outcome) {
  switch (outcome) {
    case erp::Outcome::reached: return ErpAnswer::Outcome::reached;
    case erp::Outcome::superseded: return ErpAnswer::Outcome::superseded;
    case erp::Outcome::refused: return ErpAnswer::Outcome::refused;
    case erp::Outcome::alarmed: return ErpAnswer::Outcome::alarmed;
    case erp::Outcome::failed: break;
  }
  return ErpAnswer::Outcome::failed;
}

void unsent(ErpAnswer& answer, const Problems& problems) {
  answer.outcome = ErpAnswer::Outcome::unsent;
  for (const Problem& each : problems)
    answer.message += (answer.message.empty() ? "" : "; ") + each.where + ": " + each.message;
}

ErpAnswer drive(erp::Tryton& tryton, const std::string& key, const Result<erp::ErpOrder>& order) {
  ErpAnswer answer;
  answer.order = key;
  answer.state = erp::text(erp::SaleState::absent);
  if (!order) {
    unsent(answer, order.problems());
    return answer;
  }
  answer.revision = static_cast<std::uint32_t>(order->revision);
  Result<erp::Report> report = tryton.drive(*order);
  if (!report) {
    unsent(answer, report.problems());
    return answer;
  }
  answer.outcome = outcome_of(report->outcome);
  answer.message = std::move(report->message);
  answer.number = std::move(report->sale.number);
  answer.state = erp::text(report->sale.state);
  return answer;
}

}  // namespace

Problems drive_orders(Evaluator& evaluator, std::string_view case_id, std::span<const Event> log,
                      std::string_view quote_json, const World& world, const ErpDrive& drive,
                      const std::function<void(const ErpAnswer&)>& take) {
  const sync::TradeSettings& trade = drive.trade.settings();
  if (!trade.erp) return {{ErrorCode::bad_settings, "/erp", "the settings name no ERP"}};
  const erp::TrytonServer server = server_of(*trade.erp, drive.password);
  Problems problems = erp::check(server);
  for (Problem& each : problems) each.where.insert(0, "/erp");
  if (!problems.empty()) return problems;
  const Result<sync::ErpOrders> orders =
      sync::erp_orders({evaluator, case_id, log, quote_json, world}, {drive.order, false}, trade);
  if (!orders) return orders.problems();
  erp::Tryton tryton(server);
  for (const auto& [key, order] : *orders) take(assent::drive(tryton, key, order));
  return {};
}

}  // namespace assent
