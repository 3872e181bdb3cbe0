// Sources that nobody writes by hand: far too deep, too long, too many, or not text at all. They
// are made here rather than stored. Each must end in a diagnostic with a code or compile, and what
// compiles must load and decide; what is laid out is then in the style. Nothing is measured. Entry: survives.
#include <catch2/catch.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "assent/compile.h"
#include "assent/dump.h"
#include "assent/format.h"
#include "assent/policy.h"

namespace {

using namespace assent;

constexpr std::size_t many = 100'000;

const std::string head = R"(policy p
record Line { n: Integer }
record Quote { n: Integer  owner: Person  lines: list of Line }
input quote: Quote
approver boss = person "boss"
otherwise approve
)";

std::string times(std::size_t count, std::string_view part) {
  std::string text;
  text.reserve(count * part.size());
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

// `make(i)` for each i below count, one after the other.
template <typename Make>
std::string each(std::size_t count, Make make) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += make(i);
  return text;
}

std::string number(std::size_t i) { return std::to_string(i); }

using Codes = std::set<std::string>;
const Codes too_deep{"E0003"};

std::string rule_when(std::string_view condition) {
  return head + "rule r { when " + std::string(condition) + " requires boss }\n";
}

// The codes that a source ends in, perhaps none; it must then load and decide.
Codes survives(const std::string& source, const CompileOptions& options = {}) {
  const CompileResult result = compile({"hostile.assent", source}, options);
  Codes codes;
  for (const Diagnostic& each : result.diagnostics) {
    CHECK_FALSE(render(each, result.sources).empty());
    if (each.severity == Severity::error) codes.insert(each.code);
  }
  CHECK(result.artifact.has_value() == codes.empty());
  CHECK(codes.empty() == (result.errors == 0));
  if (!result.artifact) return codes;
  const Result<Policy> policy = Policy::load(*result.artifact);
  REQUIRE(policy.ok());
  const auto people = Directory::from_json(R"({"people": [{"id": "boss"}]})");
  World world;
  world.directory = *people;
  Evaluator evaluator(*policy);
  const auto decision = evaluator.decide(R"({"n": 5, "owner": "boss", "lines": []})", world);
  REQUIRE(decision.ok());
  CHECK_FALSE(to_json(**decision, evaluator.explain()).empty());
  return codes;
}

TEST_CASE("brackets that nobody can count", "[hostile]") {
  const std::string close = times(50'000, ")");
  CHECK(survives(rule_when(times(50'000, "(") + "quote.n > 1" + close)) == too_deep);
  CHECK(survives(rule_when(times(50'000, "(") + "quote.n > 1")) == too_deep);
  CHECK(survives(rule_when(times(50'000, "abs(") + "1" + close + "> 1")) == too_deep);
  CHECK(survives(head + "orders x " + times(50'000, "{") + times(50'000, "}")) == too_deep);
  CHECK(survives(rule_when(times(150, "abs(") + "quote.n" + times(150, ")") + " > 1")).empty());
}

TEST_CASE("operators without end", "[hostile]") {
  CHECK(survives(rule_when("quote.n" + times(many, " + quote.n") + " > 1")).empty());
  CHECK(survives(rule_when("quote.n" + times(many / 2, " + 1 - quote.n") + " > 1")).empty());
  CHECK(survives(rule_when("quote.n" + times(many, " * 2") + " > 1")) == Codes{"E0009"});
  CHECK(survives(rule_when("quote.n > 1" + times(many, " and quote.n > 1"))).empty());
  CHECK(survives(rule_when("quote.n > 1" + times(many, " or quote.n > 1"))).empty());
  CHECK(survives(rule_when(times(many, "not ") + "quote.n > 1")).empty());
  CHECK(survives(rule_when(times(many, "-") + "quote.n > 1")).empty());
  CHECK(survives(head + "fact f = " + times(many, "quote.owner.manager else ") + "quote.owner\n" +
                 "rule r { when f = quote.owner requires boss }\n") == Codes{"E0009"});
  const auto listed = [](std::size_t i) { return ", " + number(i); };
  CHECK(survives(rule_when("quote.n is one of 0" + each(many, listed))).empty());
}

TEST_CASE("definitions that need each other in the wrong order", "[hostile]") {
  const auto chained = [](std::string_view kind, std::string_view between, std::string_view last) {
    return each(many, [&](std::size_t i) {
      std::string line(kind);
      return line.append(number(i) + " = x" + number(i + 1)).append(between).append("\n");
    }) + std::string(kind) + number(many) + " = " + std::string(last) + "\n";
  };
  const std::string facts = chained("fact x", " + 1", "1");
  CHECK(survives(head + facts + "rule r { when x0 > 1 requires boss }\n") == Codes{"E0003"});
  const std::string chains = chained("chain x", " then boss", "boss");
  CHECK(survives(head + chains + "rule r { always requires x0 }\n") == Codes{"E0003"});
}

TEST_CASE("functions that double at each call", "[hostile]") {
  const auto function = [](std::size_t i) {
    const std::string inner = "g" + number(i) + "(x)";
    return "function g" + number(i + 1) + "(x: Integer) = " + inner + " * " + inner + "\n";
  };
  CHECK(survives(head + "function g0(x: Integer) = x + 1\n" + each(40, function) +
                 "rule r { when g40(quote.n) > 1 requires boss }\n") == Codes{"E0009"});
}

TEST_CASE("long lists", "[hostile]") {
  const auto named = [](std::size_t i) { return (i > 0 ? ", \"c" : "\"c") + number(i) + "\""; };
  const auto band = [](std::size_t i) { return "up to " + number(i) + " : boss\n"; };
  const auto list = [](std::size_t i) {
    const std::string n = number(i);
    return "record L" + n + " { n: Integer }\nextend Quote { l" + n + ": list of L" + n +
           " else empty }\nrule r" + n + " { when count(quote.l" + n + ") > 1 requires boss }\n";
  };
  CHECK(survives(head + "type Kind = one of " + each(5'000, named)).empty());
  CHECK(survives(head + "group everybody = any of people " + each(5'000, named)).empty());
  CHECK(survives(head + "ladder l by quote.n { " + each(5'000, band) + "above : boss }\n").empty());
  const std::string path = "boss" + times(5'000, " then boss");
  CHECK(survives(head + "rule r { always requires " + path + " }\n").empty());
  CHECK(survives(head + each(300, list)) == Codes{"E0009"});
}

TEST_CASE("texts that are no source", "[hostile]") {
  using namespace std::string_literals;
  CHECK(survives(head + "\xff\xfe") == Codes{"E0001"});
  CHECK(survives(head + "# \xed\xa0\x80 half of a pair\n") == Codes{"E0001"});
  CHECK(survives(head + "# overlong \xc0\xaf\n") == Codes{"E0001"});
  CHECK(survives(head + "\0fact x = 1\n"s) == Codes{"E0006"});
  CHECK(survives(head + times(10'000, "rule r { when }\n")) == Codes{"E0004"});
  CHECK(survives(head + "fact x = " + times(1'000'000, "9")) == Codes{"E0302"});
  CHECK(survives(head + "fact " + times(1'000'000, "x") + " = 1\n").empty());
  const std::string long_text = "rule r { always warns \"" + times(5'000'000, "x");
  CHECK(survives(head + long_text + "\" }\n").empty());
  CHECK(survives(head + long_text) == Codes{"E0005"});
  CHECK(survives(head + times(1'000'000, "\n")).empty());

  std::string returns = head + "fact x = 1\n";
  for (char& c : returns) c = c == '\n' ? '\r' : c;
  CHECK(survives(returns).empty());

  CompileOptions small;
  small.max_source_bytes = 100;
  CHECK(survives(head, small) == Codes{"E0002"});
}

TEST_CASE("errors are counted, not all listed", "[hostile]") {
  CompileOptions options;
  options.max_errors = 7;
  const std::string wrong = times(10'000, "rule r { when }\n");
  const CompileResult result = compile({"p.assent", head + wrong}, options);
  CHECK(result.diagnostics.size() == 7);
  CHECK(result.errors == 10'000);
}

TEST_CASE("loops inside loops", "[hostile]") {
  const auto loops = [](char last) {
    std::string text;
    for (char c = 'a'; c <= last; ++c) text.append("any ").append(1, c).append(" in quote.lines has ");
    return text.append("a.n > ").append(1, last).append(".n");
  };
  CHECK(survives(rule_when(loops('g'))).empty());
  CHECK(survives(rule_when(loops('h'))) == Codes{"E0009"});
}

TEST_CASE("files that say next to nothing", "[hostile]") {
  CHECK(survives("") == Codes{"E0110"});
  CHECK(survives("fact a = 1\n") == Codes{"E0110"});
  CHECK(survives("\xef\xbb\xbf" + rule_when("quote.n > 1")).empty());
  CHECK(survives("\xef\xbb\xbf" + rule_when("quote.n > 1 and quote.owner.id is \"\xc3\xa9\"")).empty());
}

TEST_CASE("trees that grow without brackets", "[hostile]") {
  CHECK(survives(rule_when(times(5'000, "any x in quote.lines has ") + "true")) == too_deep);
  const std::string way = "quote.owner" + times(many, ".manager");
  CHECK(survives(rule_when(way + " is present")) == too_deep);
  CHECK(survives(head + "approver x = " + way + " else boss\n") == too_deep);
  CHECK(survives(head + "use " + way + "\n") == too_deep);
}

// A first declaration, then `count` more, each made from the numbers of the last and of its own.
template <typename Next>
std::string forward(std::size_t count, const std::string& first, Next next) {
  const auto made = [&](std::size_t i) { return next(number(i), number(i + 1)); };
  return head + first + each(count, made);
}

TEST_CASE("definitions that need each other in order", "[hostile]") {
  for (const std::size_t count : {std::size_t{150}, std::size_t{3'000}, many}) {
    const Codes expected = count > 200 ? too_deep : Codes{};
    CHECK(survives(forward(count, "fact x0 = quote.n\n", [](const auto& last, const auto& next) {
      return "fact x" + next + " = x" + last + " + 1\n";
    }) + "rule r { when x" + number(count) + " > 1 requires boss }\n") == expected);
    CHECK(survives(forward(count, "function g0(x: Integer) = x\n", [](const auto& last, const auto& next) {
      return "function g" + next + "(x: Integer) = g" + last + "(x) + 1\n";
    }) + "rule r { when g" + number(count) + "(quote.n) > 1 requires boss }\n") == expected);
    const Codes chains = survives(forward(count, "chain c0 = boss\n", [](const auto& last, const auto& next) {
      return "chain c" + next + " = c" + last + " then boss\n";
    }) + "rule r { always requires c" + number(count) + " }\n");
    CHECK((count <= 200 ? chains.empty() : chains.contains("E0003")));
    CHECK(survives(forward(count, "approver a0 = boss\n", [](const auto& last, const auto& next) {
      return "approver a" + next + " = a" + last + "\n";
    }) + "rule r { always requires a" + number(count) + " }\n") == expected);
    CHECK(survives(forward(count, "extend Quote { r0: R0? }\n", [](const auto& last, const auto& next) {
      return "record R" + last + " { r" + next + ": R" + next + "? }\n";
    }) + "record R" + number(count) + " { n: Integer }\n") == expected);
  }
}

TEST_CASE("definitions that hold each other behind many brackets", "[hostile]") {
  const std::string open = times(90, "abs(");
  const std::string close = times(90, ")");
  const auto fact = [&](std::size_t i) {
    return "fact x" + number(i) + " = " + open + "x" + number(i + 1) + close + "\n";
  };
  CHECK(survives(head + each(200, fact) + "fact x200 = quote.n\n") == too_deep);
  const auto in_order = [&](const auto& last, const auto& next) {
    return "fact y" + next + " = " + open + "y" + last + close + "\n";
  };
  CHECK(survives(forward(150, "fact y0 = quote.n\n", in_order) + "rule r { when y150 > 1 requires boss }\n") ==
        Codes{"E0009"});
  const auto chain = [&](std::size_t i) {
    return "chain c" + number(i) + " = " + times(90, "(boss then (") + "c" + number(i + 1) + times(90, "))") + "\n";
  };
  CHECK(survives(head + each(200, chain) + "chain c200 = boss\n") == too_deep);
}

TEST_CASE("definitions that double", "[hostile]") {
  CHECK(survives(forward(40, "chain c0 = boss\n", [](const auto& last, const auto& next) {
    return "chain c" + next + " = c" + last + " and (c" + last + " when quote.n > " + next + ")\n";
  }) + "rule r { always requires c40 }\n") == Codes{"E0009"});
  CHECK(survives(forward(40, "approver a0 = person \"x\"\n", [](const auto& last, const auto& next) {
    return "approver a" + next + " = a" + last + " else a" + last + "\n";
  }) + "rule r { always requires a40 }\n") == Codes{"E0009"});
  const std::string way = each(30, [](std::size_t i) { return ".r" + number(i); });
  CHECK(survives(forward(30, "extend Quote { r0: R0? }\n", [](const auto& last, const auto& next) {
    return "record R" + last + " from \"a\" or \"b\" { r" + next + ": R" + next + "? }\n";
  }) + "record R30 { n: Integer }\nrule r { when quote" + way + " is present requires boss }\n") == Codes{"E0009"});
}

TEST_CASE("a far place in the JSON", "[hostile]") {
  CHECK(survives(head + "extend Quote { z: Text? from \"" + times(many, "a.") + "a\" }\n" +
                 "rule r { when quote.z is present requires boss }\n") == Codes{"E0009"});
}

TEST_CASE("a layout is no longer than so many times its source", "[hostile]") {
  constexpr std::size_t most_columns = 64;  // that blanks can take at the start of a line, or between two columns
  const auto laid_out = [](const std::string& source) {
    const FormatResult once = format({"hostile.assent", source});
    CHECK(once.text.size() < most_columns * source.size());
    CHECK((format({"hostile.assent", once.text}).text == once.text));
    return once.diagnostics.empty();
  };
  constexpr std::size_t several = many / 5;
  const std::string long_name(several, 'x');
  CHECK(laid_out("policy p\nfact f = " + long_name + "(1" + times(several, ",\n1") + ")\n"));
  CHECK(laid_out("policy p\nfact f = " + times(150, "max(line.n\nfor line in ") + "q" + times(150, ")") + "\n"));
  CHECK(laid_out("policy p\nfact f = " + times(several, "not ") + times(several, "-") + "1\n"));
  CHECK(laid_out("policy p\nfact f = a" + times(several, " + a and a or a") + "\n"));
  CHECK(laid_out("policy p\nrecord R {\n" + long_name + ": Text from \"a\" else \"\" # c\n" +
                 times(several, "a: Text from \"a\" else \"\" # c\n") + "}\n"));
  CHECK(laid_out("policy p\nfact a = 1 # c\nfact " + long_name + " = 1 # c\n" + times(several, "fact b = 1 # c\n")));
  CHECK(laid_out("policy p\nrule r { when 1" + times(several, " # c\n +1") + " }\n" + times(several, "\n\n\n#c")));
  CHECK_FALSE(laid_out("policy p\n" + times(several, "rule r {\nfact a = 1 fact b = =\n")));
  CHECK_FALSE(laid_out("policy p\n" + times(several, "}") + times(several, "fact  a=1\n")));
  CHECK_FALSE(laid_out("policy p\nfact f = " + times(several, "(") + "\n"));
}

TEST_CASE("names and values without number", "[hostile]") {
  const auto unknown = [](std::size_t i) { return "fact f" + number(i) + " = g" + number(i) + "\n"; };
  CHECK(survives(head + each(10'000, unknown)) == Codes{"E0101"});
  const auto choice = [](std::size_t i) { return ", \"c" + number(i) + "\""; };
  CHECK(survives(head + "type Kind = one of \"a\"" + each(9'999, choice) + "\n").empty());
  CHECK(survives(head + "type Kind = one of \"a\"" + each(many, choice) + "\n") == Codes{"E0009"});
  const auto field = [](std::size_t i) { return " f" + number(i) + ": Integer"; };
  const auto use = [](std::size_t i) { return "fact x" + number(i) + " = quote.wide.f" + number(i) + "\n"; };
  CHECK(survives(head + "record Wide {" + each(many, field) + "}\nextend Quote { wide: Wide? }\n" + each(1'000, use))
            .empty());
  const auto person = [](std::size_t i) { return ", \"p" + number(i) + "\""; };
  CHECK(survives(head + "group g = any of people \"a\"" + each(50'000, person) + "\n").empty());
  const auto remind = [](std::size_t i) { return " remind after " + number(i + 1) + " days"; };
  CHECK(survives(head + "step boss {" + each(100, remind) + " }\n").empty());
  CHECK(survives(head + "step boss {" + each(101, remind) + " }\n") == Codes{"E0009"});
}

}  // namespace
