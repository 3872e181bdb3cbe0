// One change of a quote of 10 000 lines, against deciding such a quote afresh from its text.
#include "assent/session.h"
#include "tests/bench/deal_desk.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

constexpr std::size_t rules = 1'000;
constexpr std::size_t changes = 1'000;

std::string line_path(std::size_t line, std::string_view field) {
  return "lines[" + std::to_string(line) + "]" + std::string(field.empty() ? "" : ".") + std::string(field);
}

// `change` makes `units` changes, which leave the quote as it was: so a fresh decision must be the same.
template <typename Change>
void session(benchmark::State& state, std::string name, std::string_view artifact, const std::string& quote,
             std::size_t units, Change change) {
  Desk desk(artifact, rules);
  Result<Session> opened = Session::open(desk.policy, quote, desk.world);
  if (!opened) give_up(opened.problems()[0].message);
  Session& open = *opened;
  const auto must = [](const Result<const Difference*>& changed) {
    if (!changed) give_up(changed.problems()[0].message);
  };
  change(open, must);
  if (to_json(open.decision()) != to_json(desk.decide(quote))) give_up("a session and a fresh decision do not agree");
  Pair pair;
  pair.name = std::move(name);
  pair.baseline = "a fresh decision";
  pair.also = std::to_string(open.decision().steps.size()) + " steps";
  std::vector<double> ours, theirs;
  for ([[maybe_unused]] auto _ : state) {
    theirs.push_back(seconds([&] { benchmark::DoNotOptimize(desk.decide(quote).outcome); }));
    ours.push_back(seconds([&] { change(open, must); }) / static_cast<double>(units));
    state.SetIterationTime(ours.back() * static_cast<double>(units));
  }
  pair.ours = median(std::move(ours));
  pair.theirs = median(std::move(theirs));
  state.counters["ours_us"] = pair.ours * 1e6;
  state.counters["baseline_us"] = pair.theirs * 1e6;
  state.counters["ratio"] = pair.ours / pair.theirs;
  keep(std::move(pair));
}

// A field of the first line gets another value, and its own again.
void session_set(benchmark::State& state, std::string name, std::string_view artifact, const std::string& quote,
                 std::string_view field, std::string_view before, std::string_view other) {
  const std::size_t at = quote.find(before);
  if (at == std::string::npos) give_up("the quote is not as it was thought");
  const std::string path = line_path(0, field);
  session(state, std::move(name), artifact, quote, 2 * changes, [&](Session& open, auto must) {
    for (std::size_t i = 0; i < changes; ++i) {
      must(open.set(path, other));
      must(open.set(path, before));
    }
  });
}

// The text of a field of the first line.
std::string first(const std::string& quote, std::string_view key) {
  const std::size_t at = quote.find(key, quote.find("\"lines\"") == std::string::npos ? 0 : quote.find("\"lines\""));
  const std::size_t begin = quote.find(':', at) + 1;
  return quote.substr(begin, quote.find_first_of(",}", begin) - begin);
}

void session_field(benchmark::State& state, const std::string& over, const std::string& policy) {
  const auto lines = static_cast<std::size_t>(state.range(0));
  const std::string quote = quotes_with_lines(1, lines)[0];
  session_set(state, "session, a field of a line of " + std::to_string(lines) + ", rules " + over, compiled(policy),
              quote, "net_total", first(quote, "\"net_total\""), "4711");
}
void session_aggregates(benchmark::State& state) {
  session_field(state, "over aggregates", aggregate_policy(threshold_rules(rules)));
}
BENCHMARK(session_aggregates)->UseManualTime()->Arg(100)->Arg(10'000);
void session_each_line(benchmark::State& state) {
  session_field(state, "for each line", each_line_policy(threshold_rules(rules)));
}
BENCHMARK(session_each_line)->UseManualTime()->Arg(100)->Arg(10'000);

void session_lines(benchmark::State& state) {
  const auto lines = static_cast<std::size_t>(state.range(0));
  const bool behind = state.range(1) != 0;
  const std::string quote = quotes_with_lines(1, lines)[0];
  const std::string path = line_path(behind ? lines : 0, "");
  session(state,
          "session, a line of " + std::to_string(lines) + " comes and goes, " + (behind ? "the last" : "the first"),
          compiled(aggregate_policy(threshold_rules(rules))), quote, 2 * 20, [&](Session& open, auto must) {
            for (int i = 0; i < 20; ++i) {
              must(open.insert(path, R"({"discount": 7, "net_total": 1000})"));
              must(open.remove(path));
            }
          });
}
BENCHMARK(session_lines)->UseManualTime()->ArgsProduct({{10'000}, {0, 1}});

void session_deal_desk(benchmark::State& state) {
  const auto lines = static_cast<std::size_t>(state.range(0));
  const std::string quote = deal_desk_quotes(1, lines)[0];
  session_set(state, "session, a field of a line of " + std::to_string(lines) + ", deal desk",
              compiled(deal_desk_policy(deal_desk_rules(rules))), quote, "quantity",
              first(quote, "\"SBQQ__Quantity__c\""), "17");
}
BENCHMARK(session_deal_desk)->UseManualTime()->Arg(40)->Arg(10'000);

}  // namespace

}  // namespace assent::bench
