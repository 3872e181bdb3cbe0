// See page.h.
#include "tools/page/page.h"

namespace assent::command {

Words joined(const std::vector<Words>& parts, std::string_view between) {
  Words all;
  for (const Words& part : parts) {
    if (!all.empty()) all.add(std::string(between));
    all.add(part);
  }
  return all;
}

std::string plain(const Words& words) {
  std::string text;
  for (const Span& span : words.spans) text += span.text;
  return text;
}

void Points::add(std::string term, std::vector<Words> said) {
  std::erase_if(said, [](const Words& words) { return words.empty(); });
  if (!said.empty()) points.push_back({std::move(term), std::move(said)});
}

void Points::add(std::string term, Words said) { add(std::move(term), std::vector<Words>{std::move(said)}); }

}  // namespace assent::command
