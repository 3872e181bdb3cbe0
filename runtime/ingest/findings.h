// What is wrong with one document, gathered while it is read.
//
// Entry: Findings. A finding knows its token alone; JSON pointers are made at the end, for all
// findings in one walk, so that a document without faults pays nothing for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assent/result.h"
#include "runtime/ingest/document.h"

namespace assent::ingest {

class Findings {  // invariant: at most max_problems
 public:
  explicit Findings(ErrorCode usual) : usual_(usual) {}

  void clear() { list_.clear(); }
  bool empty() const { return list_.empty(); }
  bool full() const { return list_.size() >= max_problems; }

  // At the value `place`, or at `below` (a JSON pointer) under it.
  void add(Mark place, std::string message) { add(usual_, place, {}, std::move(message)); }
  void add(ErrorCode code, Mark place, std::string below, std::string message);
  // At `place`; the message ends with the pointer of `also`.
  void add_twice(Mark place, Mark also, std::string message);

  // Moves them to `problems` in the order of the document, as far as max_problems allows.
  void report(const Document& document, Problems& problems);

 private:
  struct Finding {
    ErrorCode code;
    Mark place, also;
    std::string below, message;
  };
  ErrorCode usual_;
  std::vector<Finding> list_;
};

// The JSON pointers of the values at `marks`, which are ascending. The document is well formed up
// to the last of them.
std::vector<std::string> pointers(const Document& document, const std::vector<Mark>& marks);

// Appends "/" and the key, escaped as RFC 6901 says.
void append_step(std::string& pointer, std::string_view key);

// `text` in backticks, as one line, cut where it is long.
std::string quoted(std::string_view text);

// What stands at `mark`, for "found …": "a list", "the text `x`", "`12`".
std::string found(const Document& document, Mark mark);

// Adds the problem unless there are max_problems already.
void add_problem(Problems& problems, ErrorCode code, std::string where, std::string message);

}  // namespace assent::ingest
