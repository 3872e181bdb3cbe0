// Whether the examples of a manual are those that a test compiles. Entry: must_stand_in.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace assent::test {

inline std::string read(const std::string& path) {
  std::ifstream in(ASSENT_SOURCE_DIR "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Without indentation, comments and the marks of a comment.
inline std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    line = line.substr(0, line.find("  //"));
    const std::size_t first = line.find_first_not_of(" /");
    const std::size_t last = line.find_last_not_of(' ');
    if (first != std::string::npos) result.push_back(line.substr(first, last + 1 - first));
  }
  return result;
}

// Whether the lines between the two marks of a test stand in the manual, one after the other.
inline void must_stand_in(const std::string& manual, const std::string& test, const std::string& mark) {
  const std::string self = read(test);
  const std::size_t begin = self.find("\n", self.find("// begin " + mark)) + 1;
  const std::vector<std::string> wanted = lines(self.substr(begin, self.find("// end " + mark) - begin));
  const std::vector<std::string> there = lines(read(manual));
  INFO(manual);
  CHECK(wanted.size() > 3);
  CHECK(std::search(there.begin(), there.end(), wanted.begin(), wanted.end()) != there.end());
}

}  // namespace assent::test
