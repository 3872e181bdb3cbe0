// Strings, positions and constants of a plan, each once.
#include <algorithm>

#include "compiler/lower/builder.h"

namespace assent::compiler {

std::uint32_t Tables::string(std::string_view text) {
  const auto [it, fresh] = strings_.try_emplace(std::string(text), static_cast<std::uint32_t>(plan_.strings.size()));
  if (fresh) {
    plan_.strings.push_back({static_cast<std::uint32_t>(plan_.bytes.size()), static_cast<std::uint32_t>(text.size())});
    plan_.bytes.insert(plan_.bytes.end(), text.begin(), text.end());
  }
  return it->second;
}

// Files are named from the root's folder on, so that the same policy gives the same artifact wherever
// it lies.
plan::Position Tables::position(Span span) {
  const auto file = static_cast<std::uint32_t>(span.file);
  const auto [it, fresh] = files_.try_emplace(file, std::uint16_t{0});
  if (fresh) {
    const std::string_view root = sources_.file(FileId{}).name;
    const std::string_view folder = root.substr(0, root.find_last_of('/') + 1);
    std::string_view name = sources_.file(span.file).name;
    if (name.starts_with(folder)) name.remove_prefix(folder.size());
    else name.remove_prefix(name.find_last_of('/') + 1);
    it->second = static_cast<std::uint16_t>(plan_.files.size());
    plan_.files.push_back(string(name));
  }
  const Place place = sources_.place(span);
  return {place.line, static_cast<std::uint16_t>(std::min(place.column, plan::max_column)), it->second};
}

std::uint32_t Tables::constant(const Value& value, plan::Type type) {
  plan::Constant made{};
  made.type = type;
  if (value.kind == Value::Kind::text) {
    made.unit = string(value.text());
  } else {
    const Decimal number = normalised(value.decimal());
    const auto bits = static_cast<UInt128>(number.coefficient);
    made.low = static_cast<std::uint64_t>(bits);
    made.high = static_cast<std::uint64_t>(bits >> 64);
    made.exponent = static_cast<std::int16_t>(number.exponent);
    made.unit = value.unit;
  }
  const auto [it, fresh] = constants_.try_emplace({made.low, made.high, made.exponent, made.unit, type},
                                                  static_cast<std::uint32_t>(plan_.constants.size()));
  if (fresh) plan_.constants.push_back(made);
  return it->second;
}

}  // namespace assent::compiler
