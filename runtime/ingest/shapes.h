// Which keys a plan's shapes ask for, as a hash table for each shape; and where a shape has a
// field.
//
// Entry: ShapeKeys::find. An object of a quote has 130 keys of which five are asked for: most are
// turned away by their length alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/plan.h"
#include "runtime/value/text_word.h"

namespace assent::ingest {

class ShapeKeys {  // invariant: the plan outlives it
 public:
  explicit ShapeKeys(const plan::Plan& plan);

  // The first key of the shape that is spelt so, or plan::none.
  std::uint32_t find(std::uint32_t shape, std::string_view spelling) const {
    const Table& table = tables_[shape];
    if ((table.lengths >> (spelling.size() % 64) & 1) == 0) return plan::none;
    return probe(table, spelling);
  }

  // Bit i: some key's length is i, modulo 64.
  std::uint64_t lengths(std::uint32_t shape) const { return tables_[shape].lengths; }

  // The next key of the same shape and spelling: two fields may be read from one place.
  std::uint32_t next_alike(std::uint32_t key) const { return next_alike_[key]; }

 private:
  struct Table {
    std::uint32_t first = 0;    // of slots_
    std::uint32_t mask = 0;     // slots less one; a power of two, of which half are free at least
    std::uint64_t lengths = 0;  // bit i: some key's length is i, modulo 64
  };
  struct Slot {
    std::uint64_t word = 0;  // the first of the name
    std::uint32_t length = 0;
    std::uint32_t key = plan::none;
  };

  std::uint32_t probe(const Table& table, std::string_view spelling) const {
    const std::uint64_t word = first_word(spelling);
    for (std::uint32_t at = hash(word, spelling) & table.mask;; at = (at + 1) & table.mask) {
      const Slot& slot = slots_[table.first + at];
      if (slot.key == plan::none || (slot.word == word && slot.length == spelling.size() && same_rest(slot, spelling)))
        return slot.key;
    }
  }

  // Of two texts of one length whose first words are the same.
  bool same_rest(const Slot& slot, std::string_view spelling) const {
    return slot.length <= 8 || plan_.string(plan_.keys[slot.key].name).substr(8) == spelling.substr(8);
  }

  // Of the length, the first eight bytes and of a longer one the eight from the middle on: the ends of keys are
  // alike ("SBQQ__…__c").
  static std::uint32_t hash(std::uint64_t word, std::string_view spelling) {
    std::uint64_t mixed = word + spelling.size();
    if (spelling.size() > 8) {
      const std::size_t half = spelling.size() / 2;
      mixed ^= first_word(spelling.substr(half)) * 0x9e37'79b9'7f4a'7c15u;
    }
    return static_cast<std::uint32_t>(mixed * 0xff51'afd7'ed55'8ccdu >> 40);
  }

  void fill(std::uint32_t shape);

  const plan::Plan& plan_;
  std::vector<Table> tables_;               // as Plan::shapes
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> next_alike_;   // as Plan::keys
};

// The JSON pointer from an object of `shape` to where it has the column or the list `target`, by
// the first way there is; "" if there is none.
std::string path_to(const plan::Plan& plan, std::uint32_t shape, plan::KeyAction action,
                    std::uint32_t target);

}  // namespace assent::ingest
