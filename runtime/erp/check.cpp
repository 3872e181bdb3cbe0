// Entry: check.
#include <set>
#include <string_view>

#include "runtime/erp/order.h"
#include "runtime/value/decimal.h"
#include "runtime/value/utf8.h"

namespace assent::erp {

namespace {

int digits(const Decimal& value) {
  int count = 1;
  const Decimal short_form = normalised(value);
  for (Int128 rest = short_form.coefficient < 0 ? -short_form.coefficient : short_form.coefficient; rest >= 10;
       rest /= 10) {
    ++count;
  }
  return short_form.exponent > 0 ? count + short_form.exponent : count;
}

class OrderCheck {  // invariant: at most max_problems found
 public:
  explicit OrderCheck(const ErpOrder& order) : order_(order) {}

  Problems run() {
    check_id(order_.key, "/key");
    if (order_.revision < 1 || order_.revision > max_revision) {
      add(ErrorCode::bad_request, "/revision", "the revision is outside 1 to " + std::to_string(max_revision));
    }
    if (!order_.cancelled) check_content();
    return std::move(found_);
  }

 private:
  void add(ErrorCode code, std::string where, std::string message) {
    if (found_.size() < max_problems) found_.push_back({code, std::move(where), std::move(message)});
  }

  void check_text(std::string_view text, const std::string& where, std::size_t most) {
    if (text.size() > most) {
      return add(ErrorCode::limit_exceeded, where, "it is longer than " + std::to_string(most) + " bytes");
    }
    if (!is_utf8(text)) add(ErrorCode::bad_request, where, "it is not UTF-8");
  }

  // The ERP looks codes up as they are; a space at an end is a mistake that nobody would see.
  void check_id(std::string_view text, const std::string& where) {
    if (text.empty()) return add(ErrorCode::bad_request, where, "it is empty");
    check_text(text, where, max_id_bytes);
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) {
        return add(ErrorCode::bad_request, where, "it has a control character");
      }
    }
    if (text.front() == ' ' || text.back() == ' ') {
      add(ErrorCode::bad_request, where, "it begins or ends with a space");
    }
  }

  void check_number(std::string_view text, const std::string& where, int most_digits, bool positive) {
    Decimal value;
    if (parse_decimal(text, value) != Fault::none) {
      return add(ErrorCode::bad_request, where, "it is not an exact decimal such as `12.50`");
    }
    if (digits(value) > most_digits || normalised(value).exponent < -most_digits) {
      add(ErrorCode::limit_exceeded, where, "it has more than " + std::to_string(most_digits) + " digits");
    }
    if (positive && sign(value) <= 0) add(ErrorCode::bad_request, where, "it is not more than 0");
  }

  void check_line(const ErpLine& line, const std::string& where) {
    check_id(line.id, where + "/id");
    if (!ids_.insert(line.id).second) add(ErrorCode::bad_request, where + "/id", "another line has it too");
    check_id(line.product, where + "/product");
    check_text(line.description, where + "/description", max_text_bytes);
    check_number(line.quantity, where + "/quantity", max_quantity_digits, true);
    check_id(line.unit, where + "/unit");
    check_number(line.amount, where + "/amount", max_amount_digits, false);
    if (line.wanted_on != order_.lines.front().wanted_on) {
      add(ErrorCode::bad_request, where + "/wanted_on",
          "it is not the date of the first line: the ERP has one shipping date for an order");
    }
  }

  void check_content() {
    check_id(order_.customer, "/customer");
    check_id(order_.currency, "/currency");
    if (order_.lines.empty()) add(ErrorCode::bad_request, "/lines", "there is none");
    if (order_.lines.size() > max_lines) {
      return add(ErrorCode::limit_exceeded, "/lines", "there are more than " + std::to_string(max_lines));
    }
    for (std::size_t i = 0; i < order_.lines.size(); ++i) check_line(order_.lines[i], "/lines/" + std::to_string(i));
  }

  const ErpOrder& order_;
  std::set<std::string_view> ids_;
  Problems found_;
};

}  // namespace

Problems check(const ErpOrder& order) { return OrderCheck(order).run(); }

}  // namespace assent::erp
