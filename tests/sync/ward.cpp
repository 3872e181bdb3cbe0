#include "tests/sync/ward.h"

#include <catch2/catch.hpp>

namespace assent::test {

const char* const ward_policy = R"(policy hospital
record Quote money in currency { currency: Currency  lines: list of Line }
record Line {
  id: Text  product: Text else ""  family: Text  site: Text?  unit: Text else ""  box: Text?
  quantity: Decimal  net_total: Money  months: Months?
}
input quote: Quote
orders fit_out {
  part of line.box
  term lasting line.months
  phase equipment = lines where line.family is "Equipment"
  phase service = other lines
  split by line.site
  equipment takes 15 days
  service starts when equipment of the same line.site is accepted
  no assets
}
otherwise approve
)";

const char* const ward_quote = R"({"currency": "GBP", "lines": [
  {"id": "L1", "product": "BED", "family": "Equipment", "site": "NORTH", "quantity": 3, "net_total": 100},
  {"id": "L2", "product": "MONITOR", "family": "Equipment", "site": "NORTH", "quantity": 2, "net_total": 2000.5},
  {"id": "L3", "product": "RACK", "family": "Equipment", "site": "SOUTH", "quantity": 1, "net_total": 300},
  {"id": "L4", "product": "DRAWER", "family": "Equipment", "site": "SOUTH", "box": "L3", "quantity": 4,
   "net_total": 40},
  {"id": "L5", "product": "CARE", "family": "Service", "site": "NORTH", "quantity": 1, "net_total": 120, "months": 12},
  {"id": "L6", "family": "Service", "unit": "hour", "quantity": 7.5, "net_total": 700}]})";

std::string trade_with(const std::string& more) {
  return R"({"seller": {"endpoint": "7300010000018", "endpoint_scheme": "0088", "registration_name": "Seller Ltd",
                        "address": {"country": "SE"}},
             "buyer": {"endpoint": "7300010000001", "endpoint_scheme": "0088", "registration_name": "Trust"},
             "customer": "C-1", "units": {"hour": {"code": "HUR", "symbol": "h"}})" +
         (more.empty() ? "" : ", " + more) + "}";
}

Ward::Ward() : Desk(ward_policy, R"({"people": [{"id": "rep"}]})") {
  submit("rep", ward_quote);
  REQUIRE(kase.state == State::approved);
}

void Ward::change(OrderChange change) {
  give("rep", ChangeOrders{ward_quote, std::move(change)});
  if (done.refusal) FAIL(done.refusal->message);
  pass(24 * 60);
}

void Ward::order(std::vector<Portion> lines) {
  OrderChange made;
  made.on = world.today;
  made.lines = std::move(lines);
  change(std::move(made));
}

void Ward::happens(OrderChange::Kind kind, std::string_view order, std::string_view on, std::string_view why) {
  OrderChange made;
  made.kind = kind;
  made.order = key(order);
  made.on = on.empty() ? world.today : *date_from_text(on);
  made.delivery = kind == OrderChange::Kind::moved;
  made.why = why;
  change(std::move(made));
}

void Ward::amend(std::string_view order, std::vector<Portion> lines, std::string_view why) {
  OrderChange made;
  made.kind = OrderChange::Kind::amended;
  made.order = key(order);
  made.on = world.today;
  made.lines = std::move(lines);
  made.why = why;
  change(std::move(made));
}

OrderPlan Ward::plan() {
  const auto made = plan_orders(*evaluator, kase, ward_quote, world);
  if (!made) FAIL(in_words(made.problems()));
  return *made;
}

sync::Story Ward::story() {
  events_.clear();
  for (const std::string& line : log) events_.push_back(*event_from_json(line));
  return {*evaluator, kase.id, events_, ward_quote, world};
}

namespace {

std::string name_of(const Order& order) {
  return order.phase + (order.split[0].value ? " " + *order.split[0].value : "") +
         (order.take > 1 ? " again" : "");
}

}  // namespace

std::string Ward::key(std::string_view wanted) {
  for (const Order& order : plan().orders)
    if (name_of(order) == wanted) return order.key;
  FAIL("there is no order " << wanted);
  return {};
}

std::string Ward::exported(const OrderExport& options) {
  std::map<std::string, std::string> by_key;
  for (const Order& order : plan().orders) by_key[order.key] = name_of(order);
  files.clear();
  names.clear();
  const auto keep = [&](const OrderFile& file) {
    const std::string ending = options.format == OrderFormat::json ? ".json" : ".xml";
    CHECK(file.name == file.order + "-" + std::to_string(file.revision) + ending);
    names.push_back(by_key[file.order] + " " + std::to_string(file.revision));
    files[names.back()] = file.content;
  };
  const auto exported = export_orders(*evaluator, kase.id, story().log, ward_quote, world, options, keep);
  if (!exported) {
    std::string problems = in_words(exported.problems());
    for (const auto& [order, name] : by_key)
      for (std::size_t at; (at = problems.find(order)) != problems.npos;) problems.replace(at, order.size(), name);
    return problems;
  }
  CHECK(exported->files == names.size());
  std::string all;
  for (const std::string& name : names) all += name + "; ";
  return all + std::to_string(exported->drafts) + (exported->drafts == 1 ? " draft" : " drafts");
}

std::string Ward::as_ubl(const std::string& trade, std::string_view order) {
  OrderExport options;
  options.format = OrderFormat::ubl;
  const Result<Trade> read = Trade::from_json(trade);
  if (!read) FAIL(in_words(read.problems()));
  options.trade = *read;
  if (!order.empty()) options.order = key(order);
  return exported(options);
}

std::string in_words(const Problems& problems) {
  std::string all;
  for (const Problem& each : problems) all += (all.empty() ? "" : "\n") + each.where + ": " + each.message;
  return all;
}

}  // namespace assent::test
