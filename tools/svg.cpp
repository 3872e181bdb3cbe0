// See svg.h.
#include "tools/svg.h"

namespace assent::command::svg {

namespace {

std::string number(int value) { return std::to_string(value); }

std::string opened(std::string_view tag, std::string_view look) {
  return '<' + std::string(tag) + " class=\"" + std::string(look) + '"';
}

}  // namespace

Pen& Pen::from(int x, int y) {
  d += 'M' + number(x) + ' ' + number(y);
  return *this;
}
Pen& Pen::across_to(int x) {
  d += 'H' + number(x);
  return *this;
}
Pen& Pen::up_or_down_to(int y) {
  d += 'V' + number(y);
  return *this;
}
Pen& Pen::by(int x, int y) {
  d += 'l' + number(x) + ' ' + number(y);
  return *this;
}
Pen& Pen::close() {
  d += 'z';
  return *this;
}

std::string attribute(std::string_view name, int value) {
  return ' ' + std::string(name) + "=\"" + number(value) + '"';
}

std::string rect(std::string_view look, int x, int y, int width, int height, int corner) {
  return opened("rect", look) + attribute("x", x) + attribute("y", y) + attribute("width", width) +
         attribute("height", height) + (corner > 0 ? attribute("rx", corner) : "") + "/>\n";
}

std::string path(std::string_view look, const Pen& pen, std::string_view attributes) {
  return opened("path", look) + std::string(attributes) + " d=\"" + pen.d + "\"/>\n";
}

std::string text(std::string_view look, int x, int y, std::string_view inner) {
  return opened("text", look) + attribute("x", x) + attribute("y", y) + '>' + std::string(inner) + "</text>\n";
}

std::string span(std::string_view look, std::string_view inner) {
  return opened("tspan", look) + '>' + std::string(inner) + "</tspan>";
}

}  // namespace assent::command::svg
