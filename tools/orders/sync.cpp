// assent orders sync: the orders of a case into an ERP, and what became of them into the case. Entry: add_orders_sync.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/orders/orders.h"
#include "tools/orders/plan.h"
#include "tools/orders/trade_file.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct SyncRequest : CaseRequest {
  std::string trade, order, lock;

  SyncRequest() { actor = "erp"; }
};

#ifdef ASSENT_HAS_ERP

ErpDrive drive_of(const SyncRequest& request) {
  const Trade trade = read_trade(request.trade);
  const std::string& name = trade.erp_password_env();
  if (name.empty()) throw BadInput(printable(request.trade) + ": names no ERP: `erp` is missing");
  const std::string password = variable(name);
  if (password.empty())
    throw BadInput("the environment variable " + name + ", which " + printable(request.trade) +
                   " names, has no password");
  return {trade, {}, password};
}

// A database on another machine has no place beside it that all who use it see.
std::string lock_of(const SyncRequest& request) {
  if (!request.lock.empty()) return request.lock;
  std::string url = store_url(request);
  if (url.find("://") != std::string::npos)
    throw BadInput("a store that is no file needs --lock FILE: one that everybody sees who syncs orders of it");
  if (url.starts_with("sqlite:")) url.erase(0, 7);
  return url + ".sync";
}

std::string answer_line(const std::string& case_id, const ErpAnswer& answer, const std::optional<ErpNews>& news) {
  using Json = nlohmann::ordered_json;
  const auto or_null = [](const std::string& words) { return words.empty() ? Json() : Json(words); };
  const Json json{{"case", case_id},
                  {"order", answer.order},
                  {"revision", answer.revision == 0 ? Json() : Json(answer.revision)},
                  {"outcome", text(answer.outcome)},
                  {"message", or_null(answer.message)},
                  {"number", or_null(answer.number)},
                  {"state", answer.state},
                  {"reported", news ? Json(text(news->report.status)) : Json()}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string outcome_text(const ErpAnswer& answer, const Style& style) {
  const std::string_view word = text(answer.outcome);
  using enum ErpAnswer::Outcome;
  switch (answer.outcome) {
    case reached: return style.green(word);
    case superseded: return style.dim(word);
    case failed: return style.yellow(word);
    case refused:
    case alarmed:
    case unsent: break;
  }
  return style.red(word);
}

std::string answer_text(const ErpAnswer& answer, const std::optional<ErpNews>& news, const Style& style) {
  std::string line = answer.order;
  if (answer.revision > 0) line += ", revision " + std::to_string(answer.revision);
  line += ": " + outcome_text(answer, style);
  const bool is_state_known = answer.state != "absent" || answer.outcome == ErpAnswer::Outcome::reached;
  if (is_state_known) line += ", " + printable(answer.state);
  if (!answer.number.empty()) line += " as " + printable(answer.number);
  if (news) line += "; reported as " + std::string(text(news->report.status));
  return line + (answer.message.empty() ? "" : "\n  " + printable(answer.message)) + '\n';
}

// Takes the ERP's answers into the case, and tells them.
class Answers {
 public:
  Answers(const SyncRequest& request, Store& store, const CasePlan& found)
      : request_(request), store_(store), found_(found) {}

  void take(const ErpAnswer& answer) {
    const std::optional<ErpNews> news = erp_news(answer, found_.kase, found_.world.now);
    if (news) report(*news);
    ++count_;
    all_are_there_ = all_are_there_ && (answer.outcome == ErpAnswer::Outcome::reached ||
                                        answer.outcome == ErpAnswer::Outcome::superseded);
    print(request_.as_json() ? answer_line(found_.kase.id, answer, news) : answer_text(answer, news, style_));
  }

  Exit finish() const {
    if (count_ == 0 && !request_.as_json()) print("there is nothing to tell\n");
    return all_are_there_ ? Exit::fine : Exit::findings;
  }

 private:
  void report(const ErpNews& news) {
    const Command command{news.command, request_.actor, {}, ReportOrder{news.report}};
    const Response response = must(store_.perform(found_.kase.id, command, found_.world));
    if (!response.refusal) return;
    all_are_there_ = false;
    std::fputs((news.report.order + ": not reported: " + printable(response.refusal->message) + '\n').c_str(), stderr);
  }

  const SyncRequest& request_;
  Store& store_;
  const CasePlan& found_;
  const Style style_ = style_of(stdout);
  std::size_t count_ = 0;
  bool all_are_there_ = true;
};

Exit run(const SyncRequest& request) {
  ErpDrive drive = drive_of(request);
  const std::string lock_name = lock_of(request);
  Store store = open_store(request);
  const auto lock = lock_file(lock_name, "assent orders sync " + request.case_id);
  CasePlan found = plan_of(store, request);
  if (!found.plan) return tell_no_plan(request, found.plan.problems());
  if (!request.order.empty()) drive.order = key_of(*found.plan, request.order);
  Answers answers(request, store, found);
  const Problems wrong = drive_orders(found.evaluator, found.kase.id, log_of(store, found.kase.id), found.quote,
                                      found.world, drive, [&](const ErpAnswer& each) { answers.take(each); });
  if (wrong.empty()) return answers.finish();
  const bool by_settings = wrong[0].code == ErrorCode::bad_settings;
  throw BadInput(problems_text(by_settings ? request.trade : found.kase.id, wrong));
}

#else

Exit run(const SyncRequest&) {
  throw BadInput("this build has no connector to an ERP: it was made without ASSENT_ERP");
}

#endif

}  // namespace

void add_orders_sync(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("sync", "bring the orders of a case into an ERP, each exactly once");
  auto request = std::make_shared<SyncRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  command->add_option("--trade", request->trade, "who sells, who buys, and which ERP: a JSON file")->required();
  command->add_option("--order", request->order, "this one alone: its key, or the first characters of it");
  command->add_option("--as", request->actor, "who reports what became of them (default: erp)");
  command->add_option("--lock", request->lock,
                      "the file that one sync at a time holds (default: the store's name with .sync)");
  add_shared_options(*command, *request);
  command->footer("Examples:\n"
                  "  ERP_PASSWORD=… assent orders sync Q-710 --trade trade.json\n"
                  "  assent orders sync Q-710 --trade trade.json --order 8c1f0a3d --format json\n"
                  "  assent orders sync Q-710 --trade trade.json --store postgresql://db/cases --lock /mnt/cases.sync\n"
                  "To be run at any time, and again: what the ERP has is not done twice. Ends with 1 if an order is\n"
                  "not there as it is wanted, or the case is not approved; with 2 also if another sync is running.");
  command->callback([request, &exit] { exit = run(*request); });
}

}  // namespace assent::command
