// Types, records, enumerations and calendars. Entries: Checker::check_records, Checker::resolve.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

namespace {

using checked::Base;

struct BuiltinType { std::string_view name; Base base; };
constexpr BuiltinType builtin_types[] = {
    {"Bool", Base::boolean}, {"Integer", Base::integer}, {"Decimal", Base::decimal}, {"Percent", Base::percent},
    {"Money", Base::money},  {"Text", Base::text},       {"Currency", Base::currency}, {"Date", Base::date},
    {"Instant", Base::instant}, {"Days", Base::days},    {"Months", Base::months},
    {"BusinessDays", Base::business_days}, {"Minutes", Base::minutes}, {"Person", Base::person},
};

constexpr std::string_view weekdays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

std::optional<std::size_t> weekday_of(std::string_view name) {
  const auto* found = std::find(std::begin(weekdays), std::end(weekdays), name);
  if (found == std::end(weekdays)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(weekdays));
}

}  // namespace

plan::Type plan_type(const checked::Type& type) {
  switch (type.base) {
    case Base::boolean: return plan::Type::boolean;
    case Base::integer: return plan::Type::integer;
    case Base::percent: return plan::Type::percent;
    case Base::money: return plan::Type::money;
    case Base::text: return plan::Type::text;
    case Base::currency: return plan::Type::currency;
    case Base::date: return plan::Type::date;
    case Base::instant: return plan::Type::instant;
    case Base::days: return plan::Type::days;
    case Base::months: return plan::Type::months;
    case Base::business_days: return plan::Type::business_days;
    case Base::minutes: return plan::Type::minutes;
    case Base::person: return plan::Type::person;
    case Base::choice: return plan::Type::choice;
    case Base::decimal: case Base::unknown: case Base::record: break;
  }
  return plan::Type::decimal;
}

std::string type_name(const checked::Policy& policy, const checked::Type& type) {
  std::string name;
  if (type.base == Base::unknown) name = "an unknown type";
  else if (type.base == Base::record) name = policy.records[static_cast<checked::RecordId>(type.index)].name;
  else if (type.base == Base::choice) {
    const checked::Choice& choice = policy.choices[static_cast<checked::ChoiceId>(type.index)];
    name = choice.name;
    if (name.empty()) {
      name = "one of ";
      for (std::size_t i = 0; i < choice.values.size(); ++i)
        name += fmt::format("{}\"{}\"", i > 0 ? ", " : "", choice.values[i]);
    }
  } else {
    for (const BuiltinType& builtin : builtin_types) {
      if (builtin.base == type.base) name = builtin.name;
    }
  }
  if (type.list) name = "list of " + name;
  if (type.optional) name += "?";
  return name;
}

checked::Type Checker::choice_type(std::string name, const std::vector<ast::Word>& values, Span at) {
  checked::Choice choice{std::move(name), {}, at};
  std::unordered_set<std::string>& known = choice_values_.emplace_back();
  for (const ast::Word& value : values) {
    if (!known.insert(value.text).second) {
      sink_.report(Code::doubled_name, value.span, fmt::format("\"{}\" is listed twice", value.text));
      continue;
    }
    choice.values.push_back(value.text);
  }
  if (values.size() > plan::max_choices)
    sink_.report(Code::too_complex, values[plan::max_choices].span,
                 fmt::format("the enumeration has more than {} values", plan::max_choices));
  Type type{Base::choice};
  type.index = static_cast<std::uint32_t>(policy_.choices.add(std::move(choice)));
  return type;
}

checked::Type Checker::resolve(std::size_t module, const ast::TypeName& name) {
  Type type;
  if (!name.choices.empty()) {
    type = choice_type({}, name.choices, name.span);
  } else {
    const auto* builtin = name.name.parts.size() != 1 ? std::end(builtin_types)
        : std::find_if(std::begin(builtin_types), std::end(builtin_types),
                       [&](const BuiltinType& each) { return each.name == name.name.parts[0].text; });
    const Symbol* symbol = find(module, Space::type, name.name, false);
    if (symbol != nullptr) {
      find(module, Space::type, name.name, true);  // says so if it is ambiguous
      refer(name.name, *symbol);
      type.base = symbol->kind == Symbol::Kind::record ? Base::record : Base::choice;
      type.index = symbol->index;
    } else if (builtin != std::end(builtin_types)) {
      type.base = builtin->base;
    } else if (!may_be_lost(name.name.parts.empty() ? std::string_view{} : name.name.parts.back().text)) {
      std::vector<std::string_view> names = visible(module, Space::type);
      for (const BuiltinType& each : builtin_types) names.push_back(each.name);
      Report& report =
          sink_.report(Code::unknown_type, name.name.span, fmt::format("there is no type `{}`", text(name.name.span)));
      if (const auto near = meant(text(name.name.span), names)) report.help(fmt::format("did you mean `{}`?", *near));
    }
  }
  type.list = name.list;
  type.optional = name.optional;
  if (type.list && type.optional) {
    sink_.report(Code::type_mismatch, name.span, "a list cannot be optional")
        .help("an empty list says it: write `else empty`");
    type.optional = false;
  }
  return type;
}

void Checker::check_records() {
  record_fields_.resize(policy_.records.size());
  for (std::size_t i = 0; i < pending_records_.size(); ++i) {
    const auto record = static_cast<checked::RecordId>(i);
    const ast::RecordDecl& decl = *pending_records_[i].decl;
    for (const ast::Word& from : decl.from) policy_.records[record].from.push_back(from.text);
    if (decl.from.empty()) policy_.records[record].from.emplace_back(".");
    add_fields(pending_records_[i].module, record, decl.fields);
  }
  each_item<ast::ExtendDecl>([&](std::size_t module, const ast::Item&, const ast::ExtendDecl& decl) {
    const Symbol* symbol = find(module, Space::type, decl.record);
    if (symbol == nullptr) return;
    refer(decl.record, *symbol);
    if (symbol->kind != Symbol::Kind::record) {
      sink_.report(Code::wrong_kind, decl.record.span,
                   fmt::format("`{}` is an enumeration, not a record", text(decl.record.span)));
      return;
    }
    add_fields(module, id<checked::RecordId>(*symbol), decl.fields);
  });
  for (std::size_t i = 0; i < pending_records_.size(); ++i) {
    const ast::RecordDecl& decl = *pending_records_[i].decl;
    if (!decl.money_in) continue;
    checked::Record& record = policy_.records.items[i];
    const auto index = field_index(static_cast<checked::RecordId>(i), decl.money_in->text);
    if (!index) {
      sink_.report(Code::unknown_field, decl.money_in->span,
                   fmt::format("`{}` has no field `{}`", record.name, decl.money_in->text));
    } else if (const checked::Field& field = record.fields[*index]; field.type != Type{Base::currency}) {
      sink_
          .report(Code::type_mismatch, decl.money_in->span,
                  fmt::format("`{}` is {}, not Currency", field.name, name_of(field.type)))
          .label(field.span, "declared here");
    } else {
      refer(decl.money_in->span, decl.money_in->text, Reference::Kind::field, field.span);
      record.money_in = *index;
    }
  }
  check_record_cycles();
  each_item<ast::InputDecl>([&](std::size_t module, const ast::Item&, const ast::InputDecl& decl) {
    const Symbol* symbol = find(module, Space::type, decl.type);
    if (symbol == nullptr) return;
    refer(decl.type, *symbol);
    if (symbol->kind != Symbol::Kind::record) {
      sink_.report(Code::wrong_kind, decl.type.span, "the input must be a record");
      return;
    }
    policy_.input = id<checked::RecordId>(*symbol);
    input_known_ = true;
    check_money(policy_.input, false);
  });
}

// Money needs a currency: the record's own, or that of a record around it. Depth is bounded by
// check_record_cycles.
void Checker::check_money(checked::RecordId id, bool covered) {
  const checked::Record& record = policy_.records[id];
  covered = covered || record.money_in.has_value();
  if (!money_checked_.insert({id, covered}).second) return;
  for (const checked::Field& field : record.fields) {
    if (field.type.base == Base::money && !covered) {
      sink_.report(Code::type_mismatch, field.span, fmt::format("nothing says in which currency `{}` is", field.name))
          .label(record.span, "this record, and none around it, names a field")
          .help(fmt::format("add a field `currency: Currency`, and write `record {} money in currency`", record.name));
    }
    if (field.type.base == Base::record) check_money(static_cast<checked::RecordId>(field.type.index), covered);
  }
}

std::optional<std::uint32_t> Checker::field_index(checked::RecordId record, const std::string& name) const {
  const auto& fields = record_fields_[static_cast<std::size_t>(record)];
  const auto it = fields.find(name);
  return it == fields.end() ? std::nullopt : std::optional(it->second);
}

void Checker::add_fields(std::size_t module, checked::RecordId record, const std::vector<ast::FieldDecl>& fields) {
  for (const ast::FieldDecl& decl : fields) {
    checked::Field field{decl.name.text, resolve(module, decl.type), {}, {}, decl.empty_list, decl.name.span};
    for (const ast::Word& from : decl.from) {
      if (from.text.empty()) sink_.report(Code::empty_name, from.span, "a place in the JSON needs a name");
      field.from.push_back(from.text);
    }
    if (field.from.empty()) field.from.push_back(field.name);
    const auto& present = policy_.records[record].fields;
    const auto [same, fresh] = record_fields_[static_cast<std::size_t>(record)].try_emplace(
        field.name, static_cast<std::uint32_t>(present.size()));
    if (!fresh) {
      sink_
          .report(Code::doubled_name, decl.name.span,
                  fmt::format("`{}` has a field `{}` already", policy_.records[record].name, field.name))
          .label(present[same->second].span, "the other one");
      continue;
    }
    if (decl.empty_list && !field.type.list) {
      sink_.report(Code::type_mismatch, decl.name.span, "only a list can be `else empty`");
    }
    if (decl.fallback) {
      if (field.type.optional || field.type.list || field.type.base == Base::record) {
        sink_
            .report(Code::type_mismatch, decl.fallback->span,
                    fmt::format("a field of type {} takes no `else`", name_of(field.type)))
            .help(field.type.optional ? "leave the `?` out: with `else` the field is always there" : "");
      } else {
        Context context;
        context.module = module;
        const ExprId value = expr(*decl.fallback, context);
        convert(value, field.type);
        if (!assignable(type_of(value), field.type)) {
          mismatch(decl.fallback->span,
                   fmt::format("the field is {}, its `else` is {}", name_of(field.type), name_of(type_of(value))));
        }
        field.fallback = value;
      }
    }
    policy_.records[record].fields.push_back(std::move(field));
  }
}

// A record inside itself without a list between has no end; through lists it would have no bound. One
// that stands too deep is cut off, so that walks through records end.
void Checker::check_record_cycles() {
  enum class Visit : std::uint8_t { fresh, busy, done };
  std::vector<Visit> marks(policy_.records.size(), Visit::fresh);
  std::vector<int> depth(policy_.records.size(), 1);
  struct Frame { std::size_t record, field; };
  for (std::size_t root = 0; root < marks.size(); ++root) {
    if (marks[root] != Visit::fresh) continue;
    std::vector<Frame> stack{{root, 0}};
    marks[root] = Visit::busy;
    while (!stack.empty()) {
      Frame& top = stack.back();
      const checked::Record& record = policy_.records.items[top.record];
      if (top.field == record.fields.size()) {
        marks[top.record] = Visit::done;
        stack.pop_back();
        continue;
      }
      const checked::Field& field = record.fields[top.field];
      if (field.type.base == Base::record && marks[field.type.index] == Visit::done) {
        depth[top.record] = std::max(depth[top.record], depth[field.type.index] + 1);
        if (depth[top.record] > max_definition_depth) {
          too_deep("records", field.span);
          policy_.records.items[top.record].fields[top.field].type = Type{};
          depth[top.record] = 1;
        }
      }
      if (field.type.base != Base::record || marks[field.type.index] == Visit::done) {
        ++top.field;
        continue;
      }
      if (marks[field.type.index] == Visit::busy) {
        sink_
            .report(Code::circular_definition, field.span,
                    fmt::format("a `{}` would hold a `{}` without end", record.name,
                                policy_.records.items[field.type.index].name))
            .help("link records by an id of type Text instead");
        policy_.records.items[top.record].fields[top.field].type = Type{};
      } else {  // this field again when its record is done
        marks[field.type.index] = Visit::busy;
        stack.push_back({field.type.index, 0});
      }
    }
  }
}

void Checker::check_calendar(checked::CalendarId id, const ast::CalendarDecl& decl) {
  checked::Calendar& calendar = policy_.calendars[id];
  const auto first = weekday_of(decl.first_day.text);
  const auto last = weekday_of(decl.last_day.text);
  for (const auto& [day, word] : {std::pair(first, &decl.first_day), std::pair(last, &decl.last_day)}) {
    if (!day)
      sink_.report(Code::bad_calendar, word->span, fmt::format("`{}` is no day of the week", word->text))
          .help("write monday, tuesday …");
  }
  if (first && last) {
    calendar.weekend = 0x7f;
    for (std::size_t day = *first;; day = (day + 1) % 7) {
      calendar.weekend = static_cast<std::uint8_t>(calendar.weekend & ~(1u << day));
      if (day == *last) break;
    }
  }
  std::unordered_set<std::int32_t> known;
  for (const ast::Word& holiday : decl.holidays) {
    const auto date = parse_date(holiday.text);
    if (!date) {
      sink_.report(Code::bad_date, holiday.span, fmt::format("there is no day {}", holiday.text));
    } else if (!known.insert(date->days).second) {
      sink_.report(Code::bad_calendar, holiday.span, fmt::format("{} is listed twice", holiday.text));
    } else {
      calendar.holidays.push_back(*date);
    }
  }
  std::sort(calendar.holidays.begin(), calendar.holidays.end());
}

}  // namespace assent::compiler
