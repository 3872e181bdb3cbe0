// ShapeKeys and paths through shapes. Entry: ShapeKeys, path_to.
#include "runtime/ingest/shapes.h"

#include "runtime/ingest/findings.h"

namespace assent::ingest {

ShapeKeys::ShapeKeys(const plan::Plan& plan)
    : plan_(plan), tables_(plan.shapes.size()), next_alike_(plan.keys.size(), plan::none) {
  for (std::uint32_t shape = 0; shape < plan.shapes.size(); ++shape) fill(shape);
}

void ShapeKeys::fill(std::uint32_t shape) {
  const plan::Shape& keys = plan_.shapes[shape];
  std::uint32_t slots = 4;
  while (slots < 4 * keys.key_count) slots *= 2;
  Table& table = tables_[shape];
  table.first = static_cast<std::uint32_t>(slots_.size());
  table.mask = slots - 1;
  slots_.resize(slots_.size() + slots);
  for (std::uint32_t i = 0; i < keys.key_count; ++i) {
    const std::uint32_t key = keys.first_key + i;
    const std::string_view name = plan_.string(plan_.keys[key].name);
    std::uint32_t alike = find(shape, name);
    if (alike != plan::none) {
      while (next_alike_[alike] != plan::none) alike = next_alike_[alike];
      next_alike_[alike] = key;
      continue;
    }
    table.lengths |= std::uint64_t{1} << name.size() % 64;
    const std::uint64_t word = first_word(name);
    std::uint32_t at = hash(word, name) & table.mask;
    while (slots_[table.first + at].key != plan::none) at = (at + 1) & table.mask;
    slots_[table.first + at] = {word, static_cast<std::uint32_t>(name.size()), key};
  }
}

namespace {

struct Search {
  const plan::Plan& plan;
  plan::KeyAction action;
  std::uint32_t target;
  std::vector<bool> seen;  // shapes: each is entered once, which bounds the recursion
  std::string path;

  bool run(std::uint32_t shape) {
    if (shape >= seen.size() || seen[shape]) return false;
    seen[shape] = true;
    const std::size_t length = path.size();
    const plan::Shape& keys = plan.shapes[shape];
    for (std::uint32_t i = 0; i < keys.key_count; ++i) {
      const plan::Key& key = plan.keys[keys.first_key + i];
      append_step(path, plan.string(key.name));
      if (key.action == action && key.target == target) return true;
      if (key.action == plan::KeyAction::object && run(key.target)) return true;
      path.resize(length);
    }
    return false;
  }
};

}  // namespace

std::string path_to(const plan::Plan& plan, std::uint32_t shape, plan::KeyAction action,
                    std::uint32_t target) {
  Search search{plan, action, target, std::vector<bool>(plan.shapes.size()), {}};
  search.run(shape);
  return std::move(search.path);
}

}  // namespace assent::ingest
