// The log of a case to the files of its orders. Entry: export_orders.
#include <map>
#include <utility>

#include "assent/sync.h"
#include "runtime/documents/ubl_write.h"
#include "runtime/sync/order_document.h"
#include "runtime/sync/replay.h"
#include "runtime/sync/wanted.h"

namespace assent {

namespace {

constexpr std::string_view no_reason = "cancelled";  // a cancellation has one; this is for whoever gave none

// What has been told of an order so far.
struct Told {
  documents::OrderDocument document;  // the last one, as UBL
  bool withdrawn = false;             // by a cancellation
  bool failed = false;                // nothing after what could not be told would make sense
};

// Whether two documents ask for the same, whenever they were made and whatever else was ordered.
bool asks_the_same(const documents::OrderDocument& before, documents::OrderDocument after) {
  after.revision = before.revision;
  after.issue_date = before.issue_date;
  after.sibling_ids = before.sibling_ids;
  return before == after;
}

class Export {
 public:
  Export(std::string_view case_id, const OrderExport& options, const std::function<void(const OrderFile&)>& take)
      : case_id_(case_id), options_(options), trade_(options.trade.settings()), take_(take) {}

  void tell(const sync::Turn& turn) {
    const sync::PlanDocuments documents(turn.plan, case_id_, trade_);
    for (const Order* order : turn.touched) {
      Told& told = told_[order->key];
      if (told.failed) continue;
      const Result<std::string> content = options_.format == OrderFormat::json
                                              ? Result<std::string>(to_json(turn.plan, *order, case_id_))
                                              : ubl(documents, *order, turn, told);
      told.failed = !content;
      if (!content) sync::add_problems(problems_, order->key, content.problems());
      else if (!content->empty()) give(*order, *content);
    }
  }

  Result<Exported> finish(const OrderPlan& plan) {
    if (!problems_.empty()) return std::move(problems_);
    for (const Order& order : plan.orders) {
      const bool is_chosen = options_.order.empty() || options_.order == order.key;
      if (is_chosen && order.state == OrderState::draft && !options_.drafts) ++made_.drafts;
    }
    return made_;
  }

 private:
  // Empty where there is nothing to be told.
  Result<std::string> ubl(const sync::PlanDocuments& documents, const Order& order, const sync::Turn& turn,
                          Told& told) const {
    const bool is_first = told.document.id.empty();
    if (!sync::is_wanted(order)) {
      if (is_first || told.withdrawn) return std::string();
      told.withdrawn = true;
      const std::string& why = turn.change.why;
      return write_cancellation(told.document, turn.day, why.empty() ? no_reason : why);
    }
    if (told.withdrawn)
      return Problem{ErrorCode::bad_request, "",
                     "nothing was left of it, so that it was cancelled; that cannot be taken back"};
    Result<documents::OrderDocument> document = documents.of(order, turn.day);
    if (!document) return document.problems();
    if (is_first) document->revision = 1;
    else if (!sync::is_news(turn.change, order) || asks_the_same(told.document, *document)) return std::string();
    const documents::OrderDocument before = std::exchange(told.document, *std::move(document));
    return is_first ? write_order(told.document, trade_.shape, trade_.profile)
                    : write_change(before, told.document, trade_.shape);
  }

  void give(const Order& order, std::string content) {
    const char* ending = options_.format == OrderFormat::json ? ".json" : ".xml";
    take_({order.key, order.revision, order.key + '-' + std::to_string(order.revision) + ending, std::move(content)});
    ++made_.files;
  }

  const std::string_view case_id_;
  const OrderExport& options_;
  const sync::TradeSettings& trade_;
  const std::function<void(const OrderFile&)>& take_;
  std::map<std::string, Told> told_;  // by key
  Exported made_;
  Problems problems_;
};

}  // namespace

Result<Exported> export_orders(Evaluator& evaluator, std::string_view case_id, std::span<const Event> log,
                               std::string_view quote_json, const World& world, const OrderExport& options,
                               const std::function<void(const OrderFile&)>& take) {
  Export all(case_id, options, take);
  const auto plan = sync::replay({evaluator, case_id, log, quote_json, world}, {options.order, options.drafts},
                                 [&](const sync::Turn& turn) { all.tell(turn); });
  if (!plan) return plan.problems();
  return all.finish(*plan);
}

}  // namespace assent
