// Paths, chains and orderings. Entries: Checker::path, check_chains, check_orderings.
#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

void Checker::check_chains() {
  for (std::size_t i = 0; i < pending_chains_.size(); ++i)
    need_chain(static_cast<checked::ChainId>(i), policy_.chains.items[i].span);
}

bool Checker::need_chain(checked::ChainId chain, Span used_at) {
  PendingChain& pending = pending_chains_[static_cast<std::size_t>(chain)];
  const ast::ChainDecl& decl = *pending.decl;
  return define(pending.definition, decl.name, used_at, "chains",
                fmt::format("the chain `{}` would hold itself", decl.name.text), [&] {
                  Owner owner{decl.name.text, {}};
                  Context context;
                  context.module = pending.module;
                  policy_.chains[chain].path = path(decl.path, owner, context);
                  for (const auto& [place, step] : owner.steps) policy_.chains[chain].steps.push_back(step);
                });
}

// The runtime walks a path as it is written out, chains in their places: that is bounded here.
checked::PathId Checker::add_path(checked::Path made, Span at) {
  std::uint32_t depth = 1;
  std::uint32_t size = 1;
  for (const checked::PathId child : made.children) {
    const auto index = static_cast<std::size_t>(child);
    if (index >= path_depth_.size()) continue;  // an empty one
    depth = std::max(depth, path_depth_[index] + 1);
    size += path_size_[index];  // neither can overflow: each is bounded, and children are written
    if (size > plan::max_path_size) break;
  }
  if (depth > plan::max_path_depth || size > plan::max_path_size) {
    sink_.report(Code::too_complex, at, size > plan::max_path_size
            ? fmt::format("with all chains written out this path has more than {} parts", plan::max_path_size)
            : fmt::format("parts of this path stand in each other more than {} deep", plan::max_path_depth));
    return empty_path();
  }
  const checked::PathId id = policy_.paths.add(std::move(made));
  path_depth_.resize(static_cast<std::size_t>(id) + 1, 1);
  path_size_.resize(static_cast<std::size_t>(id) + 1, 1);
  path_depth_.back() = depth;
  path_size_.back() = size;
  return id;
}

checked::PathId Checker::path(const ast::Path& tree, Owner& owner, Context& context) {
  std::map<checked::ApproverId, int> seen;
  return path(tree, owner, context, seen);
}

checked::PathId Checker::path(const ast::Path& tree, Owner& owner, Context& context,
                              std::map<checked::ApproverId, int>& seen) {
  const checked::PathId made = enter(tree.span) ? path_inside(tree, owner, context, seen) : empty_path();
  exit();
  return made;
}

checked::PathId Checker::path_inside(const ast::Path& tree, Owner& owner, Context& context,
                                     std::map<checked::ApproverId, int>& seen) {
  checked::Path series{plan::PathKind::series, {}, {}, {}};
  for (const ast::Stage& stage : tree.stages) {
    checked::Path parallel{plan::PathKind::parallel, {}, {}, {}};
    for (const ast::Branch& each : stage.branches) parallel.children.push_back(branch(each, owner, context, seen));
    checked::PathId made =
        parallel.children.size() == 1 ? parallel.children[0] : add_path(std::move(parallel), stage.span);
    if (stage.when) {
      context.in_path = true;
      const ExprId when = condition(*stage.when, context);
      context.in_path = false;
      made = add_path({plan::PathKind::conditional, {}, {made}, when}, stage.span);
    }
    series.children.push_back(made);
  }
  return series.children.size() == 1 ? series.children[0] : add_path(std::move(series), tree.span);
}

checked::PathId Checker::branch(const ast::Branch& tree, Owner& owner, Context& context,
                                std::map<checked::ApproverId, int>& seen) {
  if (const auto* inner = std::get_if<std::unique_ptr<ast::Path>>(&tree.node))
    return path(**inner, owner, context, seen);
  if (const auto* person = std::get_if<ast::NamedPerson>(&tree.node)) {
    return step(unnamed(plan::MemberKind::person, person->id), tree.span, owner, seen);
  }
  if (const auto* role = std::get_if<ast::NamedRole>(&tree.node)) {
    return step(unnamed(plan::MemberKind::role, role->role), tree.span, owner, seen);
  }
  const ast::Qualified& name = std::get<ast::Qualified>(tree.node);
  const Symbol* symbol = find(context.module, Space::who, name);
  if (symbol == nullptr) return empty_path();
  refer(name, *symbol);
  if (symbol->kind == Symbol::Kind::approver) return step(id<checked::ApproverId>(*symbol), tree.span, owner, seen);
  const auto chain = id<checked::ChainId>(*symbol);
  if (!need_chain(chain, tree.span)) return empty_path();
  return policy_.chains[chain].path;
}

checked::PathId Checker::step(checked::ApproverId approver, Span at, Owner& owner,
                              std::map<checked::ApproverId, int>& seen) {
  const int nth = ++seen[approver];
  const auto [it, fresh] = owner.steps.try_emplace({approver, nth});
  if (fresh) {
    const std::string& name = policy_.approvers[approver].name;
    std::string key = owner.name + "/" + name;
    if (nth > 1) key += fmt::format("#{}", nth);
    it->second = policy_.steps.add({std::move(key), approver, at});
  }
  return add_path({plan::PathKind::step, it->second, {}, {}}, at);
}

std::optional<checked::Entity> Checker::entity(const ast::Qualified& name, std::size_t module) {
  const Symbol* rule = find(module, Space::rule, name, false);
  const Symbol* who = find(module, Space::who, name, false);
  if (rule != nullptr && who != nullptr) {
    sink_.report(Code::ambiguous_name, name.span, fmt::format("`{}` is a rule and an approver", text(name.span)))
        .label(rule->span, "the rule")
        .label(who->span, "who decides")
        .help("give one of them another name, so that the order says which it means");
    return std::nullopt;
  }
  if (rule != nullptr || who != nullptr) refer(name, rule != nullptr ? *rule : *who);
  if (rule != nullptr) return checked::Entity{plan::EntityKind::rule, rule->index, name.span};
  if (who == nullptr) {
    unknown(module, Space::rule, text(name.span), name.span);
    return std::nullopt;
  }
  return checked::Entity{who->kind == Symbol::Kind::chain ? plan::EntityKind::chain : plan::EntityKind::approver,
                         who->index, name.span};
}

void Checker::check_orderings() {
  std::optional<Span> same_approver, override_by;
  each_item<ast::PathDecl>([&](std::size_t module, const ast::Item&, const ast::PathDecl& decl) {
    for (const auto& setting : decl.settings) {
      if (const auto* same = std::get_if<ast::SameApprover>(&setting)) {
        if (same_approver && policy_.same_approver_once != same->once) {
          sink_.report(Code::doubled_clause, same->span, "how often the same approver is asked is said twice")
              .label(*same_approver, "the other place");
        }
        same_approver = same->span;
        policy_.same_approver_once = same->once;
        continue;
      }
      if (const auto* over = std::get_if<ast::OverrideBy>(&setting)) {
        if (override_by) {
          sink_.report(Code::doubled_clause, over->span, "who may override is said twice")
              .label(*override_by, "the other place");
        }
        override_by = over->span;
        const Symbol* who = find(module, Space::who, over->who);
        if (who == nullptr) continue;
        refer(over->who, *who);
        if (who->kind == Symbol::Kind::chain) {
          sink_.report(Code::wrong_kind, over->who.span,
                       fmt::format("`{}` is a chain, not an approver", text(over->who.span)));
          continue;
        }
        policy_.override_by = id<checked::ApproverId>(*who);
        continue;
      }
      const auto& ordering = std::get<ast::Ordering>(setting);
      for (const ast::Qualified& first : ordering.first) {
        for (const ast::Qualified& then : ordering.then) {
          const auto a = entity(first, module);
          const auto b = entity(then, module);
          if (a && b) policy_.orderings.push_back({*a, *b, ordering.span});
        }
      }
    }
  });
}

}  // namespace assent::compiler
