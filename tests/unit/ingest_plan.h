// A small plan made by hand, for the tests of runtime/ingest: a quote with lines, tags of lines,
// and groups with lines of their own.
//
// Entry: Desk. The JSON that it asks for is `good_quote`.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/ingest/ingest.h"

namespace ingest_test {

using namespace assent;
using plan::Key;
using plan::KeyAction;
using plan::Type;

class PlanMaker {
 public:
  plan::Plan plan;

  PlanMaker() { plan.string_starts.push_back(0); }
  std::uint32_t string(std::string_view text) {
    plan.bytes.insert(plan.bytes.end(), text.begin(), text.end());
    plan.string_starts.push_back(static_cast<std::uint32_t>(plan.bytes.size()));
    return static_cast<std::uint32_t>(plan.string_count() - 1);
  }
  std::uint32_t table(std::uint32_t parent, std::string_view path, bool empty_if_missing) {
    plan.tables.push_back({parent, string(path), string("row"), plan::none, empty_if_missing, {}});
    return static_cast<std::uint32_t>(plan.tables.size() - 1);
  }
  std::uint32_t column(std::uint32_t table, std::string_view path, Type type, bool optional = false,
                       std::uint32_t fallback = plan::none, std::uint32_t currency = plan::none) {
    plan.columns.push_back({table, string(path), fallback, currency, 0, 0, string(path), plan::none, type,
                            optional, {}});
    return static_cast<std::uint32_t>(plan.columns.size() - 1);
  }
  void choices(std::uint32_t column, const std::vector<std::string_view>& names) {
    plan.columns[column].choices = static_cast<std::uint32_t>(plan.choices.size());
    plan.columns[column].choice_count = static_cast<std::uint32_t>(names.size());
    for (const std::string_view name : names) plan.choices.push_back(string(name));
  }
  std::uint32_t constant(Type type, std::int64_t coefficient, std::int32_t exponent = 0,
                         std::uint32_t unit = 0) {
    plan.constants.push_back({coefficient, unit, static_cast<std::int16_t>(exponent), type, 0});
    return static_cast<std::uint32_t>(plan.constants.size() - 1);
  }
  Key cell(std::string_view name, std::uint32_t column) {
    return {string(name), column, plan::none, plan::none, KeyAction::column, {}};
  }
  Key object(std::string_view name, std::uint32_t shape) {
    return {string(name), shape, plan::none, plan::none, KeyAction::object, {}};
  }
  Key list(std::string_view name, std::uint32_t table, std::uint32_t shape) {
    return {string(name), table, shape, plan::none, KeyAction::list, {}};
  }
  Key scalars(std::string_view name, std::uint32_t table, std::uint32_t column) {
    return {string(name), table, plan::none, column, KeyAction::list, {}};
  }
  std::uint32_t shape(const std::vector<Key>& keys) {
    plan.shapes.push_back({static_cast<std::uint32_t>(plan.keys.size()),
                           static_cast<std::uint32_t>(keys.size())});
    plan.keys.insert(plan.keys.end(), keys.begin(), keys.end());
    return static_cast<std::uint32_t>(plan.shapes.size() - 1);
  }
};

inline constexpr std::string_view good_quote = R"({
  "Name": "Q-1", "net/total": 1250.50, "Currency~Code": "USD", "other": [{"x": [null, 1e5]}],
  "account": {"region": "north", "id": 7}, "owner": "ann", "start": "2026-11-23",
  "lines": [
    {"record": {"sku": "A", "quantity": 2, "discount": 12.5, "price": 10.00}, "tags": ["x", "y"]},
    {"record": {"sku": "B", "quantity": 1.0, "discount": null, "price": -3}, "tags": []},
    {"record": {"sku": "C", "quantity": 34}, "discount": 20, "price": 1}
  ],
  "groups": [
    {"currency": "EUR", "lines": []},
    {"currency": "CHF", "lines": [{"price": 5}, {"price": 6}]}
  ]
})";

struct Desk {
  enum Table { quote, lines, tags, groups, group_lines };
  enum Column {
    name, total, currency, region, owner, start, sent, term, urgent, floor, grace, seats, word,
    sku, quantity, discount, price, tag, group_currency, group_price,
  };

  PlanMaker maker;
  Rows rows;
  Problems problems;

  Desk() {
    PlanMaker& m = maker;
    m.table(plan::none, "", false);
    m.table(quote, "lines", false);
    m.table(lines, "lines.tags", true);
    m.table(quote, "groups", true);
    m.table(groups, "groups.lines", false);

    const std::uint32_t usd = assent::currency("USD");
    m.column(quote, "name", Type::text);
    m.column(quote, "net_total", Type::money, false, plan::none, currency);
    m.column(quote, "currency", Type::currency, true);
    m.column(quote, "account.region", Type::choice);
    m.choices(region, {"north", "south"});
    m.column(quote, "owner", Type::person, true);
    m.column(quote, "start", Type::date, true);
    m.column(quote, "sent", Type::instant, true);
    m.column(quote, "term", Type::months, false, m.constant(Type::months, 12));
    m.column(quote, "urgent", Type::boolean, false, m.constant(Type::boolean, 0));
    m.column(quote, "floor", Type::money, false, m.constant(Type::money, -75, -1, usd), currency);
    m.column(quote, "grace", Type::business_days, true);
    m.column(quote, "seats", Type::decimal, true);
    m.column(quote, "word", Type::text, false,
             m.constant(Type::text, 0, 0, m.string("nothing said")));
    m.column(lines, "sku", Type::text);
    m.column(lines, "quantity", Type::integer);
    m.column(lines, "discount", Type::percent, true);
    m.column(lines, "price", Type::money, true, plan::none, currency);
    m.column(tags, "", Type::text);
    m.column(groups, "currency", Type::currency, true);
    m.column(group_lines, "price", Type::money, false, plan::none, group_currency);

    const std::uint32_t record = m.shape({m.cell("sku", sku), m.cell("quantity", quantity),
                                          m.cell("discount", discount), m.cell("price", price)});
    const std::uint32_t line = m.shape({m.object("record", record), m.cell("discount", discount),
                                        m.cell("price", price), m.scalars("tags", tags, tag)});
    const std::uint32_t more = m.shape({m.list("records", lines, line)});
    const std::uint32_t group_line = m.shape({m.cell("price", group_price)});
    const std::uint32_t group = m.shape({m.cell("currency", group_currency),
                                         m.list("lines", group_lines, group_line)});
    const std::uint32_t account = m.shape({m.cell("region", region)});
    m.plan.header.root_shape = m.shape(
        {m.cell("Name", name), m.cell("net/total", total), m.cell("Currency~Code", currency),
         m.object("account", account), m.cell("owner", owner), m.cell("start", start),
         m.cell("sent", sent), m.cell("term", term), m.cell("urgent", urgent),
         m.cell("floor", floor), m.cell("grace", grace), m.cell("seats", seats),
         m.cell("word", word), m.list("lines", lines, line), m.object("Lines__r", more),
         m.list("groups", groups, group)});
  }

  ingest::QuoteReader reader(std::size_t bytes = 1u << 26, std::size_t most_rows = 1000) {
    return ingest::QuoteReader(maker.plan, bytes, most_rows, std::size_t{1} << 30);
  }
  const Value& at(Column column, std::size_t row = 0) const { return rows.columns[column][row]; }

  // "where: message" of each problem.
  std::string complaints() const {
    std::string all;
    for (const Problem& problem : problems) all += problem.where + ": " + problem.message + "\n";
    return all;
  }
};

// good_quote with the one place where it says `from` changed to `to`.
inline std::string changed(std::string_view from, std::string_view to) {
  std::string json(good_quote);
  const std::size_t at = json.find(from);
  if (at == std::string::npos || json.find(from, at + 1) != std::string::npos) std::abort();
  return json.replace(at, from.size(), to);
}

}  // namespace ingest_test
