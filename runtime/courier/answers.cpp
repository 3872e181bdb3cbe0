// Answers in, by mail and by link: who answers what, for which content. Whether they may is for the case to say.
// Entry: Courier::take_mail, Courier::take_link.
#include <algorithm>

#include "runtime/courier/courier.h"
#include "runtime/delivery/reply_refusal.h"
#include "runtime/delivery/sender.h"
#include "runtime/delivery/token.h"

namespace assent {

namespace {

static_assert(max_answer_bytes == delivery::max_reply_bytes);

TakenAnswer refused(std::string_view code, std::string message) {
  TakenAnswer answer;
  answer.refusal = code;
  answer.message = std::move(message);
  return answer;
}

Vote vote_of(delivery::Answer answer) { return answer == delivery::Answer::approve ? Vote::approve : Vote::reject; }

std::variant<std::string, delivery::SenderRefusal> sender_of(std::string_view address, const World& world) {
  std::vector<delivery::PersonAddress> known;
  for (const Person& person : world.directory.people().people) {
    if (!person.mail.empty()) known.push_back({person.id, person.mail});
  }
  return delivery::match_sender(address, known);
}

// The one letter that the mail says it answers. What else is in the thread may be anybody's: a yes to a colleague is
// no yes to us.
std::string answered_id(const delivery::Reply& reply) {
  if (reply.in_reply_to.size() == 1) return reply.in_reply_to.front();
  if (reply.in_reply_to.empty() && !reply.references.empty()) return reply.references.back();
  return {};
}

bool waits_for(const Case& kase, std::string_view key, std::string_view person) {
  const auto step =
      std::find_if(kase.steps.begin(), kase.steps.end(), [&](const CaseStep& each) { return each.key == key; });
  if (kase.state != State::pending || step == kase.steps.end() || step->state != StepState::open) return false;
  return !courier::has_voted(*step, person);
}

std::string message(delivery::TokenRefusal refusal) {
  switch (refusal) {
    case delivery::TokenRefusal::malformed: return "the link is not whole; a mail program may have cut it off";
    case delivery::TokenRefusal::wrong_signature: return "the link was not made here, or with a key that is out of use";
    case delivery::TokenRefusal::expired: return "the link is too old; answer in another way";
  }
  return {};
}

}  // namespace

// One command for each step that still waits for the person; where none does, one for the first, which says why. The
// same answer again gives the same commands, and so the same answers.
Result<TakenAnswer> Courier::Impl::cast(Store& store, TakenAnswer answer, const Ballot& ballot,
                                        const World& world) const {
  const auto perform = [&](std::size_t at) {
    const std::string id = at == 0 ? ballot.command : ballot.command + '/' + std::to_string(at + 1);
    const CastVote vote{answer.vote, ballot.steps[at], {}, answer.comment, ballot.quote_hash};
    return store.perform(answer.case_id, {id, answer.person, {}, vote}, world);
  };
  for (std::size_t i = 0; i < ballot.steps.size(); ++i) {
    const Result<std::optional<Case>> kase = store.find(answer.case_id);
    if (!kase) return kase.problems();
    if (!*kase || !waits_for(**kase, ballot.steps[i], answer.person)) continue;
    Result<Response> response = perform(i);
    if (!response) return response.problems();
    answer.response = *std::move(response);
    if (answer.response.refusal) return answer;
    answer.steps.push_back(ballot.steps[i]);
  }
  if (!answer.steps.empty()) return answer;
  Result<Response> response = perform(0);
  if (!response) return response.problems();
  answer.response = *std::move(response);
  return answer;
}

Result<TakenAnswer> Courier::take_mail(Store& store, std::string_view mail, const World& world) {
  if (!impl_->settings.mail) return refused("no-mail", "the settings have no `mail`");
  const auto parsed = delivery::parse_reply(mail, impl_->settings.mail->replies);
  if (const auto* refusal = std::get_if<delivery::RefusedReply>(&parsed)) {
    return refused(delivery::text(refusal->reason), std::string(delivery::meaning(refusal->reason)));
  }
  const auto& reply = std::get<delivery::Reply>(parsed);
  const auto sender = sender_of(reply.sender, world);
  if (const auto* refusal = std::get_if<delivery::SenderRefusal>(&sender)) {
    const bool is_unknown = *refusal == delivery::SenderRefusal::unknown;
    return refused(std::string(delivery::text(*refusal)) + "-sender",
                   (is_unknown ? "nobody in the directory has the address " : "more than one person has the address ") +
                       reply.sender);
  }
  const Result<std::optional<Letter>> letter = store.letter_of(answered_id(reply));
  if (!letter) return letter.problems();
  if (!*letter)
    return refused("unknown-letter", "the mail does not say which letter it answers, or it is none of ours");
  const Effect& effect = (*letter)->effect;
  if (effect.to != std::get<std::string>(sender)) {
    return refused("other-person", "the letter went to " + effect.to + ", and the answer comes from " +
                                       std::get<std::string>(sender));
  }
  if (!courier::asks(effect.kind) || effect.steps.empty())
    return refused("asks-nothing", "the letter did not ask for approval");
  TakenAnswer answer;
  answer.case_id = (*letter)->case_id;
  answer.person = effect.to;
  answer.comment = reply.comment;
  answer.vote = vote_of(reply.answer);
  const std::string identity = reply.message_id.empty() ? std::string(mail) : reply.message_id;
  const std::string command = "mail-" + courier::id_of(effect.id + '\n' + identity);
  return impl_->cast(store, std::move(answer), {effect.steps, effect.quote_hash, command}, world);
}

namespace {

std::variant<delivery::AnswerToken, TakenAnswer> read_link(const courier::Settings& settings, std::string_view token,
                                                           const World& world) {
  std::vector<std::string_view> keys{settings.key};
  if (!settings.old_key.empty()) keys.push_back(settings.old_key);
  auto read = delivery::read_token(token, keys, world.now);
  if (const auto* refusal = std::get_if<delivery::TokenRefusal>(&read)) {
    return refused(delivery::text(*refusal), message(*refusal));
  }
  return std::get<delivery::AnswerToken>(std::move(read));
}

TakenAnswer answer_of(const delivery::AnswerToken& token) {
  TakenAnswer answer;
  answer.case_id = token.case_id;
  answer.person = token.person;
  answer.vote = vote_of(token.answer);
  return answer;
}

}  // namespace

Result<TakenAnswer> Courier::look_at_link(std::string_view token, const World& world) const {
  auto read = read_link(impl_->settings, token, world);
  if (auto* refusal = std::get_if<TakenAnswer>(&read)) return std::move(*refusal);
  const auto& fields = std::get<delivery::AnswerToken>(read);
  TakenAnswer answer = answer_of(fields);
  answer.steps = {fields.step};
  return answer;
}

Result<TakenAnswer> Courier::take_link(Store& store, std::string_view token, std::string_view comment,
                                       const World& world) {
  auto read = read_link(impl_->settings, token, world);
  if (auto* refusal = std::get_if<TakenAnswer>(&read)) return std::move(*refusal);
  const auto& fields = std::get<delivery::AnswerToken>(read);
  TakenAnswer answer = answer_of(fields);
  answer.comment = comment;
  return impl_->cast(store, std::move(answer), {{fields.step}, fields.quote_hash, fields.nonce}, world);
}

}  // namespace assent
