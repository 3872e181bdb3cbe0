// See progress.h.
#include "tools/progress.h"

#include <algorithm>
#include <cstdio>

#include "tools/terminal.h"

namespace assent::command {

Progress::Progress() : shown_(is_terminal(stderr)), told_(Clock::now()) {}

void Progress::tell(const std::function<std::string()>& text) {
  constexpr std::chrono::milliseconds pause(100);
  if (!shown_ || Clock::now() - told_ < pause) return;
  told_ = Clock::now();
  dirty_ = true;
  std::fprintf(stderr, "\r\x1b[K%s", text().c_str());
  std::fflush(stderr);
}

void Progress::clear() {
  if (dirty_) std::fputs("\r\x1b[K", stderr);
  dirty_ = false;
}

std::string progress_bar(std::uint64_t done, std::uint64_t all) {
  constexpr std::size_t width = 30;
  const auto full = static_cast<std::size_t>(all == 0 ? width : std::min(done, all) * width / all);
  return '[' + std::string(full, '#') + std::string(width - full, '.') + ']';
}

}  // namespace assent::command
