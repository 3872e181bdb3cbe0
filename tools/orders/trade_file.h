// Who trades with whom, from a file that the command line names. Entry: read_trade.
#pragma once

#include <string>

#include "assent/sync.h"
#include "tools/files.h"
#include "tools/policy_file.h"

namespace assent::command {

// BadInput for a file that cannot be read, or says what makes no sense.
inline Trade read_trade(const std::string& file) {
  const Result<Trade> trade = Trade::from_json(read_file(file));
  if (!trade) throw BadInput(problems_text(file, trade.problems()));
  return *trade;
}

}  // namespace assent::command
