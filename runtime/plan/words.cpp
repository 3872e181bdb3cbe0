#include "runtime/plan/words.h"

#include <algorithm>
#include <array>

#include "runtime/plan/constants.h"
#include "runtime/value/value_text.h"

namespace assent::plan {

namespace {

constexpr std::string_view comparisons[] = {" is ", " is not ", " is less than ", " is at most ",
                                            " is more than ", " is at least "};
constexpr std::string_view time_comparisons[] = {" is ", " is not ", " is before ", " is not after ",
                                                 " is after ", " is not before "};
// Of a comparison: with its sides exchanged, and where it does not hold.
constexpr std::size_t mirrored[] = {0, 1, 4, 5, 2, 3};
constexpr std::size_t opposite[] = {1, 0, 5, 4, 3, 2};

// "500000.00 USD": "500,000 USD". Numbers of up to `short_digits` digits stay: 2026 may be a year.
std::string grouped(std::string text, std::size_t short_digits) {
  const std::size_t point = text.find(".00 ");
  if (point != std::string::npos) text.erase(point, 3);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", first), text.size());
  if (end - first <= short_digits) return text;
  for (std::size_t at = end - 3; at > first; at = at > 3 ? at - 3 : 0) text.insert(at, 1, ',');
  return text;
}

// "payment days" of an account is "account payment days".
std::string path_words(std::string path) {
  std::replace(path.begin(), path.end(), '.', ' ');
  return words_of(path);
}

class Speaker {
 public:
  Speaker(const Plan& plan, std::string& out) : plan_(plan), out_(out) { frames_[0] = {0, "quote"}; }

  void stand_on(const OwnRow& row) {
    if (row.table != none) frames_[1] = {row.table, words_of(string(row.name))};
  }

  // `level`: how tightly the surroundings bind; looser operations are bracketed. So is "and" within "or": nobody has to
  // know which of them binds tighter.
  enum Level { loosest, disjunction, conjunction, negation, comparison, sum, product, tightest };

  void say(std::uint32_t id, Level level) {
    if (out_.size() > max_said) return;
    const Node& n = plan_.nodes[id];
    const Fact* fact = n.op == Op::constant || n.op == Op::field ? nullptr : fact_of(plan_, id);
    if (fact != nullptr) out_ += words_of(string(fact->name));
    else say_itself(n, level);
  }

  // As what it is, even where it is the value of a fact.
  void say_itself(const Node& n, Level level) {
    switch (n.op) {
      case Op::constant: constant(plan_.constants[n.a]); break;
      case Op::field:
        field(n);
        if (n.type == Type::boolean && level < sum) out_ += " is yes";
        break;
      case Op::today: out_ += "today"; break;
      case Op::add: bracketed(sum, level, [&] { terms(n); }); break;
      case Op::negate: of("−", n); break;
      case Op::multiply: infix(n, " × ", product, level); break;
      case Op::divide: infix(n, " ÷ ", product, level); break;
      case Op::add_days:
      case Op::add_months:
      case Op::add_minutes: infix(n, " + ", sum, level); break;
      case Op::add_business: bracketed(sum, level, [&] { later(n); }); break;
      case Op::compare: bracketed(comparison, level, [&] { compare(n); }); break;
      case Op::one_of: bracketed(comparison, level, [&] { one_of(n, " is one of "); }); break;
      case Op::starts_with: bracketed(comparison, level, [&] { text_match(n, " starts with "); }); break;
      case Op::ends_with: bracketed(comparison, level, [&] { text_match(n, " ends with "); }); break;
      case Op::contains: bracketed(comparison, level, [&] { text_match(n, " contains "); }); break;
      case Op::present: bracketed(comparison, level, [&] { say(n.a, sum); out_ += " is given"; }); break;
      case Op::fallback: bracketed(loosest, level, [&] { both(n, ", else "); }); break;
      case Op::negation: negated(n, level); break;
      case Op::conjunction: bracketed(conjunction, level, [&] { list(n.a, n.b, " and ", negation); }); break;
      case Op::disjunction: bracketed(disjunction, level, [&] { list(n.a, n.b, " or ", negation); }); break;
      case Op::count: bracketed(loosest, level, [&] { rows(n, "the number of ", false); }); break;
      case Op::sum: aggregate(n, "the sum of ", level); break;
      case Op::minimum: aggregate(n, "the least of ", level); break;
      case Op::maximum: aggregate(n, "the greatest of ", level); break;
      case Op::average: aggregate(n, "the average of ", level); break;
      case Op::distinct: aggregate(n, "the number of different values of ", level); break;
      case Op::any: quantifier(n, "for at least one ", level); break;
      case Op::every: quantifier(n, "for every ", level); break;
      case Op::manager: of("the manager of ", n); break;
      case Op::person_name: of("the name of ", n); break;
      case Op::has_role: bracketed(comparison, level, [&] { both(n, " has the role "); }); break;
      case Op::approved: of("the approved value of ", n); break;
      case Op::round: bracketed(loosest, level, [&] { rounded(n); }); break;
      case Op::convert: bracketed(loosest, level, [&] { both(n, " converted to "); }); break;
      case Op::money: bracketed(loosest, level, [&] { both(n, " in the currency "); }); break;
      case Op::scale: of(n.type == Type::percent ? "the percentage " : "the share ", n); break;
      case Op::absolute: of("the size of ", n); break;
      case Op::amount: of("the amount of ", n); break;
      case Op::currency: of("the currency of ", n); break;
      case Op::year: of("the year of ", n); break;
      case Op::month: of("the month of ", n); break;
      case Op::day: of("the day of the month of ", n); break;
      case Op::date_of: of("the date of ", n); break;
      case Op::length: of("the length of ", n); break;
    }
  }

  // "line of the quote's lines where …", of the rows that a frame stands on, in the list of another one's row.
  void rows(std::uint32_t frame, std::uint32_t owner, std::uint32_t where, bool called) {
    const Table& list = plan_.tables[frames_[frame].table];
    std::string path = string(list.path);
    const std::string outer = list.parent == none ? "" : string(plan_.tables[list.parent].path);
    if (!outer.empty() && path.starts_with(outer + '.')) path.erase(0, outer.size() + 1);
    if (called) out_ += frames_[frame].name + " of ";
    out_ += belonging(owner) + path_words(std::move(path));
    if (where == none) return;
    out_ += " where ";
    say(where, loosest);
  }

 private:
  struct Frame {
    std::uint32_t table = none;
    std::string name;
    bool lettered = false;
  };
  const Plan& plan_;
  std::string& out_;
  std::array<Frame, max_frames> frames_;

  std::string string(std::uint32_t id) const { return std::string(plan_.string(id).substr(0, max_said)); }

  template <typename Body>
  void bracketed(Level own, Level level, Body body) {
    if (own < level) out_ += '(';
    body();
    if (own < level) out_ += ')';
  }

  // "the line", "line B"
  std::string row(std::uint32_t frame) const {
    return (frames_[frame].lettered ? "" : "the ") + frames_[frame].name;
  }
  std::string belonging(std::uint32_t frame) const { return row(frame) + "'s "; }

  void field(const Node& n) {
    const Column& column = plan_.columns[n.a];
    if (frames_[n.b].table == none) frames_[n.b] = {column.table, words_of(string(plan_.tables[column.table].row))};
    const std::string path = string(column.path);
    out_ += path.empty() ? row(n.b) : belonging(n.b) + path_words(path);  // of a list of plain values it is the row
  }
  void constant(const Constant& c) {
    const std::string written = value_text(constant_value(plan_, c), c.type);
    if (is_text(c.type)) out_ += '"' + written + '"';
    else if (c.type == Type::money) out_ += grouped(written, 3);
    else out_ += c.type == Type::integer || c.type == Type::decimal ? grouped(written, 4) : written;
  }
  void list(std::uint32_t first, std::uint32_t count, std::string_view between, Level level) {
    for (std::uint32_t i = 0; i < count && out_.size() <= max_said; ++i) {
      if (i > 0) out_ += between;
      say(plan_.operands[first + i], level);
    }
  }
  void terms(const Node& n) {
    for (std::uint32_t i = 0; i < n.b && out_.size() <= max_said; ++i) {
      const Node& term = plan_.nodes[plan_.operands[n.a + i]];
      const bool minus = i > 0 && term.op == Op::negate;
      if (i > 0) out_ += minus ? " − " : " + ";
      say(minus ? term.a : plan_.operands[n.a + i], product);
    }
  }
  void infix(const Node& n, std::string_view op, Level own, Level level) {
    bracketed(own, level, [&] {
      say(n.a, own);
      out_ += op;
      say(n.b, tightest);
    });
  }
  void of(std::string_view what, const Node& n) {
    out_ += what;
    say(n.a, tightest);
  }
  void both(const Node& n, std::string_view between) {
    say(n.a, sum);
    out_ += between;
    say(n.b, sum);
  }
  void later(const Node& n) {
    both(n, " + ");
    if (n.detail < plan_.calendars.size()) out_ += " in " + words_of(string(plan_.calendars[n.detail].name));
  }
  void rounded(const Node& n) {
    constexpr std::string_view how[] = {" rounded, halves to the even digit, to ", " rounded to ", " rounded up to ",
                                        " rounded down to "};
    both(n, how[n.detail & 3]);
    out_ += " places";
  }
  void text_match(const Node& n, std::string_view verb) {
    both(n, verb);
    if ((n.detail & 1) != 0) out_ += " in any case of letters";
  }
  void one_of(const Node& n, std::string_view is) {
    say(plan_.operands[n.a], sum);
    out_ += is;
    list(n.a + 1, n.b - 1, ", ", sum);
  }
  // What is constant stands last: "5 <= x" is "x is at least 5".
  void compare(const Node& n, bool holds = true) {
    const bool turned = plan_.nodes[n.a].op == Op::constant && plan_.nodes[n.b].op != Op::constant;
    std::size_t sign = std::min<std::size_t>(n.detail & 7, 5);
    if (turned) sign = mirrored[sign];
    if (!holds) sign = opposite[sign];
    const Type type = plan_.nodes[n.a].type;
    const auto& words = type == Type::date || type == Type::instant ? time_comparisons : comparisons;
    say(turned ? n.b : n.a, sum);
    out_ += words[sign];
    say(turned ? n.a : n.b, sum);
    if ((n.detail & ignoring_case) != 0) out_ += " in any case of letters";
  }
  void negated(const Node& outer, Level level) {
    const Node& n = plan_.nodes[outer.a];
    const auto say_not = [&](auto body) { bracketed(comparison, level, body); };
    if (n.op == Op::field) return say_not([&] { field(n); out_ += " is no"; });
    if (fact_of(plan_, outer.a) == nullptr) {
      switch (n.op) {
        case Op::compare: return say_not([&] { compare(n, false); });
        case Op::present: return say_not([&] { say(n.a, sum); out_ += " is not given"; });
        case Op::one_of: return say_not([&] { one_of(n, " is not one of "); });
        case Op::starts_with: return say_not([&] { text_match(n, " does not start with "); });
        case Op::ends_with: return say_not([&] { text_match(n, " does not end with "); });
        case Op::contains: return say_not([&] { text_match(n, " does not contain "); });
        case Op::any: return quantifier(n, "for no ", level);
        default: break;  // is said of the whole
      }
    }
    bracketed(negation, level, [&] { of("not ", outer); });
  }

  // Enters the rows of a loop, under a name that no row around it has.
  void rows(const Node& n, std::string_view what, bool called) {
    out_ += what;
    enter(n);
    const std::uint32_t* parts = plan_.operands.data() + n.a;
    rows(n.b, parts[3], parts[0], called);
  }
  void enter(const Node& n) {
    const std::uint32_t table = plan_.operands[n.a + 2];
    const auto around = std::count_if(frames_.begin(), frames_.begin() + n.b,
                                      [&](const Frame& frame) { return frame.table == table; });
    Frame& own = frames_[n.b];
    own = {table, words_of(string(plan_.tables[table].row)), around > 0};
    if (around > 0) own.name += std::string(" ") + static_cast<char>('A' + around);
  }
  void aggregate(const Node& n, std::string_view what, Level level) {
    bracketed(loosest, level, [&] {
      out_ += what;
      enter(n);
      say(plan_.operands[n.a + 1], sum);
      rows(n, " for each ", true);
    });
  }
  void quantifier(const Node& n, std::string_view how_many, Level level) {
    bracketed(loosest, level, [&] {
      rows(n, how_many, true);
      out_ += ": ";
      say(plan_.operands[n.a + 1], negation);
    });
  }
};

// Cut between two characters.
std::string cut(std::string out) {
  if (out.size() <= max_said) return out;
  std::size_t end = max_said;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xc0) == 0x80) --end;
  return out.substr(0, end) + "…";
}

}  // namespace

std::string say_node(const Plan& plan, std::uint32_t node, const OwnRow& row) {
  std::string out;
  Speaker speaker(plan, out);
  speaker.stand_on(row);
  speaker.say(node, Speaker::loosest);
  return cut(std::move(out));
}

std::string say_value(const Plan& plan, std::uint32_t node) {
  std::string out;
  Speaker(plan, out).say_itself(plan.nodes[node], Speaker::loosest);
  return cut(std::move(out));
}

std::string say_rows(const Plan& plan, const OwnRow& row, std::uint32_t where) {
  std::string out = "each ";
  Speaker speaker(plan, out);
  speaker.stand_on(row);
  speaker.rows(1, 0, where, true);
  return cut(std::move(out));
}

}  // namespace assent::plan
