// Moments as people read them and as they are given on the command line. Entries: instant_of, instant_text.
//
// An instant is milliseconds since 1970-01-01T00:00:00Z; a day is counted from 1970-01-01.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assent::command {

// Local time is ahead of UTC by so many minutes, or behind.
inline constexpr std::int32_t max_utc_offset = 18 * 60;  // no place on earth is further off

// RFC 3339: "2026-03-02T09:00:00Z", "2026-03-02T10:00:00.250+01:00"; the seconds may be left out, and a blank may
// stand for the T, so that what instant_text wrote can be given back. Nothing if it is no moment of the years 1970
// to 9999.
std::optional<std::int64_t> instant_of(std::string_view text);

// "2026-03-02 09:00 UTC", "2026-03-02 10:00 +01:00": to the minute, which is what people agree on.
std::string instant_text(std::int64_t instant, std::int32_t utc_offset = 0);

// "2026-03-02T09:00:00Z", as the JSON of a case has it.
std::string instant_json(std::int64_t instant);

// The day that it is then at that offset, how a day is written, and the day that is written so: "2026-03-02". Nothing
// if it is no day of the years 0 to 9999.
std::int32_t day_of(std::int64_t instant, std::int32_t utc_offset = 0);
std::string day_text(std::int32_t day);
std::optional<std::int32_t> day_named(std::string_view text);

}  // namespace assent::command
