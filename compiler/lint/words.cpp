// How things are called, and what is said of them.
#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "compiler/lint/linter.h"
#include "compiler/source/comment.h"

namespace assent::compiler::lint {

namespace {

// `steepDiscount`, `Steep_Discount`: `steep_discount`.
std::string in_snake_case(std::string_view name) {
  std::string styled;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool capital = name[i] >= 'A' && name[i] <= 'Z';
    const bool after_small = i > 0 && !(name[i - 1] >= 'A' && name[i - 1] <= 'Z') && name[i - 1] != '_';
    if (capital && after_small) styled += '_';
    styled += capital ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
  }
  return styled;
}

// `steep_discount`: `steepDiscount`.
std::string in_camel_case(std::string_view name) {
  std::string styled;
  bool next = false;
  for (const char c : in_snake_case(name)) {
    const bool small = c >= 'a' && c <= 'z';
    if (c == '_' && !styled.empty()) next = true;
    else styled += next && small ? static_cast<char>(c - 'a' + 'A') : c;
    next = next && c == '_';
  }
  return styled;
}

}  // namespace

void Linter::look_at_words() {
  const auto look_at_name = [&](const ast::Word& name) {
    if (naming_ == NameStyle::any) return;
    const std::string styled = naming_ == NameStyle::snake_case ? in_snake_case(name.text) : in_camel_case(name.text);
    if (styled != name.text)
      report(Rule::name_style, name.span, fmt::format("`{}` is not written like the other names", name.text))
          .help(fmt::format("write `{}`", styled));
  };
  const auto look_at_item = [&](const ast::Item& item) {
    std::visit([&](const auto& decl) {
      using Decl = std::decay_t<decltype(decl)>;
      if constexpr (std::is_same_v<Decl, ast::FactDecl> || std::is_same_v<Decl, ast::FunctionDecl> ||
                    std::is_same_v<Decl, ast::ApproverDecl> || std::is_same_v<Decl, ast::GroupDecl> ||
                    std::is_same_v<Decl, ast::ChainDecl> || std::is_same_v<Decl, ast::RuleDecl> ||
                    std::is_same_v<Decl, ast::LadderDecl> || std::is_same_v<Decl, ast::CalendarDecl> ||
                    std::is_same_v<Decl, ast::OrdersDecl>)
        look_at_name(decl.name);
      if constexpr (std::is_same_v<Decl, ast::RuleDecl>)
        if (!decl.title) report(Rule::untitled_rule, decl.name.span, fmt::format("`{}` has no title", decl.name.text));
    }, item.node);
  };
  for (const LoadedModule& module : subject_.modules)
    if (is_ours(module.tree.file)) std::for_each(module.tree.items.begin(), module.tree.items.end(), look_at_item);
  look_at_deprecated();
}

// What a module calls deprecated, it may still use itself.
void Linter::look_at_deprecated() {
  constexpr std::string_view mark = "Deprecated:";
  std::map<std::pair<FileId, std::uint32_t>, std::string> instead;  // by where the name is declared
  for (const LoadedModule& module : subject_.modules) {
    const std::string_view text = subject_.sources.file(module.tree.file).text;
    if (text.find(mark) == std::string_view::npos) continue;
    for (const ast::Item& item : module.tree.items) {
      const std::string comment = comment_above(text, item.span.begin);
      const std::size_t at = comment.find(mark);
      if (at == std::string::npos || (at > 0 && comment[at - 1] != '\n')) continue;
      std::string advice = comment.substr(at + mark.size());
      advice.erase(0, advice.find_first_not_of(' '));
      std::visit([&](const auto& decl) {
        if constexpr (requires { decl.name.span; decl.name.text; })
          instead.emplace(std::pair(decl.name.span.file, decl.name.span.begin), std::move(advice));
      }, item.node);
    }
  }
  if (instead.empty()) return;
  for (const Reference& each : subject_.checked.references) {
    const auto known = instead.find({each.declared.file, each.declared.begin});
    if (known == instead.end() || each.at.file == each.declared.file) continue;
    report(Rule::deprecated_name, each.at, fmt::format("`{}` is deprecated", subject_.sources.text(each.at)))
        .help(known->second);
  }
}

}  // namespace assent::compiler::lint
