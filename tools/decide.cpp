// assent decide: what a policy demands of a quote, or of each of a stream of them. Entry: add_decide.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/arguments.h"
#include "tools/decision_picture.h"
#include "tools/decision_text.h"
#include "tools/files.h"
#include "tools/graphviz.h"
#include "tools/in_order.h"
#include "tools/line_stream.h"
#include "tools/request.h"
#include "tools/text.h"
#include "tools/workers.h"

namespace assent::command {

namespace {

struct DecideOptions {
  Request request;
  std::string format;      // empty: text, or json where there are many
  bool why = false;
  bool lines = false;      // a quote a line, a decision a line
  std::uint32_t jobs = 0;  // 0: as many as there are processors
};

std::string written(const DecideOptions& options, Decided& decided) {
  const Decision& decision = *decided.decision;
  if (options.format == "dot") return dot(picture_of(decision));
  if (options.format == "mermaid") return mermaid(picture_of(decision));
  if (options.format == "svg") return svg_of(dot(picture_of(decision)));
  if (options.format == "json" && !options.why) return to_json(decision);
  const Explanation explanation = decided.evaluator.explain();
  if (options.format == "json") return to_json(decision, explanation);
  const Style style = style_of(stdout);
  return decision_text({decision, explanation, decided.policy.places, style, decided.asked},
                       options.why);
}

Exit exit_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::auto_approved:
    case Outcome::needs_approval: return Exit::fine;
    case Outcome::denied:
    case Outcome::blocked: return Exit::findings;
  }
  return Exit::findings;
}

Exit decide_one(const DecideOptions& options) {
  Decided decided = decide_request(options.request);
  print(written(options, decided));
  return exit_of(decided.decision->outcome);
}

// ── a quote a line, a decision a line ────────────────────────────────────────────────────────
// Adds the answer to a line: the decision or, where there is none, {"line":7,"problems":[…]}.
Exit answer_line(Evaluator& evaluator, const Asked& asked, bool why, std::size_t line, std::string_view quote,
                 std::string& answers) {
  const Result<const Decision*> decided = evaluator.decide(quote, asked.world, asked.edits());
  if (!decided) {
    answers += "{\"line\":" + std::to_string(line) + ',' + to_json(decided.problems()).substr(1) + '\n';
    return Exit::bad_input;
  }
  const Explanation explanation = why ? evaluator.explain() : Explanation{};
  append_line(answers, **decided, why ? &explanation : nullptr);
  answers += '\n';
  return exit_of((*decided)->outcome);
}

Exit decide_lines(const DecideOptions& options) {
  const std::string& file = options.request.quote;
  if (!options.format.empty() && options.format != "json") throw BadInput("--ndjson gives JSON: no other --format");
  if (file != standard_stream && !file.ends_with(".ndjson"))
    throw BadInput(printable(file) + ": with --ndjson, the quotes are a file that ends in `.ndjson`, or `-`");
  const Asked asked = read_all_but_quote(options.request);
  LineStream quotes({file}, Limits{}.quote_bytes);
  end_with_reader();
  Exit worst = Exit::fine;
  in_order(quotes, options.jobs > 0 ? options.jobs : processors(), [&]() -> BlockWorker {
    const auto evaluator = std::make_shared<Evaluator>(asked.policy.policy);
    return [&, evaluator](const LineBlock& block) -> Turn {
      std::string answers;
      Exit exit = Exit::fine;
      each_line(block, [&](std::size_t line, std::string_view quote) {
        exit = std::max(exit, answer_line(*evaluator, asked, options.why, line, quote, answers));
      });
      return [&worst, exit, answers = std::move(answers)] {
        print(answers);
        worst = std::max(worst, exit);
      };
    };
  });
  return worst;
}

Exit decide(const DecideOptions& options) { return options.lines ? decide_lines(options) : decide_one(options); }

}  // namespace

void add_decide(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("decide", "decide a quote: who must approve it, and why");
  auto options = std::make_shared<DecideOptions>();
  add_request_options(*command, options->request);
  command->add_option("--format", options->format, "text, json, dot, mermaid or svg")
      ->one_of({"text", "json", "dot", "mermaid", "svg"});
  command->add_flag("--why", options->why, "explain every rule, also those that do not apply");
  command->add_flag("--ndjson", options->lines, "QUOTE has a quote a line; answer each with a line of JSON, in order");
  command->add_option("--jobs", options->jobs, "threads of --ndjson; without it as many as there are processors");
  command->footer("Examples:\n"
                  "  assent decide desk.assent quote.json --directory people.json\n"
                  "  assent decide desk.assentc - --today 2026-01-31 --set 'lines[0].discount=20'\n"
                  "  assent decide desk.assent quote.json --format svg > path.svg\n"
                  "  zcat 2025.ndjson.gz | assent decide desk.assentc - --ndjson > decisions.ndjson\n"
                  "Ends with 0 if the quote is approved or can be, 1 if it is denied or blocked; of several the\n"
                  "worst counts, and 2 if a line is no quote.");
  command->callback([options, &exit] { exit = decide(*options); });
}

}  // namespace assent::command
