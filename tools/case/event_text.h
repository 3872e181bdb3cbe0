// What happened to a case, in words: one line for each event of its log. Entries: event_text, who_text.
#pragma once

#include <cstdint>
#include <string>

#include "assent/case.h"

namespace assent::command {

// "approved big/cfo: as agreed", without who did it. Events name steps by number: `after` is the case as the event
// left it; of an event of the desk, any case.
std::string event_text(const Event& event, const Case& after, std::int32_t utc_offset = 0);

// "deputy for boss".
std::string who_text(const Event& event);

}  // namespace assent::command
