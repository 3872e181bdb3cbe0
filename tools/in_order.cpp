// See in_order.h. Whoever is free reads the next block; what came of it waits until those before it had their turn.
// There are two locks, so that a thread that waits for input keeps nobody from his turn.
#include "tools/in_order.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace assent::command {

namespace {

class Order {
 public:
  Order(LineStream& lines, std::size_t threads) : lines_(lines), most_ahead_(4 * threads) {}

  void work(const std::function<BlockWorker()>& make_worker) {
    try {
      const BlockWorker worker = make_worker();
      std::size_t number = 0;
      while (const std::optional<LineBlock> block = take(number)) give(number, worker(*block));
    } catch (...) {
      fail();
    }
  }

  void finish() {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  // Nothing at the end, and when something failed.
  std::optional<LineBlock> take(std::size_t& number) {
    const std::lock_guard reading(reading_);
    {
      std::unique_lock lock(turns_);
      turned_.wait(lock, [&] { return ended_ || taken_ - turn_ < most_ahead_; });
      if (ended_) return std::nullopt;
    }
    try {
      if (std::optional<LineBlock> block = lines_.next()) {
        number = taken_++;
        return block;
      }
    } catch (...) {
      fail();
    }
    const std::lock_guard lock(turns_);
    ended_ = true;
    return std::nullopt;
  }

  void give(std::size_t number, Turn made) {
    const std::lock_guard lock(turns_);
    waiting_.emplace(number, std::move(made));
    while (auto next = waiting_.extract(turn_)) {
      next.mapped()();  // where this throws, nobody's turn comes any more
      ++turn_;
    }
    turned_.notify_all();
  }

  void fail() {
    const std::lock_guard lock(turns_);
    if (!failure_) failure_ = std::current_exception();
    ended_ = true;
    turned_.notify_all();
  }

  LineStream& lines_;
  const std::size_t most_ahead_;   // blocks that are taken and have not had their turn
  std::mutex reading_;             // the stream and what is taken of it
  std::size_t taken_ = 0;
  std::mutex turns_;               // all that follows
  std::condition_variable turned_;
  std::map<std::size_t, Turn> waiting_;
  std::size_t turn_ = 0;           // the number of the block whose turn it is
  bool ended_ = false;
  std::exception_ptr failure_;
};

}  // namespace

void in_order(LineStream& lines, std::size_t threads, const std::function<BlockWorker()>& make_worker) {
  Order order(lines, threads);
  std::vector<std::jthread> others;
  try {
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back([&] { order.work(make_worker); });
  } catch (const std::system_error&) {}  // those that could be started do it all
  order.work(make_worker);
  others.clear();  // waits for them
  order.finish();
}

}  // namespace assent::command
