// Runs of things that stay where they are until clear(), so that a span of them can be handed out while others are
// still being made. Keeps its memory from quote to quote.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace assent {

template <typename T>
class Pool {
 public:
  // `count` things in a row, of any value.
  std::span<T> take(std::size_t count) {
    while (chunk_ < chunks_.size() && chunks_[chunk_].size - used_ < count) {
      ++chunk_;
      used_ = 0;
    }
    if (chunk_ == chunks_.size()) {
      const std::size_t size = std::max({count, first_size, chunks_.empty() ? 0 : 2 * chunks_.back().size});
      chunks_.push_back({std::make_unique<T[]>(size), size});
    }
    const std::span<T> run(chunks_[chunk_].items.get() + used_, count);
    used_ += count;
    return run;
  }
  void clear() { chunk_ = used_ = 0; }

 private:
  static constexpr std::size_t first_size = 64;
  struct Chunk {
    std::unique_ptr<T[]> items;
    std::size_t size;
  };
  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0, used_ = 0;  // where the next run is taken from
};

}  // namespace assent
