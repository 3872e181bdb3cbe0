// `test` and `testing` blocks, checked against the policy that they stand beside. Entry: check_tests.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

void Checker::check_tests() {
  ast::TestDecl common{};
  const auto inherit = [](std::optional<ast::Word>& own, const std::optional<ast::Word>& shared) {
    if (!own) own = shared;
  };
  for (const ast::Item& item : modules_[0].tree.items) {
    const auto* decl = std::get_if<ast::TestDecl>(&item.node);
    if (decl == nullptr || !decl->title.text.empty()) continue;
    if (decl->given || !decl->expectations.empty()) {
      sink_.report(Code::misplaced_clause, item.span, "`testing` says what all tests share")
          .help("put `given` and `expect` into a `test`");
    }
    inherit(common.directory, decl->directory);
    inherit(common.rates, decl->rates);
    inherit(common.today, decl->today);
    inherit(common.state, decl->state);
  }
  for (const ast::Item& item : modules_[0].tree.items) {
    const auto* decl = std::get_if<ast::TestDecl>(&item.node);
    if (decl == nullptr || decl->title.text.empty()) continue;
    checked::Test made = test(*decl, item.span);
    const auto word = [&](const std::optional<ast::Word>& own, const std::optional<ast::Word>& shared) {
      return own ? own->text : shared ? shared->text : std::string{};
    };
    made.directory = word(decl->directory, common.directory);
    made.rates = word(decl->rates, common.rates);
    made.state = word(decl->state, common.state);
    const std::optional<ast::Word>& today = decl->today ? decl->today : common.today;
    if (today) {
      made.today = parse_date(today->text);
      if (!made.today) sink_.report(Code::bad_date, today->span, fmt::format("there is no day {}", today->text));
    }
    constexpr std::string_view states[] = {"draft", "pending", "approved", "rejected", "recalled", "expired"};
    const std::optional<ast::Word>& state = decl->state ? decl->state : common.state;
    if (state && std::find(std::begin(states), std::end(states), state->text) == std::end(states)) {
      sink_.report(Code::unknown_state, state->span, fmt::format("there is no state `{}`", state->text))
          .help("the states are draft, pending, approved, rejected, recalled and expired");
    }
    tests_.push_back(std::move(made));
  }
}

checked::Test Checker::test(const ast::TestDecl& decl, Span at) {
  checked::Test made;
  made.title = decl.title.text;
  made.span = at;
  if (!decl.given) {
    sink_.report(Code::test_without_quote, decl.title.span, "the test does not say which quote it decides")
        .help("add `given \"quote.json\"`");
  } else {
    made.quote = decl.given->file.text;
    for (const ast::Edit& each : decl.given->edits) {
      if (auto edited = edit(each)) made.edits.push_back(std::move(*edited));
    }
  }
  if (decl.expectations.empty()) {
    sink_.report(Code::test_without_expectation, decl.title.span, "the test expects nothing")
        .help("add `expect approved`, `expect path …` or the like");
  }
  for (const ast::Expectation& each : decl.expectations) made.expectations.push_back(expectation(each));
  return made;
}

// The value as the quote's JSON would write it.
std::string Checker::json_of(ExprId value) const {
  const checked::Expr& e = policy_.exprs[value];
  if (e.op == Op::negate) {
    const std::string inner = json_of(e.children[0]);
    return inner == "0" ? inner : "-" + inner;
  }
  const checked::Literal& literal = policy_.literals[e.ref];
  const auto quoted = [](std::string_view text) {
    std::string json = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') json += '\\';
      if (c == '\n') json += "\\n";
      else if (c == '\t') json += "\\t";
      else json += c;
    }
    return json + "\"";
  };
  switch (e.type.base) {
    case Base::boolean: return is_zero(literal.number) ? "false" : "true";
    case Base::text: case Base::choice: case Base::person: case Base::currency: return quoted(literal.text);
    case Base::date: return quoted(assent::text(Date{static_cast<std::int32_t>(literal.number.coefficient)}));
    case Base::instant: return quoted(assent::text(Instant{static_cast<std::int64_t>(literal.number.coefficient)}));
    default: return assent::text(literal.number);
  }
}

std::optional<checked::TestEdit> Checker::edit(const ast::Edit& tree) {
  checked::TestEdit made{{}, "null", tree.span};
  Type type{Base::record};
  type.index = static_cast<std::uint32_t>(policy_.input);
  if (!input_known_) return std::nullopt;
  for (const ast::EditStep& step : tree.target) {
    if (type.base == Base::unknown) return std::nullopt;
    if (type.base != Base::record || type.list) {
      sink_
          .report(Code::unknown_field, step.name.span,
                  fmt::format("{} has no field `{}`", name_of(type), step.name.text))
          .help(type.list ? "say which element: `lines[0].discount`" : "");
      return std::nullopt;
    }
    const auto id = static_cast<checked::RecordId>(type.index);
    const checked::Record& record = policy_.records[id];
    const auto field = field_index(id, step.name.text);
    if (!field) {
      std::vector<std::string_view> names;
      for (const checked::Field& each : record.fields) names.push_back(each.name);
      Report& report = sink_.report(Code::unknown_field, step.name.span,
                                    fmt::format("`{}` has no field `{}`", record.name, step.name.text));
      if (const auto near = meant(step.name.text, names)) report.help(fmt::format("did you mean `{}`?", *near));
      return std::nullopt;
    }
    refer(step.name.span, step.name.text, Reference::Kind::field, record.fields[*field].span);
    made.path += (made.path.empty() ? "" : ".") + step.name.text;
    type = record.fields[*field].type;
    if (step.index) {
      made.path += fmt::format("[{}]", *step.index);
      if (!type.list) sink_.report(Code::not_a_list, step.name.span, fmt::format("`{}` is no list", step.name.text));
      type.list = false;
    }
  }
  if (type.list || type.base == Base::record) {
    mismatch(tree.span, fmt::format("one value is set here, this is {}", name_of(type)));
    return std::nullopt;
  }
  if (!tree.value) return made;
  Context context;
  const ExprId value = expr(*tree.value, context);
  Type wanted = type;
  wanted.optional = false;
  if (wanted.base == Base::person && type_of(value).base == Base::text) wanted.base = Base::text;
  convert(value, wanted);
  if (!assignable(type_of(value), wanted)) {
    mismatch(tree.value->span,
             fmt::format("`{}` is {}, this is {}", made.path, name_of(type), name_of(type_of(value))));
    return std::nullopt;
  }
  made.json = json_of(value);
  return made;
}

checked::ExpectedPath Checker::expected_path(const ast::Path& tree) {
  checked::ExpectedPath series{plan::PathKind::series, {}, {}};
  for (const ast::Stage& stage : tree.stages) {
    if (stage.when) {
      sink_.report(Code::misplaced_clause, stage.when->span, "an expected path has no conditions")
          .help("write the path that this quote gets");
    }
    checked::ExpectedPath parallel{plan::PathKind::parallel, {}, {}};
    for (const ast::Branch& branch : stage.branches) {
      if (const auto* inner = std::get_if<std::unique_ptr<ast::Path>>(&branch.node)) {
        parallel.children.push_back(expected_path(**inner));
        continue;
      }
      checked::ExpectedPath step;
      if (const auto* person = std::get_if<ast::NamedPerson>(&branch.node))
        step.approver = fmt::format("person \"{}\"", person->id.text);
      else if (const auto* role = std::get_if<ast::NamedRole>(&branch.node))
        step.approver = fmt::format("role \"{}\"", role->role.text);
      else if (const Symbol* symbol = find(0, Space::who, std::get<ast::Qualified>(branch.node))) {
        refer(std::get<ast::Qualified>(branch.node), *symbol);
        if (symbol->kind == Symbol::Kind::chain) {
          sink_.report(Code::wrong_kind, branch.span, fmt::format("`{}` is a chain", text(branch.span)))
              .help("write the steps that this quote gets from it");
        } else {
          step.approver = policy_.approvers[id<checked::ApproverId>(*symbol)].name;
        }
      }
      parallel.children.push_back(std::move(step));
    }
    series.children.push_back(std::move(parallel));
  }
  return series;
}

checked::Expectation Checker::expectation(const ast::Expectation& tree) {
  using Kind = ast::Expectation::Kind;
  checked::Expectation made{};
  made.kind = tree.kind;
  made.span = tree.span;
  if (tree.text) made.text = tree.text->text;
  if (tree.path) made.path = expected_path(*tree.path);
  for (const std::vector<ast::Word>& lines : tree.orders) {
    std::vector<std::string>& ids = made.orders.emplace_back();
    for (const ast::Word& line : lines) ids.push_back(line.text);
  }
  const bool of_orders = tree.kind >= Kind::orders;
  if (of_orders && !has_orders_ && !may_be_lost("orders")) {
    sink_.report(Code::no_orders, tree.span, "the policy has no `orders` block")
        .help("declare one, or leave the expectation out");
  }
  if (tree.kind == Kind::rule_applies || tree.kind == Kind::rule_does_not) {
    if (const Symbol* symbol = find(0, Space::rule, tree.rule)) {
      refer(tree.rule, *symbol);
      made.text = policy_.rules[id<checked::RuleId>(*symbol)].name;
    }
  }
  if (of_orders && tree.value) {
    Context context;
    made.value = expr(*tree.value, context);
    const Base wanted = tree.kind == Kind::order_amount ? Base::money : Base::date;
    if (type_of(*made.value).base != wanted && type_of(*made.value).base != Base::unknown)
      mismatch(tree.value->span, fmt::format("this is {}, not {}", name_of(type_of(*made.value)),
                                             wanted == Base::money ? "Money" : "a Date"));
  }
  if (tree.kind == Kind::value) {
    Context context;
    const ExprId subject = expr(*tree.subject, context);
    if (policy_.exprs[subject].op != Op::fact) {
      if (type_of(subject).base != Base::unknown)
        sink_.report(Code::wrong_kind, tree.subject->span, "a test looks at the value of a fact")
            .help("declare a fact for it");
      return made;
    }
    made.text = policy_.facts[static_cast<checked::FactId>(policy_.exprs[subject].ref)].name;
    const Type type = type_of(subject);
    if (tree.value) {
      const ExprId value = expr(*tree.value, context);
      comparable(subject, value, false, tree.span);
      made.value = value;
    } else if (!type.optional && type.base != Base::unknown) {
      sink_.report(Code::never_absent, tree.subject->span, fmt::format("`{}` is always there", made.text));
    }
  }
  return made;
}

}  // namespace assent::compiler
