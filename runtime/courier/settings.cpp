// Entry: read_settings, template_of.
//
// First the JSON, then the files that it names, so that everything wrong with either is told at once.
#include "runtime/courier/settings.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "runtime/courier/built_in.h"
#include "runtime/courier/figure.h"
#include "runtime/courier/letter.h"
#include "runtime/delivery/address.h"
#include "runtime/delivery/token.h"
#include "runtime/ingest/strict.h"

namespace assent::courier {

namespace {

using Text = std::optional<std::string_view>;

constexpr std::array<std::string_view, 9> root_keys{"key_file", "old_key_file", "mail",      "links",   "case_page",
                                                    "hooks",    "templates",    "timeout",   "figures"};
constexpr std::array<std::string_view, 11> mail_keys{"server", "port", "tls",     "user",   "password_file", "ca_file",
                                                     "from",   "name", "approve", "reject", "comment"};
constexpr std::array<std::string_view, 2> link_keys{"answer", "days"};
constexpr std::array<std::string_view, 6> hook_keys{"name", "url", "key_file", "body", "kinds", "person"};

constexpr std::array<Effect::Kind, 11> effect_kinds{
    Effect::Kind::request,  Effect::Kind::remind, Effect::Kind::escalated, Effect::Kind::released,
    Effect::Kind::proposal, Effect::Kind::question, Effect::Kind::answer,  Effect::Kind::approved,
    Effect::Kind::rejected, Effect::Kind::recalled, Effect::Kind::expired};

std::optional<Effect::Kind> kind_named(std::string_view name) {
  for (const Effect::Kind kind : effect_kinds) {
    if (text(kind) == name) return kind;
  }
  return std::nullopt;
}

struct Base {
  std::string_view base, ending;
  Format format;
};
constexpr std::array<Base, 5> bases{{{"subject", "txt", Format::line},
                                     {"letter", "txt", Format::text},
                                     {"letter", "html", Format::html},
                                     {"slack", "json", Format::slack},
                                     {"teams", "json", Format::teams}}};

// "letter.html", "letter.request.html", "letter.request.cfo.html".
const Base* base_of(std::string_view name) {
  for (const Base& each : bases) {
    std::string_view rest = name;
    if (!rest.starts_with(each.base) || !rest.ends_with(each.ending)) continue;
    if (rest.size() < each.base.size() + each.ending.size() + 1) continue;
    rest.remove_prefix(each.base.size());
    rest.remove_suffix(each.ending.size());
    if (rest == ".") return &each;
    if (!rest.starts_with('.') || !rest.ends_with('.')) continue;
    rest = rest.substr(1, rest.size() - 2);
    const std::size_t point = rest.find('.');
    const bool has_approver = point != rest.npos;
    if (kind_named(rest.substr(0, point)) && (!has_approver || point + 1 < rest.size())) return &each;
  }
  return nullptr;
}

bool is_channel_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_web_address(std::string_view url) {
  const bool starts = url.starts_with("https://") || url.starts_with("http://");
  return starts &&
         std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

class SettingsReader {
 public:
  explicit SettingsReader(const Courier::ReadFile& read) : read_(read) {}
  Result<Settings> read(std::string_view json);

 private:
  // A file that the settings name, read when all of them are known.
  struct Wanted {
    std::string place, name;
    enum class As : std::uint8_t { key, password, page } as = As::key;
    std::string* into = nullptr;
    std::string page;   // of a template: its name
  };

  bool root();
  bool mail();
  bool links();
  bool hooks();
  bool hook();
  bool templates();
  bool figures();
  bool words(std::string_view what, std::vector<std::string>& out);
  bool number(std::string_view what, std::int64_t least, std::int64_t most, std::int64_t& out);
  bool text(std::string_view what, std::string& out);
  bool web_address(std::string_view what, std::string& out);
  bool file(std::string_view what, std::string place, Wanted::As as, std::string& into);
  void open(const Wanted& wanted);
  void missing(std::string_view key) { in_.findings.add(0, "`" + std::string(key) + "` is missing"); }

  const Courier::ReadFile& read_;
  ingest::StrictReader in_{ErrorCode::bad_settings, "the settings", max_settings_bytes};
  Settings made_;
  std::vector<Wanted> wanted_;
  Problems problems_;  // of files
};

bool SettingsReader::text(std::string_view what, std::string& out) {
  Text given;
  if (!in_.text(what, given)) return false;
  if (given) out = *given;
  return true;
}

bool SettingsReader::web_address(std::string_view what, std::string& out) {
  const ingest::Mark mark = in_.cursor->at();
  Text given;
  if (!in_.text(what, given)) return false;
  if (given && is_web_address(*given)) out = *given;
  else if (given)
    in_.findings.add(mark, std::string(what) + " begins with `https://` or `http://`, and is visible ASCII");
  return true;
}

bool SettingsReader::file(std::string_view what, std::string place, Wanted::As as, std::string& into) {
  Text given;
  if (!in_.text(what, given)) return false;
  if (given) wanted_.push_back({std::move(place), std::string(*given), as, &into, {}});
  return true;
}

bool SettingsReader::number(std::string_view what, std::int64_t least, std::int64_t most, std::int64_t& out) {
  const std::string_view token = in_.document.token(in_.cursor->at());
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), out);
  const bool fits = error == std::errc() && end == token.data() + token.size() && out >= least && out <= most;
  if (fits) return in_.cursor->skip();
  return in_.refuse(what, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

bool SettingsReader::words(std::string_view what, std::vector<std::string>& out) {
  out.clear();
  return in_.list(what, [&] {
    std::string word;
    if (!text("a word", word)) return false;
    if (!word.empty()) out.push_back(std::move(word));
    return true;
  });
}

bool SettingsReader::mail() {
  made_.mail.emplace();
  MailSettings& mail = *made_.mail;
  mail.server.tls = delivery::TlsMode::starttls;
  std::int64_t port = 0;
  std::uint32_t given = 0;
  const ingest::Mark mark = in_.cursor->at();
  const bool walked = in_.object(mail_keys, "`mail`", given, [&](std::size_t key) {
    const ingest::Mark here = in_.cursor->at();
    std::string value;
    switch (key) {
      case 0: return text("`server`", mail.server.host);
      case 1: return number("`port`", 1, 65'535, port);
      case 2:
        if (!text("`tls`", value)) return false;
        if (value == "none") mail.server.tls = delivery::TlsMode::none;
        else if (value == "implicit") mail.server.tls = delivery::TlsMode::implicit;
        else if (!value.empty() && value != "starttls") in_.findings.add(here, "`tls` is starttls, implicit or none");
        return true;
      case 3: return text("`user`", mail.server.user);
      case 4: return file("`password_file`", "/mail/password_file", Wanted::As::password, mail.server.password);
      case 5: return text("`ca_file`", mail.server.ca_file);
      case 6: {
        if (!text("`from`", mail.from.address)) return false;
        const std::string_view fault = delivery::address_fault(mail.from.address);
        if (!mail.from.address.empty() && !fault.empty()) in_.findings.add(here, "`from`: " + std::string(fault));
        return true;
      }
      case 7: return text("`name`", mail.from.name);
      case 8: return words("`approve`", mail.replies.approve_words);
      case 9: return words("`reject`", mail.replies.reject_words);
      default:
        if (!text("`comment`", value)) return false;
        if (value == "paragraph") mail.replies.comment_mode = delivery::CommentMode::blank_line;
        else if (!value.empty() && value != "line") in_.findings.add(here, "`comment` is line or paragraph");
        return true;
    }
  });
  if (!walked) return false;
  if ((given & 1u) == 0) in_.findings.add(mark, "`server` is missing");
  if ((given & 1u << 6) == 0) in_.findings.add(mark, "`from` is missing");
  if ((given & 1u << 3) != 0 && mail.server.tls == delivery::TlsMode::none) {
    in_.findings.add(mark, "a password is sent over TLS only: `tls` is none, and there is a `user`");
  }
  for (const std::string& word : mail.replies.approve_words) {
    const auto& others = mail.replies.reject_words;
    if (std::find(others.begin(), others.end(), word) == others.end()) continue;
    in_.findings.add(mark, "`" + word + "` would approve and reject");
  }
  const std::int64_t usual = mail.server.tls == delivery::TlsMode::implicit ? 465
                             : mail.server.tls == delivery::TlsMode::none   ? 25
                                                                            : 587;
  mail.server.port = static_cast<std::uint16_t>(port == 0 ? usual : port);
  return true;
}

bool SettingsReader::links() {
  made_.links.emplace();
  std::uint32_t given = 0;
  const ingest::Mark mark = in_.cursor->at();
  const bool walked = in_.object(link_keys, "`links`", given, [&](std::size_t key) {
    return key == 0 ? web_address("`answer`", made_.links->answer)
                    : number("`days`", 1, max_link_days, made_.links->days);
  });
  if (walked && (given & 1u) == 0) in_.findings.add(mark, "`answer` is missing");
  return walked;
}

bool SettingsReader::hook() {
  const std::string place = "/hooks/" + std::to_string(made_.hooks.size());
  if (made_.hooks.size() == max_hooks) {
    in_.findings.add(ErrorCode::limit_exceeded, in_.cursor->at(), {},
                     "more than " + std::to_string(max_hooks) + " hooks");
    return false;
  }
  Hook& hook = made_.hooks.emplace_back();
  std::uint32_t given = 0;
  const ingest::Mark mark = in_.cursor->at();
  const bool walked = in_.object(hook_keys, "a hook", given, [&](std::size_t key) {
    const ingest::Mark here = in_.cursor->at();
    std::string value;
    switch (key) {
      case 0:
        if (!text("`name`", hook.name)) return false;
        if (!is_channel_name(hook.name) || hook.name == "mail") {
          in_.findings.add(here, "a hook's name has up to 40 small letters, digits and `-`, and is not `mail`");
        }
        return true;
      case 1: return web_address("`url`", hook.url);
      case 2: return file("`key_file`", place + "/key_file", Wanted::As::key, hook.key);
      case 3:
        if (!text("`body`", value)) return false;
        if (value == "slack") hook.body = Hook::Body::slack;
        else if (value == "teams") hook.body = Hook::Body::teams;
        else if (!value.empty() && value != "event") in_.findings.add(here, "`body` is event, slack or teams");
        return true;
      case 4:
        return in_.list("`kinds`", [&] {
          const ingest::Mark at = in_.cursor->at();
          std::string name;
          if (!text("a kind", name)) return false;
          if (const auto kind = kind_named(name)) hook.kinds.push_back(*kind);
          else if (!name.empty()) in_.findings.add(at, "there is no kind of letter `" + name + "`");
          return true;
        });
      default: return text("`person`", hook.person);
    }
  });
  if (!walked) return false;
  if ((given & 1u) == 0) in_.findings.add(mark, "`name` is missing");
  if ((given & 2u) == 0) in_.findings.add(mark, "`url` is missing");
  if (hook.body == Hook::Body::event && (given & 4u) == 0) {
    in_.findings.add(mark, "`key_file` is missing: whoever receives events has to know that they are from here");
  }
  const auto same = [&](const Hook& other) { return &other != &hook && other.name == hook.name; };
  if (std::any_of(made_.hooks.begin(), made_.hooks.end(), same)) {
    in_.findings.add(mark, "there are two hooks `" + hook.name + "`");
  }
  return true;
}

bool SettingsReader::hooks() {
  made_.hooks.reserve(max_hooks);  // their keys are read later, into where they are
  return in_.list("`hooks`", [&] { return hook(); });
}

bool SettingsReader::templates() {
  ingest::Cursor& cursor = *in_.cursor;
  if (cursor.peek() != '{') return in_.refuse("`templates`", "an object");
  ingest::Cursor::Step step = cursor.first_key();
  while (step == ingest::Cursor::Step::member) {
    const std::string page(in_.document.string(cursor.key()).value_or(in_.document.inside(cursor.key())));
    const ingest::Mark here = cursor.at();
    std::string name;
    if (!text("a template's file", name)) return false;
    if (base_of(page) == nullptr) {
      in_.findings.add(here,
                       "there is no template `" + page +
                           "`: letter.txt, letter.html, subject.txt, slack.json and teams.json are, also of a kind "
                           "(letter.remind.txt) and of an approver (letter.remind.cfo.txt)");
    } else if (!name.empty()) {
      wanted_.push_back({"/templates/" + page, name, Wanted::As::page, nullptr, page});
    }
    if (in_.findings.full()) return false;
    step = cursor.next_key();
  }
  return step == ingest::Cursor::Step::end;
}

// In the order in which they stand there: it is that of the letters.
bool SettingsReader::figures() {
  ingest::Cursor& cursor = *in_.cursor;
  if (cursor.peek() != '{') return in_.refuse("`figures`", "an object");
  ingest::Cursor::Step step = cursor.first_key();
  while (step == ingest::Cursor::Step::member) {
    std::string called(in_.document.string(cursor.key()).value_or(in_.document.inside(cursor.key())));
    const ingest::Mark here = cursor.at();
    std::string pointer;
    if (!text("a figure", pointer)) return false;
    if (!pointer.empty() && !is_pointer(pointer)) {
      in_.findings.add(here, "a figure is a pointer into the quote, as `/account/name`");
    } else if (made_.figures.size() == max_figures) {
      in_.findings.add(ErrorCode::limit_exceeded, here, {}, "more than " + std::to_string(max_figures) + " figures");
      return false;
    }
    made_.figures.emplace_back(std::move(called), std::move(pointer));
    if (in_.findings.full()) return false;
    step = cursor.next_key();
  }
  return step == ingest::Cursor::Step::end;
}

bool SettingsReader::root() {
  std::uint32_t given = 0;
  const bool is_object = in_.cursor->peek() == '{';
  const bool walked = in_.object(root_keys, "the settings", given, [&](std::size_t key) {
    switch (key) {
      case 0: return file("`key_file`", "/key_file", Wanted::As::key, made_.key);
      case 1: return file("`old_key_file`", "/old_key_file", Wanted::As::key, made_.old_key);
      case 2: return mail();
      case 3: return links();
      case 4: return web_address("`case_page`", made_.case_page);
      case 5: return hooks();
      case 6: return templates();
      case 7: return number("`timeout`", 1, max_timeout, made_.timeout);
      default: return figures();
    }
  });
  if (walked && is_object) {
    if ((made_.mail || made_.links) && (given & 1u) == 0) missing("key_file");
    if (!made_.mail && made_.hooks.empty()) {
      in_.findings.add(0, "neither `mail` nor `hooks`: no letter could leave");
    }
  }
  return walked;
}

void SettingsReader::open(const Wanted& wanted) {
  const auto complain = [&](const std::string& what) {
    problems_.push_back({ErrorCode::bad_settings, wanted.place, wanted.name + ": " + what});
  };
  Result<std::string> content = read_(wanted.name);
  if (!content) return complain(content.problems()[0].message);
  if (wanted.as == Wanted::As::page) {
    const Result<Template> page = Template::parse(*content, known_names(), base_of(wanted.page)->format);
    if (page) {
      made_.templates.insert_or_assign(wanted.page, *page);
      return;
    }
    for (const Problem& problem : page.problems()) complain(problem.message);
    return;
  }
  while (content->ends_with('\n') || content->ends_with('\r')) content->pop_back();  // as an editor leaves it
  if (wanted.as == Wanted::As::key && content->size() < delivery::min_key_bytes) {
    return complain("a key has at least " + std::to_string(delivery::min_key_bytes) + " bytes, by chance");
  }
  *wanted.into = *std::move(content);
}

Result<Settings> SettingsReader::read(std::string_view json) {
  for (const Base& base : bases) {
    const std::string name = std::string(base.base) + '.' + std::string(base.ending);
    made_.templates.emplace(name, *Template::parse(built_in_template(name), known_names(), base.format));
  }
  if (!in_.load(json)) return std::move(in_.problems);
  problems_ = in_.finish(root());
  for (const Wanted& each : wanted_) open(each);
  if (made_.mail) made_.mail->server.timeout_ms = made_.timeout * 1000;
  if (!problems_.empty()) return std::move(problems_);
  return std::move(made_);
}

}  // namespace

Result<Settings> read_settings(std::string_view json, const Courier::ReadFile& read) {
  return SettingsReader(read).read(json);
}

const Template& template_of(const Settings& settings, std::string_view base, std::string_view ending,
                            Effect::Kind kind, std::string_view approver) {
  std::string name(base);
  const std::string end = '.' + std::string(ending);
  const std::string of_kind = name + '.' + std::string(text(kind));
  for (const std::string& each : {of_kind + '.' + std::string(approver) + end, of_kind + end}) {
    if (const auto found = settings.templates.find(each); found != settings.templates.end()) return found->second;
  }
  return settings.templates.find(name + end)->second;
}

}  // namespace assent::courier
