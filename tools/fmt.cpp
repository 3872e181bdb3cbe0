// assent fmt: policies in the one style of the house. Entry: add_fmt.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "assent/format.h"
#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/line_diff.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct FmtOptions {
  std::vector<std::string> files;
  std::string format = "text";
  bool check = false, diff = false;
};

[[noreturn]] void cannot_read(const std::string& name, const std::error_code& error) {
  throw BadInput(printable(name) + ": cannot be read: " + error.message());
}

// A folder's sources, by name; links to other folders are not followed.
std::vector<std::string> sources_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".assent" && !at->is_directory(error)) found.push_back(at->path().string());
  }
  if (error) cannot_read(folder, error);
  std::sort(found.begin(), found.end());
  return found;
}

// A link stays one: what it leads to is written.
std::string behind_links(const std::string& name) {
  std::error_code error;
  const fs::path real = fs::canonical(name, error);
  if (error) cannot_read(name, error);
  return real.string();
}

// What comes of the files, one after the other.
class Formatting {
 public:
  explicit Formatting(const FmtOptions& options)
      : options_(options), out_(style_of(stdout)), errors_(style_of(stderr)) {}

  void all_of(const std::string& name) {
    try {
      std::error_code none;
      if (!fs::is_directory(name, none)) return file(name);
      for (const std::string& each : sources_in(name)) all_of_file(each);
    } catch (const BadInput& bad) {
      refuse(bad.what());
    }
  }

  Exit finish() {
    if (options_.format == "json") print(changed_.dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
    if (refused_) return Exit::bad_input;
    return changed_.empty() || !(options_.check || options_.diff) ? Exit::fine : Exit::findings;
  }

 private:
  const FmtOptions& options_;
  Style out_, errors_;
  Json changed_ = Json::array();
  bool refused_ = false;

  void refuse(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    refused_ = true;
  }

  void all_of_file(const std::string& name) {
    try {
      file(name);
    } catch (const BadInput& bad) {
      refuse(bad.what());
    }
  }

  // Nothing is written, compared or printed of a file with a syntax error.
  void file(const std::string& name) {
    const Source source{shown_name(name), read_file(name, CompileOptions{}.max_source_bytes)};
    const FormatResult formatted = format(source);
    if (!formatted.diagnostics.empty()) {
      for (const Diagnostic& each : formatted.diagnostics)
        std::fputs(render(each, {source}, errors_.colour).c_str(), stderr);
      return refuse(printable(source.name) + ": not formatted: " + counted(formatted.diagnostics.size(), "error"));
    }
    const bool same = formatted.text == source.text;
    if (!same) changed_.push_back(source.name);
    if (options_.diff) print(line_diff(source.name, source.text, formatted.text, out_));
    else if (options_.check) {
      if (!same && options_.format == "text") print(printable(source.name) + '\n');
    } else if (name == standard_stream) print(formatted.text);
    else if (!same) {
      write_whole(behind_links(name), formatted.text);
      std::fprintf(stderr, "%s\n", printable(name).c_str());
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
  Arguments* command = app.add_subcommand("fmt", "write policies in the one style");
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
                  "Files are rewritten in place, and listed. There are no options for the style. With --check\n"
                  "and --diff it ends with 1 if something would change; a file with a syntax error is left\n"
                  "alone, and it ends with 2.");
  command->callback([options, &exit] { exit = fmt(*options); });
}

}  // namespace assent::command
