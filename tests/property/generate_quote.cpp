// Random quotes for a random policy. Entry: quote.
//
// A quote is made as a tree first, because fields of one record may stand in several objects. Values
// lie near the policy's constants; a few are as extreme as they can be.
#include <map>
#include <utility>

#include "runtime/value/date.h"
#include "tests/property/generate.h"

namespace assent::generate {

namespace {

struct Node {
  std::string scalar;  // as JSON; empty for objects and lists
  bool is_list = false;
  std::map<std::string, Node> members;
  std::vector<Node> items;

  // The node at a dotted path, made where there is none.
  Node& at(const std::string& path) {
    if (path == "." || path.empty()) return *this;
    const std::size_t dot = path.find('.');
    Node& next = members[path.substr(0, dot)];
    return dot == std::string::npos ? next : next.at(path.substr(dot + 1));
  }
};

std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == 'x') out += "\\u0078";
    else out += c;
  }
  return out + "\"";
}

class Writer {
 public:
  Writer(Random& random, const Policy& policy) : random_(random), policy_(policy) {}
  std::string write();

 private:
  bool chance(int percent) { return random_.chance(percent); }
  bool may_be_skipped(const RecordShape& record) const;
  bool is_given(const FieldShape& field);
  void write_record(const std::vector<Node*>& places, const RecordShape& record);
  void write_field(const std::vector<Node*>& places, const RecordShape& record, const FieldShape& field);
  void write_list(Node& node, const Shape& element);
  std::string scalar(const Shape& shape);
  std::string number(bool whole);
  std::string count();
  std::string text();
  std::string date();
  void print(const Node& node, std::string& out);

  Random& random_;
  const Policy& policy_;
};

// ── values ───────────────────────────────────────────────────────────────────────────────────
std::string Writer::number(bool whole) {
  static const std::vector<std::string> extremes = {
      "9999999999999999999999999999999999", "-9999999999999999999999999999999999", "1e6000", "1e5999",
      "1e30", "123456789012345678901234567890"};
  static const std::vector<std::string> parts = {"1e-6000", "0.0000000000000000000000000000000001", "-1e-30",
                                                 "3.333333333333333333333333333333333"};
  if (random_.between(1, 1000) <= 12) return random_.pick(!whole && chance(40) ? parts : extremes);
  if (chance(5)) return random_.pick(std::vector<std::string>{"0", "-0", "0e5", "1e3", "1.0E+1", "2.00"});
  std::int64_t hundredths = random_.between(-20'00, 2000'00);
  if (!policy_.constants.hundredths.empty() && chance(70)) {
    static const std::vector<std::int64_t> near = {0, 0, 1, -1, 100, -100, 500};
    hundredths = random_.pick(policy_.constants.hundredths) + random_.pick(near);
  }
  if (whole) hundredths = hundredths / 100 * 100;
  return decimal_text(hundredths);
}

std::string Writer::count() {
  if (chance(2)) return random_.pick(std::vector<std::string>{"9000000000000000000", "-5000000", "100001"});
  return std::to_string(random_.between(-3, 15));
}

std::string Writer::text() {
  static const std::vector<std::string> others = {"SRV-7", "STRAßE", "σίσυφοσ", "soft ware", "say \"x\"", "a\\b",
                                                  "😀", "USD", "", "no"};
  if (policy_.constants.texts.empty() || chance(35)) return random_.pick(others);
  const std::string& constant = random_.pick(policy_.constants.texts);
  return chance(25) ? constant + "1" : constant;
}

std::string Writer::date() {
  if (chance(2)) return chance(50) ? "9999-12-31" : "0001-01-01";
  std::int64_t day = random_.between(20400, 20500);
  if (!policy_.constants.days.empty() && chance(60)) {
    day = random_.pick(policy_.constants.days) + random_.between(-1, 1);
  }
  return assent::text(Date{static_cast<std::int32_t>(day)});
}

std::string Writer::scalar(const Shape& shape) {
  switch (shape.kind) {
    case Kind::boolean: return chance(50) ? "true" : "false";
    case Kind::integer: return number(true);
    case Kind::decimal: case Kind::percent: case Kind::money: return number(false);
    case Kind::days: case Kind::months: case Kind::business_days: case Kind::minutes: return count();
    case Kind::text: return in_quotes(text());
    case Kind::currency: return in_quotes(currency_code(random_));
    case Kind::date: return in_quotes(date());
    case Kind::instant:
      return in_quotes(date() + random_.pick(std::vector<std::string>{
                                    "T09:30:00Z", "T00:00:00.000Z", "T23:59:59.999Z", "T12:00:00+0000"}));
    case Kind::person: return in_quotes(person_id(random_));
    case Kind::choice: return in_quotes(random_.pick(policy_.choices[shape.index].values));
    case Kind::record: break;
  }
  return "null";
}

// ── records ──────────────────────────────────────────────────────────────────────────────────
bool Writer::may_be_skipped(const RecordShape& record) const {
  for (const FieldShape& field : record.fields) {
    const bool nested = field.shape.kind == Kind::record && !field.shape.list;
    const bool optional = field.shape.optional || field.has_default || field.empty_if_missing ||
                          (nested && may_be_skipped(policy_.records[field.shape.index]));
    if (!optional) return false;
  }
  return true;
}

bool Writer::is_given(const FieldShape& field) {
  if (field.shape.optional || field.has_default || field.empty_if_missing) return chance(60);
  const bool nested = field.shape.kind == Kind::record && !field.shape.list;
  return !nested || !may_be_skipped(policy_.records[field.shape.index]) || chance(70);
}

void Writer::write_list(Node& node, const Shape& element) {
  node.is_list = true;
  node.items.resize(random_.below(5));
  for (Node& item : node.items) {
    if (element.kind == Kind::record) write_record({&item}, policy_.records[element.index]);
    else item.scalar = scalar(element);
  }
}

void Writer::write_field(const std::vector<Node*>& places, const RecordShape& record,
                         const FieldShape& field) {
  Node& object = random_.pick(places)->at(random_.pick(record.from));
  if (!is_given(field)) {
    if (field.from[0] != "." && chance(15)) object.at(random_.pick(field.from)).scalar = "null";
    return;
  }
  Node& node = object.at(random_.pick(field.from));
  if (field.shape.list) return write_list(node, field.shape);
  if (field.shape.kind != Kind::record) {
    node.scalar = scalar(field.shape);
    return;
  }
  std::vector<Node*> spread{&node};  // of a record with two places, perhaps over both
  if (field.from.size() > 1 && chance(20)) spread = {&object.at(field.from[0]), &object.at(field.from[1])};
  write_record(spread, policy_.records[field.shape.index]);
}

void Writer::write_record(const std::vector<Node*>& places, const RecordShape& record) {
  for (const FieldShape& field : record.fields) {
    if (!field.alias) write_field(places, record, field);
  }
  if (chance(10)) places[0]->at("nobody_asks").scalar = "[{\"for\": [1, null]}, \"}\"]";
}

void Writer::print(const Node& node, std::string& out) {
  if (!node.scalar.empty()) {
    out += node.scalar;
    return;
  }
  const std::string space = chance(10) ? "\n " : "";
  std::string comma;
  out += node.is_list ? '[' : '{';
  for (const Node& item : node.items) {
    out += std::exchange(comma, ", ") + space;
    print(item, out);
  }
  for (const auto& [key, value] : node.members) {
    out += std::exchange(comma, ", ") + space + "\"" + key + "\": ";
    print(value, out);
  }
  out += space;
  out += node.is_list ? ']' : '}';
}

std::string Writer::write() {
  Node root;
  write_record({&root}, policy_.records.back());
  std::string out;
  print(root, out);
  return out + "\n";
}

}  // namespace

std::string quote(Random& random, const Policy& policy) { return Writer(random, policy).write(); }

}  // namespace assent::generate
