// The outline of a policy: conditions as written and as spoken, who is asked, what reads what, the orders.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/outline.h"
#include "assent/policy.h"

namespace {

using namespace assent;

Policy policy_of(const std::string& text) {
  const CompileResult result = compile({"p.assent", text}, {});
  for (const Diagnostic& diagnostic : result.diagnostics) UNSCOPED_INFO(render(diagnostic, result.sources, false));
  REQUIRE(result.artifact);
  Result<Policy> policy = Policy::load(*result.artifact);
  REQUIRE(policy);
  return std::move(*policy);
}

// `condition` as the when of a rule over items of the quote's lines.
std::string spoken(const std::string& condition) {
  const Policy policy = policy_of("policy p\nuse std.cpq\nuse std.calendar\n"
                                  "fact deep_cut = max(line.discount for line in quote.lines) else 0%\n"
                                  "rule r { for each item in quote.lines when " +
                                  condition + " denies \"no\" }\notherwise approve\n");
  return outline(policy, Wording::spoken).rules.at(0).condition;
}

const std::string whole = R"(policy whole "All of it"
use std.cpq
use std.calendar
approver boss     = quote.owner.manager else person "m.boss"
approver signer   = first manager above quote.owner whose "sum" authority covers quote.net_total
group    board "The board" = 3 points of person "c.lee" worth 2, role "legal" worth 1, veto person "the.cfo"
chain    review   = boss then board
fact deep  = max(line.discount for line in quote.lines) else 0%
fact deeper = deep + 1%
rule steep "Steep" {
  effective 2026-01-01 to 2026-12-31 on quote.created
  states draft, recalled
  for each item in quote.lines where item.quantity > 2
  when item.discount > deeper
  requires review then signer when deep > 40%
  reapprove when deep > approved.deep
  reapprove on any change of item.quantity
}
ladder size by quote.net_total {
  below 1_000 USD : no approval
  up to 5_000 USD : boss
  above           : denies "too large"
}
step boss {
  remind after 1 business day in us_federal then every 4 hours
  escalate to signer after 3 days replacing
  expire after 2 months as withdrawn
  reject returns to boss
  owner may decide
}
orders o "Ordered" {
  phase racks = lines where line.family is "Hardware"
  phase rest  = other lines
  split by line.ship_to
  racks takes 2 business days in us_federal
  rest starts 3 days after racks of the same line.ship_to is delivered
}
path { steep before size  override by board }
otherwise approve "small"
)";

std::vector<std::string> names(const Outline& outline, const std::vector<ReaderOutline>& readers) {
  std::vector<std::string> all;
  for (const ReaderOutline& each : readers) {
    switch (each.kind) {
      case ReaderOutline::Kind::rule: all.push_back(outline.rules.at(each.index).name); break;
      case ReaderOutline::Kind::fact: all.push_back(outline.facts.at(each.index).name); break;
      case ReaderOutline::Kind::approver: all.push_back(outline.approvers.at(each.index).name); break;
      case ReaderOutline::Kind::orders: all.emplace_back("(orders)"); break;
      case ReaderOutline::Kind::otherwise: all.emplace_back("(otherwise)"); break;
      case ReaderOutline::Kind::votes: all.emplace_back("(votes)"); break;
    }
  }
  return all;
}

const ReadOutline& named(const std::vector<ReadOutline>& list, const std::string& name) {
  for (const ReadOutline& each : list)
    if (each.name == name) return each;
  FAIL("nothing is called " << name);
  return list.front();
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("conditions are spoken in words", "[outline]") {
  CHECK(spoken("item.discount > 15%") == "the item's discount is more than 15%");
  CHECK(spoken("item.discount is between 5% and 15%") ==
        "the item's discount is at least 5% and the item's discount is at most 15%");
  CHECK(spoken("deep_cut >= 1% and not (item.quantity = 3)") ==
        "deep cut is at least 1% and the item's quantity is not 3");
  CHECK(spoken("quote.net_total < 1_234_567 USD or quote.net_total > 9_000_000.50 USD") ==
        "the quote's net total is less than 1,234,567 USD or the quote's net total is more than 9,000,000.50 USD");
  CHECK(spoken("quote.expires is present and quote.expires < today + 2 business days in uk_bank") ==
        "the quote's expires is given and the quote's expires is before today + 2 business days in uk bank");
  CHECK(spoken("item.quantity > 1 and item.quantity < 5 or item.quantity = 7") ==
        "(the item's quantity is more than 1 and the item's quantity is less than 5) or the item's quantity is 7");
  CHECK(spoken("quote.expires is absent") == "the quote's expires is not given");
  CHECK(spoken("item.family is not one of \"A\", \"B\"") == "the item's family is not one of \"A\", \"B\"");
  CHECK(spoken("item.product does not start with \"A\" ignoring case") ==
        "the item's product does not start with \"A\" in any case of letters");
  CHECK(spoken("quote.account.payment_days is present") == "the quote's account payment days is given");
  CHECK(spoken("quote.net_total * (100% - quote.discount) > quote.total_cost") ==
        "the quote's net total × (100% − the quote's discount) is more than the quote's total cost");
}

TEST_CASE("a row inside rows of the same list has a name of its own", "[outline]") {
  CHECK(spoken("any line in quote.lines has line.quantity > item.quantity") ==
        "for at least one item B of the quote's lines: item B's quantity is more than the item's quantity");
  CHECK(spoken("no line in quote.lines where line.discount > 1% has line.quantity > item.quantity") ==
        "for no item B of the quote's lines where item B's discount is more than 1%: item B's quantity is more than "
        "the item's quantity");
  CHECK(spoken("sum(line.quantity for line in quote.lines where line.family is item.family) > 9") ==
        "(the sum of item B's quantity for each item B of the quote's lines where item B's family is the item's "
        "family) is more than 9");
  CHECK(spoken("count(line in quote.lines) > 9") == "(the number of the quote's lines) is more than 9");
}

TEST_CASE("what is written stays as the language has it", "[outline]") {
  const Policy policy = policy_of(whole);
  const Outline written = outline(policy);
  CHECK(written.rules[0].condition == "item.discount > deeper");
  CHECK(written.rules[0].over == "item in quote.lines where item.quantity > 2");
}

TEST_CASE("an outline has all of a rule", "[outline]") {
  const Policy policy = policy_of(whole);
  const Outline all = outline(policy, Wording::spoken);
  const RuleOutline& steep = all.rules.at(0);
  CHECK(steep.over == "each item of the quote's lines where the item's quantity is more than 2");
  CHECK(steep.first_day == "2026-01-01");
  CHECK(steep.last_day == "2026-12-31");
  CHECK(steep.effective_on == "the quote's created");
  CHECK(steep.states == Names{"draft", "recalled"});
  REQUIRE(steep.reapprovals.size() == 2);
  CHECK(steep.reapprovals[0].what == "deep is more than the approved value of deep");
  CHECK(steep.reapprovals[1].kind == ReapprovalOutline::Kind::on_change);
  CHECK(steep.consequences.at(0).path.parts.at(0).parts.at(0).chain == "review");
  CHECK(steep.consequences.at(0).path.parts.at(1).chain.empty());
  const RuleOutline& size = all.rules.at(1);
  CHECK(size.by == "the quote's net total");
  CHECK(size.states.empty());
  REQUIRE(size.consequences.size() == 3);
  CHECK(size.consequences[0].from.value.empty());
  CHECK(size.consequences[0].to.value == "1,000 USD");
  CHECK_FALSE(size.consequences[0].to.included);
  CHECK(size.consequences[1].from.value == "1,000 USD");
  CHECK(size.consequences[1].from.included);
  CHECK(size.consequences[1].to.included);
  CHECK(size.consequences[2].to.value.empty());
  REQUIRE(all.orderings.size() == 1);
  CHECK(all.orderings[0].first_kind == OrderingOutline::Kind::rule);
  CHECK(all.override_by == "board");
  CHECK(all.same_approver_once);
  REQUIRE(all.chains.size() == 1);
  CHECK(all.chains[0].approvers == Names{"boss", "board"});
}

TEST_CASE("an outline has all of an approver", "[outline]") {
  const Policy policy = policy_of(whole);
  const Outline all = outline(policy, Wording::spoken);
  const auto who = [&](const std::string& name) {
    for (const ApproverOutline& each : all.approvers)
      if (each.name == name) return each;
    return ApproverOutline{};
  };
  const ApproverOutline boss = who("boss"), board = who("board"), signer = who("signer");
  REQUIRE(boss.members.size() == 2);
  CHECK(boss.members[0].value == "the manager of the quote's owner");
  CHECK(boss.members[1].name == "m.boss");
  REQUIRE(boss.settings.size() == 5);
  CHECK(boss.settings[0].after == "1 business day in us federal");
  CHECK(boss.settings[0].every == "240 minutes");
  CHECK(boss.settings[1].to == "signer");
  CHECK(boss.settings[1].replaces);
  CHECK(boss.settings[2].after == "2 months");
  CHECK(boss.settings[2].withdraws);
  CHECK(boss.settings[3].kind == SettingOutline::Kind::reject_returns);
  CHECK(boss.settings[4].kind == SettingOutline::Kind::owner_may);
  CHECK(board.group);
  CHECK(board.quorum == ApproverOutline::Quorum::points);
  CHECK(board.amount == 3);
  CHECK(board.members.at(0).weight == 2);
  CHECK(board.vetoes.at(0).name == "the.cfo");
  CHECK(signer.members.at(0).kind == MemberOutline::Kind::climb);
  CHECK(signer.members.at(0).covers == "the quote's net total");
}

TEST_CASE("an outline tells who reads a field or a fact", "[outline]") {
  const Policy policy = policy_of(whole);
  const Outline all = outline(policy);
  CHECK_FALSE(all.reads_cut);
  const ReadOutline& discount = named(all.fields, "quote.lines.discount");
  CHECK(names(all, discount.readers) == Names{"steep", "deep"});
  CHECK(names(all, discount.through) == Names{"deeper"});
  const ReadOutline& deep = named(all.facts, "deep");
  CHECK(names(all, deep.readers) == Names{"steep", "deeper"});
  CHECK(deep.value == "max(item.discount for item in quote.lines) else 0%");
  CHECK(names(all, named(all.facts, "deeper").readers) == Names{"steep"});
  CHECK(names(all, named(all.fields, "quote.created").readers) == Names{"steep"});
  CHECK(names(all, named(all.fields, "quote.net_total").readers) == Names{"size", "signer"});
  CHECK(names(all, named(all.fields, "quote.currency").readers) == Names{"size", "signer", "(orders)"});
  CHECK(names(all, named(all.fields, "quote.owner").readers) == Names{"boss", "signer", "(votes)"});
  CHECK(names(all, named(all.fields, "quote.lines.ship_to").readers) == Names{"(orders)"});
}

TEST_CASE("a fact that is the same as another is said to be", "[outline]") {
  const Policy policy = policy_of("policy p\nuse std.cpq\n"
                                  "fact one = quote.discount + 1%\nfact other = quote.discount + 1%\n"
                                  "rule r { when one > 5% and other > 4% denies \"no\" }\notherwise approve\n");
  const Outline all = outline(policy);
  REQUIRE(all.facts.size() == 2);
  CHECK(all.facts[1].same_as == all.facts[0].name);
}

TEST_CASE("an outline has the orders in words", "[outline]") {
  const Policy policy = policy_of(whole);
  const Outline all = outline(policy, Wording::spoken);
  REQUIRE(all.orders.size() == 1);
  const OrdersOutline& orders = all.orders[0];
  CHECK(orders.title == "Ordered");
  CHECK(orders.over == "each line of the quote's lines");
  CHECK(orders.split_by == Names{"the line's ship to"});
  REQUIRE(orders.phases.size() == 2);
  CHECK(orders.phases[0].where == "the line's family is \"Hardware\"");
  CHECK(orders.phases[0].timings == Names{"takes 2 business days in us federal"});
  CHECK(orders.phases[1].where.empty());
  CHECK(orders.phases[1].timings ==
        Names{"starts 3 days after racks is delivered, for the same value of the line's ship to"});
}

TEST_CASE("words and reads beyond the limits are cut, and say so", "[outline]") {
  const std::string long_text(5000, 'x');
  const std::string cut = spoken("quote.name is \"" + long_text + "\"");
  CHECK(cut.size() < 4100);
  CHECK(cut.ends_with("…"));

  std::string record, sum = "0", rules;
  for (int i = 0; i < 490; ++i) {
    record += " f" + std::to_string(i) + ": Integer\n";
    sum += " + quote.f" + std::to_string(i);
  }
  for (int i = 0; i < 21'000; ++i)
    rules += "rule r" + std::to_string(i) + " { when f > " + std::to_string(i) + " denies \"no\" }\n";
  const Policy policy = policy_of("policy p\nrecord Quote {" + record + "}\ninput quote: Quote\nfact f = " + sum +
                                  "\n" + rules + "otherwise approve\n");
  CHECK(outline(policy).reads_cut);
}

TEST_CASE("paths beyond the limit are cut, and say so", "[outline]") {
  std::string text = "policy p\nuse std.cpq\napprover a = person \"x\"\nchain c0 = a and a\n";
  for (int i = 1; i < 17; ++i)
    text += "chain c" + std::to_string(i) + " = c" + std::to_string(i - 1) + " and c" + std::to_string(i - 1) + "\n";
  text += "rule r { always requires c16 }\nrule s { always requires c16 }\notherwise approve\n";
  const Policy policy = policy_of(text);
  const Outline all = outline(policy);
  CHECK(all.rules.at(1).consequences.at(0).path.cut);
}
