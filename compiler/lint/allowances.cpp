// Comments that allow findings: `# lint: allow never-true because the limit is set next year`.
//
// One behind something speaks of its line; one on a line of its own of the next line, and of the whole item if that is
// where one begins. A reason must be given: who reads it later decides by it whether it still holds.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/linter.h"

namespace assent::compiler::lint {

namespace {

constexpr std::string_view opening = "lint:";
constexpr std::string_view blanks = " \t\r";

struct Allowance {
  Span comment{}, covers{};
  std::vector<Rule> rules{};
  bool used = false;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Where the comment of a line begins, or npos.
std::size_t comment_in(std::string_view line) {
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && inside) ++i;
    else if (line[i] == '"') inside = !inside;
    else if (line[i] == '#' && !inside) return i;
  }
  return std::string_view::npos;
}

class Reader {
 public:
  Reader(const SourceMap& sources, const ast::Module& module, std::vector<Found>& found)
      : module_(module), text_(sources.file(module.file).text), found_(found) {}

  std::vector<Allowance> run() {
    std::vector<Allowance> made;
    std::size_t waiting = 0;  // of the last made: they speak of the line to come
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      const std::string_view line = text_.substr(begin, end - begin);
      const std::size_t hash = comment_in(line);
      const bool empty = trimmed(line.substr(0, hash == std::string_view::npos ? line.size() : hash)).empty();
      if (!empty) {
        for (; waiting > 0; --waiting) made[made.size() - waiting].covers = covered(begin, end);
      }
      if (hash != std::string_view::npos) {
        const std::string_view comment = trimmed(line.substr(hash + 1));
        if (comment.starts_with(opening)) {
          Allowance each{span(begin + hash, end), span(begin, end), {}};
          if (read(comment.substr(opening.size()), each)) {
            made.push_back(std::move(each));
            if (empty) ++waiting;
          }
        }
      }
      begin = end + 1;
    }
    return made;
  }

 private:
  const ast::Module& module_;
  std::string_view text_;
  std::vector<Found>& found_;

  Span span(std::size_t begin, std::size_t end) const {
    return {module_.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  Span covered(std::size_t begin, std::size_t end) const {
    const auto item = std::lower_bound(module_.items.begin(), module_.items.end(), begin,
                                       [](const ast::Item& each, std::size_t at) { return each.span.begin < at; });
    const bool begins = item != module_.items.end() && item->span.begin < end;
    return span(begin, begins ? std::max<std::size_t>(end, item->span.end) : end);
  }

  bool read(std::string_view text, Allowance& out) {
    const auto wrong = [&](std::string message) {
      found_.push_back({Rule::bad_allowance, out.comment, std::move(message), {}, {},
                        "write `# lint: allow NAME because REASON`", {}});
      return false;
    };
    text = trimmed(text);
    constexpr std::string_view allow = "allow ", because = " because ";
    if (!text.starts_with(allow)) return wrong("this comment is for the linter, and allows nothing");
    text.remove_prefix(allow.size());
    const std::size_t reason = text.find(because);
    if (reason == std::string_view::npos || trimmed(text.substr(reason + because.size())).empty())
      return wrong("this comment does not say why");
    text = text.substr(0, reason);
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      const std::string_view name = trimmed(text.substr(0, comma));
      const auto rule = rule_of(name);
      if (!rule) return wrong(fmt::format("the linter has no rule `{}`", name));
      out.rules.push_back(*rule);
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return true;
  }
};

// Allowances by where they hold, so that of many each finding is held against few: those of its item and its line.
class Covers {
 public:
  explicit Covers(std::vector<Allowance>& allowances) {
    for (Allowance& each : allowances) by_begin_.push_back(&each);
    std::stable_sort(by_begin_.begin(), by_begin_.end(),
                     [](const Allowance* a, const Allowance* b) { return a->covers.begin < b->covers.begin; });
    std::uint32_t last = 0;
    for (const Allowance* each : by_begin_) ends_.push_back(last = std::max(last, each->covers.end));
  }

  bool allow(const Found& found) const {
    const std::uint32_t at = found.span.begin;
    auto next = static_cast<std::size_t>(
        std::upper_bound(by_begin_.begin(), by_begin_.end(), at,
                         [](std::uint32_t place, const Allowance* each) { return place < each->covers.begin; }) -
        by_begin_.begin());
    bool any = false;
    for (; next > 0 && ends_[next - 1] >= at; --next) {
      Allowance& each = *by_begin_[next - 1];
      if (each.covers.end < at || std::find(each.rules.begin(), each.rules.end(), found.rule) == each.rules.end())
        continue;
      each.used = any = true;
    }
    return any;
  }

 private:
  std::vector<Allowance*> by_begin_;
  std::vector<std::uint32_t> ends_;  // the last end of all up to here
};

}  // namespace

std::size_t apply_allowances(const SourceMap& sources, const std::vector<LoadedModule>& modules,
                             std::vector<Found>& found) {
  std::size_t allowed = 0;
  for (const LoadedModule& module : modules) {
    if (module.name.starts_with("std.")) continue;
    std::vector<Found> wrong;
    std::vector<Allowance> allowances = Reader(sources, module.tree, wrong).run();
    const Covers covers(allowances);
    allowed += std::erase_if(found, [&](const Found& each) {
      return each.span.file == module.tree.file && covers.allow(each);
    });
    for (const Allowance& each : allowances) {
      if (!each.used)
        wrong.push_back(
            {Rule::needless_allowance, each.comment, "this comment allows what is not found", {}, {}, {}, {}});
    }
    found.insert(found.end(), wrong.begin(), wrong.end());
  }
  return allowed;
}

}  // namespace assent::compiler::lint
