// See uri.h.
#include "tools/uri.h"

namespace assent::command {

namespace {

constexpr std::string_view scheme = "file://";

std::optional<int> digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

}  // namespace

std::string uri_path(std::string_view path) {
  constexpr std::string_view plain = "-._~/";
  constexpr char digits[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += digits[byte >> 4];
    uri += digits[byte & 15];
  }
  return uri;
}

std::string uri_of_path(std::string_view path) { return std::string(scheme) + uri_path(path); }

std::optional<std::string> path_of_uri(std::string_view uri) {
  if (!uri.starts_with(scheme)) return std::nullopt;
  const std::size_t slash = uri.find('/', scheme.size());  // before it is the host, which is ours
  if (slash == std::string_view::npos) return std::nullopt;
  uri.remove_prefix(slash);
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] != '%') {
      path += uri[i];
      continue;
    }
    const auto high = i + 1 < uri.size() ? digit_of(uri[i + 1]) : std::nullopt;
    const auto low = i + 2 < uri.size() ? digit_of(uri[i + 2]) : std::nullopt;
    if (!high || !low || (*high == 0 && *low == 0)) return std::nullopt;
    path += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return path;
}

}  // namespace assent::command
