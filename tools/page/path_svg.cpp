// See path_svg.h. Each part is measured, then drawn where it belongs; the way goes through the middle of each.
#include "tools/page/path_svg.h"

#include <algorithm>
#include <vector>

#include "tools/svg.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using svg::Pen;

constexpr int box_width = 208, inside = 12, line_height = 18, corner = 6;
constexpr int way_length = 34, fork_length = 20, row_gap = 14, frame_space = 12, tip_length = 7;
constexpr std::size_t name_cells = 23, when_cells = 30, most_lines = 6;

std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  std::vector<std::string> lines = wrap(printable(text), width);
  if (lines.size() > most_lines) {
    lines.resize(most_lines);
    lines.back() += " …";
  }
  for (std::string& line : lines) line = shortened(line, width + 2);
  return lines;
}

std::vector<std::string> when_lines(const PathOutline& path) {
  return path.when.empty() ? std::vector<std::string>{} : lines_of("when " + path.when, when_cells);
}

// A part as it is drawn, and the room that it takes.
struct Part {
  const PathOutline* path = nullptr;
  std::vector<std::string> name, when;
  std::vector<Part> parts;
  int width = 0, height = 0;
  int middle = 0;  // below its top, where the way enters and leaves

  bool framed() const { return path->kind != PathOutline::Kind::step && !when.empty(); }
  int frame_head() const { return frame_space + static_cast<int>(when.size()) * line_height; }
};

Part measured(const PathOutline& path) {
  Part part{&path, {}, when_lines(path), {}, 0, 0, 0};
  for (const PathOutline& each : path.parts) part.parts.push_back(measured(each));
  switch (path.kind) {
    case PathOutline::Kind::step:
      part.name = lines_of(path.approver, name_cells);
      part.width = box_width;
      part.height = 2 * inside + static_cast<int>(part.name.size() + part.when.size()) * line_height;
      part.middle = part.height / 2;
      break;
    case PathOutline::Kind::series: {
      int below = 0;
      for (const Part& each : part.parts) {
        part.width += each.width + (part.width > 0 ? way_length : 0);
        part.middle = std::max(part.middle, each.middle);
        below = std::max(below, each.height - each.middle);
      }
      part.height = part.middle + below;
      break;
    }
    case PathOutline::Kind::parallel:
      for (const Part& each : part.parts) {
        part.width = std::max(part.width, each.width + 2 * fork_length);
        part.height += each.height + (part.height > 0 ? row_gap : 0);
      }
      part.middle = part.height / 2;
      break;
  }
  if (part.framed()) {
    part.width = std::max(part.width, box_width) + 2 * frame_space;
    part.height += part.frame_head() + frame_space;
    part.middle += part.frame_head();
  }
  return part;
}

class Artist {
 public:
  std::string out;

  void draw(const Part& part, int x, int y) {
    if (part.framed()) {
      out += svg::rect("frame", x, y, part.width, part.height, corner);
      texts("when", part.when, x + inside, y + frame_space / 2);
    }
    switch (part.path->kind) {
      case PathOutline::Kind::step: return box(part, x, y);
      case PathOutline::Kind::series: return series(part, x, y);
      case PathOutline::Kind::parallel: return parallel(part, x, y);
    }
  }

 private:
  void texts(std::string_view look, const std::vector<std::string>& lines, int x, int y) {
    for (const std::string& line : lines) {
      y += line_height;
      out += svg::text(look, x, y - 5, xml_text(line));
    }
  }
  void box(const Part& part, int x, int y) {
    out += svg::rect(part.when.empty() ? "box" : "maybe", x, y, part.width, part.height, corner);
    texts("name", part.name, x + inside, y + inside);
    texts("when", part.when, x + inside, y + inside + static_cast<int>(part.name.size()) * line_height);
  }
  void way(int from, int to, int y) {
    out += svg::path("way", Pen().from(from, y).across_to(to));
  }
  void arrow(int from, int to, int y) {
    way(from, to - tip_length, y);
    out += svg::path("tip", Pen().from(to, y).by(-tip_length, -4).by(0, 8).close());
  }

  void series(const Part& part, int x, int y) {
    const int middle_y = y + part.middle;
    const int right = x + part.width;
    int at = part.framed() ? x + frame_space : x;
    if (part.framed()) way(x, at, middle_y);
    bool first = true;
    for (const Part& each : part.parts) {
      if (!first) {
        arrow(at, at + way_length, middle_y);
        at += way_length;
      }
      draw(each, at, middle_y - each.middle);
      at += each.width;
      first = false;
    }
    if (at < right) way(at, right, middle_y);
  }

  void parallel(const Part& part, int x, int y) {
    const int middle_y = y + part.middle;
    const int left = part.framed() ? x + frame_space : x;
    const int right = part.framed() ? x + part.width - frame_space : x + part.width;
    if (part.framed()) {
      way(x, left, middle_y);
      way(right, x + part.width, middle_y);
    }
    int at = part.framed() ? y + part.frame_head() : y;
    for (const Part& each : part.parts) {
      const int own = at + each.middle;
      out += svg::path("way", Pen().from(left, middle_y).across_to(left + fork_length / 2).up_or_down_to(own)
                                  .across_to(left + fork_length));
      draw(each, left + fork_length, at);
      out += svg::path("way", Pen().from(left + fork_length + each.width, own).across_to(right - fork_length / 2)
                                  .up_or_down_to(middle_y).across_to(right));
      at += each.height + row_gap;
    }
  }
};

}  // namespace

std::string path_svg(const PathPicture& picture, std::size_t number) {
  const Part whole = measured(picture.path);
  const std::string id = "picture-" + std::to_string(number);
  const int width = whole.width + 2, height = whole.height + 2;
  Artist artist;
  artist.out = "<svg role=\"img\" aria-labelledby=\"" + id + ' ' + id + "-words\"" +
               svg::attribute("width", width) + svg::attribute("height", height) + " viewBox=\"0 0 " +
               std::to_string(width) + ' ' + std::to_string(height) + "\">\n<title id=\"" + id + "\">" +
               xml_text(printable(picture.title)) + "</title>\n<desc id=\"" + id + "-words\">" +
               xml_text(printable(picture.alternative)) + "</desc>\n";
  artist.draw(whole, 1, 1);
  return artist.out + "</svg>\n";
}

}  // namespace assent::command
