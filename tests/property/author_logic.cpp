// What is in scope, conditions, and loops over lists. Entries: Author::condition,
// Author::matching, Author::aggregate.
#include <algorithm>

#include "tests/property/author.h"

namespace assent::generate {

namespace {

constexpr int deepest_loops = 3;  // inside each other, in one expression and what it calls

// Collects a value and, of a record or a person, what it is made of.
struct Collector {
  const std::vector<RecordShape>& records;
  const std::set<std::string>& present;
  std::vector<Named>& out;

  void add(Named named, int managers) {
    if (present.contains(named.text)) named.shape.optional = false;
    out.push_back(named);
    if (named.shape.list) return;
    const auto below = [&](std::string_view name, Shape shape) {
      Named part = named;
      part.text += "." + std::string(name);
      shape.optional = !shape.list && (shape.optional || named.shape.optional);
      part.shape = shape;
      return part;
    };
    if (named.shape.kind == Kind::person) {
      add(below("id", {Kind::text}), 0);
      Shape name{Kind::text};
      name.optional = true;
      add(below("name", name), 0);
      Shape manager{Kind::person};
      manager.optional = true;
      if (managers > 0) add(below("manager", manager), managers - 1);
    }
    if (named.shape.kind != Kind::record) return;
    for (const FieldShape& field : records[named.shape.index].fields) {
      add(below(field.name, field.shape), managers);
    }
  }
};

}  // namespace

std::vector<Named> Author::in_scope(const Scope& scope) const {
  std::vector<Named> found;
  Collector collector{out_.records, scope.present, found};
  collector.add({"quote", {Kind::record, out_.records.size() - 1}, false, 0, {}}, 2);
  for (const Named& name : scope.names) collector.add(name, 1);
  for (const Named& fact : facts_) {
    if (fact.loops + scope.loops <= deepest_loops) collector.add(fact, 1);
  }
  return found;
}

// One of them, rather a variable or a parameter.
const Named& Author::one_of(const std::vector<Named>& names, const Scope& scope) {
  if (!scope.names.empty() && chance(60)) {
    std::vector<const Named*> near;
    for (const Named& name : names) {
      const auto owns = [&](const Named& own) {
        return name.text == own.text || name.text.starts_with(own.text + ".");
      };
      if (std::any_of(scope.names.begin(), scope.names.end(), owns)) near.push_back(&name);
    }
    if (!near.empty()) return *random_.pick(near);
  }
  return random_.pick(names);
}

std::vector<Named> Author::matching(const Scope& scope, Shape wanted) const {
  std::vector<Named> found = in_scope(scope);
  std::erase_if(found, [&](const Named& named) {
    const Shape shape = named.shape;
    const bool widened = wanted.kind == Kind::decimal && shape.kind == Kind::integer;
    const bool kind = shape.kind == wanted.kind || (widened && !wanted.optional && !wanted.list);
    return !kind || shape.index != wanted.index || shape.optional != wanted.optional ||
           shape.list != wanted.list;
  });
  return found;
}

std::optional<std::string> Author::optional_path(const Scope& scope) {
  std::vector<Named> found = in_scope(scope);
  std::erase_if(found, [](const Named& named) { return !named.shape.optional; });
  if (found.empty()) return {};
  return one_of(found, scope).text;
}

// ── conditions ───────────────────────────────────────────────────────────────────────────────
Piece Author::condition(int depth, const Scope& scope) {
  if (depth <= 0) return chance(80) ? comparison(0, scope) : leaf({Kind::boolean}, scope);
  switch (random_.below(12)) {
    case 0: case 1: case 2: return comparison(depth, scope);
    case 3: return text_relation(depth, scope);
    case 4: return choice_relation(scope);
    case 5: return presence(scope, depth);
    case 6: case 7: return junction(depth, scope);
    case 8: return guarded(depth, scope);
    case 9: case 10: return quantifier(depth, scope);
    default: {
      if (chance(50)) {
        const Piece who = varying({Kind::person}, depth - 1, scope);
        return applied("has_role", {who, {"\"" + role_name(random_) + "\"", true, 0}});
      }
      return negated(condition(depth - 1, scope));
    }
  }
}

Piece Author::comparison(int depth, const Scope& scope) {
  static const std::vector<Kind> kinds = {
      Kind::integer, Kind::decimal, Kind::percent, Kind::money,  Kind::money,         Kind::date,
      Kind::instant, Kind::days,    Kind::months,  Kind::minutes, Kind::business_days, Kind::boolean,
      Kind::person,  Kind::currency, Kind::integer, Kind::percent};
  static const std::vector<std::string> orders = {" < ", " <= ", " > ", " >= "};
  static const std::vector<std::string> equals = {" = ", " != ", " is ", " is not "};
  const Shape shape{any_kind(kinds)};
  const bool ordered = shape.kind != Kind::boolean && shape.kind != Kind::person && shape.kind != Kind::currency;
  const Piece left = chance(95) ? varying(shape, depth - 1, scope) : value(shape, depth - 1, scope);
  const Piece right = shape.kind != Kind::person && chance(55) ? literal(shape) : value(shape, depth - 1, scope);
  if (ordered && chance(15)) {
    const std::string is = any_of({" is between ", " is not between "});
    return in_brackets({left, right, value(shape, depth - 1, scope)}, {is, " and "});
  }
  if (chance(10)) {
    const std::string is = any_of({" is one of ", " is not one of "});
    return in_brackets({left, right, value(shape, depth - 1, scope)}, {is, ", "});
  }
  return in_brackets({left, right}, {ordered && chance(70) ? any_of(orders) : any_of(equals)});
}

Piece Author::text_relation(int depth, const Scope& scope) {
  static const std::vector<std::string> relations = {
      " = ", " != ", " is ", " is not ", " starts with ", " ends with ", " contains ",
      " does not start with ", " does not end with ", " does not contain ", " is one of "};
  std::vector<Piece> pieces{varying({Kind::text}, depth - 1, scope), value({Kind::text}, depth - 1, scope)};
  const std::string relation = any_of(relations);
  if (relation == " is one of ") pieces.push_back(literal({Kind::text}));
  Piece whole = in_brackets(pieces, {relation, ", "});
  if (chance(40)) whole.text.insert(whole.text.size() - 1, " ignoring case");
  return whole;
}

Piece Author::choice_relation(const Scope& scope) {
  std::vector<Named> found = in_scope(scope);
  std::erase_if(found, [](const Named& named) {
    return named.shape.kind != Kind::choice || named.shape.optional || named.shape.list;
  });
  const Named& left = one_of(found, scope);  // the quote has one
  Shape shape = left.shape;
  std::vector<Piece> pieces{{left.text, left.constant, left.loops}, leaf(shape, scope), literal(shape)};
  if (chance(20)) {
    return in_brackets({pieces[0], literal({Kind::text})}, {any_of({" starts with ", " contains "})});
  }
  const std::string relation = any_of({" is ", " is not ", " = ", " is one of ", " is not one of "});
  if (!relation.ends_with("of ")) pieces.pop_back();
  Piece whole = in_brackets(pieces, {relation, ", "});
  if (chance(25)) whole.text.insert(whole.text.size() - 1, " ignoring case");
  return whole;
}

// ── what is there ────────────────────────────────────────────────────────────────────────────
Piece Author::test(const std::string& path, const std::string& words) {
  Piece piece{"(" + path + words + ")", false, 0, {path}};
  (words == " is present" || words == " is not absent" ? piece.if_true : piece.if_false) = {path};
  return piece;
}

Piece Author::negated(Piece piece) {
  piece.text = "(not " + piece.text + ")";
  std::swap(piece.if_true, piece.if_false);
  return piece;
}

Piece Author::joined(std::vector<Piece> pieces, bool together) {
  const std::string word = together ? " and " : " or ";
  Piece whole = in_brackets(pieces, std::vector<std::string>(pieces.size(), word));
  for (const Piece& piece : pieces) {
    const Paths& news = together ? piece.if_true : piece.if_false;
    (together ? whole.if_true : whole.if_false).insert(news.begin(), news.end());
  }
  return whole;
}

// What the piece says to be there is known in all that stands beside it. Where that doubts it, it is
// kept a secret: a comparison tells nothing of its operands.
void Author::learn(Piece& piece, const Paths& news, const Paths& doubted, Scope& scope) {
  const bool clash = std::any_of(news.begin(), news.end(), [&](const std::string& path) {
    return std::any_of(doubted.begin(), doubted.end(), [&](const std::string& other) {
      return other == path || other.starts_with(path + ".");
    });
  });
  if (!clash) {
    scope.present.insert(news.begin(), news.end());
    return;
  }
  piece.text = "(" + piece.text + " = true)";
  piece.if_true.clear();
  piece.if_false.clear();
}

Piece Author::presence(const Scope& scope, int depth) {
  static const std::vector<std::string> words = {" is present", " is absent", " is not present",
                                                 " is not absent"};
  if (chance(25)) {
    const Shape shape{any_kind({Kind::integer, Kind::money, Kind::date, Kind::percent})};
    if (auto piece = maybe(shape, depth - 1, scope)) {
      if (piece->text.find('(') == std::string::npos) return test(piece->text, any_of(words));
      return in_brackets({*piece, {any_of(words), true, 0}}, {""});
    }
  }
  if (const auto path = optional_path(scope)) return test(*path, any_of(words));
  return comparison(depth, scope);
}

Piece Author::junction(int depth, const Scope& scope) {
  const bool together = chance(50);
  std::vector<Piece> pieces;
  Scope known = scope;
  Paths doubted;
  for (int parts = static_cast<int>(random_.between(2, 4)); parts > 0; --parts) {
    Piece next = condition(depth - 1, known);
    learn(next, together ? next.if_true : next.if_false, doubted, known);
    doubted.insert(next.doubted.begin(), next.doubted.end());
    pieces.push_back(next);
  }
  std::swap(pieces[0], pieces[random_.below(pieces.size())]);  // the order means nothing
  return joined(std::move(pieces), together);
}

// A test for presence, and something that relies on it.
Piece Author::guarded(int depth, const Scope& scope) {
  const auto path = optional_path(scope);
  if (!path) return comparison(depth, scope);
  const bool together = chance(60);
  Piece first = test(*path, any_of(together ? std::vector<std::string>{" is present", " is not absent"}
                                            : std::vector<std::string>{" is absent", " is not present"}));
  if (chance(25)) first = negated(test(*path, together ? " is absent" : " is present"));
  Scope inside = scope;
  inside.present.insert(*path);
  Piece rest = condition(depth - 1, inside);
  for (const Named& value : in_scope(inside)) {  // often, a comparison of that very value
    if (value.text == *path && chance(70)) rest = compared(value, depth, inside);
  }
  learn(rest, together ? rest.if_true : rest.if_false, first.doubted, inside);
  std::vector<Piece> pieces{first, rest};
  if (chance(50)) std::swap(pieces[0], pieces[1]);
  return joined(std::move(pieces), together);
}

Piece Author::compared(const Named& with, int depth, const Scope& scope) {
  const Kind kind = with.shape.kind;
  if (kind == Kind::record) return condition(depth - 1, scope);
  const bool ordered = kind == Kind::integer || kind == Kind::money || kind == Kind::percent || kind == Kind::date;
  const std::string relation = ordered ? any_of({" > ", " <= ", " = "}) : any_of({" is ", " is not "});
  return in_brackets({named(with), value(with.shape, depth - 1, scope)}, {relation});
}

// ── lists ────────────────────────────────────────────────────────────────────────────────────
std::optional<Named> Author::list(const Scope& scope, std::optional<Shape> wanted) {
  std::vector<Named> found = in_scope(scope);
  for (const Named& function : functions_) {
    if (!function.shape.list || function.parameters.size() != 1 || !chance(30)) continue;
    if (function.loops + scope.loops > deepest_loops) continue;
    for (const Named& argument : matching(scope, function.parameters[0])) {
      found.push_back({function.text + "(" + argument.text + ")", function.shape, false, function.loops, {}});
    }
  }
  std::erase_if(found, [&](const Named& named) {
    const bool other = wanted && (named.shape.kind != wanted->kind || named.shape.index != wanted->index);
    return !named.shape.list || other;
  });
  if (found.empty()) return {};
  return one_of(found, scope);
}

// The piece that walks through the list has the doubts of what stands in it.
Author::Loop Author::loop(const Named& list, int depth, const Scope& scope) {
  Loop loop{{}, scope, 0, {}};
  Named row{fresh("v"), list.shape, false, 0, {}};
  row.shape.list = false;
  loop.text = row.text + " in " + list.text;
  loop.inside.names.push_back(row);
  ++loop.inside.loops;
  loop.loops = 1 + list.loops;
  if (chance(45)) return loop;
  const auto path = chance(30) ? optional_path(loop.inside) : std::nullopt;
  const Piece where = path ? test(*path, " is present") : condition(depth - 1, loop.inside);
  loop.text += " where " + (path ? without_brackets(where.text) : where.text);
  loop.loops = 1 + std::max(list.loops, where.loops);
  loop.doubted = where.doubted;
  loop.inside.present.insert(where.if_true.begin(), where.if_true.end());
  return loop;
}

Piece Author::quantifier(int depth, const Scope& scope) {
  const auto over = scope.loops < 2 ? list(scope) : std::nullopt;
  if (!over) return comparison(depth, scope);
  const Loop rows = loop(*over, depth, scope);
  const Piece body = condition(depth - 1, rows.inside);
  const std::string word = any_of({"any ", "every ", "no "});
  return over_rows("(" + word, rows, " has " + body.text + ")", body);
}

// The text of a loop between two others, of which one is that of the body.
Piece Author::over_rows(const std::string& before, const Loop& rows, const std::string& after,
                        const Piece& body) {
  Piece piece{before + rows.text + after, false, std::max(rows.loops, 1 + body.loops), rows.doubted};
  piece.doubted.insert(body.doubted.begin(), body.doubted.end());
  return piece;
}

std::optional<Piece> Author::aggregate(std::string function, Shape body, int depth, const Scope& scope) {
  const auto over = scope.loops < 2 ? list(scope) : std::nullopt;
  if (!over) return {};
  if (function == "count" && chance(25)) return Piece{"count(" + over->text + ")", false, 1 + over->loops};
  const Loop rows = loop(*over, depth, scope);
  if (function == "count") return over_rows("count(", rows, ")", {});
  const Piece each = varying(body, std::min(depth - 1, 1), rows.inside);
  const std::string text = chance(50) ? without_brackets(each.text) : each.text;
  return over_rows(function + "(" + text + " for ", rows, ")", each);
}

}  // namespace assent::generate
