// Entry: read_answer. The bytes become a table of elements (xml_table.h); from here on there is no XML any more, only
// elements that are looked up by name within their parent.
#include "runtime/documents/ubl_read.h"

#include <array>
#include <charconv>
#include <set>

#include "runtime/documents/ubl_write.h"
#include "runtime/documents/xml_text.h"
#include "runtime/documents/xsd_value.h"

namespace assent::documents {

namespace {

constexpr std::string_view components = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
constexpr std::string_view aggregates = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
constexpr std::string_view response = "urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2";
constexpr std::string_view simple_response = "urn:oasis:names:specification:ubl:schema:xsd:OrderResponseSimple-2";
constexpr std::size_t max_shown_bytes = 60;  // of a value that is repeated in a message

std::string shown(std::string_view text) {
  if (text.size() > max_shown_bytes) return "of " + std::to_string(text.size()) + " bytes";
  return "`" + std::string(text) + "`";
}

// Where we are: an element and its path.
struct Place {
  std::size_t index = 0;
  std::string path;
};

class AnswerReader {
 public:
  explicit AnswerReader(const std::vector<XmlElement>& elements) : elements_(elements) {}

  Result<OrderAnswer> read() {
    const XmlElement& root = elements_.front();
    const Place top{0, "/" + root.name};
    answer_.is_simple = root.name == "OrderResponseSimple" && root.name_space == simple_response;
    if (!answer_.is_simple && (root.name != "OrderResponse" || root.name_space != response)) {
      refuse({0, ""}, "the document is neither an OrderResponse nor an OrderResponseSimple of UBL 2");
      return problems_;
    }
    answer_.id = needed_id(top, "ID");
    answer_.sales_order_id = optional_id(top, "SalesOrderID");
    answer_.issue_date = needed_date(top, "IssueDate");
    if (const auto time = only(top, components, "IssueTime")) read_time(*time);
    read_reference(top);
    if (answer_.is_simple) {
      read_indicator(top);
      answer_.note = notes(top, {"Note", "RejectionNote"});
    } else {
      read_code(top);
      answer_.note = notes(top, {"Note"});
      read_promise(top, answer_.promised);
      read_lines(top);
    }
    if (!problems_.empty()) return problems_;
    return std::move(answer_);
  }

 private:
  void refuse(const Place& at, const std::string& message, ErrorCode error = ErrorCode::bad_request) {
    if (problems_.size() >= max_problems) return;
    problems_.push_back({error, at.path, "line " + std::to_string(elements_[at.index].line) + ": " + message});
  }

  // Calls `found` for each child of that name, in order.
  template <typename Found>
  void each(const Place& parent, std::string_view name_space, std::string_view name, Found found) {
    const std::size_t end = elements_[parent.index].end;
    for (std::size_t i = parent.index + 1; i < end; i = elements_[i].end) {
      if (elements_[i].name != name || elements_[i].name_space != name_space) continue;
      found(Place{i, parent.path + "/" + std::string(name)});
    }
  }

  // The child of that name. A second one is refused: which of them would count?
  std::optional<Place> only(const Place& parent, std::string_view name_space, std::string_view name) {
    std::optional<Place> first;
    each(parent, name_space, name, [&](const Place& child) {
      if (!first) {
        first = child;
      } else {
        refuse(child, "there is more than one " + std::string(name));
      }
    });
    return first;
  }

  std::optional<Place> needed(const Place& parent, std::string_view name_space, std::string_view name) {
    std::optional<Place> found = only(parent, name_space, name);
    if (!found) refuse(parent, "there is no " + std::string(name));
    return found;
  }

  std::string_view value(const Place& at) const { return trimmed(elements_[at.index].text); }

  std::string id(const Place& at) {
    const std::string_view text = value(at);
    if (text.empty()) refuse(at, "it is empty");
    if (text.size() > max_id_bytes) {
      refuse(at, "the id has more than " + std::to_string(max_id_bytes) + " bytes", ErrorCode::limit_exceeded);
      return "";
    }
    return std::string(text);
  }

  std::string optional_id(const Place& parent, std::string_view name) {
    const auto found = only(parent, components, name);
    return found ? id(*found) : "";
  }

  std::string needed_id(const Place& parent, std::string_view name) {
    const auto found = needed(parent, components, name);
    return found ? id(*found) : "";
  }

  // One line for each of the elements; refused if they are too long together.
  std::string notes(const Place& parent, std::initializer_list<std::string_view> names) {
    std::string all;
    for (const std::string_view name : names) {
      each(parent, components, name, [&](const Place& at) {
        if (value(at).empty() || all.size() > max_answer_text_bytes) return;
        all += (all.empty() ? "" : "\n") + std::string(value(at));
        if (all.size() <= max_answer_text_bytes) return;
        refuse(at, "the notes have more than " + std::to_string(max_answer_text_bytes) + " bytes",
               ErrorCode::limit_exceeded);
      });
    }
    return all;
  }

  std::optional<Date> date(const Place& at) {
    const std::optional<Date> day = parse_date(value(at));
    if (!day) refuse(at, "the date " + shown(value(at)) + " is not YYYY-MM-DD");
    return day;
  }

  Date needed_date(const Place& parent, std::string_view name) {
    const auto found = needed(parent, components, name);
    return found ? date(*found).value_or(Date{}) : Date{};
  }

  void read_time(const Place& at) {
    answer_.issue_time = parse_time_text(value(at));
    if (!answer_.issue_time) refuse(at, "the time " + shown(value(at)) + " is not hh:mm:ss");
  }

  std::optional<Decimal> number(const Place& at) {
    const std::optional<Decimal> read = parse_decimal_text(value(at));
    if (!read) {
      refuse(at, "the number " + shown(value(at)) + " is none that is read");
    } else if (sign(*read) < 0) {
      refuse(at, "the number " + shown(value(at)) + " is below 0");
    }
    return read;
  }

  std::string attribute(const Place& at, std::string_view name) {
    for (const auto& [key, text] : elements_[at.index].attributes) {
      if (key != name) continue;
      if (text.size() <= max_id_bytes) return std::string(trimmed(text));
      refuse(at, "the attribute " + key + " has more than " + std::to_string(max_id_bytes) + " bytes",
             ErrorCode::limit_exceeded);
    }
    return "";
  }

  void read_reference(const Place& top) {
    if (const auto order = needed(top, aggregates, "OrderReference")) answer_.order_id = needed_id(*order, "ID");
    answer_.revision = 1;
    const auto change = only(top, aggregates, "OrderChangeDocumentReference");
    if (!change) return;
    answer_.change_id = needed_id(*change, "ID");
    answer_.revision = revision_of(answer_.order_id, answer_.change_id);
  }

  // The revision in an id that change_id made; 0 for any other.
  static std::int32_t revision_of(std::string_view order_id, std::string_view change) {
    if (!change.starts_with(order_id)) return 0;
    change.remove_prefix(order_id.size());
    if (!change.starts_with('/')) return 0;
    std::int32_t revision = 0;
    const auto read = std::from_chars(change.data() + 1, change.data() + change.size(), revision);
    if (read.ec != std::errc() || revision < 2 || revision > max_revision) return 0;
    return change == change_id("", revision) ? revision : 0;
  }

  void read_indicator(const Place& top) {
    const auto at = needed(top, components, "AcceptedIndicator");
    if (!at) return;
    const std::optional<bool> accepted = parse_boolean_text(value(*at));
    if (!accepted) return refuse(*at, "the indicator " + shown(value(*at)) + " is neither true nor false");
    answer_.code = *accepted ? AnswerCode::accepted : AnswerCode::rejected;
  }

  void read_code(const Place& top) {
    const auto at = needed(top, components, "OrderResponseCode");
    if (!at) return;
    for (const AnswerCode each :
         {AnswerCode::received, AnswerCode::accepted, AnswerCode::rejected, AnswerCode::conditional}) {
      if (value(*at) != documents::code(each)) continue;
      answer_.code = each;
      has_code_ = true;
      return;
    }
    refuse(*at, "the code " + shown(value(*at)) + " is none of AB, AP, RE, CA");
  }

  // Delivery/PromisedDeliveryPeriod; T76 has at most one of each.
  void read_promise(const Place& parent, Period& promised) {
    const auto delivery = only(parent, aggregates, "Delivery");
    if (!delivery) return;
    const auto period = only(*delivery, aggregates, "PromisedDeliveryPeriod");
    if (!period) return;
    if (const auto start = only(*period, components, "StartDate")) promised.start = date(*start);
    if (const auto end = only(*period, components, "EndDate")) promised.end = date(*end);
    if (promised.start && promised.end && *promised.start > *promised.end) {
      refuse(*period, "the period ends before it starts");
    }
  }

  void read_lines(const Place& top) {
    std::set<std::string> ids;
    each(top, aggregates, "OrderLine", [&](const Place& at) {
      if (answer_.lines.size() >= max_answer_lines) {
        if (answer_.lines.size() == max_answer_lines && !has_too_many_lines_) {
          refuse(at, "there are more than " + std::to_string(max_answer_lines) + " lines", ErrorCode::limit_exceeded);
        }
        has_too_many_lines_ = true;
        return;
      }
      AnswerLine line = read_line(at);
      if (!line.id.empty() && !ids.insert(line.id).second) { refuse(at, "two lines have the id " + shown(line.id)); }
      answer_.lines.push_back(std::move(line));
    });
    if (has_code_ && answer_.code == AnswerCode::conditional && answer_.lines.empty()) {
      refuse(top, "the order is accepted line by line (CA), and there is no line");
    }
    if (answer_.code == AnswerCode::accepted && has_change()) answer_.code = AnswerCode::conditional;
  }

  bool has_change() const {
    for (const AnswerLine& line : answer_.lines) {
      if (line.status == LineAnswer::added || line.status == LineAnswer::changed || line.substitute) return true;
    }
    return false;
  }

  AnswerLine read_line(const Place& at) {
    AnswerLine line;
    if (const auto reference = needed(at, aggregates, "OrderLineReference")) {
      line.order_line_id = needed_id(*reference, "LineID");
    }
    if (const auto substitute = only(at, aggregates, "SellerSubstitutedLineItem")) {
      line.substitute = read_substitute(*substitute);
    }
    const auto item = needed(at, aggregates, "LineItem");
    if (!item) return line;
    line.id = needed_id(*item, "ID");
    read_status(*item, line);
    line.note = notes(*item, {"Note"});
    if (const auto quantity = only(*item, components, "Quantity")) {
      line.quantity = number(*quantity);
      line.unit = attribute(*quantity, "unitCode");
    }
    if (const auto later = only(*item, components, "MaximumBackorderQuantity")) line.max_backorder = number(*later);
    read_promise(*item, line.promised);
    if (const auto price = only(*item, aggregates, "Price")) line.price = read_price(*price);
    return line;
  }

  void read_status(const Place& item, AnswerLine& line) {
    const auto at = needed(item, components, "LineStatusCode");
    if (!at) return;
    const std::string_view given = value(*at);
    for (const LineAnswer each :
         {LineAnswer::added, LineAnswer::changed, LineAnswer::accepted, LineAnswer::rejected, LineAnswer::delivered}) {
      if (given != documents::code(each)) continue;
      line.status = each;
      if (has_code_ && !agrees(each)) {
        refuse(*at, "the line says " + shown(given) + ", the answer as a whole says " +
                        std::string(documents::code(answer_.code)));
      }
      return;
    }
    refuse(*at, "the code " + shown(given) + " is none of 1, 3, 5, 7, 42");
  }

  bool agrees(LineAnswer line) const {
    switch (answer_.code) {
      case AnswerCode::received: return false;
      case AnswerCode::accepted: return line != LineAnswer::rejected;
      case AnswerCode::rejected: return line == LineAnswer::rejected;
      case AnswerCode::conditional: return true;
    }
    return false;
  }

  std::optional<Price> read_price(const Place& at) {
    const auto amount = needed(at, components, "PriceAmount");
    const auto base = only(at, components, "BaseQuantity");
    if (!amount) return std::nullopt;
    Price price;
    price.amount = {number(*amount).value_or(Decimal{}), attribute(*amount, "currencyID")};
    if (base) price.base_quantity = number(*base).value_or(decimal(1));
    if (is_zero(price.base_quantity)) refuse(*base, "the base quantity is 0");
    return price;
  }

  Substitute read_substitute(const Place& at) {
    Substitute substitute;
    substitute.id = needed_id(at, "ID");
    const auto item = needed(at, aggregates, "Item");
    if (!item) return substitute;
    substitute.item_name = notes(*item, {"Name"});
    if (const auto own = only(*item, aggregates, "SellersItemIdentification")) {
      substitute.sellers_item_id = needed_id(*own, "ID");
    }
    if (const auto standard = only(*item, aggregates, "StandardItemIdentification")) {
      substitute.standard_item_id = needed_id(*standard, "ID");
    }
    return substitute;
  }

  const std::vector<XmlElement>& elements_;
  OrderAnswer answer_;
  Problems problems_;
  bool has_code_ = false;  // the code of the whole is known, so that lines can be held against it
  bool has_too_many_lines_ = false;
};

}  // namespace

Result<OrderAnswer> read_answer(std::string_view bytes) {
  const Result<std::vector<XmlElement>> elements = read_xml(bytes);
  if (!elements) return elements.problems();
  return AnswerReader(*elements).read();
}

}  // namespace assent::documents
