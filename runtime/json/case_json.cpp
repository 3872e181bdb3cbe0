// Cases, events and what came of a command as JSON, one line each, from the lists of their fields. Entries: to_json.
#include <type_traits>
#include <variant>

#include "assent/advance.h"
#include "runtime/approval/fields.h"
#include "runtime/json/json_writer.h"
#include "runtime/value/date.h"

namespace assent {

namespace {

class Writer {
 public:
  explicit Writer(std::string& out) : json_(out) {}

  template <typename Field>
  void operator()(std::string_view name, const Field& field) { (*this)(name, field, Field{}); }
  template <typename Field>
  void operator()(std::string_view name, const Field& field, const std::type_identity_t<Field>& standard) {
    if constexpr (requires { field.empty(); }) {
      if (field.empty()) return;
    } else if constexpr (requires { field == standard; }) {
      if (field == standard) return;
    }
    json_.key(name);
    write(field);
  }
  template <typename... What>
  void operator()(std::string_view, const std::variant<What...>& what) {
    json_.member("kind", approval::kind_of(what));
    json_.key("what");
    std::visit([&](const auto& each) { write(each); }, what);
  }

  template <typename Record>
    requires std::is_class_v<Record>
  void write(const Record& record) {
    json_.begin_object();
    approval::fields(*this, record);
    json_.end_object();
  }
  void write(const std::string& text) { json_.value(text); }
  void write(bool truth) { json_.value(truth); }
  void write(std::uint32_t number) { json_.value(number); }
  void write(std::uint64_t number) { json_.value(number); }
  void write(std::int32_t day) { json_.value(text(Date{day})); }
  void write(std::int64_t instant) { json_.value(text(Instant{instant})); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void write(Enum value) { json_.value(approval::name_of(value)); }
  template <typename Item>
  void write(const std::vector<Item>& items) {
    json_.begin_array();
    for (const Item& item : items) write(item);
    json_.end_array();
  }

 private:
  JsonWriter json_;
};

}  // namespace

std::string to_json(const Case& kase) {
  std::string out;
  Writer(out).write(kase);
  return out;
}

std::string to_json(const Effect& effect) {
  std::string out;
  Writer(out).write(effect);
  return out;
}

std::string to_json(const Refusal& refusal) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.member("code", text(refusal.code));
  json.member("message", refusal.message);
  json.end_object();
  return out;
}

std::string to_json(const Advance& done, std::uint64_t version) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  if (done.refusal) json.member_json("refusal", to_json(*done.refusal));
  json.member("version", version);
  if (done.repeats) json.member("repeats", *done.repeats);
  json.list("events", done.events, [&](const Event& each) { json.raw(to_json(each)); });
  json.list("effects", done.effects, [&](const Effect& each) { json.raw(to_json(each)); });
  json.end_object();
  return out;
}

std::string to_json(const Event& event) {
  std::string out;
  Writer(out).write(event);
  return out;
}

}  // namespace assent
