// What the ERP's answers add to a case. Entry: erp_news.
#include <algorithm>
#include <utility>

#include "assent/sync.h"

namespace assent {

namespace {

using Status = OrderReport::Status;

std::optional<Status> status_of(const ErpAnswer& answer) {
  using enum ErpAnswer::Outcome;
  switch (answer.outcome) {
    case reached:
      if (answer.state == "processing") return Status::processing;
      return answer.state == "done" ? Status::delivered : Status::cancelled;  // absent: there is nothing to cancel
    case refused: return Status::rejected;
    case alarmed: return Status::changed;
    case superseded:
    case failed:
    case unsent: break;
  }
  return std::nullopt;
}

bool is_under_way(Status status) { return status >= Status::processing && status <= Status::invoiced; }

// The case may know more: that an order was shipped, while the ERP still processes it.
bool is_known(const OrderReport& report, const OrderReport& last) {
  if (report.revision != last.revision) return false;
  if (is_under_way(report.status) && is_under_way(last.status) && report.status < last.status) return true;
  return report.status == last.status && report.reference == last.reference && report.text == last.text;
}

}  // namespace

std::string_view text(ErpAnswer::Outcome outcome) {
  using enum ErpAnswer::Outcome;
  switch (outcome) {
    case reached: return "reached";
    case superseded: return "superseded";
    case refused: return "refused";
    case alarmed: return "alarmed";
    case failed: return "failed";
    case unsent: return "unsent";
  }
  return "";
}

std::optional<ErpNews> erp_news(const ErpAnswer& answer, const Case& kase, std::int64_t at) {
  const std::optional<Status> status = status_of(answer);
  if (!status) return std::nullopt;
  ErpNews news;
  news.report = {answer.order, answer.revision, *status, at, answer.number, answer.message};
  if (const OrderReport* last = report_of(kase, answer.order)) {
    // Later revisions want the same, or they would have been driven: so this is said of them too.
    news.report.revision = std::max(answer.revision, last->revision);
    if (is_known(news.report, *last)) return std::nullopt;
  }
  news.command = "erp/" + kase.id + '/' + answer.order + '/' + std::to_string(news.report.revision) + '/' +
                 std::string(text(*status)) + '/' + std::to_string(kase.version);
  return news;
}

}  // namespace assent
