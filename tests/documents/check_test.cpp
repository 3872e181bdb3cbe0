// Tests of the rules: for each of them a document that breaks it and nothing else, and the limits.
#include "runtime/documents/check.h"

#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "tests/documents/samples.h"

using namespace assent;
using namespace assent::documents;

namespace {

struct Breach {
  Rule rule;
  std::string place;
  std::function<void(OrderDocument&)> commit;
};

// An allowance that is right.
AllowanceCharge allowance() { return {false, "", "Discount", {}, euros("10.00"), {}}; }

Price price(const char* amount) { return {euros(amount), decimal(1), std::nullopt}; }

std::vector<Breach> breaches() {
  return {
      {Rule::line_id_unique, "/lines/1/id", [](OrderDocument& o) { o.lines.push_back(o.lines[0]); }},
      {Rule::one_currency, "/lines/0/amount", [](OrderDocument& o) { o.lines[0].amount.currency = "USD"; }},
      {Rule::one_currency, "/tax",
       [](OrderDocument& o) {
         o.tax = Amount{decimal(1), "USD"};
       }},
      {Rule::one_currency, "/prepaid",
       [](OrderDocument& o) {
         o.prepaid = Amount{decimal(1), "USD"};
       }},
      {Rule::one_currency, "/lines/0/price/amount",
       [](OrderDocument& o) {
         o.lines[0].price = Price{{decimal(33), "USD"}, decimal(1), std::nullopt};
       }},
      {Rule::one_currency, "/allowances/0/amount",
       [](OrderDocument& o) {
         o.allowances = {{true, "", "Freight", {}, {decimal(1), "USD"}, {}}};
       }},
      {Rule::quantity_sign, "/lines/0/quantity", [](OrderDocument& o) { o.lines[0].quantity = decimal(-3); }},
      {Rule::price_sign, "/lines/0/price/amount", [](OrderDocument& o) { o.lines[0].price = price("-1"); }},
      {Rule::payable_sign, "/totals/payable", [](OrderDocument& o) { o.prepaid = euros("100.01"); }},
      {Rule::lines_sign, "/totals/lines",
       [](OrderDocument& o) {
         o.lines[0].amount = euros("-1.00");  // 9.00 for the pieces, less an allowance of 10.00
         o.lines[0].allowances = {allowance()};
         o.allowances = {{true, "", "Freight", {}, euros("1.00"), {}}};
       }},
      {Rule::net_price, "/lines/0/price/discount",
       [](OrderDocument& o) {
         o.lines[0].price = price("33.33");
         o.lines[0].price->discount = PriceDiscount{euros("40.00"), euros("6.66")};
       }},
      {Rule::base_needed, "/allowances/0",
       [](OrderDocument& o) {
         o.allowances = {allowance()};
         o.allowances[0].percentage = decimal(10);
       }},
      {Rule::percentage_needed, "/lines/0/allowances/0",
       [](OrderDocument& o) {
         o.lines[0].allowances = {allowance()};
         o.lines[0].allowances[0].base = euros("100.00");
       }},
      {Rule::percentage_amount, "/allowances/0/amount",
       [](OrderDocument& o) {
         o.allowances = {allowance()};
         o.allowances[0].percentage = decimal(10);
         o.allowances[0].base = euros("100.21");
       }},
      {Rule::reason_needed, "/allowances/0",
       [](OrderDocument& o) {
         o.allowances = {allowance()};
         o.allowances[0].reason = " ";
       }},
      {Rule::line_amount, "/lines/0/amount", [](OrderDocument& o) { o.lines[0].quantity = decimal(0); }},
      {Rule::line_amount, "/lines/0/amount",
       [](OrderDocument& o) {
         o.lines[0].allowances = {{true, "", "Freight", {}, euros("100.01"), {}}};
       }},
      {Rule::base_quantity, "/lines/0/price/base_quantity",
       [](OrderDocument& o) {
         o.lines[0].price = Price{euros("33.33"), decimal(0), std::nullopt};
       }},
      {Rule::list_price_sign, "/lines/0/price/discount/list_price",
       [](OrderDocument& o) {
         o.lines[0].price = price("-1");
         o.lines[0].price->discount = PriceDiscount{euros("-1"), euros("0")};
       }},
      {Rule::decimals, "/lines/0/amount", [](OrderDocument& o) { o.lines[0].amount = euros("100.001"); }},
      {Rule::decimals, "/prepaid", [](OrderDocument& o) { o.prepaid = euros("0.005"); }},
      {Rule::allowance_sign, "/allowances/0/amount",
       [](OrderDocument& o) {
         o.allowances = {allowance()};
         o.allowances[0].amount = euros("-10.00");
       }},
      {Rule::discount_sign, "/lines/0/price/discount/discount",
       [](OrderDocument& o) {
         o.lines[0].price = price("33.33");
         o.lines[0].price->discount = PriceDiscount{euros("33.32"), euros("-0.01")};
       }},
      {Rule::mandatory, "/id", [](OrderDocument& o) { o.id = ""; }},
      {Rule::mandatory, "/currency",
       [](OrderDocument& o) {
         o.currency = "";
         o.lines[0].amount.currency = "";
       }},
      {Rule::mandatory, "/buyer/endpoint", [](OrderDocument& o) { o.buyer.endpoint = ""; }},
      {Rule::mandatory, "/buyer/endpoint_scheme", [](OrderDocument& o) { o.buyer.endpoint_scheme = ""; }},
      {Rule::mandatory, "/buyer/registration_name", [](OrderDocument& o) { o.buyer.registration_name = " \n"; }},
      {Rule::mandatory, "/seller/endpoint", [](OrderDocument& o) { o.seller.endpoint = ""; }},
      {Rule::mandatory, "/seller/registration_name", [](OrderDocument& o) { o.seller.registration_name = ""; }},
      {Rule::mandatory, "/seller/address/country", [](OrderDocument& o) { o.seller.address = {}; }},
      {Rule::mandatory, "/buyer/address/country", [](OrderDocument& o) { o.buyer.address.city = "Oslo"; }},
      {Rule::mandatory, "/place/address/country", [](OrderDocument& o) { o.place.id = "dock-4"; }},
      {Rule::mandatory, "/lines", [](OrderDocument& o) { o.lines.clear(); }},
      {Rule::mandatory, "/lines/0/id", [](OrderDocument& o) { o.lines[0].id = ""; }},
      {Rule::mandatory, "/lines/0/unit", [](OrderDocument& o) { o.lines[0].unit = ""; }},
      {Rule::mandatory, "/lines/0/item_name", [](OrderDocument& o) { o.lines[0].item_name = "\t"; }},
      {Rule::mandatory, "/lines/0/references/0/line_id",
       [](OrderDocument& o) {
         o.lines[0].references = {{"O-2", ""}};
       }},
      {Rule::code_form, "/currency",
       [](OrderDocument& o) {
         o.currency = "eur";
         o.lines[0].amount.currency = "eur";
       }},
      {Rule::code_form, "/id", [](OrderDocument& o) { o.id = "O-1\n"; }},
      {Rule::code_form, "/lines/0/unit", [](OrderDocument& o) { o.lines[0].unit = "pcs"; }},
      {Rule::code_form, "/seller/address/country", [](OrderDocument& o) { o.seller.address.country = "SWE"; }},
      {Rule::code_form, "/seller/endpoint_scheme", [](OrderDocument& o) { o.seller.endpoint_scheme = "GLN"; }},
      {Rule::code_form, "/place/id_scheme", [](OrderDocument& o) { o.place.id_scheme = "GLN"; }},
      {Rule::xml_text, "/note", [](OrderDocument& o) { o.note = "bell \a"; }},
      {Rule::xml_text, "/note", [](OrderDocument& o) { o.note = std::string("zero \0 byte", 11); }},
      {Rule::xml_text, "/lines/0/item_name", [](OrderDocument& o) { o.lines[0].item_name = "caf\xe9"; }},
      {Rule::xml_text, "/lines/0/note", [](OrderDocument& o) { o.lines[0].note = "\xef\xbf\xbf"; }},
      {Rule::xml_text, "/contract_id", [](OrderDocument& o) { o.contract_id = "C\x01"; }},
      {Rule::period_order, "/requested",
       [](OrderDocument& o) {
         o.requested = {day("2026-04-02"), day("2026-04-01")};
       }},
      {Rule::period_order, "/lines/0/requested",
       [](OrderDocument& o) {
         o.lines[0].requested = {day("2026-04-02"), day("2026-04-01")};
       }},
      {Rule::reference, "/sibling_ids/0", [](OrderDocument& o) { o.sibling_ids = {"O-1"}; }},
      {Rule::reference, "/sibling_ids/1",
       [](OrderDocument& o) {
         o.sibling_ids = {"O-2", "O-2"};
       }},
      {Rule::reference, "/lines/0/references/0",
       [](OrderDocument& o) {
         o.lines[0].references = {{"", "1"}};
       }},
      {Rule::reference, "/lines/0/references/0",
       [](OrderDocument& o) {
         o.lines[0].references = {{"O-1", "9"}};
       }},
      {Rule::reference, "/lines/0/references/1",
       [](OrderDocument& o) {
         o.lines[0].references = {{"O-2", "9"}, {"O-2", "9"}};
       }},
      {Rule::rounding_step, "/payable_step", [](OrderDocument& o) { o.payable_step = number("0"); }},
      {Rule::rounding_step, "/payable_step", [](OrderDocument& o) { o.payable_step = number("-1"); }},
      {Rule::rounding_step, "/payable_step", [](OrderDocument& o) { o.payable_step = number("0.005"); }},
      {Rule::limit, "/revision", [](OrderDocument& o) { o.revision = 0; }},
      {Rule::limit, "/revision", [](OrderDocument& o) { o.revision = max_revision + 1; }},
      {Rule::limit, "/note", [](OrderDocument& o) { o.note.assign(max_text_bytes + 1, 'x'); }},
      {Rule::limit, "/id", [](OrderDocument& o) { o.id.assign(max_id_bytes + 1, 'x'); }},
      {Rule::limit, "/lines/0/amount", [](OrderDocument& o) { o.lines[0].amount = euros("1000000000000000"); }},
      {Rule::limit, "/lines/0/quantity", [](OrderDocument& o) { o.lines[0].quantity = number("0.1234567890123456"); }},
      {Rule::limit, "/lines/0/allowances",
       [](OrderDocument& o) {
         AllowanceCharge none = allowance();
         none.amount = euros("0");
         o.lines[0].allowances.assign(max_allowances + 1, none);
       }},
      {Rule::limit, "/sibling_ids",
       [](OrderDocument& o) {
         for (std::size_t i = 0; i <= max_siblings; ++i) o.sibling_ids.push_back("S-" + std::to_string(i));
       }},
      {Rule::limit, "/lines/0/references",
       [](OrderDocument& o) {
         for (std::size_t i = 0; i <= max_line_references; ++i) {
           o.lines[0].references.push_back({"O-2", std::to_string(i)});
         }
       }},
      {Rule::limit, "/lines",
       [](OrderDocument& o) {
         o.lines.resize(max_lines + 1, o.lines[0]);
         for (std::size_t i = 0; i < o.lines.size(); ++i) o.lines[i].id = std::to_string(i);
       }},
  };
}

struct WrongTotal {
  Rule rule;
  std::string place;
  std::function<void(Totals&)> falsify;
};

// Each with the totals after it made to fit, so that one rule alone is broken.
std::vector<WrongTotal> wrong_totals() {
  const Decimal cent{1, -2};
  const auto more = [cent](Decimal& total) { REQUIRE(add(total, cent, total) == Fault::none); };
  const auto less = [cent](Decimal& total) { REQUIRE(subtract(total, cent, total) == Fault::none); };
  return {
      {Rule::lines_total, "/totals/lines",
       [=](Totals& t) {
         for (Decimal* each : {&t.lines, &t.tax_exclusive, &*t.tax_inclusive, &t.payable}) more(*each);
       }},
      {Rule::allowances_total, "/totals/allowances",
       [=](Totals& t) {
         more(t.allowances);
         for (Decimal* each : {&t.tax_exclusive, &*t.tax_inclusive, &t.payable}) less(*each);
       }},
      {Rule::charges_total, "/totals/charges",
       [=](Totals& t) {
         for (Decimal* each : {&t.charges, &t.tax_exclusive, &*t.tax_inclusive, &t.payable}) more(*each);
       }},
      {Rule::tax_exclusive_total, "/totals/tax_exclusive",
       [=](Totals& t) {
         for (Decimal* each : {&t.tax_exclusive, &*t.tax_inclusive, &t.payable}) more(*each);
       }},
      {Rule::tax_inclusive_total, "/totals/tax_inclusive",
       [=](Totals& t) {
         more(*t.tax_inclusive);
         more(t.payable);
       }},
      {Rule::payable_total, "/totals/payable", [=](Totals& t) { more(t.payable); }},
  };
}

}  // namespace

TEST_CASE("an order that breaks nothing") {
  CHECK(told(check(small_order())) == "none");
  CHECK(told(check(full_order())) == "none");
}

TEST_CASE("each rule is broken by a document that breaks nothing else") {
  std::set<Rule> seen;
  for (const Breach& breach : breaches()) {
    OrderDocument order = small_order();
    breach.commit(order);
    const std::vector<Violation> found = check(order);
    INFO(id(breach.rule) << " " << breach.place << ": " << told(found));
    REQUIRE(!found.empty());
    if (breach.rule == Rule::list_price_sign) {  // a negative list price less a discount is a negative price
      REQUIRE(told(found) == "PEPPOL-T01-R005 /lines/0/price/amount, PEPPOL-T01-R027 " + breach.place);
    } else {
      REQUIRE(told(found) == std::string(id(breach.rule)) + " " + breach.place);
    }
    REQUIRE(!found[0].seen.empty());
    seen.insert(breach.rule);
  }
  for (const WrongTotal& wrong : wrong_totals()) {
    const OrderDocument order = full_order();
    Totals falsified = *totals(order);
    wrong.falsify(falsified);
    CHECK(told(check(order, falsified)) == std::string(id(wrong.rule)) + " " + wrong.place);
    seen.insert(wrong.rule);
  }
#define RULE(name, rule_id, words)  \
  CHECK(seen.contains(Rule::name)); \
  CHECK(id(Rule::name) == rule_id); \
  CHECK(meaning(Rule::name) == words);
#include "runtime/documents/rules.def"
#undef RULE
}

TEST_CASE("what is at a limit is within it") {
  OrderDocument order = small_order();
  order.id.assign(max_id_bytes, 'x');
  order.note.assign(max_text_bytes, 'x');
  order.revision = max_revision;
  order.lines[0].amount = euros("999999999999999.99");
  order.lines[0].quantity = number("0.123456789012345");
  for (std::size_t i = 0; i < max_siblings; ++i) order.sibling_ids.push_back("S-" + std::to_string(i));
  for (std::size_t i = 0; i < max_line_references; ++i) order.lines[0].references.push_back({"O-2", std::to_string(i)});
  AllowanceCharge none{false, "", "None", {}, euros("0"), {}};
  order.allowances.assign(max_allowances, none);
  order.lines.resize(max_lines, order.lines[0]);
  for (std::size_t i = 0; i < max_lines; ++i) order.lines[i].id = std::to_string(i);
  CHECK(told(check(order)) == "none");
}

TEST_CASE("two hundredths are allowed, and no more") {
  OrderDocument order = small_order();
  AllowanceCharge taken{false, "", "Discount", decimal(10), euros("10.00"), euros("100.20")};
  order.allowances = {taken};
  CHECK(told(check(order)) == "none");
  order.allowances[0].base = euros("99.80");
  CHECK(told(check(order)) == "none");
  order.allowances[0].base = euros("99.79");
  CHECK(told(check(order)) == "PEPPOL-T01-R022 /allowances/0/amount");
}

TEST_CASE("a total with tax and the tax go together") {
  OrderDocument order = full_order();
  Totals given = *totals(order);
  order.tax.reset();
  CHECK(told(check(order, given)) == "PEPPOL-T01-R017 /totals/tax_inclusive");
}

TEST_CASE("no more violations than max_problems are listed") {
  OrderDocument order = small_order();
  order.lines.resize(max_problems + 50, order.lines[0]);
  const std::vector<Violation> found = check(order);
  REQUIRE(found.size() == max_problems);
  CHECK(as_problems(found)[0].message == "PEPPOL-T01-R001: it is the id of /lines/0 too");
}

TEST_CASE("a violation of a limit is limit_exceeded, any other is bad_request") {
  OrderDocument order = small_order();
  order.note.assign(max_text_bytes + 1, 'x');
  order.lines[0].item_name = "";
  const Problems problems = as_problems(check(order));
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].code == ErrorCode::limit_exceeded);
  CHECK(problems[1].code == ErrorCode::bad_request);
}
