// Starts, kills and removes the PostgreSQL server of the tests.
//
// Entry: PostgresServer. Processes are made by fork and exec, as the user `postgres` where we are root. The server
// gets SIGQUIT, which ends it at once, should the tests die before they can stop it.
#include "tests/store/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace assent::store {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds longest_wait{300};  // for what takes a second on a machine with nothing else to do
constexpr std::chrono::milliseconds between_looks{10};

// The programs of the newest PostgreSQL that Debian's packages have put there; empty if there is none.
std::string installed_programs() {
  int newest = 0;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    if (!fs::exists(version.path() / "bin/postgres") || !fs::exists(version.path() / "bin/initdb")) continue;
    newest = std::max(newest, std::atoi(version.path().filename().c_str()));
  }
  return newest == 0 ? "" : "/usr/lib/postgresql/" + std::to_string(newest) + "/bin/";
}

struct Process {
  char state = 'Z';  // as of one that is gone
  pid_t parent = 0;
};

Process look_at(pid_t id) {
  std::ifstream file("/proc/" + std::to_string(id) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');  // the name may hold anything
  Process process;
  if (name_end != std::string::npos) std::istringstream(line.substr(name_end + 1)) >> process.state >> process.parent;
  return process;
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const pid_t id = std::atoi(entry.path().filename().c_str());
    if (id > 0 && look_at(id).parent == parent) children.push_back(id);
  }
  return children;
}

template <typename Condition>
bool wait_until(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + longest_wait;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(between_looks);
  }
  return true;
}

}  // namespace

PostgresServer* PostgresServer::shared() {
  static const std::unique_ptr<PostgresServer> server = [] {
    const std::string programs = installed_programs();
    if (programs.empty()) {
      std::cerr << "PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/postgres): its tests are NOT run\n";
      return std::unique_ptr<PostgresServer>();
    }
    return std::unique_ptr<PostgresServer>(new PostgresServer(programs));
  }();
  return server.get();
}

PostgresServer::PostgresServer(std::string programs)
    : programs_(std::move(programs)), user_(geteuid()), group_(getegid()) {
  std::string pattern = (fs::temp_directory_path() / "assent-postgres-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no directory for PostgreSQL: " + pattern);
  directory_ = pattern;
  if (user_ == 0) {
    const passwd* const postgres = getpwnam("postgres");
    if (!postgres) throw std::runtime_error("PostgreSQL is installed, but there is no user `postgres` to run it as");
    user_ = postgres->pw_uid;
    group_ = postgres->pw_gid;
    if (chown(directory_.c_str(), user_, group_) != 0) throw std::runtime_error("cannot give away " + directory_);
  }
  run({"initdb", "--pgdata", directory_ + "/data", "--username=assent", "--auth=trust", "--encoding=UTF8",
       "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "--no-sync"});
  start();
}

PostgresServer::~PostgresServer() {
  if (server_ != 0) stop();
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

std::string PostgresServer::log() const {
  std::ostringstream text;
  text << std::ifstream(directory_ + "/log").rdbuf();
  return text.str();
}

// Starts one of PostgreSQL's programs; what it says goes to the log.
pid_t PostgresServer::spawn(const std::vector<std::string>& words) const {
  std::vector<std::string> owned = words;
  owned.front() = programs_ + words.front();
  std::vector<char*> arguments;
  for (std::string& word : owned) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const std::string log_path = directory_ + "/log";
  const bool other_user = user_ != geteuid();

  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child > 0) return child;
  // From here to exec: nothing but what is allowed after a fork of a process with several threads.
  if (other_user && (setgroups(1, &group_) != 0 || setgid(group_) != 0 || setuid(user_) != 0)) _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after the change of user, which would clear it
  const int log_file = open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (log_file < 0 || dup2(log_file, 1) < 0 || dup2(log_file, 2) < 0) _exit(126);
  if (chdir("/") != 0) _exit(126);
  execv(arguments.front(), arguments.data());
  _exit(127);
}

void PostgresServer::run(const std::vector<std::string>& words) const {
  const pid_t child = spawn(words);
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0)
    throw std::runtime_error(words.front() + " failed:\n" + log());
}

void PostgresServer::start(const std::vector<std::string>& settings) {
  std::vector<std::string> words = {"postgres", "-D", directory_ + "/data", "-c", "listen_addresses=", "-c",
                                    "unix_socket_directories=" + directory_, "-c", "shared_buffers=16MB", "-c",
                                    "max_connections=20", "-c", "fsync=on"};
  for (const std::string& setting : settings) words.insert(words.end(), {"-c", setting});
  server_ = spawn(words);
  // The first line of this file is the server's process, the eighth its state.
  const bool answers = wait_until([this] {
    if (waitpid(server_, nullptr, WNOHANG) == server_) throw std::runtime_error("postgres ended:\n" + log());
    std::ifstream file(directory_ + "/data/postmaster.pid");
    std::string line, process;
    for (int i = 0; i < 8 && std::getline(file, line); ++i) {
      if (i == 0) process = line;
    }
    return process == std::to_string(server_) && line.starts_with("ready");
  });
  if (!answers) throw std::runtime_error("postgres is not ready:\n" + log());
}

void PostgresServer::stop() {
  ::kill(server_, SIGINT);  // "fast shutdown"
  waitpid(server_, nullptr, 0);
  server_ = 0;
}

void PostgresServer::kill() {
  ::kill(server_, SIGSTOP);  // so that it starts no more processes while they are counted
  std::vector<pid_t> all = children_of(server_);
  for (const pid_t child : all) ::kill(child, SIGKILL);
  ::kill(server_, SIGKILL);
  waitpid(server_, nullptr, 0);
  server_ = 0;
  const auto gone = [](pid_t id) { return look_at(id).state == 'Z'; };
  if (!wait_until([&] { return std::all_of(all.begin(), all.end(), gone); })) {
    throw std::runtime_error("processes of PostgreSQL outlive SIGKILL");
  }
}

std::string PostgresServer::fresh_database(const std::string& encoding) {
  const std::string name = "fresh_" + std::to_string(++databases_);
  std::vector<std::string> words = {"createdb", "--host=" + directory_, "--username=assent"};
  if (!encoding.empty()) {
    words.insert(words.end(),
                 {"--encoding=" + encoding, "--locale-provider=libc", "--locale=C", "--template=template0"});
  }
  words.push_back(name);
  run(words);
  return "postgresql:///" + name + "?host=" + directory_ + "&user=assent";
}

}  // namespace assent::store
