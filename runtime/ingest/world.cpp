// assent/world.h: the directory, the rates and the date as a host passes them; and the words for
// codes and states. Entry: Directory::from_json, Rates::from_json, date_from_text.
#include "assent/world.h"

#include "runtime/ingest/findings.h"
#include "runtime/ingest/ingest.h"

namespace assent {

// One for all, so that a world without people or rates asks for no memory.
Directory::Directory() {
  static const auto empty = std::make_shared<const People>();
  people_ = empty;
}

Result<Directory> Directory::from_json(std::string_view json) {
  Result<People> people = ingest::read_people(json);
  if (!people) return people.problems();
  Directory directory;
  directory.people_ = std::make_shared<const People>(*std::move(people));
  return directory;
}

Rates::Rates() {
  static const auto empty = std::make_shared<const Worths>();
  worths_ = empty;
}

Result<Rates> Rates::from_json(std::string_view json) {
  Result<Worths> worths = ingest::read_worths(json);
  if (!worths) return worths.problems();
  Rates rates;
  rates.worths_ = std::make_shared<const Worths>(*std::move(worths));
  return rates;
}

std::string_view text(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_artifact: return "bad-artifact";
    case ErrorCode::wrong_version: return "wrong-version";
    case ErrorCode::bad_quote: return "bad-quote";
    case ErrorCode::bad_directory: return "bad-directory";
    case ErrorCode::bad_rates: return "bad-rates";
    case ErrorCode::bad_event: return "bad-event";
    case ErrorCode::bad_settings: return "bad-settings";
    case ErrorCode::store_busy: return "store-busy";
    case ErrorCode::store_failed: return "store-failed";
    case ErrorCode::not_approved: return "not-approved";
    case ErrorCode::bad_request: return "bad-request";
    case ErrorCode::limit_exceeded: return "limit-exceeded";
    case ErrorCode::bad_command: return "bad-command";
  }
  return "";
}

std::string_view text(State state) {
  switch (state) {
    case State::draft: return "draft";
    case State::pending: return "pending";
    case State::approved: return "approved";
    case State::rejected: return "rejected";
    case State::recalled: return "recalled";
    case State::expired: return "expired";
  }
  return "";
}

Result<std::int32_t> date_from_text(std::string_view text) {
  const std::optional<Date> date = parse_date(text);
  if (date) return date->days;
  return Problem{ErrorCode::bad_request, {},
                 "expected a date as `2026-11-23`, found " + ingest::quoted(text)};
}

}  // namespace assent
