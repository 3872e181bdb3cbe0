// Letters on their way. Entries: letters_due, delivered, failed, dead_letters.
#include "runtime/store/impl.h"

namespace assent {

using store::Row;
using store::number;
using store::text;

namespace {

std::vector<Letter> letters_of(const std::vector<Row>& rows) {
  std::vector<Letter> made;
  for (const Row& row : rows) {
    const Result<Effect> effect = effect_from_json(text(row[0]));
    if (!effect) {
      throw store::Failed{
          {store::StoreFailure::Kind::corrupt, "a letter cannot be read: " + effect.problems()[0].message}};
    }
    made.push_back({*effect, text(row[1]), static_cast<std::uint32_t>(number(row[2])), text(row[3])});
  }
  return made;
}

}  // namespace

Result<std::vector<Letter>> Store::letters_due(std::int64_t now, std::size_t most) {
  return impl_->reading<std::vector<Letter>>([&](std::vector<Letter>& made) {
    made = letters_of(impl_->sql.rows("SELECT effect, case_id, attempts, error FROM outbox WHERE state = 'waiting' AND "
                                      "due <= $1 ORDER BY due, position, id LIMIT $2",
                                      {now, static_cast<std::int64_t>(most)}));
  });
}

Result<std::vector<Letter>> Store::dead_letters() {
  return impl_->reading<std::vector<Letter>>([&](std::vector<Letter>& made) {
    made = letters_of(
        impl_->sql.rows("SELECT effect, case_id, attempts, error FROM outbox WHERE state = 'dead' ORDER BY id"));
  });
}

Result<bool> Store::delivered(std::string_view effect_id, std::int64_t now) {
  return impl_->in_transaction<bool>([&](bool& marked) {
    marked = impl_->sql.run("UPDATE outbox SET state = 'delivered', due = $2, attempts = attempts + 1, error = '' "
                            "WHERE id = $1 AND state = 'waiting'", {effect_id, now}) == 1;
    return true;
  });
}

Result<bool> Store::failed(std::string_view effect_id, std::string_view why, std::int64_t again) {
  return impl_->in_transaction<bool>([&](bool& marked) {
    const auto most = static_cast<std::int64_t>(max_attempts);
    marked = impl_->sql.run(
                 "UPDATE outbox SET state = CASE WHEN $2 = 0 OR attempts + 1 >= $3 THEN 'dead' ELSE 'waiting' END, "
                 "attempts = attempts + 1, due = $2, error = $4 WHERE id = $1 AND state = 'waiting'",
                 {effect_id, again, most, why}) == 1;
    return true;
  });
}

}  // namespace assent
