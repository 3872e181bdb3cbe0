// See test_run.h.
#include "tools/test_run.h"

#include <algorithm>
#include <utility>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/path_pattern.h"
#include "tools/path_tree.h"
#include "tools/request.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Kind = Expectation::Kind;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool has_message(std::span<const Message> messages, std::string_view part) {
  return std::any_of(messages.begin(), messages.end(),
                     [&](const Message& message) { return contains(message.text, part); });
}

bool has_trouble(const Decision& decision, std::string_view part) {
  return std::any_of(decision.troubles.begin(), decision.troubles.end(), [&](const Trouble& t) {
    return contains(t.message, part) || contains(t.fault, part);
  });
}

// A rule with an error neither applies nor does not.
enum class Applies { no, yes, unknown };

Applies applies(RuleStatus status) {
  switch (status) {
    case RuleStatus::not_applicable: return Applies::no;
    case RuleStatus::pending:
    case RuleStatus::satisfied:
    case RuleStatus::rejected:
    case RuleStatus::overridden: return Applies::yes;
    case RuleStatus::error: return Applies::unknown;
  }
  return Applies::unknown;
}

Applies rule_applies(const Decision& decision, std::string_view name) {
  const auto is_it = [&](const RuleResult& rule) { return rule.name == name; };
  const auto rule = std::find_if(decision.rules.begin(), decision.rules.end(), is_it);
  return rule == decision.rules.end() ? Applies::no : applies(rule->status);
}

std::string words_of(Applies answer, const std::string& rule) {
  switch (answer) {
    case Applies::no: return "rule " + rule + " does not apply";
    case Applies::yes: return "rule " + rule + " applies";
    case Applies::unknown: return "rule " + rule + " could not be evaluated";
  }
  return {};
}

std::string with_text(const std::string& words, const std::string& text) {
  return text.empty() ? words : words + ", saying \"" + text + '"';
}

std::string messages_in_words(std::string_view what, std::span<const Message> messages) {
  std::vector<std::string> texts;
  for (const Message& message : messages) texts.push_back(printable(message.text));
  return std::string(what) + ": " + joined(texts, "; ");
}

// Whether the test says itself that nobody can be asked.
bool expects_refusal(const Test& test) {
  return std::any_of(test.expectations.begin(), test.expectations.end(), [](const Expectation& e) {
    return e.kind == Kind::denied || e.kind == Kind::blocked;
  });
}

class Check {
 public:
  Check(const Test& test, const Decision& decision, const FactValue& fact, const Orders& orders)
      : test_(test), decision_(decision), fact_(fact), orders_(orders) {}

  // Nothing if it is as expected.
  std::optional<Failure> check(const Expectation& e) const {
    const Outcome outcome = decision_.outcome;
    switch (e.kind) {
      case Kind::approved:
        return verdict(e, outcome == Outcome::auto_approved, "approved automatically");
      case Kind::denied: {
        const bool holds = outcome == Outcome::denied && has_message(decision_.denials, e.text);
        return verdict(e, holds, with_text("denied", e.text));
      }
      case Kind::blocked: {
        const bool holds = outcome == Outcome::blocked && has_trouble(decision_, e.text);
        return verdict(e, holds, with_text("blocked", e.text));
      }
      case Kind::warning: return warning(e);
      case Kind::path: return path(e);
      case Kind::rule_applies: return rule(e, Applies::yes);
      case Kind::rule_does_not: return rule(e, Applies::no);
      case Kind::value: return value(e);
      case Kind::orders: return orders(e);
      case Kind::no_orders: return no_orders(e);
      case Kind::order_starts:
      case Kind::order_delivered:
      case Kind::order_pending:
      case Kind::order_amount: return order(e);
    }
    return std::nullopt;
  }

 private:
  const Test& test_;
  const Decision& decision_;
  const FactValue& fact_;
  const Orders& orders_;

  static Failure failure(const Expectation& e, std::string message, std::string expected,
                         std::string actual) {
    return {e.place, e.source, std::move(message), std::move(expected), std::move(actual), {}, {}};
  }

  std::optional<Failure> verdict(const Expectation& e, bool holds, std::string expected) const {
    if (holds) return std::nullopt;
    return failure(e, "the quote gets another answer", std::move(expected),
                   answer_in_words(decision_));
  }

  std::optional<Failure> warning(const Expectation& e) const {
    if (has_message(decision_.warnings, e.text)) return std::nullopt;
    const bool none = decision_.warnings.empty();
    return failure(e, "no warning says so", with_text("a warning", e.text),
                   none ? "no warning" : messages_in_words("warnings", decision_.warnings));
  }

  std::optional<Failure> rule(const Expectation& e, Applies expected) const {
    const Applies actual = rule_applies(decision_, e.text);
    if (actual == expected) return std::nullopt;
    const std::string name = printable(e.text);
    return failure(e, words_of(actual, "`" + name + "`"), words_of(expected, name),
                   words_of(actual, name));
  }

  std::optional<Failure> value(const Expectation& e) const {
    const std::optional<std::string> actual = fact_(e.text);
    if (actual && *actual == e.value) return std::nullopt;
    const std::string name = printable(e.text);
    return failure(e, "`" + name + "` has another value", name + " = " + printable(e.value),
                   actual ? name + " = " + printable(*actual) : "no such fact in the policy");
  }

  // All orders, in their order: the split is the whole of what is expected.
  std::optional<Failure> orders(const Expectation& e) const {
    const std::string wanted = orders_in_words(e.orders);
    const Result<OrderPlan> plan = orders_();
    if (!plan) return failure(e, "the quote cannot be ordered", wanted, in_words(plan.problems()));
    std::vector<std::vector<std::string>> found;
    for (const Order& order : plan->orders) {
      std::vector<std::string>& lines = found.emplace_back();
      for (const OrderItem& item : order.items) lines.push_back(item.line);
    }
    if (found == e.orders) return std::nullopt;
    return failure(e, "the quote becomes other orders", wanted, orders_in_words(found));
  }

  std::optional<Failure> no_orders(const Expectation& e) const {
    const Result<OrderPlan> plan = orders_();
    const std::string wanted = with_text("no orders", e.text);
    if (plan) return failure(e, "the quote can be ordered", wanted, counted(plan->orders.size(), "order"));
    const auto says_so = [&](const Problem& problem) { return problem.message.find(e.text) != std::string::npos; };
    if (std::any_of(plan.problems().begin(), plan.problems().end(), says_so)) return std::nullopt;
    return failure(e, "another thing is wrong", wanted, in_words(plan.problems()));
  }

  // What one order is to be: the one with a line of that id.
  std::optional<Failure> order(const Expectation& e) const {
    const Result<OrderPlan> plan = orders_();
    const std::string name = "the order of \"" + printable(e.text) + '"';
    if (!plan) return failure(e, "the quote cannot be ordered", name, in_words(plan.problems()));
    for (const Order& order : plan->orders) {
      for (const OrderItem& item : order.items) {
        if (item.line == e.text) return order_is(e, order, name);
      }
    }
    return failure(e, "no such line is ordered", name, counted(plan->orders.size(), "order"));
  }

  std::optional<Failure> order_is(const Expectation& e, const Order& order, const std::string& name) const {
    switch (e.kind) {
      case Kind::order_starts: return order_says(e, order.starts, name + " starts on");
      case Kind::order_delivered: return order_says(e, order.ends, name + " is delivered on");
      case Kind::order_amount: return order_says(e, order.amount + ' ' + order.currency, name + " comes to");
      default: break;
    }
    if (order.pending) return std::nullopt;
    return failure(e, "all dates are known", name + " is pending", name + " starts on " + order.starts);
  }

  std::optional<Failure> order_says(const Expectation& e, const std::string& actual, const std::string& what) const {
    if (actual == e.value) return std::nullopt;
    return failure(e, "the order is another", what + ' ' + e.value, what + ' ' + actual);
  }

  static std::string in_words(const Problems& problems) {
    std::vector<std::string> texts;
    for (const Problem& problem : problems) texts.push_back(printable(problem.message));
    return joined(texts, "; ");
  }

  static std::string orders_in_words(const std::vector<std::vector<std::string>>& orders) {
    std::vector<std::string> texts;
    for (const std::vector<std::string>& lines : orders) {
      std::vector<std::string> ids;
      for (const std::string& line : lines) ids.push_back('"' + printable(line) + '"');
      texts.push_back(joined(ids, " and "));
    }
    return "orders " + joined(texts, ", ");
  }

  // A path that nobody will be asked along is not the one that was expected.
  std::optional<Failure> path(const Expectation& e) const {
    const PathGraph expected = pattern_graph(e.path);
    const PathGraph actual = path_graph(decision_);
    const bool asked = decision_.outcome == Outcome::needs_approval || expects_refusal(test_);
    const bool same = same_path(expected, actual);
    if (same && asked) return std::nullopt;
    const PathTree wanted = path_tree(expected), found = path_tree(actual);
    std::string in_words = answer_in_words(decision_);
    if (asked) in_words = "path " + algebra(found, actual);
    Failure failed = failure(e, asked ? "the quote gets another path" : "nobody is asked",
                             "path " + algebra(wanted, expected), std::move(in_words));
    if (!same && asked && !decision_.steps.empty()) {
      failed.expected_tree = draw(wanted, expected);
      failed.actual_tree = draw(found, actual);
    }
    return failed;
  }
};

TestResult start_of(const Test& test) { return {test.title, test.place, {}, {}}; }

}  // namespace

std::string answer_in_words(const Decision& decision) {
  switch (decision.outcome) {
    case Outcome::auto_approved: return "approved automatically";
    case Outcome::needs_approval: {
      const PathGraph graph = path_graph(decision);
      return "path " + algebra(path_tree(graph), graph);
    }
    case Outcome::denied: return messages_in_words("denied", decision.denials);
    case Outcome::blocked: break;
  }
  std::vector<std::string> texts;
  for (const Trouble& trouble : decision.troubles) {
    const std::string_view where = trouble.step.empty() ? trouble.rule : trouble.step;
    const std::string message = printable(trouble.message);
    texts.push_back(where.empty() ? message : message + " (in " + printable(where) + ")");
  }
  return "blocked: " + joined(texts, "; ");
}

std::vector<Failure> check_expectations(const Test& test, const Decision& decision,
                                        const FactValue& fact, const Orders& orders) {
  const Check check(test, decision, fact, orders);
  std::vector<Failure> failures;
  for (const Expectation& expectation : test.expectations) {
    if (std::optional<Failure> failure = check.check(expectation)) {
      failures.push_back(std::move(*failure));
    }
  }
  return failures;
}

TestRunner::TestRunner(Policy policy, std::string folder, std::string today)
    : folder_(std::move(folder)),
      today_(std::move(today)),
      evaluator_(policy, limits_),
      planner_(std::move(policy), limits_) {}

World TestRunner::world_of(const Test& test) {
  World world;
  const std::string& today = test.today.empty() ? today_ : test.today;
  const Result<std::int32_t> day = date_from_text(today);
  if (!day) throw BadInput("today: " + day.problems()[0].message);
  world.today = *day;
  if (!test.state.empty()) world.state = state_of(test.state);
  if (!test.directory.empty()) {
    auto found = directories_.find(test.directory);
    if (found == directories_.end()) {
      Directory directory = read_directory(beside(folder_, test.directory));
      found = directories_.emplace(test.directory, std::move(directory)).first;
    }
    world.directory = found->second;
  }
  if (!test.rates.empty()) {
    auto found = rates_.find(test.rates);
    if (found == rates_.end()) {
      found = rates_.emplace(test.rates, read_rates(beside(folder_, test.rates))).first;
    }
    world.rates = found->second;
  }
  return world;
}

TestResult TestRunner::run(const Test& test) {
  TestResult result = start_of(test);
  decision_ = nullptr;
  try {
    const World world = world_of(test);
    const std::string file = beside(folder_, test.quote);
    const std::string quote = read_file(file, limits_.quote_bytes);
    std::vector<Edit> edits;
    for (const TestEdit& edit : test.edits) edits.push_back({edit.path, edit.json});
    const Result<const Decision*> decision = evaluator_.decide(quote, world, edits);
    if (!decision) throw BadInput(problems_text(file, decision.problems()));
    decision_ = *decision;
    for (const RuleResult& rule : (*decision)->rules) {
      result.fired.push_back(printable(rule.name) + " (" + std::string(text(rule.status)) + ")");
    }
    result.failures = check_expectations(
        test, **decision, [this](std::string_view name) { return evaluator_.fact(name); },
        [&] { return plan_orders(planner_, quote, world, edits); });
  } catch (const BadInput& bad) {
    result.failures.push_back({test.place, {}, bad.what(), {}, {}, {}, {}});
  }
  return result;
}

}  // namespace assent::command
