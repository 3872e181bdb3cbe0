// assent import salesforce: the approval rules of another product as a policy. Entry: add_import.
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "assent/compile.h"
#include "assent/format.h"
#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/import/csv.h"
#include "tools/import/json.h"
#include "tools/import/policy.h"
#include "tools/import/words.h"
#include "tools/policy_file.h"
#include "tools/terminal.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct ImportCommand {
  std::vector<std::string> exports;
  std::string folder;
  std::string name = "approvals";
  std::string format = "text";
};

// Of "exports/sbaa__Approver__c.csv": its object.
std::string object_of(const std::string& file) {
  const std::string name = name_in_folder(file);
  return name.substr(0, name.find('.'));
}

bool is_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

// Reads each file once, and those that a plan lists with it.
class ExportFiles {
 public:
  void read(const std::string& name) {
    if (!seen_.insert(name).second) return;
    if (const std::optional<std::vector<std::string>> inside =
            name == standard_stream ? std::nullopt : files_in(name)) {
      const std::string folder = name.ends_with('/') ? name : name + '/';
      if (inside->empty()) throw BadInput(printable(name) + ": has no files");
      for (const std::string& each : *inside) read(folder + each);
      return;
    }
    const std::string text = read_file(name);
    if (is_json(text)) {
      for (const std::string& listed : read_json_export(text, shown_name(name), records))
        read(beside(folder_of(name), listed));
    } else if (name == standard_stream) {
      throw BadInput("stdin: no JSON: a CSV has the object's name in that of its file");
    } else {
      read_csv_export(text, name, object_of(name), records);
    }
  }
  Export records;

 private:
  std::set<std::string> seen_;
};

struct NewFile {
  std::string name, bytes;
};

// All files or none: what is there with another content may be somebody's work, and stays.
void write_files(const std::string& folder, const std::vector<NewFile>& files) {
  for (const NewFile& file : files) {
    const std::optional<std::string> there = read_if_there(folder + file.name, file.bytes.size());
    if (there && *there != file.bytes)
      throw BadInput(printable(folder + file.name) +
                     ": is there already, with another content: move it away, or give another folder");
  }
  make_folder(folder);
  for (const NewFile& file : files) write_once(folder + file.name, file.bytes);
}

// What is written must be a policy, whatever the export was.
void must_compile(const std::string& file, const std::string& policy) {
  const CompileResult result = compile({file, policy});
  if (result.artifact && result.diagnostics.empty()) return;
  std::fputs(diagnostics_text(result, style_of(stderr).colour, true).c_str(), stderr);
  throw BadInput("what was made of the export does not compile; nothing was written");
}

Exit import_export(const ImportCommand& command) {
  if (command.name.empty() || name_from(command.name) != command.name)
    throw BadInput("--name: a name has small letters, digits and `_`, and begins with a letter");
  ExportFiles files;
  for (const std::string& name : command.exports) files.read(name);
  if (files.records.of("ApprovalRule").empty())
    throw BadInput("the export has no approval rules, among " + counted(files.records.size(), "record"));
  const Imported imported = import_salesforce(files.records, command.name);
  const std::string folder = command.folder.ends_with('/') ? command.folder : command.folder + '/';
  const std::string policy_file = command.name + ".assent";
  const std::string policy = format({policy_file, imported.policy}).text;
  must_compile(policy_file, policy);
  const std::string report = report_text(imported.notes);
  write_files(folder,
              {{policy_file, policy}, {"directory.json", imported.directory}, {"import-report.txt", report}});
  print(command.format == "json" ? report_json(imported.notes) : report);
  return has_findings(imported.notes) ? Exit::findings : Exit::fine;
}

}  // namespace

void add_import(Arguments& app, Exit& exit) {
  Arguments* import = app.add_subcommand("import", "rules of other products as a policy");
  import->require_subcommand();
  Arguments* command = import->add_subcommand("salesforce", "rules of Salesforce CPQ Advanced Approvals as a policy");
  auto options = std::make_shared<ImportCommand>();
  command
      ->add_option("EXPORT", options->exports,
                   "files with the records, or folders of such files: JSON or CSV; - for stdin")
      ->required();
  command
      ->add_option("-o,--output", options->folder,
                   "the folder for the policy, the directory and the report, made if it is not there")
      ->required();
  command->add_option("--name", options->name, "what the policy and its file are called (default: approvals)");
  command->add_option("--format", options->format, "of what is printed: text or json")->one_of({"text", "json"});
  command->footer(
      "Examples:\n"
      "  assent import salesforce export -o policies\n"
      "  assent import salesforce rules.json conditions.json approvers.json -o policies --name deal_desk\n"
      "Writes NAME.assent, directory.json and import-report.txt, and prints the report. Files that are there with\n"
      "another content stay. Ends with 1 if something could not be carried over as it was.");
  command->callback([options, &exit] { exit = import_export(*options); });
}

}  // namespace assent::command
