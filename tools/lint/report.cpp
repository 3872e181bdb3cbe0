// See report.h.
#include "tools/lint/report.h"

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "tools/junit.h"
#include "tools/lint/finding_json.h"
#include "tools/text.h"
#include "tools/uri.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n'; }

// Both as one list, errors first: whoever reads a report wants all of it.
struct Entry { const Diagnostic* diagnostic; const Finding* finding; std::string print; };
std::vector<Entry> entries(const Linted& linted) {
  std::vector<Entry> all;
  for (const Diagnostic& each : linted.diagnostics) all.push_back({&each, nullptr, each.code + each.message});
  for (std::size_t i = 0; i < linted.findings.size(); ++i)
    all.push_back({&linted.findings[i], &linted.findings[i], linted.prints[i]});
  return all;
}

// ── SARIF ────────────────────────────────────────────────────────────────────────────────────
Json physical_location(const Place& place) {
  Json location{{"physicalLocation",
                 {{"artifactLocation",
                   {{"uri", uri_path(std::filesystem::path(place.file).lexically_normal().generic_string())}}}}}};
  if (place.line > 0) {
    location["physicalLocation"]["region"] = {{"startLine", place.line},
                                              {"startColumn", place.column},
                                              {"endLine", place.end_line},
                                              {"endColumn", place.end_column}};
  }
  return location;
}

Json sarif_rule(std::string_view code, std::string_view name, Severity severity, std::string_view title,
                std::string_view full, std::string_view cure) {
  return {{"id", code},
          {"name", name},
          {"shortDescription", {{"text", title}}},
          {"fullDescription", {{"text", full}}},
          {"help", {{"text", cure}}},
          {"defaultConfiguration", {{"level", severity_text(severity)}}}};
}

Json sarif_result(const Entry& entry) {
  const Diagnostic& each = *entry.diagnostic;
  std::string message = each.message;
  if (!each.help.empty()) message += ": " + each.help;
  Json result{{"ruleId", each.code},
              {"level", severity_text(each.severity)},
              {"message", {{"text", message}}},
              {"locations", Json::array({physical_location(each.primary.place)})},
              {"partialFingerprints", {{"assent/v1", entry.print}}}};
  for (const Label& label : each.labels) {
    Json related = physical_location(label.place);
    related["message"] = {{"text", label.text}};
    result["relatedLocations"].push_back(std::move(related));
  }
  if (entry.finding != nullptr && !entry.finding->fix.empty()) {
    Json changes = Json::array();
    for (const TextEdit& edit : entry.finding->fix) {
      const Json at = physical_location(edit.place)["physicalLocation"];
      changes.push_back({{"artifactLocation", at["artifactLocation"]},
                         {"replacements", Json::array({Json{{"deletedRegion", at["region"]},
                                                            {"insertedContent", {{"text", edit.text}}}}})}});
    }
    result["fixes"] = Json::array({Json{{"description", {{"text", each.help}}}, {"artifactChanges", changes}}});
  }
  return result;
}

// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
Json sarif_report(const Linted& linted) {
  Json rules = Json::array();
  for (const LintRule& each : lint_rules())
    rules.push_back(sarif_rule(each.code, each.name, each.severity, each.title, each.why, each.cure));
  for (const DiagnosticKind& each : diagnostic_kinds())
    rules.push_back(sarif_rule(each.code, each.name, each.severity, each.title, each.title, each.cure));
  Json results = Json::array();
  for (const Entry& each : entries(linted)) results.push_back(sarif_result(each));
  return {{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({Json{{"tool", {{"driver", {{"name", "assent"}, {"rules", std::move(rules)}}}}},
                                     {"columnKind", "unicodeCodePoints"},
                                     {"results", std::move(results)}}})}};
}

// ── GitHub, GitLab, JUnit ────────────────────────────────────────────────────────────────────
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
std::string github_report(const Linted& linted) {
  const auto escaped = [](std::string_view text, bool property) {
    std::string out;
    for (const char c : text) {
      if (c == '%') out += "%25";
      else if (c == '\n') out += "%0A";
      else if (c == '\r') out += "%0D";
      else if (property && c == ':') out += "%3A";
      else if (property && c == ',') out += "%2C";
      else out += c;
    }
    return out;
  };
  std::string report;
  for (const Entry& entry : entries(linted)) {
    const Diagnostic& each = *entry.diagnostic;
    const Place& place = each.primary.place;
    report += each.severity == Severity::note ? "::notice" : "::" + std::string(severity_text(each.severity));
    report += " file=" + escaped(place.file, true) + ",line=" + std::to_string(place.line) +
              ",col=" + std::to_string(place.column) + ",endLine=" + std::to_string(place.end_line) +
              ",endColumn=" + std::to_string(place.end_column) +
              ",title=" + escaped(each.code + " " + each.name, true) +
              "::" + escaped(each.message + (each.help.empty() ? "" : "\n" + each.help), false) + '\n';
  }
  return report;
}

// https://docs.gitlab.com/ci/testing/code_quality/
Json gitlab_report(const Linted& linted) {
  Json report = Json::array();
  for (const Entry& entry : entries(linted)) {
    const Diagnostic& each = *entry.diagnostic;
    report.push_back({{"description", each.message},
                      {"check_name", each.name},
                      {"fingerprint", entry.print},
                      {"severity", each.severity == Severity::error     ? "critical"
                                   : each.severity == Severity::warning ? "major"
                                                                        : "info"},
                      {"location",
                       {{"path", std::filesystem::path(each.primary.place.file).lexically_normal().string()},
                        {"lines", {{"begin", std::max(1u, each.primary.place.line)}}}}}});
  }
  return report;
}

std::string junit_report(const Linted& linted) {
  std::vector<JunitSuite> suites;
  for (const Entry& entry : entries(linted)) {
    const Diagnostic& each = *entry.diagnostic;
    const std::string& file = each.primary.place.file;
    auto suite = std::find_if(suites.begin(), suites.end(), [&](const JunitSuite& one) { return one.name == file; });
    if (suite == suites.end()) suite = suites.insert(suite, {file, {}});
    const std::string place = std::to_string(each.primary.place.line) + ':' + std::to_string(each.primary.place.column);
    suite->cases.push_back({each.name + " at " + place, each.message, each.help, false});
  }
  return junit_xml(suites);
}

}  // namespace

std::string lint_report(const Linted& linted, std::string_view format) {
  if (format == "json") return findings_json(linted.findings, linted.prints, linted.diagnostics);
  if (format == "sarif") return written(sarif_report(linted));
  if (format == "github") return github_report(linted);
  if (format == "gitlab") return written(gitlab_report(linted));
  return junit_report(linted);
}

}  // namespace assent::command
