// Any text as an export of Salesforce: a policy that compiles, or a BadInput, never a crash.
//
// JSON as it is; else tables, each behind a line "= object" as a file of CSV. Of one text in sixteen the policy is
// compiled, which takes longer than all the rest.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "assent/compile.h"
#include "assent/world.h"
#include "tools/command.h"
#include "tools/import/csv.h"
#include "tools/import/json.h"
#include "tools/import/policy.h"

namespace {

using namespace assent::command;

void read(std::string_view text, Export& records) {
  if (!text.starts_with('=')) {
    read_json_export(text, "export.json", records);
    return;
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n=", 1), text.size());
    const std::string_view table = text.substr(0, end);
    const std::size_t line = std::min(table.find('\n'), table.size());
    const std::string object(table.substr(std::min<std::size_t>(2, line), line - std::min<std::size_t>(2, line)));
    read_csv_export(table.substr(std::min(line + 1, table.size())), object + ".csv", object, records);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    Export records;
    read(text, records);
    const Imported imported = import_salesforce(records, "fuzzed");
    if (report_text(imported.notes).empty() || report_json(imported.notes).empty()) std::abort();
    if (!assent::Directory::from_json(imported.directory)) std::abort();
    if (std::hash<std::string_view>()(text) % 16 != 0) return 0;
    const assent::CompileResult result = assent::compile({"fuzzed.assent", imported.policy});
    if (result.artifact && result.diagnostics.empty()) return 0;
    std::fputs(imported.policy.c_str(), stderr);
    for (const assent::Diagnostic& each : result.diagnostics) std::fputs(render(each, result.sources).c_str(), stderr);
    std::abort();
  } catch (const BadInput&) {}
  return 0;
}
