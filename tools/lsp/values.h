// The values of the protocol, and its errors.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "assent/editor.h"
#include "tools/lsp/desk.h"
#include "tools/lsp/text.h"

namespace assent::command::lsp {

using Json = nlohmann::json;

// Of JSON-RPC and of the protocol.
enum class RpcError : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  not_initialized = -32002,
};
struct Refused {
  RpcError code;
  std::string message;
};

Json position_json(TextPosition at);
Json range_json(const EditorDesk::Target& at);
Json location_json(const EditorDesk::Target& at);
TextPosition position_of(const Json& json);

int severity_number(Severity severity);

struct SymbolNumbers { int symbol, completion; };  // SymbolKind, CompletionItemKind
SymbolNumbers numbers_of(Symbol::Kind kind);

// Local to an item: no business of those who look for declarations.
bool is_local(Symbol::Kind kind);

}  // namespace assent::command::lsp
