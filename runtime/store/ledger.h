// The log and what it refers to: entries in a chain of hashes, answered commands, contents by their hash.
// Entry: Ledger. Everything here runs within a transaction of the caller, or only reads. What is appended,
// remembered and kept in a transaction is written together, by write() at its end or before something else is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "assent/store.h"
#include "runtime/store/sql.h"

namespace assent::store {

// The tables. The log alone is the truth; `cases` and `seats` are what is read from it, in the same transaction.
extern const std::string_view schema;
inline constexpr std::int64_t schema_version = 1;

inline constexpr std::string_view desk = "";  // the stream of delegations and replacements

// Whether a text can name a case, a command or who gives it: some bytes of UTF-8 without NUL, at most max_id_bytes.
bool is_id(std::string_view text);

// Of an entry: over the hash before it, the stream and the event, so that neither can be exchanged.
std::string chained(std::string_view before, std::string_view stream, std::string_view event);

class Ledger {
 public:
  explicit Ledger(Sql sql) : sql_(sql) {}

  // Begins a transaction: looks where the log ends. Gives the streams to which others have written since the last
  // one; nothing, if that may be any.
  std::optional<std::vector<std::string>> begin();
  void write();
  void forget();  // what a transaction did that came to nothing

  // Appends an event as the next entry of the log.
  void append(std::string_view stream, const Event& event);

  // The first answer to a command id, if there was one. Many are looked up together ahead of time.
  struct Known { std::string stream; std::uint64_t version; std::optional<Refusal> refusal; };
  void look_up(const std::vector<std::string_view>& commands);
  const std::optional<Known>& known(std::string_view command);
  void remember(std::string_view command, std::string_view stream, std::uint64_t version, const Refusal* refusal);

  // Contents, each once: policies and quotes.
  void keep(std::string_view hash, std::string_view content);
  std::optional<std::string> content(std::string_view hash);

  // The entries of a stream (nullopt: of all) after a position, at most `most`.
  std::vector<LogEntry> entries(std::optional<std::string_view> stream, std::uint64_t after, std::size_t most);
  std::uint64_t version(std::string_view stream);  // of its last event; 0 for none

  // The case that its events make; nothing if there are none. Throws Failed if they do not fit.
  std::optional<Case> replay(std::string_view case_id);
  Deputies replay_desk();

 private:
  struct Head {
    std::int64_t position = 0;
    std::string hash;
    bool operator==(const Head&) const = default;
  };
  template <typename Take>
  void each_event(std::string_view stream, Take take);

  Sql sql_;
  Head head_;  // the last entry of the log, that is to be written perhaps
  std::unordered_map<std::string, std::optional<Known>> answers_;  // to the commands of this transaction
  Tuples log_{"INSERT INTO log (position, stream, version, event, hash) VALUES "};
  Tuples commands_{"INSERT INTO commands (id, stream, version, refusal, message) VALUES "};
  Tuples contents_{"INSERT INTO contents (hash, content) VALUES ", " ON CONFLICT (hash) DO NOTHING"};
  Tuples asked_{"SELECT id, stream, version, refusal, message FROM commands WHERE id IN (", ")"};
};

}  // namespace assent::store
