// Letters out: each to every channel that has not taken it yet. Entry: Courier::deliver, Courier::preview.
#include "runtime/courier/courier.h"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "runtime/courier/figure.h"
#include "runtime/delivery/backoff.h"
#include "runtime/delivery/signature.h"
#include "runtime/delivery/token.h"
#include "runtime/value/sha256.h"

namespace assent {

using courier::Hook;
using delivery::Delivery;
using delivery::DeliveryOutcome;

namespace {

constexpr const char* by_mail = "mail";
constexpr std::int64_t per_day = 24 * 60 * 60 * 1000;

// What stands behind a base address: percent-encoded but for what RFC 3986 section 2.3 leaves as it is.
std::string in_url(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) out += c;
    else out.append({'%', digits[byte >> 4], digits[byte & 15u]});
  }
  return out;
}

// The approver whom all steps are for; empty if there are several.
std::string_view one_approver(const Effect& effect, const Case& kase) {
  std::string_view approver;
  for (const CaseStep* step : courier::steps_of(effect, kase)) {
    if (!approver.empty() && step->approver != approver) return {};
    approver = step->approver;
  }
  return approver;
}

// A refused call that never left: asking again would not help.
Delivery refused(const Problems& problems) { return {DeliveryOutcome::refused, 0, problems[0].message}; }

}  // namespace

std::string_view text(LetterReport::What what) {
  switch (what) {
    case LetterReport::What::delivered: return "delivered";
    case LetterReport::What::overtaken: return "overtaken";
    case LetterReport::What::waiting: return "waiting";
    case LetterReport::What::dead: return "dead";
  }
  return "";
}

const Person* courier::person_of(const World& world, std::string_view id) {
  const People& people = world.directory.people();
  const auto found = people.by_id.find(id);
  return found == people.by_id.end() ? nullptr : &people.people[found->second];
}

std::string courier::id_of(std::string_view text) { return sha256_hex(text).substr(0, 32); }

std::string Courier::Impl::domain() const {
  const std::string& from = settings.mail->from.address;
  return from.substr(from.find('@') + 1);
}

std::string Courier::Impl::mail_id(const Effect& effect) const {
  return delivery::message_id(settings.key, "letter/" + effect.id, domain());
}

Result<Courier::Impl::Matter> Courier::Impl::matter(Store& store, const Effect& effect, const Case& kase,
                                                    const World& world) const {
  Matter made{effect, kase, world, {}};
  if (settings.figures.empty() || kase.quote_hash != effect.quote_hash) return made;
  const Result<std::string> quote = store.quote_of(kase);
  if (!quote) return quote.problems();
  ingest::Document document;
  std::string complaint;
  if (!document.load(*quote, complaint)) return made;  // it was JSON when it was decided
  for (const auto& [called, pointer] : settings.figures)
    made.figures.emplace_back(called, courier::value_at(document, pointer));
  return made;
}

// A person without an address is reached by the hooks alone, if there are any.
std::vector<Courier::Impl::Channel> Courier::Impl::channels_for(const Effect& effect, const World& world) const {
  std::vector<Channel> channels;
  for (const Hook& hook : settings.hooks) {
    const bool wanted =
        hook.kinds.empty() || std::find(hook.kinds.begin(), hook.kinds.end(), effect.kind) != hook.kinds.end();
    if (wanted && (hook.person.empty() || hook.person == effect.to)) channels.push_back({hook.name, &hook, {}});
  }
  if (!settings.mail) return channels;
  const Person* person = courier::person_of(world, effect.to);
  const std::string address = person == nullptr ? "" : person->mail;
  if (!address.empty() || channels.empty()) channels.insert(channels.begin(), {by_mail, nullptr, address});
  return channels;
}

// Whoever has an answer link can answer: it stands in what the person alone reads.
courier::Ways Courier::Impl::ways(const Matter& matter, const Channel& channel) const {
  const auto& [effect, kase, world, figures] = matter;
  courier::Ways ways;
  ways.figures = figures;
  const bool is_private = channel.hook == nullptr || !channel.hook->person.empty();
  ways.answer_link = [this, &matter, is_private](const CaseStep& step, Vote vote) -> std::string {
    if (!settings.links || !is_private) return {};
    const bool approves = vote == Vote::approve;
    delivery::AnswerToken token;
    token.case_id = matter.kase.id;
    token.step = step.key;
    token.person = matter.effect.to;
    token.answer = approves ? delivery::Answer::approve : delivery::Answer::reject;
    token.quote_hash = matter.effect.quote_hash;
    token.expires = matter.world.now + settings.links->days * per_day;
    token.nonce = "link-" + courier::id_of(matter.effect.id + '\n' + step.key + '\n' + (approves ? "a" : "r"));
    const Result<std::string> made = delivery::make_token(token, settings.key);
    return made ? settings.links->answer + *made : "";  // names too long for a link: the other ways remain
  };
  if (!settings.case_page.empty()) ways.case_link = settings.case_page + in_url(kase.id);
  if (channel.hook == nullptr) {
    const auto& [approve, reject, mode] = settings.mail->replies;
    if (!approve.empty() && !reject.empty()) {
      ways.approve_word = approve.front();
      ways.reject_word = reject.front();
    }
  }
  ways.name_of = [&matter](std::string_view id) {
    const Person* person = courier::person_of(matter.world, id);
    return person == nullptr || person->name.empty() ? std::string(id) : person->name;
  };
  return ways;
}

Result<delivery::Mail> Courier::Impl::mail(const Matter& matter, const Channel& channel) const {
  const Effect& effect = matter.effect;
  const Case& kase = matter.kase;
  if (channel.address.empty()) {
    return Problem{ErrorCode::bad_request, "", "the directory has no mail address of " + effect.to};
  }
  const courier::Ways made_ways = ways(matter, channel);
  const courier::Gaps gaps = courier::letter(effect, kase, made_ways);
  const std::string_view approver = one_approver(effect, kase);
  const auto rendered = [&](std::string_view base, std::string_view ending) {
    return courier::template_of(settings, base, ending, effect.kind, approver).render(gaps);
  };
  Result<std::string> subject = rendered("subject", "txt"), plain = rendered("letter", "txt"),
                      html = rendered("letter", "html");
  for (const auto* each : {&subject, &plain, &html}) {
    if (!*each) return each->problems();
  }
  while (subject->ends_with('\n')) subject->pop_back();
  delivery::Mail mail;
  mail.from = settings.mail->from;
  mail.to = {{made_ways.name_of(effect.to), channel.address}};
  mail.subject = *std::move(subject);
  mail.message_id = mail_id(effect);
  mail.in_reply_to = delivery::message_id(settings.key, "case/" + kase.id, domain());  // of no mail: a thread's name
  mail.references = {mail.in_reply_to};
  mail.date = matter.world.now;
  mail.text = *std::move(plain);
  mail.html = *std::move(html);
  return mail;
}

Result<std::string> Courier::Impl::body(const Matter& matter, const Channel& channel) const {
  const Effect& effect = matter.effect;
  const Case& kase = matter.kase;
  if (channel.hook->body == Hook::Body::event) {
    const auto quoted = [](std::string_view text) { return nlohmann::json(text).dump(); };
    return "{\"case\":" + quoted(kase.id) + ",\"state\":" + quoted(assent::text(kase.state)) +
           ",\"version\":" + std::to_string(kase.version) + ",\"effect\":" + to_json(effect) + '}';
  }
  const std::string_view base = channel.hook->body == Hook::Body::slack ? "slack" : "teams";
  Result<std::string> made = courier::template_of(settings, base, "json", effect.kind, one_approver(effect, kase))
                                 .render(courier::letter(effect, kase, ways(matter, channel)));
  if (!made || nlohmann::json::accept(*made)) return made;
  return Problem{ErrorCode::bad_settings, "", "the template " + std::string(base) + ".json made what is no JSON"};
}

Delivery Courier::Impl::send(const Matter& matter, const Channel& channel) const {
  if (channel.hook == nullptr) {
    const Result<delivery::Mail> made = mail(matter, channel);
    if (!made) return refused(made.problems());
    const Result<std::string> bytes = delivery::write_mail(*made);
    if (!bytes) return refused(bytes.problems());
    const std::vector<std::string> to{channel.address};
    return delivery::send_mail(settings.mail->server, settings.mail->from.address, to, *bytes);
  }
  const Result<std::string> made = body(matter, channel);
  if (!made) return refused(made.problems());
  std::vector<delivery::HttpField> fields{{"Content-Type", "application/json"},
                                          {"Idempotency-Key", courier::id_of(matter.effect.id)}};
  if (!channel.hook->key.empty()) {
    fields.push_back({std::string(delivery::signature_field),
                      delivery::signature_header(channel.hook->key, matter.world.now, *made)});
  }
  return delivery::post(channel.hook->url, fields, *made, settings.timeout * 1000);
}

Result<LetterReport> Courier::Impl::deliver(Store& store, Letter letter, const World& world) const {
  LetterReport report;
  const Effect& effect = letter.effect;
  const Result<std::optional<Case>> kase = store.find(letter.case_id);
  if (!kase) return kase.problems();
  if (!*kase || !courier::still_holds(effect, **kase)) {
    const Result<bool> marked = store.overtaken(effect.id, world.now);
    if (!marked) return marked.problems();
    report.what = LetterReport::What::overtaken;
    report.letter = std::move(letter);
    return report;
  }
  const Result<Matter> about = matter(store, effect, **kase, world);
  if (!about) return about.problems();
  report.channels = letter.done;
  bool again = false;
  for (const Channel& channel : channels_for(effect, world)) {
    if (std::find(letter.done.begin(), letter.done.end(), channel.name) != letter.done.end()) continue;
    if (channel.hook == nullptr) {  // before it leaves, so that its answer is known whatever happens
      if (const Result<bool> named = store.goes_as(effect.id, mail_id(effect)); !named) return named.problems();
    }
    const Delivery outcome = send(*about, channel);
    if (outcome.outcome == DeliveryOutcome::accepted) {
      report.channels.push_back(channel.name);
      continue;
    }
    again = again || outcome.outcome == DeliveryOutcome::failed;
    report.error += (report.error.empty() ? "" : "; ") + channel.name + ": " + outcome.message;
  }
  if (report.error.empty()) {
    const Result<bool> marked = store.delivered(effect.id, world.now);
    if (!marked) return marked.problems();
  } else {
    const auto wait = delivery::delay_after(static_cast<int>(letter.attempts) + 1, effect.id);
    report.what = again && wait ? LetterReport::What::waiting : LetterReport::What::dead;
    if (report.what == LetterReport::What::waiting) report.again = world.now + *wait;
    const Result<bool> marked = store.failed(effect.id, report.error, report.again, report.channels);
    if (!marked) return marked.problems();
  }
  report.letter = std::move(letter);
  return report;
}

Courier::Courier(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Courier::Courier(Courier&&) noexcept = default;
Courier& Courier::operator=(Courier&&) noexcept = default;
Courier::~Courier() = default;

Result<Courier> Courier::make(std::string_view settings_json, const ReadFile& read) {
  Result<courier::Settings> settings = courier::read_settings(settings_json, read);
  if (!settings) return settings.problems();
  return Courier(std::make_unique<Impl>(*std::move(settings)));
}

// One at a time: while one letter is on its way, other couriers take the others. Only what was due when the round
// began, or it would not end while a receiver is away; yet time goes on meanwhile, and receivers measure from it.
Result<std::uint64_t> Courier::deliver(Store& store, const World& world,
                                       const std::function<void(const LetterReport&)>& tell) {
  const auto begun = std::chrono::steady_clock::now();
  World present = world;
  for (std::uint64_t count = 0;; ++count) {
    const auto since = std::chrono::steady_clock::now() - begun;
    present.now = world.now + std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    Result<std::vector<Letter>> due = store.letters_due(world.now, 1, present.now + letter_hold);
    if (!due) return due.problems();
    if (due->empty()) return count;
    const Result<LetterReport> report = impl_->deliver(store, std::move(due->front()), present);
    if (!report) return report.problems();
    if (tell) tell(*report);
  }
}

Result<std::vector<LetterPreview>> Courier::preview(Store& store, const Letter& letter, const World& world) {
  std::vector<LetterPreview> made;
  const Result<std::optional<Case>> kase = store.find(letter.case_id);
  if (!kase) return kase.problems();
  if (!*kase || !courier::still_holds(letter.effect, **kase)) return made;
  const Result<Impl::Matter> about = impl_->matter(store, letter.effect, **kase, world);
  if (!about) return about.problems();
  for (const Impl::Channel& channel : impl_->channels_for(letter.effect, world)) {
    if (channel.hook == nullptr) {
      const Result<delivery::Mail> mail = impl_->mail(*about, channel);
      if (!mail) return mail.problems();
      made.push_back({channel.name, channel.address, mail->subject, mail->text});
    } else {
      Result<std::string> body = impl_->body(*about, channel);
      if (!body) return body.problems();
      made.push_back({channel.name, channel.hook->url, "", *std::move(body)});
    }
  }
  return made;
}

}  // namespace assent
