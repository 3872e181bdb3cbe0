// tests/unit/path_tree_test.cpp: tools/path_tree. How graphs fall apart, and how trees are written.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "tools/path_tree.h"

using namespace assent::command;

namespace {

using Edges = std::vector<std::vector<std::uint32_t>>;

// Steps a, b, c … with what each comes after.
PathGraph graph_of(Edges after) {
  PathGraph graph;
  for (std::size_t i = 0; i < after.size(); ++i) {
    graph.names.emplace_back(1, static_cast<char>('a' + i));
  }
  graph.after = std::move(after);
  return graph;
}

std::string in_words(Edges after) {
  const PathGraph graph = graph_of(std::move(after));
  return algebra(path_tree(graph), graph);
}

std::string drawn(Edges after) {
  const PathGraph graph = graph_of(std::move(after));
  std::string text;
  for (const std::string& line : draw(path_tree(graph), graph)) text += line + '\n';
  return text;
}

}  // namespace

TEST_CASE("a graph in words") {
  CHECK(in_words({}) == "nothing");
  CHECK(in_words({{}}) == "a");
  CHECK(in_words({{}, {0}}) == "a then b");
  CHECK(in_words({{}, {}}) == "a and b");
  CHECK(in_words({{}, {0}, {0}}) == "a then (b and c)");
  CHECK(in_words({{}, {0}, {0}, {1, 2}}) == "a then (b and c) then d");
  CHECK(in_words({{}, {}, {0}, {1}}) == "(a then c) and (b then d)");
  CHECK(in_words({{}, {}, {0, 1}, {0, 1}}) == "(a and b) then (c and d)");
  CHECK(in_words({{}, {0}, {}, {1, 2}}) == "((a then b) and c) then d");
}

TEST_CASE("edges that follow from others change nothing") {
  CHECK(in_words({{}, {0}, {0, 1}}) == "a then b then c");
  CHECK(in_words({{}, {0}, {0}, {0, 1, 2}}) == "a then (b and c) then d");
}

TEST_CASE("what is neither in series nor in parallel is woven") {
  CHECK(in_words({{}, {}, {0}, {0, 1}}) == "[a, b, c after a, d after a and b]");
  CHECK(has_woven(path_tree(graph_of({{}, {}, {0}, {0, 1}}))));
  SECTION("only the part that is") {
    CHECK(in_words({{}, {0}, {0}, {1}, {1, 2}, {3, 4}}) ==
          "a then [b, c, d after b, e after b and c] then f");
    CHECK(in_words({{}, {}, {0}, {0, 1}, {}}) == "[a, b, c after a, d after a and b] and e");
  }
}

TEST_CASE("a graph drawn") {
  CHECK(drawn({}).empty());
  CHECK(drawn({{}}) == "● a\n");
  CHECK(drawn({{}, {0}}) == "● a\n│\n● b\n");
  CHECK(drawn({{}, {0}, {0}, {1, 2}}) ==
        "● a\n"
        "│\n"
        "┢━━ in parallel\n"
        "┣━━ ● b\n"
        "┣━━ ● c\n"
        "┡━━ when all are done\n"
        "│\n"
        "● d\n");
  CHECK(drawn({{}, {}, {0}}) ==
        "┏━━ in parallel\n"
        "┣━━ ● a\n"
        "┃   │\n"
        "┃   ● c\n"
        "┣━━ ● b\n"
        "┗━━\n");
  CHECK(drawn({{}, {}, {0}, {0, 1}}) ==
        "┏━━ each as soon as those it waits for are done\n"
        "┣━━ ● a\n"
        "┣━━ ● b\n"
        "┣━━ ● c\n"
        "┃       after a\n"
        "┣━━ ● d\n"
        "┃       after a and b\n"
        "┗━━\n");
}

TEST_CASE("details of a step stand beside the line that goes on") {
  const PathGraph graph = graph_of({{}, {0}});
  const StepLines lines = [&](std::uint32_t step, std::size_t) {
    return std::vector<std::string>{graph.names[step], "  who"};
  };
  CHECK(draw(path_tree(graph), graph, lines, 80) ==
        std::vector<std::string>{"● a", "│   who", "│", "● b", "    who"});
}

TEST_CASE("names cannot steer the terminal") {
  PathGraph graph = graph_of({{}});
  graph.names[0] = "a\x1b[31m\nb";
  CHECK(algebra(path_tree(graph), graph) == "a\xEF\xBF\xBD[31m b");
}

TEST_CASE("a long chain, and a graph above the limit") {
  Edges chain(max_tree_steps);
  for (std::uint32_t i = 1; i < chain.size(); ++i) chain[i] = {i - 1};
  const PathTree tree = path_tree(graph_of(chain));
  CHECK(tree.kind == PathTree::Kind::series);
  CHECK(tree.parts.size() == max_tree_steps);
  chain.push_back({});
  CHECK(path_tree(graph_of(chain)).kind == PathTree::Kind::woven);
}

TEST_CASE("a tree as deep as its graph allows") {
  // a then (b and (c then (d and …))): from the outside in, a trunk with a leaf at each of its steps.
  constexpr std::uint32_t levels = 200;
  Edges edges(2 * levels);
  for (std::uint32_t i = 2; i < edges.size(); ++i) edges[i] = {i / 2 * 2 - 2};
  const PathGraph graph = graph_of(edges);
  const PathTree tree = path_tree(graph);
  CHECK_FALSE(has_woven(tree));
  std::size_t depth = 0;
  for (const PathTree* at = &tree; !at->parts.empty(); ++depth) {
    const auto deeper = [](const PathTree& a, const PathTree& b) {
      return a.parts.size() < b.parts.size();
    };
    at = &*std::max_element(at->parts.begin(), at->parts.end(), deeper);
  }
  CHECK(depth >= levels);
  CHECK(draw(tree, graph).size() > 2 * levels);
}
