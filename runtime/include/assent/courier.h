// assent/courier.h: what a store has to tell people goes out by mail and webhook, and their answers come back in.
//
//   auto courier = assent::Courier::make(settings_json, read_file);
//   if (!courier) return complain(courier.problems());
//   auto sent = courier->deliver(*store, world, log);             // every few seconds
//   auto replied = courier->take_mail(*store, mail, world);       // for each mail that comes to the sender's address
//   auto pressed = courier->take_link(*store, token, "", world);  // when somebody has pressed the button behind a link
//
// A letter is delivered at least once. Whoever gets one twice can tell: a mail has the same message id each time, a
// posted message the same Idempotency-Key. What fails is tried again, later and later for two days, and then is dead
// until somebody revives it (Store::revive). A letter that asks for what is no longer asked is not sent.
//
// An answer runs through Store::perform() like any other command, with the same checks: a link or a mail says who
// answers, for which content, and nothing about whether they may. Each counts once.
//
// The webhook's side of the signature, and what a host has to see to, is in runtime/delivery/README.md; the settings
// are in runtime/courier/README.md.
//
// Threads: a Courier may be used by any number of threads at once; any number of couriers may share a store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/store.h"

namespace assent {

inline constexpr std::size_t max_answer_bytes = 4 << 20;         // of a mail that comes back; larger ones are not taken
inline constexpr std::int64_t letter_hold = 60 * 60 * 1000;  // milliseconds; nobody else takes a letter meanwhile

// What became of a letter.
struct LetterReport {
  enum class What : std::uint8_t { delivered, overtaken, waiting, dead };  // waiting: it failed, and is tried again
  What what = What::delivered;
  Letter letter;
  std::vector<std::string> channels;  // that took it, now or before: "mail", names of hooks
  std::string error;                  // of the others, in words
  std::int64_t again = 0;             // waiting: when
};
std::string_view text(LetterReport::What what);

// What a letter says, by a channel, as it would be sent now.
struct LetterPreview {
  std::string channel, to;  // to: an address or a URL
  std::string subject;      // of a mail
  std::string content;      // the mail's plain text, or the message's body
};

// An answer that came back.
struct TakenAnswer {
  // Why it was not taken as an answer at all: "unknown-sender", "expired" …; empty: it was. Stable.
  std::string refusal;
  std::string message;      // the refusal in words: lower case, no final period
  std::string case_id, person, comment;
  Vote vote = Vote::none;
  std::vector<std::string> steps;  // that it was given for, by their keys
  Response response;        // of the command, if it was taken; it may be refused for all that
};

class Courier {
 public:
  // The content of a file that the settings name. A problem: it cannot be read.
  using ReadFile = std::function<Result<std::string>(const std::string& name)>;

  // All problems of the settings and of the templates that they name at once.
  static Result<Courier> make(std::string_view settings_json, const ReadFile& read);
  Courier(Courier&&) noexcept;
  Courier& operator=(Courier&&) noexcept;
  ~Courier();

  // Delivers all that is due by now, and tells of each letter. Blocks while it talks to servers. A problem: the store
  // failed; what was delivered until then is kept. world: its directory has the addresses; `now` is when the call
  // begins, and goes on with the machine's clock while it lasts.
  Result<std::uint64_t> deliver(Store& store, const World& world, const std::function<void(const LetterReport&)>& tell);

  // The letter as it would go out; nothing is sent, nothing in the store changes. Empty: it would go nowhere, or is
  // overtaken.
  Result<std::vector<LetterPreview>> preview(Store& store, const Letter& letter, const World& world);

  // One mail as it was received, bytes of RFC 5322. It has to be an answer to a letter that asked the sender.
  Result<TakenAnswer> take_mail(Store& store, std::string_view mail, const World& world);

  // What stood behind the settings' link. A page that shows what is asked (look_at_link) posts it; a GET answers
  // nothing.
  Result<TakenAnswer> take_link(Store& store, std::string_view token, std::string_view comment, const World& world);
  Result<TakenAnswer> look_at_link(std::string_view token, const World& world) const;  // the same, and does nothing

 private:
  struct Impl;
  explicit Courier(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace assent
