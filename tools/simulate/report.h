// A tally for people, for machines, and as a page. Entries: tally_text, tally_json, tally_page; of the changes alone:
// changes_text, changes_json.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "tools/page/page.h"
#include "tools/simulate/tally.h"
#include "tools/terminal.h"

namespace assent::command {

// Which quotes are decided otherwise, and what becomes of them.
std::string changes_text(const Tally& tally, const Style& style);
nlohmann::ordered_json changes_json(const Tally& tally);

// Besides, the outcomes, the rules and whom they ask.
std::string tally_text(const Tally& tally, const Style& style);
std::string tally_json(const Tally& tally);
Page tally_page(std::string title, const Tally& tally);

}  // namespace assent::command
