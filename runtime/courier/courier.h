// What a Courier holds. Internal; see assent/courier.h.
//
//   settings, template   how it is told to work     letter       what a letter says
//   courier.cpp          letters out                answers.cpp  answers in
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/courier.h"
#include "runtime/courier/letter.h"
#include "runtime/courier/settings.h"
#include "runtime/value/people.h"

namespace assent {

struct Courier::Impl {
  explicit Impl(courier::Settings made) : settings(std::move(made)) {}

  // ── letters out (courier.cpp) ─────────────────────────────────────────────────────────────
  // One way to somebody: by mail, or one of the hooks.
  // What is told, of what: the quote's figures are those of the content that the letter speaks of.
  struct Matter {
    const Effect& effect;
    const Case& kase;
    const World& world;
    std::vector<std::pair<std::string, std::string>> figures;
  };
  Result<Matter> matter(Store& store, const Effect& effect, const Case& kase, const World& world) const;
  struct Channel {
    std::string name;
    const courier::Hook* hook = nullptr;  // null: by mail
    std::string address;                  // of the mail
  };
  std::vector<Channel> channels_for(const Effect& effect, const World& world) const;
  courier::Ways ways(const Matter& matter, const Channel& channel) const;
  Result<delivery::Mail> mail(const Matter& matter, const Channel& channel) const;
  Result<std::string> body(const Matter& matter, const Channel& channel) const;
  delivery::Delivery send(const Matter& matter, const Channel& channel) const;
  Result<LetterReport> deliver(Store& store, Letter letter, const World& world) const;
  std::string mail_id(const Effect& effect) const;
  std::string domain() const;

  // ── answers in (answers.cpp) ──────────────────────────────────────────────────────────────
  // What was answered in which steps, one command for each that still waits for it.
  struct Ballot {
    std::vector<std::string> steps;
    std::string quote_hash;  // of what the person was shown
    std::string command;     // id of the first; the others are derived from it
  };
  Result<TakenAnswer> cast(Store& store, TakenAnswer answer, const Ballot& ballot, const World& world) const;

  courier::Settings settings;
};

namespace courier {

const Person* person_of(const World& world, std::string_view id);

// 128 bits of a hash, in hexadecimal: an id that is the same for the same text, and for no other.
std::string id_of(std::string_view text);

}  // namespace courier
}  // namespace assent
