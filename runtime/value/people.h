// The directory and the rates in memory: what the host says of people and of currencies.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/value/date.h"
#include "runtime/value/value.h"

namespace assent {

inline constexpr std::uint32_t nobody = 0xffff'ffffu;

struct Absence { Date first, last; std::uint32_t delegate = nobody; };  // both days inclusive
struct Authority { std::string name; Value limit; };                     // a number, percent points or money
struct Person {
  std::string id, name, mail;        // name and mail may be empty
  std::uint32_t manager = nobody;    // index of a person; the chain of managers has no cycle
  bool active = true;                // one who is not cannot be resolved, and holds no role
  std::vector<std::string> roles;    // sorted, without doubles
  std::vector<Authority> authority;  // sorted by name
  std::vector<Absence> absences;
};
struct People {
  std::vector<Person> people;  // sorted by id in byte order
  std::unordered_map<std::string_view, std::uint32_t> by_id;      // views into `people`
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_role;  // active people, ascending
};
struct Worths {
  // Worth of one unit in the table's base currency; the base itself is listed with 1.
  std::map<Currency, Decimal> worth;
};

}  // namespace assent
