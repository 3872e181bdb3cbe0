// How to change what is written: the style, and the cures of what was found.
#include "assent/format.h"
#include "tools/lsp/server.h"

namespace assent::command::lsp {

Json Server::formatting(const Json& params) {
  const Document& of = document(params);
  const FormatResult formatted = format({"document", of.text});
  if (formatted.text == of.text) return Json::array();
  const TextLines lines(of.text, desk_.encoding());
  return Json::array(
      {Json{{"range", {{"start", position_json({0, 0})}, {"end", position_json(lines.position(of.text.size()))}}},
            {"newText", formatted.text}}});
}

Json Server::code_actions(const Json& params) {
  const Document& of = document(params);
  const std::size_t begin = desk_.offset(of, position_of(params.at("range").at("start")));
  const std::size_t end = desk_.offset(of, position_of(params.at("range").at("end")));
  Json list = Json::array();
  for (const Finding& finding : desk_.view(of).findings) {
    const Place& place = finding.primary.place;
    if (finding.fix.empty() || place.end < begin || place.begin > end) continue;
    Json edits = Json::array();
    for (const TextEdit& edit : finding.fix) {
      const auto at = desk_.target(of, edit.place);
      if (at && at->uri == of.uri) edits.push_back({{"range", range_json(*at)}, {"newText", edit.text}});
    }
    if (edits.size() != finding.fix.size()) continue;
    list.push_back({{"title", finding.message + ": " + finding.help},
                    {"kind", "quickfix"},
                    {"edit", {{"changes", {{of.uri, std::move(edits)}}}}}});
  }
  return list;
}

}  // namespace assent::command::lsp
