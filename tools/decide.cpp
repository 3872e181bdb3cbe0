// assent decide: what a policy demands of a quote. Entry: add_decide.
#include <memory>
#include <string>

#include "tools/arguments.h"
#include "tools/decision_picture.h"
#include "tools/decision_text.h"
#include "tools/files.h"
#include "tools/graphviz.h"
#include "tools/request.h"

namespace assent::command {

namespace {

struct DecideOptions {
  Request request;
  std::string format = "text";
  bool why = false;
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

Exit decide(const DecideOptions& options) {
  Decided decided = decide_request(options.request);
  print(written(options, decided));
  return exit_of(decided.decision->outcome);
}

}  // namespace

void add_decide(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("decide", "decide a quote: who must approve it, and why");
  auto options = std::make_shared<DecideOptions>();
  add_request_options(*command, options->request);
  command->add_option("--format", options->format, "text, json, dot, mermaid or svg")
      ->one_of({"text", "json", "dot", "mermaid", "svg"});
  command->add_flag("--why", options->why, "explain every rule, also those that do not apply");
  command->footer("Examples:\n"
                  "  assent decide desk.assent quote.json --directory people.json\n"
                  "  assent decide desk.assentc - --today 2026-01-31 --set 'lines[0].discount=20'\n"
                  "  assent decide desk.assent quote.json --format svg > path.svg\n"
                  "Ends with 0 if the quote is approved or can be, 1 if it is denied or blocked.");
  command->callback([options, &exit] { exit = decide(*options); });
}

}  // namespace assent::command
