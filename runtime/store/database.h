// store/database.h: what the case store needs of a relational database, the same of SQLite and PostgreSQL.
//
// Entry: open_database. Statements are written once for both, with the placeholders $1, $2, ...:
//
//   auto database = open_database("sqlite:cases.db");              // or postgresql://host/name
//   auto transaction = Transaction::begin(**database);             // now this is the only writer
//   auto changed = (*database)->run("UPDATE cases SET version = $2 WHERE id = $1 AND version = $3", {id, 8, 7});
//   auto done = transaction->commit();                             // without it all is rolled back
//
// The idea: one writer at a time. Between begin and commit nobody else writes to the store, in this process or
// another, so what is read there is still true when it is written upon, and no statement has to be retried.
// Reading needs no transaction and waits for nobody; it sees what was committed when the statement began.
//
// A Database belongs to one thread at a time; open one for each thread. Nothing here throws but std::bad_alloc.
#pragma once

#include <algorithm>
#include <cassert>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace assent::store {

// -- Failures ---------------------------------------------------------------------------------------------

// Why a call was not done. Decide by kind; `message` is for people: lower case, no final period.
struct StoreFailure {
  enum class Kind : std::uint8_t {
    busy,             // another writer kept the store longer than we wait: roll back and try again
    connection_lost,  // the server is gone or cannot be reached; an open transaction is lost with it
    outcome_unknown,  // of commit alone: all of it was done, or nothing; see Database::commit
    corrupt,          // what is stored is damaged
    full,             // no room on the disk
    constraint,       // UNIQUE, NOT NULL, CHECK, a foreign key, or a type that the column does not take
    foreign,          // not a store of ours, or no database at all; it was left as it is
    other,            // a statement that makes no sense, a disk that fails
  };
  Kind kind;
  std::string message;
};

struct Done {};  // the value of what has nothing to say but that it was done

template <typename T>
class [[nodiscard]] Attempt {  // invariant: exactly one of value and failure
 public:
  Attempt(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Attempt(StoreFailure failure) : state_(std::in_place_index<1>, std::move(failure)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  const T& operator*() const& { assert(ok()); return *std::get_if<0>(&state_); }
  T& operator*() & { assert(ok()); return *std::get_if<0>(&state_); }
  T&& operator*() && { assert(ok()); return std::move(*std::get_if<0>(&state_)); }
  const T* operator->() const { assert(ok()); return std::get_if<0>(&state_); }
  T* operator->() { assert(ok()); return std::get_if<0>(&state_); }
  const StoreFailure& failure() const { assert(!ok()); return *std::get_if<1>(&state_); }

 private:
  std::variant<T, StoreFailure> state_;
};

// -- Values -----------------------------------------------------------------------------------------------

struct Bytes {  // binary content, kept in a string like everywhere in the runtime
  std::string content;
  auto operator<=>(const Bytes&) const = default;
};

// What a row holds: null, an integer, a text in UTF-8, or bytes. There is no fraction: amounts are stored as
// integers or as text, since both databases would give a column of fractions back inexactly.
using Cell = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Row = std::vector<Cell>;

struct BytesView {
  BytesView(const Bytes& bytes) : content(bytes.content) {}
  explicit BytesView(std::string_view bytes) : content(bytes) {}
  std::string_view content;
};

// What is given for a placeholder, borrowed for the call; `null` for nothing. A text is well-formed UTF-8 without
// the character NUL, which PostgreSQL cannot keep: any other is refused by both databases.
using Parameter = std::variant<std::monostate, std::int64_t, std::string_view, BytesView>;
using Parameters = std::vector<Parameter>;
inline constexpr std::monostate null;

// -- Limits -----------------------------------------------------------------------------------------------

// How long begin waits for the writer before us: many times what a transaction takes, and short enough that
// whoever waits at a screen gets an answer.
inline constexpr std::chrono::milliseconds default_patience{10'000};

// Both databases hold a value whole in memory, several times over while it is sent; no case comes near this.
inline constexpr std::size_t max_value_bytes = std::size_t{64} << 20;

// Far more than a statement written by hand needs, and less than what either database takes.
inline constexpr std::size_t max_parameters = 1000;

// Statements kept ready on each connection: twice what a store of a few tables uses. PostgreSQL keeps a plan of
// each in the memory of the connection's own server process.
inline constexpr std::size_t max_ready_statements = 64;

// -- The database -----------------------------------------------------------------------------------------

class Database {  // invariant: all that is written is written by the one transaction that is open on the store
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;  // rolls back what is open

  // Waits until no other transaction is open on the store, then is the only writer until commit or rollback.
  // `busy` if that takes too long. Connects anew if the connection was lost. One transaction at a time.
  virtual Attempt<Done> begin() = 0;

  // Ends the transaction, whatever the answer. After `outcome_unknown` the caller must find out whether its
  // command is there, and must do so in a new transaction: begin returns only when the old one is decided for
  // good, while a read outside could come before the end. Any other failure: nothing was written.
  virtual Attempt<Done> commit() = 0;

  // Ends the transaction as if it had not been; nothing to do if none is open. What cannot be rolled back by
  // word is so by letting go of the connection, hence no failure.
  virtual void rollback() = 0;

  using OnRow = std::function<void(Row)>;

  // Runs one statement, calls on_row for each row of its answer, in order, and gives the number of rows that an
  // INSERT, UPDATE or DELETE touched, otherwise 0. Outside a transaction it may only read. on_row must not use
  // this database. BEGIN, COMMIT and the like are no statements for here.
  //
  // A failure within a transaction spoils it: from then on every call, commit too, answers that same failure,
  // until rollback.
  virtual Attempt<std::int64_t> run(std::string_view sql, const Parameters& parameters, const OnRow& on_row) = 0;

  Attempt<std::int64_t> run(std::string_view sql, const Parameters& parameters = {}) {
    return run(sql, parameters, [](const Row&) {});
  }

  // Runs a statement of a transaction whose answer nobody needs. It may be on its way while the next ones are given,
  // so that a failure may not show before the next run or commit, which it then spoils.
  virtual Attempt<Done> send(std::string_view sql, const Parameters& parameters) {
    const auto ran = run(sql, parameters);
    if (!ran.ok()) return ran.failure();
    return Done{};
  }

  // All rows of the answer, in order; for what is known to be small, by its key or a LIMIT.
  Attempt<std::vector<Row>> rows(std::string_view sql, const Parameters& parameters = {}) {
    std::vector<Row> all;
    const auto ran = run(sql, parameters, [&all](Row row) { all.push_back(std::move(row)); });
    if (!ran.ok()) return ran.failure();
    return all;
  }

  // Runs the statements of a schema, within a transaction. Where the databases name a thing differently, the
  // schema says, as a word of its own:
  //   INT64        a column of integers of 64 bits
  //   UTF8         a column of texts, compared and sorted by code point
  //   BYTES        a column of bytes
  //   INT64_KEY    a column of integers that is the primary key, and always given
  //   COUNTED_KEY  the same that counts up by itself, perhaps with gaps
  //   STRICT_ROWS  after the bracket that ends CREATE TABLE: no value but of its column's type is taken
  //   KEYED_ROWS   the same for short rows that are found by their primary key: they are kept in its order
  virtual Attempt<Done> script(std::string_view sql) = 0;
};

class Transaction {  // invariant: while database_ is set, a transaction is open on it, and it is ours
 public:
  // The database must outlive the transaction.
  static Attempt<Transaction> begin(Database& database) {
    const auto begun = database.begin();
    if (!begun.ok()) return begun.failure();
    return Transaction(database);
  }
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() {
    if (database_) database_->rollback();
  }

  // As Database::commit; once only.
  Attempt<Done> commit() {
    assert(database_);
    auto done = database_->commit();
    database_ = nullptr;
    return done;
  }

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

// -- Opening ----------------------------------------------------------------------------------------------

using Opened = Attempt<std::unique_ptr<Database>>;

// A file, made if there is none. `foreign` for a file that something else made.
Opened open_sqlite(std::string_view path, std::chrono::milliseconds patience = default_patience);

// A database of a server, by libpq's words ("host=... dbname=...") or URL; its encoding must be UTF-8. The tables
// are those that the search_path of the connection leads to. A connection pooler in between must keep a session
// to itself. Without libpq in this build: `other`.
Opened open_postgres(std::string_view conninfo, std::chrono::milliseconds patience = default_patience);

// sqlite:PATH, postgres://..., postgresql://..., or the path of a file.
inline Opened open_database(std::string_view url, std::chrono::milliseconds patience = default_patience) {
  if (url.starts_with("postgres://") || url.starts_with("postgresql://")) return open_postgres(url, patience);
  constexpr std::string_view sqlite = "sqlite:";
  if (url.starts_with(sqlite)) return open_sqlite(url.substr(sqlite.size()), patience);
  if (const std::size_t end = url.find("://"); end != std::string_view::npos) {
    return StoreFailure{StoreFailure::Kind::other, "`" + std::string(url.substr(0, end)) +
                                                       "` is no kind of store; expected sqlite:PATH, " +
                                                       "postgresql://..., or the path of a file"};
  }
  return open_sqlite(url, patience);
}

// -- What both databases are made of ----------------------------------------------------------------------

// The statements that are ready on one connection, by a key, the one used last in front.
template <typename Statement>
class ReadyStatements {  // invariant: at most max_ready_statements, each key once
 public:
  // Null if it is not there. Valid until the statement is taken away.
  Statement* find(std::string_view key) {
    const auto found = std::find_if(all_.begin(), all_.end(), [key](const auto& one) { return one.first == key; });
    if (found == all_.end()) return nullptr;
    all_.splice(all_.begin(), all_, found);
    return &found->second;
  }

  // Takes away what was used longest ago, if there is no room for one more; the caller closes it.
  std::optional<Statement> make_room() {
    if (all_.size() < max_ready_statements) return std::nullopt;
    std::optional<Statement> oldest(std::move(all_.back().second));
    all_.pop_back();
    return oldest;
  }

  // There must be room, and the key must be new.
  Statement& add(std::string key, Statement statement) {
    assert(all_.size() < max_ready_statements);
    return all_.emplace_front(std::move(key), std::move(statement)).second;
  }

  void clear() { all_.clear(); }
  std::size_t size() const { return all_.size(); }

 private:
  std::list<std::pair<std::string, Statement>> all_;
};

struct SchemaWord {
  std::string_view word, meaning;
};

// The script with each word of the schema as one database says it. A word is looked at whole, and also in texts
// and comments.
inline std::string spelled(std::string_view script, std::span<const SchemaWord> words) {
  const auto in_word = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  std::string out;
  for (auto at = script.begin(); at != script.end();) {
    const auto end = in_word(*at) ? std::find_if_not(at, script.end(), in_word) : std::next(at);
    const std::string_view part(at, end);
    const auto word = std::find_if(words.begin(), words.end(), [part](const auto& one) { return one.word == part; });
    out += word == words.end() ? part : word->meaning;
    at = end;
  }
  return out;
}

// What is wrong with parameters before any database has seen them; nothing if they are within the limits.
inline std::optional<StoreFailure> beyond_limits(const Parameters& parameters) {
  const auto over = [](std::string what, std::size_t limit) {
    return StoreFailure{StoreFailure::Kind::other, std::move(what) + " than the limit of " + std::to_string(limit)};
  };
  if (parameters.size() > max_parameters) return over("more parameters", max_parameters);
  for (const Parameter& parameter : parameters) {
    std::size_t size = 0;
    if (const auto* text = std::get_if<std::string_view>(&parameter)) size = text->size();
    if (const auto* bytes = std::get_if<BytesView>(&parameter)) size = bytes->content.size();
    if (size > max_value_bytes) return over("a value of more bytes", max_value_bytes);
  }
  return std::nullopt;
}

}  // namespace assent::store
