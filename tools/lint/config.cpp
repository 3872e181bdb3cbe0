// See config.h.
#include "tools/lint/config.h"

#include <algorithm>
#include <filesystem>

#include <toml++/toml.h>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/nearest.h"
#include "tools/text.h"

namespace assent::command {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_name = "assent.toml";
constexpr std::size_t max_config_bytes = std::size_t{1} << 20;

// `*` is any text. Time: length of the text times that of the pattern.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, behind = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      behind = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++behind;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::optional<std::string> nearest_file() {
  std::error_code error;
  std::string up;
  for (fs::path at = fs::current_path(error); !error; at = at.parent_path(), up += "../") {
    if (fs::exists(at / file_name, error)) return up + std::string(file_name);
    if (at == at.root_path()) return std::nullopt;
  }
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string name) : name_(std::move(name)) { config_.folder = folder_of(name_); }

  LintConfig run() {
    const toml::table parsed = parse();
    const toml::node* lint = parsed.get("lint");
    if (lint == nullptr) return config_;
    for (const auto& [key, value] : table(*lint, "lint")) option(key.str(), value);
    return config_;
  }

 private:
  std::string name_;
  LintConfig config_;

  toml::table parse() const {
    try {
      return toml::parse(read_file(name_, max_config_bytes), name_);
    } catch (const toml::parse_error& error) {
      refuse(error.source(), std::string(error.description()));
    }
  }
  [[noreturn]] void refuse(const toml::source_region& at, const std::string& what) const {
    throw BadInput(printable(name_) + ':' + std::to_string(at.begin.line) + ": " + printable(what));
  }
  const toml::table& table(const toml::node& node, const std::string& key) const {
    if (!node.is_table()) refuse(node.source(), "`" + key + "` is no table");
    return *node.as_table();
  }
  std::string text(const toml::node& node, const std::string& key) const {
    if (!node.is_string()) refuse(node.source(), "`" + key + "` is no text");
    return node.as_string()->get();
  }
  std::optional<Severity> level(const toml::node& node, const std::string& key) const {
    return level_of(text(node, key), printable(name_) + ':' + std::to_string(node.source().begin.line));
  }

  void option(std::string_view key, const toml::node& value) {
    const std::string shown = "lint." + std::string(key);
    if (key == "exclude") {
      if (!value.is_array()) refuse(value.source(), "`" + shown + "` is no list");
      for (const toml::node& each : *value.as_array()) config_.exclude.push_back(text(each, shown));
    } else if (key == "fail-on") {
      config_.fail_on = level(value, shown);
      if (!config_.fail_on) refuse(value.source(), "`fail-on` cannot be off: leave the linter out");
    } else if (key == "naming") {
      const std::string word = text(value, shown);
      if (word == "snake_case") config_.naming = NameStyle::snake_case;
      else if (word == "camelCase") config_.naming = NameStyle::camel_case;
      else if (word == "any") config_.naming = NameStyle::any;
      else refuse(value.source(), "`" + word + "` is no way of naming: snake_case, camelCase or any");
    } else if (key == "levels") {
      for (const auto& [rule, its] : table(value, shown)) {
        if (!is_lint_rule(rule.str()))
          refuse(rule.source(), "the linter has no rule `" + std::string(rule.str()) + "`");
        config_.levels[std::string(rule.str())] = level(its, shown);
      }
    } else {
      refuse(value.source(), "there is no option `" + shown + "`: levels, exclude, fail-on, naming");
    }
  }
};

}  // namespace

bool LintConfig::excludes(const std::string& file) const {
  std::string own = fs::path(file).lexically_normal().generic_string();
  if (!folder.empty()) {
    std::error_code error;
    const fs::path relative = fs::relative(file, folder, error);
    if (!error) own = relative.generic_string();
  }
  return std::any_of(exclude.begin(), exclude.end(), [&](const std::string& each) { return matches(each, own); });
}

std::optional<Severity> level_of(const std::string& word, const std::string& where) {
  if (word == "error") return Severity::error;
  if (word == "warning") return Severity::warning;
  if (word == "note") return Severity::note;
  if (word == "off") return std::nullopt;
  throw BadInput(where + ": `" + printable(word) + "` is no level: error, warning, note or off");
}

bool is_lint_rule(std::string_view name) {
  const std::vector<LintRule> rules = lint_rules();
  return std::any_of(rules.begin(), rules.end(),
                     [&](const LintRule& each) { return each.name == name || each.code == name; });
}

LintConfig lint_config(const std::string& name) {
  if (!name.empty()) return Reader(name).run();
  const auto found = nearest_file();
  return found ? Reader(*found).run() : LintConfig{};
}

}  // namespace assent::command
