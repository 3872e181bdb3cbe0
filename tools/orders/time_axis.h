// Days on a line of pixels, and the days that are marked on it. Entry: TimeAxis.
//
// A day is counted from 1970-01-01, as in instant.h. Ticks are days, weeks or months, whatever there is room for: never
// more than max_ticks, of a week as of all the years from 1 to 9999.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assent::command {

inline constexpr std::int32_t max_ticks = 32;  // as many as a label each has room for

struct AxisTick {
  std::int32_t day = 0;
  std::string label;  // "13", "Apr", "2026"
};

struct TimeAxis {
  std::int32_t first = 0, last = 0;  // days, both inclusive
  int left = 0, width = 0;           // pixels

  // With some room around the two days, more of it on the right, but none outside the years 1 to 9999.
  static TimeAxis around(std::int32_t first, std::int32_t last, int left, int width);

  // Where a day begins; where it ends is where the next one begins.
  int at(std::int32_t day) const;

  std::vector<AxisTick> ticks() const;    // each has its label
  std::vector<AxisTick> heading() const;  // months above days, years above months; nothing above years
};

}  // namespace assent::command
