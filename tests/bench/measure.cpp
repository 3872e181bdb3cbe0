// Medians and the closing table. Entry: print_table.
#include "tests/bench/measure.h"

#include <algorithm>
#include <cstdio>

namespace assent::bench {

namespace {

std::vector<Pair>& pairs() {
  static std::vector<Pair> all;
  return all;
}

std::string time_text(double seconds) {
  char text[32];
  const double us = seconds * 1e6;
  if (us < 1000)
    std::snprintf(text, sizeof text, "%.2f µs", us);
  else if (us < 1e6)
    std::snprintf(text, sizeof text, "%.2f ms", us / 1e3);
  else
    std::snprintf(text, sizeof text, "%.2f s", us / 1e6);
  return text;
}

}  // namespace

double median(std::vector<double> samples) {
  if (samples.empty()) return 0;
  const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  std::nth_element(samples.begin(), middle, samples.end());
  return *middle;
}

void keep(Pair pair) {
  for (Pair& known : pairs()) {
    if (known.name != pair.name) continue;
    known = std::move(pair);
    return;
  }
  pairs().push_back(std::move(pair));
}

void print_table() {
  if (pairs().empty()) return;
  std::printf(
      "\n| benchmark | ours | baseline | is | ratio | also |\n|---|---:|---:|---|---:|---|\n");
  for (const Pair& pair : pairs()) {
    const bool compared = !pair.baseline.empty();
    char ratio[32] = "";
    const double times = pair.ours / pair.theirs;
    if (compared && times < 0.05) std::snprintf(ratio, sizeof ratio, "1 / %.0f", 1 / times);
    else if (compared) std::snprintf(ratio, sizeof ratio, "%.2f", times);
    std::printf("| %s | %s | %s | %s | %s | %s |\n", pair.name.c_str(),
                time_text(pair.ours).c_str(), compared ? time_text(pair.theirs).c_str() : "",
                pair.baseline.c_str(), ratio, pair.also.c_str());
  }
}

}  // namespace assent::bench
