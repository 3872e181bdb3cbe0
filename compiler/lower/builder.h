// The parts of lower(): what is being built, and the keys by which equal things are found again.
// Internal to lower/.
#pragma once

#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/lower/lower.h"
#include "runtime/value/value.h"

namespace assent::compiler {

// Expressions after inlining, at most: a few lines of functions that call each other could make
// billions. 100 000 rules need about a million.
inline constexpr std::size_t max_lowered = 20'000'000;

// Expressions inside each other, facts and functions written out: bounds the stack. What is left of
// them has at most plan::max_depth operations.
inline constexpr std::size_t max_lowered_depth = 2 * plan::max_depth;

// Strings, positions and constants, each once. Entry points of tables.cpp.
class Tables {
 public:
  Tables(plan::Plan& plan, const SourceMap& sources) : plan_(plan), sources_(sources) {
    plan_.string_starts.push_back(0);
    string("");
  }
  std::uint32_t string(std::string_view text);
  plan::Position position(Span span);
  std::uint32_t constant(const Value& value, plan::Type type);
  bool too_long() const { return lines_ > plan::max_lines; }  // to say where things stand

 private:
  std::uint32_t wide(Int128 coefficient);


  plan::Plan& plan_;
  const SourceMap& sources_;
  std::unordered_map<std::string, std::uint32_t> strings_;
  std::map<std::tuple<std::int64_t, bool, std::int32_t, std::uint32_t, plan::Type>, std::uint32_t> constants_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint32_t> wides_;
  std::unordered_map<std::uint32_t, std::uint32_t> files_;  // the lines before each; at most max_modules
  std::uint32_t lines_ = 0;                                 // of all files so far
};

// The records of a table, each once.
template <typename T>
class Shared {
 public:
  std::uint32_t put(const T& record, std::vector<T>& table) {
    static_assert(std::has_unique_object_representations_v<T>, "no padding, which would tell equal ones apart");
    std::string bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &record, sizeof(T));
    const auto [it, fresh] = known_.try_emplace(std::move(bytes), static_cast<std::uint32_t>(table.size()));
    if (fresh) table.push_back(record);
    return it->second;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> known_;
};

// A record or list of the quote: which row it is of, and the fields that lead there from that row.
struct Spot {
  std::uint32_t table = 0;
  std::uint32_t frame = 0;
  std::vector<std::pair<checked::RecordId, std::uint32_t>> chain;  // record, field
};

// Tables, columns and, at the end, shapes. Entry points of quote.cpp.
class Quote {
 public:
  Quote(plan::Plan& plan, Tables& tables, const checked::Policy& policy, Sink& sink);

  // The column of a scalar field, or of a list's element (empty chain).
  std::uint32_t column(const Spot& spot);
  // The column that is true where the record at the end of the chain is there, or none if it always is.
  std::uint32_t there(Spot spot);
  std::uint32_t list(const Spot& spot, std::string_view row);  // the table of a list
  // The column of the quote's owner, whether or not a rule reads it; none if its record has no such field.
  std::uint32_t owner();
  void make_shapes();

 private:
  struct Row {
    checked::RecordId record;
    std::uint32_t parent;
    std::vector<std::pair<checked::RecordId, std::uint32_t>> chain;
    bool scalar;
    checked::Type element;
  };
  struct Shape;
  plan::Column column_at(const Spot& spot);    // of no type yet
  std::uint32_t presence(const Spot& spot);    // as there(), of a record that may be missing from its place
  bool always_there(const Spot& spot) const;   // of a record: it has no place of its own to be missing from
  std::uint32_t within(const Spot& spot);      // there() of the record around the end of the chain
  std::string path_of(const Spot& spot) const;
  std::string_view table_path(std::uint32_t table) const;  // of a table, from the quote
  std::vector<std::string> places(std::uint32_t table,
                                  const std::vector<std::pair<checked::RecordId, std::uint32_t>>& chain,
                                  bool into) const;
  std::uint32_t currency_column(std::uint32_t table, std::vector<std::pair<checked::RecordId, std::uint32_t>> chain);
  std::uint32_t write_shape(const Shape& shape);
  void too_complex(const std::vector<std::pair<checked::RecordId, std::uint32_t>>& chain, std::string message) const;

  plan::Plan& plan_;
  Tables& tables_;
  const checked::Policy& policy_;
  Sink& sink_;
  std::vector<Row> rows_;                          // as plan.tables
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> columns_, presences_, lists_;
  std::vector<std::pair<std::uint32_t, Spot>> placed_;  // columns and the spots that they are read from
  std::vector<std::pair<std::uint32_t, Spot>> placed_presences_;
};

// Expressions. Entry points of nodes.cpp.
class Nodes {
 public:
  // `node_of`, where not null: of each expression, its node; see lower().
  Nodes(plan::Plan& plan, Tables& tables, Quote& quote, const checked::Policy& policy, Sink& sink,
        std::vector<std::uint32_t>* node_of);

  // Which frame each loop variable stands on, and what a function's parameters are.
  struct Scope {
    struct Argument { checked::ExprId value; const Scope* scope; };
    std::vector<std::pair<checked::VariableId, Spot>> variables;
    std::vector<Argument> arguments;
    std::uint32_t depth = 0;  // frames in use
  };

  std::uint32_t node(checked::ExprId e, const Scope& scope);
  std::uint32_t conjunction(std::vector<std::uint32_t> operands);
  std::uint32_t negation(std::uint32_t operand, Span at);
  std::uint32_t compare(std::uint32_t left, std::uint32_t right, plan::Comparison comparison, Span at);
  std::uint32_t truth(bool value);

  // Opens a loop in `scope`: the variable's spot, and the frame that its owner's row stands on.
  struct Loop { std::uint32_t table, owner_frame, frame; };
  Loop open(const checked::Range& range, Scope& scope);
  Spot spot(checked::ExprId e, const Scope& scope);  // of an expression whose type is a record or list
  bool too_large() const { return too_large_; }

 private:
  std::uint32_t add(plan::Op op, plan::Type type, std::uint16_t detail, std::uint32_t a, std::uint32_t b, Span at);
  std::uint32_t add_many(plan::Op op, plan::Type type, std::uint16_t detail, const std::vector<std::uint32_t>& operands,
                         Span at);
  std::uint32_t add_loop(plan::Op op, plan::Type type, std::uint32_t where, std::uint32_t body, const Loop& loop,
                         Span at);
  std::uint32_t intern(const plan::Node& node, const std::vector<std::uint32_t>& operands, std::uint32_t depth,
                       Span at);
  std::uint32_t constant(const Value& value, plan::Type type, Span at);
  std::optional<Value> constant_at(std::uint32_t node) const;
  std::optional<std::uint32_t> folded(const Value& value, plan::Type type, Span at);
  std::uint32_t sums(checked::ExprId e, const Scope& scope);
  std::uint32_t sum_of(checked::Base base, bool minus, std::uint32_t left, std::uint32_t right, const checked::Expr& e,
                       const checked::Type& right_type);
  std::uint32_t product(checked::ExprId e, const Scope& scope);
  std::uint32_t builtin(const checked::Expr& e, const Scope& scope);
  std::uint32_t aggregate(const checked::Expr& e, const Scope& scope);
  std::uint32_t text_match(plan::Op op, const checked::Expr& e, const Scope& scope);

  plan::Plan& plan_;
  Tables& tables_;
  Quote& quote_;
  const checked::Policy& policy_;
  Sink& sink_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> known_;
  std::vector<std::uint32_t> depth_;          // of each node
  std::vector<std::uint32_t> fact_node_;      // of each checked fact, or none
  std::vector<std::uint32_t>* node_of_;
  std::size_t lowered_ = 0;
  std::size_t lowering_depth_ = 0;
  std::uint32_t node_inside(checked::ExprId e, const Scope& scope);
  bool too_large_ = false;
};

// The order of all steps, and the closed orderings; reports cycles. Entry points of path_graph.cpp.
struct OrderedSteps {
  std::vector<std::size_t> steps;
  std::vector<std::pair<checked::Entity, checked::Entity>> orderings;
};
std::optional<OrderedSteps> order_steps(const checked::Policy& policy, Sink& sink);

}  // namespace assent::compiler
