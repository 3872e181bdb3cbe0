// tests/unit/path_pattern_test.cpp: tools/path_pattern, and tools/junit beside it. When two paths
// are the same.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "tools/junit.h"
#include "tools/path_pattern.h"
#include "tools/path_tree.h"
#include "tools/text.h"

using namespace assent;
using namespace assent::command;

namespace {

using Kind = PathPattern::Kind;

PathPattern step(std::string name) { return {Kind::step, std::move(name), {}}; }
PathPattern series(std::vector<PathPattern> parts) { return {Kind::series, {}, std::move(parts)}; }
PathPattern parallel(std::vector<PathPattern> parts) {
  return {Kind::parallel, {}, std::move(parts)};
}

std::string in_words(const PathPattern& pattern) {
  const PathGraph graph = pattern_graph(pattern);
  return algebra(path_tree(graph), graph);
}

bool same(const PathPattern& expected, const PathGraph& actual) {
  return same_path(pattern_graph(expected), actual);
}

}  // namespace

TEST_CASE("a pattern as a graph") {
  CHECK(in_words(step("a")) == "a");
  CHECK(in_words(series({step("a"), parallel({step("b"), step("c")}), step("d")})) ==
        "a then (b and c) then d");
  SECTION("brackets of one part, and parts of a kind in each other, change nothing") {
    CHECK(in_words(series({parallel({series({parallel({step("a")})})})})) == "a");
    CHECK(in_words(series({step("a"), series({step("b"), step("c")})})) == "a then b then c");
    CHECK(in_words(parallel({step("a"), parallel({step("b"), step("c")})})) == "a and b and c");
  }
}

TEST_CASE("the same path") {
  const PathPattern pattern =
      series({step("a"), parallel({step("b"), series({step("c"), step("d")})}), step("e")});
  CHECK(same(pattern, {{"a", "c", "b", "d", "e"}, {{}, {0}, {0}, {1}, {2, 3}}}));
  SECTION("with an edge that follows from others") {
    CHECK(same(pattern, {{"a", "c", "b", "d", "e"}, {{}, {0}, {0}, {0, 1}, {0, 2, 3}}}));
  }
  SECTION("not with another edge") {
    CHECK_FALSE(same(pattern, {{"a", "c", "b", "d", "e"}, {{}, {0}, {0}, {1, 2}, {3}}}));
    CHECK_FALSE(same(pattern, {{"a", "c", "b", "d", "e"}, {{}, {0}, {}, {1}, {2, 3}}}));
  }
  SECTION("not with another approver, with one more or one less") {
    CHECK_FALSE(same(pattern, {{"a", "c", "b", "d", "f"}, {{}, {0}, {0}, {1}, {2, 3}}}));
    CHECK_FALSE(same(pattern, {{"a", "c", "b", "d", "e", "e"}, {{}, {0}, {0}, {1}, {2, 3}, {4}}}));
    CHECK_FALSE(same(pattern, {{"a", "c", "b", "e"}, {{}, {0}, {0}, {1, 2}}}));
    CHECK_FALSE(same(pattern, {}));
  }
}

TEST_CASE("approvers that come twice") {
  const PathPattern pattern =
      parallel({series({step("m"), step("a")}), series({step("m"), step("b")})});
  CHECK(same(pattern, {{"m", "m", "b", "a"}, {{}, {}, {0}, {1}}}));
  CHECK_FALSE(same(pattern, {{"m", "m", "b", "a"}, {{}, {}, {0}, {0}}}));
  CHECK_FALSE(same(pattern, {{"m", "b", "a"}, {{}, {0}, {0}}}));
  CHECK_FALSE(same(series({step("m"), step("m")}), {{"m", "m"}, {{}, {}}}));
}

TEST_CASE("a woven path is no pattern's") {
  const PathGraph woven{{"a", "b", "c", "d"}, {{}, {}, {0}, {0, 1}}};
  const PathPattern near[] = {
      series({parallel({step("a"), step("b")}), parallel({step("c"), step("d")})}),
      parallel({series({step("a"), step("c")}), series({step("b"), step("d")})}),
      parallel({step("a"), step("b"), step("c"), step("d")})};
  for (const PathPattern& pattern : near) CHECK_FALSE(same(pattern, woven));
}

TEST_CASE("names that look like brackets") {
  CHECK_FALSE(same(parallel({step("a,1:b")}), {{"a", "b"}, {{}, {}}}));
  CHECK(same(step("person \"x\""), {{"person \"x\""}, {{}}}));
}

TEST_CASE("the answer does not depend on the order of parallel parts") {
  std::vector<PathPattern> parts{step("a"), series({step("b"), step("c")}), step("d"),
                                 series({step("b"), parallel({step("a"), step("d")})})};
  const PathGraph graph = pattern_graph(parallel(parts));
  const auto by_size = [](const PathPattern& a, const PathPattern& b) {
    return in_words(a) < in_words(b);
  };
  std::sort(parts.begin(), parts.end(), by_size);
  do {
    CHECK(same(parallel(parts), graph));
  } while (std::next_permutation(parts.begin(), parts.end(), by_size));
}

TEST_CASE("results as XML") {
  CHECK(xml_text("a<b> & \"c\"\n\x01\xff") ==
        "a&lt;b&gt; &amp; &quot;c&quot;&#10;\xEF\xBF\xBD\xEF\xBF\xBD");
  const std::string xml = junit_xml({{"desk.assent", {{"fine", "", "", false},
                                                      {"wrong", "no", "line 1\nline 2", false},
                                                      {"broken", "no quote", "x", true}}}});
  CHECK(xml.find("<testsuites tests=\"3\" failures=\"1\" errors=\"1\">") != std::string::npos);
  CHECK(xml.find("<testcase classname=\"desk.assent\" name=\"fine\"/>") != std::string::npos);
  CHECK(xml.find("<failure message=\"no\">line 1&#10;line 2</failure>") != std::string::npos);
  CHECK(xml.find("<error message=\"no quote\">x</error>") != std::string::npos);
}
