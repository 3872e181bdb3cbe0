// How things are called, and what is said of them.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/linter.h"

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
}

}  // namespace assent::compiler::lint
