// Strict reading of small formats of our own: every key is known, none comes twice.
//
// Entry: StrictReader::load, object, list, finish. Unlike a quote, whose other keys belong to the
// host, a directory with a key that nobody knows is one whose author was misunderstood.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "runtime/ingest/cursor.h"
#include "runtime/ingest/findings.h"

namespace assent::ingest {

// Functions that return bool: false means that the walk is over, because the text is not JSON or
// because a limit is reached. A wrong value is a finding, and is passed.
class StrictReader {
 public:
  StrictReader(ErrorCode code, std::string_view what, std::size_t max_bytes)
      : code_(code), what_(what), max_bytes_(max_bytes), findings(code) {}

  // Makes `cursor` stand on the root; false with problems in `problems`.
  bool load(std::string_view json);

  // Calls take(i) for each known key i in the object here, the cursor on its value, which take must
  // pass. Sets bit i of `given`. Anything else than an object is a finding.
  template <typename Take>
  bool object(std::span<const std::string_view> known, std::string_view what, std::uint32_t& given,
              Take take) {
    given = 0;
    if (cursor->peek() != '{') return refuse(what, "an object");
    Cursor::Step step = cursor->first_key();
    while (step == Cursor::Step::member) {
      const std::size_t i = known_key(known, given);
      if (i == known.size() ? !cursor->skip() : !take(i)) return false;
      if (findings.full()) return false;
      step = cursor->next_key();
    }
    return step == Cursor::Step::end;
  }

  // Calls take() for each element of the list here.
  template <typename Take>
  bool list(std::string_view what, Take take) {
    if (cursor->peek() != '[') return refuse(what, "a list");
    Cursor::Step step = cursor->first_element();
    while (step == Cursor::Step::member) {
      if (!take() || findings.full()) return false;
      step = cursor->next_element();
    }
    return step == Cursor::Step::end;
  }

  // The value here as a text that is not empty; else a finding, and nothing in `out`.
  bool text(std::string_view what, std::optional<std::string_view>& out);

  // Passes the value here, and reports that it is not what was expected.
  bool refuse(std::string_view what, std::string_view expected);

  // Ends the walk that returned `walked`. Problems if there are any.
  Problems finish(bool walked);

 private:
  // The place of the key that the cursor just passed in `known`; its size, with a finding, if it is
  // not there or was given before.
  std::size_t known_key(std::span<const std::string_view> known, std::uint32_t& given);

  const ErrorCode code_;
  const std::string_view what_;
  const std::size_t max_bytes_;

 public:
  Document document;
  Findings findings;
  Problems problems;
  std::optional<Cursor> cursor;
};

}  // namespace assent::ingest
