// Any text as commands, one a line, to a case that the C interface keeps: each is carried out, refused or told to be
// none. What was carried out can be replayed; the rest changes nothing. The same lines as changes of orders, and as
// deputies.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "assent.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string read(const std::string& name) {
  std::ifstream in(ASSENT_SOURCE_DIR "/tests/compatibility/format-6/discount-desk/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Desk {
  assent_policy* policy = nullptr;
  assent_evaluator* evaluator = nullptr;
  assent_directory* directory = nullptr;
  assent_world world{};
  std::string quote = read("quote.json");

  Desk() {
    const std::string artifact = read("policy.assentc"), people = read("directory.json");
    require(assent_policy_load(artifact.data(), artifact.size(), &policy, nullptr) == ASSENT_OK);
    require(assent_evaluator_new(policy, nullptr, &evaluator, nullptr) == ASSENT_OK);
    require(assent_directory_read(people.data(), people.size(), &directory, nullptr) == ASSENT_OK);
    world.size = sizeof world;
    world.directory = directory;
    world.now = 1'772'442'000'000;
    require(assent_date("2026-03-02", 10, &world.today, nullptr) == ASSENT_OK);
  }
};

// The events of an answer, a line each: they are all of the list that its member `events` is.
std::string events_of(const std::string& answer) {
  std::size_t at = answer.find("\"events\":[") + 10;
  std::string lines;
  int depth = 0;
  bool in_text = false;
  for (; depth > 0 || in_text || answer[at] != ']'; ++at) {
    const char c = answer[at];
    if (in_text && c == '\\') lines += answer[at++];
    else if (c == '"') in_text = !in_text;
    else if (!in_text) depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    lines += depth == 0 && c == ',' ? '\n' : answer[at];
  }
  return lines + "\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Desk desk;
  assent_case *kase = nullptr, *replayed = nullptr;
  assent_text answer{}, before{};
  require(assent_case_new("Q-1", 3, &kase, nullptr) == ASSENT_OK);
  require(assent_case_new("Q-1", 3, &replayed, nullptr) == ASSENT_OK);
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  for (std::string line; std::getline(lines, line);) {
    // In the corpus `$quote` stands for the quote.
    if (const std::size_t at = line.find("$quote"); at != std::string::npos) line.replace(at, 6, desk.quote);
    require(assent_case_json(kase, &before) == ASSENT_OK);
    const assent_status status =
        assent_case_advance(kase, desk.evaluator, line.data(), line.size(), &desk.world, &answer);
    require(answer.size > 0 && answer.data[answer.size] == '\0');
    if (status == ASSENT_OK) {
      const std::string events = events_of({answer.data, answer.size});
      require(assent_case_apply(replayed, events.data(), events.size(), nullptr) == ASSENT_OK);
    } else {
      require(assent_case_json(kase, &answer) == ASSENT_OK);
      require(std::string(answer.data) == before.data);
    }
    require(assent_case_version(kase) == assent_case_version(replayed));
    (void)assent_case_next_due(kase);
    (void)assent_replan(desk.evaluator, kase, desk.quote.data(), desk.quote.size(), line.data(), line.size(),
                        &desk.world, &answer);
    assent_deputies* deputies = nullptr;
    (void)assent_deputies_read(line.data(), line.size(), &deputies, &answer);
    assent_deputies_free(deputies);
  }
  require(assent_case_json(kase, &answer) == ASSENT_OK && assent_case_json(replayed, &before) == ASSENT_OK);
  require(std::string(answer.data) == before.data);
  assent_text_free(&answer);
  assent_text_free(&before);
  assent_case_free(kase);
  assent_case_free(replayed);
  return 0;
}
