// Any text as a log, an event a line. A line is an event or not; an event is written as it was read, and applied or
// refused, to the case that the lines before it made, to cases in other states, and to the desk. The same line as an
// effect.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/advance.h"
#include "assent/case.h"

namespace {

using namespace assent;

void require(bool holds) {
  if (!holds) std::abort();
}

// A case in each of the states that it goes through in a log of the corpus, the draft first.
std::vector<Case> stages() {
  std::vector<Case> all(1);
  std::ifstream log(ASSENT_SOURCE_DIR "/tests/fuzz/corpus/event/life.jsonl");
  Case kase;
  for (std::string line; std::getline(log, line);) {
    const Result<Event> event = event_from_json(line);
    require(event.ok() && apply(kase, *event).empty());
    if (kase.state != all.back().state) all.push_back(kase);
  }
  require(all.size() > 3);
  return all;
}

// What may be asked of a case. Its steps wait for earlier ones alone, and name rules that are there.
void look_at(const Case& kase) {
  (void)next_due(kase);
  for (std::size_t i = 0; i < kase.steps.size(); ++i) {
    const CaseStep& step = kase.steps[i];
    (void)tally(step);
    (void)outcome(step);
    for (const std::uint32_t before : step.after) require(before < i);
    for (const std::uint32_t rule : step.because) require(rule < kase.rules.size());
  }
}

// As the next event, whatever its version. Whether it was applied.
bool happens(Case& kase, Event event) {
  event.version = kase.version + 1;
  Case next = kase;
  if (!apply(next, event).empty()) return false;
  require(next.version == event.version && next.changed_at == event.at);
  look_at(next);
  kase = std::move(next);
  return true;
}

// Gives what was read, if it could be. Written, read and written again it is the same to the byte.
template <typename Record>
std::optional<Record> read(std::string_view json, Result<Record> (*from_json)(std::string_view)) {
  const Result<Record> record = from_json(json);
  if (!record) {
    require(!record.problems().empty());
    return std::nullopt;
  }
  const std::string written = to_json(*record);
  const Result<Record> again = from_json(written);
  require(again.ok() && to_json(*again) == written);
  return *record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Case> others = stages();
  const std::string text(reinterpret_cast<const char*>(data), size);
  read(text, event_from_json);
  read(text, effect_from_json);
  Case kase, replayed;
  Deputies desk;
  std::vector<std::string> log;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    read(line, effect_from_json);
    const std::optional<Event> event = read(line, event_from_json);
    if (!event) continue;
    (void)apply(desk, *event);
    for (Case other : others) happens(other, *event);
    if (!happens(kase, *event)) continue;
    log.push_back(to_json(Event{kase.version, event->at, event->by, event->on_behalf, event->command, event->what}));
  }
  for (const std::string& each : log) require(apply(replayed, *event_from_json(each)).empty());
  require(to_json(replayed) == to_json(kase));
  return 0;
}
