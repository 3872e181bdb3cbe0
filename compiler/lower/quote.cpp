// What the plan reads of a quote: tables, columns, and the shapes by which ingest finds them in JSON.
//
// A field is looked for in every place that its record's `from` and its own `from` give together;
// make_shapes() turns all places of all columns into one tree of keys.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "compiler/lower/builder.h"

namespace assent::compiler {

using checked::Base;
constexpr std::ptrdiff_t max_keys = plan::max_shape_depth / 2;  // of one field's place; lists in lists add theirs

using Chain = std::vector<std::pair<checked::RecordId, std::uint32_t>>;

Quote::Quote(plan::Plan& plan, Tables& tables, const checked::Policy& policy, Sink& sink)
    : plan_(plan), tables_(tables), policy_(policy), sink_(sink) {
  plan_.tables.push_back({plan::none, tables_.string(""), tables_.string(policy.input_name), plan::none, 0, {}});
  rows_.push_back({policy.input, plan::none, {}, false, {}});
}

std::string Quote::path_of(const Spot& spot) const {
  std::string path;
  for (const auto& [record, field] : spot.chain)
    path += (path.empty() ? "" : ".") + policy_.records[record].fields[field].name;
  return path;
}

plan::Column Quote::column_at(const Spot& spot) {
  plan::Column column{};
  column.table = spot.table;
  column.path = tables_.string(path_of(spot));
  column.fallback = plan::none;
  column.currency = plan::none;
  column.within = plan::none;
  const std::vector<std::string> where = places(spot.table, spot.chain, false);
  column.key = tables_.string(where.empty() ? "" : where[0]);
  return column;
}

std::uint32_t Quote::column(const Spot& spot) {
  const std::string path = path_of(spot);
  const auto [it, fresh] = columns_.try_emplace({spot.table, path}, 0);
  if (!fresh) return it->second;
  plan::Column column = column_at(spot);
  checked::Type type = rows_[spot.table].element;
  if (!spot.chain.empty()) {
    const checked::Field& field = policy_.records[spot.chain.back().first].fields[spot.chain.back().second];
    type = field.type;
    if (field.fallback) column.fallback = tables_.constant(literal_value(policy_, *field.fallback), plan_type(type));
  }
  column.type = plan_type(type);
  column.optional = type.optional;
  column.within = within(spot);
  if (type.base == Base::choice) {
    const checked::Choice& choice = policy_.choices[static_cast<checked::ChoiceId>(type.index)];
    column.choices = static_cast<std::uint32_t>(plan_.choices.size());
    column.choice_count = static_cast<std::uint32_t>(choice.values.size());
    for (const std::string& value : choice.values) plan_.choices.push_back(tables_.string(value));
  }
  if (type.base == Base::money) {
    Chain chain = spot.chain;
    if (!chain.empty()) chain.pop_back();
    column.currency = currency_column(spot.table, std::move(chain));
  }
  const auto id = static_cast<std::uint32_t>(plan_.columns.size());
  plan_.columns.push_back(column);
  columns_[{spot.table, path}] = id;
  placed_.emplace_back(id, spot);
  return id;
}

std::uint32_t Quote::presence(const Spot& spot) {
  const auto [it, fresh] = presences_.try_emplace({spot.table, path_of(spot)}, 0);
  if (!fresh) return it->second;
  plan::Column column = column_at(spot);
  column.type = plan::Type::boolean;
  column.optional = 1;
  it->second = static_cast<std::uint32_t>(plan_.columns.size());
  plan_.columns.push_back(column);
  placed_presences_.emplace_back(it->second, spot);
  return it->second;
}

// Whose quote it is must be known where nobody asks: an owner does not decide on their own quote. Where no
// rule reads it, a quote may leave it out.
std::uint32_t Quote::owner() {
  const std::vector<checked::Field>& fields = policy_.records[policy_.input].fields;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != "owner" || fields[i].type.base != Base::person || fields[i].type.list) continue;
    const bool read = columns_.count({0, fields[i].name}) > 0;
    const std::uint32_t id = column({0, 0, {{policy_.input, i}}});
    if (!read) plan_.columns[id].optional = 1;
    return id;
  }
  return plan::none;
}

// A record read from its owner's own object is there whenever the owner is.
bool Quote::always_there(const Spot& spot) const {
  const std::vector<std::string> where = places(spot.table, spot.chain, false);
  return std::find(where.begin(), where.end(), "") != where.end();
}

// A record that is not optional is there whenever the record around it is.
std::uint32_t Quote::there(Spot spot) {
  for (; !spot.chain.empty(); spot.chain.pop_back()) {
    const checked::Field& field = policy_.records[spot.chain.back().first].fields[spot.chain.back().second];
    if (field.type.optional && !always_there(spot)) return presence(spot);
  }
  return plan::none;
}

std::uint32_t Quote::within(const Spot& spot) {
  Spot around = spot;
  if (!around.chain.empty()) around.chain.pop_back();
  return there(std::move(around));
}

// The field that names the currency: of the record that holds the amount, else of one around it.
std::uint32_t Quote::currency_column(std::uint32_t table, Chain chain) {
  for (;;) {
    const checked::RecordId holder = chain.empty() ? rows_[table].record
        : static_cast<checked::RecordId>(policy_.records[chain.back().first].fields[chain.back().second].type.index);
    const bool record = !chain.empty() || !rows_[table].scalar;
    if (record && policy_.records[holder].money_in) {
      chain.emplace_back(holder, *policy_.records[holder].money_in);
      return column({table, 0, std::move(chain)});
    }
    if (!chain.empty()) {
      chain.pop_back();
    } else {
      if (rows_[table].parent == plan::none) return plan::none;  // refused by the checker
      chain = rows_[table].chain;
      table = rows_[table].parent;
      if (!chain.empty()) chain.pop_back();
    }
  }
}

std::uint32_t Quote::list(const Spot& spot, std::string_view row) {
  const std::string path = path_of(spot);
  const auto [it, fresh] = lists_.try_emplace({spot.table, path}, 0);
  if (!fresh) return it->second;
  const checked::Field& field = policy_.records[spot.chain.back().first].fields[spot.chain.back().second];
  const std::uint32_t around = within(spot);
  std::string whole(table_path(spot.table));
  whole += (whole.empty() ? "" : ".") + path;
  const auto id = static_cast<std::uint32_t>(plan_.tables.size());
  if (id >= plan::max_tables) {
    sink_.report(Code::too_complex, field.span, fmt::format("the policy reads more than {} lists", plan::max_tables));
    return it->second = 0;
  }
  plan_.tables.push_back({spot.table,
                          tables_.string(whole),
                          tables_.string(row),
                          around,
                          static_cast<std::uint8_t>(field.empty_if_missing),
                          {}});
  checked::Type element = field.type;
  element.list = false;
  const bool record = element.base == Base::record;
  rows_.push_back({record ? static_cast<checked::RecordId>(element.index) : checked::RecordId{}, spot.table, spot.chain,
                   !record, element});
  return it->second = id;
}

std::string_view Quote::table_path(std::uint32_t table) const { return plan_.string(plan_.tables[table].path); }

// Every place, as dotted keys from the row's JSON object, where the end of a chain may be found.
// `into`: the record there is entered, so the `from` of its own record type counts too.
std::vector<std::string> Quote::places(std::uint32_t table, const Chain& chain, bool into) const {
  std::vector<std::string> result{""};
  const auto extend = [&](const std::vector<std::string>& parts) {
    if (result.size() * parts.size() > plan::max_places) {
      too_complex(chain, fmt::format("the JSON may have this field in more than {} places", plan::max_places));
      return;
    }
    std::vector<std::string> longer;
    for (const std::string& start : result) {
      for (const std::string& part : parts) {
        longer.push_back(part == "." ? start : start.empty() ? part : start + "." + part);
      }
    }
    result = std::move(longer);
  };
  if (!rows_[table].scalar) extend(policy_.records[rows_[table].record].from);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const checked::Field& field = policy_.records[chain[i].first].fields[chain[i].second];
    extend(field.from);
    const bool last = i + 1 == chain.size();
    if (field.type.base == Base::record && !field.type.list && (!last || into)) {
      extend(policy_.records[static_cast<checked::RecordId>(field.type.index)].from);
    }
  }
  for (const std::string& place : result) {
    if (std::count(place.begin(), place.end(), '.') < max_keys) continue;
    too_complex(chain, fmt::format("the JSON has this field in more than {} objects inside each other", max_keys));
    return {""};
  }
  return result;
}

void Quote::too_complex(const Chain& chain, std::string message) const {
  const Span at = chain.empty() ? Span{} : policy_.records[chain.back().first].fields[chain.back().second].span;
  sink_.report(Code::too_complex, at, std::move(message));
}

// ── shapes ───────────────────────────────────────────────────────────────────────────────────
struct Quote::Shape {
  struct List { std::uint32_t table, scalar; std::unique_ptr<Shape> element; };
  std::map<std::string, std::unique_ptr<Shape>> objects;
  std::vector<std::pair<std::string, std::uint32_t>> presences;
  std::vector<std::pair<std::string, std::uint32_t>> columns;
  std::vector<std::pair<std::string, List>> lists;

  // The shape that holds the last key of a dotted place, and that key.
  std::pair<Shape*, std::string> at(std::string_view place) {
    Shape* shape = this;
    for (std::size_t dot = place.find('.'); dot != std::string_view::npos; dot = place.find('.')) {
      auto& inner = shape->objects[std::string(place.substr(0, dot))];
      if (!inner) inner = std::make_unique<Shape>();
      shape = inner.get();
      place.remove_prefix(dot + 1);
    }
    return {shape, std::string(place)};
  }
};

void Quote::make_shapes() {
  Shape root;
  // A list may be found in several places; each gets its own element shape of the same content.
  std::vector<std::vector<Shape*>> all(plan_.tables.size());
  all[0] = {&root};
  for (std::uint32_t table = 1; table < plan_.tables.size(); ++table) {
    for (Shape* parent : all[rows_[table].parent]) {
      for (const std::string& place : places(rows_[table].parent, rows_[table].chain, false)) {
        auto [shape, key] = parent->at(place);
        Shape::List list{table, plan::none, nullptr};
        if (!rows_[table].scalar) {
          list.element = std::make_unique<Shape>();
          all[table].push_back(list.element.get());
        } else {
          list.scalar = column({table, 0, {}});
        }
        shape->lists.emplace_back(key, std::move(list));
      }
    }
  }
  for (const auto& [id, spot] : placed_) {
    if (rows_[spot.table].scalar) continue;
    for (Shape* row : all[spot.table]) {
      for (const std::string& place : places(spot.table, spot.chain, false)) {
        auto [shape, key] = row->at(place);
        shape->columns.emplace_back(key, id);
      }
    }
  }
  for (const auto& [id, spot] : placed_presences_) {
    for (Shape* row : all[spot.table]) {
      for (const std::string& place : places(spot.table, spot.chain, false)) {
        auto [shape, key] = row->at(place);
        auto& inner = shape->objects[key];
        if (!inner) inner = std::make_unique<Shape>();
        shape->presences.emplace_back(key, id);
      }
    }
  }
  plan_.header.root_shape = write_shape(root);
}

// Inner shapes first, so that a shape names only shapes with smaller ids.
std::uint32_t Quote::write_shape(const Shape& shape) {
  std::vector<plan::Key> keys;
  const auto key = [&](const std::string& name, plan::KeyAction action, std::uint32_t target) {
    plan::Key made{};
    made.name = tables_.string(name);
    made.action = action;
    made.target = target;
    made.shape = plan::none;
    made.scalar = plan::none;
    return made;
  };
  for (const auto& [name, column] : shape.presences) keys.push_back(key(name, plan::KeyAction::presence, column));
  for (const auto& [name, inner] : shape.objects)
    keys.push_back(key(name, plan::KeyAction::object, write_shape(*inner)));
  for (const auto& [name, list] : shape.lists) {
    plan::Key made = key(name, plan::KeyAction::list, list.table);
    made.scalar = list.scalar;
    if (list.element) made.shape = write_shape(*list.element);
    keys.push_back(made);
  }
  for (const auto& [name, column] : shape.columns) keys.push_back(key(name, plan::KeyAction::column, column));
  plan_.shapes.push_back({static_cast<std::uint32_t>(plan_.keys.size()), static_cast<std::uint32_t>(keys.size())});
  plan_.keys.insert(plan_.keys.end(), keys.begin(), keys.end());
  return static_cast<std::uint32_t>(plan_.shapes.size() - 1);
}

}  // namespace assent::compiler
