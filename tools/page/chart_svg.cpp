// See chart_svg.h.
#include "tools/page/chart_svg.h"

#include <algorithm>

#include "tools/svg.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr int names_width = 260, bars_width = 420, numbers_width = 110;
constexpr int bar_height = 12, row_height = 34, head_height = 28;
constexpr std::size_t most_cells = 34;  // of a name

int length_of(std::size_t value, std::size_t longest) {
  if (value == 0) return 0;
  return std::max(1, static_cast<int>(value * static_cast<std::size_t>(bars_width) / longest));
}

}  // namespace

std::string chart_svg(const Chart& chart, std::size_t number) {
  std::size_t longest = 1;
  for (const Chart::Bar& bar : chart.bars) longest = std::max({longest, bar.before, bar.after});
  const int width = names_width + bars_width + numbers_width;
  const int height = head_height + static_cast<int>(chart.bars.size()) * row_height;
  const std::string id = "chart-" + std::to_string(number);
  std::string out = "<svg role=\"img\" aria-labelledby=\"" + id + "\" xmlns=\"http://www.w3.org/2000/svg\"" +
                    svg::attribute("width", width) + svg::attribute("height", height) + ">\n<title id=\"" + id + "\">" +
                    xml_text(printable(chart.title)) + "</title>\n" +
                    svg::text("name", 0, 16, xml_text(printable(chart.title))) +
                    svg::rect("before", names_width, 6, bar_height, bar_height) +
                    svg::text("number", names_width + bar_height + 6, 16, "before") +
                    svg::rect("after", names_width + 80, 6, bar_height, bar_height) +
                    svg::text("number", names_width + 80 + bar_height + 6, 16, "after");
  int y = head_height;
  for (const Chart::Bar& bar : chart.bars) {
    out += svg::text("when", 0, y + bar_height + 4, xml_text(shortened(printable(bar.name), most_cells)));
    for (const bool after : {false, true}) {
      const std::size_t value = after ? bar.after : bar.before;
      const int length = length_of(value, longest), top = y + (after ? bar_height + 1 : 0);
      out += svg::rect(after ? "after" : "before", names_width, top, length, bar_height) +
             svg::text("number", names_width + length + 6, top + bar_height - 2, std::to_string(value));
    }
    y += row_height;
  }
  return out + "</svg>\n";
}

}  // namespace assent::command
