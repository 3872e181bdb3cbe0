// Letters on their way. Entries: letters_due, what became of them, dead_letters, letter_of.
//
// A letter is waiting, and then delivered, overtaken or dead. `due` is when it may next be taken; `done` lists the
// channels that have it, one a line.
#include "runtime/store/impl.h"

namespace assent {

using store::Row;
using store::number;
using store::text;

namespace {

std::vector<std::string> lines_of(std::string_view list) {
  std::vector<std::string> lines;
  while (!list.empty()) {
    const std::size_t end = list.find('\n');
    lines.emplace_back(list.substr(0, end));
    list.remove_prefix(end == list.npos ? list.size() : end + 1);
  }
  return lines;
}

std::string as_lines(const std::vector<std::string>& lines) {
  std::string list;
  for (const std::string& each : lines) list += each + '\n';
  return list;
}

// Of rows with the columns effect, case_id, attempts, error and done.
std::vector<Letter> letters_of(const std::vector<Row>& rows) {
  std::vector<Letter> made;
  for (const Row& row : rows) {
    const Result<Effect> effect = effect_from_json(text(row[0]));
    if (!effect) {
      throw store::Failed{
          {store::StoreFailure::Kind::corrupt, "a letter cannot be read: " + effect.problems()[0].message}};
    }
    made.push_back({*effect, text(row[1]), static_cast<std::uint32_t>(number(row[2])), text(row[3]),
                    lines_of(text(row[4]))});
  }
  return made;
}

}  // namespace

Result<std::vector<Letter>> Store::letters_due(std::int64_t now, std::size_t most, std::int64_t until) {
  return impl_->in_transaction<std::vector<Letter>>([&](std::vector<Letter>& made) {
    made =
        letters_of(impl_->sql.rows("SELECT effect, case_id, attempts, error, done FROM outbox WHERE state = 'waiting' "
                                   "AND due <= $1 ORDER BY due, position, id LIMIT $2",
                                   {now, static_cast<std::int64_t>(most)}));
    if (until <= now) return true;
    for (const Letter& letter : made) {
      impl_->sql.run("UPDATE outbox SET due = $2 WHERE id = $1", {std::string_view(letter.effect.id), until});
    }
    return true;
  });
}

Result<std::vector<Letter>> Store::dead_letters() {
  return impl_->reading<std::vector<Letter>>([&](std::vector<Letter>& made) {
    made = letters_of(
        impl_->sql.rows("SELECT effect, case_id, attempts, error, done FROM outbox WHERE state = 'dead' ORDER BY id"));
  });
}

Result<std::optional<Letter>> Store::letter_of(std::string_view mail_id) {
  return impl_->reading<std::optional<Letter>>([&](std::optional<Letter>& made) {
    if (mail_id.empty()) return;
    auto letters = letters_of(impl_->sql.rows(
        "SELECT effect, case_id, attempts, error, done FROM outbox WHERE mail_id = $1 AND mail_id <> ''", {mail_id}));
    if (!letters.empty()) made = std::move(letters.front());
  });
}

// Of a letter that is still where the statement says.
Result<bool> Store::Impl::mark(std::string_view statement, const store::Parameters& parameters) {
  return in_transaction<bool>([&](bool& marked) {
    marked = sql.run(statement, parameters) == 1;
    return true;
  });
}

Result<bool> Store::delivered(std::string_view effect_id, std::int64_t now) {
  return impl_->mark("UPDATE outbox SET state = 'delivered', due = $2, attempts = attempts + 1, error = '' "
                     "WHERE id = $1 AND state = 'waiting'", {effect_id, now});
}

Result<bool> Store::overtaken(std::string_view effect_id, std::int64_t now) {
  return impl_->mark("UPDATE outbox SET state = 'overtaken', due = $2 WHERE id = $1 AND state = 'waiting'",
                     {effect_id, now});
}

Result<bool> Store::failed(std::string_view effect_id, std::string_view why, std::int64_t again,
                           const std::vector<std::string>& done) {
  const std::string lines = as_lines(done);
  return impl_->mark("UPDATE outbox SET state = CASE WHEN $2 = 0 THEN 'dead' ELSE 'waiting' END, "
                     "attempts = attempts + 1, due = $2, error = $3, done = $4 WHERE id = $1 AND state = 'waiting'",
                     {effect_id, again, why, std::string_view(lines)});
}

Result<bool> Store::revive(std::string_view effect_id, std::int64_t now) {
  return impl_->mark("UPDATE outbox SET state = 'waiting', attempts = 0, due = $2 WHERE id = $1 AND state = 'dead'",
                     {effect_id, now});
}

Result<bool> Store::goes_as(std::string_view effect_id, std::string_view mail_id) {
  return impl_->mark("UPDATE outbox SET mail_id = $2 WHERE id = $1 AND state = 'waiting'", {effect_id, mail_id});
}

}  // namespace assent
