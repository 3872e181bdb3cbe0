// assent simulate: what a policy would have made of many quotes, beside another one. Entry: add_simulate.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/page/html.h"
#include "tools/policy_file.h"
#include "tools/progress.h"
#include "tools/request.h"
#include "tools/simulate/report.h"
#include "tools/simulate/simulation.h"
#include "tools/terminal.h"
#include "tools/text.h"
#include "tools/workers.h"

namespace assent::command {

namespace {

struct SimulateRequest : WorldRequest {
  std::string policy, against, format = "text";
  std::vector<std::string> quotes;
  std::uint32_t jobs = 0;  // 0: as many as there are processors
};

// "[###...] 1234567 quotes, 310000 a second".
std::string progress_text(std::uint64_t bytes, std::optional<std::uint64_t> all, std::size_t quotes,
                          std::chrono::steady_clock::duration time) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  const std::uint64_t speed = milliseconds > 0 ? quotes * 1'000 / static_cast<std::uint64_t>(milliseconds) : 0;
  return (all ? progress_bar(bytes, *all) + ' ' : "") + counted(quotes, "quote") + ", " + std::to_string(speed) +
         " a second";
}

Exit simulate_policies(const SimulateRequest& request) {
  const OpenPolicy before = open_policy(request.against), after = open_policy(request.policy);
  LineStream quotes(request.quotes, Limits{}.quote_bytes);
  const auto began = std::chrono::steady_clock::now();
  const std::optional<std::uint64_t> all = quotes.bytes_in_all();
  Progress progress;
  const std::size_t jobs = request.jobs > 0 ? request.jobs : processors();
  const Tally tally = simulate(before.policy, after.policy, read_world(request), quotes, jobs,
                               [&](std::uint64_t bytes, std::size_t count) {
                                 progress.tell([&] {
                                   return progress_text(bytes, all, count, std::chrono::steady_clock::now() - began);
                                 });
                               });
  progress.clear();
  const std::string title = shown_name(request.policy) + " against " + shown_name(request.against);
  if (request.format == "json") print(tally_json(tally));
  else if (request.format == "html") print(html_page(tally_page(title, tally)));
  else print(tally_text(tally, style_of(stdout)));
  return tally.differ == 0 ? Exit::fine : Exit::findings;
}

}  // namespace

void add_simulate(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("simulate", "say what a policy would have made of many quotes");
  auto request = std::make_shared<SimulateRequest>();
  command->add_option("NEW", request->policy, "a policy: source or an artifact")->required();
  command->add_option("--against", request->against, "the one that it is compared with")->required();
  command
      ->add_option("--quotes", request->quotes,
                   "the quotes: .ndjson with one a line, a file for one, or - for such lines from stdin")
      ->one_each()
      ->required();
  add_world_options(*command, *request);
  command->add_option("--format", request->format, "text, json or html")->one_of({"text", "json", "html"});
  command->add_option("--jobs", request->jobs, "threads; as many as there are processors where it is not said");
  command->footer("Examples:\n"
                  "  assent simulate new.assent --against old.assent --quotes 2025.ndjson --directory people.json\n"
                  "  zcat 2025.gz | assent simulate new.assent --against old.assentc --quotes - --format html\n"
                  "Ends with 1 if a quote is decided otherwise. Memory does not grow with the number of quotes.");
  command->callback([request, &exit] { exit = simulate_policies(*request); });
}

}  // namespace assent::command
