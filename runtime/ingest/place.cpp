#include "runtime/ingest/place.h"

#include <algorithm>
#include <charconv>

namespace assent::ingest {

namespace {

// Of a path: that of the deepest field a person would write, many times over.
constexpr std::size_t max_path_bytes = 4096;

std::uint32_t child_at(const Intake& in, std::uint32_t table, std::string_view path) {
  for (const std::uint32_t child : in.children_of[table]) {
    if (in.plan.string(in.plan.tables[child].path) == path) return child;
  }
  return plan::none;
}

// "3" of "3]…", with `rest` after the bracket. Digits alone, and no zeros before them.
bool take_index(std::string_view& rest, std::uint32_t& index) {
  const std::size_t end = rest.find(']');
  if (end == std::string_view::npos || end == 0 || (rest[0] == '0' && end > 1)) return false;
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + end, index);
  if (error != std::errc() || stop != rest.data() + end) return false;
  rest.remove_prefix(end + 1);
  return true;
}

// Goes from the row in `place` to the row of the list `path` that the index at `rest` names.
std::string enter_list(const Intake& in, const Rows& rows, const std::string& path, std::string_view& rest, bool gap,
                       Place& place) {
  const std::uint32_t child = child_at(in, place.table, path);
  if (child == plan::none) return "has no list " + quoted(path) + " that the policy reads";
  std::uint32_t index = 0;
  if (!take_index(rest, index)) return "has no whole number in its brackets";
  const std::uint32_t first = rows.tables[child].first[place.row];
  const std::uint32_t count = rows.tables[child].first[place.row + 1] - first;
  if (index >= count + (gap && rest.empty() ? 1 : 0)) {
    return "is out of range: " + quoted(path) + " has " + std::to_string(count) + " rows here";
  }
  place = {child, first + index, place.row};
  return {};
}

std::string find_field(const Intake& in, std::string_view field, Place& place) {
  for (const std::uint32_t column : in.columns_of[place.table]) {
    if (in.plan.string(in.plan.columns[column].path) != field) continue;
    const auto says_so = [&](const plan::Key& key) {
      return key.action == plan::KeyAction::presence && key.target == column;
    };
    if (std::any_of(in.plan.keys.begin(), in.plan.keys.end(), says_so))
      return "names a record: its fields can be set, not whether it is there";
    place.column = column;
    return {};
  }
  return "names no field that the policy reads";
}

// The rows that the path leads through. `field`: where in `path` without its indices the field begins, if any.
struct Way {
  std::string names;
  std::size_t field = 0;
  std::string_view last() const { return std::string_view(names).substr(field); }
};

std::string follow(const Intake& in, const Rows& rows, std::string_view path, bool gap, Way& way, Place& place) {
  if (path.size() > max_path_bytes) return "is too long";
  std::string_view rest = path;
  while (true) {
    const std::size_t end = std::min(rest.find('['), rest.size());
    way.names += rest.substr(0, end);
    rest.remove_prefix(end);
    if (rest.empty()) return {};
    rest.remove_prefix(1);
    std::string wrong = enter_list(in, rows, way.names, rest, gap, place);
    if (!wrong.empty()) return wrong;
    if (!rest.empty() && rest[0] != '.') return "has no `.` after an index";
    way.field = way.names.size();
    if (rest.empty()) return {};
    rest.remove_prefix(1);
    if (rest.empty()) return "ends with a `.`";
    way.names += '.';
    way.field = way.names.size();
  }
}

}  // namespace

std::string cell_at(const Intake& in, const Rows& rows, std::string_view path, Place& place) {
  Way way;
  std::string wrong = follow(in, rows, path, false, way, place);
  return wrong.empty() ? find_field(in, way.last(), place) : wrong;  // without a name: of a list of scalars
}

std::string row_at(const Intake& in, const Rows& rows, std::string_view path, bool gap, Place& place) {
  Way way;
  std::string wrong = follow(in, rows, path, gap, way, place);
  if (!wrong.empty()) return wrong;
  return place.table == 0 || !way.last().empty() ? "names no row of a list" : "";
}

}  // namespace assent::ingest
