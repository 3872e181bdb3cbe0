// Texts with gaps: what is kept, what is repeated, how texts are escaped, and what is refused.
#include "runtime/courier/template.h"

#include <catch2/catch.hpp>

using namespace assent;
using courier::Format;
using courier::Gaps;
using courier::Template;

namespace {

const Gaps names{{{"case", ""}, {"note", ""}, {"empty", ""}, {"case_link", ""}},
                 {{"steps", {Gaps{{{"step", ""}}, {{"votes", {Gaps{{{"who", ""}}, {}}}}}}}}, {"none", {Gaps{}}}}};

Gaps full() {
  Gaps gaps = names;
  gaps.texts["case"] = "Q-7";
  gaps.texts["note"] = "outer";
  gaps.texts["case_link"] = "https://desk.example.com/?a=1&b=(2)_3";
  gaps.lists["none"].clear();
  gaps.lists["steps"] = {Gaps{{{"step", "boss"}, {"note", "inner"}}, {{"votes", {}}}},
                         Gaps{{{"step", "cfo"}}, {{"votes", {Gaps{{{"who", "a"}}, {}}, Gaps{{{"who", "b"}}, {}}}}}}};
  return gaps;
}

std::string rendered(const std::string& source, const Gaps& gaps = full(), Format format = Format::text) {
  const Result<Template> made = Template::parse(source, names, format);
  if (!made) return "problem: " + made.problems()[0].message;
  const Result<std::string> text = made->render(gaps);
  return text ? *text : "problem: " + text.problems()[0].message;
}

TEST_CASE("gaps are filled, sections kept or repeated", "[courier]") {
  CHECK(rendered("no gap") == "no gap");
  CHECK(rendered("{{case}} and {{ case }}") == "Q-7 and Q-7");
  CHECK(rendered("{{#note}}({{note}}){{/note}}{{#empty}}x{{/empty}}{{^empty}}y{{/empty}}{{^note}}z{{/note}}") ==
        "(outer)y");
  CHECK(rendered("{{#steps}}{{step}}{{#votes}}:{{who}}{{/votes}} {{/steps}}") == "boss cfo:a:b ");
  CHECK(rendered("{{#none}}x{{/none}}{{^none}}nothing{{/none}}") == "nothing");
  CHECK(rendered("{{#steps}}{{case}}{{note}} {{/steps}}") == "Q-7inner Q-7outer ");
  CHECK(rendered("a{{! said to nobody }}b") == "ab");
}

TEST_CASE("a tag that is alone on its line takes it along", "[courier]") {
  CHECK(rendered("a\n{{#note}}\n  b\n  {{/note}}  \nc\n") == "a\n  b\nc\n");
  CHECK(rendered("{{#note}}\r\nb\r\n{{/note}}\r\n") == "b\r\n");
  CHECK(rendered("a {{#note}}\nb{{/note}}\n") == "a \nb\n");
  CHECK(rendered("{{case}}\n{{empty}}\n") == "Q-7\n\n");
  CHECK(rendered("{{#note}}{{/note}}\n") == "\n");
}

TEST_CASE("a text can only ever be a text", "[courier]") {
  Gaps gaps = full();
  gaps.texts["case"] = "a<b>&\"c'\\\n\x01[x](y)*_{{note}}";
  CHECK(rendered("{{case}}", gaps, Format::text) == gaps.texts["case"]);
  CHECK(rendered("{{case}}", gaps, Format::line) == "a<b>&\"c'\\ \x01[x](y)*_{{note}}");
  CHECK(rendered("{{case}}", gaps, Format::html) == "a&lt;b&gt;&amp;&quot;c&#39;\\\n\x01[x](y)*_{{note}}");
  CHECK(rendered("{{case}}", gaps, Format::slack) == "a&lt;b&gt;&amp;\\\"c'\\\\\\n\\u0001[x](y)*_{{note}}");
  CHECK(rendered("{{case}}", gaps, Format::teams) ==
        "a<b>&\\\"c'\\\\\\\\\\n\\u0001\\\\[x\\\\]\\\\(y\\\\)\\\\*\\\\_{{note}}");
  const std::string link = "https://desk.example.com/?a=1&b=(2)_3";
  CHECK(rendered("{{case_link}}", gaps, Format::slack) == link);
  CHECK(rendered("{{case_link}}", gaps, Format::teams) == link);
  CHECK(rendered("{{case_link}}", gaps, Format::html) == "https://desk.example.com/?a=1&amp;b=(2)_3");
}

TEST_CASE("what would leave a hole is refused, with its line", "[courier]") {
  CHECK(rendered("a\nb {{cas}}") ==
        "problem: line 2: `cas` is no name that is known here: case, case_link, empty, note, none, steps");
  CHECK(rendered("{{who}}").starts_with("problem: line 1: `who` is no name"));
  CHECK(rendered("{{#who}}{{/who}}").starts_with("problem: line 1: `who` is no name"));
  CHECK(rendered("{{steps}}") == "problem: line 1: `steps` is a list: `{{#steps}} … {{/steps}}`");
  CHECK(rendered("{{Case}}").starts_with("problem: line 1: `{{Case}}`: a name has small letters"));
  CHECK(rendered("{{}}").starts_with("problem: line 1: `{{}}`: a name"));
  CHECK(rendered("\n{{case") == "problem: line 2: `{{` without `}}`");
  CHECK(rendered("{{#note}}") == "problem: line 1: `{{#note}}` is never closed");
  CHECK(rendered("{{#note}}{{/case}}") == "problem: line 1: `{{/case}}` closes nothing that is open here");
  CHECK(rendered("{{/note}}") == "problem: line 1: `{{/note}}` closes nothing that is open here");
}

TEST_CASE("templates and what they make have limits", "[courier]") {
  CHECK(rendered(std::string(courier::max_template_bytes, 'x')).size() == courier::max_template_bytes);
  CHECK(rendered(std::string(courier::max_template_bytes + 1, 'x')).starts_with("problem: a template has at most"));
  const auto nested = [](std::size_t depth) {
    std::string source;
    for (std::size_t i = 0; i < depth; ++i) source += "{{#note}}";
    for (std::size_t i = 0; i < depth; ++i) source += "{{/note}}";
    return source;
  };
  CHECK(rendered(nested(courier::max_template_depth)).empty());
  CHECK(rendered(nested(courier::max_template_depth + 1)) == "problem: line 1: sections are nested too deep");
  Gaps gaps = full();
  gaps.texts["case"] = std::string(courier::max_rendered_bytes, 'x');
  CHECK(rendered("{{case}}", gaps).size() == courier::max_rendered_bytes);
  CHECK(rendered("{{case}}y", gaps).starts_with("problem: the text has more than"));
}

}  // namespace
