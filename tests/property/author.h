// The author of a random policy; internal to tests/property. Entry: Author::write.
//
// It keeps what is declared so far, and makes each expression from what is in scope. Pieces of text
// are primaries of the grammar (names, calls, or in parentheses), so that they fit anywhere.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/property/generate.h"

namespace assent::generate {

using Paths = std::set<std::string>;

struct Piece {
  std::string text;
  bool constant = false;  // made of literals alone: it must not be an operation that always fails
  int loops = 0;          // lists walked through inside each other
  Paths doubted = {};     // what it takes as perhaps absent: an error where it is known to be there
  Paths if_true = {}, if_false = {};  // what is there if it is true, or false
};

// A value that has a name, or a path of names: in scope.
struct Named {
  std::string text;
  Shape shape;
  bool constant = false;
  int loops = 0;
  std::vector<Shape> parameters;  // of a function
};

struct Scope {
  std::vector<Named> names;       // variables and parameters
  Paths present;                  // optional values that are known to be there
  int loops = 0;
};

class Author {
 public:
  explicit Author(Random& random) : random_(random) {}
  Policy write();

 private:
  Random& random_;
  Policy out_;
  std::vector<Named> facts_, functions_;
  std::vector<std::string> calendars_;
  std::vector<std::string> approvers_, groups_, chains_;
  std::vector<std::string> rules_;  // that orderings may name
  int names_ = 0;
  bool chained_ = false;  // the path at hand has a chain in it

  std::string fresh(std::string_view stem) { return std::string(stem) + std::to_string(++names_); }
  bool chance(int percent) { return random_.chance(percent); }
  std::string any_of(const std::vector<std::string>& words) { return random_.pick(words); }
  Kind any_kind(const std::vector<Kind>& kinds) { return random_.pick(kinds); }
  void line(std::string text) { out_.source += std::move(text) += '\n'; }
  std::string title() { return chance(50) ? "" : " \"" + any_of({"Über, all", "Why not", "x"}) + "\""; }

  // ── author_records.cpp ──────────────────────────────────────────────────────────────────
  void write_calendars();
  void write_records();
  void write_record(const RecordShape& record);
  RecordShape record(std::size_t number, bool root);
  FieldShape field(Shape shape);
  Shape random_shape(std::size_t records);
  Shape choice_shape();
  std::string type_text(Shape shape) const;

  // ── author_values.cpp ───────────────────────────────────────────────────────────────────
  Piece value(Shape wanted, int depth, const Scope& scope);  // one that is there
  Piece varying(Shape wanted, int depth, const Scope& scope);
  Piece leaf(Shape wanted, const Scope& scope);
  Piece literal(Shape wanted);
  Piece composite(Shape wanted, int depth, const Scope& scope);
  Piece number(Shape wanted, int depth, const Scope& scope);
  Piece counted(Shape wanted, int depth, const Scope& scope);
  Piece money(int depth, const Scope& scope);
  Piece percent(int depth, const Scope& scope);
  Piece text(int depth, const Scope& scope);
  Piece moment(Shape wanted, int depth, const Scope& scope);
  Piece duration(Shape wanted, int depth, const Scope& scope);
  Piece sum(Shape wanted, int depth, const Scope& scope);
  Piece rounded(Shape wanted, int depth, const Scope& scope);
  std::optional<Piece> maybe(Shape wanted, int depth, const Scope& scope);  // one that may be absent
  std::optional<Piece> otherwise(Shape wanted, int depth, const Scope& scope);  // … else …
  std::optional<Piece> call(Shape result, int depth, const Scope& scope);
  static Piece in_brackets(const std::vector<Piece>& pieces, const std::vector<std::string>& between);
  static Piece applied(const std::string& function, const std::vector<Piece>& arguments);

  static Piece named(const Named& name);

  // ── author_logic.cpp ────────────────────────────────────────────────────────────────────
  std::vector<Named> in_scope(const Scope& scope) const;
  const Named& one_of(const std::vector<Named>& names, const Scope& scope);
  std::vector<Named> matching(const Scope& scope, Shape wanted) const;
  Piece condition(int depth, const Scope& scope);
  Piece comparison(int depth, const Scope& scope);
  Piece text_relation(int depth, const Scope& scope);
  Piece choice_relation(const Scope& scope);
  Piece presence(const Scope& scope, int depth);
  Piece junction(int depth, const Scope& scope);
  Piece compared(const Named& with, int depth, const Scope& scope);
  Piece guarded(int depth, const Scope& scope);
  static Piece test(const std::string& path, const std::string& words);
  static Piece negated(Piece piece);
  static Piece joined(std::vector<Piece> pieces, bool together);
  static void learn(Piece& piece, const Paths& news, const Paths& doubted, Scope& scope);
  Piece quantifier(int depth, const Scope& scope);
  std::optional<Named> list(const Scope& scope, std::optional<Shape> wanted = {});
  struct Loop {  // "v1 in quote.lines where …"
    std::string text;
    Scope inside;
    int loops = 0;
    Paths doubted;
  };
  Loop loop(const Named& list, int depth, const Scope& scope);
  std::optional<Piece> aggregate(std::string function, Shape body, int depth, const Scope& scope);
  static Piece over_rows(const std::string& before, const Loop& rows, const std::string& after,
                         const Piece& body);
  std::optional<std::string> optional_path(const Scope& scope);

  // ── author_paths.cpp ────────────────────────────────────────────────────────────────────
  void write_approvers();
  void write_groups();
  void write_chains();
  void write_steps();
  void write_orderings();
  std::string person_term(bool last);
  std::string member(std::vector<std::string>& used);
  std::string path(int depth, const Scope& scope, std::size_t first = 0);
  std::string time();

  // ── author_rules.cpp ────────────────────────────────────────────────────────────────────
  void write_facts();
  void write_functions();
  void write_rule();
  void write_ladder();
  void finish_rule(const std::string& name, const std::string& text);
  void write_otherwise();
  std::string clauses(Scope& scope, bool must_say_when);
  std::string window(const Scope& scope);
  std::string states();
  std::string reapproval();
  std::string bound(Shape by, const std::string& unit, std::int64_t hundredths);
};

std::string without_brackets(std::string text);

}  // namespace assent::generate
