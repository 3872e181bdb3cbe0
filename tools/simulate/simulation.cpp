// See simulation.h. Whoever is free takes the next block; what came of it waits until the blocks before it are counted.
#include "tools/simulate/simulation.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace assent::command {

namespace {

class Simulation {
 public:
  Simulation(QuoteStream& quotes, std::size_t threads, const SimulationProgress& progress)
      : quotes_(quotes), most_ahead_(4 * threads), progress_(progress) {}

  void work(Comparer comparer) {
    std::size_t number = 0;
    while (const std::optional<QuoteBlock> block = take(number)) {
      each_quote(*block, [&](std::size_t line, std::string_view quote) { comparer.add(block->file, line, quote); });
      give(number, comparer.take());
    }
  }

  Tally finish() {
    if (failure_) std::rethrow_exception(failure_);
    return std::move(whole_);
  }

 private:
  // Nothing at the end, and when something failed.
  std::optional<QuoteBlock> take(std::size_t& number) {
    std::unique_lock lock(mutex_);
    counted_.wait(lock, [&] { return ended_ || taken_ - merged_ < most_ahead_; });
    if (ended_) return std::nullopt;
    try {
      if (std::optional<QuoteBlock> block = quotes_.next()) {
        number = taken_++;
        return block;
      }
    } catch (...) {
      failure_ = std::current_exception();
    }
    ended_ = true;
    counted_.notify_all();
    return std::nullopt;
  }

  void give(std::size_t number, Tally tally) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(number, std::move(tally));
    for (auto next = waiting_.find(merged_); next != waiting_.end(); next = waiting_.find(merged_)) {
      whole_.merge(std::move(next->second));
      waiting_.erase(next);
      ++merged_;
    }
    if (progress_) progress_(quotes_.bytes_read(), whole_.decided);
    counted_.notify_all();
  }

  QuoteStream& quotes_;
  const std::size_t most_ahead_;  // blocks that are taken and not counted
  const SimulationProgress& progress_;
  std::mutex mutex_;
  std::condition_variable counted_;
  std::map<std::size_t, Tally> waiting_;
  std::size_t taken_ = 0, merged_ = 0;
  bool ended_ = false;
  std::exception_ptr failure_;
  Tally whole_;
};

}  // namespace

Tally simulate(const Policy& before, const Policy& after, const World& world, QuoteStream& quotes, std::size_t threads,
               const SimulationProgress& progress) {
  Simulation simulation(quotes, threads, progress);
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i)
    others.emplace_back([&] { simulation.work(Comparer(before, after, world)); });
  simulation.work(Comparer(before, after, world));
  for (std::thread& each : others) each.join();
  return simulation.finish();
}

}  // namespace assent::command
