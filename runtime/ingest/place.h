// Where a path in the policy's own names leads, in the rows of a quote: `lines[3].discount`, `groups[0].lines[2]`.
//
// Entries: cell_at, row_at. The parts of a path are gathered until an index ends the path of a list; what remains
// after the last index is the field's path from its row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/ingest/intake.h"

namespace assent::ingest {

// Each returns what is wrong with the path, to be said after the path itself; nothing if it was found.
std::string cell_at(const Intake& in, const Rows& rows, std::string_view path, Place& place);
// A row, or with `gap` also the place behind the last one.
std::string row_at(const Intake& in, const Rows& rows, std::string_view path, bool gap, Place& place);

}  // namespace assent::ingest
