// Random directories, rates and dates, and the names that policies share with them. Entries:
// directory, rates, today.
#include <map>
#include <utility>

#include "runtime/value/date.h"
#include "tests/property/generate.h"

namespace assent::generate {

namespace {

const std::vector<std::string> people = {"ann", "bo", "cy", "di", "ed", "flo", "gé", "hal"};
const std::vector<std::string> roles = {"desk", "legal", "board", "void"};
const std::vector<std::string> authorities = {"discount", "spend"};
const std::vector<std::string> currencies = {"USD", "EUR", "USD", "EUR", "USD", "GBP", "JPY"};

std::string day(std::int64_t days) { return assent::text(Date{static_cast<std::int32_t>(days)}); }

std::string authority(Random& random) {
  static const std::vector<std::string> limits = {"\"20%\"", "\"1000 USD\"", "\"50000 EUR\"", "\"500\"", "1000",
                                                  "\"100 JPY\"", "\"1000000000 USD\"", "\"12.5%\""};
  std::string text = "{";
  std::string comma;
  for (const std::string& name : authorities) {
    if (random.chance(60)) text += std::exchange(comma, ", ") + "\"" + name + "\": " + random.pick(limits);
  }
  return text + "}";
}

}  // namespace

std::string person_id(Random& random) { return random.pick(people); }
std::string role_name(Random& random) { return random.chance(3) ? "void" : roles[random.below(3)]; }
std::string authority_name(Random& random) { return random.pick(authorities); }
std::string currency_code(Random& random) { return random.pick(currencies); }

std::string decimal_text(std::int64_t hundredths) {
  const std::int64_t size = hundredths < 0 ? -hundredths : hundredths;
  std::string text = (hundredths < 0 ? "-" : "") + std::to_string(size / 100);
  if (size % 100 != 0) {
    text += size % 100 < 10 ? ".0" : ".";
    text += std::to_string(size % 10 == 0 ? size % 100 / 10 : size % 100);
  }
  return text;
}

std::string directory(Random& random, std::int32_t today) {
  std::string text = "{\"people\": [";
  std::vector<std::string> listed;
  for (const std::string& id : people) {
    if (random.chance(6)) continue;
    text += (listed.empty() ? "\n" : ",\n");
    text += "  {\"id\": \"" + id + "\"";
    if (random.chance(60)) text += ", \"name\": \"Name of " + id + "\"";
    if (!listed.empty() && random.chance(90)) text += ", \"manager\": \"" + random.pick(listed) + "\"";
    if (random.chance(7)) text += ", \"active\": false";
    std::string comma;
    text += ", \"roles\": [";
    for (std::size_t role = 0; role < 3; ++role) {
      if (random.chance(45)) text += std::exchange(comma, ", ") + "\"" + roles[role] + "\"";
    }
    text += "], \"authority\": " + authority(random);
    if (random.chance(30)) {
      const std::int64_t first = today + random.between(-3, 2);
      text += ", \"absent\": [{\"from\": \"" + day(first) + "\", \"to\": \"" + day(first + random.between(0, 3)) + "\"";
      if (!listed.empty() && random.chance(50)) text += ", \"delegate\": \"" + random.pick(listed) + "\"";
      text += "}]";
    }
    text += "}";
    listed.push_back(id);
  }
  return text + "\n]}\n";
}

std::string rates(Random& random) {
  static const std::vector<std::string> worths = {"1.1", "0.9", "2", "0.0066666666666666666666666666666667",
                                                  "1.25", "0.000001", "1.000"};
  std::string text = "{\"base\": \"USD\", \"date\": \"2026-01-05\", \"rates\": {";
  std::string comma;
  for (const char* code : {"EUR", "GBP", "JPY"}) {
    if (random.chance(85)) text += std::exchange(comma, ", ") + "\"" + code + "\": " + random.pick(worths);
  }
  return text + "}}\n";
}

std::int32_t today(Random& random, const Policy& policy) {
  if (policy.constants.days.empty() || random.chance(30))
    return static_cast<std::int32_t>(random.between(20430, 20480));
  return random.pick(policy.constants.days) + static_cast<std::int32_t>(random.between(-1, 1));
}

}  // namespace assent::generate
