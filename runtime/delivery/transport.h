// Sends mails and posts messages: the only file here that reaches the network. libcurl does it, out of sight.
//
// Entry: send_mail, post; exchange, for whoever reads what is answered. They block until there is an outcome, at the
// latest two seconds after the time-out. They may be called from any number of threads at once; each call has a
// connection of its own. Nothing is taken from the environment: no proxy, no .netrc, no configuration file.
//
// Delivery is at least once. `failed` says that nobody knows whether the message was taken: if the connection is lost
// after the last byte and before the answer, it may have been. So everything that is sent has an identity of its own
// (a mail its Message-ID, a posted message its Idempotency-Key), the same at each attempt, and whoever receives it
// twice can tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assent::delivery {

inline constexpr std::int64_t max_timeout_ms = 10 * 60 * 1000;  // RFC 5321 section 4.5.3.2.6: 10 minutes after the data
inline constexpr std::size_t max_response_bytes = 64 * 1024;    // of a body; what follows is not waited for
inline constexpr std::size_t max_delivery_message_bytes = 500;  // of an answer, kept for the log

enum class DeliveryOutcome : std::uint8_t {
  accepted,  // the other side has taken it: SMTP 2xx after the data, HTTP 2xx
  refused,   // it would be refused again: SMTP 5xx, HTTP 3xx and 4xx but 408, 425 and 429; or the call makes no sense
  failed,    // try again: everything else, also no answer at all
};
std::string_view text(DeliveryOutcome outcome);

struct Delivery {
  DeliveryOutcome outcome = DeliveryOutcome::failed;
  int code = 0;         // the last one that the other side gave, of SMTP or HTTP; 0 if it gave none
  std::string message;  // for a log: its words, or what went wrong; one line, without secrets of ours
};

enum class TlsMode : std::uint8_t {
  none,      // in the clear: a server on this machine or in a closed network
  starttls,  // begins in the clear, and stops if the server does not offer TLS (RFC 3207)
  implicit,  // TLS from the first byte, usually on port 465 (RFC 8314)
};

struct SmtpServer {
  std::string host;  // a name or an address; of IPv6 without brackets
  std::uint16_t port = 25;
  TlsMode tls = TlsMode::none;
  std::string user;      // "" for a server that asks for none. With TLS only: a password is not sent in the clear
  std::string password;
  std::string ca_file;   // PEM certificates to trust instead of the system's; "" for those
  std::int64_t timeout_ms = 30'000;  // of the whole call; 1..max_timeout_ms
};

// Hands a mail to a server. `envelope_from` gets the bounces; "" asks for none. The mail goes to all `recipients` or,
// if the server refuses one of them, to nobody: send one mail a person. `bytes` are those of write_mail: ASCII, each
// line ended with CRLF; a lone CR or LF is refused here, for servers that differ over it can be made to see a second
// mail in one (RFC 5321 section 2.3.8). Points at the start of lines are doubled on the way. Arguments are borrowed
// for the call.
Delivery send_mail(const SmtpServer& server, std::string_view envelope_from, std::span<const std::string> recipients,
                   std::string_view bytes);

struct HttpField {
  std::string name;   // a token of RFC 9110 section 5.6.2
  std::string value;  // visible ASCII and spaces
};

// Posts `body` to a URL that begins with http:// or https://; certificates are checked. Redirects are not followed: a
// signed message goes where it was meant to go. Which hosts may be reached is for the caller to say, or the network:
// a URL that a customer configures may name a machine inside. `fields` say the Content-Type, too.
Delivery post(std::string_view url, const std::vector<HttpField>& fields, std::string_view body,
              std::int64_t timeout_ms);

// As `post` takes them. All is borrowed for the call.
struct HttpRequest {
  std::string_view url;
  std::span<const HttpField> fields;
  std::string_view body;
  std::int64_t timeout_ms = 30'000;                 // of the whole exchange; 1..max_timeout_ms
  std::size_t max_body_bytes = max_response_bytes;  // of the answer; what follows is not waited for
  std::string_view ca_file;                         // PEM certificates to trust instead of the system's; "" for those
};

enum class HttpEnd : std::uint8_t {
  complete,   // the answer came to its end
  cut,        // the answer was longer than max_body_bytes: its beginning is kept
  broken,     // no answer, or not all of it: nobody knows whether the other side did what it was asked
  senseless,  // the request is none: nothing was sent
};

struct HttpAnswer {
  HttpEnd end = HttpEnd::broken;
  int code = 0;       // of HTTP; 0 if none came
  std::string body;   // bytes as they came; empty unless complete or cut
  std::string error;  // what went wrong, one line; "" if complete
};

// Posts, as `post` does, and gives back the whole answer, whatever its status.
HttpAnswer exchange(const HttpRequest& request);

}  // namespace assent::delivery
