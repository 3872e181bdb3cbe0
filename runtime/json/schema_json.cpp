// The JSON Schema of the quotes that a policy reads, from the same tables that ingest reads by.
// Entry: quote_schema.
#include <nlohmann/json.hpp>

#include "assent/outline.h"
#include "runtime/plan/plan.h"

namespace assent {

namespace {

using Json = nlohmann::ordered_json;

class Schema {
 public:
  explicit Schema(const plan::Plan& plan) : plan_(plan) {}

  Json object(std::uint32_t shape) const {
    Json properties = Json::object();
    const plan::Shape& keys = plan_.shapes[shape];
    for (std::uint32_t k = keys.first_key; k < keys.first_key + keys.key_count; ++k) {
      const plan::Key& key = plan_.keys[k];
      const std::string name(plan_.string(key.name));
      switch (key.action) {
        case plan::KeyAction::column: properties[name] = scalar(plan_.columns[key.target]); break;
        case plan::KeyAction::presence: break;  // its object is listed too
        case plan::KeyAction::object: properties[name] = nullable(object(key.target), true); break;
        case plan::KeyAction::list: {
          Json list{{"type", "array"}};
          list["items"] = key.shape == plan::none ? scalar(plan_.columns[key.scalar]) : object(key.shape);
          properties[name] = nullable(std::move(list), plan_.tables[key.target].empty_if_missing != 0);
          break;
        }
      }
    }
    return Json{{"type", "object"}, {"properties", std::move(properties)}};
  }

 private:
  const plan::Plan& plan_;

  static Json nullable(Json schema, bool optional) {
    if (optional) schema["type"] = Json::array({schema["type"], "null"});
    return schema;
  }

  Json scalar(const plan::Column& column) const {
    Json schema;
    const auto number = [&](const char* type, const char* what) {
      schema["type"] = type;
      schema["description"] = what;
    };
    const auto string = [&](const char* what, const char* pattern) {
      schema["type"] = "string";
      schema["description"] = what;
      if (pattern != nullptr) schema["pattern"] = pattern;
    };
    switch (column.type) {
      case plan::Type::boolean: schema["type"] = "boolean"; break;
      case plan::Type::integer: number("integer", "a whole number"); break;
      case plan::Type::decimal: number("number", "an exact decimal"); break;
      case plan::Type::percent: number("number", "percent points: 12.5 is 12.5 %"); break;
      case plan::Type::money: number("number", "an amount in the quote's currency"); break;
      case plan::Type::text: schema["type"] = "string"; break;
      case plan::Type::currency: string("a currency: three capital letters", "^[A-Z]{3}$"); break;
      case plan::Type::date: string("a date: year-month-day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"); break;
      case plan::Type::instant: string("an instant: RFC 3339", nullptr); break;
      case plan::Type::days: number("integer", "days"); break;
      case plan::Type::months: number("integer", "months"); break;
      case plan::Type::business_days: number("integer", "business days"); break;
      case plan::Type::minutes: number("integer", "minutes"); break;
      case plan::Type::person: string("the id of a person in the directory", nullptr); break;
      case plan::Type::choice: {
        schema["type"] = "string";
        Json values = Json::array();
        for (std::uint32_t i = 0; i < column.choice_count; ++i)
          values.push_back(plan_.string(plan_.choices[column.choices + i]));
        const bool optional = column.optional != 0 || column.fallback != plan::none;
        if (optional) values.push_back(nullptr);
        schema["enum"] = std::move(values);
        break;
      }
    }
    return nullable(std::move(schema), column.optional != 0 || column.fallback != plan::none);
  }
};

}  // namespace

std::string quote_schema(const Policy& policy) {
  const plan::Plan& plan = policy.plan();
  Json schema{
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"title", "Quotes that the policy " + std::string(policy.name()) + " reads"},
      {"description",
       "Keys that are not listed are passed over. A field that may stand in several places is listed in each."}};
  schema.update(Schema(plan).object(plan.header.root_shape));
  return schema.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace assent
