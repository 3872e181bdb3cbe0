#include "runtime/plan/artifact.h"

#include <bit>
#include <cstddef>
#include <cstring>

#include "runtime/value/sha256.h"

namespace assent::plan {

namespace {

static_assert(std::endian::native == std::endian::little, "tables are copied as they stand: little-endian");

constexpr std::string_view magic = "ASSENT\r\n";
constexpr std::size_t alignment = 16;

#define COUNT_SECTION(type, name) +1
constexpr std::uint32_t section_count = 0 PLAN_SECTIONS(COUNT_SECTION);
#undef COUNT_SECTION

constexpr std::size_t hash_offset = magic.size() + 8;
constexpr std::size_t content_offset = hash_offset + 32;
constexpr std::size_t directory_bytes = section_count * 8;

constexpr std::size_t padded(std::size_t size) { return (size + alignment - 1) / alignment * alignment; }

void put(std::string& out, const void* data, std::size_t size) {
  out.append(static_cast<const char*>(data), size);
  out.append(padded(size) - size, '\0');
}

// A table from its bytes, at any alignment; not filled with zeros first.
template <typename T>
void read_table(const char* at, std::size_t count, std::vector<T>& out) {
  if constexpr (sizeof(T) == 1) {
    out.assign(at, at + count);
    return;
  }
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    T item;
    std::memcpy(&item, at + i * sizeof(T), sizeof(T));
    out.push_back(item);
  }
}

Problem bad(std::string message) { return {ErrorCode::bad_artifact, "", std::move(message)}; }

}  // namespace

std::string write_artifact(Plan& plan) {
  std::string out(magic);
  const auto number = [&](std::uint32_t value) { out.append(reinterpret_cast<const char*>(&value), 4); };
  number(format_version);
  number(section_count);
  out.append(32, '\0');
#define WRITE_SIZE(type, name)                  \
  number(static_cast<std::uint32_t>(sizeof(type))); \
  number(static_cast<std::uint32_t>(plan.name.size()));
  PLAN_SECTIONS(WRITE_SIZE)
#undef WRITE_SIZE
  put(out, &plan.header, sizeof(Header));
#define WRITE_TABLE(type, name) put(out, plan.name.data(), plan.name.size() * sizeof(type));
  PLAN_SECTIONS(WRITE_TABLE)
#undef WRITE_TABLE
  plan.hash = chunked_sha256(std::string_view(out).substr(content_offset));
  std::memcpy(out.data() + hash_offset, plan.hash.data(), plan.hash.size());
  return out;
}

Result<Plan> read_artifact(std::string_view bytes) {
  if (bytes.size() > max_artifact_bytes)
    return Problem{ErrorCode::limit_exceeded, "", "the artifact is larger than 1 GiB"};
  if (!bytes.starts_with(magic.substr(0, std::min(bytes.size(), magic.size()))) ||
      bytes.size() < content_offset + directory_bytes) {
    return bad("this is no compiled policy");
  }
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, 4);
    return value;
  };
  if (const std::uint32_t format = number(magic.size()); format < oldest_format || format > format_version) {
    const char* const cure = format > format_version
                                 ? "compile the policy with a compiler of this runtime's version, or bring this "
                                   "runtime to that of the compiler"
                                 : "compile the policy again";
    return Problem{ErrorCode::wrong_version, "",
                   "the artifact has format " + std::to_string(format) + ", this runtime reads formats from " +
                       std::to_string(oldest_format) + " to " + std::to_string(format_version) + ": " + cure};
  }
  if (number(magic.size() + 4) != section_count) return bad("the artifact's table of contents is damaged");

  std::size_t at = content_offset + directory_bytes;
  std::size_t entry = content_offset;
  std::size_t wanted = at + padded(sizeof(Header));
#define ADD_SIZE(type, name)                                                               \
  if (number(entry) != sizeof(type)) return bad("the artifact's table of contents is damaged"); \
  wanted += padded(sizeof(type) * std::size_t{number(entry + 4)});                           \
  entry += 8;
  PLAN_SECTIONS(ADD_SIZE)
#undef ADD_SIZE
  if (wanted != bytes.size()) return bad("the artifact is cut off, or has something after its end");

  Plan plan;
  plan.hash = chunked_sha256(bytes.substr(content_offset));
  if (std::memcmp(plan.hash.data(), bytes.data() + hash_offset, plan.hash.size()) != 0)
    return bad("the artifact is damaged: its content does not match its hash");

  std::memcpy(&plan.header, bytes.data() + at, sizeof(Header));
  at += padded(sizeof(Header));
  entry = content_offset;
#define READ_TABLE(type, name)                                                   \
  read_table(bytes.data() + at, number(entry + 4), plan.name);                   \
  at += padded(plan.name.size() * sizeof(type));                                 \
  entry += 8;
  PLAN_SECTIONS(READ_TABLE)
#undef READ_TABLE
  return plan;
}

}  // namespace assent::plan
