// tests/unit/source_test.cpp: compiler/source. Offsets become lines and columns, wrong
// UTF-8 is found.
#include <catch2/catch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"

using namespace assent;
using namespace assent::compiler;

namespace {

// "line:column-line:column" of the bytes [begin, end) of `text`.
std::string place_of(std::string text, std::uint32_t begin, std::uint32_t end) {
  SourceMap map;
  const FileId id = map.add({"desk.assent", std::move(text)});
  const Place place = map.place({id, begin, end});
  CHECK(place.file == "desk.assent");
  return std::to_string(place.line) + ':' + std::to_string(place.column) + '-' +
         std::to_string(place.end_line) + ':' + std::to_string(place.end_column);
}

// A code point written by the rule, whether or not UTF-8 allows it, in `length` bytes.
std::string encode(std::uint32_t value, int length) {
  std::string bytes;
  for (int i = 1; i < length; ++i) {
    bytes.insert(bytes.begin(), static_cast<char>(0x80u | (value & 0x3Fu)));
    value >>= 6;
  }
  const std::uint32_t lead[] = {0x00, 0xC0, 0xE0, 0xF0};
  bytes.insert(bytes.begin(), static_cast<char>(lead[length - 1] | value));
  return bytes;
}

bool valid(std::string_view text) { return !find_invalid_utf8(text).has_value(); }

}  // namespace

TEST_CASE("lines and columns start at 1") {
  CHECK(place_of("rule a\nrule b\n", 0, 4) == "1:1-1:5");
  CHECK(place_of("rule a\nrule b\n", 12, 13) == "2:6-2:7");
  CHECK(place_of("rule a\nrule b\n", 5, 11) == "1:6-2:5");
}

TEST_CASE("a line end belongs to its line, what follows to the next") {
  CHECK(place_of("ab\ncd", 2, 2) == "1:3-1:3");
  CHECK(place_of("ab\ncd", 2, 3) == "1:3-2:1");
  CHECK(place_of("ab\ncd", 3, 3) == "2:1-2:1");
  CHECK(place_of("\n\n\n", 2, 2) == "3:1-3:1");
}

TEST_CASE("CRLF is one line end") {
  CHECK(place_of("ab\r\ncd\r\n", 4, 6) == "2:1-2:3");
  CHECK(place_of("ab\r\ncd\r\n", 2, 4) == "1:3-2:1");
  CHECK(place_of("ab\rcd", 3, 4) == "1:4-1:5");  // a lone one ends nothing
}

TEST_CASE("columns count code points") {
  const std::string text = "é €\n😀 x";  // bytes: é 0-1, blank 2, € 3-5, \n 6, 😀 7-10, blank, x 12
  CHECK(place_of(text, 3, 6) == "1:3-1:4");
  CHECK(place_of(text, 12, 13) == "2:3-2:4");
  CHECK(place_of(text, 4, 5) == "1:3-1:3");  // inside €: its column
  CHECK(place_of(text, 9, 12) == "2:1-2:3");
  CHECK(place_of("0123456789é0123456789x", 21, 23) == "1:21-1:23");
}

TEST_CASE("each byte of wrong UTF-8 is a column") {
  CHECK(place_of("\xE2\x82x", 2, 3) == "1:3-1:4");
  CHECK(place_of("\x80\x80\x80\x80\x80x", 5, 6) == "1:6-1:7");
}

TEST_CASE("the ends of files") {
  CHECK(place_of("", 0, 0) == "1:1-1:1");
  CHECK(place_of("ab", 2, 2) == "1:3-1:3");
  CHECK(place_of("ab\n", 3, 3) == "2:1-2:1");
}

TEST_CASE("offsets out of the text are brought into it") {
  CHECK(place_of("ab", 7, 9) == "1:3-1:3");
  CHECK(place_of("ab", 1, 0) == "1:2-1:2");

  SourceMap map;
  const FileId id = map.add({"a", "abc"});
  CHECK(map.text({id, 1, 99}) == "bc");
  CHECK(map.text({id, 99, 100}).empty());
  CHECK(map.text({id, 2, 1}).empty());
  CHECK(map.place({FileId{1}, 0, 0}).line == 0);
}

TEST_CASE("a place keeps its byte offsets") {
  SourceMap map;
  const FileId id = map.add({"a", "é\nx"});
  const Place place = map.place({id, 3, 4});
  CHECK(place.begin == 3);
  CHECK(place.end == 4);
}

TEST_CASE("views into short texts survive further files") {
  SourceMap map;
  const std::string_view first = map.text({map.add({"a", "tiny"}), 0, 4});
  for (int i = 0; i < 1000; ++i) map.add({"b", "more"});
  CHECK(first == "tiny");
  CHECK(map.size() == 1001);
  CHECK(map.file(FileId{0}).name == "a");
}

TEST_CASE("take gives the files in order and leaves none") {
  SourceMap map;
  map.add({"root", "1"});
  map.add({"module", "2"});
  const std::vector<Source> sources = map.take();
  REQUIRE(sources.size() == 2);
  CHECK(sources[0].name == "root");
  CHECK(sources[1].text == "2");
  CHECK(map.size() == 0);
}

TEST_CASE("join covers both, in either order, and what lies between") {
  const Span a{FileId{2}, 4, 6};
  const Span b{FileId{2}, 10, 12};
  CHECK(join(a, b) == Span{FileId{2}, 4, 12});
  CHECK(join(b, a) == Span{FileId{2}, 4, 12});
  CHECK(join(a, {FileId{2}, 5, 5}) == a);
}

TEST_CASE("many lines") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "ab\n";
  SourceMap map;
  const FileId id = map.add({"a", text});
  for (std::uint32_t line : {0u, 1u, 777u, 50'000u, 99'999u}) {
    const Place place = map.place({id, line * 3 + 1, line * 3 + 2});
    CHECK(place.line == line + 1);
    CHECK(place.column == 2);
  }
}

TEST_CASE("every code point but the surrogates is valid, in its shortest form only") {
  std::size_t wrong = 0;
  for (std::uint32_t value = 0; value <= 0x1FFFFF; ++value) {
    const int shortest = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
    const bool exists = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    for (int length = shortest; length <= 4; ++length) {
      const std::string bytes = encode(value, length);
      if (valid(bytes) != (exists && length == shortest)) ++wrong;
      if (length == shortest && exists && decode_utf8(bytes, 0).value != value) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("the first wrong byte is found wherever it stands") {
  CHECK(valid(""));
  CHECK(valid("é€😀"));
  for (std::size_t before = 0; before < 40; ++before) {
    for (const char* bad : {"\x80", "\xFF", "\xC0\x80", "\xE2\x82", "\xF0\x9F\x98", "\xED\xA0\x80",
                            "\xF4\x90\x80\x80", "\xE2(\xA1", "\xC3"}) {
      const std::string text = std::string(before, 'x') + bad;
      CHECK(find_invalid_utf8(text) == before);
      CHECK(find_invalid_utf8(text + "yyyyyyyyyyyy") == before);
      CHECK(find_invalid_utf8("é" + text) == before + 2);
    }
  }
}

TEST_CASE("a view is not read beyond its end") {
  const std::string_view euro = "€";
  CHECK(find_invalid_utf8(euro.substr(0, 2)) == 0);
  CHECK(find_invalid_utf8(euro.substr(0, 0)) == std::nullopt);
}

TEST_CASE("stepping back finds the start that reading forward found") {
  const std::string text = "a\xE2\x82\xAC\x80\xF0\x9F\x98\x80\xF0\x9F\xC3\xA9z";
  std::vector<std::size_t> expected;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t length = decode_utf8(text, at).length;
    expected.insert(expected.end(), length, at);
    at += length;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    CHECK(code_point_start(text, at) == expected[at]);
  }
  CHECK(code_point_start(text, text.size()) == text.size());
}
