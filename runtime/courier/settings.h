// How letters leave and answers come back: the courier's settings, read from their JSON. Entry: read_settings.
//
// The form is runtime/schemas/courier.schema.json. Secrets stand in files of their own, so that the settings can be
// shown to anybody; whoever calls says what is in a file.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/courier.h"
#include "runtime/courier/template.h"
#include "runtime/delivery/mail.h"
#include "runtime/delivery/reply.h"
#include "runtime/delivery/transport.h"

namespace assent::courier {

inline constexpr std::size_t max_settings_bytes = 1 << 20;
inline constexpr std::size_t max_figures = 50;      // of a quote, in each letter
inline constexpr std::size_t max_hooks = 100;       // each letter is looked at by each
inline constexpr std::int64_t max_link_days = 366;
inline constexpr std::int64_t max_timeout = delivery::max_timeout_ms / 1000;

struct MailSettings {
  delivery::SmtpServer server;
  delivery::Mailbox from;
  delivery::ReplySettings replies;
};

struct LinkSettings {
  std::string answer;  // the token is put at its end
  std::int64_t days = 14;
};

struct Hook {
  enum class Body : std::uint8_t { event, slack, teams };
  std::string name;    // of the channel: letters, digits and `-`
  std::string url, key;
  Body body = Body::event;
  std::vector<Effect::Kind> kinds;  // empty: all
  std::string person;               // whose own place it is, where their answer links may stand; empty: others read it
};

struct Settings {
  std::string key, old_key;  // of message ids and links; old: still accepted
  std::optional<MailSettings> mail;
  std::optional<LinkSettings> links;
  std::string case_page;     // the case's name is put at its end
  std::vector<std::pair<std::string, std::string>> figures;  // of each quote: what letters call it, and its pointer
  std::vector<Hook> hooks;
  std::int64_t timeout = 30;  // seconds, for each call of a server
  std::map<std::string, Template, std::less<>> templates;  // by name, "letter.request.cfo.html"; with the built-in ones
};

Result<Settings> read_settings(std::string_view json, const Courier::ReadFile& read);

// Of the letter's kind and the one approver whom all its steps are for ("" if they differ): the most special template.
const Template& template_of(const Settings& settings, std::string_view base, std::string_view ending,
                            Effect::Kind kind, std::string_view approver);

}  // namespace assent::courier
