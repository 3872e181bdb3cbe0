#include "runtime/plan/verify.h"

#include <algorithm>
#include <array>
#include <bit>

#include "runtime/plan/constants.h"
#include "runtime/value/utf8.h"

namespace assent::plan {

namespace {

constexpr std::uint8_t no_table = 0xff;

// The frames that a node's value depends on, and the table that each must stand on.
using Frames = std::array<std::uint8_t, max_frames>;
constexpr Frames no_frames = {no_table, no_table, no_table, no_table, no_table, no_table, no_table, no_table};
bool none_of(const Frames& frames) {
  return std::bit_cast<std::uint64_t>(frames) == std::bit_cast<std::uint64_t>(no_frames);
}
struct Free {
  Frames table;
  std::uint32_t depth;
};

class Verifier {
 public:
  Verifier(const Plan& plan, NodeFacts& facts) : plan_(plan), facts_(facts) {}

  std::string run() {
    strings();
    quote();
    nodes();
    who();
    paths();
    rules();
    orders();
    return wrong_;
  }

 private:
  const Plan& plan_;
  NodeFacts& facts_;
  std::string wrong_;
  std::array<Slice, type_count> constants_of_{};
  std::vector<Free> free_;
  std::vector<std::uint32_t> path_depth_;

  void need(bool good, const char* what, std::size_t index) {
    if (!good) blame(what, index);
  }
  void blame(const char* what, std::size_t index) {
    if (wrong_.empty()) wrong_ = std::string(what) + " " + std::to_string(index) + " is not sound";
  }
  bool string(std::uint32_t id) const { return id < plan_.string_count(); }
  bool string_or_none(std::uint32_t id) const { return id == none || string(id); }
  static bool slice(const Slice& slice, std::size_t size) {
    return slice.first <= size && slice.count <= size - slice.first;
  }
  template <typename Enum> static bool one_of(Enum value, Enum last) { return value <= last; }
  bool type(Type t) const { return static_cast<std::size_t>(t) < type_count; }

  void strings() {
    const auto& starts = plan_.string_starts;
    const bool placed =
        !starts.empty() && starts.back() == plan_.bytes.size() && std::is_sorted(starts.begin(), starts.end());
    need(placed, "string", plan_.string_count());
    for (std::uint32_t i = 0; placed && i < plan_.string_count(); ++i) need(is_utf8(plan_.string(i)), "string", i);
    // Any place is then in a file: lines after the last one's end are of the last.
    need(!plan_.files.empty(), "the list of files", 0);
    for (std::size_t i = 0; i < plan_.files.size(); ++i) {
      const File& file = plan_.files[i];
      need(string(file.path) &&
               (i == 0 ? file.lines_before == 0 : file.lines_before > plan_.files[i - 1].lines_before),
           "file", i);
    }
    for (std::size_t i = 0; i < plan_.constants.size(); ++i) {
      const Constant& c = plan_.constants[i];
      bool good = type(c.type) && c.exponent >= -6000 && c.exponent <= 6000;
      if (is_text(c.type)) good = good && string(c.unit);
      else {  // |coefficient| < 10^34, which all arithmetic relies on
        good = good && (c.wide == 0 || static_cast<std::uint64_t>(c.coefficient) < plan_.wides.size());
        const Int128 value = good ? number_of(plan_, c).coefficient : 0;
        good = good && value < coefficient_limit && value > -coefficient_limit;
        if (c.type == Type::money) {
          for (int shift = 0; shift <= 16; shift += 8)
            good = good && (c.unit >> shift & 0xff) >= 'A' && (c.unit >> shift & 0xff) <= 'Z';
          good = good && c.unit >> 24 == 0;
        } else {
          good = good && c.unit == 0;
        }
      }
      need(good && (i == 0 || constant_before(plan_, plan_.constants[i - 1], c)), "constant", i);
      if (!wrong_.empty()) return;
      Slice& run = constants_of_[static_cast<std::size_t>(c.type)];
      if (run.count++ == 0) run.first = static_cast<std::uint32_t>(i);
    }
  }

  // Constants are sorted by type, so that no constant has to be looked at to know its type.
  bool constants_of(Type type, std::uint32_t id) const {
    const Slice& run = constants_of_[static_cast<std::size_t>(type)];
    return id >= run.first && id - run.first < run.count;
  }

  // A presence is a truth in the row of the table itself.
  bool within(std::uint32_t column, std::uint32_t table) const {
    if (column == none) return true;
    return column < plan_.columns.size() && plan_.columns[column].table == table &&
           plan_.columns[column].type == Type::boolean;
  }

  bool ancestor(std::uint32_t table, std::uint32_t above) const {
    while (table != above && table != 0) table = plan_.tables[table].parent;
    return table == above;
  }

  void quote() {
    need(!plan_.tables.empty() && plan_.tables.size() <= max_tables, "the list of tables", plan_.tables.size());
    for (std::size_t i = 0; i < plan_.tables.size(); ++i) {
      const Table& t = plan_.tables[i];
      const bool good = (i == 0 ? t.parent == none : t.parent < i) && string(t.path) && string(t.row);
      need(good && (i == 0 ? t.within == none : within(t.within, t.parent)), "table", i);
    }
    if (!wrong_.empty()) return;
    for (std::size_t i = 0; i < plan_.columns.size(); ++i) {
      const Column& c = plan_.columns[i];
      bool good = c.table < plan_.tables.size() && string(c.path) && string(c.key) && type(c.type) &&
                  (c.fallback == none || c.fallback < plan_.constants.size()) && c.choices <= plan_.choices.size() &&
                  c.choice_count <= std::min<std::size_t>(max_choices, plan_.choices.size() - c.choices);
      if (good && c.type == Type::money) {
        good = c.currency < plan_.columns.size() && plan_.columns[c.currency].type == Type::currency &&
               plan_.columns[c.currency].table < plan_.tables.size() &&
               ancestor(c.table, plan_.columns[c.currency].table);
      }
      good = good && within(c.within, c.table);
      if (good && c.fallback != none) good = constants_of(c.type, c.fallback);
      need(good, "column", i);
    }
    for (std::size_t i = 0; i < plan_.choices.size(); ++i) need(string(plan_.choices[i]), "choice", i);
    std::vector<std::uint32_t> depth(plan_.shapes.size(), 1);
    for (std::size_t i = 0; i < plan_.shapes.size(); ++i) {  // shapes point to smaller ones: no cycle
      const Shape& s = plan_.shapes[i];
      need(slice({s.first_key, s.key_count}, plan_.keys.size()), "shape", i);
      if (!wrong_.empty()) return;
      for (std::uint32_t k = s.first_key; k < s.first_key + s.key_count; ++k) {
        const Key& key = plan_.keys[k];
        bool good = string(key.name);
        std::uint32_t inner = none;
        switch (key.action) {
          case KeyAction::column: good = good && key.target < plan_.columns.size(); break;
          case KeyAction::presence:
            good = good && key.target < plan_.columns.size() && plan_.columns[key.target].type == Type::boolean;
            break;
          case KeyAction::object:
            inner = key.target;
            good = good && inner < i;
            break;
          case KeyAction::list:
            good = good && key.target > 0 && key.target < plan_.tables.size() &&
                   (key.shape == none) == (key.scalar != none);
            inner = key.shape;
            if (inner != none) good = good && inner < i;
            else good = good && key.scalar < plan_.columns.size() && plan_.columns[key.scalar].table == key.target;
            break;
          default: good = false;
        }
        need(good, "key", k);
        if (!wrong_.empty()) return;
        if (inner != none) depth[i] = std::max(depth[i], depth[inner] + 1);
      }
      need(depth[i] <= max_shape_depth, "shape", i);
    }
    need(plan_.header.root_shape < plan_.shapes.size(), "the root shape", plan_.header.root_shape);
    if (wrong_.empty()) shapes_fit_tables();
  }

  // A key must fill columns and lists of the table whose row it is read for.
  void shapes_fit_tables() {
    std::vector<std::uint32_t> table_of(plan_.shapes.size(), none);
    table_of[plan_.header.root_shape] = 0;
    for (std::size_t i = plan_.shapes.size(); i-- > 0;) {
      if (table_of[i] == none) continue;  // nothing reads it
      const auto give = [&](std::uint32_t shape, std::uint32_t table) {
        need(table_of[shape] == none || table_of[shape] == table, "shape", shape);
        table_of[shape] = table;
      };
      const Shape& s = plan_.shapes[i];
      for (std::uint32_t k = s.first_key; k < s.first_key + s.key_count; ++k) {
        const Key& key = plan_.keys[k];
        switch (key.action) {
          case KeyAction::column:
          case KeyAction::presence: need(plan_.columns[key.target].table == table_of[i], "key", k); break;
          case KeyAction::object: give(key.target, table_of[i]); break;
          case KeyAction::list:
            need(plan_.tables[key.target].parent == table_of[i], "key", k);
            if (key.shape != none) give(key.shape, key.target);
            break;
        }
      }
    }
  }

  bool merge(Free& into, const Free& from) const {
    into.depth = std::max(into.depth, from.depth + 1);
    if (none_of(from.table)) return true;
    for (std::size_t f = 0; f < max_frames; ++f) {
      if (from.table[f] == no_table) continue;
      if (into.table[f] != no_table && into.table[f] != from.table[f]) return false;
      into.table[f] = from.table[f];
    }
    return true;
  }

  bool node(std::size_t i, const Node& n, Free& free) {
    if (static_cast<std::size_t>(n.op) >= op_count || !type(n.type)) return false;
    const auto operand = [&](std::uint32_t id) { return id < i && merge(free, free_[id]); };
    switch (info(n.op).operands) {
      case Operands::leaf:
        if (n.op == Op::constant) return constants_of(n.type, n.a);
        if (n.op != Op::field) return true;
        if (n.a >= plan_.columns.size() || n.b >= max_frames) return false;
        if (n.b == 0) return plan_.columns[n.a].table == 0;
        free.table[n.b] = static_cast<std::uint8_t>(plan_.columns[n.a].table);
        return plan_.columns[n.a].table != 0;
      case Operands::one: return operand(n.a);
      case Operands::two: return operand(n.a) && operand(n.b);
      case Operands::many: {
        if (n.b == 0 || !slice({n.a, n.b}, plan_.operands.size())) return false;
        for (std::uint32_t k = 0; k < n.b; ++k) {
          if (!operand(plan_.operands[n.a + k])) return false;
        }
        return true;
      }
      case Operands::loop: break;
    }
    if (!slice({n.a, 4}, plan_.operands.size()) || n.b == 0 || n.b >= max_frames) return false;
    const std::uint32_t* parts = plan_.operands.data() + n.a;  // where, body, table, owner's frame
    const std::uint32_t table = parts[2];
    if (table == 0 || table >= plan_.tables.size() || parts[3] >= max_frames || parts[3] == n.b) return false;
    const bool bodiless = n.op == Op::count;
    if ((parts[1] == none) != bodiless) return false;
    if (parts[0] != none && !operand(parts[0])) return false;
    if (parts[1] != none && !operand(parts[1])) return false;
    if (free.table[n.b] != no_table && free.table[n.b] != table) return false;
    free.table[n.b] = no_table;  // bound here
    const std::uint32_t parent = plan_.tables[table].parent;
    if (parts[3] == 0) return parent == 0;
    if (parent == 0) return false;
    if (free.table[parts[3]] != no_table && free.table[parts[3]] != parent) return false;
    free.table[parts[3]] = static_cast<std::uint8_t>(parent);
    return true;
  }

  void nodes() {
    if (!wrong_.empty()) return;
    free_.resize(plan_.nodes.size());
    facts_.open.assign(plan_.nodes.size(), 0);
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
      Free& free = free_[i];
      free.table = no_frames;
      free.depth = 1;
      const bool good = node(i, plan_.nodes[i], free) && free.depth <= max_depth;
      need(good, "node", i);
      if (!good) return;
      facts_.open[i] = !none_of(free.table);
    }
    for (std::size_t i = 0; i < plan_.facts.size(); ++i) {
      const bool sorted = i == 0 || plan_.facts[i - 1].node <= plan_.facts[i].node;
      need(sorted && string(plan_.facts[i].name) && closed(plan_.facts[i].node), "fact", i);
    }
  }
  bool closed(std::uint32_t id) const { return id < plan_.nodes.size() && !facts_.open[id]; }
  // May depend on the row of frame 1, which must then stand on `table`.
  bool on_row(std::uint32_t id, std::uint32_t table) const {
    if (id >= plan_.nodes.size()) return false;
    if (!facts_.open[id]) return true;
    for (std::size_t f = 0; f < max_frames; ++f) {
      if (free_[id].table[f] != no_table && (f != 1 || table == none || free_[id].table[f] != table)) return false;
    }
    return true;
  }

  void who() {
    if (!wrong_.empty()) return;
    for (std::size_t i = 0; i < plan_.conducts.size(); ++i) {
      const Conduct& c = plan_.conducts[i];
      need(one_of(c.quorum, QuorumKind::points) && slice(c.vetoes, plan_.members.size()) &&
               slice(c.settings, plan_.settings.size()) && c.settings.count <= max_settings,
           "conduct", i);
    }
    for (std::size_t i = 0; i < plan_.approvers.size(); ++i)
      need(plan_.approvers[i].conduct < plan_.conducts.size(), "approver", i);
    if (!wrong_.empty()) return;
    for (std::size_t i = 0; i < plan_.members.size(); ++i) {
      const Member& m = plan_.members[i];
      bool good = m.weight >= 1 && m.weight <= 1'000'000;
      switch (m.kind) {
        case MemberKind::person: case MemberKind::role: good = good && string(m.who); break;
        case MemberKind::value: good = good && closed(m.who); break;
        case MemberKind::climb:
          good = good && m.who < plan_.climbs.size() && closed(plan_.climbs[m.who].from) &&
                 closed(plan_.climbs[m.who].covers) && string(plan_.climbs[m.who].authority);
          break;
        case MemberKind::approver:
          good = good && m.who < plan_.approvers.size() && plan_.conduct(plan_.approvers[m.who]).group == 0;
          break;
        default: good = false;
      }
      need(good, "member", i);
    }
    for (std::size_t i = 0; i < plan_.calendars.size(); ++i) {
      const Calendar& c = plan_.calendars[i];
      bool good = string(c.name) && slice(c.holidays, plan_.holidays.size()) && c.weekend <= 0x7f;
      if (good)
        good = std::is_sorted(plan_.holidays.begin() + c.holidays.first,
                              plan_.holidays.begin() + c.holidays.first + c.holidays.count);
      need(good, "calendar", i);
    }
    for (std::size_t i = 0; i < plan_.settings.size(); ++i) {
      const Setting& s = plan_.settings[i];
      const auto calendar = [&](std::uint32_t id) { return id == none || id < plan_.calendars.size(); };
      need(one_of(s.kind, SettingKind::editor_may) && type(s.after_unit) && type(s.every_unit) &&
               calendar(s.after_calendar) && calendar(s.every_calendar) &&
               (s.target == none
                    ? s.kind != SettingKind::escalate && s.kind != SettingKind::reject_returns
                    : s.target < plan_.approvers.size()),
           "setting", i);
    }
    std::vector<std::uint32_t> depth(plan_.approvers.size(), 1);
    std::vector<std::uint32_t> size(plan_.approvers.size(), 1);
    for (std::size_t i = 0; i < plan_.approvers.size(); ++i) {
      const Approver& a = plan_.approvers[i];
      bool good = string(a.name) && string(a.title) && slice(a.members, plan_.members.size()) && a.members.count > 0;
      // Approvers name only approvers with smaller ids, so no one is their own member.
      for (const Slice& part : {a.members, plan_.conduct(a).vetoes}) {
        for (std::uint32_t k = 0; good && k < part.count; ++k) {
          const Member& m = plan_.members[part.first + k];
          const bool named = m.kind == MemberKind::approver;
          if (named) good = m.who < i;
          if (good && named) depth[i] = std::max(depth[i], depth[m.who] + 1);
          if (good) size[i] += named ? size[m.who] : 1;
          good = good && depth[i] <= max_approver_depth && size[i] <= max_approver_size;
        }
      }
      need(good, "approver", i);
    }
  }

  void paths() {
    if (!wrong_.empty()) return;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      const Step& s = plan_.steps[i];
      need(string(s.key) && s.approver < plan_.approvers.size(), "step", i);
    }
    path_depth_.assign(plan_.path_count(), 1);
    std::vector<std::uint32_t> size(plan_.path_count(), 1);
    for (std::size_t i = plan_.steps.size(); i < plan_.path_count(); ++i) {
      const PathNode p = plan_.path(static_cast<std::uint32_t>(i));
      bool good = true;
      const auto child = [&](std::uint32_t id) {
        if (id >= i) return false;
        path_depth_[i] = std::max(path_depth_[i], path_depth_[id] + 1);
        size[i] += size[id];
        return size[i] <= max_path_size;
      };
      switch (p.kind) {
        case PathKind::series: case PathKind::parallel:
          good = slice({p.a, p.b}, plan_.path_children.size());
          for (std::uint32_t k = 0; good && k < p.b; ++k) good = child(plan_.path_children[p.a + k]);
          break;
        case PathKind::conditional: good = p.a < plan_.nodes.size() && child(p.b); break;
        default: good = false;
      }
      need(good && path_depth_[i] <= max_path_depth, "path", i);
      if (!wrong_.empty()) return;
    }
    for (std::size_t i = 0; i < plan_.chains.size(); ++i) {
      need(string(plan_.chains[i].name) && slice(plan_.chains[i].steps, plan_.chain_steps.size()), "chain", i);
    }
    for (std::size_t i = 0; i < plan_.chain_steps.size(); ++i)
      need(plan_.chain_steps[i] < plan_.steps.size(), "chain step", i);
    for (std::size_t i = 0; i < plan_.orderings.size(); ++i) {
      const Ordering& o = plan_.orderings[i];
      const auto entity = [&](EntityKind kind, std::uint32_t index) {
        switch (kind) {
          case EntityKind::rule: return index < plan_.rules.size();
          case EntityKind::chain: return index < plan_.chains.size();
          case EntityKind::approver: return index < plan_.approvers.size();
        }
        return false;
      };
      need(entity(o.first_kind, o.first) && entity(o.then_kind, o.then), "ordering", i);
    }
  }

  // The conditions of a path are evaluated on the row of the rule that demands it.
  void mark_path(std::uint32_t root, std::uint32_t table, std::vector<std::uint32_t>& table_of) {
    std::vector<std::uint32_t> open{root};
    while (!open.empty() && wrong_.empty()) {
      const std::uint32_t i = open.back();
      open.pop_back();
      const std::uint32_t mark = table == none ? none - 1 : table;
      if (table_of[i] == mark) continue;
      table_of[i] = mark;
      const PathNode p = plan_.path(i);
      if (p.kind == PathKind::conditional) {
        need(on_row(p.a, table), "path", i);
        open.push_back(p.b);
      } else if (p.kind != PathKind::step) {
        for (std::uint32_t k = 0; k < p.b; ++k) open.push_back(plan_.path_children[p.a + k]);
      }
    }
  }

  bool scope(const Scope& s) const {
    const bool over_rows = s.table != none && s.table > 0 && s.table < plan_.tables.size();
    bool good = string(s.row) && slice(s.reapprovals, plan_.reapprovals.size()) && s.states <= all_states &&
                (s.table == none || (over_rows && plan_.tables[s.table].parent == 0)) &&
                (s.where == none || (s.table != none && on_row(s.where, s.table))) &&
                (s.effective_on == none || closed(s.effective_on));
    for (std::uint32_t k = 0; good && k < s.reapprovals.count; ++k) {
      const Reapproval& again = plan_.reapprovals[s.reapprovals.first + k];
      good = one_of(again.kind, ReapprovalKind::on_change) &&
             (again.kind == ReapprovalKind::always ? again.node == none : on_row(again.node, s.table));
    }
    return good;
  }

  void rules() {
    if (!wrong_.empty()) return;
    for (std::size_t i = 0; i < plan_.scopes.size(); ++i) need(scope(plan_.scopes[i]), "scope", i);
    if (!wrong_.empty()) return;
    std::vector<std::uint32_t> table_of(plan_.path_count(), none);
    for (std::size_t i = 0; i < plan_.rules.size(); ++i) {
      const Rule& r = plan_.rules[i];
      bool good = string(r.name) && string(r.title) && slice(r.consequences, plan_.consequences.size()) &&
                  r.scope < plan_.scopes.size();
      const std::uint32_t table = good ? plan_.scope(r).table : none;
      good = good && on_row(r.condition, table);
      for (std::uint32_t k = 0; good && k < r.consequences.count; ++k) {
        const Consequence& c = plan_.consequences[r.consequences.first + k];
        good = c.band == no_band || c.band < plan_.bands.size();
        if (!good) break;
        const Band band = plan_.band(c);
        good = (band.condition == none || on_row(band.condition, table)) && string_or_none(band.label);
        switch (c.kind) {
          case ConsequenceKind::nothing: break;
          case ConsequenceKind::requires_path:
            good = good && c.target < plan_.path_count();
            if (good) mark_path(c.target, table, table_of);
            break;
          case ConsequenceKind::denies: case ConsequenceKind::warns: good = good && string(c.target); break;
          default: good = false;
        }
      }
      need(good, "rule", i);
      if (!wrong_.empty()) return;
    }
    const Header& h = plan_.header;
    bool good = string(h.name) && string(h.title) && string(h.input) && one_of(h.otherwise, Otherwise::requires_path) &&
                (h.owner == none || (h.owner < plan_.columns.size() && plan_.columns[h.owner].table == 0 &&
                                     plan_.columns[h.owner].type == Type::person)) &&
                (h.override_by == none || h.override_by < plan_.approvers.size());
    if (h.otherwise == Otherwise::requires_path) {
      good = good && h.otherwise_target < plan_.path_count();
      if (good) mark_path(h.otherwise_target, none, table_of);
    } else {
      good = good && (h.otherwise_target == none ? h.otherwise != Otherwise::denies : string(h.otherwise_target));
    }
    need(good, "the header", 0);
  }

  void orders() {
    if (!wrong_.empty()) return;
    need(plan_.orders.size() <= 1, "orders", 1);
    for (const Orders& o : plan_.orders) {
      const bool good = string(o.name) && string(o.title) && string(o.row) && o.table > 0 &&
                        o.table < plan_.tables.size() && plan_.tables[o.table].parent == 0 &&
                        (o.where == none || on_row(o.where, o.table)) && line_roles(o) &&
                        o.contracting <= Contracting::as_one && o.allocation <= Allocation::remainder_to_last &&
                        slice(o.phases, plan_.phases.size()) && o.phases.count == plan_.phases.size() &&
                        o.phases.count > 0 &&
                        slice(o.split_keys, plan_.split_keys.size()) && o.split_keys.count == plan_.split_keys.size();
      need(good, "orders", 0);
      if (!good) return;
      for (std::size_t i = 0; i < plan_.phases.size(); ++i) {
        const Phase& p = plan_.phases[i];
        const bool sound = string(p.name) && string(p.title) && (p.where == none || on_row(p.where, o.table)) &&
                           slice(p.timings, plan_.timings.size());
        need(sound, "phase", i);
        if (sound) timings(o, p, i);
      }
      for (std::size_t i = 0; i < plan_.line_choices.size(); ++i) {
        const LineChoice& choice = plan_.line_choices[i];
        need(choice.kind <= ChoiceKind::no_contract &&
                 (choice.where == none ? choice.kind <= ChoiceKind::no_assets : on_row(choice.where, o.table)),
             "line choice", i);
      }
      for (std::size_t i = 0; i < plan_.split_keys.size(); ++i)
        need(on_row(plan_.split_keys[i], o.table), "split key", i);
    }
    need(!plan_.orders.empty() || (plan_.phases.empty() && plan_.split_keys.empty() && plan_.timings.empty() &&
                                   plan_.line_choices.empty()),
         "orders", 0);
    for (const std::uint32_t key : plan_.same_keys) need(key < plan_.split_keys.size(), "same key", 0);
  }

  bool line_roles(const Orders& o) const {
    for (std::size_t i = 0; i < line_role_count; ++i) {
      const auto role = static_cast<LineRole>(i);
      const std::uint32_t id = o.roles[i];
      if (id == none ? role <= LineRole::amount : !on_row(id, o.table) || !fits(role, plan_.nodes[id].type))
        return false;
    }
    return true;
  }

  // A phase waits for earlier ones only, and so never for itself.
  void timings(const Orders& o, const Phase& p, std::size_t phase) {
    const auto first = plan_.timings.begin() + p.timings.first;
    need(std::is_partitioned(first, first + p.timings.count, [](const Timing& t) { return t.otherwise == 0; }), "phase",
         phase);
    for (std::uint32_t i = p.timings.first; i < p.timings.first + p.timings.count; ++i) {
      const Timing& t = plan_.timings[i];
      need(timing(t, o) && (t.kind != TimingKind::starts_after || t.after < phase), "timing", i);
    }
  }

  bool timing(const Timing& t, const Orders& o) {
    const auto value_of = [&](std::initializer_list<Type> types) {
      return on_row(t.value, o.table) &&
             std::find(types.begin(), types.end(), plan_.nodes[t.value].type) != types.end();
    };
    const bool shared = t.kind <= TimingKind::final_once && t.milestone <= Milestone::accepted &&
                        t.convention <= Convention::modified_preceding && t.otherwise <= 1 &&
                        t.dates <= DatePolicy::clamp && t.proration <= Proration::calendar_monthly_daily &&
                        t.prorated <= 1 && t.recognition <= Recognition::at_end &&
                        (t.when == none || on_row(t.when, o.table)) &&
                        (t.calendar == none || t.calendar < plan_.calendars.size()) &&
                        slice(t.same, plan_.same_keys.size());
    if (!shared) return false;
    switch (t.kind) {
      case TimingKind::starts_on:
      case TimingKind::wanted_on:
      case TimingKind::due_on: return value_of({Type::date});
      case TimingKind::takes: return value_of({Type::days, Type::business_days});
      case TimingKind::starts_after: return t.value == none || value_of({Type::days, Type::business_days});
      case TimingKind::earns: return t.value == none || value_of({Type::date});
      case TimingKind::business_days:
      case TimingKind::dates:
      case TimingKind::final_once: return t.value == none;
    }
    return false;
  }
};

}  // namespace

std::string verify(const Plan& plan, NodeFacts& facts) { return Verifier(plan, facts).run(); }

}  // namespace assent::plan
