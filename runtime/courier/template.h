// Texts with gaps: what a letter says, apart from whom it goes to and what it is about. Entry: Template.
//
// A small part of Mustache, and stricter. `{{name}}` is a text; `{{#name}} … {{/name}}` is kept if the text of that
// name is not empty, or repeated for each element of a list, whose own names come before those outside;
// `{{^name}} … {{/name}}` is kept otherwise; `{{! … }}` says nothing. A tag of these that is alone on its line takes
// the line with it. A name that nobody knows is a problem when the template is read: a typing mistake in it must not
// become a hole in a letter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assent/result.h"

namespace assent::courier {

inline constexpr std::size_t max_template_bytes = 64 * 1024;  // a page of HTML with its styles
inline constexpr std::size_t max_template_depth = 16;         // sections in sections
inline constexpr std::size_t max_rendered_bytes = 1 << 20;    // of a mail's part; see delivery/mail.h

// What fills the gaps. A name is either a text or a list.
struct Gaps {
  std::map<std::string, std::string, std::less<>> texts;
  std::map<std::string, std::vector<Gaps>, std::less<>> lists;
};

// How a text is written where a gap was, so that it can never be read as anything else than a text. What a name with
// this ending stands for is an address for a field of its own, which in JSON has no other escapes.
inline constexpr std::string_view link_ending = "_link";
enum class Format : std::uint8_t {
  text,   // as it is
  line,   // the same, in one line
  html,   // in an element or a quoted attribute
  slack,  // in a string of JSON, within Slack's mrkdwn, where & < > have a meaning
  teams,  // in a string of JSON, within the Markdown of an Adaptive Card
};

class Template {
 public:
  // `known` has every name that may come, each list with one element. Problems say the line.
  static Result<Template> parse(std::string_view source, const Gaps& known, Format format);

  // Problem limit_exceeded for a text above max_rendered_bytes.
  Result<std::string> render(const Gaps& gaps) const;

  struct Part;

 private:
  Format format_ = Format::text;
  std::shared_ptr<const std::vector<Part>> parts_;
};

}  // namespace assent::courier
