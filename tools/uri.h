// Files as URIs, RFC 3986 and RFC 8089. Entries: uri_path, uri_of_path, path_of_uri.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assent::command {

// A path as it stands in a URI: what is no letter, digit or mark of a path is written in percent.
std::string uri_path(std::string_view path);

std::string uri_of_path(std::string_view path);  // "file:///a%20b/c.assent" of an absolute path

// "/a b/c.assent" of "file:///a%20b/c.assent"; nothing for a URI that is no file's.
std::optional<std::string> path_of_uri(std::string_view uri);

}  // namespace assent::command
