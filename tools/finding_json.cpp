// See finding_json.h.
#include "tools/finding_json.h"

#include <utility>

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

}  // namespace

std::string_view severity_text(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
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

}  // namespace assent::command
