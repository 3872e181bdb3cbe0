// Entry: value_at.
#include "runtime/courier/figure.h"

#include <algorithm>

#include "runtime/ingest/cursor.h"

namespace assent::courier {

namespace {

using ingest::Cursor;

// The next name on the way, its escapes resolved: `~1` is `/`, `~0` is `~`.
std::string next_name(std::string_view& pointer) {
  pointer.remove_prefix(1);
  const std::size_t end = std::min(pointer.find('/'), pointer.size());
  std::string name;
  for (std::size_t i = 0; i < end; ++i) {
    if (pointer[i] == '~' && i + 1 < end) name += pointer[++i] == '1' ? '/' : '~';
    else name += pointer[i];
  }
  pointer.remove_prefix(end);
  return name;
}

// Moves into the object or list here, to the value of that name. False if there is none.
bool enter(Cursor& cursor, ingest::Document& document, const std::string& name) {
  const bool is_object = cursor.peek() == '{';
  if (!is_object && cursor.peek() != '[') return false;
  std::size_t index = 0;
  Cursor::Step step = is_object ? cursor.first_key() : cursor.first_element();
  for (; step == Cursor::Step::member; ++index) {
    if (is_object ? document.string(cursor.key()) == name : std::to_string(index) == name) return true;
    if (!cursor.skip()) return false;
    step = is_object ? cursor.next_key() : cursor.next_element();
  }
  return false;
}

}  // namespace

bool is_pointer(std::string_view text) {
  if (!text.starts_with('/')) return false;
  for (std::size_t i = text.find('~'); i != text.npos; i = text.find('~', i + 1)) {
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return false;
  }
  return true;
}

std::string value_at(ingest::Document& document, std::string_view pointer) {
  Cursor cursor(document);
  while (!pointer.empty()) {
    if (!enter(cursor, document, next_name(pointer))) return {};
  }
  const char first = cursor.peek();
  if (first == '{' || first == '[' || cursor.is_null()) return {};
  if (first == '"') return std::string(document.string(cursor.at()).value_or(""));
  return std::string(document.token(cursor.at()));
}

}  // namespace assent::courier
