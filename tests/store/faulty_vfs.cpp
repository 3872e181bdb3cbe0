// The wrapper around SQLite's default VFS.
//
// Entry: FaultyVfs. Each open file is a FaultyFile, with the real one behind it in the same piece of memory. It
// remembers what its changes since the last sync have overwritten; losing power puts that back, newest first.
#include "tests/store/faulty_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>
#include <vector>

namespace assent::store {

namespace {

struct Unsynced {  // how to undo one change of a file
  sqlite3_int64 old_size;
  sqlite3_int64 offset;
  std::string overwritten;
};

struct FaultyFile {
  sqlite3_file base;  // first, as SQLite knows the file by it
  sqlite3_file* real;
  std::vector<Unsynced>* unsynced;
};

// SQLite calls plain functions: what they need is here.
struct Disk {
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs faulty{};
  std::vector<FaultyFile*> open;
  std::optional<DiskFault> fault;
  std::uint64_t changes_left = 0;
  bool failed = false;
  bool gone = false;  // the process or the machine
  std::uint64_t syncs = 0;
};
Disk disk;

FaultyFile& faulty(sqlite3_file* file) { return *reinterpret_cast<FaultyFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return faulty(file).real; }

sqlite3_int64 size_of(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  file->pMethods->xFileSize(file, &size);
  return size;
}

void remember(FaultyFile& file, sqlite3_int64 offset, sqlite3_int64 length) {
  const sqlite3_int64 size = size_of(file.real);
  Unsynced change{size, offset,
                  std::string(static_cast<std::size_t>(std::clamp(size - offset, sqlite3_int64{0}, length)), '\0')};
  if (!change.overwritten.empty()) {
    file.real->pMethods->xRead(file.real, change.overwritten.data(), static_cast<int>(change.overwritten.size()),
                               offset);
  }
  file.unsynced->push_back(std::move(change));
}

void lose(DiskFault fault) {
  disk.gone = true;
  if (fault != DiskFault::power_loss) return;
  for (FaultyFile* file : disk.open) {
    for (auto change = file->unsynced->rbegin(); change != file->unsynced->rend(); ++change) {
      file->real->pMethods->xTruncate(file->real, change->old_size);
      if (change->overwritten.empty()) continue;
      file->real->pMethods->xWrite(file->real, change->overwritten.data(), static_cast<int>(change->overwritten.size()),
                                   change->offset);
    }
    file->unsynced->clear();
  }
}

enum class Fate : std::uint8_t { done, failed, full, torn };

// What becomes of the change that is asked for now.
Fate next_change() {
  if (disk.gone) return Fate::failed;
  if (!disk.fault || disk.changes_left-- > 0) return Fate::done;
  const DiskFault fault = *disk.fault;
  disk.fault.reset();
  disk.failed = true;
  switch (fault) {
    case DiskFault::io_error: return Fate::failed;
    case DiskFault::full: return Fate::full;
    case DiskFault::killed:
    case DiskFault::power_loss: break;
  }
  lose(fault);
  return Fate::torn;
}

int write(sqlite3_file* file, const void* bytes, int length, sqlite3_int64 offset) {
  switch (next_change()) {
    case Fate::done:
      remember(faulty(file), offset, length);
      return real(file)->pMethods->xWrite(real(file), bytes, length, offset);
    case Fate::torn:
      // Not undone by the loss of power: this half has reached the disk.
      real(file)->pMethods->xWrite(real(file), bytes, length / 2, offset);
      return SQLITE_IOERR_WRITE;
    case Fate::full: return SQLITE_FULL;
    case Fate::failed: break;
  }
  return SQLITE_IOERR_WRITE;
}

int sync(sqlite3_file* file, int flags) {
  switch (next_change()) {
    case Fate::done:
      ++disk.syncs;
      faulty(file).unsynced->clear();
      return real(file)->pMethods->xSync(real(file), flags);
    case Fate::torn:
    case Fate::full:
    case Fate::failed: break;
  }
  return SQLITE_IOERR_FSYNC;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  switch (next_change()) {
    case Fate::done:
      remember(faulty(file), size, size_of(real(file)));
      return real(file)->pMethods->xTruncate(real(file), size);
    case Fate::torn:
    case Fate::full:
    case Fate::failed: break;
  }
  return SQLITE_IOERR_TRUNCATE;
}

int close(sqlite3_file* file) {
  std::erase(disk.open, &faulty(file));
  delete faulty(file).unsynced;
  return real(file)->pMethods->xClose(real(file));
}

// Version 2, as the write-ahead log needs shared memory; version 3 would let pages be written through a map.
constexpr sqlite3_io_methods file_methods = {
    .iVersion = 2,
    .xClose = close,
    .xRead = [](sqlite3_file* f, void* to, int n,
                sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, n, at); },
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    .xLock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    .xUnlock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    .xCheckReservedLock = [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    .xFileControl = [](sqlite3_file* f, int what,
                       void* with) { return real(f)->pMethods->xFileControl(real(f), what, with); },
    .xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    .xDeviceCharacteristics = [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    .xShmMap = [](sqlite3_file* f, int region, int size, int extend,
                  void volatile** out) { return real(f)->pMethods->xShmMap(real(f), region, size, extend, out); },
    .xShmLock = [](sqlite3_file* f, int at, int n,
                   int flags) { return real(f)->pMethods->xShmLock(real(f), at, n, flags); },
    .xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    .xShmUnmap = [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;  // SQLite closes what has methods, also after a failure
  if (disk.gone) return SQLITE_CANTOPEN;
  FaultyFile& opened = faulty(file);
  opened.real = reinterpret_cast<sqlite3_file*>(&opened + 1);
  const int code = disk.real->xOpen(disk.real, name, opened.real, flags, out_flags);
  if (code != SQLITE_OK) return code;
  opened.unsynced = new std::vector<Unsynced>();
  opened.base.pMethods = &file_methods;
  disk.open.push_back(&opened);
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int sync_directory) {
  return disk.gone ? SQLITE_IOERR_DELETE : disk.real->xDelete(disk.real, name, sync_directory);
}

}  // namespace

FaultyVfs::FaultyVfs() {
  assert(!disk.real);
  disk = Disk();
  disk.real = sqlite3_vfs_find(nullptr);
  // All that is not named below is the real one's: its functions look at the copy as they would at the original.
  disk.faulty = *disk.real;
  disk.faulty.zName = "faulty";
  disk.faulty.szOsFile = static_cast<int>(sizeof(FaultyFile)) + disk.real->szOsFile;
  disk.faulty.xOpen = open;
  disk.faulty.xDelete = remove;
  sqlite3_vfs_register(&disk.faulty, /*makeDflt=*/1);
}

FaultyVfs::~FaultyVfs() {
  assert(disk.open.empty());
  sqlite3_vfs_unregister(&disk.faulty);
  sqlite3_vfs_register(disk.real, /*makeDflt=*/1);
  disk.real = nullptr;
}

void FaultyVfs::fail_after(std::uint64_t changes, DiskFault fault) {
  disk.fault = fault;
  disk.changes_left = changes;
  disk.failed = false;
}

void FaultyVfs::fail_now(DiskFault fault) { lose(fault); }

void FaultyVfs::mend() {
  disk.fault.reset();
  disk.gone = false;
}

bool FaultyVfs::failed() const { return disk.failed; }
std::uint64_t FaultyVfs::syncs() const { return disk.syncs; }

}  // namespace assent::store
