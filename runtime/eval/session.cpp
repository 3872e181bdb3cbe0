// A quote that is changed again and again. Entries: Session::open, set, insert, remove.
//
// Each change goes the same way: what rows give to aggregates is taken out, the cells change, it is put in again, the
// rows that changed are looked up anew, and the quote is decided from what is remembered.
#include "assent/session.h"

#include <algorithm>
#include <bit>

#include "runtime/eval/evaluator.h"

namespace assent {

bool Difference::nothing() const {
  return before == after && steps_added.empty() && steps_removed.empty() && steps_changed.empty() &&
         rules_added.empty() && rules_removed.empty() && rules_changed.empty();
}

namespace {

// What a decision says of its steps or of its rules, each by the plan's id and what it says, to be compared with the
// next one.
struct Marks {
  struct Mark {
    std::uint32_t id;  // of the plan, whose order is that of the decision
    plan::Slice said;
  };
  std::vector<Mark> marks;
  std::vector<std::uint64_t> said;

  void clear() {
    marks.clear();
    said.clear();
  }
  void begin(std::uint32_t id) {
    marks.push_back({id, {static_cast<std::uint32_t>(said.size()), 0}});
  }
  void say(std::uint64_t word) {
    said.push_back(word);
    ++marks.back().said.count;
  }
  std::span<const std::uint64_t> of(const Mark& mark) const {
    return std::span(said).subspan(mark.said.first, mark.said.count);
  }
};

struct Names { std::vector<std::string_view> added, removed, changed; };

template <typename Name>
void compare(const Marks& before, const Marks& after, Name name, Names& names) {
  names = {};
  auto old = before.marks.begin();
  auto now = after.marks.begin();
  while (old != before.marks.end() || now != after.marks.end()) {
    if (now == after.marks.end() || (old != before.marks.end() && old->id < now->id)) {
      names.removed.push_back(name(old++->id));
    } else if (old == before.marks.end() || now->id < old->id) {
      names.added.push_back(name(now++->id));
    } else {
      const auto was = before.of(*old), is = after.of(*now);
      if (!std::equal(was.begin(), was.end(), is.begin(), is.end())) names.changed.push_back(name(now->id));
      ++old;
      ++now;
    }
  }
}

}  // namespace

struct Session::Impl {
  Evaluator evaluator;
  Evaluator::Scratch& scratch;
  const plan::Plan& plan;
  const eval::Touches touches;
  Marks steps, rules, steps_before, rules_before;
  Names step_names, rule_names;
  Outcome outcome = Outcome::blocked;
  Difference difference;

  Impl(Policy policy, const Limits& limits)
      : evaluator(std::move(policy), limits), scratch(*evaluator.scratch_), plan(evaluator.plan()),
        touches(plan, scratch.policy->facts) {}

  void begin();
  void mark();
  const Difference* decide();
  std::uint32_t top_row(std::uint32_t table, std::uint32_t row, std::uint32_t& top) const;
  bool names_currencies(std::uint32_t column) const;
  Result<const Difference*> set(std::string_view path, std::string_view json);
  Result<const Difference*> change_row(std::string_view path, const std::string_view* json);
};

void Session::Impl::begin() {
  scratch.machine.remember(touches);
  scratch.verdicts = std::make_unique<eval::RowVerdicts>(plan, *scratch.policy->index, touches);
  scratch.verdicts->find_all(scratch.machine, scratch.search);
  scratch.decide_rows();
  mark();
}

void Session::Impl::mark() {
  outcome = scratch.decision.outcome;
  steps.clear();
  rules.clear();
  for (std::size_t i = 0; i < scratch.steps.size(); ++i) {
    const Step& step = scratch.steps[i];
    const std::uint32_t id = scratch.path.steps()[i].step;
    steps.begin(id);
    steps.say(std::uint64_t{step.quorum.needed} << 32 | step.quorum.total);
    for (const Seat& seat : step.seats) {  // people stay where they are: a session has one directory
      steps.say(std::bit_cast<std::uintptr_t>(seat.person.data()));
      steps.say(std::uint64_t{seat.votes} << 1 | (seat.veto ? 1 : 0));
    }
    steps.say(~std::uint64_t{0});
    for (const std::uint32_t rule : step.because) steps.say(scratch.rule_rows[rule].plan_rule);
    steps.say(~std::uint64_t{0});
    for (const std::uint32_t earlier : step.after) steps.say(scratch.path.steps()[earlier].step);
    steps.say(~std::uint64_t{0});
    for (const std::uint32_t line : step.lines) steps.say(line);
  }
  for (const auto& row : scratch.rule_rows) {
    rules.begin(row.plan_rule);
    rules.say(std::uint64_t{row.band} << 8 | static_cast<std::uint64_t>(row.status));
    for (std::uint32_t i = 0; i < row.lines.count; ++i) rules.say(scratch.rule_lines[row.lines.first + i]);
  }
}

const Difference* Session::Impl::decide() {
  std::swap(steps, steps_before);
  std::swap(rules, rules_before);
  difference.before = outcome;
  scratch.step_list.begin(false);
  scratch.decide_rows();
  mark();
  compare(steps_before, steps, [&](std::uint32_t id) { return plan.string(plan.steps[id].key); }, step_names);
  compare(rules_before, rules, [&](std::uint32_t id) { return plan.string(plan.rules[id].name); }, rule_names);
  difference = {difference.before,  outcome,          step_names.added,   step_names.removed,
                step_names.changed, rule_names.added, rule_names.removed, rule_names.changed};
  return &difference;
}

// The row of a list of the quote in which a row is; `top`: that list, or none for the quote itself.
std::uint32_t Session::Impl::top_row(std::uint32_t table, std::uint32_t row, std::uint32_t& top) const {
  if (table == 0) return top = plan::none, 0;
  top = table;
  while (plan.tables[top].parent != 0) top = plan.tables[top].parent;
  std::uint32_t own = 0;
  ingest::ancestor_row(plan, scratch.rows, table, row, top, own);  // which it has
  return own;
}

bool Session::Impl::names_currencies(std::uint32_t column) const {
  return std::any_of(plan.columns.begin(), plan.columns.end(),
                     [&](const plan::Column& each) { return each.currency == column; });
}

Result<const Difference*> Session::Impl::set(std::string_view path, std::string_view json) {
  Problems problems;
  ingest::Place cell;
  if (!scratch.reader.find_cell(path, scratch.rows, cell, problems)) return problems;
  std::uint32_t table = plan::none;
  std::uint32_t row = 0;
  // A currency changes amounts in any number of rows.
  if (!names_currencies(cell.column)) row = top_row(cell.table, cell.row, table);
  const eval::Columns columns = touches.edit(cell.column);
  scratch.machine.begin_change(table, columns);
  if (table != plan::none) scratch.machine.take_row(row);
  const bool changed = scratch.reader.set(path, cell, json, scratch.rows, problems);
  if (changed) scratch.machine.touch();
  if (table != plan::none) scratch.machine.put_row(row);
  if (!changed) return problems;
  scratch.verdicts->change(table, row, columns, scratch.machine, scratch.search);
  return decide();
}

// Puts the row in that `json` is, or takes the row out.
Result<const Difference*> Session::Impl::change_row(std::string_view path, const std::string_view* json) {
  Problems problems;
  ingest::Place place;
  if (!scratch.reader.find_row(path, json != nullptr, scratch.rows, place, problems)) return problems;
  const eval::Columns columns = touches.rows(place.table);
  const bool is_top = plan.tables[place.table].parent == 0;
  std::uint32_t table = place.table;
  std::uint32_t row = place.row;
  if (!is_top) row = top_row(plan.tables[place.table].parent, place.owner, table);
  scratch.machine.begin_change(table, columns);
  const bool was_there = !is_top || json == nullptr;
  const bool is_there = !is_top || json != nullptr;
  if (was_there) scratch.machine.take_row(row);
  if (json == nullptr) {
    scratch.reader.remove(place, scratch.rows);
  } else if (!scratch.reader.insert(path, place, *json, scratch.rows, problems)) {
    if (was_there) scratch.machine.put_row(row);
    return problems;
  }
  scratch.machine.touch();
  if (is_there) scratch.machine.put_row(row);
  if (is_top && json != nullptr) scratch.verdicts->came(table, row);
  if (is_top && json == nullptr) scratch.verdicts->went(table, row);
  scratch.verdicts->change(table, row, columns, scratch.machine, scratch.search);
  return decide();
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::open(Policy policy, std::string_view quote_json, const World& world, const Limits& limits) {
  auto impl = std::make_unique<Impl>(std::move(policy), limits);
  Problems problems;
  if (!impl->scratch.read(quote_json, world, {}, problems)) return problems;
  impl->begin();
  return Session(std::move(impl));
}

const Decision& Session::decision() const { return impl_->scratch.decision; }
Result<const Difference*> Session::set(std::string_view path, std::string_view json) { return impl_->set(path, json); }
Result<const Difference*> Session::insert(std::string_view path, std::string_view json) {
  return impl_->change_row(path, &json);
}
Result<const Difference*> Session::remove(std::string_view path) { return impl_->change_row(path, nullptr); }
Explanation Session::explain() { return impl_->evaluator.explain(); }
std::optional<std::string> Session::fact(std::string_view name) { return impl_->evaluator.fact(name); }

}  // namespace assent
