// Runs a fuzz target without a fuzzer: over every file of a corpus, and over seeded mutations of each.
//   replay CORPUS [ROUNDS]
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

// The word or lone character around a place.
std::pair<std::size_t, std::size_t> word_at(const std::string& text, std::size_t at) {
  const auto in_word = [&](std::size_t i) {
    return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_');
  };
  std::size_t begin = at;
  std::size_t end = std::min(at + 1, text.size());
  while (begin > 0 && in_word(begin - 1) && in_word(at)) --begin;
  while (in_word(end) && in_word(at)) ++end;
  return {begin, end - begin};
}

// One small change: a byte altered, a run repeated or removed, a run of another file put in, or one word
// replaced by another.
void mutate(std::string& text, const std::vector<std::string>& corpus, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const std::size_t at = below(text.size() + 1);
  const std::size_t length = below(std::min<std::size_t>(32, text.size() - at) + 1);
  switch (random() % 5) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(random());
      break;
    case 1: text.insert(at, text.substr(at, length)); break;
    case 2: text.erase(at, length); break;
    case 3: {
      const std::string& other = corpus[below(corpus.size())];
      const auto [from, size] = word_at(other, below(other.size()));
      const auto [to, gone] = word_at(text, below(text.size()));
      text.replace(to, gone, other, from, size);
      break;
    }
    default: {
      const std::string& other = corpus[below(corpus.size())];
      const std::size_t from = below(other.size() + 1);
      text.insert(at, other.substr(from, below(32)));
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: replay CORPUS [ROUNDS]\n", stderr);
    return 2;
  }
  std::vector<std::string> corpus;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(arguments[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (corpus.empty()) {
    std::fputs("replay: the corpus is empty\n", stderr);
    return 2;
  }
  for (const std::string& text : corpus) run(text);
  const int rounds = count > 2 ? std::atoi(arguments[2]) : 1000;
  std::mt19937 random(1);
  for (int round = 0; round < rounds; ++round) {
    std::string text = corpus[random() % corpus.size()];
    const int changes = 1 + static_cast<int>(random() % 4);
    for (int i = 0; i < changes; ++i) mutate(text, corpus, random);
    run(text);
  }
  std::printf("%zu files and %d mutations survived\n", corpus.size(), rounds);
  return 0;
}
