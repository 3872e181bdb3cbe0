// assent lint: what is legal in policies and hardly meant. Entry: add_lint.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/lint/baseline.h"
#include "tools/lint/cache.h"
#include "tools/lint/changed_lines.h"
#include "tools/lint/config.h"
#include "tools/lint/file.h"
#include "tools/lint/report.h"
#include "tools/nearest.h"
#include "tools/progress.h"
#include "tools/source_files.h"
#include "tools/terminal.h"
#include "tools/text.h"
#include "tools/workers.h"

namespace assent::command {

namespace {

struct LintRequest {
  std::vector<std::string> files, levels;
  std::string format = "text", config, baseline, changed_since, fail_on, explain;
  bool fix = false, write_baseline = false, rules = false, no_cache = false;
  std::uint32_t jobs = 0;
};

// "never-true=off".
void set_level(const std::string& said, LintConfig& config) {
  const std::size_t equals = said.find('=');
  const std::string rule = said.substr(0, equals);
  if (!is_lint_rule(rule)) {
    std::vector<std::string> names;
    for (const LintRule& each : lint_rules()) names.emplace_back(each.name);
    throw BadInput("--level: the linter has no rule `" + printable(rule) + "`" + did_you_mean(rule, std::move(names)));
  }
  if (equals == std::string::npos) throw BadInput("--level: write `" + rule + "=off`, or note, warning, error");
  // What a file says by code and the command line by name, or the other way round, is of one rule.
  for (const LintRule& each : lint_rules()) {
    if (each.name != rule && each.code != rule) continue;
    config.levels.erase(std::string(each.code));
    config.levels[std::string(each.name)] = level_of(said.substr(equals + 1), "--level");
  }
}

std::string rule_text(const LintRule& rule, const Style& style) {
  return style.bold(std::string(rule.code) + " " + std::string(rule.name)) + " (" +
         (rule.severity == Severity::note ? "note" : rule.severity == Severity::warning ? "warning" : "error") + ")\n" +
         "  found: " + std::string(rule.title) + "\n  why:   " + std::string(rule.why) + "\n  cure:  " +
         std::string(rule.cure) + "\n";
}

Exit explain(const std::string& name) {
  const Style style = style_of(stdout);
  bool found = false;
  for (const LintRule& each : lint_rules()) {
    if (!name.empty() && each.name != name && each.code != name) continue;
    print(rule_text(each, style));
    found = true;
  }
  if (!found) throw BadInput("the linter has no rule `" + printable(name) + "`");
  return Exit::fine;
}

class Linting {
 public:
  Linting(const LintRequest& request, const LintConfig& config)
      : request_(request),
        config_(config),
        options_(options_of(config)),
        cache_(options_, !request.no_cache),
        style_(style_of(stdout)) {}

  std::string look_at(const std::string& name) const {
    if (request_.fix) return packed(mend_file(name, options_));
    if (const auto known = cache_.find(name)) return packed(*known);
    const FileFindings found = lint_file(name, options_);
    cache_.keep(name, found);
    return packed(found);
  }

  void take(FileFindings found) {
    if (!found.unread.empty()) {
      std::fprintf(stderr, "%s\n", found.unread.c_str());
      unread_ = true;
    }
    allowed_ += found.allowed;
    errors_ += found.errors;
    mended_ += found.mended;
    for (Diagnostic& each : found.diagnostics) keep(each, found.sources, linted_.diagnostics);
    for (Finding& each : found.findings) keep(each, found.sources, linted_.findings);
  }

  Exit finish(const std::vector<std::string>& files) {
    std::sort(linted_.findings.begin(), linted_.findings.end(), [](const Finding& a, const Finding& b) {
      const auto key = [](const Finding& each) {
        return std::tie(each.primary.place.file, each.primary.place.begin, each.primary.place.end, each.code,
                        each.message);
      };
      return key(a) < key(b);
    });
    linted_.prints = fingerprints(linted_.findings);
    if (request_.write_baseline) {
      write_whole(request_.baseline, baseline_text(linted_.findings, linted_.prints));
      std::fprintf(stderr, "%s: %s\n", printable(request_.baseline).c_str(),
                   counted(linted_.findings.size(), "finding").c_str());
      return unread_ ? Exit::bad_input : errors_ > 0 ? Exit::findings : Exit::fine;
    }
    if (!request_.baseline.empty()) {
      const std::set<std::string> known = read_baseline(request_.baseline);
      leave_out([&](std::size_t i) { return known.contains(linted_.prints[i]); });
    }
    if (!request_.changed_since.empty()) {
      const ChangedLines changed = changed_since(request_.changed_since, files);
      leave_out([&](std::size_t i) { return !changed.touch(linted_.findings[i].primary.place); });
    }
    if (request_.format == "text") print_text();
    else print(lint_report(linted_, request_.format));
    std::fprintf(stderr, "%s\n", summary().c_str());
    const Severity from = fail_from();
    const bool failed = errors_ > 0 || std::any_of(linted_.findings.begin(), linted_.findings.end(),
                                                   [&](const Finding& each) { return each.severity <= from; });
    return unread_ ? Exit::bad_input : failed ? Exit::findings : Exit::fine;
  }

 private:
  const LintRequest& request_;
  const LintConfig& config_;
  const LintOptions options_;
  const LintCache cache_;
  const Style style_;
  Linted linted_;
  std::set<std::string> seen_;  // what two roots find in one module is told once
  std::map<std::string, std::string> texts_;  // of each finding, by what it is seen by
  std::size_t errors_ = 0, allowed_ = 0, left_out_ = 0, mended_ = 0;
  bool unread_ = false;

  static LintOptions options_of(const LintConfig& config) {
    LintOptions options;
    options.levels = config.levels;
    options.naming = config.naming;
    return options;
  }
  static std::string key_of(const Diagnostic& each) {
    return each.code + '\n' + each.primary.place.file + '\n' + std::to_string(each.primary.place.begin) + '\n' +
           each.message;
  }

  template <typename Each>
  void keep(Each& each, std::vector<Source>& sources, std::vector<Each>& list) {
    const std::string key = key_of(each);
    if (!seen_.insert(key).second) return;
    if (request_.format == "text") {
      for (const Label& label : each.labels) {  // the library's sources come with the compiler
        const auto is_it = [&](const Source& source) { return source.name == label.place.file; };
        if (std::any_of(sources.begin(), sources.end(), is_it)) continue;
        if (const auto module = library_module(label.place.file)) sources.push_back(*module);
      }
      texts_[key] = render(each, sources, style_.colour);
    }
    list.push_back(std::move(each));
  }

  template <typename Which>
  void leave_out(Which which) {
    Linted kept;
    kept.diagnostics = std::move(linted_.diagnostics);
    for (std::size_t i = 0; i < linted_.findings.size(); ++i) {
      if (which(i)) {
        ++left_out_;
        continue;
      }
      kept.findings.push_back(linted_.findings[i]);
      kept.prints.push_back(linted_.prints[i]);
    }
    linted_ = std::move(kept);
  }

  void print_text() const {
    std::string text;
    for (const Diagnostic& each : linted_.diagnostics) text += texts_.at(key_of(each));
    for (const Finding& each : linted_.findings) text += texts_.at(key_of(each));
    print(text);
  }

  Severity fail_from() const {
    if (!request_.fail_on.empty()) return level_of(request_.fail_on, "--fail-on").value_or(Severity::error);
    return config_.fail_on.value_or(Severity::warning);
  }

  std::string summary() const {
    std::size_t count[3] = {errors_, 0, 0};
    for (const Finding& each : linted_.findings) ++count[static_cast<std::size_t>(each.severity)];
    std::vector<std::string> parts;
    constexpr std::string_view names[] = {"error", "warning", "note"};
    for (std::size_t i = 0; i < std::size(names); ++i)
      if (count[i] > 0) parts.push_back(counted(count[i], names[i]));
    std::string text = parts.empty() ? "nothing found" : joined(parts, ", ");
    if (allowed_ > 0) text += ", " + std::to_string(allowed_) + " allowed by comments";
    if (left_out_ > 0) text += ", " + std::to_string(left_out_) + " left out";
    if (mended_ > 0) text += ", " + std::to_string(mended_) + " mended";
    return text;
  }
};

std::size_t jobs_of(const LintRequest& request) {
  return request.jobs > 0 ? request.jobs : processors();
}

Exit lint_files(const LintRequest& request) {
  if (request.rules || !request.explain.empty()) return explain(request.explain);
  if (request.files.empty()) throw BadInput("which files? `assent lint POLICY…`, or a folder");
  if (request.write_baseline && request.baseline.empty()) throw BadInput("--write-baseline needs --baseline FILE");
  LintConfig config = lint_config(request.config);
  for (const std::string& each : request.levels) set_level(each, config);
  std::vector<std::string> files = source_files(request.files);
  std::erase_if(files, [&](const std::string& file) { return config.excludes(file); });
  Linting linting(request, config);
  Progress progress;
  std::size_t finished = 0;
  work_in_processes(
      files.size(), files.size() < 4 ? 1 : jobs_of(request), [&](std::size_t i) { return linting.look_at(files[i]); },
      [&](std::size_t i, std::string result) {
        auto found = unpacked(result);
        if (!found) throw BadInput(printable(files[i]) + ": a process that helped gave what is no finding");
        linting.take(*std::move(found));
        ++finished;
        progress.tell([&] {
          return progress_bar(finished, files.size()) + ' ' + std::to_string(finished) + " of " +
                 std::to_string(files.size());
        });
      });
  progress.clear();
  return linting.finish(files);
}

}  // namespace

void add_lint(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("lint", "say what is legal in policies and hardly meant");
  auto request = std::make_shared<LintRequest>();
  command->add_option("FILE", request->files, "policies, or folders of them; - for stdin");
  command->add_option("--format", request->format, "text, json, sarif, github, gitlab or junit")
      ->one_of({std::begin(lint_formats), std::end(lint_formats)});
  command->add_option("--level", request->levels, "RULE=LEVEL: error, warning, note or off, by name or code")
      ->one_each();
  command->add_option("--fail-on", request->fail_on, "error, warning or note: from when on to end with 1")
      ->one_of({"error", "warning", "note"});
  command->add_option("--config", request->config, "another file than the nearest assent.toml");
  command->add_option("--baseline", request->baseline, "leave out the findings that this file lists");
  command->add_flag("--write-baseline", request->write_baseline, "list all findings in that file instead");
  command->add_option("--changed-since", request->changed_since, "only of lines changed since a revision of git");
  command->add_flag("--fix", request->fix, "mend what can be mended without changing a decision");
  command->add_option("--jobs,-j", request->jobs, "how many processes; without it one for each processor")
      ->between(1, 256);
  command->add_flag("--no-cache", request->no_cache, "look at files again that have not changed");
  command->add_flag("--rules", request->rules, "what is looked for");
  command->add_option("--explain", request->explain, "one rule: what, why, cure");
  command->footer("Examples:\n"
                  "  assent lint policies\n"
                  "  assent lint policies --format sarif > lint.sarif\n"
                  "  assent lint desk.assent --fix --level untested-rule=warning\n"
                  "Ends with 1 if a policy does not compile, or at findings of level warning and above.");
  command->callback([request, &exit] { exit = lint_files(*request); });
}

}  // namespace assent::command
