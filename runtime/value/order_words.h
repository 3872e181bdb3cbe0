// What a policy chooses from when it says how orders keep dates, count parts of a term, earn and share cents: the
// closed sets that the language, the compiled plan and the arithmetic have in common, each with its words.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace assent {

// What the start of an order does to the terms of its lines.
enum class DatePolicy : std::uint8_t {
  inherit,  // the dates stay as they are, whenever the order starts
  shift,    // start with the order, and keep the length
  clamp,    // start with the order if it starts later; the end stays, and the term gets shorter
};
inline constexpr std::string_view date_policy_names[] = {"inherits", "shifts", "clamps"};

// How the part of a price that a term is gets counted. T is the default term, for which the list price stands.
enum class Proration : std::uint8_t {
  day,                     // days / T, T in days
  month,                   // months, a begun one counted whole, / T
  monthly_daily,           // (whole months from the start + days over / (365/12)) / T; leap years are not regarded
  calendar_monthly_daily,  // (full calendar months + in the first and the last its days / the days of that month) / T
};
inline constexpr std::string_view proration_names[] = {"day", "month", "month and day", "calendar month and day"};

// When an amount becomes revenue.
enum class Recognition : std::uint8_t {
  by_day,    // straight-line: every day the same
  by_month,  // straight-line: every full calendar month the same, one that the term covers in part as that part by days
  at_start,  // all of it on the first day
  at_end,    // all of it on the last day
};
inline constexpr std::string_view recognition_names[] = {"by day", "by month", "at start", "at end"};

// Who gets the minor units that are left when each part is cut to whole ones. There are always fewer of them than parts
// whose weight is not zero, and each part gets one of them at most; a part of weight zero gets none.
enum class Allocation : std::uint8_t {
  largest_remainder,   // those that lost the most by the cut; of equal losses, the earlier one
  remainder_to_first,  // one each, from the first part on
  remainder_to_last,   // one each, from the last part backwards
};
inline constexpr std::string_view allocation_names[] = {"largest remainder", "remainder to first", "remainder to last"};

// What a contract is made for: all subscriptions that end on one day, or all that a quote has.
enum class Contracting : std::uint8_t { by_end_date, as_one };
inline constexpr std::string_view contracting_names[] = {"by subscription end date", "as one"};

// The one of a closed set that is called so; the end of it for no name of its.
template <typename Enum>
constexpr Enum named(std::span<const std::string_view> names, std::string_view name) {
  return static_cast<Enum>(std::find(names.begin(), names.end(), name) - names.begin());
}

constexpr std::string_view name(DatePolicy policy) { return date_policy_names[static_cast<std::size_t>(policy)]; }
constexpr std::string_view name(Proration proration) { return proration_names[static_cast<std::size_t>(proration)]; }
constexpr std::string_view name(Recognition how) { return recognition_names[static_cast<std::size_t>(how)]; }
constexpr std::string_view name(Allocation policy) { return allocation_names[static_cast<std::size_t>(policy)]; }
constexpr std::string_view name(Contracting method) { return contracting_names[static_cast<std::size_t>(method)]; }

}  // namespace assent
