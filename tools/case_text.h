// A case for people: its path with what is done, open and waiting; its log, line by line. Entries: case_text,
// event_text.
#pragma once

#include <cstdint>
#include <string>

#include "assent/case.h"
#include "tools/terminal.h"

namespace assent::command {

struct CaseReading {
  const Case& kase;
  const Style& style;
  std::int32_t utc_offset = 0;
};

std::string case_text(const CaseReading& reading);

// "boss for cfo approved r/cfo: as agreed"; without a line end. Steps are numbers in events: `kase` is the case as
// it was when the event happened, or later.
std::string event_text(const Event& event, const Case& kase);

}  // namespace assent::command
