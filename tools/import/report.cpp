// See report.h.
#include "tools/import/report.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tools/text.h"

namespace assent::command {

namespace {

struct FateWords {
  std::string_view word, heading;
};
constexpr std::array<FateWords, fates> words_of_fates{{
    {"blocks", "Blocks quotes until it is mended"},
    {"lost", "Not carried over"},
    {"differs", "Carried over, but not in every detail the same"},
    {"assumed", "Read so, as neither the export nor the original says more"},
    {"unused", "Left out, as it had no effect"},
}};

const FateWords& words_of(Fate fate) { return words_of_fates[static_cast<std::size_t>(fate)]; }

}  // namespace

std::vector<ImportNote> ImportReport::sorted() const {
  std::vector<ImportNote> notes = notes_;
  std::sort(notes.begin(), notes.end());
  notes.erase(std::unique(notes.begin(), notes.end()), notes.end());
  return notes;
}

bool has_findings(const std::vector<ImportNote>& notes) {
  return std::any_of(notes.begin(), notes.end(), [](const ImportNote& note) { return note.fate <= Fate::differs; });
}

std::string report_text(const std::vector<ImportNote>& notes) {
  std::string text;
  const ImportNote* before = nullptr;
  for (const ImportNote& note : notes) {
    if (before == nullptr || before->fate != note.fate)
      text += (text.empty() ? "" : "\n") + std::string(words_of(note.fate).heading) + '\n';
    text += "  " + printable(note.type) + " \"" + printable(note.name) + '"' +
            (note.field.empty() ? "" : ", " + printable(note.field)) + ": " + printable(note.why) + '\n';
    before = &note;
  }
  return text.empty() ? "Everything was carried over.\n" : text;
}

std::string report_json(const std::vector<ImportNote>& notes) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const ImportNote& note : notes)
    list.push_back({{"fate", words_of(note.fate).word},
                    {"type", note.type},
                    {"name", note.name},
                    {"field", note.field},
                    {"why", note.why}});
  return list.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace assent::command
