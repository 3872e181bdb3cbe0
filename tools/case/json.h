// The answers of `assent case` as JSON, for programs: fixed keys in a fixed order, instants in RFC 3339. Cases,
// events and letters are written as the runtime writes them. Entries: the functions below; each ends with a newline.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/store.h"

namespace assent::command {

struct CaseAnswer {
  std::string_view case_id;     // empty: the desk
  std::string_view command;     // the id under which it was carried out
  std::string_view state;       // of the case afterwards; empty where there is none
  const Response& response;
  std::string_view cure;        // of a refusal; may be empty
};
std::string answer_json(const CaseAnswer& answer);

std::string inbox_json(std::span<const InboxEntry> entries);
std::string list_json(std::span<const CaseStatus> cases);

// The cases in which time did something.
std::string tick_json(std::string_view command, std::span<const std::string> cases);

std::string migration_json(std::string_view command, bool dry_run, std::span<const Migration> cases);

// `head`: one that was written down, and the position of the entry that has it (0: none has); empty: not asked.
struct WrittenHead {
  std::string_view hash;
  std::uint64_t position = 0;
};
std::string verification_json(const Verification& found, const WrittenHead& head);

// One line of the log, the event byte for byte as it is stored: what its hash was made of.
std::string log_line(const LogEntry& entry);

}  // namespace assent::command
