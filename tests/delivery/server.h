// A server that a test starts, and that ends with it. Entry: Server.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

class Server {  // invariant: the process runs, and its folder exists, as long as the object
 public:
  // Runs tests/delivery/SCRIPT with a new folder and these arguments, and waits for its port.
  explicit Server(const std::string& script, std::vector<std::string> arguments = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // False if the script said that it lacks what it needs; what it said is in complaint().
  bool runs() const { return port_ != 0; }
  const std::string& complaint() const { return complaint_; }

  std::uint16_t port() const { return port_; }
  void tell(const std::string& command);  // returns once the server has changed

  // What the server has recorded by now: 1.json, 2.json and so on.
  std::vector<nlohmann::json> records() const;
  std::string file(const std::string& name) const;

 private:
  std::string line();  // of its output, without the end; fails the test after half a minute

  std::filesystem::path folder_;
  pid_t process_ = -1;
  int input_ = -1;   // what the server reads
  int output_ = -1;  // what the server writes
  std::uint16_t port_ = 0;
  std::string complaint_;
};
