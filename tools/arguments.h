// What may stand on the command line: commands below commands, their options, and what is run. A face of CLI11, whose
// templates take longer to compile than all the rest: arguments.cpp alone sees them. Entries: Arguments, Option.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/command.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace assent::command {

// An option or a positional argument of a command, which owns it. Each function gives the option again.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}
  Option* required(bool needed = true);
  Option* group(const std::string& name);         // under a heading of its own in the help
  Option* one_of(const std::vector<std::string>& words);
  Option* between(std::int64_t least, std::int64_t most);
  Option* not_negative();
  Option* positive();
  Option* existing_folder();
  Option* one_each();  // of a list: it is said again for each value

 private:
  CLI::Option* option_;
};

// A command, or the whole of them, which owns those below it.
class Arguments {
 public:
  Arguments(const std::string& description, const std::string& name);
  ~Arguments();

  Arguments* add_subcommand(const std::string& name, const std::string& description);
  // `value` is set where the option is given, and must outlive the parsing. Of texts, whole numbers, optional ones, and
  // lists of texts.
  template <typename Value>
  Option* add_option(const std::string& name, Value& value, const std::string& description);
  Option* add_flag(const std::string& name, bool& value, const std::string& description);
  void require_subcommand();
  void footer(const std::string& text);
  void callback(std::function<void()> run);
  void version(const std::string& text);

  // Parses, and runs what is asked for, which sets `exit`; prints the help or what is wrong. The words are those after
  // the name of the program; one that names no command gives the nearest, with `path` before it.
  Exit run(int count, char** words, const Exit& exit);

 private:
  explicit Arguments(CLI::App& app);
  Option* keep(CLI::Option* option);

  std::unique_ptr<CLI::App> own_;  // of the whole
  CLI::App& app_;
  std::deque<Option> options_;
  std::deque<std::unique_ptr<Arguments>> below_;
};

}  // namespace assent::command
