// Entry: check, as_problems. Here are texts, codes, references and what must be there; check_amounts.h has the numbers.
#include "runtime/documents/check.h"

#include <map>
#include <set>

#include "runtime/documents/check_amounts.h"
#include "runtime/documents/findings.h"
#include "runtime/documents/xml_text.h"

namespace assent::documents {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool all_of(std::string_view text, bool (*predicate)(char)) {
  for (const char c : text) {
    if (!predicate(c)) return false;
  }
  return true;
}

bool is_currency(std::string_view text) { return text.size() == 3 && all_of(text, is_capital); }
bool is_country(std::string_view text) { return text.size() == 2 && all_of(text, is_capital); }

// The EAS and ICD code lists: "0088", "9930"; and "EM" and its like, which have no number.
bool is_scheme(std::string_view text) {
  return (text.size() == 4 && all_of(text, is_digit)) || (text.size() == 2 && all_of(text, is_capital));
}

// UN/ECE recommendation 20 has one to three characters, 21 has an X before its two.
bool is_unit(std::string_view text) {
  return !text.empty() && text.size() <= 3 && all_of(text, [](char c) { return is_digit(c) || is_capital(c); });
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

bool is_empty(const Address& address) {
  return is_blank(address.street) && is_blank(address.additional_street) && is_blank(address.city) &&
         is_blank(address.postal_zone) && is_blank(address.region) && is_blank(address.country);
}

class DocumentCheck {
 public:
  DocumentCheck(const OrderDocument& order, Findings& findings) : order_(order), findings_(findings) {}

  void check_head() {
    check_id(order_.id, "/id", true);
    if (order_.revision < 1 || order_.revision > max_revision) {
      findings_.add(Rule::limit, "/revision",
                    "the revision is " + std::to_string(order_.revision) + ", of 1 to " + std::to_string(max_revision));
    }
    if (!is_currency(order_.currency)) refuse_code("/currency", order_.currency, "three capital letters of ISO 4217");
    check_text(order_.note, "/note");
    check_id(order_.quotation_id, "/quotation_id", false);
    check_siblings();
    check_id(order_.contract_id, "/contract_id", false);
    check_party(order_.buyer, "/buyer");
    check_party(order_.seller, "/seller");
    if (is_empty(order_.seller.address)) need("/seller/address/country", "the seller has no country");
    check_period(order_.requested, "/requested");
    check_place(order_.place);
    check_allowances(order_.allowances, "");
  }

  void check_lines() {
    if (order_.lines.empty()) need("/lines", "there is no line");
    refuse_above(order_.lines.size(), max_lines, "/lines", "lines");
    for (std::size_t i = 0; i < order_.lines.size(); ++i) first_.emplace(order_.lines[i].id, i);
    for (std::size_t i = 0; i < order_.lines.size() && !findings_.full(); ++i) {
      check_line(order_.lines[i], i, place("/lines", i));
    }
  }

 private:
  void need(std::string where, std::string seen) { findings_.add(Rule::mandatory, std::move(where), std::move(seen)); }

  void refuse_code(const std::string& where, std::string_view given, const char* form) {
    if (given.empty()) return need(where, "it is empty");
    // What is not even a text is said elsewhere, or is too long to be repeated.
    const bool can_be_shown = given.size() <= max_id_bytes && xml_text_fault(given).empty();
    findings_.add(Rule::code_form, where, (can_be_shown ? code(given) : "it") + " is not " + form);
  }

  void refuse_above(std::size_t size, std::size_t most, const std::string& where, const char* what) {
    if (size <= most) return;
    findings_.add(Rule::limit, where,
                  std::to_string(size) + " " + what + ", at most " + std::to_string(most) + " are allowed");
  }

  void check_xml(std::string_view text, const std::string& where) {
    if (const std::string_view fault = xml_text_fault(text); !fault.empty()) {
      findings_.add(Rule::xml_text, where, std::string(fault));
    }
  }

  void check_text(std::string_view text, const std::string& where) {
    refuse_above(text.size(), max_text_bytes, where, "bytes of text");
    check_xml(text, where);
  }

  void check_needed_text(std::string_view text, const std::string& where) {
    if (is_blank(text)) return need(where, "it is empty");
    check_text(text, where);
  }

  // UBL's identifiers and codes are normalized strings: no tab and no line end. Spaces at an end would be lost.
  void check_id(std::string_view text, const std::string& where, bool needed) {
    if (is_blank(text)) {
      if (needed) need(where, "it is empty");
      return;
    }
    refuse_above(text.size(), max_id_bytes, where, "bytes of id");
    check_xml(text, where);
    if (text.find_first_of("\t\r\n") != std::string_view::npos || text.front() == ' ' || text.back() == ' ') {
      findings_.add(Rule::code_form, where, "the id has a line end or a tab, or begins or ends with a space");
    }
  }

  void check_siblings() {
    refuse_above(order_.sibling_ids.size(), max_siblings, "/sibling_ids", "sibling orders");
    std::set<std::string_view> seen = {order_.id};
    for (std::size_t i = 0; i < order_.sibling_ids.size() && !findings_.full(); ++i) {
      const std::string where = place("/sibling_ids", i);
      check_id(order_.sibling_ids[i], where, true);
      if (!seen.insert(order_.sibling_ids[i]).second) {
        findings_.add(Rule::reference, where, "the order is itself, or is named twice");
      }
    }
  }

  void check_address(const Address& address, const std::string& where) {
    check_text(address.street, where + "/street");
    check_text(address.additional_street, where + "/additional_street");
    check_text(address.city, where + "/city");
    check_text(address.postal_zone, where + "/postal_zone");
    check_text(address.region, where + "/region");
    if (is_empty(address) || is_country(address.country)) return;
    refuse_code(where + "/country", address.country, "two capital letters of ISO 3166-1");
  }

  void check_party(const Party& party, const std::string& where) {
    check_id(party.endpoint, where + "/endpoint", true);
    if (!is_scheme(party.endpoint_scheme)) {
      refuse_code(where + "/endpoint_scheme", party.endpoint_scheme, "a code of the EAS list");
    }
    check_needed_text(party.registration_name, where + "/registration_name");
    check_address(party.address, where + "/address");
  }

  void check_period(const Period& period, const std::string& where) {
    if (!period.start || !period.end || *period.start <= *period.end) return;
    findings_.add(Rule::period_order, where,
                  "it starts on " + assent::text(*period.start) + " and ends on " + assent::text(*period.end));
  }

  void check_place(const DeliveryPlace& delivery) {
    check_id(delivery.id, "/place/id", false);
    if (!delivery.id_scheme.empty() && !is_scheme(delivery.id_scheme)) {
      refuse_code("/place/id_scheme", delivery.id_scheme, "a code of the ICD list");
    }
    if (!is_blank(delivery.id) && is_empty(delivery.address)) {
      need("/place/address/country", "the place has an id and no address");
    }
    check_address(delivery.address, "/place/address");
    check_text(delivery.receiver, "/place/receiver");
  }

  void check_allowances(const std::vector<AllowanceCharge>& allowances, const std::string& owner) {
    refuse_above(allowances.size(), max_allowances, owner + "/allowances", "allowances and charges");
    for (std::size_t i = 0; i < allowances.size() && !findings_.full(); ++i) {
      const std::string where = place(owner + "/allowances", i);
      if (is_blank(allowances[i].reason) && is_blank(allowances[i].reason_code)) {
        findings_.add(Rule::reason_needed, where, "there is neither a reason nor a reason code");
      }
      check_id(allowances[i].reason_code, where + "/reason_code", false);
      check_text(allowances[i].reason, where + "/reason");
    }
  }

  void check_line(const OrderLine& line, std::size_t index, const std::string& where) {
    check_id(line.id, where + "/id", true);
    if (const std::size_t first = first_.at(line.id); first != index) {
      findings_.add(Rule::line_id_unique, where + "/id", "it is the id of " + place("/lines", first) + " too");
    }
    check_id(line.quotation_line_id, where + "/quotation_line_id", false);
    check_text(line.note, where + "/note");
    if (!is_unit(line.unit)) refuse_code(where + "/unit", line.unit, "a code of UN/ECE recommendation 20");
    check_allowances(line.allowances, where);
    check_period(line.requested, where + "/requested");
    check_needed_text(line.item_name, where + "/item_name");
    check_text(line.item_description, where + "/item_description");
    check_id(line.sellers_item_id, where + "/sellers_item_id", false);
    check_references(line, where);
  }

  void check_references(const OrderLine& line, const std::string& where) {
    refuse_above(line.references.size(), max_line_references, where + "/references", "references");
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (std::size_t i = 0; i < line.references.size() && !findings_.full(); ++i) {
      const LineReference& to = line.references[i];
      const std::string here = place(where + "/references", i);
      check_id(to.order_id, here + "/order_id", false);
      check_id(to.line_id, here + "/line_id", true);
      const bool within = is_blank(to.order_id) || to.order_id == order_.id;
      if (within && to.line_id == line.id) {
        findings_.add(Rule::reference, here, "the line refers to itself");
      } else if (within && !first_.contains(to.line_id)) {
        findings_.add(Rule::reference, here, "this order has no such line");
      } else if (!seen.insert({within ? std::string_view() : to.order_id, to.line_id}).second) {
        findings_.add(Rule::reference, here, "the line is referred to twice");
      }
    }
  }

  const OrderDocument& order_;
  Findings& findings_;
  std::map<std::string_view, std::size_t> first_;  // the first line of each id
};

std::vector<Violation> check_with(const OrderDocument& order, const Totals* totals) {
  Findings findings;
  DocumentCheck document(order, findings);
  document.check_head();
  document.check_lines();
  check_amounts(order, totals, findings);
  std::vector<Violation> all = findings.take();
  if (totals == nullptr && all.empty()) all.push_back({Rule::limit, "/totals", "the totals are no decimals"});
  return all;
}

}  // namespace

std::vector<Violation> check(const OrderDocument& order) {
  const std::optional<Totals> derived = totals(order);
  return check_with(order, derived ? &*derived : nullptr);
}

std::vector<Violation> check(const OrderDocument& order, const Totals& totals) { return check_with(order, &totals); }

Problems as_problems(const std::vector<Violation>& violations) {
  Problems problems;
  for (const Violation& violation : violations) {
    const ErrorCode error = violation.rule == Rule::limit ? ErrorCode::limit_exceeded : ErrorCode::bad_request;
    problems.push_back({error, violation.place, std::string(id(violation.rule)) + ": " + violation.seen});
  }
  return problems;
}

}  // namespace assent::documents
