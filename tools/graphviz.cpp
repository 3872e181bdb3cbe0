// See graphviz.h. `dot` reads its whole input before it writes, so the pipes need no turns.
#include "tools/graphviz.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

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
    if (pipe2(ends, O_CLOEXEC) != 0) throw BadInput("cannot start Graphviz: too many open files");
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

pid_t start(const Pipe& in, const Pipe& out) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
  std::string name = "dot", option = "-Tsvg";
  char* arguments[] = {name.data(), option.data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawnp(&child, "dot", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) {
    throw BadInput("--format svg needs the program `dot` of Graphviz, which is not installed: "
                   "install `graphviz`, or use --format dot or mermaid");
  }
  if (error != 0) throw BadInput(std::string("cannot start `dot`: ") + std::strerror(error));
  return child;
}

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

std::string svg_of(const std::string& dot) {
  Pipe in, out;
  const pid_t child = start(in, out);
  Pipe::shut(in.read);
  Pipe::shut(out.write);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  write_all(in.write, dot);
  std::signal(SIGPIPE, before);
  Pipe::shut(in.write);
  std::string svg = read_all(out.read);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw BadInput("`dot` of Graphviz failed");
  return svg;
}

}  // namespace assent::command
