// See gantt.h. From back to front: rows and axis, arrows, then each order in its row. How wide a text is depends
// on the reader's font, and is estimated.
#include "tools/orders/gantt.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/instant.h"
#include "tools/orders/gantt_style.h"
#include "tools/orders/text.h"
#include "tools/orders/time_axis.h"
#include "tools/svg.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using svg::Pen;

constexpr int width = 1300, label_width = 376, margin = 24;
constexpr int head_height = 122, row_height = 44, foot_height = 58, count_height = 30;
constexpr int bar_height = 18, above_bar = (row_height - bar_height) / 2, corner = 3;
constexpr int least_bar = 4;  // of a day among thousands
constexpr int open_end = 20;  // what follows a bar that has no end
constexpr int into_bar = 6;   // where an arrow leaves and enters
constexpr int mark_size = 6;
constexpr int cell_width = 7;  // of a note
constexpr int gap = 10;        // between a bar and its notes
constexpr int heading_width = 64;
constexpr std::size_t label_cells = 36, title_cells = 90, tooltip_cells = 200;

struct Bar {
  int left = 0, right = 0, top = 0;

  int middle() const { return top + bar_height / 2; }
  int bottom() const { return top + bar_height; }
};

// A text beside a bar, and how wide it is.
struct Note {
  std::string inner;
  std::size_t cells = 0;

  int width() const { return static_cast<int>(cells) * cell_width; }
  void add(std::string_view text, std::string_view look = {}) {
    const std::string shown = xml_text(text);
    inner += (cells > 0 ? ", " : "") + (look.empty() ? shown : svg::span(look, shown));
    cells += (cells > 0 ? 2 : 0) + command::cells(text);
  }
  void add(const Note& other) {
    if (other.cells == 0) return;
    inner += (cells > 0 ? ", " : "") + other.inner;
    cells += (cells > 0 ? 2 : 0) + other.cells;
  }
};

// A bar with what is left and right of it, and where there is room for a note.
struct Sides {
  struct Mark {
    int left = 0, right = 0;
  };
  int left = 0, right = 0;
  std::vector<Mark> marks;  // two at the most

  int after(int wide) const {
    int x = right + gap;
    for (std::size_t again = 0; again < marks.size(); ++again)
      for (const Mark& mark : marks)
        if (mark.right + gap > x && mark.left < x + wide + gap) x = mark.right + gap;
    return x;
  }
  int before(int wide) const {
    int x = left - gap;
    for (std::size_t again = 0; again < marks.size(); ++again)
      for (const Mark& mark : marks)
        if (mark.left - gap < x && mark.right > x - wide - gap) x = mark.left - gap;
    return x;
  }
};

std::int32_t day(const std::string& date) { return day_named(date).value(); }

std::string period(const std::string& from, const std::string& to) { return from == to ? from : from + " – " + to; }

// "7 orders · 2026-06-05 – 2026-10-05 · planned on 2026-03-16 · 1 later than wanted".
std::string summary(const OrderPlan& plan) {
  std::vector<std::string> parts{counted(plan.orders.size(), "order")};
  if (!plan.orders.empty()) {
    const auto earlier = [](const Order& a, const Order& b) { return a.starts < b.starts; };
    const auto ends_before = [](const Order& a, const Order& b) { return a.ends < b.ends; };
    parts.push_back(period(std::min_element(plan.orders.begin(), plan.orders.end(), earlier)->starts,
                           std::max_element(plan.orders.begin(), plan.orders.end(), ends_before)->ends));
  }
  parts.push_back("planned on " + plan.planned_on);
  const auto late = std::count_if(plan.orders.begin(), plan.orders.end(), is_late);
  const auto too_late = std::count_if(plan.orders.begin(), plan.orders.end(), is_too_late);
  if (late > 0) parts.push_back(std::to_string(late) + " later than wanted");
  if (too_late > 0) parts.push_back(std::to_string(too_late) + " later than due");
  return joined(parts, " · ");
}

// "equipment · SOUTH · 2026-05-04".
std::string label_of(const Order& order) {
  if (order.phase.empty() || order.split.empty()) return order.split.empty() ? order_name(order) : split_values(order);
  return printable(order.phase) + " · " + split_values(order);
}

std::string amount_of(const Order& order) {
  return order.amount + ' ' + order.currency + " · " + counted(order.items.size(), "item");
}

std::string tooltip(const Order& order) {
  std::vector<std::string> lines = order_dates(order, {});
  lines.insert(lines.begin(), order_name(order));
  lines.push_back(amount_of(order) + " · key " + order.key);
  for (std::string& each : lines) each = shortened(each, tooltip_cells);
  return "<title>" + xml_text(joined(lines, "\n")) + "</title>\n";
}

Note dates_note(const Order& order) {
  Note note;
  note.add((order.pending ? "not before " : "") + period(order.starts, order.ends));
  if (is_late(order)) note.add(counted(order.days_late, "day") + " late", "late");
  if (is_too_late(order)) note.add("due " + order.due, "missed");
  return note;
}

Note lags_note(const Order& order) {
  Note note;
  for (const OrderWait& wait : order.waits)
    if (wait.orders > 0 && !wait.lag.empty()) note.add('+' + wait.lag);
  return note;
}

// The shapes that the legend explains.
std::string firm_bar(std::string_view colour, int x, int y, int wide) {
  return svg::rect("bar " + std::string(colour), x, y, wide, bar_height, corner);
}

std::string open_bar(std::string_view colour, int x, int y, int wide) {
  const auto look = [colour](std::string_view shape) { return std::string(shape) + ' ' + std::string(colour); };
  const int right = x + wide, middle = y + bar_height / 2, reach = right + mark_size;
  std::string out = svg::rect(look("open"), x, y, wide, bar_height);
  out += svg::rect("hatched", x, y, wide, bar_height);
  const Pen outline = Pen().from(reach, y).across_to(x).up_or_down_to(y + bar_height).across_to(reach);
  out += svg::path(look("edge"), outline);
  for (const int each : {reach + 3, reach + 8})
    out += svg::path(look("onward"), Pen().from(each, middle - 5).by(5, 5).by(-5, 5));
  return out;
}

std::string wish(std::string_view look, int x, int y) {
  constexpr int size = mark_size;
  return svg::path("mark " + std::string(look),
                   Pen().from(x, y - size).by(size, size).by(-size, size).by(-size, -size).close());
}

std::string deadline(std::string_view look, int x, int y) {
  const std::string more(look);
  return svg::path("mark " + more, Pen().from(x, y - 6).by(9, 4).by(-9, 4).close()) +
         svg::path("pole " + more, Pen().from(x, y - 6).up_or_down_to(y + bar_height + 6));
}

std::string arrow(const Pen& pen) { return svg::path("arrow", pen, " marker-end=\"url(#assent-orders-tip)\""); }

class Chart {
 public:
  explicit Chart(const OrderPlan& plan)
      : plan_(plan), orders_(std::span(plan.orders).first(std::min(plan.orders.size(), max_rows))) {
    std::int32_t first = orders_.empty() ? day(plan.planned_on) : day(orders_[0].starts), last = first;
    for (const Order& order : orders_) {
      row_of_.emplace(order.key, row_of_.size());
      colour_of_.try_emplace(order.phase, "p" + std::to_string(colour_of_.size() % phase_colours));
      for (const std::string* date : {&order.starts, &order.ends, &order.wanted, &order.due}) {
        if (date->empty()) continue;
        first = std::min(first, day(*date));
        last = std::max(last, day(*date));
      }
    }
    axis_ = TimeAxis::around(first, last, label_width, width - margin - label_width);
  }

  std::string draw() const {
    std::string out = head();
    out += background();
    for (std::size_t i = 0; i < orders_.size(); ++i) out += arrows(i);
    for (std::size_t i = 0; i < orders_.size(); ++i) out += row(i);
    return out + foot() + "</svg>\n";
  }

 private:
  const OrderPlan& plan_;
  std::span<const Order> orders_;  // that are drawn
  TimeAxis axis_;
  std::unordered_map<std::string_view, std::size_t> row_of_;     // by key
  std::unordered_map<std::string_view, std::string> colour_of_;  // by phase

  static int top(std::size_t row) { return head_height + static_cast<int>(row) * row_height; }
  int bottom() const { return top(orders_.size()); }
  bool is_cut() const { return orders_.size() < plan_.orders.size(); }
  int height() const { return bottom() + foot_height + (is_cut() ? count_height : 0); }
  int end_of(const std::string& date) const { return axis_.at(day(date) + 1); }

  Bar bar(std::size_t row) const {
    const int left = axis_.at(day(orders_[row].starts));
    return {left, std::max(end_of(orders_[row].ends), left + least_bar), top(row) + above_bar};
  }

  // ── what does not depend on the orders ──────────────────────────────────────────────────────
  std::string head() const {
    const std::string name = xml_text(shortened(printable(plan_.name), title_cells)), sum = xml_text(summary(plan_));
    const std::string size = std::to_string(width) + ' ' + std::to_string(height());
    std::string out = R"(<svg xmlns="http://www.w3.org/2000/svg" class="assent-orders" role="img" )";
    out += R"(aria-labelledby="assent-orders-title assent-orders-desc" viewBox="0 0 )" + size + '"';
    out += svg::attribute("width", width) + svg::attribute("height", height()) + ">\n";
    out += "<title id=\"assent-orders-title\">" + name + "</title>\n";
    out += "<desc id=\"assent-orders-desc\">" + sum + "</desc>\n" + std::string(gantt_style) + "<defs>\n";
    out += R"(<clipPath id="assent-orders-labels">)" + svg::rect("label", 0, 0, label_width - gap, height()) +
           "</clipPath>\n";
    out += R"(<pattern id="assent-orders-hatches" width="6" height="6" patternUnits="userSpaceOnUse" )"
           R"x(patternTransform="rotate(45)">)x" +
           svg::rect("hatch", 0, 0, 3, 6) + "</pattern>\n";
    out += R"(<marker id="assent-orders-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" )"
           R"(markerUnits="userSpaceOnUse" orient="auto">)" +
           svg::path("tip", Pen().from(0, 0).by(8, 4).by(-8, 4).close()) + "</marker>\n</defs>\n";
    out += svg::rect("paper", 0, 0, width, height());
    return out + svg::text("title", margin, 40, name) + svg::text("dim", margin, 62, sum);
  }

  std::string background() const {
    const int ticks_top = head_height - 26, headings_top = ticks_top - 20;
    std::string out;
    for (std::size_t i = 0; i < orders_.size(); i += 2) out += svg::rect("band", 0, top(i), width, row_height);
    for (const AxisTick& each : axis_.ticks()) {
      const int x = axis_.at(each.day);
      out += svg::path("grid", Pen().from(x, ticks_top + 4).up_or_down_to(bottom()));
      out += svg::text("dim", x + 4, ticks_top + 16, each.label);
    }
    const std::vector<AxisTick> headings = axis_.heading();
    for (std::size_t i = 0; i < headings.size(); ++i) {
      const int x = axis_.at(headings[i].day);
      if (i > 0) out += svg::path("rule", Pen().from(x, headings_top).up_or_down_to(bottom()));
      const int next = i + 1 < headings.size() ? axis_.at(headings[i + 1].day) : width;
      if (next - x >= heading_width) out += svg::text("heading", x + 4, headings_top + 14, headings[i].label);
    }
    return out + svg::path("rule", Pen().from(0, head_height).across_to(width)) +
           svg::path("rule", Pen().from(0, bottom()).across_to(width));
  }

  std::string foot() const {
    std::string out;
    int x = margin, y = bottom() + 20;
    if (is_cut()) {
      const std::size_t more = plan_.orders.size() - orders_.size();
      const std::string are = more == 1 ? " is" : " are";
      out += svg::text("name", margin, y + 13, counted(more, "more order") + are + " not shown");
      y += count_height;
    }
    const auto explain = [&](const std::string& shape, int wide, std::string_view inner) {
      out += shape + svg::text("dim", x + wide + 8, y + 13, inner);
      x += wide + 32 + static_cast<int>(cells(inner)) * cell_width;
    };
    explain(firm_bar("p0", x, y, 32), 32, "from start to delivery");
    explain(open_bar("p0", x, y, 32), 32 + open_end, "not before: it waits for what nobody knows the day of");
    explain(wish("", x + mark_size, y + bar_height / 2), 2 * mark_size, "wanted");
    explain(deadline("", x, y), 9, "due");
    explain(arrow(Pen().from(x, y + bar_height / 2).by(32, 0)), 32, "is waited for");
    return out;
  }

  // ── what does ───────────────────────────────────────────────────────────────────────────────
  // From what ends, or starts, along the rows' edge, then into the start of what waits for it.
  std::string arrows(std::size_t row) const {
    std::string out;
    const Bar to = bar(row);
    for (const OrderWait& wait : orders_[row].waits) {
      const auto found = row_of_.find(wait.last);
      if (found == row_of_.end()) continue;  // there is none, or it is not drawn
      const Bar from = bar(found->second);
      const bool down = row > found->second;
      const int inside = std::min(into_bar, (from.right - from.left) / 2);
      Pen pen;
      const int leaves = wait.milestone == "activated" ? from.left + inside : from.right - inside;
      pen.from(leaves, down ? from.bottom() : from.top);
      pen.up_or_down_to(top(found->second) + (down ? row_height : 0));
      pen.across_to(to.left + std::min(into_bar, (to.right - to.left) / 2));
      out += arrow(pen.up_or_down_to(down ? to.top : to.bottom()));
    }
    return out;
  }

  std::string row(std::size_t row) const {
    const Order& order = orders_[row];
    const Bar place = bar(row);
    const std::string colour = is_too_late(order) ? "missed" : colour_of_.at(order.phase);
    std::string out = "<g>\n" + tooltip(order);
    out += svg::text("number", margin + 24, place.top + 7, std::to_string(row + 1));
    out += svg::rect("bar " + colour_of_.at(order.phase), margin + 34, place.top - 3, 10, 10, corner);
    out += svg::text("name", margin + 52, place.top + 7, xml_text(shortened(label_of(order), label_cells)));
    out += svg::text("amount", margin + 52, place.top + 24, xml_text(shortened(amount_of(order), label_cells)));
    out += order.pending ? open_bar(colour, place.left, place.top, place.right - place.left)
                         : firm_bar(colour, place.left, place.top, place.right - place.left);
    Sides sides{place.left, place.right + (order.pending ? open_end : 0), {}};
    if (!order.due.empty()) {
      const int x = end_of(order.due);
      out += deadline(is_too_late(order) ? "missed" : "", x, place.top);
      sides.marks.push_back({x, x + 9});
    }
    if (!order.wanted.empty()) {
      const int x = end_of(order.wanted);
      const Pen delay = Pen().from(x, place.middle()).across_to(place.left);
      if (is_late(order) && x < place.left) out += svg::path("delay late", delay);
      out += wish(is_late(order) ? "late" : "", x, place.middle());
      sides.marks.push_back({x - mark_size, x + mark_size});
    }
    return out + notes(order, sides, place.middle() + 4) + "</g>\n";
  }

  // Dates on the right, lags on the left; all on one side where the other has no room, and on the bar where none has.
  static std::string notes(const Order& order, const Sides& sides, int y) {
    Note after = dates_note(order), before = lags_note(order);
    if (sides.after(after.width()) + after.width() > width - margin) {
      before.add(after);
      after = {};
    } else if (sides.before(before.width()) - before.width() < label_width) {
      after.add(before);
      before = {};
    }
    std::string out;
    if (after.cells > 0) out += svg::text("note", sides.after(after.width()), y, after.inner);
    if (before.cells == 0) return out;
    const int x = sides.before(before.width());
    if (x - before.width() < label_width) return out + svg::text("note", sides.left + gap, y, before.inner);
    return out + svg::text("note before", x, y, before.inner);
  }
};

}  // namespace

std::string split_values(const Order& order) {
  std::vector<std::string> values;
  for (const SplitValue& each : order.split) values.push_back(split_text(each.value));
  return joined(values, " · ");
}

std::string orders_svg(const OrderPlan& plan) { return Chart(plan).draw(); }

}  // namespace assent::command
