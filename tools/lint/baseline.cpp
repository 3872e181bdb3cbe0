// See baseline.h.
#include "tools/lint/baseline.h"

#include <filesystem>
#include <map>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/lint/fingerprint.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::string_view title = "# findings of `assent lint` that were there before";
constexpr std::size_t print_size = 16;

}  // namespace

std::vector<std::string> fingerprints(const std::vector<Finding>& findings) {
  std::map<std::string, std::size_t> alike;
  std::vector<std::string> prints;
  for (const Finding& each : findings) {
    const std::string file = std::filesystem::path(each.primary.place.file).lexically_normal().generic_string();
    std::string what = each.code + '\n' + file + '\n' + each.message;
    const std::size_t before = alike[what]++;
    prints.push_back(print_of(what + '\n' + std::to_string(before)));
  }
  return prints;
}

std::set<std::string> read_baseline(const std::string& name) {
  const std::string text = read_file(name);
  std::string_view rest = text;
  std::set<std::string> known;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::string_view each = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(each.size() + 1, rest.size()));
    const bool print = each.find_first_not_of("0123456789abcdef") == print_size && each[print_size] == ' ';
    if (line == 1 ? each != title : !print)
      throw BadInput(printable(name) + ':' + std::to_string(line) + ": is no baseline of the linter");
    if (print) known.emplace(each.substr(0, print_size));
  }
  return known;
}

std::string baseline_text(const std::vector<Finding>& findings, const std::vector<std::string>& prints) {
  std::string text(title);
  text += '\n';
  for (std::size_t i = 0; i < findings.size(); ++i)
    text += prints[i] + ' ' + findings[i].name + ' ' + printable(findings[i].primary.place.file) + ": " +
            printable(findings[i].message) + '\n';
  return text;
}

}  // namespace assent::command
