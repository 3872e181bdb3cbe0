// The elements that pictures in SVG are made of, a line each. Entries: rect, path, text.
//
// `look` is a class of the picture's style sheet, `inner` is XML already: xml_text makes it. All numbers are pixels.
#pragma once

#include <string>
#include <string_view>

namespace assent::command::svg {

// A path of straight lines.
struct Pen {
  std::string d;

  Pen& from(int x, int y);
  Pen& across_to(int x);
  Pen& up_or_down_to(int y);
  Pen& by(int x, int y);
  Pen& close();
};

// ` x="12"`.
std::string attribute(std::string_view name, int value);

std::string rect(std::string_view look, int x, int y, int width, int height, int corner = 0);
std::string path(std::string_view look, const Pen& pen, std::string_view attributes = {});
std::string text(std::string_view look, int x, int y, std::string_view inner);
std::string span(std::string_view look, std::string_view inner);  // within a text

}  // namespace assent::command::svg
