#include "runtime/plan/fingerprint.h"

#include <algorithm>

#include "runtime/plan/constants.h"
#include "runtime/plan/print.h"
#include "runtime/value/sha256.h"
#include "runtime/value/value_text.h"

namespace assent::plan {

void append(std::string& out, const Fingerprint& fingerprint) {
  out.append(reinterpret_cast<const char*>(fingerprint.data()), fingerprint.size());
}

void append(std::string& out, std::uint32_t number) {
  const char bytes[] = {static_cast<char>(number), static_cast<char>(number >> 8), static_cast<char>(number >> 16),
                        static_cast<char>(number >> 24)};
  out.append(bytes, sizeof bytes);
}

void append(std::string& out, std::string_view text) {
  append(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

Fingerprint fingerprint(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  const auto whole = hash.finish();
  Fingerprint half;
  std::copy_n(whole.begin(), half.size(), half.begin());
  return half;
}

std::string hex(const Fingerprint& fingerprint) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : fingerprint) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

namespace {

std::string constant_text(const Plan& plan, std::uint32_t id) {
  const Constant& constant = plan.constants[id];
  return value_text(constant_value(plan, constant), constant.type);
}

}  // namespace

// What a cell may hold belongs to the meaning: its default, its currency, its choices.
std::string Fingerprints::column(std::uint32_t id) const {
  const Column& column = plan_.columns[id];
  std::string out;
  append(out, column_path(plan_, id));
  append(out, static_cast<std::uint32_t>(column.type) | std::uint32_t{column.optional} << 8);
  if (column.currency != none) append(out, column_path(plan_, column.currency));
  if (column.fallback != none) append(out, constant_text(plan_, column.fallback));
  return out;
}

const Fingerprint& Fingerprints::of(std::uint32_t id) {
  if (known_.empty()) {
    known_.resize(plan_.nodes.size());
    is_known_.resize(plan_.nodes.size());
  }
  if (is_known_[id]) return known_[id];
  const Node& node = plan_.nodes[id];
  std::string bytes;
  append(bytes, info(node.op).name);
  append(bytes, static_cast<std::uint32_t>(node.type));
  // The detail of `add_business` is a calendar: its days count, not its place in the table.
  if (node.op == Op::add_business) {
    const Calendar& calendar = plan_.calendars[node.detail];
    append(bytes, std::uint32_t{calendar.weekend});
    for (std::uint32_t i = 0; i < calendar.holidays.count; ++i)
      append(bytes, static_cast<std::uint32_t>(plan_.holidays[calendar.holidays.first + i]));
  } else {
    append(bytes, std::uint32_t{node.detail});
  }
  switch (info(node.op).operands) {
    case Operands::leaf:
      if (node.op == Op::field) {
        append(bytes, column(node.a));
        append(bytes, node.b);
      } else if (node.op == Op::constant) {
        append(bytes, constant_text(plan_, node.a));
      }
      break;
    case Operands::one: append(bytes, of(node.a)); break;
    case Operands::two:
      append(bytes, of(node.a));
      append(bytes, of(node.b));
      break;
    case Operands::many:
      append(bytes, node.b);
      for (std::uint32_t i = 0; i < node.b; ++i) append(bytes, of(plan_.operands[node.a + i]));
      break;
    case Operands::loop: {
      const std::uint32_t* loop = plan_.operands.data() + node.a;
      for (const std::uint32_t part : {loop[0], loop[1]}) {
        append(bytes, part == none ? 0u : 1u);
        if (part != none) append(bytes, of(part));
      }
      append(bytes, plan_.string(plan_.tables[loop[2]].path));
      append(bytes, loop[3]);
      append(bytes, node.b);
      break;
    }
  }
  known_[id] = fingerprint(bytes);
  is_known_[id] = true;
  return known_[id];
}

}  // namespace assent::plan
