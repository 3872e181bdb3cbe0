// Who decides, in which order, and the settings of steps. Entries: the write_ functions and
// Author::path.
#include <algorithm>

#include "tests/property/author.h"

namespace assent::generate {

namespace {

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

// ── approvers and groups ─────────────────────────────────────────────────────────────────────
std::string Author::person_term(bool last) {
  switch (random_.below(6)) {
    case 0: return "role " + in_quotes(role_name(random_));
    case 1: case 2: {
      std::vector<Named> people = matching({}, {Kind::person});
      Shape absent{Kind::person};
      absent.optional = true;
      const std::vector<Named> perhaps = matching({}, absent);
      if (!last) people.insert(people.end(), perhaps.begin(), perhaps.end());
      return random_.pick(people).text;
    }
    case 3: {
      const Kind limit = any_kind({Kind::integer, Kind::percent, Kind::money, Kind::money});
      return "first manager above " + varying({Kind::person}, 1, {}).text + " whose " +
             in_quotes(authority_name(random_)) + " authority covers " + varying({limit}, 2, {}).text;
    }
    case 4:
      if (!approvers_.empty()) return any_of(approvers_);
      [[fallthrough]];
    default: return "person " + in_quotes(person_id(random_));
  }
}

void Author::write_approvers() {
  for (int more = static_cast<int>(random_.between(3, 6)); more > 0; --more) {
    const std::string name = fresh("who");
    std::string text = "approver " + name + title() + " = ";
    for (int terms = chance(40) ? 2 : 1; terms > 0; --terms) {
      text += person_term(terms == 1) + (terms > 1 ? " else " : "");
    }
    line(std::move(text));
    approvers_.push_back(name);
  }
}

// One that is not in `used`, or nothing.
std::string Author::member(std::vector<std::string>& used) {
  std::string text;
  switch (random_.below(5)) {
    case 0: text = "role " + in_quotes(role_name(random_)); break;
    case 1: text = any_of(approvers_); break;
    case 2: text = random_.pick(matching({}, {Kind::person})).text; break;
    default: text = "person " + in_quotes(person_id(random_)); break;
  }
  if (std::find(used.begin(), used.end(), text) != used.end()) return {};
  used.push_back(text);
  return text;
}

void Author::write_groups() {
  for (int more = static_cast<int>(random_.between(1, 3)); more > 0; --more) {
    const std::string name = fresh("group");
    const bool points = chance(20);
    std::vector<std::string> used, members;
    for (std::size_t size = 1 + random_.below(4); members.size() < size;) {
      std::string one = member(used);
      if (one.empty()) break;
      if (points) one += " worth " + std::to_string(random_.between(1, 5));
      members.push_back(std::move(one));
    }
    if (!points && chance(25)) {
      const std::string first = person_id(random_), second = chance(20) ? "nobody" : first == "ann" ? "bo" : "ann";
      const auto is_used = [&](const std::string& id) {
        return std::find(used.begin(), used.end(), "person " + in_quotes(id)) != used.end();
      };
      if (!is_used(first) && !is_used(second)) {
        members.push_back("people " + in_quotes(first) + ", " + in_quotes(second));
      }
    }
    // More than all of a list of people alone would be an error of the author.
    const bool open = std::any_of(used.begin(), used.end(), [](const std::string& one) {
      return !one.starts_with("person ");
    });
    const std::string count = std::to_string(random_.between(1, open ? 3 : 1));
    std::string text = "group " + name + title() + " = ";
    if (points) text += count + " points of ";
    else text += any_of({"any", "all", "majority", count, count, "1%", "50%", "67%", "100%"}) + " of ";
    for (std::size_t i = 0; i < members.size(); ++i) text += (i > 0 ? ", " : "") + members[i];
    std::vector<std::string> vetoes;
    if (chance(30)) text += ", veto " + member(vetoes);
    line(std::move(text));
    groups_.push_back(name);
  }
}

// ── paths ────────────────────────────────────────────────────────────────────────────────────
// Who decides stands mostly in the order of declaration, as in orderings, and a chain once, so that
// circles are rare.
std::string Author::path(int depth, const Scope& scope, std::size_t first) {
  std::vector<std::string> deciders = approvers_;
  deciders.insert(deciders.end(), groups_.begin(), groups_.end());
  std::string text;
  for (int stages = static_cast<int>(random_.between(1, 3)); stages > 0; --stages) {
    for (int branches = chance(25) ? 2 : 1; branches > 0; --branches) {
      const std::size_t kind = random_.below(12);
      if (depth > 0 && kind <= 1) {
        text += "(" + path(depth - 1, scope, first) + ")";
      } else if (kind == 2) {
        text += "person " + in_quotes(person_id(random_));
      } else if (kind == 3) {
        text += "role " + in_quotes(role_name(random_));
      } else if (kind == 4 && !chains_.empty() && (!chained_ || chance(5))) {
        text += any_of(chains_);
        chained_ = true;
      } else {
        first = chance(92) ? first + random_.below(deciders.size() - first) : random_.below(deciders.size());
        text += deciders[first];
      }
      if (branches > 1) text += " and ";
    }
    if (chance(35)) text += " when " + without_brackets(condition(2, scope).text);
    if (stages > 1) text += " then ";
  }
  return text;
}

void Author::write_chains() {
  for (int more = static_cast<int>(random_.between(0, 2)); more > 0; --more) {
    const std::string name = fresh("chain");
    chained_ = chance(60);
    line("chain " + name + title() + " = " + path(1, {}));
    chains_.push_back(name);
  }
}

std::string Author::time() {
  const std::string unit = any_of({"minutes", "hours", "days", "weeks", "months", "business days"});
  std::string text = std::to_string(random_.between(1, 9)) + " " + unit;
  if (unit == "business days" && chance(50)) text += " in " + any_of(calendars_);
  return text;
}

void Author::write_steps() {
  std::vector<std::string> deciders = approvers_;
  deciders.insert(deciders.end(), groups_.begin(), groups_.end());
  for (const std::string& who : deciders) {
    if (!chance(30)) continue;
    std::string text = "step " + who + " {";
    for (int reminders = static_cast<int>(random_.between(0, 2)); reminders > 0; --reminders) {
      text += " remind after " + time() + (chance(50) ? " then every " + time() : "");
    }
    if (chance(40)) text += " escalate to " + any_of(deciders) + " after " + time() + (chance(50) ? " replacing" : "");
    if (chance(40)) text += " expire after " + time() + any_of({"", " as rejected", " as withdrawn"});
    if (chance(20)) text += " approve by silence after " + time();
    if (chance(30)) text += " explicit";
    if (chance(40)) text += any_of({" reject ends", " reject collects", " reject returns to " + any_of(deciders)});
    if (chance(20)) text += any_of({" owner", " submitter", " editor"}) + " may decide";
    line(text + " }");
  }
}

void Author::write_orderings() {
  std::string text = "path {";
  for (int more = static_cast<int>(random_.between(0, 3)); more > 0; --more) {
    std::vector<std::string> named = chance(85) ? rules_ : approvers_;
    if (chance(10)) named.insert(named.begin(), chains_.begin(), chains_.end());
    if (named.size() < 2) continue;
    std::size_t first = random_.below(named.size()), then = random_.below(named.size());
    if (first == then) continue;
    if (first > then && chance(95)) std::swap(first, then);
    const bool turned = chance(30);
    text += "\n  " + named[turned ? then : first] + (turned ? " after " : " before ") + named[turned ? first : then];
  }
  if (chance(40)) text += any_of({"\n  same approver once", "\n  same approver each time"});
  if (!approvers_.empty() && chance(30)) text += "\n  override by " + any_of(approvers_);
  line(text + "\n}");
}

}  // namespace assent::generate
