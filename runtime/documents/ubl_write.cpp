// Entry: write_order, write_change, write_cancellation, change_id, cancellation_id.
//
// Checked first, written then: nothing below can fail but by the size. One function for each element that holds others,
// and in each the children in the order of the schema (UBL 2.3, xsd/maindoc and xsd/common).
#include "runtime/documents/ubl_write.h"

#include <map>

#include "runtime/documents/check.h"
#include "runtime/documents/price.h"
#include "runtime/documents/totals.h"
#include "runtime/documents/xml_text.h"
#include "runtime/documents/xml_writer.h"

namespace assent::documents {

namespace {

constexpr int amount_places = 2;

// UN/CEFACT 1229, as far as T114 has it.
enum class LineStatus : std::uint8_t { added, deleted, changed, no_action };

std::string_view code(LineStatus status) {
  switch (status) {
    case LineStatus::added: return "1";
    case LineStatus::deleted: return "2";
    case LineStatus::changed: return "3";
    case LineStatus::no_action: return "4";
  }
  return "";
}

std::string_view profile_id(Profile profile) {
  switch (profile) {
    case Profile::order_only: return "urn:fdc:peppol.eu:poacc:bis:order_only:3";
    case Profile::ordering: return "urn:fdc:peppol.eu:poacc:bis:ordering:3";
    case Profile::advanced_ordering: return "urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3";
  }
  return "";
}

class UblWriter {
 public:
  // `type` is the document's name in UBL, `transaction` its name in Peppol.
  UblWriter(std::string_view type, std::string_view transaction, Shape shape, Profile profile)
      : xml_(type, "urn:oasis:names:specification:ubl:schema:xsd:" + std::string(type) + "-2"), shape_(shape) {
    xml_.leaf("cbc:CustomizationID", "urn:fdc:peppol.eu:poacc:trns:" + std::string(transaction) + ":3");
    xml_.leaf("cbc:ProfileID", profile_id(profile));
  }

  void leaf(std::string_view name, std::string_view text) { xml_.leaf(name, text); }

  // An element that holds one text in one element: most references are so.
  void within(std::string_view outer, std::string_view name, std::string_view text) {
    if (is_blank(text)) return;
    xml_.open(outer);
    xml_.leaf(name, text);
    xml_.close();
  }

  void siblings(const OrderDocument& order, bool has_order_reference) {
    for (const std::string& sibling : order.sibling_ids) {
      if (has_order_reference && shape_ == Shape::ubl) {
        within("cac:OrderDocumentReference", "cbc:ID", sibling);
      } else {
        xml_.open("cac:AdditionalDocumentReference");
        xml_.leaf("cbc:ID", sibling);
        xml_.leaf("cbc:DocumentType", "sibling order");
        xml_.close();
      }
    }
  }

  void parties(const OrderDocument& order) {
    party("cac:BuyerCustomerParty", order.buyer);
    party("cac:SellerSupplierParty", order.seller);
  }

  // All between the parties and the lines.
  void middle(const OrderDocument& order, const Totals& totals) {
    currency_ = order.currency;
    delivery(order);
    for (const AllowanceCharge& each : order.allowances) allowance(each);
    if (order.tax) {
      xml_.open("cac:TaxTotal");
      amount("cbc:TaxAmount", order.tax->value);
      xml_.close();
    }
    xml_.open("cac:AnticipatedMonetaryTotal");
    amount("cbc:LineExtensionAmount", totals.lines);
    amount("cbc:TaxExclusiveAmount", totals.tax_exclusive);
    if (totals.tax_inclusive) amount("cbc:TaxInclusiveAmount", *totals.tax_inclusive);
    if (!order.allowances.empty()) {
      amount("cbc:AllowanceTotalAmount", totals.allowances);
      amount("cbc:ChargeTotalAmount", totals.charges);
    }
    if (totals.prepaid) amount("cbc:PrepaidAmount", *totals.prepaid);
    if (totals.payable_rounding) amount("cbc:PayableRoundingAmount", *totals.payable_rounding);
    amount("cbc:PayableAmount", totals.payable);
    xml_.close();
  }

  // `status` is "" in an order.
  void line(const OrderLine& line, std::string_view status) {
    xml_.open("cac:OrderLine");
    xml_.leaf("cbc:Note", line.note);
    xml_.open("cac:LineItem");
    xml_.leaf("cbc:ID", line.id);
    xml_.leaf("cbc:LineStatusCode", status);
    quantity("cbc:Quantity", line.quantity, line.unit);
    amount("cbc:LineExtensionAmount", line.amount.value);
    if (line.requested.start || line.requested.end) {
      xml_.open("cac:Delivery");
      period(line.requested);
      xml_.close();
    }
    for (const AllowanceCharge& each : line.allowances) allowance(each);
    if (const std::optional<Price> written = written_price(line)) price(*written, line.unit);
    item(line);
    xml_.close();
    if (shape_ == Shape::ubl) references(line);
    xml_.close();
  }

  void deleted_line(const OrderLine& line) {
    xml_.open("cac:OrderLine");
    xml_.open("cac:LineItem");
    xml_.leaf("cbc:ID", line.id);
    xml_.leaf("cbc:LineStatusCode", code(LineStatus::deleted));
    quantity("cbc:Quantity", Decimal{}, line.unit);
    amount("cbc:LineExtensionAmount", Decimal{});
    xml_.open("cac:Item");
    xml_.leaf("cbc:Name", line.item_name);
    within("cac:SellersItemIdentification", "cbc:ID", line.sellers_item_id);
    xml_.close();
    xml_.close();
    xml_.close();
  }

  bool is_too_large() { return xml_.size() > max_document_bytes; }

  Result<std::string> finish() && {
    std::string bytes = std::move(xml_).finish();
    if (bytes.size() <= max_document_bytes) return bytes;
    return Problem{ErrorCode::limit_exceeded, "",
                   "the document has more than " + std::to_string(max_document_bytes) + " bytes"};
  }

 private:
  void amount(std::string_view name, const Decimal& value) {
    xml_.leaf(name, text_with_places(value, amount_places), {"currencyID", currency_});
  }

  void quantity(std::string_view name, const Decimal& value, std::string_view unit) {
    xml_.leaf(name, text(value), {"unitCode", unit});
  }

  void address(std::string_view name, const Address& address) {
    if (is_blank(address.country)) return;  // checked: then all of it is empty
    xml_.open(name);
    xml_.leaf("cbc:StreetName", address.street);
    xml_.leaf("cbc:AdditionalStreetName", address.additional_street);
    xml_.leaf("cbc:CityName", address.city);
    xml_.leaf("cbc:PostalZone", address.postal_zone);
    xml_.leaf("cbc:CountrySubentity", address.region);
    within("cac:Country", "cbc:IdentificationCode", address.country);
    xml_.close();
  }

  void party(std::string_view role, const Party& party) {
    xml_.open(role);
    xml_.open("cac:Party");
    xml_.leaf("cbc:EndpointID", party.endpoint, {"schemeID", party.endpoint_scheme});
    address("cac:PostalAddress", party.address);
    within("cac:PartyLegalEntity", "cbc:RegistrationName", party.registration_name);
    xml_.close();
    xml_.close();
  }

  void period(const Period& period) {
    if (!period.start && !period.end) return;
    xml_.open("cac:RequestedDeliveryPeriod");
    if (period.start) xml_.leaf("cbc:StartDate", text(*period.start));
    if (period.end) xml_.leaf("cbc:EndDate", text(*period.end));
    xml_.close();
  }

  void delivery(const OrderDocument& order) {
    const bool has_location = !is_blank(order.place.address.country);
    const bool has_receiver = !is_blank(order.place.receiver);
    if (!has_location && !has_receiver && !order.requested.start && !order.requested.end) return;
    xml_.open("cac:Delivery");
    if (has_location) {
      xml_.open("cac:DeliveryLocation");
      xml_.leaf("cbc:ID", order.place.id, {"schemeID", order.place.id_scheme});
      address("cac:Address", order.place.address);
      xml_.close();
    }
    period(order.requested);
    if (has_receiver) {
      xml_.open("cac:DeliveryParty");
      within("cac:PartyName", "cbc:Name", order.place.receiver);
      xml_.close();
    }
    xml_.close();
  }

  void allowance(const AllowanceCharge& allowance) {
    xml_.open("cac:AllowanceCharge");
    xml_.leaf("cbc:ChargeIndicator", allowance.charge ? "true" : "false");
    xml_.leaf("cbc:AllowanceChargeReasonCode", allowance.reason_code);
    xml_.leaf("cbc:AllowanceChargeReason", allowance.reason);
    if (allowance.percentage) xml_.leaf("cbc:MultiplierFactorNumeric", text(*allowance.percentage));
    amount("cbc:Amount", allowance.amount.value);
    if (allowance.base) amount("cbc:BaseAmount", allowance.base->value);
    xml_.close();
  }

  void price(const Price& price, std::string_view unit) {
    xml_.open("cac:Price");
    amount("cbc:PriceAmount", price.amount.value);
    quantity("cbc:BaseQuantity", price.base_quantity, unit);
    if (price.discount) {
      xml_.open("cac:AllowanceCharge");
      xml_.leaf("cbc:ChargeIndicator", "false");
      amount("cbc:Amount", price.discount->discount.value);
      amount("cbc:BaseAmount", price.discount->list_price.value);
      xml_.close();
    }
    xml_.close();
  }

  void property(std::string_view name, std::string_view value) {
    if (is_blank(value)) return;
    xml_.open("cac:AdditionalItemProperty");
    xml_.leaf("cbc:Name", name);
    xml_.leaf("cbc:Value", value);
    xml_.close();
  }

  void item(const OrderLine& line) {
    xml_.open("cac:Item");
    xml_.leaf("cbc:Description", line.item_description);
    xml_.leaf("cbc:Name", line.item_name);
    within("cac:SellersItemIdentification", "cbc:ID", line.sellers_item_id);
    if (shape_ == Shape::peppol) {
      property("quotation line", line.quotation_line_id);
      for (const LineReference& to : line.references) {
        property(is_blank(to.order_id) ? "related line" : "related line of " + to.order_id, to.line_id);
      }
    }
    xml_.close();
  }

  void references(const OrderLine& line) {
    within("cac:QuotationLineReference", "cbc:LineID", line.quotation_line_id);
    for (const LineReference& to : line.references) {
      xml_.open("cac:OrderLineReference");
      xml_.leaf("cbc:LineID", to.line_id);
      within("cac:OrderReference", "cbc:ID", to.order_id);
      xml_.close();
    }
  }

  XmlWriter xml_;
  Shape shape_;
  std::string currency_;
};

Problems problems_under(const OrderDocument& order, const std::string& prefix) {
  Problems problems = as_problems(check(order));
  for (Problem& problem : problems) problem.where = prefix + problem.where;
  return problems;
}

void refuse(Problems& problems, std::string where, std::string message) {
  problems.push_back({ErrorCode::bad_request, std::move(where), std::move(message)});
}

Problems change_problems(const OrderDocument& before, const OrderDocument& after) {
  Problems problems = problems_under(before, "/before");
  for (Problem& problem : problems_under(after, "/after")) problems.push_back(std::move(problem));
  if (before.id != after.id) refuse(problems, "/after/id", "a change is of the same order, and the id is another one");
  if (before.currency != after.currency) refuse(problems, "/after/currency", "a change keeps the currency");
  if (after.revision <= before.revision) {
    refuse(problems, "/after/revision",
           "the revision is " + std::to_string(after.revision) + ", after " + std::to_string(before.revision));
  }
  if (problems.size() > max_problems) problems.resize(max_problems);
  return problems;
}

}  // namespace

std::string change_id(std::string_view order_id, std::int32_t revision) {
  return std::string(order_id) + "/" + std::to_string(revision);
}

std::string cancellation_id(std::string_view order_id) { return std::string(order_id) + "/cancellation"; }

Result<std::string> write_order(const OrderDocument& order, Shape shape, Profile profile) {
  Problems problems = as_problems(check(order));
  if (order.revision > 1 && problems.size() < max_problems) {
    refuse(problems, "/revision", "an order is sent once; a later revision is a change of it");
  }
  if (!problems.empty()) return problems;
  UblWriter ubl("Order", "order", shape, profile);
  ubl.leaf("cbc:ID", order.id);
  ubl.leaf("cbc:IssueDate", text(order.issue_date));
  ubl.leaf("cbc:Note", order.note);
  ubl.leaf("cbc:DocumentCurrencyCode", order.currency);
  ubl.within("cac:QuotationDocumentReference", "cbc:ID", order.quotation_id);
  ubl.siblings(order, true);
  ubl.within("cac:Contract", "cbc:ID", order.contract_id);
  ubl.parties(order);
  ubl.middle(order, *totals(order));
  for (const OrderLine& line : order.lines) {
    ubl.line(line, "");
    if (ubl.is_too_large()) break;
  }
  return std::move(ubl).finish();
}

Result<std::string> write_change(const OrderDocument& before, const OrderDocument& after, Shape shape) {
  Problems problems = change_problems(before, after);
  if (!problems.empty()) return problems;
  std::map<std::string_view, const OrderLine*> gone;
  for (const OrderLine& line : before.lines) gone.emplace(line.id, &line);
  UblWriter ubl("OrderChange", "order_change", shape, Profile::advanced_ordering);
  ubl.leaf("cbc:ID", change_id(after.id, after.revision));
  ubl.leaf("cbc:IssueDate", text(after.issue_date));
  ubl.leaf("cbc:SequenceNumberID", std::to_string(after.revision));
  ubl.leaf("cbc:Note", after.note);
  ubl.leaf("cbc:DocumentCurrencyCode", after.currency);
  ubl.within("cac:OrderReference", "cbc:ID", after.id);
  ubl.within("cac:QuotationDocumentReference", "cbc:ID", after.quotation_id);
  ubl.siblings(after, false);  // an OrderChange has no OrderDocumentReference
  ubl.within("cac:Contract", "cbc:ID", after.contract_id);
  ubl.parties(after);
  ubl.middle(after, *totals(after));
  for (const OrderLine& line : after.lines) {
    const auto earlier = gone.find(line.id);
    const LineStatus status = earlier == gone.end()      ? LineStatus::added
                              : *earlier->second == line ? LineStatus::no_action
                                                         : LineStatus::changed;
    ubl.line(line, code(status));
    gone.erase(line.id);
    if (ubl.is_too_large()) break;
  }
  for (const OrderLine& line : before.lines) {
    if (gone.contains(line.id)) ubl.deleted_line(line);
  }
  return std::move(ubl).finish();
}

Result<std::string> write_cancellation(const OrderDocument& order, Date issue_date, std::string_view reason) {
  Problems problems = as_problems(check(order));
  if (problems.size() == max_problems) return problems;
  if (is_blank(reason)) {
    refuse(problems, "/reason", "a cancellation says why");
  } else if (reason.size() > max_text_bytes) {
    problems.push_back(
        {ErrorCode::limit_exceeded, "/reason",
         std::to_string(reason.size()) + " bytes of text, at most " + std::to_string(max_text_bytes) + " are allowed"});
  } else if (const std::string_view fault = xml_text_fault(reason); !fault.empty()) {
    refuse(problems, "/reason", std::string(fault));
  }
  if (!problems.empty()) return problems;
  UblWriter ubl("OrderCancellation", "order_cancellation", Shape::peppol, Profile::advanced_ordering);
  ubl.leaf("cbc:ID", cancellation_id(order.id));
  ubl.leaf("cbc:IssueDate", text(issue_date));
  ubl.leaf("cbc:CancellationNote", reason);
  ubl.within("cac:OrderReference", "cbc:ID", order.id);
  ubl.within("cac:Contract", "cbc:ID", order.contract_id);
  ubl.parties(order);
  return std::move(ubl).finish();
}

}  // namespace assent::documents
