// What a vote rests on where a policy says so itself (`reapprove`), where it reads nothing, and where the policy
// was changed.
#include <catch2/catch.hpp>

#include "tests/approval/covering.h"

namespace {

using namespace assent;
using test::changed;
using test::Covering;

const std::string nothing = "kept: nothing that its rules read has changed";

TEST_CASE("`reapprove when` decides instead of what was read", "[basis]") {
  const std::string clauses =
      "when quote.discount > 15% requires boss "
      "reapprove when quote.discount > approved.quote.discount + 2%";
  const std::string seen = R"({"discount": 20})";
  CHECK(changed(clauses, seen, R"({"discount": 22})") ==
        "kept: quote.discount went from 20% to 22%, which `reapprove` allows");
  CHECK(changed(clauses, seen, R"({"discount": 22.1})") ==
        "lost: `r`: quote.discount > approved.quote.discount + 2%, where approved.quote.discount is 20%");
  CHECK(changed(clauses, seen, R"({"discount": 16})") ==
        "kept: quote.discount went from 20% to 16%, which `reapprove` allows");
  SECTION("of a value that the condition does not read") {
    const std::string other = "when quote.a > 10 requires boss reapprove when quote.b < approved.quote.b";
    CHECK(changed(other, R"({"a": 20, "b": 5})", R"({"a": 99, "b": 6})") ==
          "kept: quote.b went from 5 to 6, which `reapprove` allows");
    CHECK(changed(other, R"({"a": 20, "b": 5})", R"({"a": 11, "b": 4})") ==
          "lost: `r`: quote.b < approved.quote.b, where approved.quote.b is 5");
  }
  SECTION("of several values") {
    const std::string both =
        "when quote.a > 10 requires boss "
        "reapprove when quote.a + quote.b > approved.quote.a + approved.quote.b";
    CHECK(changed(both, R"({"a": 20, "b": 5})", R"({"a": 22, "b": 3})") ==
          "kept: quote.a went from 20 to 22, quote.b went from 5 to 3, which `reapprove` allows");
    CHECK(changed(both, R"({"a": 20, "b": 5})", R"({"a": 22, "b": 4})")
              .find("approved.quote.a is 20, approved.quote.b is 5") != std::string::npos);
  }
  SECTION("of what the quote is alone") {
    const std::string now = "when quote.a > 10 requires boss reapprove when quote.urgent";
    CHECK(changed(now, R"({"a": 20, "urgent": true})", R"({"a": 20})") ==
          "kept: nothing that `reapprove` looks at has changed");
    CHECK(changed(now, R"({"a": 20})", R"({"a": 20, "urgent": true})") == "lost: `r`: quote.urgent");
  }
}

TEST_CASE("a transition, a text, a date as they were", "[basis]") {
  const std::string kinds =
      "when quote.kind is not \"\" requires boss reapprove when quote.kind != approved.quote.kind and "
      "not (approved.quote.kind is \"lease\" and quote.kind is \"rent\")";
  CHECK(changed(kinds, R"({"kind": "lease"})", R"({"kind": "rent"})") ==
        "kept: quote.kind went from lease to rent, which `reapprove` allows");
  CHECK(changed(kinds, R"({"kind": "rent"})", R"({"kind": "lease"})").substr(0, 5) == "lost:");
  const std::string later =
      "when quote.kind is not \"\" requires boss "
      "reapprove when quote.day > approved.quote.day + 7 days";
  CHECK(changed(later, R"({"kind": "a", "day": "2026-03-01"})", R"({"kind": "a", "day": "2026-03-08"})") ==
        "kept: quote.day went from 2026-03-01 to 2026-03-08, which `reapprove` allows");
  CHECK(changed(later, R"({"kind": "a", "day": "2026-03-01"})", R"({"kind": "a", "day": "2026-03-09"})").substr(0, 5) ==
        "lost:");
  const std::string dearer =
      "when quote.net is present requires boss "
      "reapprove when quote.net > approved.quote.net else 0 USD";
  CHECK(changed(dearer, R"({"net": 100})", R"({"net": 99.99})") ==
        "kept: quote.net went from 100.00 USD to 99.99 USD, which `reapprove` allows");
  CHECK(changed(dearer, R"({"net": 100})", R"({"net": 100.01})").find("approved.quote.net is 100.00 USD") !=
        std::string::npos);
}

TEST_CASE("what was approved may be an aggregate, a fact, or absent", "[basis]") {
  const std::string facts = test::some_quote + test::somebody + test::or_nobody +
                            "fact deepest = max(line.discount for line in quote.lines) else 0%\n";
  const auto line = [](int discount) { return R"({"lines": [{"discount": )" + std::to_string(discount) + "}]}"; };
  Covering covering(facts +
                    "rule r { when deepest > 15% requires boss reapprove when deepest > approved.deepest * 1.1 }");
  const Basis seen = covering.vote(line(20));
  CHECK(covering.then(seen, line(22)) == "kept: deepest went from 20% to 22%, which `reapprove` allows");
  CHECK(covering.then(seen, line(23)) == "lost: `r`: deepest > approved.deepest * 1.1, where approved.deepest is 20%");
  const std::string optional =
      "when quote.a > 10 requires boss "
      "reapprove when quote.x is present and approved.quote.x is absent";
  CHECK(changed(optional, R"({"a": 20})", R"({"a": 20})") == "kept: nothing that `reapprove` looks at has changed");
  CHECK(changed(optional, R"({"a": 20, "x": 1})", R"({"a": 20, "x": 2})") ==
        "kept: quote.x went from 1 to 2, which `reapprove` allows");
  CHECK(changed(optional, R"({"a": 20})", R"({"a": 20, "x": 1})").find("approved.quote.x is absent") !=
        std::string::npos);
}

TEST_CASE("`reapprove always`, and on any change", "[basis]") {
  CHECK(changed("when quote.a > 10 requires boss reapprove always", R"({"a": 20})", R"({"a": 20})") ==
        "lost: `r`: `reapprove always`");
  const std::string clauses = "when quote.a > 10 requires boss reapprove on any change of quote.b, quote.kind, quote.x";
  const std::string seen = R"({"a": 20, "b": 1, "kind": "k"})";
  CHECK(changed(clauses, seen, R"({"a": 99, "b": 1, "kind": "k"})") ==
        "kept: nothing that `reapprove` looks at has changed");
  CHECK(changed(clauses, seen, R"({"a": 20, "b": 0, "kind": "k"})") == "lost: `r`: quote.b went from 1 to 0");
  CHECK(changed(clauses, seen, R"({"a": 20, "b": 1, "kind": "l"})") == "lost: `r`: quote.kind went from k to l");
  CHECK(changed(clauses, seen, R"({"a": 20, "b": 1, "kind": "k", "x": 3})") ==
        "lost: `r`: quote.x went from absent to 3");
  const std::string two = clauses + " reapprove when quote.a > approved.quote.a";
  CHECK(changed(two, seen, R"({"a": 19, "b": 1, "kind": "k"})") ==
        "kept: quote.a went from 20 to 19, which `reapprove` allows");
  CHECK(changed(two, seen, R"({"a": 21, "b": 1, "kind": "k"})").substr(0, 5) == "lost:");
  CHECK(changed(two, seen, R"({"a": 19, "b": 2, "kind": "k"})") == "lost: `r`: quote.b went from 1 to 2");
}

TEST_CASE("a clause that cannot be answered asks again", "[basis]") {
  const std::string clauses = "when quote.a > 10 requires boss reapprove when quote.a / quote.b > 1000";
  CHECK(changed(clauses, R"({"a": 20, "b": 1})", R"({"a": 20, "b": 2})") ==
        "kept: nothing that `reapprove` looks at has changed");
  CHECK(changed(clauses, R"({"a": 20, "b": 1})", R"({"a": 20, "b": 0})").substr(0, 46) ==
        "lost: `r`: `reapprove when` cannot be answered");
  const std::string change = "when quote.a > 10 requires boss reapprove on any change of quote.a / quote.b";
  CHECK(changed(change, R"({"a": 20, "b": 0})", R"({"a": 20, "b": 0})") ==
        "lost: `r`: quote.a / quote.b could not be read");
}

TEST_CASE("a rule that reads nothing rests on all that the policy reads", "[basis]") {
  const std::string rules = test::some_quote + test::somebody + R"(
    rule r { always requires boss }
    rule other { when quote.a > 10 requires cfo }
  )";
  Covering covering(rules);
  const Basis seen = covering.vote(R"({"a": 1, "b": 1})");
  CHECK(covering.then(seen, R"({"a": 1, "b": 1})") == nothing);
  CHECK(covering.then(seen, R"({"a": 1, "b": 2})") == nothing);
  CHECK(covering.then(seen, R"({"a": 0, "b": 1})") == "lost: `r`: quote.a has changed");
  Covering otherwise(test::some_quote + test::somebody + R"(
    otherwise requires boss
    rule other { when quote.a > 10 requires cfo })");
  const Basis asked = otherwise.vote(R"({"a": 1})", "otherwise/boss");
  CHECK(otherwise.then(asked, R"({"a": 1, "b": 5})", "otherwise/boss") == nothing);
  CHECK(otherwise.then(asked, R"({"a": 2})", "otherwise/boss") == "lost: `otherwise`: quote.a has changed");
  Covering conditional(test::some_quote + test::somebody + "otherwise requires boss then cfo when quote.a > 10");
  const Basis chief = conditional.vote(R"({"a": 20})", "otherwise/cfo");
  CHECK(conditional.then(chief, R"({"a": 15})", "otherwise/cfo") ==
        "kept: quote.a fell from 20 to 15, which is no worse");
}

// A vote of one policy, held against another one.
std::string moved(const std::string& before, const std::string& after, const std::string& quote,
                  const std::string& step = "r/boss") {
  Covering old(before), fresh(after);
  return fresh.then(old.vote(quote, step), quote, step);
}

TEST_CASE("a changed condition covers nothing", "[basis]") {
  const std::string quote = R"({"a": 20, "b": 20})";
  const auto to = [&](const std::string& clauses) {
    return moved(test::with_rule("when quote.a > 10 requires boss"), test::with_rule(clauses), quote);
  };
  const std::string lost = "lost: `r`: its conditions were changed";
  CHECK(to("when quote.a > 10 requires boss") == nothing);
  CHECK(to("when quote.a > 11 requires boss") == lost);
  CHECK(to("when quote.a >= 10 requires boss") == lost);
  CHECK(to("when quote.b > 10 requires boss") == lost);
  CHECK(to("when quote.a > 10 and quote.b > 10 requires boss") == lost);
  CHECK(to("when quote.a > 10 unless quote.b > 30 requires boss") == lost);
  CHECK(to("when quote.a > 10 requires boss when quote.b > 10") == lost);
  CHECK(to("when quote.a > 10 requires boss reapprove when quote.a > approved.quote.a") == lost);
  CHECK(to("when quote.a > 10 requires boss reapprove on any change of quote.a") == lost);
  const auto between = [&](const std::string& before, const std::string& after) {
    return moved(test::with_rule(before), test::with_rule(after), R"({"a": 20, "lines": [{"discount": 20}]})");
  };
  CHECK(between("when quote.a > 10 requires boss reapprove when quote.a > approved.quote.a + 2",
                "when quote.a > 10 requires boss reapprove when quote.a > approved.quote.a + 3") == lost);
  CHECK(between("for each line in quote.lines when line.discount > 15% requires boss",
                "for each line in quote.lines where line.quantity > 0 when line.discount > 15% requires boss") == lost);
  CHECK(between("for each line in quote.lines where line.quantity > 0 when line.discount > 15% requires boss",
                "for each line in quote.lines where line.quantity = 1 when line.discount > 15% requires boss") == lost);
  CHECK(between("when quote.a > 10 requires boss when quote.a > 12",
                "when quote.a > 10 requires boss when quote.a > 13") == lost);
  // What others are asked, what is said and when it is looked at is no part of what this vote rests on.
  CHECK(to("when quote.a > 10 requires boss then cfo when quote.b > 10") == nothing);
  CHECK(to("when quote.a > 10 requires cfo then boss") == nothing);
  CHECK(to("when quote.a > 10 requires boss warns \"careful\"") == nothing);
  CHECK(to("effective from 2026-01-01 states except approved when quote.a > 10 requires boss") == nothing);
}

TEST_CASE("what is only written differently covers", "[basis]") {
  const std::string quote = R"({"a": 20, "b": 20, "kind": "k"})", rest = test::somebody + test::or_nobody;
  const auto covers = [&](const std::string& before, const std::string& after) {
    return moved(test::some_quote + rest + before, test::some_quote + rest + after, quote);
  };
  SECTION("in another order") {
    const std::string one = "rule one { when quote.b > 5 and quote.kind is \"k\" requires cfo }\n";
    const std::string r = "rule r { when quote.a > 10 and quote.b > 10 requires boss }\n";
    CHECK(covers(one + r, r + one) == nothing);
    CHECK(covers(r, one + r) == nothing);
    CHECK(covers("fact f = quote.a + 1 fact g = quote.b + 1 rule r { when f > 10 and g > 10 requires boss }",
                 "fact g = quote.b + 1 fact f = quote.a + 1 rule r { when f > 10 and g > 10 requires boss }") ==
          nothing);
  }
  SECTION("with titles and comments") {
    CHECK(covers("rule r { when quote.a > 10 requires boss }",
                 "# read this\nrule r \"A title\" { when quote.a > 10 requires boss }") == nothing);
  }
  SECTION("with facts of other names") {
    CHECK(covers("fact f = quote.a + quote.b rule r { when f > 10 requires boss }",
                 "fact total = quote.a + quote.b rule r { when total > 10 requires boss }") == nothing);
    CHECK(covers("rule r { when quote.a + quote.b > 10 requires boss }",
                 "fact total = quote.a + quote.b rule r { when total > 10 requires boss }") == nothing);
    CHECK(covers("fact f = quote.a + 1 rule r { when f > 10 requires boss reapprove when f > approved.f }",
                 "fact g = quote.a + 1 rule r { when g > 10 requires boss reapprove when g > approved.g }") ==
          "kept: nothing that `reapprove` looks at has changed");
    CHECK(covers("fact f = quote.a + 1 rule r { when f > 10 requires boss reapprove on any change of f }",
                 "fact g = quote.a + 1 rule r { when g > 10 requires boss reapprove on any change of g }") ==
          "kept: nothing that `reapprove` looks at has changed");
  }
  SECTION("with lines of another name") {
    const std::string lines = R"({"lines": [{"discount": 20}]})";
    CHECK(moved(test::with_rule("for each line in quote.lines when line.discount > 15% requires boss"),
                test::with_rule("for each item in quote.lines when item.discount > 15% requires boss"),
                lines) == nothing);
  }
  SECTION("the fields of the record in another order") {
    const std::string ab = "policy p record Quote { a: Integer b: Integer lines: list of Line } ";
    const std::string ba = "policy p record Quote { b: Integer a: Integer lines: list of Line } ";
    const std::string xy = "record Line { x: Integer y: Integer } input quote: Quote\n" + rest;
    const std::string yx = "record Line { y: Integer x: Integer } input quote: Quote\n" + rest;
    const std::string lined = R"({"a": 20, "b": 20, "lines": [{"x": 1, "y": 2}]})";
    for (const std::string r :
         {"rule r { when quote.a > 10 or quote.b > 10 requires boss }",
          "rule r { when any line in quote.lines has line.x < line.y requires boss }",
          "rule r { always requires boss } rule s { when quote.a > 1 and quote.b > 1 requires cfo }"}) {
      CAPTURE(r);
      CHECK(moved(ab + xy + r, ba + yx + r, lined) == nothing);
    }
  }
  SECTION("a default is part of the meaning") {
    const auto with_default = [&](const std::string& value) {
      return "policy p record Quote { a: Integer else " + value + " b: Integer } input quote: Quote\n" + rest +
             "rule r { when quote.a > 10 requires boss }";
    };
    CHECK(moved(with_default("1"), with_default("2"), quote) == "lost: `r`: its conditions were changed");
  }
}

TEST_CASE("a basis says in words what was read", "[basis]") {
  Covering covering(test::some_quote + test::somebody + test::or_nobody + R"(
    fact total = quote.a + quote.b
    rule r { when total > 10 and quote.kind is not "" and quote.x else 1 < 5 requires boss })");
  const Basis seen = covering.vote(R"({"a": 20, "b": 1, "kind": "k"})");
  REQUIRE(seen.rules().size() == 1);
  CHECK(seen.rules()[0].rule == "r");
  CHECK(seen.rules()[0].fingerprint.size() == 32);
  REQUIRE(seen.rules()[0].rows.size() == 1);
  std::string all;
  for (const Reading& each : seen.rules()[0].rows[0]) all += each.name + " " + each.value + "; ";
  CHECK(all == "total 21; quote.kind k; quote.x else 1 1; ");
}

TEST_CASE("a step that no rule demands rests on the whole quote", "[basis]") {
  Evaluator evaluator(test::policy_of(test::with_rule("when quote.a > 10 and quote.x is present requires boss")));
  World world = Covering(test::with_rule("always requires boss")).world;
  REQUIRE(evaluator.decide(R"({"a": 1, "b": 1})", world));
  const Basis seen = evaluator.basis(whole_quote);
  CHECK(evaluator.cover(seen, whole_quote).holds);
  REQUIRE(evaluator.decide(R"({"a": 1, "b": 2})", world));
  CHECK(evaluator.cover(seen, whole_quote).holds);  // not a field that the policy reads
  REQUIRE(evaluator.decide(R"({"a": 1, "x": 2})", world));
  CHECK(evaluator.cover(seen, whole_quote).why == "quote.x has changed");
}

TEST_CASE("steps of which the same is read have one basis, and others have their own", "[basis]") {
  const World world = Covering(test::with_rule("always requires boss")).world;
  const std::string quote = R"({"a": 20, "b": 20})";
  Evaluator chain(
      test::policy_of(test::with_rule("when quote.a > 10 requires boss then cfo then vp when quote.b > 10")));
  REQUIRE(chain.decide(quote, world));
  const Basis boss = chain.basis(0), cfo = chain.basis(1), vp = chain.basis(2);
  CHECK(&boss.rules() == &cfo.rules());
  CHECK(vp.rules()[0].rows[0].size() == boss.rules()[0].rows[0].size() + 1);
  CHECK_FALSE(vp == boss);
  REQUIRE(chain.decide(R"({"a": 30, "b": 20})", world));
  CHECK(chain.basis(0).rules()[0].rows[0][0].value == "30");  // of another quote another
  CHECK(boss.rules()[0].rows[0][0].value == "20");

  Evaluator otherwise(test::policy_of(test::some_quote + test::somebody + R"(
    otherwise requires boss
    rule r { when quote.a > 30 requires cfo })"));
  REQUIRE(otherwise.decide(quote, world));
  CHECK(otherwise.basis(0).rules()[0].rule == "otherwise");
  CHECK(otherwise.basis(whole_quote).rules()[0].rule.empty());
}

}  // namespace
