// What a vote rests on, and which change it still covers: comparisons, ladders, paths, values of every type.
// Lines are in basis_lines_test.cpp, `reapprove` and changed policies in basis_policy_test.cpp.
#include <catch2/catch.hpp>

#include "tests/approval/covering.h"

namespace {

using namespace assent;
using test::changed;
using test::Covering;

const std::string nothing = "kept: nothing that its rules read has changed";

TEST_CASE("the harmful direction of a comparison", "[basis]") {
  const std::string seen = R"({"a": 20, "b": 20})";
  const auto a = [&](const std::string& condition, int now) {
    return changed("when " + condition + " requires boss", seen, R"({"b": 20, "a": )" + std::to_string(now) + "}");
  };
  for (const std::string condition : {"quote.a > 10", "quote.a >= 10", "10 < quote.a", "10 <= quote.a"}) {
    CAPTURE(condition);
    CHECK(a(condition, 21) == "lost: `r`: quote.a rose from 20 to 21");
    CHECK(a(condition, 20) == nothing);
    CHECK(a(condition, 19) == "kept: quote.a fell from 20 to 19, which is no worse");
    CHECK(a(condition, 9) == "nobody is asked");
  }
  for (const std::string condition : {"quote.a < 30", "quote.a <= 30", "30 > quote.a", "30 >= quote.a"}) {
    CAPTURE(condition);
    CHECK(a(condition, 19) == "lost: `r`: quote.a fell from 20 to 19");
    CHECK(a(condition, 20) == nothing);
    CHECK(a(condition, 21) == "kept: quote.a rose from 20 to 21, which is no worse");
    CHECK(a(condition, 31) == "nobody is asked");
  }
  for (const std::string condition :
       {"quote.a = quote.a", "quote.a != 30", "quote.a is not 30", "quote.a = 20 or quote.b = 20"}) {
    CAPTURE(condition);
    CHECK(a(condition, 20) == nothing);
    CHECK(a(condition, 21) == "lost: `r`: quote.a went from 20 to 21");
    CHECK(a(condition, 19) == "lost: `r`: quote.a went from 20 to 19");
  }
}

TEST_CASE("both sides of a comparison count, in opposite directions", "[basis]") {
  const std::string greater = "when quote.a > quote.b requires boss", less = "when quote.a < quote.b requires boss";
  CHECK(changed(greater, R"({"a": 20, "b": 10})", R"({"a": 20, "b": 9})") == "lost: `r`: quote.b fell from 10 to 9");
  CHECK(changed(greater, R"({"a": 20, "b": 10})", R"({"a": 20, "b": 11})") ==
        "kept: quote.b rose from 10 to 11, which is no worse");
  CHECK(changed(greater, R"({"a": 20, "b": 10})", R"({"a": 19, "b": 11})") ==
        "kept: quote.a fell from 20 to 19, quote.b rose from 10 to 11, which is no worse");
  CHECK(changed(greater, R"({"a": 20, "b": 10})", R"({"a": 30, "b": 25})") == "lost: `r`: quote.a rose from 20 to 30");
  CHECK(changed(less, R"({"a": 10, "b": 20})", R"({"a": 10, "b": 21})") == "lost: `r`: quote.b rose from 20 to 21");
  CHECK(changed(less, R"({"a": 10, "b": 20})", R"({"a": 11, "b": 19})") ==
        "kept: quote.a rose from 10 to 11, quote.b fell from 20 to 19, which is no worse");
}

TEST_CASE("what is compared is the whole side", "[basis]") {
  const std::string sum = "when quote.a + quote.b > 30 requires boss";
  CHECK(changed(sum, R"({"a": 20, "b": 20})", R"({"a": 25, "b": 15})") == nothing);
  CHECK(changed(sum, R"({"a": 20, "b": 20})", R"({"a": 25, "b": 16})") ==
        "lost: `r`: quote.a + quote.b rose from 40 to 41");
  const std::string least = "when -quote.a < -10 requires boss";
  CHECK(changed(least, R"({"a": 20})", R"({"a": 21})") == "lost: `r`: -quote.a fell from -20 to -21");
  CHECK(changed(least, R"({"a": 20})", R"({"a": 19})") == "kept: -quote.a rose from -20 to -19, which is no worse");
}

TEST_CASE("negation turns the direction round, as often as it stands", "[basis]") {
  const std::string more = R"({"a": 21})", seen = R"({"a": 20})", less = R"({"a": 19})";
  for (const std::string clauses :
       {"when not quote.a < 10 requires boss", "unless quote.a <= 10 requires boss",
        "unless not quote.a > 10 requires boss", "when not not quote.a > 10 requires boss",
        "unless quote.a < 5 or quote.a < 10 requires boss", "when not (quote.b > 5 or quote.a < 10) requires boss"}) {
    CAPTURE(clauses);
    CHECK(changed(clauses, seen, more) == "lost: `r`: quote.a rose from 20 to 21");
    CHECK(changed(clauses, seen, less) == "kept: quote.a fell from 20 to 19, which is no worse");
  }
  for (const std::string clauses : {"when not quote.a > 30 requires boss", "unless quote.a >= 30 requires boss"}) {
    CAPTURE(clauses);
    CHECK(changed(clauses, seen, more) == "kept: quote.a rose from 20 to 21, which is no worse");
    CHECK(changed(clauses, seen, less) == "lost: `r`: quote.a fell from 20 to 19");
  }
}

TEST_CASE("every part of `and` and `or` counts, for whatever reason the rule fired", "[basis]") {
  for (const std::string clauses :
       {"when quote.a > 10 and quote.b > 10 requires boss", "when quote.a > 10 or quote.b > 10 requires boss",
        "when quote.a > 10 when quote.b > 10 requires boss", "when quote.a > 10 unless quote.b <= 10 requires boss"}) {
    CAPTURE(clauses);
    CHECK(changed(clauses, R"({"a": 20, "b": 20})", R"({"a": 20, "b": 21})") ==
          "lost: `r`: quote.b rose from 20 to 21");
    CHECK(changed(clauses, R"({"a": 20, "b": 20})", R"({"a": 18, "b": 19})") ==
          "kept: quote.a fell from 20 to 18, quote.b fell from 20 to 19, which is no worse");
    CHECK(changed(clauses, R"({"a": 20, "b": 20})", R"({"a": 15, "b": 20, "c": 9})") ==
          "kept: quote.a fell from 20 to 15, which is no worse");
  }
  const std::string either = "when quote.a > 10 or quote.b > 10 requires boss";
  CHECK(changed(either, R"({"a": 20, "b": 5})", R"({"a": 20, "b": 6})") == "lost: `r`: quote.b rose from 5 to 6");
}

TEST_CASE("a value with two harmful sides has no harmless one", "[basis]") {
  for (const std::string condition : {"quote.a > 10 and quote.a < 30", "quote.a is between 10 and 30",
                                      "quote.a is not between 30 and 40", "quote.a > 10 or quote.a = 5"}) {
    CAPTURE(condition);
    const std::string clauses = "when " + condition + " requires boss";
    CHECK(changed(clauses, R"({"a": 20})", R"({"a": 20, "b": 1})") == nothing);
    CHECK(changed(clauses, R"({"a": 20})", R"({"a": 21})") == "lost: `r`: quote.a went from 20 to 21");
    CHECK(changed(clauses, R"({"a": 20})", R"({"a": 19})") == "lost: `r`: quote.a went from 20 to 19");
  }
}

std::string ladder(const std::string& bands) {
  return test::some_quote + test::somebody + test::or_nobody + "ladder l by quote.a { " + bands + " }";
}

TEST_CASE("a ladder is worse towards the end at which more people are asked", "[basis]") {
  SECTION("up") {
    Covering covering(ladder("up to 10: no approval  up to 20: boss  up to 30: boss then cfo  above: denies \"no\""));
    const Basis boss = covering.vote(R"({"a": 25})", "l/boss"), cfo = covering.vote(R"({"a": 25})", "l/cfo");
    CHECK(covering.then(boss, R"({"a": 15})", "l/boss") == "kept: quote.a fell from 25 to 15, which is no worse");
    CHECK(covering.then(cfo, R"({"a": 22})", "l/cfo") == "kept: quote.a fell from 25 to 22, which is no worse");
    CHECK(covering.then(cfo, R"({"a": 15})", "l/cfo") == "nobody is asked");
    CHECK(covering.then(boss, R"({"a": 26})", "l/boss") == "lost: `l`: quote.a rose from 25 to 26");
  }
  SECTION("down") {
    Covering covering(ladder("below 10: boss and cfo  below 20: boss  above: no approval"));
    const Basis boss = covering.vote(R"({"a": 5})", "l/boss");
    CHECK(covering.then(boss, R"({"a": 15})", "l/boss") == "kept: quote.a rose from 5 to 15, which is no worse");
    CHECK(covering.then(boss, R"({"a": 4})", "l/boss") == "lost: `l`: quote.a fell from 5 to 4");
  }
  SECTION("neither") {
    Covering covering(ladder("up to 10: boss  up to 20: cfo  above: boss then vp"));
    const Basis boss = covering.vote(R"({"a": 5})", "l/boss");
    CHECK(covering.then(boss, R"({"a": 5, "b": 1})", "l/boss") == nothing);
    CHECK(covering.then(boss, R"({"a": 4})", "l/boss") == "lost: `l`: quote.a went from 5 to 4");
    CHECK(covering.then(boss, R"({"a": 25})", "l/boss") == "lost: `l`: quote.a went from 5 to 25");
  }
  SECTION("with a condition of its own") {
    Covering covering(ladder("when quote.b > 10  up to 10: boss  above: boss then cfo"));
    const Basis boss = covering.vote(R"({"a": 5, "b": 20})", "l/boss");
    CHECK(covering.then(boss, R"({"a": 4, "b": 19})", "l/boss").substr(0, 5) == "kept:");
    CHECK(covering.then(boss, R"({"a": 4, "b": 21})", "l/boss") == "lost: `l`: quote.b rose from 20 to 21");
  }
}

TEST_CASE("the `when` of a part of a path counts for its steps alone", "[basis]") {
  const std::string clauses = "when quote.a > 10 requires boss then cfo when quote.discount > 15%";
  const std::string seen = R"({"a": 20, "discount": 20})", deeper = R"({"a": 20, "discount": 25})";
  CHECK(changed(clauses, seen, deeper) == nothing);
  CHECK(changed(clauses, seen, deeper, "r/cfo") == "lost: `r`: quote.discount rose from 20% to 25%");
  CHECK(changed(clauses, seen, R"({"a": 20, "discount": 18})", "r/cfo") ==
        "kept: quote.discount fell from 20% to 18%, which is no worse");
  CHECK(changed(clauses, seen, R"({"a": 21, "discount": 20})", "r/cfo") == "lost: `r`: quote.a rose from 20 to 21");
  // Inside each other, and in a second `requires`.
  const std::string nested =
      "always requires (boss then (cfo when quote.b > 1)) when quote.a > 1  requires vp when quote.c > 1";
  const std::string all = R"({"a": 5, "b": 5, "c": 5})";
  CHECK(changed(nested, all, R"({"a": 5, "b": 6, "c": 6})") == nothing);
  CHECK(changed(nested, all, R"({"a": 5, "b": 6, "c": 5})", "r/cfo") == "lost: `r`: quote.b rose from 5 to 6");
  CHECK(changed(nested, all, R"({"a": 6, "b": 5, "c": 5})", "r/cfo") == "lost: `r`: quote.a rose from 5 to 6");
  CHECK(changed(nested, all, R"({"a": 6, "b": 6, "c": 5})", "r/vp") == nothing);
}

TEST_CASE("of a step that several rules demand each must be covered", "[basis]") {
  Covering covering(test::some_quote + test::somebody + test::or_nobody + R"(
    chain review = boss
    rule one { when quote.a > 10 requires review }
    rule two { when quote.b > 10 requires review })");
  const Basis both = covering.vote(R"({"a": 20, "b": 20})", "review/boss");
  CHECK(covering.then(both, R"({"a": 20, "b": 20, "c": 1})", "review/boss") == nothing);
  CHECK(covering.then(both, R"({"a": 20, "b": 5})", "review/boss") == nothing);
  CHECK(covering.then(both, R"({"a": 5, "b": 21})", "review/boss") == "lost: `two`: quote.b rose from 20 to 21");
  const Basis one = covering.vote(R"({"a": 20, "b": 5})", "review/boss");
  CHECK(covering.then(one, R"({"a": 20, "b": 20})", "review/boss") == "lost: `two`: it did not ask before");
}

TEST_CASE("texts, yes and no, people: any change counts", "[basis]") {
  const auto went = [](const std::string& condition, const std::string& before, const std::string& after) {
    return changed("when " + condition + " requires boss", before, after);
  };
  const std::string lease = R"({"kind": "lease"})", rent = R"({"kind": "rent"})", upper = R"({"kind": "LEASE"})";
  CHECK(went("quote.kind is one of \"lease\", \"rent\"", lease, lease) == nothing);
  CHECK(went("quote.kind is one of \"lease\", \"rent\"", lease, rent) ==
        "lost: `r`: quote.kind went from lease to rent");
  CHECK(went("quote.kind is not \"sale\"", lease, rent) == "lost: `r`: quote.kind went from lease to rent");
  CHECK(went("quote.kind contains \"e\"", lease, rent) == "lost: `r`: quote.kind went from lease to rent");
  CHECK(went("not quote.kind starts with \"s\"", lease, rent) == "lost: `r`: quote.kind went from lease to rent");
  CHECK(went("quote.kind is \"lease\" ignoring case", lease, upper) ==
        "lost: `r`: quote.kind went from lease to LEASE");
  CHECK(went("quote.kind ends with \"e\" and quote.a > 1", R"({"kind": "lease", "a": 5})",
             R"({"kind": "lease", "a": 4})") == "kept: quote.a fell from 5 to 4, which is no worse");
  CHECK(went("quote.urgent or quote.a > 10", R"({"a": 20})", R"({"a": 20, "urgent": true})") ==
        "lost: `r`: quote.urgent went from no to yes");
  CHECK(went("not quote.urgent", "{}", R"({"a": 1})") == nothing);
  const std::string trusted = "quote.owner is present and has_role(quote.owner, \"trusted\")";
  CHECK(went(trusted, R"({"owner": "rep"})", R"({"owner": "rep"})") == nothing);
  const std::string other = "quote.kind contains (quote.note else \"e\")";
  CHECK(went(other, R"({"kind": "lease", "note": "l"})", R"({"kind": "lease", "note": "le"})") ==
        "lost: `r`: quote.note else \"e\" went from l to le");
  CHECK(went("quote.owner is present", R"({"owner": "rep"})", R"({"owner": "boss"})") ==
        "lost: `r`: quote.owner went from rep to boss");
}

TEST_CASE("a role counts as the directory gives it", "[basis]") {
  Covering covering(test::with_rule(
      "when quote.a > 10 or quote.owner is present and has_role(quote.owner, \"trusted\") requires boss"));
  const Basis seen = covering.vote(R"({"a": 20, "owner": "rep"})");
  CHECK(covering.then(seen, R"({"a": 20, "owner": "rep"})") == nothing);
  covering.world.directory = *Directory::from_json(R"({"people": [{"id": "boss"}, {"id": "rep"}]})");
  CHECK(covering.then(seen, R"({"a": 20, "owner": "rep"})") ==
        "lost: `r`: has_role(quote.owner, \"trusted\") went from yes to no");
}

TEST_CASE("what may be absent: coming and going counts, and how it is compared", "[basis]") {
  const std::string tested = "when quote.x is present and quote.x > 10 requires boss";
  CHECK(changed(tested, R"({"x": 20})", R"({"x": 20})") == nothing);
  CHECK(changed(tested, R"({"x": 20})", R"({"x": 21})") == "lost: `r`: quote.x rose from 20 to 21");
  CHECK(changed(tested, R"({"x": 20})", R"({"x": 19})") == "kept: quote.x fell from 20 to 19, which is no worse");
  const std::string either = "when quote.x is absent or quote.x > 10 requires boss";
  CHECK(changed(either, "{}", R"({"a": 1})") == nothing);
  CHECK(changed(either, "{}", R"({"x": 20})") == "lost: `r`: quote.x went from absent to 20");
  CHECK(changed(either, R"({"x": 20})", "{}") == "lost: `r`: quote.x went from 20 to absent");
  CHECK(changed(either, R"({"x": 20})", R"({"x": 19})") == "kept: quote.x fell from 20 to 19, which is no worse");
  const std::string there = "when quote.note is present requires boss";  // whoever looked has read it
  CHECK(changed(there, R"({"note": "one"})", R"({"note": "two"})") == "lost: `r`: quote.note went from one to two");
  const std::string otherwise = "when quote.x else 50 > 10 requires boss";
  CHECK(changed(otherwise, "{}", R"({"x": 20})") == "kept: quote.x else 50 fell from 50 to 20, which is no worse");
  CHECK(changed(otherwise, R"({"x": 20})", "{}") == "lost: `r`: quote.x else 50 rose from 20 to 50");
}

TEST_CASE("what could not be read covers nothing", "[basis]") {
  const std::string clauses = "when quote.a > 10 or quote.a / quote.b > 100 requires boss";
  CHECK(changed(clauses, R"({"a": 20, "b": 0})", R"({"a": 20, "b": 0})") ==
        "lost: `r`: quote.a / quote.b could not be read");
  CHECK(changed(clauses, R"({"a": 20, "b": 2})", R"({"a": 20, "b": 0})") ==
        "lost: `r`: quote.a / quote.b could not be read");
  CHECK(changed(clauses, R"({"a": 20, "b": 2})", R"({"a": 20, "b": 2})") == nothing);
}

TEST_CASE("amounts are compared across currencies where there are rates", "[basis]") {
  const std::string dollars = R"({"net": 1000, "limit": 10})";
  const auto euros = [](int net) { return R"({"currency": "EUR", "limit": 10, "net": )" + std::to_string(net) + "}"; };
  Covering covering(test::with_rule(
      "when quote.net is present and quote.limit is present and quote.net > quote.limit requires boss"));
  const Basis seen = covering.vote(dollars);
  CHECK(covering.then(seen, R"({"net": 999.5, "limit": 10})") ==
        "kept: quote.net fell from 1000.00 USD to 999.50 USD, which is no worse");
  CHECK(covering.then(seen, R"({"net": 1000.0, "limit": 10.00})") == nothing);
  CHECK(covering.then(seen, euros(900)) == "lost: `r`: quote.net went from 1000.00 USD to 900.00 EUR");
  covering.world.rates = *Rates::from_json(R"({"base": "USD", "rates": {"EUR": "1.10"}})");
  CHECK(covering.then(seen, euros(900)) ==
        "kept: quote.net fell from 1000.00 USD to 900.00 EUR, "
        "quote.limit rose from 10.00 USD to 10.00 EUR, which is no worse");
  CHECK(covering.then(seen, euros(910)) == "lost: `r`: quote.net rose from 1000.00 USD to 910.00 EUR");
}

TEST_CASE("each type that has an order has a direction", "[basis]") {
  const auto went = [](const std::string& condition, const std::string& key, const std::string& before,
                       const std::string& after) {
    return changed("when " + condition + " requires boss", "{\"" + key + "\": " + before + "}",
                   "{\"" + key + "\": " + after + "}");
  };
  CHECK(went("quote.ratio > 0.5", "ratio", "0.9", "0.8999") ==
        "kept: quote.ratio fell from 0.9 to 0.8999, which is no worse");
  CHECK(went("quote.ratio > 0.5", "ratio", "0.90", "0.9") == nothing);
  CHECK(went("quote.discount > 5%", "discount", "12.5", "12.6") ==
        "lost: `r`: quote.discount rose from 12.5% to 12.6%");
  CHECK(went("quote.discount > 5%", "discount", "12.5", "9") ==
        "kept: quote.discount fell from 12.5% to 9%, which is no worse");
  CHECK(went("quote.day < 2026-06-01", "day", "\"2026-05-02\"", "\"2026-05-01\"") ==
        "lost: `r`: quote.day fell from 2026-05-02 to 2026-05-01");
  CHECK(went("quote.day < 2026-06-01", "day", "\"2026-04-30\"", "\"2026-05-02\"") ==
        "kept: quote.day rose from 2026-04-30 to 2026-05-02, which is no worse");
  CHECK(went("quote.day - quote.other_day > 10 days", "day", "\"2026-01-31\"", "\"2026-01-30\"") ==
        "kept: quote.day - quote.other_day fell from 30 days to 29 days, which is no worse");
  CHECK(went("quote.term > 12 months", "term", "24", "36") == "lost: `r`: quote.term rose from 24 months to 36 months");
  CHECK(went("quote.effort > 1 hour", "effort", "90", "80") ==
        "kept: quote.effort fell from 90 minutes to 80 minutes, which is no worse");
  CHECK(went("quote.moment is present and quote.moment > 2026-01-01T00:00:00Z", "moment", "\"2026-01-02T00:00:00Z\"",
             "\"2026-01-02T00:00:01Z\"") ==
        "lost: `r`: quote.moment rose from 2026-01-02T00:00:00Z to 2026-01-02T00:00:01Z");
}

TEST_CASE("a day that passes counts where today is compared", "[basis]") {
  Covering covering(test::with_rule("when quote.day < today + 30 days requires boss"));
  const Basis seen = covering.vote(R"({"day": "2026-03-20"})");
  CHECK(covering.then(seen, R"({"day": "2026-03-20"})") == nothing);
  ++covering.world.today;
  CHECK(covering.then(seen, R"({"day": "2026-03-20"})") ==
        "lost: `r`: today + 30 days rose from 2026-04-01 to 2026-04-02");
}

TEST_CASE("drift is measured from what the vote rests on, not from what was remembered in between", "[basis]") {
  Covering covering(test::with_rule("when quote.a > 10 requires boss"));
  const Basis seen = covering.vote(R"({"a": 20})");
  CHECK(covering.then(seen, R"({"a": 15})") == "kept: quote.a fell from 20 to 15, which is no worse");
  CHECK(covering.then(seen, R"({"a": 18})") == "kept: quote.a fell from 20 to 18, which is no worse");
  CHECK(covering.then(seen, R"({"a": 21})") == "lost: `r`: quote.a rose from 20 to 21");
}

}  // namespace
