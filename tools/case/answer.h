// What came of a command on a case, told to whoever gave it. Entries: tell, tell_refusal.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tools/case/case.h"
#include "tools/terminal.h"

namespace assent::command {

// `whole`: with all of the case, and not only what the command did to it. Findings if it was refused.
Exit tell(Store& store, const CaseRequest& request, const std::string& command, const Response& response, bool whole);

// A refusal, as text on the standard output, or in a Response as JSON. `help` may be empty.
Exit tell_refusal(const CaseRequest& request, const std::string& command, const Response& response,
                  const std::string& help);

// "boss approved big/boss", then "→ big/boss is done": what a command did to a case, from the log; also what one
// did that was carried out before. Empty: nothing.
std::vector<std::string> deeds(Store& store, std::string_view case_id, std::string_view command,
                               std::int32_t utc_offset);

// The same of a command on many cases, below the name of each.
std::string deeds_in_cases(Store& store, std::span<const std::string> cases, std::string_view command,
                           std::int32_t utc_offset);

// The case that an event of such a command is of; empty if it is of the desk.
std::string case_of_part(std::string_view command, std::string_view part);

// "messages to: boss (request), cfo (request)", with a line end; empty for none.
std::string messages_text(const std::vector<Effect>& effects, const Style& style);

}  // namespace assent::command
