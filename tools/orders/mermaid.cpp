// See gantt.h. A task's text begins with its number, and so never with a word of Mermaid's own.
#include <string>
#include <unordered_map>
#include <vector>

#include "tools/orders/gantt.h"
#include "tools/picture.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::size_t name_cells = 40, title_cells = 80;

// A colon would end the text of a task.
std::string escaped(std::string_view text) { return mermaid_text(text, " ,.()/!?-"); }

std::string task(const Order& order, const std::string& number) {
  std::string name = number + ". " + shortened(split_values(order), name_cells);
  name += (order.split.empty() ? "" : ", ") + order.amount + ' ' + order.currency;
  if (order.pending) name += ", not before " + order.starts;
  if (is_late(order)) name += ", " + counted(order.days_late, "day") + " late";
  const std::string crit = is_late(order) || is_too_late(order) ? "crit, " : "";
  const std::string dates = ", " + order.starts + ", " + order.ends + '\n';
  const std::string lines = "  " + escaped(name) + " :" + crit + 'o' + number + dates;
  if (order.due.empty()) return lines;
  return lines + "  " + number + ". due " + order.due + " :" + (is_too_late(order) ? "crit, " : "") + "milestone, d" +
         number + ", " + order.due + ", 1d\n";
}

struct Section {
  std::string name, tasks;
};

}  // namespace

std::string orders_mermaid(const OrderPlan& plan) {
  std::vector<Section> sections;
  std::unordered_map<std::string, std::size_t> section_of;  // by phase
  std::size_t bytes = 0, drawn = 0;
  for (; drawn < plan.orders.size(); ++drawn) {
    const Order& order = plan.orders[drawn];
    const auto [at, fresh] = section_of.try_emplace(order.phase, sections.size());
    const std::string name = escaped(shortened(printable(order.phase.empty() ? plan.name : order.phase), name_cells));
    const std::string lines = task(order, std::to_string(drawn + 1));
    bytes += lines.size() + (fresh ? name.size() + sizeof "  section \n" : 0);
    if (bytes > max_mermaid_bytes) break;
    if (fresh) sections.push_back({name, {}});
    sections[at->second].tasks += lines;
  }
  std::string title = shortened(printable(plan.name), title_cells) + ", " + counted(plan.orders.size(), "order");
  const std::size_t more = plan.orders.size() - drawn;
  if (more > 0) title += ", " + std::to_string(more) + " of them not shown";
  std::string out = "gantt\n  title " + escaped(title);
  out += "\n  dateFormat YYYY-MM-DD\n  axisFormat %Y-%m-%d\n  inclusiveEndDates\n";
  for (const Section& section : sections) out += "  section " + section.name + '\n' + section.tasks;
  return out;
}

}  // namespace assent::command
