// Conditions joined by `and` and `or`: read from the numbers of the original, written as the language has them.
// Entries: parse_logic, all_of, any_of, text_of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assent::command {

inline constexpr std::size_t max_logic_bytes = 32'768;  // the original takes 255
inline constexpr std::size_t max_logic_depth = 100;     // brackets in brackets; the stack

struct Logic {
  enum class Kind : std::uint8_t { one, all, any };
  Kind kind = Kind::one;
  std::string text;          // of one: a comparison or a name, or "true" or "false"
  std::vector<Logic> parts;  // of the others: at least two, none of the same kind, none of them constant
};

Logic one(std::string text);
Logic all_of(std::vector<Logic> parts);  // true of none
Logic any_of(std::vector<Logic> parts);  // false of none
bool is_constant(const Logic& logic);

// "1 AND (2 OR 3)": `and` binds tighter, as it fires at least as often as any other reading. Of each number its plain
// form. What is wrong with the text stands in `problem`, with its column, and the logic means nothing then.
struct ParsedLogic {
  Logic logic;
  std::string problem;
  bool is_mixed = false;  // `and` and `or` side by side without brackets
};
ParsedLogic parse_logic(std::string_view text);

// The same with something else in place of each one.
Logic replaced(const Logic& logic, const std::function<Logic(const std::string&)>& with);

// With no brackets but those that are needed; `line_start` begins each line after the first, where it is too long for
// one.
std::string text_of(const Logic& logic, std::string_view line_start);
std::string text_of(const Logic& logic);

}  // namespace assent::command
