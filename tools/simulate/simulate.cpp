// assent simulate: what a policy would have made of many quotes, beside another one. Entry: add_simulate.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tools/arguments.h"
#include "tools/page/html.h"
#include "tools/policy_file.h"
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

// "42 %  1234567 quotes  310000 a second" while one waits, on a terminal only.
class ProgressLine {
 public:
  explicit ProgressLine(std::optional<std::uint64_t> bytes) : bytes_(bytes), shown_(is_terminal(stderr)) {}
  ProgressLine(const ProgressLine&) = delete;
  ~ProgressLine() { if (dirty_) std::fputs("\r\x1b[K", stderr); }

  void tell(std::uint64_t bytes, std::size_t quotes) {
    using std::chrono::steady_clock;
    if (!shown_ || steady_clock::now() - told_ < std::chrono::milliseconds(200)) return;
    told_ = steady_clock::now();
    dirty_ = true;
    const std::chrono::duration<double> time = told_ - began_;  // shown, and nothing more
    const std::string share = bytes_ && *bytes_ > 0 ? std::to_string(bytes * 100 / *bytes_) + " %  " : "";
    std::fprintf(stderr, "\r\x1b[K%s%s  %.0f a second", share.c_str(), counted(quotes, "quote").c_str(),
                 static_cast<double>(quotes) / time.count());
    std::fflush(stderr);
  }

 private:
  const std::optional<std::uint64_t> bytes_;
  const bool shown_;
  bool dirty_ = false;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now(), told_ = began_;
};

Exit simulate_policies(const SimulateRequest& request) {
  const OpenPolicy before = open_policy(request.against), after = open_policy(request.policy);
  QuoteStream quotes(request.quotes, Limits{}.quote_bytes);
  Tally tally;
  {
    ProgressLine line(quotes.bytes_in_all());
    const std::size_t jobs = request.jobs > 0 ? request.jobs : processors();
    tally = simulate(before.policy, after.policy, read_world(request), quotes, jobs,
                     [&](std::uint64_t bytes, std::size_t count) { line.tell(bytes, count); });
  }
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
