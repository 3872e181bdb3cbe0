// Two things timed side by side, and the table of all such pairs. Entries: compare, alone,
// print_table.
//
// A machine that others use too is slow in spells: so ours and its baseline take turns, sample by
// sample, what is timed is the processor's time of this thread, and what counts is the ratio of the
// medians.
#pragma once

#include <cstddef>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

namespace assent::bench {

struct Pair {
  std::string name;      // of the benchmark, with its sizes
  std::string baseline;  // what ours is measured against; empty where that is nothing
  std::string also;      // further figures, ready to be printed
  double ours = 0;       // seconds
  double theirs = 0;
};

double median(std::vector<double> samples);
void keep(Pair pair);  // a later one of the same name replaces the earlier
void print_table();    // as Markdown

inline double processor_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// What waits for a disk is timed by the wall.
inline double wall_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

using Clock = double (*)();

template <typename Work>
double seconds(Work&& work, Clock clock = processor_seconds) {
  const double start = clock();
  work();
  return clock() - start;
}

// Times `ours` alone: for what is counted, not compared.
template <typename Ours>
void alone(benchmark::State& state, Pair pair, std::size_t units, Ours&& ours, Clock clock = processor_seconds) {
  std::vector<double> times;
  for ([[maybe_unused]] auto _ : state) {
    times.push_back(seconds(ours, clock));
    state.SetIterationTime(times.back());
  }
  pair.ours = median(std::move(times)) / static_cast<double>(units);
  state.counters["ours_us"] = pair.ours * 1e6;
  keep(std::move(pair));
}

// Times `ours` and `theirs` in turns; one sample of either does `units` units of work, and the
// times of the table are those of one unit. The benchmark must use manual time.
template <typename Ours, typename Theirs>
void compare(benchmark::State& state, Pair pair, std::size_t units, Ours&& ours, Theirs&& theirs,
             Clock clock = processor_seconds) {
  std::vector<double> our_times;
  std::vector<double> their_times;
  for ([[maybe_unused]] auto _ : state) {
    their_times.push_back(seconds(theirs, clock));
    our_times.push_back(seconds(ours, clock));
    state.SetIterationTime(our_times.back());
  }
  pair.ours = median(std::move(our_times)) / static_cast<double>(units);
  pair.theirs = median(std::move(their_times)) / static_cast<double>(units);
  state.counters["ours_us"] = pair.ours * 1e6;
  state.counters["baseline_us"] = pair.theirs * 1e6;
  state.counters["ratio"] = pair.ours / pair.theirs;
  keep(std::move(pair));
}

}  // namespace assent::bench
