// A graph of steps as a person draws it: in series, in parallel. Entries: path_tree, algebra, draw.
//
// A set of steps falls apart in parallel where nothing of one part is ordered against anything of
// the others; in series, where everything of one part comes before everything of the next. The parts
// fall apart in their turn, in one way only. A set that does neither is woven, and is shown step by
// step with what each waits for.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tools/path_graph.h"

namespace assent::command {

struct PathTree {
  enum class Kind : std::uint8_t { step, series, parallel, woven };
  Kind kind = Kind::parallel;
  std::uint32_t step = 0;        // if kind is step
  std::vector<PathTree> parts;   // otherwise; those of woven are steps. No steps: an empty parallel
};

// Larger graphs are shown as woven: the work grows with the cube, and nobody reads such a tree.
inline constexpr std::size_t max_tree_steps = 1024;

PathTree path_tree(const PathGraph& graph);

// "rep_manager then (deal_desk and finance)"; a woven part is "[a, b, c after a, d after a and b]".
std::string algebra(const PathTree& tree, const PathGraph& graph);

// The same for every order in which parallel parts can be written: equal iff the two graphs are the
// same but for the numbers of their steps. Only for trees without woven parts.
std::string canonical(const PathTree& tree, const PathGraph& graph);
bool has_woven(const PathTree& tree);

// What is said of a step in at most `width` cells; the first line stands beside its dot.
using StepLines = std::function<std::vector<std::string>(std::uint32_t step, std::size_t width)>;

// The tree from top to bottom, without line ends:
//
//   ● rep_manager
//   │
//   ┢━━ in parallel
//   ┣━━ ● deal_desk
//   ┣━━ ● finance
//   ┡━━ when all are done
//   │
//   ● vp_sales
std::vector<std::string> draw(const PathTree& tree, const PathGraph& graph, const StepLines& lines,
                              std::size_t width);

// With nothing but the names.
std::vector<std::string> draw(const PathTree& tree, const PathGraph& graph);

}  // namespace assent::command
