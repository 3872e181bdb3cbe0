// A disk that fails, for SQLite: everything passes through to the real one, until a test says which change of a
// file is to go wrong, and how.
//
// Entry: FaultyVfs. While it lives, it is what SQLite opens files with by default, so nothing under test knows of
// it. Changes of a file are writes, syncs and truncations; they are counted together. For one thread.
#pragma once

#include <cstdint>

namespace assent::store {

enum class DiskFault : std::uint8_t {
  io_error,    // this change fails, later ones work again
  full,        // likewise, and a write says that there is no room
  killed,      // the process is gone: half of the write is done, then nothing is
  power_loss,  // the machine is: likewise, and all that no sync has put on the disk is undone
};

class FaultyVfs {  // invariant: it is SQLite's default; at most one lives
 public:
  FaultyVfs();
  ~FaultyVfs();  // all files must be closed
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  // The change after the next `changes` ones fails.
  void fail_after(std::uint64_t changes, DiskFault fault);
  void fail_now(DiskFault fault);  // `killed` or `power_loss`, between two changes
  void mend();                     // no fault is to come, and what was lost is back

  bool failed() const;  // since fail_after
  std::uint64_t syncs() const;
};

}  // namespace assent::store
