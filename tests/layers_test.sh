#!/usr/bin/env bash
# Holds every #include to the rooms of the house: who may see whom. Usage: layers_test.sh ROOT
set -u
cd "$1" || exit 2
failed=0

# forbid ROOM-REGEX INCLUDE-REGEX WHY: no file whose path matches the first includes what matches the second.
forbid() {
  local found
  found=$(git ls-files --cached --others --exclude-standard -- '*.h' '*.cpp' '*.def' | grep -E "$1" | xargs -r grep -nE "^#include [<\"]($2)" 2>/dev/null)
  if [ -n "$found" ]; then
    printf 'not allowed: %s\n%s\n' "$3" "$found"
    failed=1
  fi
}

forbid '^runtime/' '(compiler|grammar|stdlib|tools|tests)/|assent/(compile|dump|format)\.h' 'the runtime knows nothing of the compiler'
forbid '^runtime/' 'antlr|boost|fmt/|CLI/' 'the runtime uses neither ANTLR nor Boost'
forbid '^runtime/include/' 'runtime/|nlohmann|simdjson' 'public headers show the standard library alone'
forbid '^runtime/(value|plan|eval|include|approval)/' 'nlohmann|simdjson' 'JSON is read in ingest and written in json'
forbid '^runtime/ingest/' 'nlohmann|runtime/(eval|json)/' 'ingest reads, nothing else'
forbid '^runtime/ingest/(a|b|c|e|f|i|l|r|s|w).*' 'simdjson' 'simdjson is seen by ingest/document.cpp alone'
forbid '^runtime/value/' 'runtime/(ingest|eval|json)/' 'values are at the bottom'
forbid '^runtime/approval/' 'nlohmann|simdjson|fstream|iostream|chrono|ctime|random|runtime/(eval|ingest|json|store|delivery)/' 'the fold sees the plan and the public headers: no clock, no file, no chance, no JSON'
forbid '^runtime/(value|plan|ingest|eval|approval|json|include)/' 'runtime/(store|delivery)/|sqlite3|libpq|curl' 'the runtime needs no disk and no network'
forbid '^runtime/orders/' 'nlohmann|simdjson|fstream|iostream|chrono|ctime|random|runtime/(eval|ingest|json|approval|store|delivery|courier)/' 'orders are planned by the plan and the public headers: no clock, no file, no chance, no JSON'
forbid '^runtime/orders/(allocate|failure|prorate|ratio|revenue|roll|term|whole)[.]' 'assent/|runtime/plan/' 'the arithmetic of orders is over values'
forbid '^runtime/(value|plan|ingest|eval|approval)/' 'runtime/orders/' 'decisions come before orders, and know none'
forbid '^runtime/(store|delivery)/' 'runtime/(eval|ingest|json)/|nlohmann|simdjson' 'the store and the post office see the fold by its headers'
forbid '^runtime/store/' 'runtime/delivery/|curl' 'what is stored is not sent here'
forbid '^runtime/delivery/' 'runtime/(store|approval)/|sqlite3|libpq' 'what is sent knows no case'
forbid '^runtime/documents/' 'runtime/(eval|plan|ingest|json|approval|store|delivery|courier)/|nlohmann|simdjson|curl|sqlite3|libpq' 'documents know no policy, no case and no way to travel'
forbid '^runtime/documents/([^x].*|.*\.h|xml_text\.cpp)$' 'libxml' 'libxml2 is seen by xml_writer.cpp and xml_table.cpp alone'
forbid '^runtime/(value|plan|ingest|eval|approval|json|include|store|delivery|courier)/' 'runtime/documents/|libxml' 'who decides, keeps and tells knows no document of an order'
forbid '^runtime/erp/' 'runtime/(eval|plan|ingest|json|approval|orders|store|courier|documents)/|simdjson|curl|sqlite3|libpq|libxml' 'an order in the ERP knows no policy, no case and no document'
forbid '^runtime/erp/([^m].*|.*\.h)$' 'nlohmann' 'JSON is seen by messages.cpp alone'
forbid '^runtime/(value|plan|ingest|eval|approval|orders|json|include|store|delivery|courier|documents)/' 'runtime/erp/' 'nobody below the ERP knows it'
forbid '^runtime/sync/' 'runtime/(eval|plan|json|approval|orders|store|delivery|courier)/|nlohmann|simdjson|curl|sqlite3|libpq|libxml|fstream|chrono|ctime|random' 'what is told of orders is made of plans and logs, by the public headers: no clock, no file, no way to travel'
forbid '^runtime/sync/[^d]' 'runtime/erp/([^o]|o[^r])' 'an order for the ERP is a plain value but in drive.cpp'
forbid '^runtime/(value|plan|ingest|eval|approval|orders|json|include|store|delivery|courier|documents|erp)/' 'runtime/sync/' 'nobody below knows who tells of orders'
forbid '^runtime/(store|delivery)/' 'runtime/courier/' 'neither the store nor the post office knows who uses them'
forbid '^runtime/courier/' 'runtime/(eval|plan|json|approval|store)/|simdjson|sqlite3|libpq|curl' 'the courier sees the store and the fold by their headers'
forbid '^runtime/courier/(a|l|s|t).*' 'nlohmann' 'the courier checks JSON in courier.cpp alone'
forbid '^runtime/store/([^s]|s[^q]|sql\.h|sql_).*' 'sqlite3' 'SQLite is seen by sqlite.cpp alone'
forbid '^runtime/store/[^p].*' 'libpq' 'libpq is seen by postgres.cpp alone'
forbid '^runtime/delivery/([^t]|to).*' 'curl' 'libcurl is seen by transport.cpp alone'
forbid '^runtime/json/' 'simdjson|runtime/(ingest|eval)/' 'writers have no logic'
forbid '^runtime/c/' 'nlohmann|simdjson|runtime/(ingest|eval|approval|orders|store|delivery|courier)/' 'the C interface is made of the public headers'
forbid '^runtime/([^c]|c[^/])' 'runtime/c/|assent\.h[">]' 'nobody below knows the C interface'
forbid '^runtime/json/' 'nlohmann' 'JSON is written without a tree of it'
forbid '^compiler/include/' 'compiler/|runtime/|antlr|boost|nlohmann|fmt/' 'public headers show the standard library alone'
forbid '^compiler/(source|diag|ast)/' 'compiler/(parse|format|sema|lower|driver)/|runtime/|antlr|boost' 'sources, diagnostics and the tree know no phase'
forbid '^compiler/parse/' 'compiler/(format|sema|lower|driver)/|runtime/|boost' 'parsing gives no meaning'
forbid '^compiler/(format|sema|lower|driver|source|diag|ast)/' 'antlr|Assent(Lexer|Parser)' 'ANTLR is seen by parse/ alone'
forbid '^compiler/format/' 'assent/|compiler/(parse/[^s]|diag|ast|sema|lower|driver)/|runtime/|boost|fmt/' 'the layout sees words, and nothing of their meaning'
forbid '^compiler/sema/' 'compiler/(parse|format|lower|driver)/|boost|runtime/(eval|ingest|json)/' 'the checker rewrites nothing and evaluates nothing'
forbid '^compiler/lower/' 'compiler/(parse|format|driver)/|runtime/(ingest|json)/' 'lowering sees checked tables and the plan'
forbid '^compiler/lower/[^p].*' 'boost' 'Boost.Graph is seen by path_graph.cpp alone'
forbid '^compiler/(source|diag|ast|parse|sema|lower|driver)/' 'compiler/(lint|editor)/' 'nobody below knows the linter or the editor'
forbid '^compiler/editor/' 'compiler/(parse|lower|lint/[^f])/?|antlr|boost|runtime/(eval/[^w]|ingest/|json/)' 'the editor sees trees, checked tables, and what the runtime watches'
forbid '^compiler/lint/' 'compiler/parse/|antlr|boost|runtime/(ingest|json)/' 'the linter sees checked tables and the plan'
forbid '^tools/([^l]|l[^i]|li[^n]|lin[^t]|lint/([^c]|c[^o])).*' 'toml' 'TOML is seen by lint/config.cpp alone'
forbid '^tools/([^a]|a[^r]).*' 'CLI/' 'CLI11 is seen by arguments.cpp alone'
forbid '^tools/' '(compiler|runtime)/|antlr|boost|simdjson' 'the command uses public headers alone'

# The sanitized build does not look for misaligned accesses: so bytes are never taken for anything larger.
found=$(git ls-files --cached --others --exclude-standard -- 'runtime/*.cpp' 'runtime/*.h' 'compiler/*.cpp' 'compiler/*.h' 'tools/*.cpp' 'tools/*.h' |
  xargs grep -nE 'reinterpret_cast<' | grep -vE 'reinterpret_cast<(const )?(char|std::uint8_t|xmlChar)\*>|sha256_x86.cpp')
if [ -n "$found" ]; then
  printf 'bytes taken for something larger: copy them with memcpy\n%s\n' "$found"
  failed=1
fi
[ "$failed" -eq 0 ] && echo 'every include keeps to its room'
exit "$failed"
