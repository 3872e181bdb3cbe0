// Entry: Server. A process with two pipes; closing its input is what ends it.
#include "tests/delivery/server.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

namespace {

constexpr int patience_ms = 30'000;

std::filesystem::path new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "assent-delivery-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  return name;
}

}  // namespace

Server::Server(const std::string& script, std::vector<std::string> arguments) : folder_(new_folder()) {
  int to_server[2];
  int from_server[2];
  REQUIRE(pipe2(to_server, O_CLOEXEC) == 0);
  REQUIRE(pipe2(from_server, O_CLOEXEC) == 0);
  arguments.insert(arguments.begin(), {ASSENT_PYTHON, ASSENT_SOURCE_DIR "/tests/delivery/" + script, folder_.string()});
  std::vector<char*> words;
  for (std::string& word : arguments) words.push_back(word.data());
  words.push_back(nullptr);
  process_ = fork();
  REQUIRE(process_ >= 0);
  if (process_ == 0) {
    dup2(to_server[0], STDIN_FILENO);
    dup2(from_server[1], STDOUT_FILENO);
    execv(words[0], words.data());
    _exit(127);
  }
  close(to_server[0]);
  close(from_server[1]);
  input_ = to_server[1];
  output_ = from_server[0];
  const std::string first = line();
  const bool is_port = !first.empty() && first.find_first_not_of("0123456789") == std::string::npos;
  if (is_port) port_ = static_cast<std::uint16_t>(std::stoi(first));
  if (!is_port) complaint_ = first.empty() ? script + " did not start" : first;
}

Server::~Server() {
  close(input_);
  close(output_);
  int status = 0;
  waitpid(process_, &status, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Server::line() {
  std::string out;
  for (;;) {
    pollfd waited{output_, POLLIN, 0};
    REQUIRE(poll(&waited, 1, patience_ms) == 1);
    char c = 0;
    if (read(output_, &c, 1) != 1 || c == '\n') return out;
    out += c;
  }
}

void Server::tell(const std::string& command) {
  const std::string text = command + "\n";
  REQUIRE(write(input_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  REQUIRE(line() == "ok");
}

std::vector<nlohmann::json> Server::records() const {
  std::vector<nlohmann::json> out;
  while (std::filesystem::exists(folder_ / (std::to_string(out.size() + 1) + ".json"))) {
    out.push_back(nlohmann::json::parse(file(std::to_string(out.size() + 1) + ".json")));
  }
  return out;
}

std::string Server::file(const std::string& name) const {
  std::ifstream in(folder_ / name, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
