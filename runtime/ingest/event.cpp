// An event, an effect or what was heard from its JSON. Entries: event_from_json, effect_from_json, heard_from_json.
//
// The lists of fields say what may be there; what is not there has its default. Anything else is a finding:
// an event that is half understood must not be applied.
#include <algorithm>
#include <charconv>
#include <type_traits>

#include "runtime/approval/fields.h"
#include "runtime/ingest/strict.h"
#include "runtime/value/date.h"

namespace assent {

namespace {

using ingest::Cursor;

constexpr std::size_t max_event_bytes = 64u << 20;  // a path of max_case_steps, each with its basis

class RecordReader {
 public:
  template <typename Record>
  Result<Record> read(std::string_view json) {
    if (!in_.load(json)) return std::move(in_.problems);
    Record record;
    Problems problems = in_.finish(take(record));
    if (std::is_same_v<Record, Event> && problems.empty() && !what_known_)
      ingest::add_problem(problems, ErrorCode::bad_event, {}, "an event needs `kind` and `what`");
    if (!problems.empty()) return problems;
    return record;
  }

 private:
  // Finds a field by its name and reads it.
  struct Finder {
    RecordReader& reader;
    std::string_view wanted;
    bool found = false, walked = true;

    template <typename Field>
    void operator()(std::string_view name, Field& field) {
      if (name != wanted) return;
      found = true;
      walked = reader.take(field);
    }
    template <typename Field>
    void operator()(std::string_view name, Field& field, const std::type_identity_t<Field>&) { (*this)(name, field); }
    template <typename... What>
    void operator()(std::string_view, std::variant<What...>& what) {
      if (wanted == "kind") {
        found = true;
        walked = reader.take_kind(what);
      } else if (wanted == "what") {
        found = reader.what_known_ = true;
        if (!reader.kind_known_) walked = reader.in_.refuse("`what`", "`kind` before it");
        else std::visit([&](auto& each) { walked = reader.take(each); }, what);
      }
    }
  };

  template <typename Record>
    requires std::is_class_v<Record>
  bool take(Record& record) {
    Cursor& cursor = *in_.cursor;
    if (cursor.peek() != '{') return in_.refuse("this", "an object");
    std::vector<std::string> given;  // a few dozen at most
    Cursor::Step step = cursor.first_key();
    while (step == Cursor::Step::member) {
      const ingest::Mark mark = cursor.key();
      const std::string key(in_.document.string(mark).value_or(in_.document.inside(mark)));
      Finder finder{*this, key};
      approval::fields(finder, record);
      if (!finder.found || std::find(given.begin(), given.end(), key) != given.end()) {
        in_.findings.add(cursor.at(),
                         "the key " + ingest::quoted(key) + (finder.found ? " is given twice" : " is unknown"));
        if (!finder.found && !cursor.skip()) return false;
      }
      if (!finder.walked || in_.findings.full()) return false;
      given.push_back(key);
      step = cursor.next_key();
    }
    return step == Cursor::Step::end;
  }

  template <typename Item>
  bool take(std::vector<Item>& items) {
    return in_.list("this", [&] { return take(items.emplace_back()); });
  }

  bool take(std::string& text) {
    const ingest::Mark mark = in_.cursor->at();
    const auto read = in_.cursor->peek() == '"' ? in_.document.string(mark) : std::nullopt;
    if (!read) return in_.refuse("this", "a text");
    text = *read;
    return in_.cursor->skip();
  }
  bool take(bool& truth) {
    const char first = in_.cursor->peek();
    if (first != 't' && first != 'f') return in_.refuse("this", "`true` or `false`");
    truth = first == 't';
    return in_.cursor->skip();
  }
  template <typename Number>
    requires std::is_same_v<Number, std::uint32_t> || std::is_same_v<Number, std::uint64_t>
  bool take(Number& number) {
    const std::string_view token = in_.document.token(in_.cursor->at());
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
    if (error != std::errc{} || end != token.data() + token.size()) return in_.refuse("this", "a whole number");
    return in_.cursor->skip();
  }
  bool take(std::int32_t& day) {
    const ingest::Mark mark = in_.cursor->at();
    const auto read = in_.cursor->peek() == '"' ? in_.document.string(mark) : std::nullopt;
    const auto parsed = read ? parse_date(*read) : std::nullopt;
    if (!parsed) return in_.refuse("this", "a day, as `2026-01-31`");
    day = parsed->days;
    return in_.cursor->skip();
  }
  bool take(std::int64_t& instant) {
    const ingest::Mark mark = in_.cursor->at();
    const auto read = in_.cursor->peek() == '"' ? in_.document.string(mark) : std::nullopt;
    const auto parsed = read ? parse_instant(*read) : std::nullopt;
    if (!parsed) return in_.refuse("this", "an instant, as `2026-01-31T12:00:00Z`");
    instant = parsed->milliseconds;
    return in_.cursor->skip();
  }
  // The place in a closed set of the text here; the set's size if it is none of them.
  template <typename Names>
  std::size_t place_in(const Names& names) {
    const auto read = in_.cursor->peek() == '"' ? in_.document.string(in_.cursor->at()) : std::nullopt;
    const auto at = read ? std::find(names.begin(), names.end(), *read) : names.end();
    return static_cast<std::size_t>(at - names.begin());
  }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  bool take(Enum& value) {
    constexpr auto& names = approval::Names<Enum>::list;
    const std::size_t place = place_in(names);
    if (place == names.size()) return in_.refuse("this", "a word that is known here");
    value = static_cast<Enum>(place);
    return in_.cursor->skip();
  }
  template <typename What>
  bool take_kind(What& what) {
    const std::size_t kind = place_in(approval::event_kinds);
    if (kind == approval::event_kinds.size()) return in_.refuse("this", "a kind of event");
    make(what, kind);
    kind_known_ = true;
    return in_.cursor->skip();
  }
  template <std::size_t i = 0, typename What>
  static void make(What& what, std::size_t wanted) {
    if constexpr (i < std::variant_size_v<What>) {
      if (i == wanted) what.template emplace<i>();
      else make<i + 1>(what, wanted);
    }
  }

  ingest::StrictReader in_{ErrorCode::bad_event, "the event", max_event_bytes};
  bool kind_known_ = false, what_known_ = false;
};

}  // namespace

Result<Event> event_from_json(std::string_view json) { return RecordReader().read<Event>(json); }
Result<Heard> heard_from_json(std::string_view json) {
  auto heard = RecordReader().read<Heard>(json);
  if (!heard) return heard;
  const auto lacks = [](const char* what) {
    return Problem{ErrorCode::bad_event, "", std::string("a report needs ") + what};
  };
  if (heard->case_id.empty()) return lacks("`case`, that it is of");
  if (heard->report.order.empty()) return lacks("`order`, its key");
  if (heard->report.status == OrderReport::Status::sent) return lacks("`status`, what became of the order");
  return heard;
}
Result<Effect> effect_from_json(std::string_view json) { return RecordReader().read<Effect>(json); }

}  // namespace assent
