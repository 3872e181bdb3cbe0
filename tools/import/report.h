// What an import could not carry over, for people and as JSON. Entries: ImportReport, report_text, report_json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace assent::command {

enum class Fate : std::uint8_t {
  blocks,   // a rule that denies every quote, or each that it applies to, until somebody mends it
  lost,     // has no counterpart: nothing stands for it
  differs,  // is there, but not in every detail as it was
  assumed,  // the export does not say, or the original does not: this reading was chosen
  unused,   // had no effect in the original either
};
inline constexpr std::size_t fates = 5;

struct ImportNote {
  Fate fate = Fate::lost;
  std::string type, name, field;  // of the record; the field may be empty
  std::string why;

  friend auto operator<=>(const ImportNote&, const ImportNote&) = default;
};

// The notes of an import, in the order of what matters most; each once, whatever the order in which they came.
class ImportReport {
 public:
  void add(ImportNote note) { notes_.push_back(std::move(note)); }
  std::vector<ImportNote> sorted() const;

 private:
  std::vector<ImportNote> notes_;
};

// Whether somebody has to look at it: something blocks, is lost or differs.
bool has_findings(const std::vector<ImportNote>& notes);

std::string report_text(const std::vector<ImportNote>& notes);
std::string report_json(const std::vector<ImportNote>& notes);

}  // namespace assent::command
