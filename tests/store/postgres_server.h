// A real PostgreSQL server for tests: one for the whole process, in a directory of its own, reached by a Unix
// socket only, and killed as power loss of its machine would kill it, whenever a test asks.
//
// Entry: PostgresServer::shared. It is started at the first use, from Debian's packages, and stopped and removed
// when the process ends. Its default order of texts is that of a natural language, so that a store which counts
// on the order of code points has to ask for it. fsync stays on.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace assent::store {

class PostgresServer {  // invariant: server_ is the running server's process, or 0
 public:
  // Null if PostgreSQL is not installed, which is then said on stderr. Throws std::runtime_error, with the
  // server's log, if it is installed and does not start.
  static PostgresServer* shared();

  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  // The URL of a new and empty database; `encoding` is PostgreSQL's name for one, or empty for UTF8.
  std::string fresh_database(const std::string& encoding = "");

  // SIGKILL to the server and to each process that it has started: nothing is finished, nothing is told to the
  // clients but that their sockets are closed.
  void kill();

  // After kill or stop, on the data that is there. Each setting is NAME=VALUE, and for this run only.
  void start(const std::vector<std::string>& settings = {});

  // Lets clients go and shuts down in order.
  void stop();

 private:
  explicit PostgresServer(std::string programs);
  pid_t spawn(const std::vector<std::string>& words) const;
  void run(const std::vector<std::string>& words) const;
  std::string log() const;

  std::string programs_;  // the directory of initdb and postgres
  std::string directory_;
  uid_t user_ = 0;  // whom the server runs as, since it refuses to be root
  gid_t group_ = 0;
  pid_t server_ = 0;
  int databases_ = 0;
};

}  // namespace assent::store
