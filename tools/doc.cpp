// assent doc: a policy as a page for people who do not program. Entry: add_doc.
#include <memory>
#include <string>

#include "assent/outline.h"
#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/page/html.h"
#include "tools/page/markdown.h"
#include "tools/page/policy.h"
#include "tools/policy_file.h"

namespace assent::command {

namespace {

struct DocOptions {
  std::string policy, out, format;
};

Exit doc(const DocOptions& options) {
  const OpenPolicy opened = open_policy(options.policy);
  const Page page = policy_page(outline(opened.policy, Wording::spoken), opened.policy.hash());
  const bool markdown = options.format == "md" || (options.format.empty() && options.out.ends_with(".md"));
  const std::string text = markdown ? markdown_page(page) : html_page(page);
  if (options.out.empty() || options.out == standard_stream) print(text);
  else write_whole(options.out, text);
  return Exit::fine;
}

}  // namespace

void add_doc(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("doc", "write a policy as a page for people who do not program");
  auto options = std::make_shared<DocOptions>();
  command->add_option("POLICY", options->policy, "source or an artifact; - for stdin")->required();
  command->add_option("-o,--output", options->out, "the file to write; without it the standard output");
  command->add_option("--format", options->format, "md or html; without it as the file ends, else html")
      ->one_of({"md", "html"});
  command->footer("Examples:\n"
                  "  assent doc desk.assent -o desk.html\n"
                  "  assent doc desk.assentc --format md > desk.md\n"
                  "The page is the same for a source and its artifact, and needs nothing from the network.");
  command->callback([options, &exit] { exit = doc(*options); });
}

}  // namespace assent::command
