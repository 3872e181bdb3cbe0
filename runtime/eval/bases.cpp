// A basis lists the readings of a rule in one order, which the fingerprint vouches for: values that are
// compared, columns of which all cells count, what a clause calls approved.x, what it watches for change.
#include "runtime/eval/bases.h"

#include <algorithm>

#include "runtime/plan/print.h"
#include "runtime/value/sha256.h"
#include "runtime/value/value_read.h"
#include "runtime/value/value_text.h"

namespace assent::eval {

namespace {

// Of two watches of one rule, whose clauses are the same.
bool is_same(const Watch& a, const Watch& b) {
  return a.fingerprint == b.fingerprint && a.values == b.values && a.columns == b.columns && a.recalled == b.recalled &&
         a.ways == b.ways;
}

}  // namespace

const Watch& Bases::watch_of(std::uint32_t rule, std::uint32_t step) {
  const auto [at, fresh] = watches_.try_emplace({rule, step});
  if (fresh) {
    Watch made = step == whole_quote ? watch_everything(plan_) : watch(plan_, fingerprints_, rule, step);
    made.fingerprint_text = plan::hex(made.fingerprint);
    const auto before = at == watches_.begin() ? at : std::prev(at);
    const bool of_rule = before != at && before->first.first == rule && step != whole_quote;
    const bool known = of_rule && is_same(*before->second, made);
    at->second = known ? before->second : std::make_shared<const Watch>(std::move(made));
  }
  return *at->second;
}

std::string_view Bases::name_of(std::uint32_t rule, std::uint32_t step) const {
  if (step == whole_quote) return {};
  return rule == plan::none ? "otherwise" : plan_.string(plan_.rules[rule].name);
}

// ── what is read ─────────────────────────────────────────────────────────────────────────────
Reading Bases::reading(std::uint32_t node) {
  std::string& name = names_[node];
  if (name.empty()) name = plan::print_node(plan_, node);
  Reading made{name, Reading::Kind::value, {}};
  const Value value = machine_.eval(node);
  if (value.is_absent()) made.kind = Reading::Kind::absent;
  else if (value.is_fault()) made.kind = Reading::Kind::fault, made.value = assent::name(value.fault);
  else made.value = value_text(value, plan_.nodes[node].type);
  return made;
}

// Each cell with its length, so that no two columns of cells are alike.
Reading Bases::cells(std::uint32_t column) {
  std::string bytes;
  for (const Value& cell : machine_.rows().columns[column]) {
    if (cell.is_absent()) plan::append(bytes, std::uint32_t{0xffff'ffff});
    else plan::append(bytes, value_text(cell, plan_.columns[column].type));
  }
  return {plan::column_path(plan_, column), Reading::Kind::cells, sha256_hex(bytes).substr(0, 32)};
}

std::vector<Reading> Bases::readings(const Watch& watch) {
  std::vector<Reading> made;
  if (watch.clauses.empty()) {
    made.reserve(watch.values.size() + watch.columns.size());
    for (const Watch::Value& value : watch.values) made.push_back(reading(value.node));
    for (const std::uint32_t column : watch.columns) made.push_back(cells(column));
  }
  for (const std::uint32_t node : watch.recalled) made.push_back(reading(node));
  for (const plan::Reapproval& clause : watch.clauses) {
    if (clause.kind == plan::ReapprovalKind::on_change) made.push_back(reading(clause.node));
  }
  return made;
}

bool Bases::on_the_way(const Watch& watch) {
  if (watch.ways.empty()) return true;
  return std::any_of(watch.ways.begin(), watch.ways.end(), [&](const std::vector<std::uint32_t>& way) {
    return std::all_of(way.begin(), way.end(),
                       [&](std::uint32_t condition) { return machine_.eval_condition(condition).is_true(); });
  });
}

// Calls take(row, readings) for each row that the step is demanded for; plan::none for the whole quote.
template <typename Take>
void Bases::each_row(const Watch& watch, const Reason& reason, Take take) {
  if (reason.rule == plan::none || plan_.scope(plan_.rules[reason.rule]).table == plan::none)
    return take(plan::none, readings(watch));
  for (const std::uint32_t row : reason.rows) {
    machine_.stand_on(1, row);
    if (on_the_way(watch)) take(row, readings(watch));
  }
}

bool Bases::Watched::operator==(const Watched& other) const {
  return watch == other.watch && reason.rule == other.reason.rule && reason.rows.data() == other.reason.rows.data() &&
         reason.rows.size() == other.reason.rows.size();
}

Basis Bases::basis(std::uint32_t step, std::span<const Reason> reasons) {
  const Reason nobody;
  if (step == whole_quote) reasons = {&nobody, 1};
  watched_.clear();
  for (const Reason& reason : reasons) watched_.push_back({&watch_of(reason.rule, step), reason});
  if (watched_ == last_) return last_basis_;
  Basis::Rules made;
  made.reserve(reasons.size());
  for (const auto& [watch, reason] : watched_) {
    RuleBasis rule{std::string(name_of(reason.rule, step)), watch->fingerprint_text, {}};
    each_row(*watch, reason, [&](std::uint32_t, std::vector<Reading> read) { rule.rows.push_back(std::move(read)); });
    made.push_back(std::move(rule));
  }
  last_.swap(watched_);
  return last_basis_ = Basis(std::move(made));
}

// ── what covers ──────────────────────────────────────────────────────────────────────────────
namespace {

std::string shown(const Reading& reading) { return reading.kind == Reading::Kind::value ? reading.value : "absent"; }

// One text for each row of readings, whatever a policy calls them.
std::string text_of(const std::vector<Reading>& row) {
  std::string bytes;
  for (const Reading& each : row) {
    plan::append(bytes, static_cast<std::uint32_t>(each.kind));
    plan::append(bytes, each.value);
  }
  return bytes;
}

// What a value is called may have changed with the policy.
bool same(const Reading& seen, const Reading& now) { return seen.kind == now.kind && seen.value == now.value; }

std::string moved(const Reading& seen, const Reading& now) {
  return now.name + " went from " + shown(seen) + " to " + shown(now);
}

}  // namespace

bool Bases::value_covers(const Watch::Value& value, const Reading& seen, const Reading& now, Harmless& harmless,
                         std::string& why) {
  if (seen.kind == Reading::Kind::fault || now.kind == Reading::Kind::fault) {
    why = now.name + " could not be read";
    return false;
  }
  if (same(seen, now)) return true;
  const plan::Type type = plan_.nodes[value.node].type;
  const bool directed = value.worse == Worse::higher || value.worse == Worse::lower;
  if (directed && seen.kind == Reading::Kind::value && now.kind == Reading::Kind::value) {
    const auto before = value_from_text(seen.value, type);
    const auto after = value_from_text(now.value, type);
    int order = 0;
    if (before && after && order_of(*after, *before, machine_.world(), order) == Fault::none) {
      const std::string change =
          now.name + (order > 0 ? " rose from " : " fell from ") + seen.value + " to " + now.value;
      const bool worse = value.worse == Worse::higher ? order > 0 : order < 0;
      if (worse) why = change;
      else if (order != 0) harmless.no_worse.push_back(change);
      return !worse;
    }
  }
  why = moved(seen, now);
  return false;
}

bool Bases::clause_covers(const Watch& watch, const std::vector<Reading>& seen, const Row& now, Harmless& harmless,
                          std::string& why) {
  harmless.by_clause = true;
  machine_.forget_approved();
  for (std::size_t i = 0; i < watch.recalled.size(); ++i) {
    const plan::Type type = plan_.nodes[watch.recalled[i]].type;
    Value value;
    if (seen[i].kind == Reading::Kind::fault) {
      value = Value::of(Fault::not_computable);
    } else if (seen[i].kind == Reading::Kind::value) {
      const auto read = value_from_text(seen[i].value, type);
      value = read ? *read : Value::of(Fault::not_computable);
    }
    machine_.recall(watch.recalled[i], value);
  }
  std::size_t watched = watch.recalled.size();
  for (const plan::Reapproval& clause : watch.clauses) {
    switch (clause.kind) {
      case plan::ReapprovalKind::always: why = "`reapprove always`"; return false;
      case plan::ReapprovalKind::when: {
        const Value again = machine_.eval_condition(clause.node);
        if (again.is_fault()) why = "`reapprove when` cannot be answered: " + std::string(text(again.fault));
        else if (again.is_true()) why = plan::print_node(plan_, clause.node);
        else break;
        for (std::size_t i = 0; i < watch.recalled.size(); ++i)
          why += (i == 0 ? ", where approved." : ", approved.") + seen[i].name + " is " + shown(seen[i]);
        return false;
      }
      case plan::ReapprovalKind::on_change: {
        const Reading& before = seen[watched];
        const Reading& after = now.readings[watched];
        ++watched;
        if (same(before, after) && after.kind != Reading::Kind::fault) break;
        why = after.kind == Reading::Kind::fault ? after.name + " could not be read" : moved(before, after);
        return false;
      }
    }
  }
  for (std::size_t i = 0; i < watch.recalled.size(); ++i) {
    if (!same(seen[i], now.readings[i])) harmless.allowed.push_back(moved(seen[i], now.readings[i]));
  }
  return true;
}

bool Bases::row_covers(const Watch& watch, const std::vector<Reading>& seen, const Row& now, Harmless& harmless,
                       std::string& why) {
  if (seen.size() != now.readings.size()) {
    why = "what was read then is not known";
    return false;
  }
  if (now.row != plan::none) machine_.stand_on(1, now.row);
  if (!watch.clauses.empty()) return clause_covers(watch, seen, now, harmless, why);
  for (std::size_t i = 0; i < now.readings.size(); ++i) {
    if (i < watch.values.size()) {
      if (!value_covers(watch.values[i], seen[i], now.readings[i], harmless, why)) return false;
    } else if (seen[i] != now.readings[i]) {
      why = now.readings[i].name + " has changed";
      return false;
    }
  }
  return true;
}

// Each row that fires now must be covered by a row of its own that was seen: what was asked for one line says
// nothing about a second one. A row that is as it was is covered wherever it stands now; of those that are left
// the order is kept, and the first that covers is taken.
bool Bases::rule_covers(const Watch& watch, const RuleBasis& seen, const std::vector<Row>& rows, Harmless& harmless,
                        std::string& why) {
  std::map<std::string, std::vector<std::size_t>> alike;  // rows that were seen, by what was read; the last first
  for (std::size_t i = seen.rows.size(); i-- > 0;) alike[text_of(seen.rows[i])].push_back(i);
  std::vector<bool> taken(seen.rows.size()), covered(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto same = alike.find(text_of(rows[i].readings));
    if (same == alike.end() || same->second.empty()) continue;
    Harmless none;
    std::string reason;
    if (!row_covers(watch, seen.rows[same->second.back()], rows[i], none, reason)) continue;
    harmless.by_clause = harmless.by_clause || none.by_clause;
    covered[i] = taken[same->second.back()] = true;
    same->second.pop_back();
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string first_why;
    for (; !covered[i] && next < seen.rows.size(); ++next) {
      if (taken[next]) continue;
      Harmless changes;
      std::string reason;
      covered[i] = row_covers(watch, seen.rows[next], rows[i], changes, reason);
      if (covered[i]) harmless.add(changes);
      else if (first_why.empty()) first_why = std::move(reason);
    }
    if (covered[i]) continue;
    if (first_why.empty())
      first_why = rows.size() > seen.rows.size() ? "more lines than before" : "other lines than before";
    why = std::move(first_why);
    return false;
  }
  return true;
}

void Bases::Harmless::add(const Harmless& other) {
  no_worse.insert(no_worse.end(), other.no_worse.begin(), other.no_worse.end());
  allowed.insert(allowed.end(), other.allowed.begin(), other.allowed.end());
  by_clause = by_clause || other.by_clause;
}

std::string Bases::Harmless::text() const {
  std::string words;
  const auto say = [&](const std::vector<std::string>& changes, const char* verdict) {
    if (changes.empty()) return;
    if (!words.empty()) words += "; ";
    for (std::size_t i = 0; i < changes.size(); ++i) words += (i == 0 ? "" : ", ") + changes[i];
    words += verdict;
  };
  say(no_worse, ", which is no worse");
  say(allowed, ", which `reapprove` allows");
  if (!words.empty()) return words;
  return by_clause ? "nothing that `reapprove` looks at has changed" : "nothing that its rules read has changed";
}

Cover Bases::cover(const Basis& seen, std::uint32_t step, std::span<const Reason> reasons) {
  const Reason nobody;
  if (step == whole_quote) reasons = {&nobody, 1};
  Harmless harmless;
  for (const Reason& reason : reasons) {
    const Watch& watch = watch_of(reason.rule, step);
    const std::string name(name_of(reason.rule, step));
    const auto known = std::find_if(seen.rules().begin(), seen.rules().end(),
                                    [&](const RuleBasis& each) { return each.rule == name; });
    const std::string rule = name.empty() ? "" : "`" + name + "`: ";
    if (known == seen.rules().end()) return {false, rule + "it did not ask before"};
    if (known->fingerprint != watch.fingerprint_text) return {false, rule + "its conditions were changed"};
    std::string why;
    std::vector<Row> rows;
    each_row(watch, reason,
             [&](std::uint32_t row, std::vector<Reading> read) { rows.push_back({row, std::move(read)}); });
    const bool covers = rule_covers(watch, *known, rows, harmless, why);
    machine_.forget_approved();
    if (!covers) return {false, rule + why};
  }
  return {true, harmless.text()};
}

}  // namespace assent::eval
