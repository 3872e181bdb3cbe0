// assent fmt: policies in the one style of the house. Entry: add_fmt.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "assent/format.h"
#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/line_diff.h"
#include "tools/lint/finding_json.h"
#include "tools/source_files.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

namespace fs = std::filesystem;

struct FmtOptions {
  std::vector<std::string> files;
  std::string format = "text";
  bool check = false, diff = false;
};

// What comes of the files, one after the other.
class Formatting {
 public:
  explicit Formatting(const FmtOptions& options) : options_(options) {}

  void all_of(const std::string& name) {
    std::vector<std::string> files;
    attempt([&] { files = source_files({name}); });
    for (const std::string& each : files) attempt([&] { file(each); });
  }

  Exit finish() const {
    if (options_.format == "json") print(names_json(changed_));
    if (options_.check) std::fprintf(stderr, "%s would change\n", counted(changed_.size(), "file").c_str());
    if (refused_) return Exit::bad_input;
    return changed_.empty() || !(options_.check || options_.diff) ? Exit::fine : Exit::findings;
  }

 private:
  const FmtOptions& options_;
  std::vector<std::string> changed_;
  bool refused_ = false;

  template <typename Work>
  void attempt(Work work) {
    try {
      work();
    } catch (const BadInput& bad) {
      std::fprintf(stderr, "%s\n", bad.what());
      refused_ = true;
    }
  }

  // Nothing is written, compared or printed of a file with a syntax error.
  void file(const std::string& name) {
    const Source source{shown_name(name), read_file(name, CompileOptions{}.max_source_bytes)};
    const FormatResult formatted = format(source);
    for (const Diagnostic& each : formatted.diagnostics)
      std::fputs(render(each, {source}, style_of(stderr).colour).c_str(), stderr);
    if (!formatted.diagnostics.empty())
      throw BadInput(printable(source.name) + ": left as it is: " + counted(formatted.diagnostics.size(), "error"));
    const bool changed = formatted.text != source.text;
    if (changed) changed_.push_back(source.name);
    if (options_.diff) {
      print(line_diff(source.name, source.text, formatted.text, style_of(stdout)));
    } else if (options_.check) {
      if (changed && options_.format == "text") print(printable(source.name) + '\n');
    } else if (name == standard_stream) {
      print(formatted.text);
    } else if (changed) {
      write_whole(fs::canonical(name).string(), formatted.text);  // a link stays one
      std::fprintf(stderr, "%s: formatted\n", printable(name).c_str());
    }
  }
};

Exit fmt(const FmtOptions& options) {
  if (options.check && options.diff) throw BadInput("--check and --diff: one at a time");
  if (options.format == "json" && !options.check) throw BadInput("--format json: goes with --check");
  Formatting formatting(options);
  for (const std::string& name : options.files) formatting.all_of(name);
  return formatting.finish();
}

}  // namespace

void add_fmt(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("fmt", "lay policies out in the one style");
  auto options = std::make_shared<FmtOptions>();
  command->add_option("FILE", options->files, "policies, and folders of them; - for stdin, which goes to stdout")
      ->required();
  command->add_flag("--check", options->check, "write nothing, list the files that would change");
  command->add_flag("--diff", options->diff, "write nothing, show what would change");
  command->add_option("--format", options->format, "of --check: text or json")->one_of({"text", "json"});
  command->footer("Examples:\n"
                  "  assent fmt desk.assent policies\n"
                  "  assent fmt --check policies\n"
                  "  assent fmt - < desk.assent\n"
                  "Files are rewritten in place, and listed; the style has no options. With --check or --diff\n"
                  "it ends with 1 if something would change. A file with a syntax error stays as it is, and\n"
                  "makes it end with 2.");
  command->callback([options, &exit] { exit = fmt(*options); });
}

}  // namespace assent::command
