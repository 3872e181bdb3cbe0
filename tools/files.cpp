// See files.h.
#include "tools/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/command.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw BadInput(printable(shown_name(name)) + ": " + what);
}

std::string reason() { return std::strerror(errno); }

constexpr std::size_t max_holder_bytes = 1'000;  // of what stands in a lock

std::string this_process() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return "process " + std::to_string(getpid()) + " on " + host.data();
}

}  // namespace

InputFile::InputFile(const std::string& name)
    : name_(name), descriptor_(name == standard_stream ? STDIN_FILENO : open(name.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (!is_there() && errno != ENOENT && errno != ENOTDIR) fail(name, "cannot be read: " + reason());
}

InputFile::~InputFile() {
  if (is_there() && descriptor_ != STDIN_FILENO) close(descriptor_);
}

bool InputFile::read(std::string& to, std::size_t most) {
  const std::size_t before = to.size();
  to.resize(before + most);
  ssize_t count = 0;
  do count = ::read(descriptor_, to.data() + before, most);
  while (count < 0 && errno == EINTR);
  to.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count < 0) fail(name_, "cannot be read: " + reason());
  return count > 0;
}

std::optional<std::uint64_t> size_of_file(const std::string& name) {
  struct stat found {};
  if (name == standard_stream || stat(name.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(found.st_size);
}

namespace {

// At most `limit` + 1 bytes; nothing if there is no such file.
std::optional<std::string> read_up_to(const std::string& name, std::size_t limit) {
  constexpr std::size_t at_once = 1 << 16;
  InputFile file(name);
  if (!file.is_there()) return std::nullopt;
  std::string all;
  while (all.size() <= limit && file.read(all, std::min(at_once, limit + 1 - all.size()))) {}
  return all;
}

// A file that this call made, removed again unless it is kept.
class NewFile {
 public:
  explicit NewFile(const std::string& target)
      : target_(target), name_(target + ".new-" + std::to_string(getpid())) {
    descriptor_ = open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(target, "cannot be written: " + reason());
  }
  NewFile(const NewFile&) = delete;
  ~NewFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!kept_) unlink(name_.c_str());
  }

  void write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(target_, "cannot be written: " + reason());
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void keep() {
    struct stat old {};
    const bool allowed = stat(target_.c_str(), &old) != 0 || fchmod(descriptor_, old.st_mode & 07777) == 0;
    kept_ = allowed && store() && std::rename(name_.c_str(), target_.c_str()) == 0;
    if (!kept_) fail(target_, "cannot be written: " + reason());
  }

  // False if something has the name already.
  bool keep_if_first() {
    if (store() && link(name_.c_str(), target_.c_str()) == 0) return true;
    if (errno == EEXIST) return false;
    fail(target_, "cannot be written: " + reason());
  }

 private:
  bool store() {
    const bool stored = fsync(descriptor_) == 0 && close(descriptor_) == 0;
    descriptor_ = -1;
    return stored;
  }

  std::string target_, name_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace

std::string read_file(const std::string& name, std::size_t limit) {
  std::optional<std::string> text = read_up_to(name, limit);
  if (!text) fail(name, "there is no such file");
  if (text->size() > limit) fail(name, "larger than " + std::to_string(limit) + " bytes");
  return std::move(*text);
}

std::optional<std::string> read_if_there(const std::string& name, std::size_t limit) {
  return read_up_to(name, limit);
}

void write_whole(const std::string& name, std::string_view bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) fail(name, "is a folder");
  NewFile file(name);
  file.write_all(bytes);
  file.keep();
}

Written write_once(const std::string& name, std::string_view bytes) {
  std::optional<std::string> there = read_if_there(name, bytes.size());
  if (!there) {
    NewFile file(name);
    file.write_all(bytes);
    if (file.keep_if_first()) return Written::made;
    there = read_if_there(name, bytes.size());
  }
  return there == bytes ? Written::same : Written::other;
}

std::optional<std::vector<std::string>> files_in(const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return std::nullopt;
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    const std::string name = file->path().filename().string();
    if (!name.starts_with('.') && file->is_regular_file(error)) names.push_back(name);
  }
  if (error) fail(folder, "cannot be read: " + error.message());
  std::sort(names.begin(), names.end());
  return names;
}

void make_folder(const std::string& name) {
  std::error_code error;
  std::filesystem::create_directory(name, error);
  if (error) fail(name, "cannot be made: " + error.message());
}

std::shared_ptr<void> lock_file(const std::string& name, const std::string& what) {
  File file(std::fopen(name.c_str(), "a+e"));
  if (!file) fail(name, "cannot be locked: " + reason());
  const int descriptor = fileno(file.get());
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) fail(name, "cannot be locked: " + reason());
    const std::string holder = printable(read_up_to(name, max_holder_bytes).value_or(""));
    fail(name, "is held by " + (holder.empty() ? "another process" : holder) + "; wait until it has ended");
  }
  const std::string holder = this_process() + ": " + what;
  if (ftruncate(descriptor, 0) != 0 || std::fputs(holder.c_str(), file.get()) < 0 || std::fflush(file.get()) != 0)
    fail(name, "cannot be written: " + reason());
  return file;
}

void print(std::string_view text) {
  const std::size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
  if (written != text.size() || std::fflush(stdout) != 0) {
    throw BadInput("the output cannot be written: " + reason());
  }
}

void end_with_reader() { std::signal(SIGPIPE, SIG_DFL); }

std::string shown_name(const std::string& name) {
  return name == standard_stream ? "stdin" : name;
}

std::string folder_of(const std::string& name) {
  return name.substr(0, name.rfind('/') + 1);  // npos + 1 is 0
}

std::string name_in_folder(const std::string& name) {
  return shown_name(name.substr(name.rfind('/') + 1));
}

std::string beside(const std::string& folder, const std::string& name) {
  return name.starts_with('/') ? name : folder + name;
}

}  // namespace assent::command
