// StrictReader: keys that must be known, texts that must not be empty. Entry: StrictReader.
#include "runtime/ingest/strict.h"

namespace assent::ingest {

bool StrictReader::load(std::string_view json) {
  if (json.size() > max_bytes_) {
    add_problem(problems, ErrorCode::limit_exceeded, {},
                std::string(what_) + " has " + std::to_string(json.size()) +
                    " bytes, more than the limit of " + std::to_string(max_bytes_));
    return false;
  }
  std::string complaint;
  if (!document.load(json, complaint)) {
    add_problem(problems, code_, {}, std::move(complaint));
    return false;
  }
  cursor.emplace(document);
  return true;
}

std::size_t StrictReader::known_key(std::span<const std::string_view> known, std::uint32_t& given) {
  const Mark mark = cursor->key();
  const std::string_view key = document.string(mark).value_or(document.inside(mark));
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] != key) continue;
    const std::uint32_t bit = std::uint32_t{1} << i;
    if ((given & bit) == 0) {
      given |= bit;
      return i;
    }
    findings.add(cursor->at(), "the key " + quoted(key) + " is given twice in one object");
    return known.size();
  }
  std::string listed;
  for (const std::string_view name : known) listed += (listed.empty() ? "" : ", ") + quoted(name);
  findings.add(cursor->at(), "unknown key " + quoted(key) + ": known here are " + listed);
  return known.size();
}

bool StrictReader::text(std::string_view what, std::optional<std::string_view>& out) {
  out.reset();
  if (cursor->peek() != '"') return refuse(what, "a text");
  const Mark mark = cursor->at();
  const std::optional<std::string_view> text = document.string(mark);
  if (!text) {
    findings.add(mark, std::string(what) +
                           " is no text: an escape in it is half of a surrogate pair");
  } else if (text->empty()) {
    findings.add(mark, std::string(what) + " is empty");
  } else {
    out = text;
  }
  return cursor->skip();
}

bool StrictReader::refuse(std::string_view what, std::string_view expected) {
  const Mark mark = cursor->at();
  if (!cursor->skip()) return false;
  findings.add(mark, std::string(what) + ": expected " + std::string(expected) + ", found " +
                         found(document, mark));
  return !findings.full();
}

Problems StrictReader::finish(bool walked) {
  if (walked) walked = cursor->at_end();
  if (!walked && cursor->failed()) {
    add_problem(problems, cursor->too_deep() ? ErrorCode::limit_exceeded : code_, {},
                cursor->complaint());
  } else {
    findings.report(document, problems);
  }
  return std::move(problems);
}

}  // namespace assent::ingest
