// See terminal.h.
#include "tools/terminal.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace assent::command {

bool is_terminal(std::FILE* file) { return isatty(fileno(file)) == 1; }

Style style_of(std::FILE* file) {
  Style style;
  if (!is_terminal(file)) return style;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  const bool dumb = kind != nullptr && std::string_view(kind) == "dumb";
  style.colour = !dumb && (no_colour == nullptr || *no_colour == '\0');
  winsize size{};
  if (ioctl(fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = std::clamp<std::size_t>(size.ws_col, 60, 160);
  }
  return style;
}

}  // namespace assent::command
