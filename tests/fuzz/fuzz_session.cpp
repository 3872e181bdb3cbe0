// Any changes of a quote: a line each, `set PATH JSON`, `insert PATH JSON` or `remove PATH`. Each is carried out or
// refused with a problem, never a crash; and what is refused leaves the decision as it is.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "assent/session.h"

namespace {

using namespace assent;

std::string file(const char* name) {
  std::ifstream in(std::string(ASSENT_SOURCE_DIR "/tests/fuzz/corpus/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// corpus/compile/quote.assent, compiled: the runtime alone is what is tried here.
Policy policy() {
  const Result<Policy> loaded = Policy::load(file("artifact/quote.bin"));
  if (!loaded) std::abort();
  return *loaded;
}

std::string_view word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Policy loaded = policy();
  static const std::string quote = file("quote/model.json");
  World world;
  world.today = *date_from_text("2026-03-02");
  Limits limits;
  limits.rows = 100;
  limits.quote_bytes = 10'000;
  Result<Session> session = Session::open(loaded, quote, world, limits);
  if (!session) std::abort();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string_view what = word(line);
    const std::string_view path = word(line);
    const Result<const Difference*> changed = what == "insert"   ? session->insert(path, line)
                                              : what == "remove" ? session->remove(path)
                                                                 : session->set(path, line);
    if (!changed && changed.problems().empty()) std::abort();
  }
  const std::string decided = to_json(session->decision(), session->explain());
  const Result<const Difference*> again = session->set("net", "nothing");  // refused
  if (again || decided != to_json(session->decision(), session->explain())) std::abort();
  return 0;
}
