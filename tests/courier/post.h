// A post office for tests: a store with people who have addresses, a real mail server, a real receiver of webhooks,
// and a courier between them. Entry: Post.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "assent/courier.h"
#include "tests/delivery/server.h"
#include "tests/store/cases/office.h"

namespace assent::test {

inline const std::string hook_key = "the key that the receiver of hooks has";

// Problems of settings as lines, "/mail: …".
std::string problems_of(const std::string& settings, const std::map<std::string, std::string>& files = {});

struct Post : Office {
  explicit Post(const std::string& url);

  // False, and said, where there is no mail server for tests.
  bool runs() const;

  Courier courier(const nlohmann::json& changes = nlohmann::json::object()) const;  // the usual settings but for these
  std::string deliver(Courier& from);        // "Q-1 request to boss: delivered by mail" for each letter
  std::vector<nlohmann::json> mails() const { return mail.records(); }
  std::vector<nlohmann::json> posts() const { return hook.records(); }

  Server mail, hook;
  std::map<std::string, std::string> files;
};

// A mail as the person's program would answer this one: from their address, to its message id.
std::string answer_to(const nlohmann::json& mail, const std::string& from, const std::string& text,
                      const std::string& message_id = "answer-1@example.com");

std::string field(const nlohmann::json& mail, const std::string& name);  // of its header
std::string token_in(const nlohmann::json& mail, const std::string& word);  // behind "Approve: " or "Reject:  "
std::string body_of(const nlohmann::json& post);

}  // namespace assent::test
