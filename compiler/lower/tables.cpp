// Strings, positions and constants of a plan, each once.
#include <algorithm>

#include "compiler/lower/builder.h"

namespace assent::compiler {

std::uint32_t Tables::string(std::string_view text) {
  const auto [it, fresh] =
      strings_.try_emplace(std::string(text), static_cast<std::uint32_t>(plan_.string_starts.size() - 1));
  if (fresh) {
    plan_.bytes.insert(plan_.bytes.end(), text.begin(), text.end());
    plan_.string_starts.push_back(static_cast<std::uint32_t>(plan_.bytes.size()));
  }
  return it->second;
}

// Files are named from the root's folder on, so that the same policy gives the same artifact wherever
// it lies.
plan::Position Tables::position(Span span) {
  const auto file = static_cast<std::uint32_t>(span.file);
  const auto [it, fresh] = files_.try_emplace(file, lines_);
  if (fresh) {
    const std::string_view root = sources_.file(FileId{}).name;
    const std::string_view folder = root.substr(0, root.find_last_of('/') + 1);
    std::string_view name = sources_.file(span.file).name;
    if (name.starts_with(folder)) name.remove_prefix(folder.size());
    else name.remove_prefix(name.find_last_of('/') + 1);
    plan_.files.push_back({string(name), lines_});
    if (!too_long()) lines_ += sources_.line_count(span.file);
  }
  const Place place = sources_.place(span);
  return {(it->second + place.line) & plan::max_lines, std::min(place.column, plan::max_column) & plan::max_column};
}

std::uint32_t Tables::constant(const Value& value, plan::Type type) {
  plan::Constant made{};
  made.type = type;
  if (value.kind == Value::Kind::text) {
    made.unit = string(value.text());
  } else {
    const Decimal number = normalised(value.decimal());
    made.coefficient = static_cast<std::int64_t>(number.coefficient);
    made.wide = made.coefficient != number.coefficient;
    if (made.wide != 0) made.coefficient = wide(number.coefficient);
    made.exponent = static_cast<std::int16_t>(number.exponent);
    made.unit = value.unit;
  }
  const auto [it, fresh] = constants_.try_emplace({made.coefficient, made.wide, made.exponent, made.unit, type},
                                                  static_cast<std::uint32_t>(plan_.constants.size()));
  if (fresh) plan_.constants.push_back(made);
  return it->second;
}

std::uint32_t Tables::wide(Int128 coefficient) {
  const auto bits = static_cast<UInt128>(coefficient);
  const plan::Wide made{static_cast<std::uint64_t>(bits), static_cast<std::uint64_t>(bits >> 64)};
  const auto [it, fresh] =
      wides_.try_emplace({made.low, made.high}, static_cast<std::uint32_t>(plan_.wides.size()));
  if (fresh) plan_.wides.push_back(made);
  return it->second;
}

}  // namespace assent::compiler
