// See html.h. Sections are listed at the top; ids are the page's own and never a text of the policy.
#include "tools/page/html.h"

#include "tools/page/chart_svg.h"
#include "tools/page/path_svg.h"
#include "tools/page/style.h"
#include "tools/text.h"

namespace assent::command {

namespace {

std::string shown(std::string_view text) { return xml_text(printable(text)); }

std::string span_text(const Span& span) {
  std::string text = shown(span.text);
  if (span.look == Span::Look::name) text = "<code>" + text + "</code>";
  if (span.look == Span::Look::strong) text = "<strong>" + text + "</strong>";
  return span.target.empty() ? text : "<a href=\"#" + span.target + "\">" + text + "</a>";
}

std::string text_of(const Words& words) {
  std::string text;
  for (const Span& span : words.spans) text += span_text(span);
  return text;
}

class Writer {
 public:
  std::string out;

  void operator()(const Heading& heading) {
    const std::string tag = 'h' + std::to_string(heading.level);
    out += '<' + tag + " id=\"" + heading.id + "\">" + text_of(heading.words) + "</" + tag + ">\n";
  }
  void operator()(const Paragraph& paragraph) { out += "<p>" + text_of(paragraph.words) + "</p>\n"; }
  void operator()(const Points& points) {
    if (points.points.empty()) return;
    out += "<dl>\n";
    for (const Points::Point& point : points.points) {
      out += "<dt>" + shown(point.term) + "</dt>\n";
      for (const Words& words : point.said) out += "<dd>" + text_of(words) + "</dd>\n";
    }
    out += "</dl>\n";
  }
  void operator()(const PageTable& table) {
    const std::string title = shown(table.title);
    out += "<div class=\"wide\" role=\"region\" aria-label=\"" + title + "\" tabindex=\"0\">\n<table>\n<caption>" +
           title + "</caption>\n<thead><tr>";
    for (const std::string& cell : table.head) out += "<th scope=\"col\">" + shown(cell) + "</th>";
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      out += "<tr>";
      for (const Words& cell : row) {
        const bool first = &cell == &row.front();
        out += (first ? "<th scope=\"row\">" : "<td>") + text_of(cell) + (first ? "</th>" : "</td>");
      }
      out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n</div>\n";
  }
  void operator()(const PathPicture& picture) {
    out += "<figure class=\"wide\" tabindex=\"0\">\n" + path_svg(picture, ++pictures_) + "</figure>\n";
  }

  void operator()(const Chart& chart) {
    out += "<figure class=\"wide\" tabindex=\"0\">\n" + chart_svg(chart, ++pictures_) + "</figure>\n";
  }

 private:
  std::size_t pictures_ = 0;
};

std::string contents(const Page& page) {
  std::string out = "<nav aria-label=\"On this page\">\n<ul>\n";
  for (const auto& block : page.blocks) {
    const Heading* heading = std::get_if<Heading>(&block);
    if (heading == nullptr || heading->level != 2) continue;
    out += "<li><a href=\"#" + heading->id + "\">" + shown(plain(heading->words)) + "</a></li>\n";
  }
  return out + "</ul>\n</nav>\n";
}

}  // namespace

std::string html_page(const Page& page) {
  const std::string title = shown(page.title);
  Writer writer;
  writer.out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
               title + "</title>\n" + std::string(page_style) + "</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n" +
               contents(page);
  for (const auto& block : page.blocks) std::visit(writer, block);
  return writer.out + "</main>\n</body>\n</html>\n";
}

}  // namespace assent::command
