// Facts, functions, rules, ladders and what is done otherwise. Entries: the write_ functions.
#include <algorithm>

#include "runtime/value/date.h"
#include "tests/property/author.h"

namespace assent::generate {

namespace {

constexpr int expression_depth = 3;

const std::vector<Kind> quantities = {Kind::integer, Kind::decimal, Kind::percent, Kind::money};

}  // namespace

// ── facts and functions ──────────────────────────────────────────────────────────────────────
void Author::write_facts() {
  static const std::vector<Kind> kinds = {
      Kind::boolean, Kind::integer, Kind::decimal, Kind::percent, Kind::money,  Kind::money,
      Kind::text,    Kind::date,    Kind::instant, Kind::days,    Kind::person, Kind::business_days};
  for (int more = static_cast<int>(random_.between(2, 6)); more > 0; --more) {
    Shape shape{any_kind(kinds)};
    const std::optional<Piece> perhaps =
        chance(35) ? maybe(shape, expression_depth, {}) : std::nullopt;
    shape.optional = perhaps.has_value();
    const Piece piece = perhaps ? *perhaps : value(shape, expression_depth, {});
    if (piece.loops > 3) continue;
    const std::string name = fresh("fact");
    const bool narrower = chance(30);  // said to be what it is, or to be perhaps absent
    if (narrower && chance(30)) shape.optional = true;
    const std::string type = narrower ? ": " + type_text(shape) : "";
    shape.optional = perhaps.has_value();
    line("fact " + name + type + " = " + without_brackets(piece.text));
    facts_.push_back({name, shape, piece.constant, piece.loops, {}});
  }
}

void Author::write_functions() {
  static const std::vector<Kind> kinds = {Kind::boolean, Kind::integer, Kind::decimal, Kind::percent,
                                          Kind::money,   Kind::text,    Kind::date,    Kind::person};
  for (int more = static_cast<int>(random_.between(1, 4)); more > 0; --more) {
    Named function{fresh("fun"), {any_kind(kinds)}, false, 0, {}};
    Scope scope;
    std::string parameters;
    for (int count = static_cast<int>(random_.between(1, 3)); count > 0; --count) {
      Shape shape{static_cast<Kind>(random_.below(scalar_kinds - 1))};
      if (chance(40)) shape = {Kind::record, random_.below(out_.records.size())};
      shape.list = shape.kind == Kind::record && chance(40);
      shape.optional = !shape.list && chance(25);
      const std::string name = fresh("a");
      parameters += (parameters.empty() ? "" : ", ") + name + ": " + type_text(shape);
      scope.names.push_back({name, shape, false, 0, {}});
      function.parameters.push_back(shape);
    }
    Piece body;
    if (chance(20)) {  // a list of the quote, or one record of two
      const auto found = list(scope);
      if (!found) continue;
      function.shape = found->shape;
      body = {found->text, false, found->loops};
    } else if (const auto absent = chance(25) ? maybe(function.shape, 2, scope) : std::nullopt) {
      function.shape.optional = true;
      body = *absent;
    } else {
      body = value(function.shape, 2, scope);
    }
    function.loops = body.loops;
    function.constant = body.constant;
    const std::string result =
        chance(40) && function.shape.kind != Kind::choice ? ": " + type_text(function.shape) : "";
    line("function " + function.text + "(" + parameters + ")" + result + " = " + without_brackets(body.text));
    functions_.push_back(function);
  }
}

// ── rules ────────────────────────────────────────────────────────────────────────────────────
std::string Author::window(const Scope& scope) {
  const auto day = [&](std::int64_t least, std::int64_t most) {
    out_.constants.days.push_back(static_cast<std::int32_t>(random_.between(least, most)));
    return assent::text(Date{out_.constants.days.back()});
  };
  std::string text = "  effective";
  const bool from = chance(70);
  if (from) text += (chance(50) ? " from " : " ") + day(20430, 20455);
  if (!from || chance(50)) text += " to " + day(20456, 20480);
  if (chance(60)) {
    Scope outside = scope;  // neither the rule's row nor what its conditions test is known here
    outside.names.clear();
    outside.present.clear();
    text += " on " + varying({Kind::date}, chance(40) ? 1 : 0, outside).text;
  }
  return text + "\n";
}

std::string Author::reapproval() {
  const std::string watched = random_.pick(matching({}, {Kind::money})).text;
  if (chance(30)) return "  reapprove always\n";
  if (chance(30)) return "  reapprove on any change of " + watched + ", today\n";
  return "  reapprove when " + watched + " > approved." + watched + "\n";
}

// The clauses before the consequences. What one of them tests for presence is known in all others.
std::string Author::clauses(Scope& scope, bool must_say_when) {
  std::vector<std::string> lines;
  if (const auto rows = chance(30) ? list(scope) : std::nullopt) {
    Loop each = loop(*rows, 2, scope);
    lines.push_back("  for each " + each.text + "\n");
    each.inside.loops = 1;
    scope = each.inside;
  }
  Paths doubted;
  const auto add = [&](const std::string& word, Piece piece, bool unless) {
    learn(piece, unless ? piece.if_false : piece.if_true, doubted, scope);
    doubted.insert(piece.doubted.begin(), piece.doubted.end());
    lines.push_back("  " + word + " " + without_brackets(piece.text) + "\n");
  };
  if (const auto path = chance(35) ? optional_path(scope) : std::nullopt) {
    if (chance(30)) add("unless", test(*path, " is absent"), true);
    else add("when", test(*path, " is present"), false);
  }
  if (chance(70)) add("when", condition(expression_depth, scope), false);
  if (chance(20)) add("when", condition(2, scope), false);
  if (chance(20)) add("unless", condition(2, scope), true);
  if (must_say_when && lines.empty()) lines.emplace_back("  always\n");
  if (chance(20)) lines.push_back(window(scope));
  if (chance(15)) lines.push_back(states());
  std::string text;
  while (!lines.empty()) {  // in any order
    const std::size_t next = random_.below(lines.size());
    text += lines[next];
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(next));
  }
  return text;
}

std::string Author::states() {
  static const std::vector<std::string> states = {"draft",    "pending",  "approved",
                                                  "rejected", "recalled", "expired"};
  const std::string first = (chance(50) ? "  states except " : "  states ") + any_of(states);
  return first + (chance(50) ? ", " + any_of(states) : "") + "\n";
}

// Rules that share a chain can hardly be put in order.
void Author::finish_rule(const std::string& name, const std::string& text) {
  line(text + "}");
  const bool shares = text.find("chain") != std::string::npos;
  if (!shares || chance(20)) rules_.push_back(name);
}

void Author::write_rule() {
  chained_ = false;
  const std::string name = fresh("rule");
  Scope scope;
  std::string text = "rule " + name + title() + " {\n" + clauses(scope, true);
  static const std::vector<std::string> messages = {"no \\\"way\\\"", "too much", "ça ne va pas"};
  for (int more = chance(25) ? 2 : 1; more > 0; --more) {
    const std::int64_t kind = random_.between(1, 100);
    if (kind <= 72) text += "  requires " + path(2, scope) + "\n";
    else if (kind <= 80) text += "  denies \"" + any_of(messages) + "\"\n";
    else text += "  warns \"" + any_of(messages) + "\"\n";
  }
  if (chance(15)) text += reapproval();
  finish_rule(name, text);
}

// A constant of the ladder's kind; sometimes a fact of that value, declared for it.
std::string Author::bound(Shape by, const std::string& unit, std::int64_t hundredths) {
  std::string text;
  switch (by.kind) {
    case Kind::percent: text = decimal_text(hundredths) + "%"; break;
    case Kind::money: text = decimal_text(hundredths) + " " + unit; break;
    case Kind::date: text = assent::text(Date{static_cast<std::int32_t>(20440 + hundredths / 100)}); break;
    case Kind::days: text = std::to_string(hundredths / 100) + " days"; break;
    default: text = decimal_text(by.kind == Kind::integer ? hundredths / 100 * 100 : hundredths); break;
  }
  if (!chance(20)) return text;
  const std::string name = fresh("limit");
  line("fact " + name + " = " + text);
  facts_.push_back({name, by, true, 0, {}});
  return name;
}

void Author::write_ladder() {
  static const std::vector<Kind> kinds = {Kind::integer, Kind::decimal, Kind::percent, Kind::money,
                                          Kind::money,   Kind::date,    Kind::days};
  chained_ = false;
  const std::string name = fresh("rule");
  const Shape by{any_kind(kinds)};
  const std::string unit = currency_code(random_);
  Scope scope;
  const std::string before = clauses(scope, false);
  std::string text = "ladder " + name + title() + " by " + varying(by, 2, scope).text + " {\n" + before;
  std::int64_t limit = random_.between(0, 3) * 500;
  for (int bands = static_cast<int>(random_.between(0, 3)); bands >= 0; --bands) {
    text += "  ";
    if (bands == 0) text += "above";
    else text += (chance(60) ? "up to " : "below ") + bound(by, unit, limit);
    out_.constants.hundredths.push_back(limit);
    limit += random_.between(1, 20) * 500;
    const std::int64_t kind = random_.between(1, 100);
    text += kind <= 20 ? " : no approval\n" : kind <= 30 ? " : denies \"band\"\n" : " : " + path(1, scope) + "\n";
  }
  finish_rule(name, text);
}

void Author::write_otherwise() {
  const std::int64_t kind = random_.between(1, 100);
  if (kind <= 15) return;
  if (kind <= 50) line(chance(70) ? "otherwise approve \"within \\\\ reach\"" : "otherwise approve");
  else if (kind <= 65) line("otherwise denies \"nothing fits\"");
  else line("otherwise requires " + path(2, {}));
}

Policy Author::write() {
  line("policy random" + title());
  write_calendars();
  write_records();
  for (int round = 0; round < 2; ++round) {
    write_facts();
    write_functions();
  }
  write_approvers();
  write_groups();
  write_chains();
  write_steps();
  for (int more = static_cast<int>(random_.between(2, 6)); more > 0; --more) {
    if (chance(70)) write_rule();
    else write_ladder();
  }
  write_orderings();
  write_otherwise();
  return std::move(out_);
}

Policy policy(Random& random) { return Author(random).write(); }

}  // namespace assent::generate
