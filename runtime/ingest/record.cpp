// Our own records from their JSON: events, effects, commands and what is in them. Entries: event_from_json,
// effect_from_json, command_from_json, order_change_from_json, heard_from_json, deputies_from_json.
//
// The lists of fields say what may be there; what is not there has its default. Anything else is a finding:
// an event that is half understood must not be applied.
#include <algorithm>
#include <charconv>
#include <deque>
#include <type_traits>

#include "runtime/approval/fields.h"
#include "runtime/ingest/strict.h"
#include "runtime/value/date.h"

namespace assent {

namespace {

using ingest::Cursor;

constexpr std::size_t max_record_bytes = 128u << 20;  // a path of max_case_steps, each with its basis; a whole quote

class RecordReader {
 public:
  RecordReader(ErrorCode code, std::string_view what) : in_(code, what, max_record_bytes), code_(code) {}

  template <typename Record>
  Result<Record> read(std::string_view json) {
    if (!in_.load(json)) return std::move(in_.problems);
    Record record;
    Problems problems = in_.finish(take(record));
    if (std::is_same_v<Record, Event> && problems.empty() && !what_known_)
      ingest::add_problem(problems, code_, {}, "an event needs `kind` and `what`");
    if (std::is_same_v<Record, Command> && problems.empty() && !kind_known_)
      ingest::add_problem(problems, code_, {}, "a command needs `kind`");
    if (!problems.empty()) return problems;
    return record;
  }
  std::deque<std::string> texts;  // that views in the record are of

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
    void operator()(std::string_view name, approval::Json field) {
      if (name != wanted) return;
      found = true;
      walked = reader.take_json(field.text);
    }
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

  template <typename Value>
  bool take(std::optional<Value>& value) { return take(value.emplace()); }
  bool take_json(std::string_view& json) {
    const ingest::Mark first = in_.cursor->at();
    if (!in_.cursor->skip()) return false;
    const std::uint32_t* const offsets = in_.document.offsets();
    json = {in_.document.text() + offsets[first], offsets[in_.cursor->at()] - offsets[first]};
    while (!json.empty() && ingest::is_space(json.back())) json.remove_suffix(1);
    return true;
  }
  bool take(std::string_view& text) {
    std::string& own = texts.emplace_back();
    if (!take(own)) return false;
    text = own;
    return true;
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
    constexpr auto& kinds = approval::Names<What>::list;
    const std::size_t kind = place_in(kinds);
    if (kind == kinds.size()) return in_.refuse("this", "a kind that is known here");
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

  ingest::StrictReader in_;
  ErrorCode code_;
  bool kind_known_ = false, what_known_ = false;
};

}  // namespace

Result<Event> event_from_json(std::string_view json) {
  return RecordReader(ErrorCode::bad_event, "the event").read<Event>(json);
}
Result<Heard> heard_from_json(std::string_view json) {
  auto heard = RecordReader(ErrorCode::bad_event, "the report").read<Heard>(json);
  if (!heard) return heard;
  const auto lacks = [](const char* what) {
    return Problem{ErrorCode::bad_event, "", std::string("a report needs ") + what};
  };
  if (heard->case_id.empty()) return lacks("`case`, that it is of");
  if (heard->report.order.empty()) return lacks("`order`, its key");
  if (heard->report.status == OrderReport::Status::sent) return lacks("`status`, what became of the order");
  return heard;
}
Result<Effect> effect_from_json(std::string_view json) {
  return RecordReader(ErrorCode::bad_event, "the effect").read<Effect>(json);
}
Result<OrderChange> order_change_from_json(std::string_view json) {
  return RecordReader(ErrorCode::bad_command, "the change").read<OrderChange>(json);
}
Result<Deputies> deputies_from_json(std::string_view json) {
  auto deputies = RecordReader(ErrorCode::bad_directory, "the deputies").read<Deputies>(json);
  if (!deputies) return deputies;
  Problems problems;
  const auto check = [&](const char* list, std::size_t i, const auto& each) {
    const std::string where = std::string("/") + list + "/" + std::to_string(i);
    if (each.from.empty() || each.to.empty())
      ingest::add_problem(problems, ErrorCode::bad_directory, where, "`from` and `to`, two people, are needed");
    else if (each.from == each.to)
      ingest::add_problem(problems, ErrorCode::bad_directory, where, "nobody acts for themselves");
    if constexpr (requires { each.last_day; }) {
      if (each.last_day == 0)  // not said: nobody was away in 1970
        ingest::add_problem(problems, ErrorCode::bad_directory, where, "`first_day` and `last_day` are needed");
      else if (each.last_day < each.first_day)
        ingest::add_problem(problems, ErrorCode::bad_directory, where, "`last_day` comes before `first_day`");
    }
  };
  for (std::size_t i = 0; i < deputies->delegations.size(); ++i) check("delegations", i, deputies->delegations[i]);
  for (std::size_t i = 0; i < deputies->replacements.size(); ++i) check("replacements", i, deputies->replacements[i]);
  if (!problems.empty()) return problems;
  return deputies;
}
Result<GivenCommand> command_from_json(std::string_view json) {
  RecordReader reader(ErrorCode::bad_command, "the command");
  Result<Command> command = reader.read<Command>(json);
  if (!command) return command.problems();
  return GivenCommand{std::move(*command), std::move(reader.texts)};
}

}  // namespace assent
