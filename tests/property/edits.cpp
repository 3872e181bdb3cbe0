// See edits.h.
#include "tests/property/edits.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/property/generate.h"

namespace assent::generate {

namespace fs = std::filesystem;

std::vector<std::string> sources_of_the_project() {
  std::vector<fs::path> files;
  for (const char* folder : {"examples", "stdlib", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(ASSENT_SOURCE_DIR) / folder)) {
      if (entry.path().extension() == ".assent") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> texts;
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
}

void each_generated_policy(std::uint64_t rounds, const std::function<void(const std::string&, Random&)>& take) {
  rounds = from_environment("ASSENT_PROPERTY_ROUNDS", rounds);
  const std::uint64_t first = from_environment("ASSENT_PROPERTY_SEED", 1);
  for (std::uint64_t seed = first; seed < first + rounds; ++seed) {
    Random random{seed};
    random.next();
    INFO("seed " << seed);
    take(policy(random).source, random);
  }
}

std::string edited(std::string text, Random& random) {
  const std::vector<std::string> bits{"}", "{", "(", ")", "\"", "#", "then", "and", "rule r {", "\nfact x = 1\n", "==",
                                      ",", "prove \"x\" { a\tb  { } }", "\n\n", "\\", ".", "é", "5 USD", "\nstep a {"};
  const std::size_t at = random.below(text.size() + 1);
  const std::size_t length = random.below(std::min<std::size_t>(24, text.size() - at) + 1);
  switch (random.below(4)) {
    case 0: text.erase(at, length); break;
    case 1: text.insert(at, text.substr(random.below(text.size() + 1), length)); break;
    case 2: text.insert(at, random.pick(bits)); break;
    default:
      if (at < text.size()) text[at] = static_cast<char>(random.between(9, 126));
  }
  return text;
}

}  // namespace assent::generate
