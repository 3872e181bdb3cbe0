// Expressions that give numbers, money, texts, dates and people. Entries: Author::value,
// Author::varying, Author::maybe, Author::literal.
//
// An operation that can fail has an operand that varies: one of constants alone that always fails is
// an error at compile time.
#include <algorithm>

#include "runtime/value/date.h"
#include "tests/property/author.h"

namespace assent::generate {

namespace {

const std::vector<std::string> texts = {"SRV-1", "srv-1", "SRV-", "Straße", "STRASSE", "", "x",
                                        "ΣΊΣΥΦΟΣ", "σίσυφος", "Soft Ware", "-1", "ÄRGER", "ärger"};
const std::vector<std::string> signs = {" + ", " - "};
const std::vector<std::string> roundings = {"round", "round_even", "round_up", "round_down"};

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

std::string without_brackets(std::string text) {
  if (text.front() != '(') return text;
  int open = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '(') ++open;
    if (text[i] == ')' && --open == 0) return text;  // closed before the end
  }
  return text.substr(1, text.size() - 2);
}

// "(a + b - c)"
Piece Author::in_brackets(const std::vector<Piece>& pieces, const std::vector<std::string>& between) {
  Piece whole{"(", true, 0};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) whole.text += between[i - 1];
    whole.text += pieces[i].text;
    whole.constant = whole.constant && pieces[i].constant;
    whole.loops = std::max(whole.loops, pieces[i].loops);
    whole.doubted.insert(pieces[i].doubted.begin(), pieces[i].doubted.end());
  }
  whole.text += ")";
  return whole;
}

Piece Author::named(const Named& name) {
  Piece piece{name.text, name.constant, name.loops};
  if (name.shape.optional) piece.doubted.insert(name.text);
  return piece;
}

Piece Author::applied(const std::string& function, const std::vector<Piece>& arguments) {
  Piece whole = in_brackets(arguments, std::vector<std::string>(arguments.size(), ", "));
  whole.text = function + whole.text;
  return whole;
}

Piece Author::literal(Shape wanted) {
  static const std::vector<std::int64_t> wholes = {0, 1, 2, 3, 5, 7, 10, 12, 100, 1000};
  static const std::vector<std::int64_t> parts = {50, 125, 999, 1050, 333, 10000, 1};
  static const std::vector<std::int64_t> percents = {0, 500, 1000, 1250, 1500, 2000, 4000, 10000};
  const auto constant = [&](const std::vector<std::int64_t>& from) {
    out_.constants.hundredths.push_back(random_.pick(from));
    return decimal_text(out_.constants.hundredths.back());
  };
  const auto count = [&] { return std::to_string(random_.between(0, 12)); };
  const auto day = [&] {
    out_.constants.days.push_back(static_cast<std::int32_t>(random_.between(20440, 20480)));
    return assent::text(Date{out_.constants.days.back()});
  };
  switch (wanted.kind) {
    case Kind::boolean: return {chance(50) ? "true" : "false", true, 0};
    case Kind::integer:
      out_.constants.hundredths.push_back(random_.pick(wholes) * 100);
      return {decimal_text(out_.constants.hundredths.back()), true, 0};
    case Kind::decimal: return {constant(parts), true, 0};
    case Kind::percent: return {constant(percents) + "%", true, 0};
    case Kind::money: return {constant(chance(50) ? parts : percents) + " " + currency_code(random_), true, 0};
    case Kind::text: {
      out_.constants.texts.push_back(random_.pick(texts));
      return {in_quotes(out_.constants.texts.back()), true, 0};
    }
    case Kind::currency: return {in_quotes(currency_code(random_)), true, 0};
    case Kind::date: return {day(), true, 0};
    case Kind::instant: {
      const std::string date = day();
      return {date + any_of({"T09:30:00Z", "T23:59:59.250Z", "T00:00:00+02:00", "T12:00:00Z"}), true, 0};
    }
    case Kind::days: return {count() + any_of({" days", " day", " weeks"}), true, 0};
    case Kind::months: return {count() + any_of({" months", " year"}), true, 0};
    case Kind::minutes: return {count() + any_of({" minutes", " hours"}), true, 0};
    case Kind::business_days: {
      const std::string in = wanted.index == 0 ? "" : " in " + calendars_[wanted.index - 1];
      return {count() + " business days" + in, true, 0};
    }
    case Kind::choice: return {in_quotes(random_.pick(out_.choices[wanted.index].values)), true, 0};
    case Kind::person: case Kind::record: break;
  }
  return {};
}

Piece Author::leaf(Shape wanted, const Scope& scope) {
  const std::vector<Named> names = matching(scope, wanted);
  if (names.empty() || (wanted.kind < Kind::person && chance(25))) return literal(wanted);
  return named(one_of(names, scope));
}

Piece Author::value(Shape wanted, int depth, const Scope& scope) {
  if (depth <= 0 || chance(30)) return leaf(wanted, scope);
  return composite(wanted, depth, scope);
}

Piece Author::varying(Shape wanted, int depth, const Scope& scope) {
  for (int attempt = 0; depth > 0 && attempt < 2; ++attempt) {
    Piece piece = value(wanted, depth, scope);
    if (!piece.constant) return piece;
  }
  std::vector<Named> names = matching(scope, wanted);
  std::erase_if(names, [](const Named& name) { return name.constant; });
  if (!names.empty()) return named(one_of(names, scope));
  // Only business days of a calendar have no field.
  return in_brackets({literal(wanted), varying({Kind::integer}, 0, scope)}, {" * "});
}

Piece Author::composite(Shape wanted, int depth, const Scope& scope) {
  if (chance(15)) {
    if (auto piece = otherwise(wanted, depth, scope)) return *piece;
  }
  if (chance(15)) {
    if (auto piece = call(wanted, depth, scope)) return *piece;
  }
  switch (wanted.kind) {
    case Kind::boolean: return condition(depth, scope);
    case Kind::integer: case Kind::decimal: return number(wanted, depth, scope);
    case Kind::percent: return percent(depth, scope);
    case Kind::money: return money(depth, scope);
    case Kind::text: return text(depth, scope);
    case Kind::date: case Kind::instant: return wanted.kind == Kind::date && chance(20)
        ? applied("date", {varying({Kind::instant}, depth - 1, scope)}) : moment(wanted, depth, scope);
    case Kind::days: case Kind::months: case Kind::minutes: case Kind::business_days:
      return duration(wanted, depth, scope);
    case Kind::currency: case Kind::person: case Kind::choice: case Kind::record: break;
  }
  return leaf(wanted, scope);
}

std::optional<Piece> Author::otherwise(Shape wanted, int depth, const Scope& scope) {
  if (wanted.kind == Kind::record) return {};  // `else` chooses between values, not records
  Shape optional = wanted;
  optional.optional = true;
  const std::optional<Piece> perhaps = maybe(optional, depth - 1, scope);
  if (!perhaps) return {};
  std::vector<Piece> pieces{*perhaps};
  if (const auto second = chance(20) ? maybe(optional, depth - 1, scope) : std::nullopt) {
    pieces.push_back(*second);
  }
  pieces.push_back(value(wanted, depth - 1, scope));
  return in_brackets(pieces, {" else ", " else "});
}

std::optional<Piece> Author::maybe(Shape wanted, int depth, const Scope& scope) {
  wanted.optional = true;
  const std::vector<Named> names = matching(scope, wanted);
  const bool ordered = wanted.kind != Kind::business_days && wanted.kind >= Kind::integer &&
                       wanted.kind <= Kind::minutes && wanted.kind != Kind::text &&
                       wanted.kind != Kind::currency;
  Shape body = wanted;
  body.optional = false;
  if (ordered && (names.empty() || chance(40))) {
    const bool mean = wanted.kind == Kind::decimal || wanted.kind == Kind::percent || wanted.kind == Kind::money;
    const std::string function = mean && chance(40) ? "average" : chance(50) ? "min" : "max";
    if (auto piece = aggregate(function, body, depth, scope)) return piece;
  }
  if (chance(20)) {
    if (auto piece = call(wanted, depth, scope)) return piece;
  }
  if (names.empty()) return {};
  return named(one_of(names, scope));
}

std::optional<Piece> Author::call(Shape result, int depth, const Scope& scope) {
  std::vector<Named> fitting;
  for (const Named& each : functions_) {
    const Shape shape = each.shape;
    if (shape.kind == result.kind && shape.index == result.index && shape.list == result.list &&
        shape.optional == result.optional && each.loops + scope.loops <= 3) {
      fitting.push_back(each);
    }
  }
  if (fitting.empty()) return {};
  const Named function = random_.pick(fitting);
  std::vector<Piece> arguments;
  for (const Shape& parameter : function.parameters) {
    Shape there = parameter;
    there.optional = false;
    if (parameter.list) {
      const auto source = list(scope, parameter);
      if (!source) return {};
      arguments.push_back({source->text, false, source->loops});
    } else if (auto absent = parameter.optional && chance(70) ? maybe(parameter, 0, scope) : std::nullopt) {
      arguments.push_back(*absent);
    } else if (parameter.kind == Kind::record && matching(scope, there).empty()) {
      return {};
    } else {
      const bool literals = parameter.kind == Kind::business_days && chance(50);
      arguments.push_back(literals ? literal({Kind::business_days, random_.below(calendars_.size() + 1)})
                                   : varying(there, depth - 1, scope));
    }
  }
  Piece piece = applied(function.text, arguments);
  piece.constant = piece.constant || function.constant;
  piece.loops += function.loops;
  return piece;
}

Piece Author::sum(Shape wanted, int depth, const Scope& scope) {
  std::vector<Piece> pieces{varying(wanted, depth - 1, scope)};
  std::vector<std::string> between;
  for (int more = static_cast<int>(random_.between(1, 3)); more > 0; --more) {
    Piece next = value(wanted, depth - 1, scope);
    if (wanted.kind == Kind::integer && chance(20)) {  // a + b * c
      next = in_brackets({next, leaf(wanted, scope)}, {" * "});
      next.text = without_brackets(next.text);
    }
    pieces.push_back(next);
    between.push_back(any_of(signs));
  }
  return in_brackets(pieces, between);
}

Piece Author::rounded(Shape wanted, int depth, const Scope& scope) {
  const Piece inner = varying(wanted, depth - 1, scope);
  if (chance(20)) return applied("abs", {inner});
  if (chance(20)) return in_brackets({{"-", true, 0}, inner}, {""});
  const std::string digits = std::to_string(random_.between(0, 3));
  const Piece places = chance(15) ? varying({Kind::integer}, 0, scope)
                                  : Piece{chance(30) ? "-" + digits : digits, true, 0};
  return applied(any_of(roundings), {inner, places});
}

Piece Author::counted(Shape wanted, int depth, const Scope& scope) {
  const bool counts = wanted.kind == Kind::integer && chance(60);
  Shape body = wanted;
  if (counts) body = {static_cast<Kind>(random_.below(scalar_kinds - 1))};
  if (const auto piece = aggregate(counts ? (chance(60) ? "count" : "distinct") : "sum", body, depth, scope)) {
    return *piece;
  }
  return sum(wanted, depth, scope);
}

Piece Author::number(Shape wanted, int depth, const Scope& scope) {
  const auto varies = [&](Kind kind) { return varying({kind}, depth - 1, scope); };
  const bool whole = wanted.kind == Kind::integer;
  switch (random_.below(whole ? 7 : 10)) {
    case 0: return sum(wanted, depth, scope);
    case 1: return in_brackets({varies(wanted.kind), value(wanted, depth - 1, scope)}, {" * "});
    case 2: return counted(wanted, depth, scope);
    case 3: return rounded(wanted, depth, scope);
    case 4:
      if (whole) return applied("length", {varies(Kind::text)});
      return in_brackets({value(wanted, depth - 1, scope), varies(Kind::integer)}, {" / "});
    case 5:
      if (whole) return applied(any_of({"year", "month", "day"}), {varies(Kind::date)});
      return in_brackets({varies(Kind::money), varies(Kind::money)}, {" / "});
    case 6:
      if (whole) return applied("days", {varies(Kind::days)});
      return in_brackets({varies(Kind::percent), varies(Kind::percent)}, {" / "});
    case 7: return applied("number", {varies(Kind::percent)});
    case 8: return applied("amount", {varies(Kind::money)});
    default: return in_brackets({value(wanted, depth - 1, scope), varies(Kind::decimal)}, {" / "});
  }
}

Piece Author::percent(int depth, const Scope& scope) {
  const auto varies = [&](Kind kind) { return varying({kind}, depth - 1, scope); };
  switch (random_.below(7)) {
    case 0: return sum({Kind::percent}, depth, scope);
    case 1: return in_brackets({varies(Kind::percent), value({Kind::decimal}, depth - 1, scope)}, {" * "});
    case 2: return in_brackets({value({Kind::integer}, depth - 1, scope), varies(Kind::percent)}, {" * "});
    case 3: return in_brackets({varies(Kind::percent), value({Kind::percent}, depth - 1, scope)}, {" * "});
    case 4: return in_brackets({value({Kind::percent}, depth - 1, scope), varies(Kind::decimal)}, {" / "});
    case 5: return applied("percent", {varies(Kind::decimal)});
    default: return chance(50) ? counted({Kind::percent}, depth, scope) : rounded({Kind::percent}, depth, scope);
  }
}

Piece Author::money(int depth, const Scope& scope) {
  const auto varies = [&](Kind kind) { return varying({kind}, depth - 1, scope); };
  const auto code = [&] {
    const std::vector<Named> texts = matching(scope, {Kind::text});  // hardly ever a currency
    if (!texts.empty() && chance(3)) return named(one_of(texts, scope));
    return chance(70) ? literal({Kind::currency}) : leaf({Kind::currency}, scope);
  };
  switch (random_.below(9)) {
    case 0: return sum({Kind::money}, depth, scope);
    case 1: return in_brackets({varies(Kind::money), value({Kind::decimal}, depth - 1, scope)}, {" * "});
    case 2: return in_brackets({value({Kind::integer}, depth - 1, scope), varies(Kind::money)}, {" * "});
    case 3: return in_brackets({value({Kind::percent}, depth - 1, scope), varies(Kind::money)}, {" * "});
    case 4:
      return in_brackets({value({Kind::money}, depth - 1, scope), varies(chance(50) ? Kind::percent : Kind::decimal)},
                         {" / "});
    case 5: return applied("convert", {varies(Kind::money), code()});
    case 6: return applied("money", {varies(Kind::decimal), code()});
    case 7: return counted({Kind::money}, depth, scope);
    default: return rounded({Kind::money}, depth, scope);
  }
}

Piece Author::text(int depth, const Scope& scope) {
  if (chance(40)) return applied("currency", {varying({Kind::money}, depth - 1, scope)});
  return leaf({Kind::text}, scope);
}

// A date or an instant, moved.
Piece Author::moment(Shape wanted, int depth, const Scope& scope) {
  const bool day = wanted.kind == Kind::date;
  std::vector<Piece> pieces{day && chance(25) ? Piece{"today", false, 0} : varying(wanted, depth - 1, scope)};
  std::vector<std::string> between;
  for (int more = chance(25) ? 2 : 1; more > 0; --more) {
    Shape unit{day ? any_kind({Kind::days, Kind::months, Kind::business_days}) : Kind::minutes};
    if (unit.kind == Kind::business_days) unit.index = random_.below(calendars_.size() + 1);
    pieces.push_back(value(unit, depth - 1, scope));
    between.push_back(any_of(signs));
  }
  return in_brackets(pieces, between);
}

Piece Author::duration(Shape wanted, int depth, const Scope& scope) {
  const Piece count = value({Kind::integer}, depth - 1, scope);
  if (wanted.kind == Kind::days && chance(50)) {
    std::vector<Piece> pieces{varying({Kind::date}, depth - 1, scope), value({Kind::date}, depth - 1, scope)};
    if (chance(30)) pieces.push_back(value(wanted, depth - 1, scope));
    return in_brackets(pieces, {" - ", any_of(signs)});
  }
  if (chance(50)) return sum(wanted, depth, scope);
  if (chance(50)) return in_brackets({count, varying(wanted, depth - 1, scope)}, {" * "});
  return in_brackets({varying(wanted, depth - 1, scope), count}, {" * "});
}

}  // namespace assent::generate
