// What a quote of a random policy looks like: records, enumerations, calendars. Entries:
// Author::write_records, Author::write_calendars.
#include "runtime/value/date.h"
#include "tests/property/author.h"

namespace assent::generate {

namespace {

// Clause words, which may be names all the same.
const std::vector<std::string> clause_words = {"value", "state", "above", "path",  "money",
                                               "case",  "group", "first", "today", "step",
                                               "days",  "date",  "role",  "end",   "empty"};

constexpr std::string_view kind_names[] = {
    "Bool", "Integer", "Decimal", "Percent", "Money",        "Text",    "Currency", "Date",
    "Instant", "Days", "Months",  "BusinessDays", "Minutes", "Person"};

}  // namespace

void Author::write_calendars() {
  const std::vector<std::string> days = {"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};
  for (int i = chance(70) ? 1 : 0; i >= 0; --i) {
    std::string text = "calendar " + fresh("cal") + " = " + any_of(days) + " to " + any_of(days);
    calendars_.push_back("cal" + std::to_string(names_));
    std::set<std::string> holidays;
    for (int holiday = 0; holiday < 4; ++holiday) {
      const auto day = static_cast<std::int32_t>(random_.between(20440, 20480));
      holidays.insert(assent::text(Date{day}));
    }
    std::string before = " except ";
    for (const std::string& holiday : holidays) text += std::exchange(before, ", ") + holiday;
    line(std::move(text));
  }
}

Shape Author::choice_shape() {
  std::vector<std::size_t> named;
  for (std::size_t i = 0; i < out_.choices.size(); ++i) {
    if (!out_.choices[i].name.empty()) named.push_back(i);
  }
  if (!named.empty() && chance(60)) return {Kind::choice, random_.pick(named)};
  ChoiceShape choice;
  if (chance(60)) choice.name = fresh("Choice");
  for (const char* value : {"Hardware", "hardware", "Soft Ware", "ÄRGER", "x"}) {
    if (choice.values.size() < 2 || chance(50)) choice.values.emplace_back(value);
  }
  if (!choice.name.empty()) {
    std::string text = "type " + choice.name + " = one of ";
    for (std::size_t i = 0; i < choice.values.size(); ++i) {
      text += (i > 0 ? ", \"" : "\"") + choice.values[i] + "\"";
    }
    line(std::move(text));
  }
  out_.choices.push_back(std::move(choice));
  return {Kind::choice, out_.choices.size() - 1};
}

std::string Author::type_text(Shape shape) const {
  std::string text;
  if (shape.kind == Kind::record) {
    text = out_.records[shape.index].name;
  } else if (shape.kind == Kind::choice) {
    const ChoiceShape& choice = out_.choices[shape.index];
    text = choice.name.empty() ? "one of " : choice.name;
    for (std::size_t i = 0; choice.name.empty() && i < choice.values.size(); ++i) {
      text += (i > 0 ? ", \"" : "\"") + choice.values[i] + "\"";
    }
  } else {
    text = kind_names[static_cast<std::size_t>(shape.kind)];
  }
  if (shape.list) text = "list of " + text;
  return shape.optional ? text + "?" : text;
}

Shape Author::random_shape(std::size_t records) {
  Shape shape;
  if (records > 0 && chance(35)) {
    shape = {Kind::record, random_.below(records)};
    shape.list = chance(60);
  } else {
    shape.kind = static_cast<Kind>(random_.below(scalar_kinds));
    if (shape.kind == Kind::choice) shape = choice_shape();
    shape.list = chance(12);
  }
  shape.optional = !shape.list && chance(40);
  return shape;
}

FieldShape Author::field(Shape shape) {
  FieldShape field;
  field.shape = shape;
  field.name = fresh(shape.kind == Kind::record ? (shape.list ? "lines" : "part") : "f");
  const std::string key = chance(50) ? field.name : fresh("Key_") + "__c";
  field.from = {key};
  if (chance(25)) field.from[0] = fresh("in") + "." + key;
  if (chance(20)) field.from.push_back(fresh("also"));
  if (shape.kind == Kind::record && !shape.list && !shape.optional && chance(25)) field.from = {"."};
  if (chance(10)) {
    field.name = random_.pick(clause_words);
    if (field.from[0] != ".") field.from[0] = fresh("word");
  }
  const bool scalar = shape.kind != Kind::record && shape.kind != Kind::person && !shape.list;
  field.has_default = scalar && !shape.optional && chance(25);
  field.empty_if_missing = shape.list && chance(50);
  return field;
}

RecordShape Author::record(std::size_t number, bool root) {
  RecordShape record;
  record.name = root ? "Quote" : fresh("Rec");
  record.from = {"."};
  if (chance(25)) record.from = {fresh("body")};
  if (chance(15)) record.from.push_back(fresh("other") + ".deep");
  std::vector<FieldShape> fields;
  if (root) {
    for (std::size_t kind = 0; kind < scalar_kinds; ++kind) {
      Shape shape{static_cast<Kind>(kind)};
      if (shape.kind == Kind::choice) shape = choice_shape();
      fields.push_back(field(shape));
      fields.back().has_default = fields.back().has_default && chance(30);
    }
    fields.push_back(field({Kind::record, random_.below(number), false, true}));
    fields.push_back(field({Kind::date, 0, true, false}));
  }
  if (root || chance(35)) {
    record.money_in = fields.size();
    fields.push_back(field({Kind::currency}));
  }
  fields.push_back(field({Kind::money}));
  for (int more = static_cast<int>(random_.between(2, 6)); more > 0; --more) {
    fields.push_back(field(random_shape(number)));
  }
  std::set<std::string> taken;  // a clause word, or ".", stands once in a record
  for (FieldShape& each : fields) {
    if (!taken.insert(each.name).second) each.name = fresh("again");
    const bool here = each.from[0] == ".";
    if (here && !taken.insert(".").second) each.from = {fresh("here")};
  }
  for (std::size_t i = fields.size(); i-- > 0;) {
    const FieldShape& other = fields[i];
    const Kind kind = other.shape.kind;
    const bool is_text = kind == Kind::text || kind == Kind::person || kind == Kind::choice;
    const bool always = !other.shape.optional && !other.shape.list && !other.has_default;
    if (!is_text || !always || !chance(20)) continue;
    FieldShape alias = field({Kind::text});
    alias.name = fresh("alias");
    alias.has_default = false;
    alias.from = other.from;
    alias.alias = true;
    fields.push_back(alias);
    break;
  }
  record.fields = std::move(fields);
  return record;
}

void Author::write_record(const RecordShape& record) {
  std::string text = "record " + record.name;
  if (record.money_in) text += " money in " + record.fields[*record.money_in].name;
  const auto places = [&](const std::vector<std::string>& from) {
    for (std::size_t i = 0; i < from.size(); ++i) text += (i == 0 ? " from \"" : " or \"") + from[i] + "\"";
  };
  if (record.from != std::vector<std::string>{"."}) places(record.from);
  line(text + " {");
  for (const FieldShape& field : record.fields) {
    text = "  " + field.name + ": " + type_text(field.shape);
    if (field.from != std::vector<std::string>{field.name}) places(field.from);
    if (field.has_default) {
      const bool amount = field.shape.kind >= Kind::integer && field.shape.kind <= Kind::money;
      text += amount && chance(25) ? " else -" : " else ";
      text += literal(field.shape).text;
    }
    if (field.empty_if_missing) text += " else empty";
    line(text);
  }
  line("}");
}

void Author::write_records() {
  const std::size_t count = static_cast<std::size_t>(random_.between(2, 4));
  for (std::size_t i = 0; i <= count; ++i) out_.records.push_back(record(i, i == count));
  for (const RecordShape& each : out_.records) write_record(each);
  line("input quote: Quote");
}

}  // namespace assent::generate
