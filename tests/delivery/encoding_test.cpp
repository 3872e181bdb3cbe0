// Tests of what mail is written in: character sets, quoted-printable, encoded words, HTML.
#include <catch2/catch.hpp>

#include <string>

#include "runtime/delivery/charset.h"
#include "runtime/delivery/encoded_word.h"
#include "runtime/delivery/html_text.h"
#include "runtime/delivery/lines.h"
#include "runtime/delivery/quoted_printable.h"
#include "runtime/value/base64.h"
#include "runtime/value/utf8.h"

using namespace assent;
using namespace assent::delivery;

namespace {

std::string utf8(std::string_view charset, std::string_view bytes) {
  std::string out;
  const ReplyRefusal refusal = to_utf8(charset, bytes, out);
  return refusal == ReplyRefusal::none ? out : "refused: " + std::string(text(refusal));
}

// Every line of `encoded` is no longer than it may be, and ASCII.
void check_lines(std::string_view encoded, std::size_t longest) {
  for (const std::string_view line : lines(encoded, encoded.size())) {
    CHECK(line.size() <= longest);
    for (const char c : line) CHECK(((c >= ' ' && c < 0x7f) || c == '\t'));
  }
}

std::string repeated(std::size_t count, char c, std::string_view then) { return std::string(count, c).append(then); }

}  // namespace

TEST_CASE("UTF-8 is well-formed or refused") {
  for (const char* const good : {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                 "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CHECK(is_utf8(good));
    CHECK(is_utf8(std::string(good) + "a" + good));
  }
  for (const char* const bad : {"\x80", "\xc0\xaf", "\xc1\xbf", "\xc2",
                                "\xc2"
                                "a",
                                "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                                "\xf5\x80\x80\x80", "\xff", "\xf0\x90\x80"}) {
    CHECK_FALSE(is_utf8(bad));
    CHECK_FALSE(is_utf8("a" + std::string(bad) + "a"));
  }
}

TEST_CASE("every character that is appended is well-formed") {
  for (std::uint32_t code_point = 0; code_point < 0x111000; code_point += 0x7f) {
    std::string out;
    append_character(out, code_point);
    CHECK(is_utf8(out));
  }
  std::string out;
  append_character(out, 0xd800);
  append_character(out, 0x110000);
  append_character(out, 0xffffffff);
  CHECK(out == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("character sets by their names") {
  CHECK(utf8("UTF-8", "f\xc3\xbcr") == "f\xc3\xbcr");
  CHECK(utf8("utf8", "\xfc") == "refused: malformed");
  CHECK(utf8("US-ASCII", "fur") == "fur");
  CHECK(utf8("ascii", "f\xfcr") == "refused: malformed");
  CHECK(utf8("ISO-8859-1", "f\xfcr \xa0") == "f\xc3\xbcr \xc2\xa0");
  CHECK(utf8("latin1", "\x80") == "\xe2\x82\xac");
  CHECK(utf8("Windows-1252", "\x80\x93\x9f") == "\xe2\x82\xac\xe2\x80\x9c\xc5\xb8");
  for (const char byte : {'\x81', '\x8d', '\x8f', '\x90', '\x9d'})
    CHECK(utf8("cp1252", {&byte, 1}) == "refused: malformed");
  for (const char* const other : {"", "utf-7", "utf-16", "iso-8859-15", "iso-2022-jp", "utf-8 "}) {
    CHECK(utf8(other, "a") == "refused: unsupported-charset");
  }
}

TEST_CASE("a text is cut between characters") {
  const std::string text = "a\xc3\xbc\xe2\x82\xac";
  CHECK(character_boundary(text, 0) == 0);
  CHECK(character_boundary(text, 1) == 1);
  CHECK(character_boundary(text, 2) == 1);
  CHECK(character_boundary(text, 3) == 3);
  CHECK(character_boundary(text, 5) == 3);
  CHECK(character_boundary(text, 6) == 6);
  CHECK(character_boundary(text, 99) == 6);
}

TEST_CASE("quoted-printable comes back, on short lines") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte == '\n' || byte == '\r' ? ' ' : byte);
  all += '\n';
  const std::vector<std::string> texts = {
      "plain\n", "a = b \n", "tab\t\n\n\n", "lone \r here\n", all, repeated(400, ' ', "\n"), repeated(75, 'a', "\n"),
      repeated(76, 'a', "\n"), repeated(77, 'a', "\n"), repeated(75, 'a', "=\n"), repeated(74, 'a', "\xc3\xbc\n")};
  for (const std::string& text : texts) {
    const std::string encoded = quoted_printable(text);
    check_lines(encoded, max_encoded_line);
    std::optional<std::string> decoded = decode_quoted_printable(encoded);
    REQUIRE(decoded);
    std::erase(*decoded, '\r');
    std::string expected = text;
    std::erase(expected, '\r');
    CHECK(*decoded == expected);
  }
  CHECK(quoted_printable("a\r\nb") == "a\r\nb\r\n");
  CHECK(quoted_printable("f\xc3\xbcr =\n") == "f=C3=BCr =3D\r\n");
  CHECK(quoted_printable("a \n") == "a=20\r\n");
  CHECK(quoted_printable("a\rb\n") == "a=0Db\r\n");
  CHECK(quoted_printable(repeated(77, 'a', "")) == repeated(75, 'a', "=\r\naa\r\n"));
}

TEST_CASE("quoted-printable is read as others write it, and not guessed") {
  CHECK(decode_quoted_printable("a=3d=3D=\r\nb \t\r\nc") == "a==b\r\nc");
  CHECK(decode_quoted_printable("a=  \nb") == "ab");
  CHECK(decode_quoted_printable("end=") == "end");
  for (const char* const damaged : {"=", "=4", "=4G", "a=g0b", "= 41", "==", "=\r"}) {
    const std::string inside = std::string(damaged) + "x\n";
    CHECK_FALSE(decode_quoted_printable(inside));
  }
}

TEST_CASE("encoded words come back, on short lines, whole characters in each") {
  for (const std::size_t column :
       {std::size_t{0}, std::size_t{9}, std::size_t{62}, std::size_t{75}, std::size_t{200}}) {
    std::string text;
    for (int i = 0; i < 120; ++i) {
      text += i % 3 == 0 ? "\xc3\xbc" : i % 3 == 1 ? "\xe2\x82\xac" : "\xf0\x9f\x98\x80";
      std::string out(column, 'x');
      append_encoded_words(out, column, text);
      std::string_view rest = std::string_view(out).substr(column);
      std::string unfolded;
      std::size_t on_first = column;
      for (const std::string_view line : lines(rest, 1000)) {
        CHECK((on_first + line.size() <= max_encoded_word_line || line.empty()));
        on_first = 0;
        const std::string_view word = line.starts_with(' ') ? line.substr(1) : line;
        CHECK(word.size() <= max_encoded_word);
        if (!word.empty()) {
          const auto bytes = decode_base64(word.substr(10, word.size() - 12));
          REQUIRE(bytes);
          CHECK(is_utf8(*bytes));
        }
        unfolded += line;
      }
      CHECK(decode_encoded_words(unfolded.starts_with(' ') ? unfolded.substr(1) : unfolded) == text);
    }
  }
}

TEST_CASE("encoded words as others write them") {
  CHECK(decode_encoded_words("no word =? here ?=") == "no word =? here ?=");
  CHECK(decode_encoded_words("=?utf-8?q?a_b=C3=BC_?=c") == "a b\xc3\xbc c");
  CHECK(decode_encoded_words("=?iso-8859-1*de?Q?=FC?=  =?UTF-8?B?w7w=?= x") == "\xc3\xbc\xc3\xbc x");
  CHECK(decode_encoded_words("=?utf-8?q?a?= b =?utf-8?q?c?=") == "a b c");
  CHECK(decode_encoded_words("=?utf-8?q?=0D=0ABcc:_x?=") == "  Bcc: x");
  for (const char* const damaged : {"=?utf-8?q?=C3?=", "=?utf-8?x?a?=", "=?utf-8?q?a",
                                    "=?utf-8?q?=4?=", "=?koi8-r?q?a?=", "=?utf-8?b?w7?=", "=?utf-8?q?a=?=", "=?", "=?a",
                                    "=?a?", "=?a?q", "=?a?q?", "=?utf-8?q"}) {
    CHECK(decode_encoded_words(damaged) == damaged);
  }
}

TEST_CASE("lines end with whatever ends a line, and blanks are what is not seen") {
  CHECK(lines("", 9).empty());
  CHECK(lines("a\r\nb\nc\rd\r\r\n", 9) == std::vector<std::string_view>{"a", "b", "c", "d", ""});
  CHECK(lines("\n\n", 9) == std::vector<std::string_view>{"", ""});
  CHECK(lines("a\nb\nc", 2) == std::vector<std::string_view>{"a", "b"});
  CHECK(trimmed(" \t\xc2\xa0\xe2\x80\x8b" "a b\xef\xbb\xbf\f\v ") == "a b");
  CHECK(is_blank("\xe3\x80\x80\xe2\x81\xa0"));
  CHECK_FALSE(is_blank("\xe2\x80\x93"));
}

TEST_CASE("the text of HTML") {
  CHECK(html_text("a  b\n c") == "a b c\n");
  CHECK(html_text("<p>a</p>\n<p>b<br>c</p><div></div><div><br></div>d") == "a\nb\nc\n\nd\n");
  CHECK(html_text("x < y &lt; z & &amp;&quot;&apos;&#65;&#x42;&#X43;&#0;&#xD800;&#x;&#;&nbsp;") ==
        "x < y < z & &\"'ABC \xef\xbf\xbd&#x;&#;\xc2\xa0\n");
  CHECK(html_text("&#xfffffff;&#12345678;&toolongtobeaname;") == "\xef\xbf\xbd\xef\xbf\xbd&toolongtobeaname;\n");
  CHECK(html_text("a<blockquote>b<br>c<blockquote>d</blockquote>e</blockquote>f") == "a\n> b\n> c\n> d\n> e\nf\n");
  CHECK(html_text("</blockquote>a") == "a\n");
  CHECK(html_text("<STYLE>b</p></STYLE>a<Script>'</scrip'</SCRIPT >c") == "ac\n");
  CHECK(html_text("<title>a</b></title><!-->b<!---->c<!-- > -->d") == "bcd\n");
  CHECK(html_text("<a title='>' href = \">\">b</a><i title=a'b>c</i>") == "bc\n");
  CHECK(html_text("<br/>a<br />b") == "\na\nb\n");
  for (const char* const nothing : {"<p style='display:none'>a", "<p class=x hidden>a</p>", "<p hidden=''>a</p>",
                                    "<p style=display:none>a</p>", "<svg>a</svg>", "<script>a", "<!-- a", "<a ",
                                    "<a title='", "</", "<style>a</styl", "<div hidden><div>a</div>b</div>"}) {
    INFO(nothing);
    CHECK(html_text(nothing).empty());
  }
  CHECK(html_text("<input hidden>a<p title='not hidden '>b<br hidden>c") == "a\nb\nc\n");
}
