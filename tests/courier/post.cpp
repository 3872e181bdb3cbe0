#include "tests/courier/post.h"

#include <catch2/catch.hpp>

#include "runtime/value/base64.h"

namespace assent::test {

namespace {

using Json = nlohmann::json;

Courier::ReadFile reader_of(const std::map<std::string, std::string>& files) {
  return [&files](const std::string& name) -> Result<std::string> {
    const auto found = files.find(name);
    if (found == files.end()) return Problem{ErrorCode::bad_settings, "", "there is no such file"};
    return found->second;
  };
}

}  // namespace

std::string problems_of(const std::string& settings, const std::map<std::string, std::string>& files) {
  const auto made = Courier::make(settings, reader_of(files));
  std::string all;
  if (made) return "none";
  for (const Problem& problem : made.problems()) {
    all += (all.empty() ? "" : "\n") + problem.where + ": " + problem.message;
  }
  return all;
}

Post::Post(const std::string& url) : Office(url), mail("smtp_server.py"), hook("http_server.py", {hook_key}) {
  world.directory = *Directory::from_json(R"({"people": [
    {"id": "rep", "name": "The Rep", "mail": "rep@example.com"}, {"id": "boss", "mail": "Boss@example.com"},
    {"id": "cfo", "name": "Chief, the", "mail": "cfo@example.com"}, {"id": "legal"},
    {"id": "deputy", "mail": "deputy@example.com"}, {"id": "admin", "roles": ["assent-administrator"]}]})");
  files["key"] = "0123456789abcdef0123456789abcdef\n";
  files["hook.key"] = hook_key;
}

bool Post::runs() const {
  if (mail.runs()) return true;
  WARN("skipped: " << mail.complaint());
  return false;
}

Courier Post::courier(const Json& changes) const {
  Json settings{{"key_file", "key"},
                {"mail", {{"server", "127.0.0.1"}, {"port", mail.port()}, {"tls", "none"},
                          {"from", "approvals@desk.example.com"}, {"name", "Deal desk"}}},
                {"links", {{"answer", "https://desk.example.com/answer?token="}}},
                {"case_page", "https://desk.example.com/cases/"},
                {"hooks", Json::array()},
                {"timeout", 20}};
  settings.merge_patch(changes);
  for (Json& each : settings["hooks"]) {
    each["url"] = "http://127.0.0.1:" + std::to_string(hook.port()) + '/' + each["name"].get<std::string>();
    if (!each.contains("body")) each["key_file"] = "hook.key";
  }
  auto made = Courier::make(settings.dump(), reader_of(files));
  if (!made) FAIL(made.problems()[0].where << ": " << made.problems()[0].message);
  return *std::move(made);
}

std::string Post::deliver(Courier& from) {
  std::string all;
  const auto tell = [&](const LetterReport& report) {
    all += (all.empty() ? "" : "; ") + report.letter.case_id + ' ' + std::string(text(report.letter.effect.kind)) +
           " to " + report.letter.effect.to + ": " + std::string(text(report.what));
    for (const std::string& each : report.channels) all += (&each == &report.channels.front() ? " by " : ", ") + each;
  };
  const auto count = from.deliver(store, world, tell);
  REQUIRE(count.ok());
  return all;
}

std::string answer_to(const Json& mail, const std::string& from, const std::string& text,
                      const std::string& message_id) {
  return "From: Somebody <" + from + ">\r\nTo: approvals@desk.example.com\r\nMessage-ID: <" + message_id +
         ">\r\nIn-Reply-To: " + field(mail, "Message-ID") + "\r\nSubject: Re: it\r\n\r\n" + text + "\r\n";
}

std::string field(const Json& mail, const std::string& name) {
  for (const Json& each : mail["fields"]) {
    if (each[0] == name) return each[1];
  }
  return "";
}

std::string token_in(const Json& mail, const std::string& word) {
  const std::string text = mail["text"], base = word + " https://desk.example.com/answer?token=";
  const std::size_t at = text.find(base);
  REQUIRE(at != std::string::npos);
  const std::size_t begin = at + base.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::string body_of(const Json& post) { return decode_base64(post["body"].get<std::string>()).value_or(""); }

}  // namespace assent::test
