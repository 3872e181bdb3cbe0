// Reads a scenario and carries out its steps, each by one command of a desk.
#include "tests/approval/scenario.h"

#include <algorithm>
#include <optional>

#include "assent/compile.h"
#include "runtime/value/sha256.h"

namespace assent::test {

namespace {

constexpr std::int64_t minutes_per_day = 24 * 60;

std::string join(const Json& lines) {
  if (lines.is_string()) return lines.get<std::string>();
  std::string all;
  for (const Json& line : lines) all += line.get<std::string>() + "\n";
  return all;
}

// The source, if it compiles.
std::string policy_text(const Json& lines) {
  std::string source = join(lines);
  const CompileResult compiled = compile({"policy.assent", source});
  if (compiled.artifact) return source;
  std::string why = "the policy does not compile";
  for (const Diagnostic& each : compiled.diagnostics) why += "\n" + render(each, compiled.sources);
  throw Unreadable(why);
}

// `{"people": [...]}` as it is, or a list in which a text stands for a person of that id.
std::string directory_text(const Json& json) {
  Json people = json;
  if (json.is_array()) {
    people = Json{{"people", Json::array()}};
    for (const Json& each : json) people["people"].push_back(each.is_string() ? Json{{"id", each}} : each);
  }
  std::string text = people.dump();
  const auto read = Directory::from_json(text);
  if (!read) throw Unreadable("the directory: " + read.problems()[0].where + ": " + read.problems()[0].message);
  return text;
}

std::int32_t day(const std::string& text) {
  const auto read = date_from_text(text);
  if (!read) throw Unreadable("no day: " + text);
  return *read;
}

// "2026-03-02T09:00:00Z".
std::int64_t instant(const std::string& text) {
  const auto digits = [&](std::size_t at) { return std::int64_t{text[at] - '0'} * 10 + (text[at + 1] - '0'); };
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    throw Unreadable("no instant: " + text);
  return std::int64_t{day(text.substr(0, 10))} * 86'400'000 + digits(11) * 3'600'000 + digits(14) * 60'000 +
         digits(17) * 1'000;
}

Deputies deputies_of(Fields& step) {
  Deputies made;
  if (const Json* delegations = step.find("delegations")) {
    for (const Json& each : *delegations) {
      Fields fields(each, "a delegation");
      made.delegations.push_back({fields.text("from"), fields.text("to"), day(fields.text("first_day")),
                                  day(fields.text("last_day")), fields.text_or("approver", "")});
      fields.end();
    }
  }
  if (const Json* replacements = step.find("replacements")) {
    for (const Json& each : *replacements) {
      Fields fields(each, "a replacement");
      made.replacements.push_back({fields.text("from"), fields.text("to")});
      fields.end();
    }
  }
  return made;
}

class Run {
 public:
  explicit Run(Fields& scenario)
      : desk_(policy_text(scenario.need("policy")), directory_text(scenario.need("directory"))) {
    if (scenario.find("now") != nullptr) {
      desk_.world.now = instant(scenario.text("now"));
      desk_.pass(0);
    }
    if (const Json* rates = scenario.find("rates")) set_rates(*rates);
  }

  // What is not as expected; counts expectations.
  std::vector<std::string> step(const Json& json, std::size_t& expectations) {
    Fields fields(json, "the step");
    const std::string what = fields.text("do");
    fields.find("note");  // for people
    const Json* expect = fields.find("expect");
    desk_.done = {};
    carry_out(what, fields);
    fields.end();
    if (expect == nullptr) {
      if (desk_.done.refusal) return {"refused: not expected, seen " + desk_.refusal() + ": " + refusal_words()};
      return {};
    }
    ++expectations;
    return differences(*expect, desk_, preview_);
  }

 private:
  std::string refusal_words() const { return desk_.done.refusal ? desk_.done.refusal->message : ""; }

  void set_rates(const Json& rates) {
    const auto read = Rates::from_json(rates.dump());
    if (!read) throw Unreadable("the rates: " + read.problems()[0].where + ": " + read.problems()[0].message);
    desk_.world.rates = *read;
  }

  // `quote` is the whole quote, `with` changes some of its keys; neither: as it was.
  void read_quote(Fields& step) {
    const Json* whole = step.find("quote");
    const Json* changes = step.find("with");
    if (whole != nullptr && changes != nullptr) throw Unreadable("the step says `quote` and `with`");
    if (whole != nullptr) quote_ = *whole;
    if (changes != nullptr) quote_.merge_patch(*changes);
    if (quote_.is_null()) throw Unreadable("there is no quote yet");
    quote_text_ = quote_.dump();
  }

  // Gives a command to the case. `id` and `version` may be said of each: an id of its own and no version are
  // the rule; `version` is "current", or "before" the last command.
  void give(Fields& step, decltype(Command::what) what) {
    const std::string id = step.text_or("id", "c-" + std::to_string(++desk_.commands));
    const std::string actor = std::holds_alternative<Tick>(what) ? step.text_or("by", "clock") : step.text("by");
    std::optional<std::uint64_t> expected;
    if (step.find("version") != nullptr) {
      const std::string version = step.text("version");
      if (version != "current" && version != "before") throw Unreadable("the step has no such version: " + version);
      expected = version == "current" ? desk_.kase.version : version_before_;
    }
    version_before_ = desk_.kase.version;
    desk_.run({id, actor, expected, std::move(what)});
  }

  void vote(Vote vote, Fields& step) {
    const std::string key = step.text_or("step", ""), whom = step.text_or("for", "");
    const std::string comment = step.text_or("comment", "");
    const Json* seen = step.find("seen");
    const std::string hash = seen == nullptr ? "" : sha256_hex(seen->dump());
    give(step, CastVote{vote, key, whom, comment, hash});
  }

  void look(Fields& step) {
    read_quote(step);
    World world = desk_.world;
    world.state = desk_.kase.state;
    const auto decided = desk_.evaluator->decide(quote_text_, world);
    if (!decided) throw Unreadable("the quote: " + decided.problems()[0].where + ": " + decided.problems()[0].message);
    preview_ = {std::string(assent::text((*decided)->outcome)), plan_hash(**decided), {}};
    for (const Step& each : (*decided)->steps) preview_.path.emplace_back(each.key);
  }

  void carry_out(const std::string& what, Fields& step) {
    if (what == "preview") return look(step);
    if (what == "policy") return desk_.policy(policy_text(step.need("source")));
    if (what == "directory") return desk_.directory(directory_text(step.need("directory")));
    if (what == "deputies") return desk_.deputies(deputies_of(step));
    if (what == "rates") return set_rates(step.need("rates"));
    if (what == "wait") return desk_.pass(time(step));
    if (what == "tick") {
      desk_.pass(time(step));
      return give(step, Tick{});
    }
    if (what == "submit") return submit(step);
    if (what == "approve") return vote(Vote::approve, step);
    if (what == "reject") return vote(Vote::reject, step);
    if (what == "abstain") return vote(Vote::abstain, step);
    const auto text = [&](const char* key) { return step.text_or(key, ""); };
    if (what == "recall") return give(step, Recall{text("why")});
    if (what == "override") return give(step, Override{text("step"), text("why")});
    if (what == "migrate") return give(step, Migrate{quote_text_});
    if (what == "add") return give(step, AddApprover{text("person"), text("before"), text("why")});
    if (what == "comment") return give(step, Remark{text("text")});
    if (what == "ask") return give(step, Ask{text("step"), text("to"), text("text")});
    if (what == "answer") return give(step, Answer{static_cast<std::uint32_t>(step.number("question")), text("text")});
    if (what == "reassign") return give(step, Reassign{text("step"), text("from"), text("to"), text("why")});
    if (what == "replace") return give(step, Replace{text("from"), text("to"), text("why")});
    throw Unreadable("nobody can `" + what + "`");
  }

  std::int64_t time(Fields& step) {
    std::int64_t minutes = 0;
    if (step.find("minutes") != nullptr) minutes += step.number("minutes");
    if (step.find("days") != nullptr) minutes += step.number("days") * minutes_per_day;
    return minutes;
  }

  void submit(Fields& step) {
    read_quote(step);
    std::vector<std::string> names;
    if (const Json* editors = step.find("editors")) names = editors->get<std::vector<std::string>>();
    std::string plan = step.text_or("plan", "");
    if (!plan.empty() && plan != "previewed") throw Unreadable("the plan of a submission is the one `previewed`");
    if (!plan.empty()) plan = preview_.hash;
    give(step, Submit{quote_text_, plan, {names.begin(), names.end()}});
  }

  Desk desk_;
  Json quote_;
  std::string quote_text_;
  Preview preview_;
  std::uint64_t version_before_ = 0;
};

// No key twice in an object: the first would be lost, and whatever it checks.
Json parse(std::string_view text) {
  std::vector<std::set<std::string>> open;
  std::string twice;
  const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key && !open.back().insert(parsed.get<std::string>()).second)
      twice = parsed.get<std::string>();
    return true;
  };
  Json read = Json::parse(text, watch);
  if (!twice.empty()) throw Unreadable("`" + twice + "` stands twice in an object");
  return read;
}

std::string words(const Json& step) {
  std::string all = step.value("do", "");
  if (step.contains("by")) all += " by " + step.value("by", "");
  return all;
}

// Runs steps from the beginning. Something must be expected of those behind the first `common` ones.
std::vector<std::string> run_steps(const Json& scenario, const Json& steps, std::size_t common) {
  std::vector<std::string> wrong;
  std::size_t number = 0, expectations = 0;
  std::string where;
  try {
    Fields fields(scenario, "the scenario");
    Run run(fields);
    for (const Json& step : steps) {
      where = "step " + std::to_string(++number) + " (" + words(step) + "): ";
      if (number == common + 1) expectations = 0;
      for (const std::string& difference : run.step(step, expectations)) wrong.push_back(where + difference);
    }
    if (expectations == 0 || number <= common) wrong.push_back("nothing is expected");
  } catch (const std::exception& unreadable) { wrong.push_back(where + unreadable.what()); }
  return wrong;
}

}  // namespace

std::vector<std::string> run_scenario(std::string_view json) {
  std::vector<std::string> wrong;
  try {
    const Json scenario = parse(json);
    Fields fields(scenario, "the scenario");
    fields.text("about");
    for (const char* key : {"policy", "directory", "now", "rates"}) fields.find(key);
    const Json& common = fields.need("steps");
    const Json* branches = fields.find("branches");
    fields.end();
    if (branches == nullptr) return run_steps(scenario, common, 0);
    for (const auto& [name, more] : branches->items()) {
      Json steps = common;
      steps.insert(steps.end(), more.begin(), more.end());
      for (const std::string& each : run_steps(scenario, steps, common.size())) wrong.push_back(name + ": " + each);
    }
    if (branches->empty()) wrong.push_back("there are no branches");
  } catch (const std::exception& unreadable) { wrong.push_back(unreadable.what()); }
  return wrong;
}

}  // namespace assent::test
