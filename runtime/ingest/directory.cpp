// The directory's JSON to people. Entry: read_people.
//
// First every person as written, with the places of what they name; then, sorted by id, names are
// turned into indices, and the chains of managers are followed once to find circles.
#include <algorithm>
#include <array>

#include "runtime/ingest/ingest.h"
#include "runtime/ingest/limit_text.h"
#include "runtime/ingest/strict.h"

namespace assent::ingest {

namespace {

constexpr std::size_t max_directory_bytes = 64u << 20;  // a million people of 64 bytes each
constexpr std::size_t max_people = 1'000'000;  // more than any company has; bounds the sort
constexpr std::size_t max_named_in_circle = 50;  // in a message

constexpr std::array<std::string_view, 1> root_keys{"people"};
constexpr std::array<std::string_view, 8> person_keys{"id",    "name",   "mail",      "manager",
                                                      "roles", "active", "authority", "absent"};
constexpr std::array<std::string_view, 3> absence_keys{"from", "to", "delegate"};

// A person, and what they name, by its text.
struct Draft {
  Person person;
  Mark mark = no_mark;     // of the id; of the object while there is none
  std::string manager;     // empty: none
  Mark manager_mark = no_mark;
  struct Delegate {
    std::size_t absence;   // index in person.absences
    std::string id;
    Mark mark;
  };
  std::vector<Delegate> delegates;
};

class DirectoryReader {
 public:
  Result<People> read(std::string_view json);

 private:
  bool root();
  bool person();
  bool field(std::size_t key, Draft& draft);
  bool roles(Draft& draft);
  bool active(Draft& draft);
  bool authority(Draft& draft);
  bool limit(Mark key, std::vector<std::pair<Authority, Mark>>& limits);
  bool absences(Draft& draft);
  bool absence(Draft& draft);
  bool day(std::string_view what, std::optional<Date>& out);
  void drop_doubles();
  std::uint32_t find(std::string_view id) const;
  void link(Draft& draft);
  void find_circles();
  void report_circle(std::uint32_t member);
  People take();

  StrictReader in_{ErrorCode::bad_directory, "the directory", max_directory_bytes};
  std::vector<Draft> drafts_;
};

bool DirectoryReader::root() {
  std::uint32_t given = 0;
  if (!in_.object(root_keys, "the directory", given, [&](std::size_t) {
        return in_.list("`people`", [&] { return person(); });
      })) {
    return false;
  }
  if (given == 0 && in_.findings.empty()) in_.findings.add(0, "`people` is missing");
  return true;
}

bool DirectoryReader::person() {
  if (drafts_.size() == max_people) {
    in_.findings.add(ErrorCode::limit_exceeded, in_.cursor->at(), {},
                     "more than " + std::to_string(max_people) + " people");
    return false;
  }
  Draft draft;
  const Mark mark = draft.mark = in_.cursor->at();
  const bool is_object = in_.cursor->peek() == '{';
  std::uint32_t given = 0;
  if (!in_.object(person_keys, "a person", given,
                  [&](std::size_t key) { return field(key, draft); })) {
    return false;
  }
  if (is_object && (given & 1) == 0) in_.findings.add(mark, "`id` is missing");
  drafts_.push_back(std::move(draft));
  return true;
}

bool DirectoryReader::field(std::size_t key, Draft& draft) {
  std::optional<std::string_view> text;
  const Mark mark = in_.cursor->at();
  switch (key) {
    case 0:
      if (!in_.text("`id`", text)) return false;
      draft.mark = mark;
      draft.person.id = text.value_or("");
      return true;
    case 1:
      if (!in_.text("`name`", text)) return false;
      draft.person.name = text.value_or("");
      return true;
    case 2:
      if (!in_.text("`mail`", text)) return false;
      draft.person.mail = text.value_or("");
      return true;
    case 3:
      if (in_.cursor->is_null()) return in_.cursor->skip();
      if (!in_.text("`manager`", text)) return false;
      draft.manager_mark = mark;
      draft.manager = text.value_or("");
      return true;
    case 4: return roles(draft);
    case 5: return active(draft);
    case 6: return authority(draft);
    default: return absences(draft);
  }
}

bool DirectoryReader::roles(Draft& draft) {
  std::vector<std::string>& roles = draft.person.roles;
  const bool walked = in_.list("`roles`", [&] {
    std::optional<std::string_view> role;
    if (!in_.text("a role", role)) return false;
    if (role) roles.emplace_back(*role);
    return true;
  });
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return walked;
}

bool DirectoryReader::active(Draft& draft) {
  const std::string_view expected = "`true` or `false`";
  const char first = in_.cursor->peek();
  if (first != 't' && first != 'f') return in_.refuse("`active`", expected);
  draft.person.active = first == 't';  // skip sees to the other letters
  return in_.cursor->skip();
}

bool DirectoryReader::authority(Draft& draft) {
  Cursor& cursor = *in_.cursor;
  if (cursor.peek() != '{') return in_.refuse("`authority`", "an object");
  std::vector<std::pair<Authority, Mark>> limits;
  Cursor::Step step = cursor.first_key();
  while (step == Cursor::Step::member) {
    if (!limit(cursor.key(), limits) || in_.findings.full()) return false;
    step = cursor.next_key();
  }
  if (step != Cursor::Step::end) return false;
  std::stable_sort(limits.begin(), limits.end(), [](const auto& a, const auto& b) {
    return a.first.name < b.first.name;
  });
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (i > 0 && limits[i - 1].first.name == limits[i].first.name) {
      in_.findings.add(limits[i].second, "the authority " + quoted(limits[i].first.name) +
                                             " is given twice in one object");
    }
    draft.person.authority.push_back(limits[i].first);
  }
  return true;
}

bool DirectoryReader::limit(Mark key, std::vector<std::pair<Authority, Mark>>& limits) {
  const Mark mark = in_.cursor->at();
  const std::optional<std::string_view> name = in_.document.string(key);
  if (!name || name->empty()) {
    in_.findings.add(mark, "the name of an authority is empty or no text");
    return in_.cursor->skip();
  }
  const bool text = in_.cursor->peek() == '"';
  const bool scalar = text || in_.cursor->peek() == '-' || is_digit(in_.cursor->peek());
  std::optional<Value> value;
  if (scalar) {
    const auto written = text ? in_.document.string(mark) : in_.document.token(mark);
    if (written) value = limit_from_text(*written, text);
  }
  limits.emplace_back(Authority{std::string(*name), value.value_or(Value{})}, mark);
  if (value) return in_.cursor->skip();
  return in_.refuse("the authority " + quoted(*name),
                    "a limit as `\"20%\"`, `\"100000 USD\"` or `\"500\"`");
}

bool DirectoryReader::absences(Draft& draft) {
  return in_.list("`absent`", [&] { return absence(draft); });
}

bool DirectoryReader::absence(Draft& draft) {
  const Mark mark = in_.cursor->at();
  const bool is_object = in_.cursor->peek() == '{';
  std::optional<Date> from, to;
  std::optional<std::string_view> delegate;
  Mark delegate_mark = no_mark;
  std::uint32_t given = 0;
  if (!in_.object(absence_keys, "an absence", given, [&](std::size_t key) {
        if (key == 0) return day("`from`", from);
        if (key == 1) return day("`to`", to);
        delegate_mark = in_.cursor->at();
        return in_.text("`delegate`", delegate);
      })) {
    return false;
  }
  if (!is_object) return true;
  if ((given & 1) == 0) in_.findings.add(mark, "`from` is missing");
  if ((given & 2) == 0) in_.findings.add(mark, "`to` is missing");
  if (!from || !to) return true;
  if (*from > *to) {
    in_.findings.add(mark, "the absence ends before it begins: from `" + text(*from) + "` to `" +
                               text(*to) + "`");
  }
  if (delegate) {
    const std::size_t index = draft.person.absences.size();
    draft.delegates.push_back({index, std::string(*delegate), delegate_mark});
  }
  draft.person.absences.push_back({*from, *to, nobody});
  return true;
}

bool DirectoryReader::day(std::string_view what, std::optional<Date>& out) {
  if (in_.cursor->peek() == '"') {
    const std::optional<std::string_view> text = in_.document.string(in_.cursor->at());
    if (text) out = parse_date(*text);
    if (out) return in_.cursor->skip();
  }
  return in_.refuse(what, "a date in quotes, as `2026-12-24`");
}

// By id; of persons with one id the first in the document stays.
void DirectoryReader::drop_doubles() {
  std::erase_if(drafts_, [](const Draft& draft) { return draft.person.id.empty(); });
  std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
    return a.person.id < b.person.id;
  });
  const Draft* first = nullptr;
  for (const Draft& draft : drafts_) {
    if (first && first->person.id == draft.person.id) {
      in_.findings.add_twice(draft.mark, first->mark,
                             "the id " + quoted(draft.person.id) + " is given twice");
    } else {
      first = &draft;
    }
  }
  drafts_.erase(std::unique(drafts_.begin(), drafts_.end(),
                            [](const Draft& a, const Draft& b) {
                              return a.person.id == b.person.id;
                            }),
                drafts_.end());
}

std::uint32_t DirectoryReader::find(std::string_view id) const {
  const auto at = std::lower_bound(
      drafts_.begin(), drafts_.end(), id,
      [](const Draft& draft, std::string_view wanted) { return draft.person.id < wanted; });
  if (at == drafts_.end() || at->person.id != id) return nobody;
  return static_cast<std::uint32_t>(at - drafts_.begin());
}

void DirectoryReader::link(Draft& draft) {
  if (!draft.manager.empty()) {
    draft.person.manager = find(draft.manager);
    if (draft.person.manager == nobody) {
      in_.findings.add(draft.manager_mark, "the manager " + quoted(draft.manager) +
                                               " is not in the directory");
    }
  }
  for (const Draft::Delegate& delegate : draft.delegates) {
    const std::uint32_t who = find(delegate.id);
    draft.person.absences[delegate.absence].delegate = who;
    if (who == nobody) {
      in_.findings.add(delegate.mark,
                       "the delegate " + quoted(delegate.id) + " is not in the directory");
    } else if (delegate.id == draft.person.id) {
      in_.findings.add(delegate.mark, quoted(delegate.id) + " is away, and their own delegate");
    }
  }
}

// Everybody has one manager at most: a walk up that meets its own steps has found a circle, one
// that meets those of an earlier walk ends there.
void DirectoryReader::find_circles() {
  std::vector<std::uint32_t> walk_of(drafts_.size(), nobody);
  for (std::uint32_t start = 0; start < drafts_.size(); ++start) {
    std::uint32_t at = start;
    while (at != nobody && walk_of[at] == nobody) {
      walk_of[at] = start;
      at = drafts_[at].person.manager;
    }
    if (at != nobody && walk_of[at] == start) report_circle(at);
  }
}

// Begins with the member who is first in the document.
void DirectoryReader::report_circle(std::uint32_t member) {
  std::uint32_t first = member;
  std::size_t size = 0;
  std::uint32_t at = member;
  do {
    if (drafts_[at].mark < drafts_[first].mark) first = at;
    at = drafts_[at].person.manager;
    ++size;
  } while (at != member);
  std::string names = quoted(drafts_[first].person.id);
  for (std::size_t i = 1; i < std::min(size, max_named_in_circle); ++i) {
    at = i == 1 ? drafts_[first].person.manager : drafts_[at].person.manager;
    names += " → " + quoted(drafts_[at].person.id);
  }
  if (size > max_named_in_circle) {
    names += " → " + std::to_string(size - max_named_in_circle) + " more";
  }
  names += " → " + quoted(drafts_[first].person.id);
  in_.findings.add(drafts_[first].manager_mark, "a circle of managers: " + names);
}

People DirectoryReader::take() {
  People out;
  out.people.reserve(drafts_.size());
  for (Draft& draft : drafts_) out.people.push_back(std::move(draft.person));
  for (std::uint32_t i = 0; i < out.people.size(); ++i) {
    const Person& person = out.people[i];
    out.by_id.emplace(person.id, i);
    if (!person.active) continue;
    for (const std::string& role : person.roles) out.by_role[role].push_back(i);
  }
  return out;
}

Result<People> DirectoryReader::read(std::string_view json) {
  if (!in_.load(json)) return std::move(in_.problems);
  const bool walked = root();
  if (walked) {
    drop_doubles();
    for (Draft& draft : drafts_) link(draft);
    find_circles();
  }
  Problems problems = in_.finish(walked);
  if (!problems.empty()) return problems;
  return take();
}

}  // namespace

Result<People> read_people(std::string_view json) { return DirectoryReader().read(json); }

}  // namespace assent::ingest
