// See arguments.h.
#include "tools/arguments.h"

#include <cstdio>
#include <optional>
#include <span>
#include <utility>

#include <CLI/CLI.hpp>

#include "tools/nearest.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// "there is no command `chekc` …", also of the commands below a command; nothing if there is one, or an option
// comes first.
std::string unknown_command(const CLI::App& app, const std::string& path, std::span<char* const> words) {
  const std::vector<const CLI::App*> commands = app.get_subcommands([](const CLI::App*) { return true; });
  if (commands.empty() || words.empty()) return {};
  const std::string word = words[0];
  if (word.starts_with('-')) return {};
  std::vector<std::string> names;
  for (const CLI::App* each : commands) {
    if (each->get_name() == word) return unknown_command(*each, path + ' ' + word, words.subspan(1));
    names.push_back(each->get_name());
  }
  return "assent: there is no command `" + printable(word) + '`' + did_you_mean(word, names) + "; `" + path +
         " --help` lists them";
}

}  // namespace

// ── an option ────────────────────────────────────────────────────────────────────────────────
Option* Option::required(bool needed) {
  option_->required(needed);
  return this;
}
Option* Option::group(const std::string& name) {
  option_->group(name);
  return this;
}
Option* Option::one_of(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return this;
}
Option* Option::between(std::int64_t least, std::int64_t most) {
  option_->check(CLI::Range(least, most));
  return this;
}
Option* Option::not_negative() {
  option_->check(CLI::NonNegativeNumber);
  return this;
}
Option* Option::positive() {
  option_->check(CLI::PositiveNumber);
  return this;
}
Option* Option::existing_folder() {
  option_->check(CLI::ExistingDirectory);
  return this;
}
Option* Option::one_each() {
  option_->allow_extra_args(false);
  return this;
}

// ── a command ────────────────────────────────────────────────────────────────────────────────
Arguments::Arguments(const std::string& description, const std::string& name)
    : own_(std::make_unique<CLI::App>(description, name)), app_(*own_) {}
Arguments::Arguments(CLI::App& app) : app_(app) {}
Arguments::~Arguments() = default;

Arguments* Arguments::add_subcommand(const std::string& name, const std::string& description) {
  below_.emplace_back(new Arguments(*app_.add_subcommand(name, description)));
  return below_.back().get();
}

Option* Arguments::keep(CLI::Option* option) { return &options_.emplace_back(option); }

template <typename Value>
Option* Arguments::add_option(const std::string& name, Value& value, const std::string& description) {
  return keep(app_.add_option(name, value, description));
}
template Option* Arguments::add_option(const std::string&, std::string&, const std::string&);
template Option* Arguments::add_option(const std::string&, std::vector<std::string>&, const std::string&);
template Option* Arguments::add_option(const std::string&, std::int32_t&, const std::string&);
template Option* Arguments::add_option(const std::string&, std::uint32_t&, const std::string&);
template Option* Arguments::add_option(const std::string&, std::uint64_t&, const std::string&);
template Option* Arguments::add_option(const std::string&, std::optional<std::uint64_t>&, const std::string&);

Option* Arguments::add_flag(const std::string& name, bool& value, const std::string& description) {
  return keep(app_.add_flag(name, value, description));
}

void Arguments::require_subcommand() { app_.require_subcommand(1); }
void Arguments::footer(const std::string& text) { app_.footer(text); }
void Arguments::callback(std::function<void()> run) { app_.callback(std::move(run)); }
void Arguments::version(const std::string& text) { app_.set_version_flag("--version", text); }

Exit Arguments::run(int count, char** words, const Exit& exit) {
  if (count < 2) {
    std::fputs(app_.help().c_str(), stderr);
    return Exit::bad_input;
  }
  const std::span<char* const> after_name(words + 1, static_cast<std::size_t>(count) - 1);
  if (const std::string unknown = unknown_command(app_, app_.get_name(), after_name); !unknown.empty())
    throw BadInput(unknown);
  try {
    app_.parse(count, words);
    return exit;
  } catch (const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? Exit::fine : Exit::bad_input;  // it prints the help, or the fault
  }
}

}  // namespace assent::command
