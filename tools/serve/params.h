// What a request gives, by name, and how a request fails. Entries: Params, Failure.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/result.h"

namespace assent::command::serve {

// Codes of JSON-RPC 2.0, and one of our own.
enum class Code : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  problems = 1,  // the library's, or the compiler's: all of them in `data`
};

// Thrown by whoever cannot answer a request; the server answers so.
struct Failure {
  Code code{};
  std::string message;
  std::string data;  // JSON; empty: there is none
};
Failure failure(const Problems& problems);
Failure failure(ErrorCode code, std::string message);  // a problem without a place

// The value, or what is wrong with it.
template <typename T>
T needed(Result<T> result) {
  if (!result) throw failure(result.problems());
  return std::move(*result);
}

std::string quoted(std::string_view text);  // as JSON

class Params {
 public:
  // Failure for what is no object. Empty: nothing is given. The text must outlive it.
  explicit Params(std::string_view json);

  // Failure for any other name.
  void must_be_of(const std::vector<std::string_view>& names) const;

  bool has(std::string_view name) const { return find(name) != nullptr; }
  // Each gives what stands there; Failure where there is nothing, or something else than that.
  std::string_view json(std::string_view name) const;
  std::string text(std::string_view name) const;
  // The same, but nothing, or `no`, where nothing is given.
  std::optional<std::string> text_if(std::string_view name) const;
  bool flag(std::string_view name) const;

 private:
  const std::string_view* find(std::string_view name) const;
  std::map<std::string, std::string_view, std::less<>> members_;
};

}  // namespace assent::command::serve
