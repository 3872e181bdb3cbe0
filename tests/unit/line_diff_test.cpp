// Differences of texts: whoever applies one has the other text; what did not change is not in it.
#include "tools/line_diff.h"

#include <catch2/catch.hpp>

#include <cctype>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

using namespace assent::command;

namespace {

std::string diff(std::string_view before, std::string_view after) { return line_diff("x", before, after, Style{}); }

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n') + 1);
  text.remove_prefix(line.size());
  return line;
}

// What `patch` does, for texts whose lines all end. Empty if the differences are not of this text.
std::string patched(std::string_view before, std::string_view diff) {
  std::string after;
  std::size_t line = 0;
  while (!diff.empty()) {
    const std::string_view change = take_line(diff);
    if (change.starts_with("---") || change.starts_with("+++")) continue;
    if (change.starts_with("@@ -")) {
      const int start = std::atoi(change.data() + 4);
      const bool none = change.substr(0, change.find('+')).ends_with(",0 ");
      for (; line + (none ? 0 : 1) < static_cast<std::size_t>(start); ++line) after += take_line(before);
      continue;
    }
    if (change.front() == '+') {
      after += change.substr(1);
      continue;
    }
    ++line;
    if (take_line(before) != change.substr(1)) return {};
    if (change.front() == ' ') after += change.substr(1);
  }
  return after.append(before);
}

}  // namespace

TEST_CASE("a difference shows what changed and three lines around", "[diff]") {
  CHECK(diff("a\nb\n", "a\nb\n").empty());
  CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- x\n+++ x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(diff("", "a\n") == "--- x\n+++ x\n@@ -0,0 +1,1 @@\n+a\n");
  CHECK(diff("a", "a\n") == "--- x\n+++ x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
  CHECK(line_diff("x", "a\n", "b\n", Style{.colour = true}).find("\x1b[31m-a\x1b[0m") != std::string::npos);
}

TEST_CASE("a difference, applied, gives the other text", "[diff]") {
  std::mt19937 random(1);
  for (int round = 0; round < 2'000; ++round) {
    const auto text = [&] {
      std::string made;
      for (auto lines = random() % 40; lines > 0; --lines) {
        made += static_cast<char>('a' + random() % (1 + random() % 26));
        made += '\n';
      }
      return made;
    };
    const std::string before = text();
    std::string after = random() % 4 == 0 ? text() : before;
    for (auto changes = random() % 4; changes > 0; --changes)
      after.insert(2 * (random() % (after.size() / 2 + 1)), "x\n");
    INFO(before << "---\n" << after << "---\n" << diff(before, after));
    if (patched(before, diff(before, after)) != after) FAIL("it is another text");
  }
}
