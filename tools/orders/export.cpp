// assent orders export: the orders of a case as files for other systems. Entry: add_orders_export.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/orders/orders.h"
#include "tools/orders/plan.h"
#include "tools/orders/trade_file.h"
#include "tools/policy_file.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct ExportRequest : CaseRequest {
  std::string trade, order, folder;
  bool drafts = false;

  ExportRequest() { format = "json"; }
};

OrderExport options_of(const ExportRequest& request) {
  OrderExport options;
  options.drafts = request.drafts;
  if (request.as_json()) return options;
  options.format = OrderFormat::ubl;
  if (request.trade.empty()) throw BadInput("--format ubl needs --trade FILE: who sells, who buys, and where to");
  options.trade = read_trade(request.trade);
  return options;
}

// Where files go: into a folder, each once, or the last one of the only order to the standard output.
class Outlet {
 public:
  explicit Outlet(const std::string& folder) : folder_(folder) {}

  void take(const OrderFile& file) {
    if (folder_.empty()) {
      if (!last_.order.empty() && last_.order != file.order)
        throw BadInput("several orders have files: --dir DIR takes them all, --order KEY chooses one");
      last_ = file;
      return;
    }
    const std::string name = folder_ + '/' + file.name;
    switch (write_once(name, file.content)) {
      case Written::made: ++made_; break;
      case Written::same: ++same_; break;
      case Written::other:
        ++others_;
        std::fputs((printable(name) + ": is there with another content, and stays as it is\n").c_str(), stderr);
        break;
    }
  }

  Exit finish(const Exported& exported) const {
    const std::string drafts = exported.drafts == 0 ? "" : counted(exported.drafts, "draft") + " left out\n";
    if (folder_.empty()) {
      print(last_.content);
      std::fputs(drafts.c_str(), stderr);
      if (exported.files == 0) std::fputs("there is nothing to tell\n", stderr);
      return exported.files == 0 ? Exit::findings : Exit::fine;
    }
    print(counted(made_, "new file") + ", " + std::to_string(same_) + " there before\n" + drafts);
    return others_ == 0 ? Exit::fine : Exit::findings;
  }

 private:
  const std::string folder_;
  OrderFile last_;
  std::size_t made_ = 0, same_ = 0, others_ = 0;
};

Exit run(const ExportRequest& request) {
  OrderExport options = options_of(request);
  Store store = open_store(request);
  CasePlan found = plan_of(store, request);
  if (!found.plan) return tell_no_plan(request, found.plan.problems());
  if (!request.order.empty()) options.order = key_of(*found.plan, request.order);
  Outlet outlet(request.folder);
  const Result<Exported> done =
      export_orders(found.evaluator, found.kase.id, log_of(store, found.kase.id), found.quote, found.world, options,
                    [&](const OrderFile& file) { outlet.take(file); });
  if (!done) throw BadInput(problems_text(found.kase.id, done.problems()));
  return outlet.finish(*done);
}

}  // namespace

void add_orders_export(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("export", "the orders of a case as files for other systems");
  auto request = std::make_shared<ExportRequest>();
  command->add_option("CASE", request->case_id, "the case")->required();
  command->add_option("--trade", request->trade, "who sells, who buys, where to: a JSON file; for UBL");
  command->add_option("--format", request->format, "json or ubl")->one_of({"json", "ubl"});
  command->add_option("--order", request->order, "this one alone: its key, or the first characters of it");
  command->add_option("--dir", request->folder, "the folder for a file of each revision (default: prints the last one)")
      ->existing_folder();
  command->add_flag("--drafts", request->drafts, "drafts too: always or never, as what follows builds on them");
  add_store_options(*command, *request);
  command->footer("Examples:\n"
                  "  assent orders export Q-710 --dir outgoing\n"
                  "  assent orders export Q-710 --format ubl --trade trade.json --dir outgoing\n"
                  "  assent orders export Q-710 --format ubl --trade trade.json --order 8c1f0a3d\n"
                  "What is in the folder is never written again. Ends with 1 if a file there has another content, if\n"
                  "there is nothing to print, or if the case is not approved.");
  command->callback([request, &exit] { exit = run(*request); });
}

}  // namespace assent::command
