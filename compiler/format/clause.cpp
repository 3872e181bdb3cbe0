// See clause.h. Recursion is bounded by the depth of the parts, which the parser let through.
#include "compiler/format/clause.h"

#include <algorithm>
#include <optional>

namespace assent::compiler::format {

namespace {

using Gap = Document::Gap;
using Group = Document::Group;

constexpr Gap tight{.blanks = 0};
constexpr std::size_t between_clauses = 3;
constexpr std::size_t name_and_title = 3;  // words before the `{` that stands in a column: `rule NAME "title" {`

// Rules of parts and the words that join them, in turns.
bool joins_parts(Rule rule) {
  switch (rule) {
    case Rule::path: case Rule::stage: case Rule::expr: case Rule::conjunction: case Rule::sum: case Rule::product:
      return true;
    case Rule::word: case Rule::unread: case Rule::header: case Rule::item: case Rule::kept: case Rule::band:
    case Rule::other: break;
  }
  return false;
}

// On one line they would be an amount.
bool would_merge(const Syntax& syntax, std::size_t left, std::size_t right) {
  const std::string_view currency = syntax.word(right).substr(0, 3);
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return syntax.words[left].kind == WordKind::number && currency.size() == 3 &&
         std::all_of(currency.begin(), currency.end(), capital);
}

class ClauseBuilder {
 public:
  ClauseBuilder(const Syntax& syntax, std::string_view family) : syntax_(syntax), family_(family) {}

  Document clause(const Parts& parts, Rule rule) {
    direct(parts, rule);
    return std::move(document_);
  }

  Document block(const Parts& parts, std::size_t brace) {
    direct({parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(brace)}, Rule::item);
    gap(parts[brace - 1], parts[brace], {});
    if (brace <= name_and_title) document_.stop(Stop::value);
    part(parts[brace]);
    const bool empty = brace + 2 == parts.size();
    for (std::size_t i = brace + 1; i < parts.size(); ++i) {
      const bool edge = i == brace + 1 || i + 1 == parts.size();
      gap(parts[i - 1], parts[i], {.blanks = empty ? 0 : edge ? 1 : between_clauses});
      part(parts[i]);
    }
    return std::move(document_);
  }

 private:
  const Syntax& syntax_;
  std::string_view family_;
  Document document_;

  WordKind kind(std::size_t word) const { return syntax_.words[word].kind; }
  Rule rule(std::size_t part) const { return syntax_.parts[part].rule; }
  std::size_t first(std::size_t part) const { return syntax_.parts[part].first; }
  std::size_t last(std::size_t part) const { return syntax_.parts[part].last; }

  // Whether a part is just that word of the language.
  bool is(std::size_t part, std::string_view word) const {
    return rule(part) == Rule::word && kind(first(part)) != WordKind::name && syntax_.word(first(part)) == word;
  }

  // The parts of a clause, which alone have columns.
  void direct(const Parts& parts, Rule rule) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) gap_before(parts, i, rule);
      if (const auto column = stop_before(parts, i, rule)) document_.stop(*column);
      bracketed(parts[i]);
    }
  }

  std::optional<Stop> stop_before(const Parts& parts, std::size_t i, Rule above) const {
    if (i == 0 || family_.empty()) return std::nullopt;
    const std::size_t part = parts[i];
    if (i == 1 && (family_ == "approver" || family_ == "orders")) return Stop::name;
    if (family_ == "field") {
      if (is(part, "from")) return Stop::title;
      if (is(part, "else") && i > 1 && is(parts[i - 2], "from")) return Stop::value;
      return std::nullopt;
    }
    if (is(part, above == Rule::band ? ":" : "=")) return Stop::value;
    if (i == 2 && rule(part) == Rule::word && kind(first(part)) == WordKind::text) return Stop::title;
    return std::nullopt;
  }

  void part(std::size_t part) {
    if (rule(part) == Rule::word) return document_.word(syntax_.word(first(part)));
    const Parts parts = syntax_.inside(part);
    const bool joined = joins_parts(rule(part));
    document_.open(joined ? Group::joined : Group::listed);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) gap_before(parts, i, rule(part));
      bracketed(parts[i]);
    }
    document_.close();
  }

  void bracketed(std::size_t each) {
    if (is(each, ")")) document_.close();
    part(each);
    if (is(each, "(")) document_.open(Group::bracketed);
  }

  void gap_before(const Parts& parts, std::size_t i, Rule rule) {
    gap(parts[i - 1], parts[i], is_tight(parts[i - 1], parts[i], rule) ? tight : open_gap(parts, i, rule));
  }

  bool is_tight(std::size_t left, std::size_t right, Rule rule) const {
    constexpr std::string_view no_blank_before = ",.)]?[";
    constexpr std::string_view no_blank_after = "(.[";
    const std::string_view before = syntax_.word(last(left));
    const std::string_view after = syntax_.word(first(right));
    const bool called = after == "(" && kind(last(left)) == WordKind::name;
    const bool negative = before == "-" && rule != Rule::sum;
    return called || negative || (after == ":" && rule != Rule::band) ||
           (kind(first(right)) == WordKind::mark && no_blank_before.find(after) != std::string_view::npos) ||
           (kind(last(left)) == WordKind::mark && no_blank_after.find(before) != std::string_view::npos);
  }

  Gap open_gap(const Parts& parts, std::size_t i, Rule rule) const {
    const std::size_t left = parts[i - 1];
    const std::size_t right = parts[i];
    if (joins_parts(rule) && i % 2 == 1) return {.may_end = true, .hangs = syntax_.word(first(right)).size() + 1};
    if (is(right, "where") || is(right, "for") || is(left, ",") || is(left, "has")) return {.may_end = true};
    return {.may_end = rule == Rule::item && (is(left, "=") || is(left, "except") || is(right, "else"))};
  }

  // With the comments that stand there: a line ends after each.
  void gap(std::size_t left, std::size_t right, Gap gap) {
    gap.must_end = (gap.may_end && syntax_.words[first(right)].line_ends > 0) ||
                   would_merge(syntax_, last(left), first(right));
    std::size_t word = last(left) + 1;
    gap.must_end = gap.must_end || word < first(right);
    if (word < first(right) && syntax_.words[word].line_ends == 0) document_.comment(syntax_.word(word++));
    document_.gap(gap);
    for (; word < first(right); ++word) document_.remark(syntax_.word(word));
  }
};

}  // namespace

Document clause_of(const Syntax& syntax, const Parts& parts, Rule rule, std::string_view family) {
  return ClauseBuilder(syntax, family).clause(parts, rule);
}

Document block_of(const Syntax& syntax, const Parts& parts, std::size_t brace, std::string_view family) {
  return ClauseBuilder(syntax, family).block(parts, brace);
}

}  // namespace assent::compiler::format
