// How far something is, while one waits at a terminal. Entry: Progress.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace assent::command {

// A line of the standard error that is written over; nothing where that is no terminal. Not for several threads.
class Progress {
 public:
  Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  // Some times a second; `text` is asked when it is shown.
  void tell(const std::function<std::string()>& text);
  // Before anything else is written there.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  const bool shown_;
  bool dirty_ = false;
  Clock::time_point told_;
};

// "[######........]".
std::string progress_bar(std::uint64_t done, std::uint64_t all);

}  // namespace assent::command
