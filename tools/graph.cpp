// assent graph: a policy, or the path of one decision, as a picture. Entry: add_graph.
#include <memory>
#include <string>

#include "assent/outline.h"
#include "tools/arguments.h"
#include "tools/decision_picture.h"
#include "tools/decision_text.h"
#include "tools/files.h"
#include "tools/graphviz.h"
#include "tools/outline_picture.h"
#include "tools/outline_text.h"
#include "tools/request.h"

namespace assent::command {

namespace {

struct GraphOptions {
  Request request;
  std::string format = "text";
};

std::string written(const Picture& picture, const std::string& format) {
  if (format == "mermaid") return mermaid(picture);
  return format == "svg" ? svg_of(dot(picture)) : dot(picture);
}

std::string decision_graph(const GraphOptions& options) {
  const Decided decided = decide_request(options.request);
  const Decision& decision = *decided.decision;
  if (options.format != "text") return written(picture_of(decision), options.format);
  const Explanation none;
  const Style style = style_of(stdout);
  const std::string path =
      path_text({decision, none, decided.policy.places, style, decided.asked});
  if (!path.empty()) return path;
  return outcome_in_words(decision.outcome, style) + ": nobody is asked\n";
}

std::string policy_graph(const GraphOptions& options) {
  const OpenPolicy opened = open_policy(options.request.policy);
  const Outline whole = outline(opened.policy);
  if (options.format != "text") return written(picture_of(whole), options.format);
  return outline_text(whole, opened.places, style_of(stdout));
}

Exit graph(const GraphOptions& options) {
  print(options.request.quote.empty() ? policy_graph(options) : decision_graph(options));
  return Exit::fine;
}

}  // namespace

void add_graph(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("graph", "draw a policy, or the path that a quote gets");
  auto options = std::make_shared<GraphOptions>();
  add_request_options(*command, options->request, false);
  command->add_option("--format", options->format, "text, dot, mermaid or svg")
      ->one_of({"text", "dot", "mermaid", "svg"});
  command->footer("Examples:\n"
                  "  assent graph desk.assent\n"
                  "  assent graph desk.assent --format svg > policy.svg\n"
                  "  assent graph desk.assent quote.json --directory people.json --format mermaid\n"
                  "Without a quote: all that the policy may demand.");
  command->callback([options, &exit] { exit = graph(*options); });
}

}  // namespace assent::command
