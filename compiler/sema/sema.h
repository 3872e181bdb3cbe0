// Names, types and checks. Entry: check, which turns the modules of a policy into checked tables and
// reports everything that is wrong with them. The tables are good only if the sink has no error.
//
// Files, in the order in which check() goes through them: names.cpp (what is declared, what a name
// means), records.cpp (types, records, calendars), exprs.cpp and operators.cpp (expressions),
// who.cpp (approvers, groups, steps), rules.cpp (rules, ladders), paths.cpp (paths, order), orders.cpp, timing.cpp,
// tests.cpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diag.h"
#include "compiler/sema/checked.h"

namespace assent::compiler {

struct LoadedModule {
  std::string name;                                       // dotted; of the root perhaps empty
  ast::Module tree;
  std::vector<std::pair<std::string, std::size_t>> uses;  // name by which it is called here, module
};

namespace checked {

// A path as a test draws it: approvers' names in series and in parallel.
struct ExpectedPath {
  plan::PathKind kind = plan::PathKind::step;
  std::string approver;
  std::vector<ExpectedPath> children;
};
struct Expectation {
  ast::Expectation::Kind kind{};
  std::string text;                   // part of a message; rule's or fact's name; may be empty
  std::optional<ExpectedPath> path;
  std::optional<ExprId> value;        // a literal; none means absent
  std::vector<std::vector<std::string>> orders;  // the ids of the lines of each
  Span span;
};
struct TestEdit { std::string path, json; Span span; };
struct Test {
  std::string title;
  std::string quote, directory, rates;  // files as written; directory and rates may be empty
  std::vector<TestEdit> edits;
  std::optional<Date> today;
  std::string state;
  std::vector<Expectation> expectations;
  Span span;
};

}  // namespace checked

// A word, and what it means: where that is declared.
struct Reference {
  enum class Kind : std::uint8_t {
    record, choice, input, fact, function, calendar, approver, chain, rule, field, variable, parameter, phase
  };
  Span at;        // the word; of `cpq.Quote` the last
  Span declared;  // the name in the declaration
  Kind kind{};
  friend bool operator==(const Reference&, const Reference&) = default;
};

struct Checked {
  checked::Policy policy;
  std::vector<checked::Test> tests;   // of the root module alone
  std::vector<Reference> references;  // if they are wanted: by place, each once; of what was understood
};

// `modules[0]` is the root; a module comes before those that it uses, or after: order means nothing.
Checked check(const std::vector<LoadedModule>& modules, const SourceMap& sources, Sink& sink, bool references = false);

std::string type_name(const checked::Policy& policy, const checked::Type& type);

// How the plan writes a type; `decimal` for what is no value.
plan::Type plan_type(const checked::Type& type);

}  // namespace assent::compiler
