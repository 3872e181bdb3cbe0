// Entry: Session.
#include "runtime/erp/session.h"

#include <array>

#include "runtime/delivery/transport.h"
#include "runtime/value/base64.h"

namespace assent::erp {

namespace {

std::string url_of(const TrytonServer& server) {
  return server.url + (server.url.ends_with('/') ? "" : "/") + server.database + "/";
}

std::string status_words(int code, const TrytonServer& server) {
  const std::string status = "HTTP status " + std::to_string(code);
  switch (code) {
    case 401: return "the ERP does not let `" + server.user + "` in with this password: " + status;
    case 403: return "the ERP does not allow `" + server.user + "` to do this: " + status;
    case 404: return "the ERP has no database `" + server.database + "`: " + status;
    case 429: return "the ERP has seen too many wrong passwords: " + status;
    default: return "the ERP answered with " + status;
  }
}

}  // namespace

Session::Posted Session::post(const std::string& body) const {
  std::vector<delivery::HttpField> fields = {{"Content-Type", "application/json"}};
  if (!authorization_.empty()) fields.push_back({"Authorization", authorization_});
  const std::string url = url_of(server_);
  delivery::HttpRequest request;
  request.url = url;
  request.fields = fields;
  request.body = body;
  request.timeout_ms = server_.timeout_ms;
  request.max_body_bytes = server_.max_answer_bytes;
  request.ca_file = server_.ca_file;
  delivery::HttpAnswer answer = delivery::exchange(request);
  if (answer.end != delivery::HttpEnd::complete) return {answer.code, {}, std::move(answer.error)};
  if (answer.code != 200) return {answer.code, {}, status_words(answer.code, server_)};
  return {answer.code, std::move(answer.body), {}};
}

Answer<Nothing> Session::enter() {
  const auto no = [this](std::string why) {
    authorization_.clear();
    return Answer<Nothing>{std::nullopt, Failure::broken, std::move(why)};
  };
  Posted posted = post(login_request(server_.user, server_.password));
  if (!posted.error.empty()) return no(std::move(posted.error));
  Answer<Login> login = read_login(posted.body);
  if (!login.value) return no(std::move(login.words));
  authorization_ =
      "Session " + base64(server_.user + ":" + std::to_string(login.value->user) + ":" + login.value->session);
  posted = post(context_request());
  if (!posted.error.empty()) return no(std::move(posted.error));
  Answer<Context> context = read_context(posted.body);
  if (!context.value) return no(std::move(context.words));
  context_ = *std::move(context.value);
  return {Nothing{}, {}, {}};
}

}  // namespace assent::erp
