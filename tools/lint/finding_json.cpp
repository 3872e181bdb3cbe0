// See finding_json.h.
#include "tools/lint/finding_json.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

Json place_json(const Place& place) {
  return {{"file", place.file},
          {"line", place.line},
          {"column", place.column},
          {"end_line", place.end_line},
          {"end_column", place.end_column},
          {"begin", place.begin},
          {"end", place.end}};
}

Json label_json(const Label& label) {
  Json json = place_json(label.place);
  json["text"] = label.text;
  return json;
}

Json diagnostic_json(const Diagnostic& diagnostic) {
  Json labels = Json::array();
  for (const Label& label : diagnostic.labels) labels.push_back(label_json(label));
  return {{"code", diagnostic.code},
          {"name", diagnostic.name},
          {"severity", severity_text(diagnostic.severity)},
          {"message", diagnostic.message},
          {"primary", label_json(diagnostic.primary)},
          {"labels", std::move(labels)},
          {"help", diagnostic.help}};
}

Json finding_json(const Finding& finding) {
  Json json = diagnostic_json(finding);
  json["fix"] = Json::array();
  for (const TextEdit& edit : finding.fix) {
    Json each = place_json(edit.place);
    each["text"] = edit.text;
    json["fix"].push_back(std::move(each));
  }
  return json;
}

std::string written(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n'; }

}  // namespace

std::string_view severity_text(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

std::string diagnostics_json(const std::vector<Diagnostic>& diagnostics) {
  Json list = Json::array();
  for (const Diagnostic& each : diagnostics) list.push_back(diagnostic_json(each));
  return written(list);
}

std::string names_json(const std::vector<std::string>& names) { return written(Json(names)); }

std::string findings_json(const std::vector<Finding>& findings, const std::vector<std::string>& prints,
                          const std::vector<Diagnostic>& diagnostics) {
  Json json{{"findings", Json::array()}, {"diagnostics", Json::array()}};
  for (std::size_t i = 0; i < findings.size(); ++i) {
    Json each = finding_json(findings[i]);
    each["fingerprint"] = prints[i];
    json["findings"].push_back(std::move(each));
  }
  for (const Diagnostic& each : diagnostics) json["diagnostics"].push_back(diagnostic_json(each));
  return written(json);
}

}  // namespace assent::command
