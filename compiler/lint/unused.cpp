// What nothing needs: facts, functions, and modules of which nothing is used.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/lint/linter.h"

namespace assent::compiler::lint {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// All words outside of comments, texts and `use`; of one with a dot behind it, with the dot too: "std", "std.".
std::set<std::string_view> words_of(std::string_view text) {
  std::set<std::string_view> words;
  bool after_use = false;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i)
        if (text[i] == '\\') ++i;
      ++i;
    } else if (is_word(text[i])) {
      const std::size_t begin = i;
      while (i < text.size() && (is_word(text[i]) || (after_use && text[i] == '.'))) ++i;
      const std::string_view word = text.substr(begin, i - begin);
      if (!after_use) words.insert(word);
      if (!after_use && i < text.size() && text[i] == '.') words.insert(text.substr(begin, i + 1 - begin));
      after_use = word == "use";
    } else {
      ++i;
    }
  }
  return words;
}

}  // namespace

void Linter::look_for_unused() {
  look_at_imports();
  if (is_module()) return;
  std::set<std::uint32_t> facts, functions;
  for (const checked::Expr& e : policy_.exprs.items) {
    if (e.op == checked::Op::fact) facts.insert(e.ref);
    if (e.op == checked::Op::call) functions.insert(e.ref);
  }
  std::set<std::string_view> tested;
  for (const checked::Test& test : subject_.tests)
    for (const checked::Expectation& each : test.expectations)
      if (each.kind == ast::Expectation::Kind::value) tested.insert(each.text);
  const auto edit = [&](Found& found) {
    each_item([&](const ast::Item& item) {
      if (item.span.file == found.span.file && item.span.begin <= found.span.begin && found.span.end <= item.span.end)
        found.edit(whole_lines(item.span), "");
    });
  };
  for (std::uint32_t i = 0; i < policy_.facts.size(); ++i) {
    const checked::Fact& fact = policy_.facts.items[i];
    if (facts.contains(i) || tested.contains(fact.name) || fact.span.file != FileId{}) continue;
    edit(report(Rule::unused_fact, fact.span, fmt::format("`{}` is read by nothing", fact.name)));
  }
  for (std::uint32_t i = 0; i < policy_.functions.size(); ++i) {
    const checked::Function& function = policy_.functions.items[i];
    if (functions.contains(i) || function.span.file != FileId{}) continue;
    edit(report(Rule::unused_function, function.span, fmt::format("`{}` is called by nothing", function.name)));
  }
}

// A module is used by its alias, by what it declares, and by rules and the like that need no name.
void Linter::look_at_imports() {
  const auto gives = [&](std::size_t module, const std::set<std::string_view>& words) {
    const ast::Module& tree = subject_.modules[module].tree;
    return tree.broken || std::any_of(tree.items.begin(), tree.items.end(), [&](const ast::Item& item) {
      return std::visit([&](const auto& decl) {
        using Decl = std::decay_t<decltype(decl)>;
        if constexpr (std::is_same_v<Decl, ast::Use> || std::is_same_v<Decl, ast::TestDecl>) return false;
        else if constexpr (std::is_same_v<Decl, ast::InputDecl>)
          return !is_module() || words.contains(decl.name.text);
        else if constexpr (std::is_same_v<Decl, ast::RecordDecl> || std::is_same_v<Decl, ast::TypeDecl> ||
                           std::is_same_v<Decl, ast::FunctionDecl> || std::is_same_v<Decl, ast::CalendarDecl> ||
                           std::is_same_v<Decl, ast::ApproverDecl> || std::is_same_v<Decl, ast::GroupDecl> ||
                           std::is_same_v<Decl, ast::ChainDecl> || std::is_same_v<Decl, ast::FactDecl>)
          return words.contains(decl.name.text);
        else return true;
      }, item.node);
    });
  };
  for (const LoadedModule& module : subject_.modules) {
    if (!is_ours({module.tree.file, 0, 0})) continue;
    const std::set<std::string_view> words = words_of(subject_.sources.file(module.tree.file).text);
    for (const ast::Item& item : module.tree.items) {
      const auto* use = std::get_if<ast::Use>(&item.node);
      if (use == nullptr) continue;
      const std::string dotted_name = dotted(use->module);
      const auto used = std::find_if(module.uses.begin(), module.uses.end(),
                                     [&](const auto& each) { return each.first == dotted_name; });
      const std::string& alias = use->alias ? use->alias->text : use->module.parts.back().text;
      if (used == module.uses.end() || words.contains(alias + ".") || gives(used->second, words)) continue;
      report(Rule::unused_import, use->module.span, fmt::format("nothing of `{}` is used", dotted_name))
          .edit(whole_lines(item.span), "");
    }
  }
}

}  // namespace assent::compiler::lint
