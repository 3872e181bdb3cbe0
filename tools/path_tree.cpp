// See path_tree.h. Parallel parts are the components of "is ordered against", parts in series those
// of "is not ordered against": the modular decomposition of the order.
#include "tools/path_tree.h"

#include <algorithm>

#include "tools/text.h"

namespace assent::command {

namespace {

using Steps = std::vector<std::uint32_t>;  // ascending

// For every two steps whether the one comes before the other, directly or not.
class Order {
 public:
  explicit Order(const PathGraph& graph) : before_(graph.size(), std::vector<bool>(graph.size())) {
    for (std::uint32_t step = 0; step < graph.size(); ++step) {
      for (const std::uint32_t first : graph.after[step]) {
        before_[step][first] = true;
        for (std::uint32_t i = 0; i < first; ++i) {
          if (before_[first][i]) before_[step][i] = true;
        }
      }
    }
  }
  bool ordered(std::uint32_t a, std::uint32_t b) const {
    return before_[std::max(a, b)][std::min(a, b)];
  }
  bool before(std::uint32_t first, std::uint32_t then) const { return before_[then][first]; }

 private:
  std::vector<std::vector<bool>> before_;  // a row for a step: those before it
};

// The steps that hang together by pairs that are ordered, or by pairs that are not; by first step.
std::vector<Steps> components(const Order& order, Steps steps, bool by_order) {
  std::vector<Steps> all;
  while (!steps.empty()) {
    Steps found{steps.front()};
    steps.erase(steps.begin());
    for (std::size_t i = 0; i < found.size(); ++i) {
      const std::uint32_t from = found[i];
      const auto joins = [&](std::uint32_t step) { return order.ordered(from, step) == by_order; };
      const auto rest = std::stable_partition(steps.begin(), steps.end(), std::not_fn(joins));
      found.insert(found.end(), rest, steps.end());
      steps.erase(rest, steps.end());
    }
    std::sort(found.begin(), found.end());
    all.push_back(std::move(found));
  }
  return all;
}

PathTree woven(const Steps& steps) {
  PathTree tree{PathTree::Kind::woven, 0, {}};
  for (const std::uint32_t step : steps) tree.parts.push_back({PathTree::Kind::step, step, {}});
  return tree;
}

PathTree tree_of(const Order& order, const Steps& steps);

PathTree joined_parts(const Order& order, PathTree::Kind kind, const std::vector<Steps>& parts) {
  PathTree tree{kind, 0, {}};
  for (const Steps& part : parts) tree.parts.push_back(tree_of(order, part));
  return tree;
}

// Each call takes at least one step away, so max_tree_steps bounds the depth.
PathTree tree_of(const Order& order, const Steps& steps) {
  if (steps.size() == 1) return {PathTree::Kind::step, steps[0], {}};
  const std::vector<Steps> parallel = components(order, steps, true);
  if (parallel.size() != 1) return joined_parts(order, PathTree::Kind::parallel, parallel);
  std::vector<Steps> series = components(order, steps, false);
  if (series.size() == 1) return woven(steps);
  std::sort(series.begin(), series.end(), [&](const Steps& a, const Steps& b) {
    return order.before(a.front(), b.front());
  });
  return joined_parts(order, PathTree::Kind::series, series);
}

std::vector<std::string> waited_for(const PathTree& tree, const PathGraph& graph,
                                    std::uint32_t step) {
  std::vector<std::string> names;
  for (const PathTree& part : tree.parts) {
    const Steps& after = graph.after[step];
    const bool waits = std::find(after.begin(), after.end(), part.step) != after.end();
    if (waits) names.push_back(printable(graph.names[part.step]));
  }
  return names;
}

std::string algebra_of(const PathTree& tree, const PathGraph& graph, bool bracketed) {
  std::vector<std::string> parts;
  switch (tree.kind) {
    case PathTree::Kind::step: return printable(graph.names[tree.step]);
    case PathTree::Kind::woven:
      for (const PathTree& part : tree.parts) {
        const std::vector<std::string> after = waited_for(tree, graph, part.step);
        const std::string name = printable(graph.names[part.step]);
        parts.push_back(after.empty() ? name : name + " after " + listed(after));
      }
      return '[' + joined(parts, ", ") + ']';
    case PathTree::Kind::series:
    case PathTree::Kind::parallel: break;
  }
  const bool series = tree.kind == PathTree::Kind::series;
  for (const PathTree& part : tree.parts) parts.push_back(algebra_of(part, graph, true));
  const std::string text = joined(parts, series ? " then " : " and ");
  return bracketed ? '(' + text + ')' : text;
}

// Draws from top to bottom; each part ends where the next begins.
class Drawing {
 public:
  Drawing(const PathGraph& graph, const StepLines& lines) : graph_(graph), lines_(lines) {}

  // `above` and `below`: whether the line goes on there.
  std::vector<std::string> draw(const PathTree& tree, std::size_t width, bool above, bool below) {
    switch (tree.kind) {
      case PathTree::Kind::step: return step(tree.step, width, below, {});
      case PathTree::Kind::series: return series(tree, width, above, below);
      case PathTree::Kind::parallel: return framed(tree, width, above, below, "in parallel");
      case PathTree::Kind::woven:
        return framed(tree, width, above, below, "each as soon as those it waits for are done");
    }
    return {};
  }

 private:
  static constexpr std::size_t frame_cells = 4;
  static constexpr std::size_t least_width = 30;  // deeper trees grow out of the page instead

  const PathGraph& graph_;
  const StepLines& lines_;

  std::vector<std::string> step(std::uint32_t id, std::size_t width, bool below,
                                const std::vector<std::string>& after) {
    std::vector<std::string> drawn;
    std::vector<std::string> said = lines_(id, width - 2);
    if (!after.empty()) said.insert(said.begin() + 1, "  after " + listed(after));
    for (const std::string& line : said) {
      drawn.push_back((drawn.empty() ? "● " : below ? "│ " : "  ") + line);
    }
    return drawn;
  }

  std::vector<std::string> series(const PathTree& tree, std::size_t width, bool above, bool below) {
    std::vector<std::string> drawn;
    for (const PathTree& part : tree.parts) {
      const bool last = &part == &tree.parts.back();
      if (!drawn.empty()) drawn.push_back("│");
      const bool first = drawn.empty();
      for (std::string& line : draw(part, width, above || !first, below || !last)) {
        drawn.push_back(std::move(line));
      }
    }
    return drawn;
  }

  std::vector<std::string> framed(const PathTree& tree, std::size_t width, bool above, bool below,
                                  const std::string& title) {
    const std::size_t inner = std::max(width, least_width + frame_cells) - frame_cells;
    std::vector<std::string> drawn{(above ? "┢━━ " : "┏━━ ") + title};
    for (const PathTree& part : tree.parts) {
      const bool is_woven = tree.kind == PathTree::Kind::woven;
      const std::vector<std::string> lines =
          is_woven ? step(part.step, inner, false, waited_for(tree, graph_, part.step))
                   : draw(part, inner, false, false);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        drawn.push_back((i == 0 ? "┣━━ " : "┃   ") + lines[i]);
      }
    }
    drawn.push_back(below ? "┡━━ when all are done" : "┗━━");
    return drawn;
  }
};

}  // namespace

PathTree path_tree(const PathGraph& graph) {
  Steps all(graph.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  if (all.empty()) return {};
  if (all.size() > max_tree_steps) return woven(all);
  return tree_of(Order(graph), all);
}

std::string algebra(const PathTree& tree, const PathGraph& graph) {
  if (tree.kind != PathTree::Kind::step && tree.parts.empty()) return "nothing";
  return algebra_of(tree, graph, false);
}

std::string canonical(const PathTree& tree, const PathGraph& graph) {
  if (tree.kind == PathTree::Kind::step) {
    const std::string& name = graph.names[tree.step];
    return std::to_string(name.size()) + ':' + name;  // the size first: no name can look like two
  }
  std::vector<std::string> parts;
  for (const PathTree& part : tree.parts) parts.push_back(canonical(part, graph));
  const bool series = tree.kind == PathTree::Kind::series;
  if (!series) std::sort(parts.begin(), parts.end());
  return (series ? "S(" : "P(") + joined(parts, ",") + ')';
}

bool has_woven(const PathTree& tree) {
  return tree.kind == PathTree::Kind::woven ||
         std::any_of(tree.parts.begin(), tree.parts.end(), has_woven);
}

std::vector<std::string> draw(const PathTree& tree, const PathGraph& graph, const StepLines& lines,
                              std::size_t width) {
  if (tree.kind != PathTree::Kind::step && tree.parts.empty()) return {};
  return Drawing(graph, lines).draw(tree, width, false, false);
}

std::vector<std::string> draw(const PathTree& tree, const PathGraph& graph) {
  const StepLines names = [&](std::uint32_t step, std::size_t) {
    return std::vector<std::string>{printable(graph.names[step])};
  };
  return draw(tree, graph, names, 100);
}

}  // namespace assent::command
