// See workers.h. Each copy takes the next piece from a pipe that all share, and writes what comes of it to a pipe of
// its own: the piece's number, the length, the bytes.
#include "tools/workers.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/command.h"

namespace assent::command {

namespace {

struct Header { std::uint64_t piece, length; };

bool write_all(int end, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t count = write(end, bytes, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

// The next piece; nothing when there is none. Numbers are written and read whole: they are smaller than PIPE_BUF.
bool next_piece(int end, std::uint64_t& piece) {
  while (true) {
    const ssize_t count = read(end, &piece, sizeof piece);
    if (count < 0 && errno == EINTR) continue;
    return count == sizeof piece;
  }
}

[[noreturn]] void run_copy(int pieces, int results, const std::function<std::string(std::size_t)>& work) {
  std::uint64_t piece = 0;
  while (next_piece(pieces, piece)) {
    const std::string result = work(static_cast<std::size_t>(piece));
    const Header header{piece, result.size()};
    if (!write_all(results, reinterpret_cast<const char*>(&header), sizeof header) ||
        !write_all(results, result.data(), result.size()))
      _exit(1);
  }
  _exit(0);
}

// A copy as its parent sees it.
struct Copy {
  pid_t process = 0;
  int results = -1;
  std::string pending;  // what has come of the result to be

  template <typename Done>
  void take(Done done) {
    Header header;
    std::size_t at = 0;
    while (pending.size() - at >= sizeof header) {
      std::memcpy(&header, pending.data() + at, sizeof header);
      if (pending.size() - at - sizeof header < header.length) break;
      done(static_cast<std::size_t>(header.piece), pending.substr(at + sizeof header, header.length));
      at += sizeof header + header.length;
    }
    pending.erase(0, at);
  }
};

class Crew {
 public:
  Crew(std::size_t size, const std::function<std::string(std::size_t)>& work) {
    int pieces[2];
    if (pipe2(pieces, O_CLOEXEC) != 0) throw BadInput("cannot start other processes: too many open files");
    pieces_ = pieces[1];
    for (std::size_t i = 0; i < size; ++i) {
      int results[2];
      const pid_t process = pipe2(results, O_CLOEXEC) != 0 ? -1 : fork();
      if (process == 0) {
        close(pieces[1]);
        close(results[0]);
        for (const Copy& other : copies_) close(other.results);
        run_copy(pieces[0], results[1], work);
      }
      if (process < 0) break;  // those that could be started do it all
      close(results[1]);
      copies_.push_back({process, results[0], {}});
    }
    close(pieces[0]);
    if (copies_.empty()) throw BadInput("cannot start other processes");
    fcntl(pieces_, F_SETFL, O_NONBLOCK);
  }
  Crew(const Crew&) = delete;
  ~Crew() {
    if (pieces_ >= 0) close(pieces_);
    for (Copy& each : copies_) {
      if (each.results >= 0) close(each.results);
      while (waitpid(each.process, nullptr, 0) < 0 && errno == EINTR) {}
    }
  }

  void run(std::size_t count, const std::function<void(std::size_t, std::string)>& done) {
    std::size_t given = 0, finished = 0;
    while (finished < count) {
      for (; given < count; ++given) {
        const std::uint64_t piece = given;
        if (write(pieces_, &piece, sizeof piece) != sizeof piece) break;  // the pipe is full
      }
      if (given == count && pieces_ >= 0) {
        close(pieces_);
        pieces_ = -1;
      }
      std::vector<pollfd> ends;
      for (const Copy& each : copies_)
        if (each.results >= 0) ends.push_back({each.results, POLLIN, 0});
      if (ends.empty()) throw BadInput("a process that helped has ended before its work was done");
      if (poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) throw BadInput("cannot wait for other processes");
      for (Copy& each : copies_) {
        const auto end =
            std::find_if(ends.begin(), ends.end(), [&](const pollfd& one) { return one.fd == each.results; });
        if (end == ends.end() || end->revents == 0) continue;
        read_from(each);
        each.take([&](std::size_t piece, std::string result) {
          ++finished;
          done(piece, std::move(result));
        });
      }
    }
  }

 private:
  int pieces_ = -1;
  std::vector<Copy> copies_;

  static void read_from(Copy& copy) {
    std::array<char, 1 << 16> buffer{};
    const ssize_t count = read(copy.results, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) return;
    if (count > 0) {
      copy.pending.append(buffer.data(), static_cast<std::size_t>(count));
      return;
    }
    close(copy.results);
    copy.results = -1;
  }
};

}  // namespace

std::size_t processors() {
  cpu_set_t ours;
  if (sched_getaffinity(0, sizeof ours, &ours) != 0) return 1;
  return std::max<std::size_t>(1, static_cast<std::size_t>(CPU_COUNT(&ours)));
}

void work_in_processes(std::size_t count, std::size_t processes, const std::function<std::string(std::size_t)>& work,
                       const std::function<void(std::size_t, std::string)>& done) {
  processes = std::min(processes, count);
  if (processes <= 1) {
    for (std::size_t i = 0; i < count; ++i) done(i, work(i));
    return;
  }
  Crew(processes, work).run(count, done);
}

}  // namespace assent::command
