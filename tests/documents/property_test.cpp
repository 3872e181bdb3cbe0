// Properties of generated orders: they break no rule, their documents are valid, and what is written can be computed
// again from the document alone.
#include <catch2/catch.hpp>
#include <random>

#include "runtime/documents/ubl_write.h"
#include "runtime/documents/xml_table.h"
#include "runtime/documents/xsd_value.h"
#include "tests/documents/samples.h"
#include "tests/documents/schemas.h"

using namespace assent;
using namespace assent::documents;

namespace {

constexpr int rounds = 300;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  OrderDocument order() {
    OrderDocument order = small_order();
    order.id = "O-" + std::to_string(below(1000));
    order.note = some_text();
    if (chance()) order.quotation_id = "Q-" + std::to_string(below(100));
    for (int i = below(4); i > 0; --i) order.sibling_ids.push_back("S-" + std::to_string(i));
    if (chance()) order.buyer.address = {some_text(), some_text(), "Oslo", "0150", some_text(), "NO"};
    if (chance()) order.requested = period();
    if (chance()) order.place = {"dock", "", {"", "", "Bergen", "", "", "NO"}, some_text()};
    if (chance()) order.tax = amount(10'000);
    if (chance()) order.payable_step = Decimal{1 + below(100), -2};
    order.lines.clear();
    for (int i = 1 + below(6); i > 0; --i) order.lines.push_back(line(std::to_string(i)));
    for (OrderLine& each : order.lines) {
      if (each.id != order.lines[0].id && chance()) each.references.push_back({"", order.lines[0].id});
    }
    for (int i = below(3); i > 0; --i) order.allowances.push_back(allowance());
    return order;
  }

  // A later revision of the same order.
  OrderDocument changed(OrderDocument order) {
    ++order.revision;
    for (OrderLine& each : order.lines) {
      if (chance()) each.quantity = Decimal{1 + below(5000), -1};
    }
    order.lines.push_back(line("added"));
    if (order.lines[0].id != "added" && chance()) {
      order.lines.erase(order.lines.begin());
      for (OrderLine& each : order.lines) each.references.clear();
    }
    return order;
  }

 private:
  int below(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most)); }
  bool chance() { return below(2) == 0; }
  Amount amount(int most_cents) { return {{below(most_cents), -2}, "EUR"}; }

  std::string some_text() {
    static const std::vector<std::string> texts = {"",           "plain",          "a<b>&\"c'", "\xc3\xa9t\xc3\xa9",
                                                   "two\nlines", "\xe2\x82\xac 5", "]]>",       "<!DOCTYPE x>",
                                                   "  spaces  "};
    return texts[static_cast<std::size_t>(below(static_cast<int>(texts.size())))];
  }

  Period period() {
    Period result;
    const Date start{20'000 + below(1000)};
    if (chance()) result.start = start;
    if (chance()) result.end = Date{start.days + below(100)};
    return result;
  }

  AllowanceCharge allowance() {
    AllowanceCharge result{true, "", "Freight", {}, amount(5'000), {}};
    if (!chance()) return result;
    // 10 % of a base, rounded down to the cent: within 0.02
    const int base = below(100'000);
    result.percentage = decimal(10);
    result.base = Amount{{base, -2}, "EUR"};
    result.amount = {{base / 10, -2}, "EUR"};
    return result;
  }

  OrderLine line(const std::string& id) {
    OrderLine result = small_order().lines[0];
    result.id = id;
    result.quantity = Decimal{1 + below(100'000), -below(4)};
    result.amount = amount(10'000'000);
    result.requested = period();
    result.note = some_text();
    result.item_name = "item " + some_text();
    result.item_description = some_text();
    if (chance()) result.quotation_line_id = "QL-" + id;
    if (chance()) {  // a unit price of the amount, with few decimals or many, right or wrong
      Decimal price;
      REQUIRE(divide(result.amount.value, result.quantity, price) == Fault::none);
      REQUIRE(round(price, 2 + below(8), Rounding::half_even, price) == Fault::none);
      result.price = Price{{price, "EUR"}, decimal(1), std::nullopt};
    }
    if (chance()) {  // what is taken off and put on again leaves a price that is not negative
      const Amount both = amount(10'000);
      result.allowances = {{false, "95", "", {}, both, {}}, {true, "FC", "", {}, both, {}}};
    }
    return result;
  }

  std::mt19937 random_;
};

// The texts of all elements of a name that are children of `parent` there.
class Document {
 public:
  explicit Document(const std::string& bytes) {
    Result<std::vector<XmlElement>> read = read_xml(bytes);
    INFO(told(read));
    REQUIRE(read);
    elements_ = *read;
  }

  std::vector<std::size_t> children(std::size_t parent, std::string_view name) const {
    std::vector<std::size_t> found;
    for (std::size_t i = parent + 1; i < elements_[parent].end; i = elements_[i].end) {
      if (elements_[i].name == name) found.push_back(i);
    }
    return found;
  }

  std::size_t child(std::size_t parent, std::string_view name) const {
    const std::vector<std::size_t> found = children(parent, name);
    REQUIRE(found.size() == 1);
    return found[0];
  }

  std::string text(std::size_t parent, std::string_view name) const { return elements_[child(parent, name)].text; }

  // 0 for an element that is not there.
  Decimal number(std::size_t parent, std::string_view name) const {
    if (children(parent, name).empty()) return {};
    const std::optional<Decimal> read = parse_decimal_text(text(parent, name));
    REQUIRE(read);
    return *read;
  }

 private:
  std::vector<XmlElement> elements_;
};

Decimal plus(const Decimal& left, const Decimal& right) {
  Decimal out;
  REQUIRE(add(left, right, out) == Fault::none);
  return out;
}

// Charges less allowances of an element.
Decimal charges(const Document& document, std::size_t parent) {
  Decimal sum;
  for (const std::size_t each : document.children(parent, "AllowanceCharge")) {
    const Decimal amount = document.number(each, "Amount");
    sum = plus(sum, document.text(each, "ChargeIndicator") == "true" ? amount : negate(amount));
  }
  return sum;
}

// R024 as the Schematron computes it: by dividing.
void check_line(const Document& document, std::size_t item) {
  const std::size_t price = document.child(item, "Price");
  Decimal unit, product, off;
  REQUIRE(divide(document.number(price, "PriceAmount"), document.number(price, "BaseQuantity"), unit) == Fault::none);
  REQUIRE(round(unit, 16, Rounding::half_even, unit) == Fault::none);
  REQUIRE(multiply(document.number(item, "Quantity"), unit, product) == Fault::none);
  REQUIRE(subtract(document.number(item, "LineExtensionAmount"), plus(product, charges(document, item)), off) ==
          Fault::none);
  REQUIRE((off <= Decimal{2, -2} && off >= Decimal{-2, -2}));
}

// R008 to R017, from the document alone.
void check_sums(const Document& document) {
  Decimal lines;
  for (const std::size_t line : document.children(0, "OrderLine")) {
    const std::size_t item = document.child(line, "LineItem");
    lines = plus(lines, document.number(item, "LineExtensionAmount"));
    if (!document.children(item, "Price").empty()) check_line(document, item);
  }
  const std::size_t total = document.child(0, "AnticipatedMonetaryTotal");
  REQUIRE(document.number(total, "LineExtensionAmount") == lines);
  const Decimal exclusive = plus(lines, charges(document, 0));
  REQUIRE(document.number(total, "TaxExclusiveAmount") == exclusive);
  Decimal payable = exclusive;
  if (!document.children(0, "TaxTotal").empty()) {
    payable = plus(exclusive, document.number(document.child(0, "TaxTotal"), "TaxAmount"));
    REQUIRE(document.number(total, "TaxInclusiveAmount") == payable);
  }
  REQUIRE(document.number(total, "PayableAmount") == plus(payable, document.number(total, "PayableRoundingAmount")));
}

void check_valid(const std::string& type, const std::string& bytes) {
  if (has_schemas()) REQUIRE(schema_fault(type, bytes) == "");
}

}  // namespace

TEST_CASE("generated orders and changes keep the rules, by the document alone") {
  for (unsigned seed = 0; seed < rounds; ++seed) {
    INFO("seed " << seed);
    Generator generate(seed);
    const OrderDocument order = generate.order();
    REQUIRE(told(check(order)) == "none");
    const OrderDocument after = generate.changed(order);
    REQUIRE(told(check(after)) == "none");
    for (const Shape shape : {Shape::peppol, Shape::ubl}) {
      const Result<std::string> bytes = write_order(order, shape, Profile::advanced_ordering);
      REQUIRE(bytes);
      REQUIRE(*bytes == *write_order(order, shape, Profile::advanced_ordering));
      check_valid("Order", *bytes);
      check_sums(Document(*bytes));
      const Result<std::string> change = write_change(order, after, shape);
      REQUIRE(change);
      check_valid("OrderChange", *change);
      check_sums(Document(*change));
    }
    const Result<std::string> end = write_cancellation(after, day("2026-05-01"), "a<b");
    REQUIRE(end);
    check_valid("OrderCancellation", *end);
  }
}

TEST_CASE("generated texts are read again as they were") {
  for (unsigned seed = 0; seed < rounds; ++seed) {
    INFO("seed " << seed);
    const OrderDocument order = Generator(seed).order();
    const Document document(*write_order(order, Shape::ubl, Profile::ordering));
    const std::vector<std::size_t> lines = document.children(0, "OrderLine");
    REQUIRE(lines.size() == order.lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::size_t item = document.child(lines[i], "LineItem");
      REQUIRE(document.text(document.child(item, "Item"), "Name") == order.lines[i].item_name);
      REQUIRE(document.number(item, "Quantity") == order.lines[i].quantity);
      REQUIRE(document.number(item, "LineExtensionAmount") == order.lines[i].amount.value);
    }
  }
}
