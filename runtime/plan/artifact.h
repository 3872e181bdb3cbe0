// The artifact: a Plan as bytes. Entries: write_artifact, read_artifact.
//
//   magic    8 bytes  "ASSENT\r\n"   a transfer that changes line ends is noticed at once
//   version  4 bytes  format_version
//   sections 4 bytes  how many; each is listed as element size and count, 4 bytes each
//   hash    32 bytes  chunked_sha256 of everything after it
//   the header, then each table of PLAN_SECTIONS, each padded to 16 bytes
//
// Little-endian. What changes the format raises the version. A reader takes its own version and those before it, down
// to the oldest whose tables it can read; tests/compatibility has artifacts of each.
#pragma once

#include <string>
#include <string_view>

#include "assent/result.h"
#include "runtime/plan/plan.h"

namespace assent::plan {

inline constexpr std::uint32_t format_version = 6, oldest_format = 6;
inline constexpr std::size_t max_artifact_bytes = std::size_t{1} << 30;

// The bytes, and sets plan.hash.
std::string write_artifact(Plan& plan);

// The plan with its hash; not yet verified (see verify.h).
Result<Plan> read_artifact(std::string_view bytes);

}  // namespace assent::plan
