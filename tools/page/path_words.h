// A path in one sentence: "rep manager, then deal desk and finance together, then VP sales when …". Entry: path_words.
#pragma once

#include "tools/page/page.h"
#include "tools/page/policy_names.h"

namespace assent::command {

Words path_words(const PathOutline& path, const PolicyNames& names);

}  // namespace assent::command
