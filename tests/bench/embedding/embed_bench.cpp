// What a decision costs through the C interface beside what it costs in C++, in turns. Prints one line of JSON with
// medians, in nanoseconds a call, and how much memory the process held before and after.
//
//   embed_bench LIBRARY ARTIFACT QUOTE DIRECTORY TODAY [CALLS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <dlfcn.h>
#include <unistd.h>

#include "assent.h"
#include "assent/policy.h"

namespace {

constexpr int rounds = 11;

std::string text_of(const char* file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) std::exit((std::fprintf(stderr, "cannot read %s\n", file), 2));
  return {std::istreambuf_iterator<char>(in), {}};
}

long resident_kib() {
  std::ifstream in("/proc/self/statm");
  long pages = 0, resident = 0;
  in >> pages >> resident;
  return resident * (sysconf(_SC_PAGESIZE) / 1'024);
}

template <typename Function>
Function find(void* library, Function, const char* name) {
  void* const symbol = dlsym(library, name);
  if (!symbol) std::exit((std::fprintf(stderr, "%s\n", dlerror()), 2));
  return reinterpret_cast<Function>(symbol);
}
#define FIND(name) find(library, &name, #name)

void check(assent_status status, const assent_text& answer) {
  if (status != ASSENT_OK) std::exit((std::fprintf(stderr, "%s\n", answer.data), 1));
}

struct Timing {
  std::vector<double> of_rounds;
  template <typename Call>
  void measure(long calls, Call call) {
    const auto begin = std::chrono::steady_clock::now();
    for (long i = 0; i < calls; ++i) call();
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
    of_rounds.push_back(spent.count() / static_cast<double>(calls));
  }
  double median() {
    std::sort(of_rounds.begin(), of_rounds.end());
    return of_rounds[of_rounds.size() / 2];
  }
};

}  // namespace

int main(int count, char** words) {
  if (count < 6) return std::fputs("usage: embed_bench LIBRARY ARTIFACT QUOTE DIRECTORY TODAY [CALLS]\n", stderr), 2;
  const long calls = std::max(1L, (count > 6 ? std::atol(words[6]) : 110'000) / rounds);
  const std::string artifact = text_of(words[2]), quote = text_of(words[3]), people = text_of(words[4]);
  const std::string_view today = words[5];

  const auto policy = assent::Policy::load(artifact);
  const auto directory = assent::Directory::from_json(people);
  const auto day = assent::date_from_text(today);
  if (!policy || !directory || !day) return 1;
  assent::Evaluator evaluator(*policy);
  assent::World world;
  world.today = *day;
  world.directory = *directory;

  void* const library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) return std::fprintf(stderr, "%s\n", dlerror()), 2;
  assent_text answer{};
  assent_policy* c_policy = nullptr;
  check(FIND(assent_policy_load)(artifact.data(), artifact.size(), &c_policy, &answer), answer);
  assent_evaluator* c_evaluator = nullptr;
  check(FIND(assent_evaluator_new)(c_policy, nullptr, &c_evaluator, &answer), answer);
  assent_directory* c_directory = nullptr;
  check(FIND(assent_directory_read)(people.data(), people.size(), &c_directory, &answer), answer);
  assent_world c_world{};
  c_world.size = sizeof c_world;
  c_world.today = *day;
  c_world.directory = c_directory;
  const auto decide = FIND(assent_decide);

  Timing plain, with_json, c;
  std::string text;
  long start = 0;
  for (int round = -1; round < rounds; ++round) {  // the first is not counted
    if (round == 0) {
      plain = with_json = c = {};
      start = resident_kib();
    }
    plain.measure(calls, [&] {
      if (!evaluator.decide(quote, world)) std::exit(1);
    });
    with_json.measure(calls, [&] {
      const auto decision = evaluator.decide(quote, world);
      text.clear();
      append_line(text, **decision);
    });
    c.measure(calls, [&] { check(decide(c_evaluator, quote.data(), quote.size(), &c_world, &answer), answer); });
  }
  if (text != std::string_view(answer.data, answer.size)) return std::fputs("the answers differ\n", stderr), 1;
  std::printf("{\"calls\":%ld,\"cpp_ns\":%.0f,\"cpp_json_ns\":%.0f,\"c_ns\":%.0f,\"rss_start_kib\":%ld,"
              "\"rss_end_kib\":%ld}\n",
              calls * rounds, plain.median(), with_json.median(), c.median(), start, resident_kib());
  return 0;
}
