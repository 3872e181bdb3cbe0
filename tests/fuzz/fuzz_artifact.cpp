// Any bytes as an artifact, with the hash that they would need to be believed: loads, decides and can be put into
// words, or is refused.
#include <cstdint>
#include <cstring>
#include <string>

#include "assent/outline.h"
#include "assent/policy.h"
#include "runtime/value/sha256.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.size() > 48) {
    const auto digest = assent::chunked_sha256(std::string_view(bytes).substr(48));
    std::memcpy(bytes.data() + 16, digest.data(), digest.size());
  }
  const auto policy = assent::Policy::load(bytes);
  if (!policy) return 0;
  assent::Limits limits;
  limits.work = 50'000;
  assent::Evaluator evaluator(*policy, limits);
  assent::World world;
  const auto decision =
      evaluator.decide(R"({"currency": "USD", "net": 15, "items": [{"count": 7}, {"count": 1}]})", world);
  if (decision) (void)to_json(**decision, evaluator.explain());
  (void)assent::outline(*policy, assent::Wording::written);
  (void)assent::outline(*policy, assent::Wording::spoken);
  return 0;
}
