// What nothing needs: facts, functions, types, calendars, and modules of which nothing is used.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "compiler/lint/linter.h"

namespace assent::compiler::lint {

void Linter::look_for_unused() {
  look_at_imports();
  if (is_module()) return;
  std::set<std::uint32_t> used;  // declarations in the root, by where their names begin
  for (const Reference& each : subject_.checked.references)
    if (each.declared.file == FileId{}) used.insert(each.declared.begin);
  for (const ast::Item& item : subject_.modules[0].tree.items) {
    const auto report_unused = [&](Rule rule, const ast::Word& name, std::string_view how) {
      if (used.contains(name.span.begin)) return;
      report(rule, name.span, fmt::format("`{}` is {} by nothing", name.text, how))
          .edit(commented_lines(item.span), "");
    };
    if (const auto* fact = std::get_if<ast::FactDecl>(&item.node)) report_unused(Rule::unused_fact, fact->name, "read");
    if (const auto* function = std::get_if<ast::FunctionDecl>(&item.node))
      report_unused(Rule::unused_function, function->name, "called");
    if (const auto* type = std::get_if<ast::TypeDecl>(&item.node))
      report_unused(Rule::unused_type, type->name, "named");
    if (const auto* record = std::get_if<ast::RecordDecl>(&item.node))
      report_unused(Rule::unused_type, record->name, "named");
    if (const auto* calendar = std::get_if<ast::CalendarDecl>(&item.node))
      report_unused(Rule::unused_calendar, calendar->name, "named");
  }
}

// A module is used by what its names mean elsewhere, and by rules and the like that need no name.
void Linter::look_at_imports() {
  std::map<FileId, std::set<FileId>> used;  // of each file, in which its words are declared
  for (const Reference& each : subject_.checked.references) used[each.at.file].insert(each.declared.file);
  const auto works_unnamed = [&](const ast::Item& item) {
    return std::visit([&](const auto& decl) {
      using Decl = std::decay_t<decltype(decl)>;
      if constexpr (std::is_same_v<Decl, ast::InputDecl>) return !is_module();
      return std::is_same_v<Decl, ast::ExtendDecl> || std::is_same_v<Decl, ast::RuleDecl> ||
             std::is_same_v<Decl, ast::LadderDecl> || std::is_same_v<Decl, ast::StepDecl> ||
             std::is_same_v<Decl, ast::PathDecl> || std::is_same_v<Decl, ast::OtherwiseDecl> ||
             std::is_same_v<Decl, ast::OrdersDecl>;
    }, item.node);
  };
  for (const LoadedModule& module : subject_.modules) {
    if (!is_ours({module.tree.file, 0, 0})) continue;
    for (const ast::Item& item : module.tree.items) {
      const auto* use = std::get_if<ast::Use>(&item.node);
      if (use == nullptr) continue;
      const std::string name = dotted(use->module);
      const auto found =
          std::find_if(module.uses.begin(), module.uses.end(), [&](const auto& each) { return each.first == name; });
      if (found == module.uses.end()) continue;
      const ast::Module& tree = subject_.modules[found->second].tree;
      const bool needed = tree.broken || used[module.tree.file].contains(tree.file) ||
                          std::any_of(tree.items.begin(), tree.items.end(), works_unnamed);
      if (!needed)
        report(Rule::unused_import, use->module.span, fmt::format("nothing of `{}` is used", name))
            .edit(whole_lines(item.span), "");
    }
  }
}

}  // namespace assent::compiler::lint
