// See program.h.
#include "tools/program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/command.h"

extern char** environ;

namespace assent::command {

namespace {

// Two ends, closed when they are no longer needed.
struct Pipe {
  int read = -1, write = -1;

  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw BadInput("cannot start another program: too many open files");
    read = ends[0];
    write = ends[1];
  }
  Pipe(const Pipe&) = delete;
  ~Pipe() {
    shut(read);
    shut(write);
  }
  static void shut(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

void write_all(int end, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(end, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // it ended early; its exit code says why
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string read_all(int end) {
  std::string all;
  std::array<char, 1 << 14> buffer{};
  while (true) {
    const ssize_t count = read(end, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return all;
    all.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

std::optional<ProgramEnd> run_program(const std::vector<std::string>& words, std::string_view input) {
  Pipe in, out;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
  std::vector<std::string> copies = words;  // which posix_spawn may write to
  std::vector<char*> arguments;
  for (std::string& each : copies) arguments.push_back(each.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int error = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) return std::nullopt;
  if (error != 0) throw BadInput("cannot start `" + words[0] + "`: " + std::strerror(error));
  Pipe::shut(in.read);
  Pipe::shut(out.write);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  write_all(in.write, input);
  std::signal(SIGPIPE, before);
  Pipe::shut(in.write);
  ProgramEnd end;
  end.output = read_all(out.read);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  end.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return end;
}

}  // namespace assent::command
