// Entry: send_mail, post, exchange.
//
// Arguments are checked before libcurl sees them: it writes addresses and fields into the protocol as they are. Then a
// handle is set up, run once and thrown away, and what came of it is told apart.
#include "runtime/delivery/transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <optional>

#include "runtime/delivery/address.h"

namespace assent::delivery {

namespace {

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

class List {  // invariant: holds all texts that were appended, or failed_ is true
 public:
  void append(const std::string& text) {
    curl_slist* const longer = curl_slist_append(list_.get(), text.c_str());
    if (longer == nullptr) {
      failed_ = true;
      return;
    }
    static_cast<void>(list_.release());  // it is the same list, or the first of it
    list_.reset(longer);
  }
  curl_slist* get() const { return list_.get(); }
  bool failed() const { return failed_; }

 private:
  std::unique_ptr<curl_slist, FreeList> list_;
  bool failed_ = false;
};

// One line of visible characters, no longer than a log wants.
std::string log_line(std::string_view text) {
  std::string out(text.substr(0, max_delivery_message_bytes));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) >= 0x7f) c = ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

Delivery senseless(std::string message) { return {DeliveryOutcome::refused, 0, std::move(message)}; }

// One exchange: what is still to be sent, and what came back.
struct Exchange {
  std::string_view unsent;
  std::string answer;              // the last line of an SMTP server, the body of an HTTP one
  std::size_t max_body_bytes = 0;  // of an HTTP one; what is beyond is not kept
  bool is_cut = false;             // the body was longer than that
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* context) {
  Exchange& exchange = *static_cast<Exchange*>(context);
  const std::size_t given = std::min(size * count, exchange.unsent.size());
  std::memcpy(buffer, exchange.unsent.data(), given);
  exchange.unsent.remove_prefix(given);
  return given;
}

// libcurl hands over the lines of an SMTP server as if they were header fields. A 221 is the goodbye after the last
// one that matters.
std::size_t take_smtp_line(char* data, std::size_t size, std::size_t count, void* context) {
  const std::string_view line(data, size * count);
  if (!line.starts_with("221")) static_cast<Exchange*>(context)->answer = log_line(line);
  return line.size();
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* context) {
  Exchange& exchange = *static_cast<Exchange*>(context);
  const std::size_t length = size * count;
  const std::size_t room = exchange.max_body_bytes - exchange.answer.size();
  exchange.answer.append(data, std::min(length, room));
  exchange.is_cut = length > room;
  return exchange.is_cut ? 0 : length;  // 0 ends the transfer
}

std::size_t ignore_body(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// What a call sets; the first option that is refused is remembered, and the call then not made.
class Call {  // invariant: handle_ is null only if error_ is set; stays where it is, as libcurl has its address
 public:
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  Call() {
    // Once in the process, by whichever thread comes first.
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    error_ = ready;
    if (error_ == CURLE_OK) handle_.reset(curl_easy_init());
    if (!handle_ && error_ == CURLE_OK) error_ = CURLE_FAILED_INIT;
  }

  template <typename Value>
  void set(CURLoption option, Value value) {
    if (error_ == CURLE_OK) error_ = curl_easy_setopt(handle_.get(), option, value);
  }

  void fail(CURLcode error) {
    if (error_ == CURLE_OK) error_ = error;
  }

  // What both kinds of call have in common. `protocols` is a literal such as "smtp,smtps".
  void set_common(const char* protocols, std::int64_t timeout_ms) {
    timeout_ms_ = timeout_ms;
    deadline_ = Clock::now() + std::chrono::milliseconds(timeout_ms);
    set(CURLOPT_PROTOCOLS_STR, protocols);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);  // signals belong to the process, not to a library in one of its threads
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeout_ms));
    // By itself libcurl waits two minutes for each answer of an SMTP server: too short for a longer time-out, and too
    // long for its goodbye, on which the time-out has no effect. There only the callback ends the wait.
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(timeout_ms / 1000 + 1));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, is_overdue);
    set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
    set(CURLOPT_PROXY, "");  // or the environment's is taken
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_ERRORBUFFER, error_text_);
  }

  CURLcode perform() {
    if (error_ == CURLE_OK) error_ = curl_easy_perform(handle_.get());
    return error_;
  }

  int code() const {
    long code = 0;
    if (handle_) curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
    return static_cast<int>(code);
  }

  std::string error_text() const {
    if (error_ == CURLE_OPERATION_TIMEDOUT || error_ == CURLE_ABORTED_BY_CALLBACK) {
      return "timed out after " + std::to_string(timeout_ms_) + " milliseconds";
    }
    return log_line(error_text_[0] != 0 ? error_text_ : curl_easy_strerror(error_));
  }

 private:
  using Clock = std::chrono::steady_clock;

  // Called at least once a second; anything but 0 ends the call.
  static int is_overdue(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return Clock::now() >= static_cast<const Call*>(context)->deadline_ ? 1 : 0;
  }

  std::int64_t timeout_ms_ = 0;
  Clock::time_point deadline_;
  CURLcode error_ = CURLE_OK;
  char error_text_[CURL_ERROR_SIZE] = {};
  Handle handle_;  // the last, so that it goes first: closing it still calls is_overdue
};

bool is_timeout(std::int64_t timeout_ms) { return timeout_ms >= 1 && timeout_ms <= max_timeout_ms; }

// A name, or an address of IPv4 or IPv6: nothing that would end the host in a URL.
bool is_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == ':';
  });
}

bool is_ascii_with_line_ends(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool is_pair = c == '\r' ? i + 1 < bytes.size() && bytes[i + 1] == '\n' : i > 0 && bytes[i - 1] == '\r';
    if ((c == '\r' || c == '\n') && !is_pair) return false;
    if (c == '\0' || static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return bytes.ends_with("\r\n");
}

// What makes no sense in a call of send_mail, if anything does not.
std::optional<std::string> mail_fault(const SmtpServer& server, std::string_view envelope_from,
                                      std::span<const std::string> recipients, std::string_view bytes) {
  if (!is_host(server.host)) return "the host is neither a name nor an address";
  if (!is_timeout(server.timeout_ms)) return "the time-out is outside 1 to 600000 milliseconds";
  if (server.tls == TlsMode::none && !server.user.empty()) return "a password is sent over TLS only";
  if (!envelope_from.empty() && !is_address(envelope_from)) return "the sender is no address";
  if (recipients.empty()) return "there is no recipient";
  if (!std::all_of(recipients.begin(), recipients.end(), is_address)) return "a recipient is no address";
  if (!is_ascii_with_line_ends(bytes)) return "the mail is not ASCII with CRLF at the end of each line";
  return std::nullopt;
}

std::string smtp_url(const SmtpServer& server) {
  const bool is_ipv6 = server.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + server.host + "]" : server.host;
  return (server.tls == TlsMode::implicit ? "smtps://" : "smtp://") + host + ":" + std::to_string(server.port);
}

// RFC 9110 section 5.6.2.
bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c > ' ' && c < 0x7f && std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
  });
}

bool is_visible(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

std::optional<std::string> request_fault(const HttpRequest& request) {
  if (!request.url.starts_with("http://") && !request.url.starts_with("https://"))
    return "the URL begins with neither http:// nor https://";
  if (!is_visible(request.url)) return "the URL has a character that is not visible ASCII";
  if (!is_timeout(request.timeout_ms)) return "the time-out is outside 1 to 600000 milliseconds";
  for (const HttpField& field : request.fields) {
    if (!is_token(field.name)) return "the name of a field is no token";
    if (!is_visible(field.value)) return "the value of a field has a character that is not visible ASCII";
  }
  return std::nullopt;
}

DeliveryOutcome smtp_outcome(CURLcode result, int code) {
  if (result == CURLE_OK) return DeliveryOutcome::accepted;
  return code >= 500 && code <= 599 ? DeliveryOutcome::refused : DeliveryOutcome::failed;
}

DeliveryOutcome http_outcome(int code) {
  if (code >= 200 && code <= 299) return DeliveryOutcome::accepted;
  // 408 request timeout, 425 too early, 429 too many requests: the same message is welcome later.
  if (code == 408 || code == 425 || code == 429) return DeliveryOutcome::failed;
  return code >= 300 && code <= 499 ? DeliveryOutcome::refused : DeliveryOutcome::failed;
}

}  // namespace

std::string_view text(DeliveryOutcome outcome) {
  switch (outcome) {
    case DeliveryOutcome::accepted: return "accepted";
    case DeliveryOutcome::refused: return "refused";
    case DeliveryOutcome::failed: return "failed";
  }
  return "";
}

Delivery send_mail(const SmtpServer& server, std::string_view envelope_from, std::span<const std::string> recipients,
                   std::string_view bytes) {
  if (auto fault = mail_fault(server, envelope_from, recipients, bytes)) return senseless(*std::move(fault));
  Exchange exchange{bytes, {}, 0, false};
  List to;
  for (const std::string& recipient : recipients) to.append(recipient);
  Call call;
  if (to.failed()) call.fail(CURLE_OUT_OF_MEMORY);
  call.set_common("smtp,smtps", server.timeout_ms);
  call.set(CURLOPT_URL, smtp_url(server).c_str());
  if (server.tls == TlsMode::starttls) call.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!server.ca_file.empty()) call.set(CURLOPT_CAINFO, server.ca_file.c_str());
  if (!server.user.empty()) {
    call.set(CURLOPT_USERNAME, server.user.c_str());
    call.set(CURLOPT_PASSWORD, server.password.c_str());
  }
  call.set(CURLOPT_MAIL_FROM, std::string(envelope_from).c_str());
  call.set(CURLOPT_MAIL_RCPT, to.get());
  call.set(CURLOPT_UPLOAD, 1L);
  call.set(CURLOPT_READFUNCTION, give);
  call.set(CURLOPT_READDATA, static_cast<void*>(&exchange));
  call.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
  call.set(CURLOPT_HEADERFUNCTION, take_smtp_line);
  call.set(CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
  call.set(CURLOPT_WRITEFUNCTION, ignore_body);
  const CURLcode result = call.perform();
  const int code = call.code();
  const DeliveryOutcome outcome = smtp_outcome(result, code);
  const bool has_words = outcome != DeliveryOutcome::failed || code >= 400;
  return {outcome, code, has_words && !exchange.answer.empty() ? exchange.answer : call.error_text()};
}

Delivery post(std::string_view url, const std::vector<HttpField>& fields, std::string_view body,
              std::int64_t timeout_ms) {
  HttpRequest request;
  request.url = url;
  request.fields = fields;
  request.body = body;
  request.timeout_ms = timeout_ms;
  HttpAnswer answer = exchange(request);
  switch (answer.end) {
    case HttpEnd::senseless: return senseless(std::move(answer.error));
    case HttpEnd::broken: return {DeliveryOutcome::failed, answer.code, std::move(answer.error)};
    case HttpEnd::cut:  // it followed a status, which counts
    case HttpEnd::complete: break;
  }
  return {http_outcome(answer.code), answer.code, log_line(answer.body)};
}

HttpAnswer exchange(const HttpRequest& request) {
  if (auto fault = request_fault(request)) return {HttpEnd::senseless, 0, {}, *std::move(fault)};
  Exchange exchange;
  exchange.max_body_bytes = request.max_body_bytes;
  List list;
  // What libcurl would add: a wait for "100 Continue", and a content type of forms.
  list.append("Expect:");
  list.append("Content-Type:");
  for (const HttpField& field : request.fields) {
    list.append(field.name + (field.value.empty() ? ";" : ": " + field.value));
  }
  Call call;
  if (list.failed()) call.fail(CURLE_OUT_OF_MEMORY);
  call.set_common("http,https", request.timeout_ms);
  call.set(CURLOPT_URL, std::string(request.url).c_str());
  if (!request.ca_file.empty()) call.set(CURLOPT_CAINFO, std::string(request.ca_file).c_str());
  call.set(CURLOPT_HTTPHEADER, list.get());
  call.set(CURLOPT_POST, 1L);
  call.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  call.set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());  // null would read standard input
  call.set(CURLOPT_WRITEFUNCTION, take_body);
  call.set(CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
  const CURLcode result = call.perform();
  const int code = call.code();
  if (result == CURLE_URL_MALFORMAT) return {HttpEnd::senseless, 0, {}, "the URL is malformed"};
  if (exchange.is_cut) {
    return {HttpEnd::cut, code, std::move(exchange.answer),
            "the answer is longer than " + std::to_string(request.max_body_bytes) + " bytes"};
  }
  if (result != CURLE_OK) return {HttpEnd::broken, code, {}, call.error_text()};
  return {HttpEnd::complete, code, std::move(exchange.answer), {}};
}

}  // namespace assent::delivery
