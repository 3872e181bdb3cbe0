// The JSON Schema of the quotes that a policy reads, from the same tables that ingest reads by.
// Entries: quote_schema, append_schema_line.
#include "assent/outline.h"
#include "runtime/json/json_writer.h"
#include "runtime/plan/plan.h"

namespace assent {

namespace {

class Schema {
 public:
  Schema(std::string& out, JsonLayout layout, const plan::Plan& plan) : json_(out, layout), plan_(plan) {}

  void quote(std::string_view policy) {
    json_.begin_object();
    json_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
    json_.member("title", "Quotes that the policy " + std::string(policy) + " reads");
    json_.member("description", "Keys that are not listed are passed over. A field that may stand in several places "
                                "is listed in each.");
    object(plan_.header.root_shape, false);
    json_.end_object();
  }

 private:
  void type(std::string_view name, bool optional) {
    if (!optional) return json_.member("type", name);
    json_.key("type");
    json_.begin_array();
    json_.value(name);
    json_.value("null");
    json_.end_array();
  }

  void object(std::uint32_t shape, bool optional) {
    type("object", optional);
    json_.key("properties");
    json_.begin_object();
    const plan::Shape& keys = plan_.shapes[shape];
    for (std::uint32_t k = keys.first_key; k < keys.first_key + keys.key_count; ++k) {
      if (!is_first(keys, k)) continue;
      json_.key(plan_.string(plan_.keys[k].name));
      json_.object([&] { property(plan_.keys[last_alike(keys, k)]); });
    }
    json_.end_object();
  }

  // A key may be read in several ways, each of which is listed; whether its object is there is none of them.
  bool told(std::uint32_t k) const { return plan_.keys[k].action != plan::KeyAction::presence; }
  bool alike(std::uint32_t a, std::uint32_t b) const {
    return plan_.string(plan_.keys[a].name) == plan_.string(plan_.keys[b].name);
  }
  bool is_first(const plan::Shape& keys, std::uint32_t k) const {
    if (!told(k)) return false;
    for (std::uint32_t earlier = keys.first_key; earlier < k; ++earlier)
      if (told(earlier) && alike(earlier, k)) return false;
    return true;
  }
  std::uint32_t last_alike(const plan::Shape& keys, std::uint32_t k) const {
    std::uint32_t last = k;
    for (std::uint32_t later = k + 1; later < keys.first_key + keys.key_count; ++later)
      if (told(later) && alike(later, k)) last = later;
    return last;
  }

  void property(const plan::Key& key) {
    switch (key.action) {
      case plan::KeyAction::column: scalar(plan_.columns[key.target]); break;
      case plan::KeyAction::presence: break;
      case plan::KeyAction::object: object(key.target, true); break;
      case plan::KeyAction::list:
        type("array", plan_.tables[key.target].empty_if_missing != 0);
        json_.key("items");
        json_.object([&] {
          if (key.shape == plan::none) scalar(plan_.columns[key.scalar]);
          else object(key.shape, false);
        });
        break;
    }
  }

  void scalar(const plan::Column& column) {
    const bool optional = column.optional != 0 || column.fallback != plan::none;
    const auto described = [&](const char* name, const char* what) {
      type(name, optional);
      json_.member("description", what);
    };
    switch (column.type) {
      case plan::Type::boolean: type("boolean", optional); break;
      case plan::Type::integer: described("integer", "a whole number"); break;
      case plan::Type::decimal: described("number", "an exact decimal"); break;
      case plan::Type::percent: described("number", "percent points: 12.5 is 12.5 %"); break;
      case plan::Type::money: described("number", "an amount in the quote's currency"); break;
      case plan::Type::text: type("string", optional); break;
      case plan::Type::currency:
        described("string", "a currency: three capital letters");
        json_.member("pattern", "^[A-Z]{3}$");
        break;
      case plan::Type::date:
        described("string", "a date: year-month-day");
        json_.member("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        break;
      case plan::Type::instant: described("string", "an instant: RFC 3339"); break;
      case plan::Type::days: described("integer", "days"); break;
      case plan::Type::months: described("integer", "months"); break;
      case plan::Type::business_days: described("integer", "business days"); break;
      case plan::Type::minutes: described("integer", "minutes"); break;
      case plan::Type::person: described("string", "the id of a person in the directory"); break;
      case plan::Type::choice:
        type("string", optional);
        json_.key("enum");
        json_.begin_array();
        for (std::uint32_t i = 0; i < column.choice_count; ++i)
          json_.value(plan_.string(plan_.choices[column.choices + i]));
        if (optional) json_.raw("null");
        json_.end_array();
        break;
    }
  }

  JsonWriter json_;
  const plan::Plan& plan_;
};

}  // namespace

std::string quote_schema(const Policy& policy) {
  std::string out;
  Schema(out, JsonLayout::indented, policy.plan()).quote(policy.name());
  return out += '\n';
}
void append_schema_line(std::string& out, const Policy& policy) {
  Schema(out, JsonLayout::one_line, policy.plan()).quote(policy.name());
}

}  // namespace assent
