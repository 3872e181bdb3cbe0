// What is declared, and what a name means. Entries: Checker::declare_all, Checker::find.
//
// A name means what its own module declares; failing that, what the modules that it uses declare, and
// then it must mean one thing only. `cpq.Quote` looks in the module called `cpq` alone. Types, values,
// calendars, who decides, and rules are five spaces of names: a group and a rule may share a name.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/diag/nearest.h"
#include "compiler/sema/checker.h"

namespace assent::compiler {

namespace {

std::string_view space_name(Space space) {
  switch (space) {
    case Space::type: return "type";
    case Space::value: return "fact, function or input";
    case Space::calendar: return "calendar";
    case Space::who: return "approver, group or chain";
    case Space::rule: return "rule or ladder";
  }
  return {};
}

}  // namespace

Checker::Checker(const std::vector<LoadedModule>& modules, const SourceMap& sources, Sink& sink, bool references)
    : modules_(modules), sources_(sources), sink_(sink), wants_references_(references), scopes_(modules.size()) {
  for (const LoadedModule& module : modules) {
    broken_ = broken_ || module.tree.broken;
    lost_.insert(module.tree.lost.begin(), module.tree.lost.end());
  }
}

void Checker::declare(std::size_t module, Space space, const ast::Word& name, Symbol::Kind kind, std::uint32_t index) {
  Names& names = scopes_[module][static_cast<std::size_t>(space)];
  const auto [it, fresh] = names.try_emplace(name.text, Symbol{kind, index, module, name.span});
  if (fresh) return;
  sink_.report(Code::doubled_name, name.span, fmt::format("`{}` is declared twice", name.text))
      .label(it->second.span, "first declared here")
      .help(fmt::format("give one of them another name: each {} needs its own", space_name(space)));
}

void Checker::declare_all() {
  each_item<ast::RecordDecl>([&](std::size_t module, const ast::Item&, const ast::RecordDecl& decl) {
    const auto record = policy_.records.add({decl.name.text, {}, {}, {}, decl.name.span});
    pending_records_.push_back({&decl, module});
    declare(module, Space::type, decl.name, Symbol::Kind::record, static_cast<std::uint32_t>(record));
  });
  each_item<ast::TypeDecl>([&](std::size_t module, const ast::Item&, const ast::TypeDecl& decl) {
    const Type type = choice_type(decl.name.text, decl.choices, decl.name.span);
    declare(module, Space::type, decl.name, Symbol::Kind::choice, type.index);
  });
  each_item<ast::CalendarDecl>([&](std::size_t module, const ast::Item&, const ast::CalendarDecl& decl) {
    const auto calendar = policy_.calendars.add({decl.name.text, 0, {}, decl.name.span});
    declare(module, Space::calendar, decl.name, Symbol::Kind::calendar, static_cast<std::uint32_t>(calendar));
    check_calendar(calendar, decl);
  });
  bool has_input = false;
  each_item<ast::InputDecl>([&](std::size_t module, const ast::Item&, const ast::InputDecl& decl) {
    declare(module, Space::value, decl.name, Symbol::Kind::input, 0);
    if (has_input) {
      sink_.report(Code::input_missing, decl.name.span, "the policy has two inputs")
          .help("a policy decides one quote: use only one of the modules that declare an input");
    }
    policy_.input_name = decl.name.text;
    has_input = true;
  });
  each_item<ast::FactDecl>([&](std::size_t module, const ast::Item&, const ast::FactDecl& decl) {
    const auto fact = policy_.facts.add({decl.name.text, {}, decl.name.span});
    pending_facts_.push_back({&decl, module});
    declare(module, Space::value, decl.name, Symbol::Kind::fact, static_cast<std::uint32_t>(fact));
  });
  each_item<ast::FunctionDecl>([&](std::size_t module, const ast::Item&, const ast::FunctionDecl& decl) {
    const auto function = policy_.functions.add({decl.name.text, {}, {}, {}, decl.name.span, {}});
    pending_functions_.push_back({&decl, module});
    declare(module, Space::value, decl.name, Symbol::Kind::function, static_cast<std::uint32_t>(function));
  });
  const auto declare_approver = [&](std::size_t module, const ast::Word& name, const std::optional<ast::Word>& title,
                                    PendingApprover pending) {
    checked::Approver approver;
    approver.name = name.text;
    approver.title = title ? title->text : std::string{};
    approver.group = pending.group != nullptr;
    approver.span = name.span;
    const auto id = policy_.approvers.add(std::move(approver));
    pending_approvers_.push_back(pending);
    declare(module, Space::who, name, Symbol::Kind::approver, static_cast<std::uint32_t>(id));
  };
  each_item<ast::ApproverDecl>([&](std::size_t module, const ast::Item&, const ast::ApproverDecl& decl) {
    declare_approver(module, decl.name, decl.title, {&decl, nullptr, module});
  });
  each_item<ast::GroupDecl>([&](std::size_t module, const ast::Item&, const ast::GroupDecl& decl) {
    declare_approver(module, decl.name, decl.title, {nullptr, &decl, module});
  });
  each_item<ast::ChainDecl>([&](std::size_t module, const ast::Item&, const ast::ChainDecl& decl) {
    checked::Chain chain;
    chain.name = decl.name.text;
    chain.title = decl.title ? decl.title->text : std::string{};
    chain.span = decl.name.span;
    const auto id = policy_.chains.add(std::move(chain));
    pending_chains_.push_back({&decl, module});
    declare(module, Space::who, decl.name, Symbol::Kind::chain, static_cast<std::uint32_t>(id));
  });
  const auto declare_rule = [&](std::size_t module, const ast::Word& name, const std::optional<ast::Word>& title,
                                PendingRule pending) {
    checked::Rule rule;
    rule.name = name.text;
    rule.title = title ? title->text : std::string{};
    rule.span = name.span;
    const auto id = policy_.rules.add(std::move(rule));
    pending_rules_.push_back(pending);
    declare(module, Space::rule, name, Symbol::Kind::rule, static_cast<std::uint32_t>(id));
  };
  // Rules and ladders in the order in which they stand, so that a decision lists them as written.
  for (std::size_t module = 0; module < modules_.size(); ++module) {
    for (const ast::Item& item : modules_[module].tree.items) {
      if (const auto* rule = std::get_if<ast::RuleDecl>(&item.node)) {
        declare_rule(module, rule->name, rule->title, {rule, nullptr, module});
      } else if (const auto* ladder = std::get_if<ast::LadderDecl>(&item.node)) {
        declare_rule(module, ladder->name, ladder->title, {nullptr, ladder, module});
      } else if (const auto* reserved = std::get_if<ast::ReservedDecl>(&item.node)) {
        sink_.report(Code::reserved_block, reserved->word.span,
                     fmt::format("`{}` blocks are reserved: this version does not compile them", reserved->word.text))
            .help("leave it out: a block that is not checked must not look as if it were");
      }
    }
  }
}

const Symbol* Checker::find_in_module(std::size_t module, std::string_view alias, Space space, std::string_view name) {
  for (const auto& [used_as, used] : modules_[module].uses) {
    if (used_as != alias) continue;
    const Names& names = scopes_[used][static_cast<std::size_t>(space)];
    const auto it = names.find(std::string(name));
    if (it != names.end()) return &it->second;
  }
  return nullptr;
}

const Symbol* Checker::find(std::size_t module, Space space, std::string_view name, Span at, bool report) {
  const std::string key(name);
  const auto in = [&](std::size_t m) -> const Symbol* {
    const Names& names = scopes_[m][static_cast<std::size_t>(space)];
    const auto it = names.find(key);
    return it == names.end() ? nullptr : &it->second;
  };
  if (const Symbol* own = in(module)) return own;
  const Symbol* found = nullptr;
  for (const auto& [alias, used] : modules_[module].uses) {
    const Symbol* candidate = in(used);
    if (candidate == nullptr || candidate == found) continue;
    if (found != nullptr) {
      if (report) {
        sink_.report(Code::ambiguous_name, at, fmt::format("`{}` could mean things of two modules", name))
            .label(found->span, "this one")
            .label(candidate->span, "or this one")
            .help(fmt::format("write which one you mean: `{}.{}`", alias, name));
      }
      return found;
    }
    found = candidate;
  }
  if (found == nullptr && report) unknown(module, space, name, at);
  return found;
}

const Symbol* Checker::find(std::size_t module, Space space, const ast::Qualified& name, bool report) {
  if (name.parts.empty()) return nullptr;
  const std::string& last = name.parts.back().text;
  if (name.parts.size() == 1) return find(module, space, last, name.span, report);
  std::string alias;
  for (std::size_t i = 0; i + 1 < name.parts.size(); ++i) alias += (i > 0 ? "." : "") + name.parts[i].text;
  const Symbol* found = find_in_module(module, alias, space, last);
  if (found == nullptr && report) unknown(module, space, alias + "." + last, name.span);
  return found;
}

void Checker::refer(Span at, std::string_view word, Reference::Kind kind, Span declared) {
  if (!wants_references_) return;
  references_.push_back({{at.file, at.end - static_cast<std::uint32_t>(word.size()), at.end}, declared, kind});
}

void Checker::refer(const ast::Qualified& name, const Symbol& symbol) {
  refer(name.span, name.parts.back().text, static_cast<Reference::Kind>(symbol.kind), symbol.span);
}

bool Checker::enter(Span at) {
  if (++checked_depth_ <= max_checked_depth) return true;
  sink_
      .report(Code::nesting_too_deep, at,
              fmt::format("what is needed here stands in one another more than {} deep", max_checked_depth))
      .help("give the inner parts names of their own, and declare them first");
  return false;
}

void Checker::too_deep(std::string_view kind, Span at) {
  sink_
      .report(Code::nesting_too_deep, at,
              fmt::format("{} need each other more than {} deep here", kind, max_definition_depth))
      .help("let some of them say what they mean without the others");
}

std::optional<std::string_view> Checker::meant(std::string_view wanted, std::span<const std::string_view> names) {
  if (!seeks_names()) return std::nullopt;
  compared_names_ += names.size() + 1;
  return nearest(wanted, names);
}

std::vector<std::string_view> Checker::visible(std::size_t module, Space space) const {
  std::vector<std::string_view> names;
  if (!seeks_names()) return names;
  const auto add_all = [&](std::size_t m) {
    for (const auto& [name, symbol] : scopes_[m][static_cast<std::size_t>(space)]) names.push_back(name);
  };
  add_all(module);
  for (const auto& [alias, used] : modules_[module].uses) add_all(used);
  std::sort(names.begin(), names.end());
  return names;
}

void Checker::unknown(std::size_t module, Space space, std::string_view name, Span at) {
  if (may_be_lost(name.substr(name.find_last_of('.') + 1))) return;
  Report& report = sink_.report(space == Space::type ? Code::unknown_type : Code::unknown_name, at,
                                fmt::format("cannot find `{}`", name));
  report.primary_text(fmt::format("no {} of this name", space_name(space)));
  const std::vector<std::string_view> names = visible(module, space);
  if (const auto near = meant(name, names)) {
    report.help(fmt::format("did you mean `{}`?", *near));
    if (const Symbol* symbol = find(module, space, *near, at, false)) report.label(symbol->span, "similar name here");
    return;
  }
  for (std::size_t other = 0; other < space_count; ++other) {
    if (other == static_cast<std::size_t>(space)) continue;
    if (const Symbol* symbol = find(module, static_cast<Space>(other), name, at, false)) {
      report.label(symbol->span, fmt::format("this is a {}", space_name(static_cast<Space>(other))));
      return;
    }
  }
}

}  // namespace assent::compiler
