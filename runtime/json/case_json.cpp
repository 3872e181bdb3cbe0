// Cases and events as JSON, one line each, from the lists of their fields. Entries: to_json.
#include <type_traits>
#include <variant>

#include "assent/case.h"
#include "runtime/approval/fields.h"
#include "runtime/json/json_text.h"
#include "runtime/value/date.h"

namespace assent {

namespace {

class Writer {  // invariant: out_ is the beginning of a JSON text
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <typename Field>
  void operator()(std::string_view name, const Field& field) { (*this)(name, field, Field{}); }
  template <typename Field>
  void operator()(std::string_view name, const Field& field, const std::type_identity_t<Field>& standard) {
    if constexpr (requires { field.empty(); }) {
      if (field.empty()) return;
    } else if constexpr (requires { field == standard; }) {
      if (field == standard) return;
    }
    key(name);
    write(field);
  }
  template <typename... What>
  void operator()(std::string_view, const std::variant<What...>& what) {
    key("kind");
    write(std::string(approval::event_kinds[what.index()]));
    key("what");
    std::visit([&](const auto& each) { write(each); }, what);
  }

  template <typename Record>
    requires std::is_class_v<Record>
  void write(const Record& record) {
    out_ += '{';
    first_ = true;
    approval::fields(*this, record);
    out_ += '}';
    first_ = false;
  }
  void write(const std::string& text) { append_json(out_, text); }
  void write(bool truth) { out_ += truth ? "true" : "false"; }
  void write(std::uint32_t number) { out_ += std::to_string(number); }
  void write(std::uint64_t number) { out_ += std::to_string(number); }
  void write(std::int32_t day) { append_json(out_, text(Date{day})); }
  void write(std::int64_t instant) { append_json(out_, text(Instant{instant})); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void write(Enum value) { append_json(out_, approval::name_of(value)); }
  template <typename Item>
  void write(const std::vector<Item>& items) {
    out_ += '[';
    for (const Item& item : items) {
      if (&item != items.data()) out_ += ',';
      write(item);
    }
    out_ += ']';
  }

 private:
  void key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    append_json(out_, name);
    out_ += ':';
  }

  std::string& out_;
  bool first_ = true;
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

std::string to_json(const Event& event) {
  std::string out;
  Writer(out).write(event);
  return out;
}

}  // namespace assent
