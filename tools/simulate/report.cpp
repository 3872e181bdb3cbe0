// See report.h. Of long lists the largest are told to people, all to machines.
#include "tools/simulate/report.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "tools/table.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_shown = 20;

std::string share(std::size_t part, std::size_t whole) {
  if (whole == 0) return "0.0 %";
  const std::size_t tenths = part * 1'000 / whole;
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " %";
}

std::string change(const Tally::Count& count) {
  if (count.after == count.before) return "";
  return count.after > count.before ? '+' + std::to_string(count.after - count.before)
                                    : '-' + std::to_string(count.before - count.after);
}

// What changed most first, then what is largest, then by name.
using Named = std::pair<std::string, Tally::Count>;
std::vector<Named> by_weight(const std::map<std::string, Tally::Count>& counts) {
  std::vector<Named> list(counts.begin(), counts.end());
  const auto moved = [](const Tally::Count& count) {
    return count.after > count.before ? count.after - count.before : count.before - count.after;
  };
  std::stable_sort(list.begin(), list.end(), [&](const Named& a, const Named& b) {
    const auto weight = [&](const Tally::Count& count) {
      return std::pair(moved(count), std::max(count.before, count.after));
    };
    return weight(a.second) > weight(b.second);
  });
  return list;
}

using Path = std::pair<std::pair<std::string, std::string>, std::size_t>;
std::vector<Path> paths_by_count(const Tally& tally) {
  std::vector<Path> list(tally.paths.begin(), tally.paths.end());
  std::stable_sort(list.begin(), list.end(), [](const Path& a, const Path& b) { return a.second > b.second; });
  return list;
}

std::string counts_text(const std::string& what, const std::map<std::string, Tally::Count>& counts,
                        const Style& style) {
  if (counts.empty()) return {};
  Table table({1, 2, 3});
  table.add({what, "before", "after", "change"});
  const std::vector<Named> list = by_weight(counts);
  for (std::size_t i = 0; i < std::min(list.size(), most_shown); ++i) {
    const auto& [name, count] = list[i];
    table.add({printable(name), std::to_string(count.before), std::to_string(count.after), change(count)});
  }
  std::string text = '\n' + table.text(0);
  const std::size_t head = text.find('\n', 1);
  text = '\n' + style.bold(text.substr(1, head - 1)) + text.substr(head);
  if (list.size() > most_shown) text += "and " + std::to_string(list.size() - most_shown) + " more\n";
  return text;
}

std::string paths_text(const Tally& tally, const Style& style) {
  if (tally.paths.empty()) return {};
  std::string text = '\n' + style.bold("paths that change") + '\n';
  const std::vector<Path> list = paths_by_count(tally);
  for (std::size_t i = 0; i < std::min(list.size(), most_shown); ++i)
    text += "  " + std::to_string(list[i].second) + "  " + style.red(printable(list[i].first.first)) + " → " +
            style.green(printable(list[i].first.second)) + '\n';
  std::size_t others = tally.other_paths;
  for (std::size_t i = most_shown; i < list.size(); ++i) others += list[i].second;
  if (others > 0) text += "  " + std::to_string(others) + "  with others\n";
  return text;
}

Json counts_json(const char* what, const std::map<std::string, Tally::Count>& counts) {
  Json list = Json::array();
  for (const auto& [name, count] : counts)
    list.push_back(Json{{what, name}, {"before", count.before}, {"after", count.after}});
  return list;
}

Chart chart_of(const std::string& title, const std::map<std::string, Tally::Count>& counts) {
  Chart chart{title, {}};
  for (const auto& [name, count] : by_weight(counts)) {
    if (chart.bars.size() == most_shown) break;
    chart.bars.push_back({name, count.before, count.after});
  }
  return chart;
}

}  // namespace

// ── as text ──────────────────────────────────────────────────────────────────────────────────
std::string changes_text(const Tally& tally, const Style& style) {
  std::string text = style.bold(std::to_string(tally.differ) + " of " + counted(tally.decided, "quote") +
                                " decided otherwise") +
                     '\n';
  for (const auto& [what, kind] : tally.kinds) {
    text += "  " + std::to_string(kind.count) + "  " + what + '\n';
    for (const Tally::Kind::Example& each : kind.examples) {
      text += "       " + printable(each.quote) + '\n';
      if (!each.before.empty()) text += "         " + style.red("- " + printable(each.before)) + '\n';
      if (!each.after.empty()) text += "         " + style.green("+ " + printable(each.after)) + '\n';
    }
  }
  for (const auto& [step, count] : tally.steps) {
    text += "  " + printable(step);
    if (count.first > 0) text += ", asked in " + std::to_string(count.first) + " more";
    if (count.second > 0) text += ", asked in " + std::to_string(count.second) + " fewer";
    text += '\n';
  }
  return text;
}

std::string tally_text(const Tally& tally, const Style& style) {
  return changes_text(tally, style) + paths_text(tally, style) + counts_text("outcome", tally.outcomes, style) +
         counts_text("rule applies", tally.rules, style) + counts_text("approver asked", tally.approvers, style) +
         counts_text("person asked", tally.people, style);
}

// ── as JSON ──────────────────────────────────────────────────────────────────────────────────
Json changes_json(const Tally& tally) {
  Json kinds = Json::array(), steps = Json::array();
  for (const auto& [what, kind] : tally.kinds) {
    Json examples = Json::array();
    for (const Tally::Kind::Example& each : kind.examples)
      examples.push_back(Json{{"quote", each.quote}, {"before", each.before}, {"after", each.after}});
    kinds.push_back(Json{{"what", what}, {"count", kind.count}, {"examples", std::move(examples)}});
  }
  for (const auto& [step, count] : tally.steps)
    steps.push_back(Json{{"step", step}, {"more", count.first}, {"fewer", count.second}});
  Json json{{"decided", tally.decided}, {"differ", tally.differ}};
  json["kinds"] = std::move(kinds);
  json["steps"] = std::move(steps);
  return json;
}

std::string tally_json(const Tally& tally) {
  Json json = changes_json(tally);
  Json paths = Json::array();
  for (const auto& [path, count] : paths_by_count(tally))
    paths.push_back(Json{{"before", path.first}, {"after", path.second}, {"count", count}});
  json["paths"] = std::move(paths);
  json["other_paths"] = tally.other_paths;
  json["outcomes"] = counts_json("outcome", tally.outcomes);
  json["rules"] = counts_json("rule", tally.rules);
  json["approvers"] = counts_json("approver", tally.approvers);
  json["people"] = counts_json("person", tally.people);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

// ── as a page ────────────────────────────────────────────────────────────────────────────────
Page tally_page(std::string title, const Tally& tally) {
  Page page;
  page.title = std::move(title);
  page.add(Paragraph{std::to_string(tally.differ) + " of " + counted(tally.decided, "quote") +
                     " are decided otherwise: " + share(tally.differ, tally.decided) + '.'});
  page.add(Heading{2, "outcomes", "What comes of the quotes"});
  page.add(chart_of("Outcomes", tally.outcomes));
  if (!tally.kinds.empty()) {
    page.add(Heading{2, "changes", "What changes"});
    PageTable table{"Changes", {"What", "Quotes", "First of them", "Before", "After"}, {}};
    for (const auto& [what, kind] : tally.kinds) {
      bool first = true;
      for (const Tally::Kind::Example& each : kind.examples) {
        table.rows.push_back({first ? what : "", first ? std::to_string(kind.count) : "", each.quote, each.before,
                              each.after});
        first = false;
      }
    }
    page.add(std::move(table));
  }
  if (!tally.paths.empty()) {
    page.add(Heading{2, "paths", "Paths that change"});
    PageTable table{"Paths", {"Before", "After", "Quotes"}, {}};
    for (const auto& [path, count] : paths_by_count(tally)) {
      if (table.rows.size() == most_shown) break;
      table.rows.push_back({path.first, path.second, std::to_string(count)});
    }
    page.add(std::move(table));
  }
  page.add(Heading{2, "load", "Who is asked"});
  if (!tally.approvers.empty()) page.add(chart_of("Quotes for each approver", tally.approvers));
  if (!tally.people.empty()) page.add(chart_of("Quotes for each person", tally.people));
  if (!tally.rules.empty()) {
    page.add(Heading{2, "rules", "Which rules apply"});
    page.add(chart_of("Quotes for each rule", tally.rules));
  }
  return page;
}

}  // namespace assent::command
