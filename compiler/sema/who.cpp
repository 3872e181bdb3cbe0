// Approvers, groups and the settings of their steps. Entries: check_approvers, check_steps.
#include <charconv>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

namespace {

// A whole number from `least` to `most`, or nothing.
std::optional<std::uint32_t> whole(std::string_view digits, std::uint32_t least, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value < least || value > most)
    return std::nullopt;
  return value;
}

constexpr std::uint32_t max_votes = 1'000'000;     // of a seat, a quorum: sums stay far from overflow
constexpr std::uint32_t max_duration = 1'000'000;  // of any unit: 2700 years of days

}  // namespace

void Checker::require_name(const ast::Word& word, std::string_view what) {
  if (word.text.empty()) sink_.report(Code::empty_name, word.span, fmt::format("a {} needs a name", what));
}

void Checker::check_approvers() {
  for (std::size_t i = 0; i < pending_approvers_.size(); ++i) {
    const PendingApprover pending = pending_approvers_[i];
    const auto approver = static_cast<checked::ApproverId>(i);
    if (pending.approver != nullptr) check_approver(approver, *pending.approver, pending.module);
    else check_group(approver, *pending.group, pending.module);
  }
  check_approver_cycles();
}

checked::ApproverId Checker::unnamed(plan::MemberKind kind, const ast::Word& id) {
  require_name(id, kind == plan::MemberKind::person ? "person" : "role");
  const std::string name = fmt::format("{} \"{}\"", kind == plan::MemberKind::person ? "person" : "role", id.text);
  const auto [it, fresh] = unnamed_.try_emplace(name);
  if (fresh) {
    checked::Approver approver;
    approver.name = name;
    approver.group = kind == plan::MemberKind::role;
    checked::Member member{};
    member.kind = kind;
    member.text = id.text;
    member.span = id.span;
    approver.members.push_back(std::move(member));
    approver.span = id.span;
    it->second = policy_.approvers.add(std::move(approver));
  }
  return it->second;
}

// A value of type Person, by name: `quote.owner.manager`.
checked::ExprId Checker::person_expr(const ast::Qualified& name, Context& context) {
  ExprId e = name_expr(name.parts[0].text, name.parts[0].span, context);
  for (std::size_t i = 1; i < name.parts.size(); ++i) {
    e = field_of(e, name.parts[i], {name.span.file, name.span.begin, name.parts[i].span.end}, context);
  }
  const Type type = type_of(e);
  if (type.base != Base::unknown && (type.base != Base::person || type.list)) {
    mismatch(name.span, fmt::format("an approver is a person, `{}` is {}", text(name.span), name_of(type)));
  }
  return e;
}

checked::Member Checker::person_value(const ast::Qualified& name, std::size_t module) {
  checked::Member member{};
  member.span = name.span;
  const Symbol* who = find(module, Space::who, name, false);
  if (who != nullptr) refer(name, *who);
  if (who != nullptr && who->kind == Symbol::Kind::chain) {
    sink_.report(Code::wrong_kind, name.span, fmt::format("`{}` is a chain, not an approver", text(name.span)))
        .label(who->span, "declared here");
    member.kind = plan::MemberKind::person;
    return member;
  } else if (who != nullptr) {
    if (policy_.approvers[id<checked::ApproverId>(*who)].group) {
      sink_
          .report(Code::wrong_kind, name.span,
                  fmt::format("`{}` is a group: its quorum would be lost here", text(name.span)))
          .label(who->span, "declared here")
          .help("ask it in a step of its own, or name its members");
    }
    member.kind = plan::MemberKind::approver;
    member.approver = id<checked::ApproverId>(*who);
    return member;
  }
  Context context;
  context.module = module;
  member.kind = plan::MemberKind::value;
  if (who == nullptr && name.parts.size() == 1 && find(module, Space::value, name, false) == nullptr) {
    unknown(module, Space::who, text(name.span), name.span);
    member.value = unknown_expr(name.span);
  } else if (who == nullptr) {
    member.value = person_expr(name, context);
  }
  return member;
}

void Checker::check_approver(checked::ApproverId approver, const ast::ApproverDecl& decl, std::size_t module) {
  std::vector<checked::Member> terms;
  for (std::size_t i = 0; i < decl.terms.size(); ++i) {
    const ast::ApproverTerm& term = decl.terms[i];
    checked::Member member{};
    if (const auto* person = std::get_if<ast::NamedPerson>(&term.node)) {
      require_name(person->id, "person");
      member.kind = plan::MemberKind::person;
      member.text = person->id.text;
    } else if (const auto* role = std::get_if<ast::NamedRole>(&term.node)) {
      require_name(role->role, "role");
      member.kind = plan::MemberKind::role;
      member.text = role->role.text;
    } else if (const auto* climb = std::get_if<ast::Climb>(&term.node)) {
      Context context;
      context.module = module;
      require_name(climb->authority, "authority");
      member.kind = plan::MemberKind::climb;
      member.text = climb->authority.text;
      member.value = required(*climb->above, context);
      if (type_of(member.value).base != Base::person && type_of(member.value).base != Base::unknown) {
        mismatch(climb->above->span,
                 fmt::format("managers stand above a person, this is {}", name_of(type_of(member.value))));
      }
      member.covers = required(*climb->covers, context);
      const Base base = type_of(member.covers).base;
      if (base != Base::integer && base != Base::decimal && base != Base::percent && base != Base::money &&
          base != Base::unknown) {
        mismatch(climb->covers->span, fmt::format("an authority is a limit on a number, percent or amount, this is {}",
                                                  name_of(type_of(member.covers))));
      }
    } else {
      member = person_value(std::get<ast::PersonValue>(term.node).name, module);
      if (member.kind == plan::MemberKind::value && type_of(member.value).optional && i + 1 == decl.terms.size()) {
        require_present(member.value);
      }
    }
    member.span = term.span;
    terms.push_back(std::move(member));
  }
  policy_.approvers[approver].members = std::move(terms);
}

std::vector<checked::Member> Checker::members(const ast::Member& tree, std::size_t module) {
  std::vector<checked::Member> result;
  std::uint32_t weight = 1;
  if (!tree.worth.empty()) {
    const auto votes = whole(tree.worth, 1, max_votes);
    if (!votes)
      sink_.report(Code::bad_count, tree.worth_span,
                   fmt::format("a member is worth a whole number from 1 to {}", max_votes));
    weight = votes.value_or(1);
  }
  const auto put = [&](checked::Member member) {
    member.weight = weight;
    result.push_back(std::move(member));
  };
  if (const auto* people = std::get_if<ast::People>(&tree.node)) {
    for (const ast::Word& person : people->ids) {
      require_name(person, "person");
      checked::Member member{};
      member.kind = plan::MemberKind::person;
      member.text = person.text;
      member.span = person.span;
      put(std::move(member));
    }
  } else if (const auto* role = std::get_if<ast::NamedRole>(&tree.node)) {
    require_name(role->role, "role");
    checked::Member member{};
    member.kind = plan::MemberKind::role;
    member.text = role->role.text;
    member.span = tree.span;
    put(std::move(member));
  } else {
    checked::Member member = person_value(std::get<ast::PersonValue>(tree.node).name, module);
    if (member.kind == plan::MemberKind::value) require_present(member.value);
    put(std::move(member));
  }
  return result;
}

void Checker::check_group(checked::ApproverId approver, const ast::GroupDecl& decl, std::size_t module) {
  using Kind = ast::Quorum::Kind;
  std::vector<checked::Member> all;
  std::vector<checked::Member> vetoes;
  std::map<std::pair<plan::MemberKind, std::string>, Span> known;
  for (const ast::Member& tree : decl.members) {
    for (checked::Member& member : members(tree, module)) {
      const auto [other, fresh] = known.try_emplace({member.kind, member.text}, member.span);
      if (!fresh && !member.text.empty()) {
        sink_
            .report(Code::doubled_member, member.span,
                    fmt::format("\"{}\" stands twice in `{}`", member.text, decl.name.text))
            .label(other->second, "here too");
      }
      all.push_back(std::move(member));
    }
  }
  for (const ast::Member& tree : decl.vetoes) {
    for (checked::Member& member : members(tree, module)) vetoes.push_back(std::move(member));
  }
  checked::Approver& group = policy_.approvers[approver];
  group.quorum = static_cast<plan::QuorumKind>(decl.quorum.kind);
  std::uint32_t votes = 0;
  bool people_only = true;  // then the number of votes is known here
  for (const checked::Member& member : all) {
    people_only = people_only && member.kind == plan::MemberKind::person;
    votes = std::min(votes + member.weight, max_votes);
  }
  if (decl.quorum.kind == Kind::number || decl.quorum.kind == Kind::points || decl.quorum.kind == Kind::percent) {
    const std::uint32_t most = decl.quorum.kind == Kind::percent ? 100 : max_votes;
    const auto amount = whole(decl.quorum.amount, 1, most);
    if (!amount) {
      sink_.report(Code::bad_quorum, decl.quorum.span, fmt::format("a quorum is a whole number from 1 to {}", most))
          .help(decl.quorum.kind == Kind::percent ? "percent of all members' votes, rounded up" : "");
    }
    group.amount = amount.value_or(1);
    if (people_only && decl.quorum.kind != Kind::percent && group.amount > votes) {
      sink_
          .report(Code::bad_quorum, decl.quorum.span, fmt::format("{} of {} can never be reached", group.amount, votes))
          .help("ask for fewer, or name more members");
    }
  }
  group.members = std::move(all);
  group.vetoes = std::move(vetoes);
}

// approver a = b, approver b = a: no end. Groups in groups are walked through too. The runtime resolves
// an approver as it is written out: that is bounded here.
void Checker::check_approver_cycles() {
  enum class Visit : std::uint8_t { fresh, busy, done };
  std::vector<Visit> marks(policy_.approvers.size(), Visit::fresh);
  std::vector<std::uint32_t> depth(policy_.approvers.size(), 1);
  std::vector<std::uint32_t> size(policy_.approvers.size(), 1);
  struct Frame { std::size_t approver, member; };
  for (std::size_t root = 0; root < marks.size(); ++root) {
    if (marks[root] != Visit::fresh) continue;
    std::vector<Frame> stack{{root, 0}};
    marks[root] = Visit::busy;
    while (!stack.empty()) {
      Frame& top = stack.back();
      checked::Approver& approver = policy_.approvers.items[top.approver];
      const std::size_t own = approver.members.size();
      if (top.member == own + approver.vetoes.size()) {
        marks[top.approver] = Visit::done;
        stack.pop_back();
        continue;
      }
      const std::size_t i = top.member;
      const checked::Member& member = i < own ? approver.members[i] : approver.vetoes[i - own];
      const auto next = static_cast<std::size_t>(member.approver);
      if (member.kind != plan::MemberKind::approver || marks[next] == Visit::done) {
        ++top.member;
        const bool named = member.kind == plan::MemberKind::approver;
        if (named) depth[top.approver] = std::max(depth[top.approver], depth[next] + 1);
        size[top.approver] += named ? size[next] : 1;
        if (depth[top.approver] <= plan::max_approver_depth && size[top.approver] <= plan::max_approver_size) continue;
        if (size[top.approver] > plan::max_approver_size) {
          sink_.report(Code::too_complex, member.span,
                       fmt::format("with all approvers written out `{}` has more than {} members", approver.name,
                                   plan::max_approver_size));
        } else {
          too_deep("approvers", member.span);
        }
        depth[top.approver] = size[top.approver] = 1;  // once for each so many
        continue;
      }
      if (marks[next] == Visit::busy) {
        sink_
            .report(Code::circular_definition, member.span,
                    fmt::format("`{}` would be its own member", policy_.approvers.items[next].name))
            .label(policy_.approvers.items[next].span, "declared here");
        return;
      }
      marks[next] = Visit::busy;  // this member again when it is done
      stack.push_back({next, 0});
    }
  }
}

checked::Duration Checker::duration(const ast::Literal& literal, Span at, std::size_t module) {
  struct Unit { std::string_view name; plan::Type type; std::uint32_t factor; };
  constexpr Unit units[] = {{"minute", plan::Type::minutes, 1}, {"hour", plan::Type::minutes, 60},
                            {"day", plan::Type::days, 1},       {"week", plan::Type::days, 7},
                            {"month", plan::Type::months, 1},   {"year", plan::Type::months, 12},
                            {"business day", plan::Type::business_days, 1}};
  checked::Duration result;
  const auto amount = whole(literal.text, 0, max_duration);
  if (!amount) sink_.report(Code::bad_duration, at, fmt::format("a duration is a whole number up to {}", max_duration));
  const Unit* found = nullptr;
  for (const Unit& unit : units) {
    if (unit.name == literal.unit) found = &unit;
  }
  if (found == nullptr) {
    sink_.report(Code::bad_duration, at, fmt::format("there are no {}s", literal.unit))
        .help("business time is counted in business days");
    return result;
  }
  result.amount = amount.value_or(1) * found->factor;
  result.unit = found->type;
  if (literal.calendar) {
    if (found->type != plan::Type::business_days) {
      sink_.report(Code::bad_duration, literal.calendar->span, "only business days are counted by a calendar");
    } else if (const Symbol* symbol = find(module, Space::calendar, *literal.calendar)) {
      refer(*literal.calendar, *symbol);
      result.calendar = static_cast<std::int32_t>(symbol->index);
    }
  }
  return result;
}

void Checker::check_steps() {
  each_item<ast::StepDecl>([&](std::size_t module, const ast::Item&, const ast::StepDecl& decl) {
    const Symbol* symbol = find(module, Space::who, decl.target);
    if (symbol == nullptr) return;
    refer(decl.target, *symbol);
    if (symbol->kind != Symbol::Kind::approver) {
      sink_.report(Code::wrong_kind, decl.target.span,
                   fmt::format("`{}` is a chain: settings belong to its approvers", text(decl.target.span)));
      return;
    }
    for (const ast::Setting& tree : decl.settings) {
      using Kind = ast::Setting::Kind;
      using Made = plan::SettingKind;
      checked::Setting setting{};
      setting.span = tree.span;
      if (tree.after) {
        setting.after = duration(*tree.after, tree.after_span, module);
        if (setting.after.amount == 0)
          sink_.report(Code::bad_duration, tree.after_span, "a timer needs some time to run");
      }
      if (tree.every) {
        setting.every = duration(*tree.every, tree.every_span, module);
        if (setting.every.amount == 0)
          sink_.report(Code::bad_duration, tree.every_span, "a timer needs some time to run");
      }
      if (!tree.target.parts.empty()) {
        const Symbol* target = find(module, Space::who, tree.target);
        if (target != nullptr) refer(tree.target, *target);
        if (target != nullptr && target->kind == Symbol::Kind::approver)
          setting.target = id<checked::ApproverId>(*target);
        else if (target != nullptr)
          sink_.report(Code::wrong_kind, tree.target.span,
                       fmt::format("`{}` is a chain, not an approver", text(tree.target.span)));
      }
      switch (tree.kind) {
        case Kind::remind: setting.kind = Made::remind; break;
        case Kind::escalate:
          setting.kind = Made::escalate;
          setting.flag = tree.replacing;
          break;
        case Kind::expire:
          setting.kind = Made::expire;
          if (tree.word && tree.word->text != "rejected" && tree.word->text != "withdrawn") {
            sink_
                .report(Code::bad_setting, tree.word->span,
                        fmt::format("a step cannot expire as `{}`", tree.word->text))
                .help("write `as rejected` or `as withdrawn`");
          }
          setting.flag = tree.word && tree.word->text == "withdrawn";
          break;
        case Kind::silence: setting.kind = Made::silence; break;
        case Kind::explicit_vote: setting.kind = Made::explicit_vote; break;
        case Kind::reject_ends: setting.kind = Made::reject_ends; break;
        case Kind::reject_collects: setting.kind = Made::reject_collects; break;
        case Kind::reject_returns: setting.kind = Made::reject_returns; break;
        case Kind::may_decide:
          if (tree.word->text == "submitter") setting.kind = Made::submitter_may;
          else if (tree.word->text == "owner") setting.kind = Made::owner_may;
          else if (tree.word->text == "editor") setting.kind = Made::editor_may;
          else {
            sink_.report(Code::bad_setting, tree.word->span, fmt::format("nobody here is called `{}`", tree.word->text))
                .help("write `submitter`, `owner` or `editor`");
            continue;
          }
          break;
      }
      auto& settings = policy_.approvers[id<checked::ApproverId>(*symbol)].settings;
      const auto rejection = [](Made kind) {
        return kind == Made::reject_ends || kind == Made::reject_collects || kind == Made::reject_returns;
      };
      for (const checked::Setting& other : settings) {
        const bool many = setting.kind == Made::remind || setting.kind == Made::escalate;
        if ((other.kind == setting.kind && !many) || (rejection(other.kind) && rejection(setting.kind))) {
          sink_.report(Code::doubled_clause, tree.span, "this step has such a setting already")
              .label(other.span, "the other one");
        }
      }
      if (settings.size() == plan::max_settings) {
        sink_.report(Code::too_complex, tree.span, fmt::format("a step has more than {} settings", plan::max_settings));
        return;
      }
      settings.push_back(std::move(setting));
    }
  });
}

}  // namespace assent::compiler
