// Entry: check_amounts. First each number for itself, then what lines say, then the totals.
//
// Sums are computed again here, so that totals of another origin are checked and not believed.
#include "runtime/documents/check_amounts.h"

#include "runtime/documents/price.h"

namespace assent::documents {

namespace {

constexpr Decimal hundred{100, 0};
constexpr Decimal number_limit{1, max_whole_digits};  // 10^15, which no number reaches
constexpr int amount_decimals = 2;                    // PEPPOL-T01-R028

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

Decimal magnitude(const Decimal& value) { return sign(value) < 0 ? negate(value) : value; }

// The equal of left + right; nothing if it is no Decimal.
std::optional<Decimal> sum(const Decimal& left, const Decimal& right) {
  Decimal out;
  if (add(left, right, out) != Fault::none) return std::nullopt;
  return out;
}

class AmountCheck {
 public:
  AmountCheck(const OrderDocument& order, Findings& findings) : order_(order), findings_(findings) {}

  void check_order() {
    check_allowances(order_.allowances, "");
    if (order_.tax) check_amount(*order_.tax, "/tax");
    if (order_.prepaid) check_amount(*order_.prepaid, "/prepaid");
    if (order_.payable_step) check_step(*order_.payable_step);
    for (std::size_t i = 0; i < order_.lines.size() && !findings_.full(); ++i) {
      check_line(order_.lines[i], place("/lines", i));
    }
  }

  void check_totals(const Totals& given) {
    const std::optional<Totals> right = totals(order_);
    if (!right) return;  // said by the caller
    check_total(Rule::lines_total, "/totals/lines", given.lines, right->lines);
    check_total(Rule::allowances_total, "/totals/allowances", given.allowances, right->allowances);
    check_total(Rule::charges_total, "/totals/charges", given.charges, right->charges);
    // The rest follows from the totals before it, as given: one wrong total breaks one rule.
    check_total(Rule::tax_exclusive_total, "/totals/tax_exclusive", given.tax_exclusive,
                chain(chain(given.lines, negate(given.allowances)), given.charges));
    if (given.tax_inclusive && order_.tax) {
      check_total(Rule::tax_inclusive_total, "/totals/tax_inclusive", *given.tax_inclusive,
                  chain(given.tax_exclusive, order_.tax->value));
    } else if (given.tax_inclusive || order_.tax) {
      findings_.add(Rule::tax_inclusive_total, "/totals/tax_inclusive",
                    "a total with tax and the tax go together, and one is absent");
    }
    const Decimal with_tax = given.tax_inclusive ? *given.tax_inclusive : given.tax_exclusive;
    const Decimal after_prepaid = given.prepaid ? negate(*given.prepaid) : Decimal{};
    check_total(Rule::payable_total, "/totals/payable", given.payable,
                chain(chain(with_tax, after_prepaid), given.payable_rounding.value_or(Decimal{})));
    if (sign(given.lines) < 0) say_negative(Rule::lines_sign, "/totals/lines", given.lines);
    if (sign(given.payable) < 0) say_negative(Rule::payable_sign, "/totals/payable", given.payable);
  }

 private:
  // Zero where there is no sum: then some total is beyond every limit, and no total is equal to it.
  static Decimal chain(const Decimal& left, const Decimal& right) { return sum(left, right).value_or(Decimal{}); }

  void check_total(Rule rule, const char* where, const Decimal& given, const Decimal& right) {
    if (given == right) return;
    findings_.add(rule, where, "the total is " + text(given) + ", and " + text(right) + " follows from the rest");
  }

  void say_negative(Rule rule, std::string where, const Decimal& value) {
    findings_.add(rule, std::move(where), "it is " + text(value));
  }

  bool check_number(const Decimal& value, const std::string& where) {
    const bool small = magnitude(value) < number_limit;
    const bool coarse = normalised(value).exponent >= -max_decimal_places;
    if (small && coarse) return true;
    findings_.add(Rule::limit, where,
                  small ? "the number has more than " + std::to_string(max_decimal_places) + " decimals"
                        : "the number has more than " + std::to_string(max_whole_digits) + " digits before the point");
    return false;
  }

  void check_currency(const Amount& amount, const std::string& where) {
    if (amount.currency == order_.currency) return;
    findings_.add(Rule::one_currency, where,
                  "the amount is in " + code(amount.currency) + ", the order in " + code(order_.currency));
  }

  // False if the number is not to be computed with.
  bool check_amount(const Amount& amount, const std::string& where) {
    check_currency(amount, where);
    if (!check_number(amount.value, where)) return false;
    if (normalised(amount.value).exponent < -amount_decimals) {
      findings_.add(Rule::decimals, where, "the amount is " + text(amount.value));
    }
    return true;
  }

  bool check_price_amount(const Amount& amount, const std::string& where) {
    check_currency(amount, where);
    return check_number(amount.value, where);
  }

  void check_step(const Decimal& step) {
    if (!check_number(step, "/payable_step")) return;
    if (sign(step) > 0 && normalised(step).exponent >= -amount_decimals) return;
    findings_.add(Rule::rounding_step, "/payable_step", "the step is " + text(step));
  }

  void check_allowances(const std::vector<AllowanceCharge>& allowances, const std::string& owner) {
    for (std::size_t i = 0; i < allowances.size() && !findings_.full(); ++i) {
      check_allowance(allowances[i], place(owner + "/allowances", i));
    }
  }

  void check_allowance(const AllowanceCharge& allowance, const std::string& where) {
    bool computable = check_amount(allowance.amount, where + "/amount");
    if (sign(allowance.amount.value) < 0) say_negative(Rule::allowance_sign, where + "/amount", allowance.amount.value);
    if (allowance.percentage) computable = check_number(*allowance.percentage, where + "/percentage") && computable;
    if (allowance.base) computable = check_amount(*allowance.base, where + "/base") && computable;
    if (allowance.percentage && !allowance.base) {
      findings_.add(Rule::base_needed, where, "there is a percentage, and no base");
    } else if (allowance.base && !allowance.percentage) {
      findings_.add(Rule::percentage_needed, where, "there is a base, and no percentage");
    } else if (allowance.base && computable) {
      check_percentage(allowance, where);
    }
  }

  // |base * percentage - amount * 100| <= 0.02 * 100
  void check_percentage(const AllowanceCharge& allowance, const std::string& where) {
    Decimal product, scaled, difference, allowed;
    const bool computed = multiply(allowance.base->value, *allowance.percentage, product) == Fault::none &&
                          multiply(allowance.amount.value, hundred, scaled) == Fault::none &&
                          subtract(product, scaled, difference) == Fault::none &&
                          multiply(amount_slack, hundred, allowed) == Fault::none;
    if (computed && magnitude(difference) <= allowed) return;
    findings_.add(Rule::percentage_amount, where + "/amount",
                  "the amount is " + text(allowance.amount.value) + ", for " + text(*allowance.percentage) + " % of " +
                      text(allowance.base->value));
  }

  void check_line(const OrderLine& line, const std::string& where) {
    bool computable = check_number(line.quantity, where + "/quantity");
    computable = check_amount(line.amount, where + "/amount") && computable;
    if (sign(line.quantity) < 0) say_negative(Rule::quantity_sign, where + "/quantity", line.quantity);
    check_allowances(line.allowances, where);
    for (const AllowanceCharge& each : line.allowances) {
      computable = computable && magnitude(each.amount.value) < number_limit;
    }
    if (line.price) check_price(*line.price, where + "/price");
    if (computable && sign(line.quantity) >= 0) check_line_amount(line, where);
  }

  void check_price(const Price& price, const std::string& where) {
    const bool computable = check_price_amount(price.amount, where + "/amount");
    check_number(price.base_quantity, where + "/base_quantity");
    if (sign(price.amount.value) < 0) say_negative(Rule::price_sign, where + "/amount", price.amount.value);
    if (sign(price.base_quantity) <= 0) {
      findings_.add(Rule::base_quantity, where + "/base_quantity", "it is " + text(price.base_quantity));
    }
    if (price.discount) check_discount(price, *price.discount, computable, where + "/discount");
  }

  void check_discount(const Price& price, const PriceDiscount& discount, bool computable, const std::string& where) {
    computable = check_price_amount(discount.list_price, where + "/list_price") && computable;
    computable = check_price_amount(discount.discount, where + "/discount") && computable;
    const Decimal& list_price = discount.list_price.value;
    const Decimal& taken = discount.discount.value;
    if (sign(list_price) < 0) say_negative(Rule::list_price_sign, where + "/list_price", list_price);
    if (sign(taken) < 0) say_negative(Rule::discount_sign, where + "/discount", taken);
    if (!computable || sum(list_price, negate(taken)) == price.amount.value) return;
    findings_.add(Rule::net_price, where,
                  "the price is " + text(price.amount.value) + ", the list price " + text(list_price) +
                      ", the discount " + text(taken));
  }

  void check_line_amount(const OrderLine& line, const std::string& where) {
    if (written_price(line)) return;
    const std::optional<Decimal> charges = net_charges(line.allowances);
    if (charges && *charges == line.amount.value && is_zero(line.quantity)) return;  // nothing for nothing
    findings_.add(
        Rule::line_amount, where + "/amount",
        "no price that is not negative leads from " + text(line.quantity) + " units to " + text(line.amount.value));
  }

  const OrderDocument& order_;
  Findings& findings_;
};

}  // namespace

void check_amounts(const OrderDocument& order, const Totals* totals, Findings& findings) {
  AmountCheck amounts(order, findings);
  amounts.check_order();
  if (totals != nullptr) amounts.check_totals(*totals);
}

}  // namespace assent::documents
