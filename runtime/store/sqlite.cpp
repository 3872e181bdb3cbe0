// A store in a file of SQLite.
//
// Entry: open_sqlite. The file is kept in the mode of the write-ahead log, so that reading waits for no writer,
// and each commit is on the disk before it is answered. An application id in the file's header says that the
// file is ours; a file without it is not touched.
#include <sqlite3.h>

#include <charconv>
#include <new>
#include <system_error>
#include <thread>

#include "runtime/store/database.h"
#include "runtime/value/utf8.h"

namespace assent::store {

namespace {

using Kind = StoreFailure::Kind;

constexpr std::int64_t application_id = 0x41734E54;  // "AsNT", at byte 68 of the file
constexpr std::chrono::milliseconds pause_before_retry{10};

// SQLite's own limit, of a whole row: some values at the limit of one.
constexpr int max_row_bytes = static_cast<int>(4 * max_value_bytes);

// INT, as a primary key that is an INTEGER would count up by itself when it is null.
constexpr SchemaWord schema_words[] = {{"INT64", "INT"},
                                       {"UTF8", "TEXT"},
                                       {"BYTES", "BLOB"},
                                       {"INT64_KEY", "INTEGER PRIMARY KEY"},
                                       {"COUNTED_KEY", "INTEGER PRIMARY KEY AUTOINCREMENT"},
                                       {"STRICT_ROWS", "STRICT"},
                                       {"KEYED_ROWS", "STRICT, WITHOUT ROWID"}};

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

struct Statement {
  std::unique_ptr<sqlite3_stmt, Finalize> compiled;
  // SQLite counts names in the order in which they first appear. For each of its places: which parameter it is.
  std::vector<std::size_t> places;
};

// Makes a statement ready for its next run, and forgets what was borrowed for this one.
struct Rewind {
  sqlite3_stmt* statement;
  bool& running;
  ~Rewind() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    running = false;
  }
};

Kind kind_of(int extended_code) {
  if (extended_code == SQLITE_IOERR_CORRUPTFS) return Kind::corrupt;
  switch (extended_code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:  // lost the race for the log's locks many times
      return Kind::busy;
    case SQLITE_CORRUPT:
      return Kind::corrupt;
    case SQLITE_NOTADB:
      return Kind::foreign;
    case SQLITE_FULL:
      return Kind::full;
    case SQLITE_CONSTRAINT:
      return Kind::constraint;
    default:
      return Kind::other;
  }
}

StoreFailure other(std::string message) { return {Kind::other, std::move(message)}; }

// SQLite would keep anything, and read a text only up to its NUL.
bool is_text(std::string_view text) { return text.find('\0') == std::string_view::npos && is_utf8(text); }

// N of the placeholder $N, counted from 1; 0 if that is not what it is.
std::size_t placeholder_number(const char* name) {
  if (!name || name[0] != '$' || name[1] == '0') return 0;
  const std::string_view digits(name + 1);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? number : 0;
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::unique_ptr<sqlite3, Close> connection, std::string path, std::chrono::milliseconds patience)
      : connection_(std::move(connection)), path_(std::move(path)), patience_(patience) {}

  // Looks whose file it is before anything is written, then makes the settings of this connection.
  Attempt<Done> settle_in();

  Attempt<Done> begin() override;
  Attempt<Done> commit() override;
  void rollback() override;
  Attempt<std::int64_t> run(std::string_view sql, const Parameters& parameters, const OnRow& on_row) override;
  Attempt<Done> script(std::string_view sql) override;

 private:
  enum class Owner : std::uint8_t { nobody, us, somebody_else };

  struct RollBack {  // whatever is still open at the end of a block
    SqliteDatabase& database;
    ~RollBack() { database.rollback(); }
  };

  StoreFailure failure();
  Attempt<Done> command(const std::string& sql);
  Attempt<Statement*> ready(std::string_view sql);
  Attempt<Done> bind(Statement& statement, const Parameters& parameters);
  Attempt<Row> row_of(sqlite3_stmt* statement);
  Attempt<std::int64_t> execute(std::string_view sql, const Parameters& parameters, const OnRow& on_row);
  Attempt<Owner> owner();
  Attempt<Done> make_ours();
  Attempt<Done> use_write_ahead_log();

  std::unique_ptr<sqlite3, Close> connection_;
  ReadyStatements<Statement> ready_;
  std::string path_;
  std::chrono::milliseconds patience_;
  bool open_ = false;                    // between begin and the end of the transaction
  std::optional<StoreFailure> spoiled_;  // by what, if the open transaction is
  bool doubtful_ = false;                // a commit failed, and the log may hold it all the same: see begin
  bool running_ = false;                 // a statement, and perhaps the caller's on_row
};

StoreFailure SqliteDatabase::failure() {
  const int code = sqlite3_extended_errcode(connection_.get());
  if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
  return {kind_of(code), "`" + path_ + "`: " + sqlite3_errmsg(connection_.get())};
}

Attempt<Done> SqliteDatabase::command(const std::string& sql) {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return failure();
  return Done{};
}

Attempt<Done> SqliteDatabase::begin() {
  if (open_) return other("a transaction is open already");
  if (doubtful_) {
    // The pages of a commit that failed may stand in the log, whole, where recovery after a crash would find
    // them and take them for committed. Writing over their beginning takes their chain of checksums apart, and
    // only then is it true that the commit is not there.
    if (auto done = make_ours(); !done.ok()) return done;
    doubtful_ = false;
  }
  if (auto done = command("BEGIN IMMEDIATE"); !done.ok()) return done;  // takes the lock now, not when writing
  open_ = true;
  return Done{};
}

Attempt<Done> SqliteDatabase::commit() {
  if (!open_) return other("no transaction is open");
  if (spoiled_) {
    StoreFailure reason = std::move(*spoiled_);
    rollback();
    return reason;
  }
  doubtful_ = true;
  const auto done = command("COMMIT");
  if (done.ok()) {
    doubtful_ = open_ = false;
    return done;
  }
  StoreFailure reason = done.failure();
  // Here SQLite looks before it writes, and leaves the transaction open.
  if (reason.kind == Kind::constraint || reason.kind == Kind::busy) doubtful_ = false;
  if (doubtful_) reason.kind = Kind::outcome_unknown;
  rollback();
  return reason;
}

void SqliteDatabase::rollback() {
  if (!open_) return;
  open_ = false;
  spoiled_.reset();
  // Some failures make SQLite roll back by itself.
  if (sqlite3_get_autocommit(connection_.get()) == 0) {
    sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Attempt<std::int64_t> SqliteDatabase::run(std::string_view sql, const Parameters& parameters, const OnRow& on_row) {
  if (spoiled_) return *spoiled_;
  auto ran = execute(sql, parameters, on_row);
  if (!ran.ok() && open_) spoiled_ = ran.failure();
  return ran;
}

Attempt<Done> SqliteDatabase::script(std::string_view sql) {
  if (!open_) return other("a schema is written within a transaction");
  if (spoiled_) return *spoiled_;
  auto done = command(spelled(sql, schema_words));
  if (!done.ok()) spoiled_ = done.failure();
  return done;
}

Attempt<Statement*> SqliteDatabase::ready(std::string_view sql) {
  if (Statement* known = ready_.find(sql)) return known;
  if (sql.size() > max_value_bytes)
    return other("a statement of more than " + std::to_string(max_value_bytes) + " bytes");
  sqlite3_stmt* compiled = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &compiled, &rest);
  Statement statement{std::unique_ptr<sqlite3_stmt, Finalize>(compiled), {}};
  if (code != SQLITE_OK) return failure();
  const std::string_view after(rest, sql.data() + sql.size());
  if (!compiled || after.find_first_not_of(" \n") != std::string_view::npos) return other("not one statement");
  for (int place = 1; place <= sqlite3_bind_parameter_count(compiled); ++place) {
    const std::size_t number = placeholder_number(sqlite3_bind_parameter_name(compiled, place));
    if (number == 0) return other("a placeholder that is not $1, $2, ...");
    statement.places.push_back(number - 1);
  }
  ready_.make_room();
  return &ready_.add(std::string(sql), std::move(statement));
}

Attempt<Done> SqliteDatabase::bind(Statement& statement, const Parameters& parameters) {
  if (auto beyond = beyond_limits(parameters)) return *beyond;
  // Places are distinct, so they are all the parameters if they are as many and none is beyond the last.
  const bool all_used = statement.places.size() == parameters.size() &&
                        std::all_of(statement.places.begin(), statement.places.end(),
                                    [&](std::size_t parameter) { return parameter < parameters.size(); });
  if (!all_used) {
    return other("the placeholders of the statement are not those of " + std::to_string(parameters.size()) +
                 " parameters");
  }
  for (std::size_t i = 0; i < statement.places.size(); ++i) {
    sqlite3_stmt* const compiled = statement.compiled.get();
    const Parameter& parameter = parameters[statement.places[i]];
    const int place = static_cast<int>(i) + 1;
    int code = SQLITE_OK;  // null is what is bound to begin with
    if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
      code = sqlite3_bind_int64(compiled, place, *integer);
    } else if (const auto* text = std::get_if<std::string_view>(&parameter)) {
      if (!is_text(*text)) return other("a text that is not UTF-8, or holds the character NUL");
      // An address of nothing would be taken for null.
      code = sqlite3_bind_text64(compiled, place, text->empty() ? "" : text->data(), text->size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<BytesView>(&parameter)) {
      const std::string_view content = bytes->content;
      code = sqlite3_bind_blob64(compiled, place, content.empty() ? "" : content.data(), content.size(), SQLITE_STATIC);
    }
    if (code != SQLITE_OK) return failure();
  }
  return Done{};
}

Attempt<Row> SqliteDatabase::row_of(sqlite3_stmt* statement) {
  Row row;
  const int columns = sqlite3_column_count(statement);
  row.reserve(static_cast<std::size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    // The content first, then its size: SQLite's rule.
    switch (sqlite3_column_type(statement, column)) {
      case SQLITE_NULL:
        row.emplace_back();
        break;
      case SQLITE_INTEGER:
        row.emplace_back(sqlite3_column_int64(statement, column));
        break;
      case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        if (!text) throw std::bad_alloc();
        row.emplace_back(std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))));
        break;
      }
      case SQLITE_BLOB: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        row.emplace_back(Bytes{size == 0 ? std::string() : std::string(bytes, size)});
        break;
      }
      default:
        return other("column " + std::to_string(column + 1) + " holds neither integer, text nor bytes");
    }
  }
  return row;
}

Attempt<std::int64_t> SqliteDatabase::execute(std::string_view sql, const Parameters& parameters, const OnRow& on_row) {
  assert(!running_);  // another statement could push this one out of those that are ready
  const auto found = ready(sql);
  if (!found.ok()) return found.failure();
  sqlite3_stmt* const statement = (*found)->compiled.get();
  if (!open_ && !sqlite3_stmt_readonly(statement)) return other("a statement that writes, outside a transaction");
  const Rewind rewind{statement, running_};
  running_ = true;
  if (const auto bound = bind(**found, parameters); !bound.ok()) return bound.failure();

  const std::int64_t touched_before = sqlite3_total_changes64(connection_.get());
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    auto row = row_of(statement);
    if (!row.ok()) return row.failure();
    on_row(*std::move(row));
  }
  if (code != SQLITE_DONE) return failure();
  // What SQLite says of the last statement that touched rows stays so after one that cannot touch any.
  const bool touched = sqlite3_total_changes64(connection_.get()) != touched_before;
  return touched ? sqlite3_changes64(connection_.get()) : 0;
}

Attempt<SqliteDatabase::Owner> SqliteDatabase::owner() {
  // Both at the same moment: between two statements somebody else may make the file ours, and write its schema.
  const auto answer = rows("SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id");
  if (!answer.ok()) return answer.failure();
  const Row& found = answer->front();
  if (found[0] == Cell(application_id)) return Owner::us;
  return found == Row{std::int64_t{0}, std::int64_t{0}} ? Owner::nobody : Owner::somebody_else;
}

// Writes the application id, in a transaction of its own; a file of somebody else stays as it is.
Attempt<Done> SqliteDatabase::make_ours() {
  if (auto begun = command("BEGIN IMMEDIATE"); !begun.ok()) return begun;
  open_ = true;
  const RollBack at_end{*this};
  const auto whose = owner();  // again, as only now nobody else can be writing
  if (!whose.ok()) return whose.failure();
  if (*whose == Owner::somebody_else) return Done{};
  if (auto done = command("PRAGMA application_id = " + std::to_string(application_id)); !done.ok()) return done;
  return command("COMMIT");
}

Attempt<Done> SqliteDatabase::use_write_ahead_log() {
  // Changing the mode wants the file for itself, and does not always wait for it.
  const auto deadline = std::chrono::steady_clock::now() + patience_;
  std::string mode;  // what the file is in afterwards
  const auto take_mode = [](void* out, int, char** values, char**) {
    *static_cast<std::string*>(out) = values[0];
    return 0;
  };
  while (sqlite3_exec(connection_.get(), "PRAGMA journal_mode = WAL", take_mode, &mode, nullptr) != SQLITE_OK) {
    auto reason = failure();
    if (reason.kind != Kind::busy || std::chrono::steady_clock::now() >= deadline) return reason;
    std::this_thread::sleep_for(pause_before_retry);
  }
  if (mode != "wal") return other("`" + path_ + "`: a write-ahead log cannot be kept beside this file");
  return Done{};
}

Attempt<Done> SqliteDatabase::settle_in() {
  sqlite3* const connection = connection_.get();
  sqlite3_busy_timeout(connection, static_cast<int>(patience_.count()));
  sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, max_row_bytes);
  sqlite3_limit(connection, SQLITE_LIMIT_VARIABLE_NUMBER, static_cast<int>(max_parameters));
  sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
  // Whoever gives us a file gives us its schema, too: nothing in it may do more than keep rows.
  const std::pair<int, int> settings[] = {{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_DEFENSIVE, 1},
                                          {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}, {SQLITE_DBCONFIG_DQS_DML, 0},
                                          {SQLITE_DBCONFIG_DQS_DDL, 0}, {SQLITE_DBCONFIG_ENABLE_FKEY, 1}};
  for (const auto& [setting, value] : settings) {
    if (sqlite3_db_config(connection, setting, value, nullptr) != SQLITE_OK) return failure();
  }

  auto whose = owner();
  if (whose.ok() && *whose == Owner::nobody) {
    if (sqlite3_db_readonly(connection, "main") != 0) return other("`" + path_ + "` cannot be written to");
    if (auto done = make_ours(); !done.ok()) return done;
    whose = owner();
  }
  if (!whose.ok()) return whose.failure();
  if (*whose != Owner::us) {
    return StoreFailure{Kind::foreign, "`" + path_ + "` is a database of SQLite, but not a store of Assent"};
  }
  if (sqlite3_db_readonly(connection, "main") != 0) return other("`" + path_ + "` cannot be written to");
  if (auto done = use_write_ahead_log(); !done.ok()) return done;
  // FULL: the log is on the disk before a commit is answered. Without a map of the file, a disk that fails gives
  // a failure and not a signal. 32 MB of pages are kept at hand.
  return command("PRAGMA synchronous = FULL; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; "
                 "PRAGMA cache_size = -32768");
}

}  // namespace

Opened open_sqlite(std::string_view path, std::chrono::milliseconds patience) {
  if (path.empty() || path.find('\0') != std::string_view::npos) return other("a store needs the path of its file");
  // SQLite gives a meaning to names like `:memory:` and `file:x?mode=ro`; for us they are names of files.
  const std::string file = (path.front() == '/' ? "" : "./") + std::string(path);
  sqlite3* opened = nullptr;
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  std::unique_ptr<sqlite3, Close> connection(opened);
  if (!connection || code == SQLITE_NOMEM) throw std::bad_alloc();
  if (code != SQLITE_OK) {
    return StoreFailure{kind_of(code), "`" + std::string(path) + "`: " + sqlite3_errmsg(opened)};
  }
  auto database = std::make_unique<SqliteDatabase>(std::move(connection), std::string(path), patience);
  if (auto done = database->settle_in(); !done.ok()) return done.failure();
  return Opened(std::move(database));
}

}  // namespace assent::store
