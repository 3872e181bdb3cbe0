#include "runtime/store/ledger.h"

#include <utility>

#include "runtime/value/sha256.h"
#include "runtime/value/utf8.h"

namespace assent::store {

const std::string_view schema = R"(
CREATE TABLE IF NOT EXISTS about (version INT64 NOT NULL) STRICT_ROWS;
INSERT INTO about SELECT 1 WHERE NOT EXISTS (SELECT version FROM about);
CREATE TABLE IF NOT EXISTS log (
  position INT64_KEY,
  stream   UTF8 NOT NULL,
  version  INT64 NOT NULL,
  event    UTF8 NOT NULL,
  hash     UTF8 NOT NULL,
  UNIQUE (stream, version)
) STRICT_ROWS;
CREATE TABLE IF NOT EXISTS commands (
  id      UTF8 PRIMARY KEY,
  stream  UTF8 NOT NULL,
  version INT64 NOT NULL,
  refusal INT64 NOT NULL,
  message UTF8 NOT NULL
) KEYED_ROWS;
CREATE TABLE IF NOT EXISTS contents (hash UTF8 PRIMARY KEY, content BYTES NOT NULL) STRICT_ROWS;
CREATE TABLE IF NOT EXISTS cases (
  id          UTF8 PRIMARY KEY,
  version     INT64 NOT NULL,
  state       UTF8 NOT NULL,
  policy      UTF8 NOT NULL,
  policy_hash UTF8 NOT NULL,
  submitter   UTF8 NOT NULL,
  owner       UTF8 NOT NULL,
  changed_at  INT64 NOT NULL,
  due         INT64 NOT NULL
) STRICT_ROWS;
CREATE INDEX IF NOT EXISTS cases_by_state ON cases (state, id);
CREATE INDEX IF NOT EXISTS cases_by_due ON cases (due) WHERE due <> 0;
CREATE TABLE IF NOT EXISTS seats (
  case_id  UTF8 NOT NULL,
  step     UTF8 NOT NULL,
  person   UTF8 NOT NULL,
  approver UTF8 NOT NULL,
  since    INT64 NOT NULL,
  PRIMARY KEY (person, case_id, step)
) KEYED_ROWS;
CREATE TABLE IF NOT EXISTS outbox (
  id       UTF8 PRIMARY KEY,
  case_id  UTF8 NOT NULL,
  effect   UTF8 NOT NULL,
  state    UTF8 NOT NULL,
  attempts INT64 NOT NULL,
  due      INT64 NOT NULL,
  position INT64 NOT NULL,
  error    UTF8 NOT NULL,
  done     UTF8 NOT NULL,
  mail_id  UTF8 NOT NULL
) STRICT_ROWS;
CREATE INDEX IF NOT EXISTS outbox_by_due ON outbox (state, due, position);
CREATE INDEX IF NOT EXISTS outbox_by_mail ON outbox (mail_id) WHERE mail_id <> '';
)";

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= max_id_bytes && is_utf8(text) && text.find('\0') == text.npos;
}

std::string chained(std::string_view before, std::string_view stream, std::string_view event) {
  std::string bytes(before);
  bytes += '\n';
  bytes += std::to_string(stream.size());  // so that no part of one can be taken for the other
  bytes += '\n';
  bytes += stream;
  bytes += '\n';
  bytes += event;
  return sha256_hex(bytes);
}

std::optional<std::vector<std::string>> Ledger::begin() {
  constexpr std::int64_t most_to_look_through = 10'000;
  answers_.clear();
  Head last;
  for (const Row& row : sql_.rows("SELECT position, hash FROM log ORDER BY position DESC LIMIT 1"))
    last = {number(row[0]), text(row[1])};
  const Head before = std::exchange(head_, std::move(last));
  std::vector<std::string> streams;
  if (head_ == before) return streams;
  if (before.position == 0 || head_.position <= before.position ||
      head_.position - before.position > most_to_look_through)
    return std::nullopt;
  for (const Row& row : sql_.rows("SELECT DISTINCT stream FROM log WHERE position > $1", {before.position}))
    streams.push_back(text(row[0]));
  return streams;
}

void Ledger::write() {
  for (Tuples* each : {&log_, &commands_, &contents_}) each->send(sql_);
}

void Ledger::forget() {
  head_ = {};
  answers_.clear();
  for (Tuples* each : {&log_, &commands_, &contents_, &asked_}) each->clear();
}

void Ledger::append(std::string_view stream, const Event& event) {
  std::string json = to_json(event);
  head_ = {head_.position + 1, chained(head_.hash, stream, json)};
  const auto version = static_cast<std::int64_t>(event.version);
  log_.add({head_.position, std::string(stream), version, std::move(json), head_.hash});
}

void Ledger::look_up(const std::vector<std::string_view>& commands) {
  for (const std::string_view command : commands) {
    if (answers_.try_emplace(std::string(command)).second) asked_.add({std::string(command)});
  }
  asked_.run(sql_, [&](const Row& row) {
    Known answer{text(row[1]), static_cast<std::uint64_t>(number(row[2])), std::nullopt};
    if (const std::int64_t refusal = number(row[3]); refusal >= 0)
      answer.refusal = Refusal{static_cast<RefusalCode>(refusal), text(row[4])};
    answers_[text(row[0])] = std::move(answer);
  });
}

const std::optional<Ledger::Known>& Ledger::known(std::string_view command) {
  look_up({command});
  return answers_.at(std::string(command));
}

void Ledger::remember(std::string_view command, std::string_view stream, std::uint64_t version,
                      const Refusal* refusal) {
  const auto code = refusal == nullptr ? std::int64_t{-1} : static_cast<std::int64_t>(refusal->code);
  commands_.add({std::string(command), std::string(stream), static_cast<std::int64_t>(version), code,
                 refusal == nullptr ? std::string() : refusal->message});
  answers_[std::string(command)] =
      Known{std::string(stream), version, refusal == nullptr ? std::nullopt : std::optional(*refusal)};
}

void Ledger::keep(std::string_view hash, std::string_view content) {
  contents_.add({std::string(hash), Bytes{std::string(content)}});
}

std::optional<std::string> Ledger::content(std::string_view hash) {
  write();
  const auto found = sql_.rows("SELECT content FROM contents WHERE hash = $1", {hash});
  if (found.empty()) return std::nullopt;
  return bytes(found[0][0]);
}

std::vector<LogEntry> Ledger::entries(std::optional<std::string_view> stream, std::uint64_t after, std::size_t most) {
  write();
  const auto from = static_cast<std::int64_t>(after);
  const auto limit = static_cast<std::int64_t>(most);
  const auto found =
      stream ? sql_.rows("SELECT position, stream, event, hash FROM log WHERE stream = $1 AND position > $2 "
                         "ORDER BY version LIMIT $3", {*stream, from, limit})
             : sql_.rows("SELECT position, stream, event, hash FROM log WHERE position > $1 ORDER BY position LIMIT $2",
                         {from, limit});
  std::vector<LogEntry> all;
  for (const Row& row : found)
    all.push_back({static_cast<std::uint64_t>(number(row[0])), text(row[1]), text(row[2]), text(row[3])});
  return all;
}

std::uint64_t Ledger::version(std::string_view stream) {
  write();
  const auto last = sql_.rows("SELECT version FROM log WHERE stream = $1 ORDER BY version DESC LIMIT 1", {stream});
  return last.empty() ? 0 : static_cast<std::uint64_t>(number(last[0][0]));
}

template <typename Take>
void Ledger::each_event(std::string_view stream, Take take) {
  constexpr std::size_t page = 1'000;
  std::uint64_t position = 0;
  for (;;) {
    const std::vector<LogEntry> some = entries(stream, position, page);
    for (const LogEntry& entry : some) {
      const Result<Event> event = event_from_json(entry.event);
      const std::string wrong = event ? take(*event) : event.problems()[0].message;
      if (!wrong.empty()) {
        throw Failed{{StoreFailure::Kind::corrupt,
                      "entry " + std::to_string(entry.position) + " of the log cannot be applied: " + wrong}};
      }
      position = entry.position;
    }
    if (some.size() < page) return;
  }
}

std::optional<Case> Ledger::replay(std::string_view case_id) {
  Case made;
  made.id = case_id;
  each_event(case_id, [&](const Event& event) { return apply(made, event); });
  if (made.version == 0) return std::nullopt;
  return made;
}

Deputies Ledger::replay_desk() {
  Deputies made;
  each_event(desk, [&](const Event& event) { return apply(made, event); });
  return made;
}

}  // namespace assent::store
