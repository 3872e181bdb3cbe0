// Versions, statuses and texts of assent.h, and what a call is given. Entries: c::write, c::world_of, c::limits_of.
#include "runtime/c/handles.h"
#include "runtime/c/memory.h"
#include "runtime/plan/artifact.h"

namespace assent::c {

namespace {

constexpr std::size_t least_capacity = 1'024;  // most decisions
constexpr std::int32_t first_day = -719'162, last_day = 2'932'896;  // 0001-01-01, 9999-12-31
constexpr std::int32_t most_minutes = 24 * 60;

}  // namespace

bool write(std::string_view text, assent_text* answer) noexcept {
  if (!answer) return true;
  if (answer->capacity <= text.size() || !answer->data) {
    std::size_t wanted = answer->capacity < least_capacity ? least_capacity : answer->capacity;
    while (wanted <= text.size()) wanted *= 2;
    auto* const larger = static_cast<char*>(allocate(wanted));
    if (!larger) {
      answer->size = 0;
      if (answer->data) answer->data[0] = '\0';
      return false;
    }
    release(answer->data);
    answer->data = larger;
    answer->capacity = wanted;
  }
  std::memcpy(answer->data, text.data(), text.size());
  answer->data[text.size()] = '\0';
  answer->size = text.size();
  return true;
}

Result<World> world_of(const assent_world* given) {
  const auto refused = [](std::string message) { return Problem{ErrorCode::bad_request, "", std::move(message)}; };
  const std::optional<assent_world> known = known_part(given, offsetof(assent_world, state));
  if (!known) return refused("there is no world, or its `size` is not set");
  if (known->today < first_day || known->today > last_day)
    return refused("`today` is " + std::to_string(known->today) + ", no day from 0001-01-01 to 9999-12-31");
  if (known->state < ASSENT_DRAFT || known->state > ASSENT_EXPIRED)
    return refused("`state` is " + std::to_string(known->state) + ", none of an assent_state");
  if (known->utc_offset < -most_minutes || known->utc_offset > most_minutes)
    return refused("`utc_offset` is " + std::to_string(known->utc_offset) + " minutes, more than a day");
  World world;
  world.today = known->today;
  world.state = static_cast<State>(known->state);
  world.now = known->now;
  world.utc_offset = known->utc_offset;
  if (known->directory) world.directory = known->directory->directory;
  if (known->rates) world.rates = known->rates->rates;
  if (known->deputies) world.deputies = known->deputies->deputies;
  return world;
}

Result<Limits> limits_of(const assent_limits* given) {
  Limits limits;
  if (!given) return limits;
  const std::optional<assent_limits> known = known_part(given, sizeof(std::size_t));
  if (!known) return Problem{ErrorCode::bad_request, "", "the `size` of the limits is not set"};
  const auto set = [](std::size_t& limit, std::uint64_t wanted) {
    if (wanted != 0) limit = static_cast<std::size_t>(wanted);
  };
  set(limits.quote_bytes, known->quote_bytes);
  set(limits.rows, known->rows);
  set(limits.work, known->work);
  set(limits.memory, known->memory);
  return limits;
}

}  // namespace assent::c

using namespace assent;
using namespace assent::c;

const char* assent_version(void) { return ASSENT_VERSION; }
uint32_t assent_abi(void) { return ASSENT_ABI; }
uint32_t assent_oldest_format(void) { return plan::oldest_format; }
uint32_t assent_newest_format(void) { return plan::format_version; }

const char* assent_status_name(assent_status status) {
  if (status == ASSENT_OK) return "ok";
  if (status == ASSENT_OUT_OF_MEMORY) return "out-of-memory";
  if (status < ASSENT_OK || status > ASSENT_OUT_OF_MEMORY) return "unknown";
  return text(static_cast<ErrorCode>(static_cast<int>(status) - 1)).data();  // a literal
}

void assent_text_free(assent_text* text) {
  if (!text) return;
  release(text->data);
  *text = {};
}

assent_status assent_date(const char* text, size_t size, int32_t* days, assent_text* answer) {
  return carry_out(answer, [&]() -> Reply {
    const auto date = given(text, size);
    if (!date || !days) return missing("date, or place for it");
    const Result<std::int32_t> day = date_from_text(*date);
    if (!day) return failed(day.problems());
    *days = *day;
    return answered(std::to_string(*day));
  });
}
