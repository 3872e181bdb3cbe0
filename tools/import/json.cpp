// See json.h.
#include "tools/import/json.h"

#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "tools/command.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Json = nlohmann::json;  // an ordered one looks through all keys of an object for each

// A scalar as the text that CSV would have for it; nothing for null and for what is no scalar.
std::optional<std::string> scalar(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (!value.is_number()) return std::nullopt;
  std::string number = value.dump();
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return number;
}

const Json* member(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

class Reader {
 public:
  Reader(const std::string& file, Export& records) : file_(file), records_(records) {}

  void read(const Json& value, std::size_t depth) {
    if (depth > max_export_depth) fail(file_, "nested deeper than " + std::to_string(max_export_depth) + " levels");
    if (value.is_array()) {
      for (const Json& each : value) {
        if (each.is_object() && each.contains("sobject") && each.contains("files"))
          read_plan(each);
        else
          read(each, depth + 1);
      }
    } else if (const Json* inner = value.is_object() ? member(value, "result") : nullptr) {
      read(*inner, depth + 1);
    } else if (value.is_object() && value.contains("records")) {
      read_answer(value, {}, depth);
    } else {
      fail(file_, "holds no `records`: expected the answer of a REST query, a data tree or its plan");
    }
  }
  std::vector<std::string> files;

 private:
  struct Parent {
    std::string type, key;
  };

  [[noreturn]] static void fail(const std::string& place, const std::string& what) {
    throw BadInput(printable(place) + ": " + what);
  }

  void read_plan(const Json& plan) {
    const Json& listed = plan.at("files");
    if (!listed.is_array()) fail(file_, "`files` of a plan is no list");
    for (const Json& name : listed) {
      const std::string text = name.is_string() ? name.get<std::string>() : "";
      if (text.empty() || text.find('/') != std::string::npos)
        fail(file_, "a plan lists files beside it, by their names");
      files.push_back(text);
    }
  }

  void read_answer(const Json& answer, const Parent& parent, std::size_t depth) {
    if (depth > max_export_depth) fail(file_, "nested deeper than " + std::to_string(max_export_depth) + " levels");
    const Json& list = answer.at("records");
    if (!list.is_array()) fail(file_, "`records` is no list");
    const Json* done = member(answer, "done");
    const Json* total = member(answer, "totalSize");
    if (done != nullptr && *done == false)
      fail(file_, "the export is incomplete: `done` is false after " + counted(list.size(), "record") +
                      "; fetch the rest from `nextRecordsUrl`, and put all records into one answer");
    if (total != nullptr && total->is_number_unsigned() && total->get<std::size_t>() > list.size())
      fail(file_, "the export is incomplete: it has " + std::to_string(list.size()) + " of " +
                      counted(total->get<std::size_t>(), "record"));
    for (const Json& each : list) read_record(each, parent, depth);
  }

  void read_record(const Json& json, const Parent& parent, std::size_t depth) {
    SalesforceRecord record;
    record.place = file_ + ", record " + std::to_string(++count_);
    const Json* attributes = json.is_object() ? member(json, "attributes") : nullptr;
    const Json* type = attributes != nullptr && attributes->is_object() ? member(*attributes, "type") : nullptr;
    if (type == nullptr || !type->is_string()) fail(record.place, "has no `attributes` with a `type`");
    const std::string written = type->get<std::string>();
    record.type = record_type(written);
    if (const Json* reference = member(*attributes, "referenceId"); reference != nullptr && reference->is_string())
      record.fields["reference"] = reference->get<std::string>();
    std::vector<const Json*> children;
    for (const auto& [key, value] : json.items()) {
      if (key == "attributes" || value.is_null()) continue;
      if (value.is_object() && value.contains("records"))
        children.push_back(&value);
      else
        set(record, record_field(key, written), value);
    }
    if (!parent.type.empty()) record.fields.try_emplace(parent.type, parent.key);
    Parent own{record.type, std::string(record.at("Id"))};
    if (own.key.empty() && !children.empty()) {
      own.key = '@' + record.fields.try_emplace("reference", file_ + '#' + std::to_string(count_)).first->second;
    }
    records_.add(std::move(record));
    for (const Json* child : children) read_answer(*child, own, depth + 1);
  }

  static void set(SalesforceRecord& record, const std::string& field, const Json& value) {
    if (value.is_object()) {
      for (const auto& [key, inner] : value.items())
        if (const std::optional<std::string> text = scalar(inner); text && !text->empty())
          record.fields[field + '.' + key] = *text;
    } else if (value.is_array()) {
      record.fields[field] = counted(value.size(), "value");
    } else if (std::optional<std::string> text = scalar(value); text && !text->empty()) {
      record.fields[field] = *std::move(text);
    }
  }

  const std::string& file_;
  Export& records_;
  std::size_t count_ = 0;
};

}  // namespace

std::vector<std::string> read_json_export(std::string_view text, const std::string& file, Export& records) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::exception& error) { throw BadInput(printable(file) + ": no JSON: " + printable(error.what())); }
  Reader reader(file, records);
  reader.read(json, 0);
  return std::move(reader.files);
}

}  // namespace assent::command
