// Entry: *_request, read_*. Above are the reading of JSON and of its errors, then a request and its reader each.
#include "runtime/erp/messages.h"

#include <algorithm>
#include <climits>
#include <nlohmann/json.hpp>

namespace assent::erp {

namespace {

using Json = nlohmann::json;

// An exact number, as Tryton itself writes it.
Json exact(std::string number) { return {{"__class__", "Decimal"}, {"decimal", std::move(number)}}; }

// Builds a value, and stops at what no answer has: too deep, too many, a name twice in an object. A number with a point
// or an exponent is kept by its text, as an exact one.
class Builder : public nlohmann::json_sax<Json> {  // invariant: open_ are the values around the next one
 public:
  Json take() { return std::move(root_); }

  bool null() override { return put(nullptr) != nullptr; }
  bool boolean(bool value) override { return put(value) != nullptr; }
  bool number_integer(std::int64_t value) override { return put(value) != nullptr; }
  bool number_unsigned(std::uint64_t value) override { return put(value) != nullptr; }
  bool number_float(double, const std::string& written) override { return put(exact(written)) != nullptr; }
  bool string(std::string& value) override { return put(std::move(value)) != nullptr; }
  bool binary(Json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    if (open_.back()->contains(name)) return false;
    name_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  Json* put(Json value) {
    if (++count_ > max_answer_values) return nullptr;
    if (open_.empty()) return &(root_ = std::move(value));
    if (open_.back()->is_array()) return &open_.back()->emplace_back(std::move(value));
    return &((*open_.back())[name_] = std::move(value));
  }
  bool open(Json value) {
    Json* const place = open_.size() < max_answer_depth ? put(std::move(value)) : nullptr;
    if (place != nullptr) open_.push_back(place);
    return place != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  Json root_;
  std::vector<Json*> open_;  // the last one alone grows, so that the others stay where they are
  std::string name_;
  std::size_t count_ = 0;
};

std::optional<Json> parse(std::string_view text) {
  Builder builder;
  if (!Json::sax_parse(text, &builder)) return std::nullopt;
  return builder.take();
}

// One line of a text that somebody else wrote, no longer than a log wants.
std::string words(std::string_view text) {
  std::string out(text.substr(0, max_word_bytes));
  while (out.size() < text.size() && !out.empty() && (text[out.size()] & 0xc0) == 0x80) out.pop_back();
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  return out;
}

const Json& member(const Json& value, const char* name) {
  static const Json none;
  if (!value.is_object()) return none;
  const auto found = value.find(name);
  return found == value.end() ? none : *found;
}

const Json& element(const Json& value, std::size_t index) {
  static const Json none;
  return value.is_array() && index < value.size() ? value[index] : none;
}

std::string string_of(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

// ["UserError", [message, description, …]], ["UserWarning", [name, message, …]], ["ConcurrencyException", message];
// anything else is an exception inside the ERP, which says nothing about the order.
template <typename T>
Answer<T> failure(const Json& error) {
  const std::string kind = string_of(element(error, 0));
  const Json& said = element(error, 1);
  const auto with = [](Failure failure, std::string_view message) {
    return Answer<T>{std::nullopt, failure, message.empty() ? "the ERP gives no reason" : words(message)};
  };
  if (kind == "UserError") {
    const std::string more = string_of(element(said, 1));
    return with(Failure::refused, string_of(element(said, 0)) + (more.empty() ? "" : " " + more));
  }
  if (kind == "UserWarning") return with(Failure::refused, string_of(element(said, 1)));
  if (kind == "ConcurrencyException") return with(Failure::stale, string_of(said));
  return with(Failure::broken, "an error inside the ERP: " + kind);
}

// Reads `result` with `reader`, which gives nothing if it is not of that form.
template <typename T, typename Reader>
Answer<T> read(std::string_view body, const char* what, Reader reader) {
  const Json whole = parse(body).value_or(Json());
  if (const Json& error = member(whole, "error"); !error.is_null()) return failure<T>(error);
  if (!whole.is_object() || !whole.contains("result")) {
    return {std::nullopt, Failure::broken, "the answer is not JSON with a result, or beyond the limits"};
  }
  if (std::optional<T> value = reader(whole["result"])) return {std::move(value), {}, {}};
  return {std::nullopt, Failure::broken, std::string("the answer has no ") + what + " as Tryton 6.0 gives it"};
}

std::optional<std::int64_t> id_of(const Json& value) {
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return value.get<std::int64_t>();
}

std::optional<Decimal> decimal_of(const Json& value) {
  Decimal out;
  if (value.is_number_integer()) return Decimal{value.get<std::int64_t>(), 0};
  if (member(value, "__class__") != "Decimal") return std::nullopt;
  if (parse_decimal(string_of(member(value, "decimal")), out) != Fault::none) return std::nullopt;
  return out;
}

// A list whose every element `reader` can read.
template <typename T, typename Reader>
std::optional<std::vector<T>> list_of(const Json& value, Reader reader) {
  if (!value.is_array()) return std::nullopt;
  std::vector<T> out;
  for (const Json& each : value) {
    std::optional<T> read = reader(each);
    if (!read) return std::nullopt;
    out.push_back(*std::move(read));
  }
  return out;
}

Json date_json(Date day) {
  const Civil parts = civil(day);
  return {{"__class__", "date"}, {"year", parts.year}, {"month", parts.month}, {"day", parts.day}};
}

Json context_json(const Context& context) { return Json::parse(context.json, nullptr, false); }

std::string request(const char* method, Json params, Json context = Json::object()) {
  params.push_back(std::move(context));
  return Json{{"id", 1}, {"method", method}, {"params", std::move(params)}}.dump();
}

std::string search(const char* method, const Context& context, Json domain, std::size_t limit,
                   const std::vector<std::string>& fields) {
  Json params = Json::array({std::move(domain), 0, limit, nullptr, fields});
  return request(method, std::move(params), context_json(context));
}

// The records whose `field` is `value`.
Json equals(const char* field, std::string_view value) { return Json::array({Json::array({field, "=", value})}); }

// With the time of the sale's last change that was seen, for the ERP to compare.
Json guarded(const Context& context, const Sale& sale) {
  Json out = context_json(context);
  out["_timestamp"] = {{"sale.sale," + std::to_string(sale.id), sale.timestamp}};
  return out;
}

}  // namespace

std::string login_request(std::string_view user, std::string_view password) {
  return Json{{"id", 1}, {"method", "common.db.login"}, {"params", Json::array({user, {{"password", password}}, "en"})}}
      .dump();
}

Answer<Login> read_login(std::string_view body) {
  return read<Login>(body, "session", [](const Json& value) -> std::optional<Login> {
    const std::optional<std::int64_t> user = id_of(element(value, 0));
    if (!user || !element(value, 1).is_string()) return std::nullopt;
    return Login{*user, string_of(element(value, 1))};
  });
}

std::string context_request() { return request("model.res.user.get_preferences", Json::array({true})); }

Answer<Context> read_context(std::string_view body) {
  return read<Context>(body, "company of the user", [](const Json& value) -> std::optional<Context> {
    if (!id_of(member(value, "company"))) return std::nullopt;
    std::string json = value.dump();
    if (json.size() > max_context_bytes) return std::nullopt;
    return Context{std::move(json)};
  });
}

namespace {

std::optional<SaleLine> line_of(const Json& value) {
  const std::optional<Decimal> quantity = decimal_of(member(value, "quantity"));
  const std::optional<Decimal> amount = decimal_of(member(value, "amount"));
  if (!quantity || !amount) return std::nullopt;
  return SaleLine{string_of(member(value, "note")), string_of(member(member(value, "product."), "code")),
                  string_of(member(member(value, "unit."), "symbol")), *quantity, *amount};
}

std::optional<Shipment> shipment_of(const Json& value) {
  if (!member(value, "state").is_string()) return std::nullopt;
  return Shipment{words(string_of(member(value, "number"))), words(string_of(member(value, "state")))};
}

std::optional<Sale> sale_of(const Json& value) {
  const std::optional<std::int64_t> id = id_of(member(value, "id"));
  const std::optional<SaleState> state = sale_state(string_of(member(value, "state")));
  auto shipments = list_of<Shipment>(member(value, "shipments."), shipment_of);
  const Json& lines = member(value, "lines.");
  if (!id || !state || !shipments || !lines.is_array() || !member(value, "_timestamp").is_string()) return std::nullopt;
  Sale sale;
  sale.id = *id;
  sale.state = *state;
  sale.number = words(string_of(member(value, "number")));
  sale.revision = revision_of(string_of(member(value, "description")));
  sale.timestamp = string_of(member(value, "_timestamp"));
  sale.customer = string_of(member(member(value, "party."), "code"));
  sale.currency = string_of(member(member(value, "currency."), "code"));
  sale.invoice_state = words(string_of(member(value, "invoice_state")));
  sale.shipment_state = words(string_of(member(value, "shipment_state")));
  sale.shipments = *std::move(shipments);
  for (const Json& each : lines) {
    const std::optional<std::int64_t> line_id = id_of(member(each, "id"));
    if (!line_id) return std::nullopt;
    sale.line_ids.push_back(*line_id);
    if (member(each, "type") != "line") continue;
    std::optional<SaleLine> line = line_of(each);
    if (!line) return std::nullopt;
    sale.lines.push_back(*std::move(line));
  }
  return sale;
}

}  // namespace

std::string sales_request(const Context& context, std::string_view key) {
  return search("model.sale.sale.search_read", context, equals("reference", key), 2,
                {"_timestamp", "state", "number", "description", "party.code", "currency.code", "invoice_state",
                 "shipment_state", "lines.type", "lines.note", "lines.product.code", "lines.unit.symbol",
                 "lines.quantity", "lines.amount", "shipments.number", "shipments.state"});
}

Answer<std::vector<Sale>> read_sales(std::string_view body) {
  return read<std::vector<Sale>>(body, "sales", [](const Json& value) { return list_of<Sale>(value, sale_of); });
}

std::string parties_request(const Context& context, std::string_view code) {
  return search("model.party.party.search_read", context, equals("code", code), 2, {"code"});
}

std::string products_request(const Context& context, const std::vector<std::string>& codes) {
  Json domain = Json::array({Json::array({"code", "in", codes}), Json::array({"salable", "=", true})});
  return search("model.product.product.search_read", context, std::move(domain), codes.size() * 2, {"code"});
}

std::string units_request(const Context& context, const std::vector<std::string>& symbols) {
  return search("model.product.uom.search_read", context, Json::array({Json::array({"symbol", "in", symbols})}),
                symbols.size() * 2, {"symbol"});
}

Answer<Ids> read_ids(std::string_view body) {
  return read<Ids>(body, "records", [](const Json& value) -> std::optional<Ids> {
    if (!value.is_array()) return std::nullopt;
    Ids out;
    for (const Json& each : value) {
      const std::optional<std::int64_t> id = id_of(member(each, "id"));
      const Json& code = each.is_object() && each.contains("code") ? member(each, "code") : member(each, "symbol");
      if (!id || !code.is_string()) return std::nullopt;
      out[string_of(code)].push_back(*id);
    }
    return out;
  });
}

std::string currencies_request(const Context& context, std::string_view code) {
  return search("model.currency.currency.search_read", context, equals("code", code), 2, {"rounding"});
}

Answer<std::vector<CurrencyEntry>> read_currencies(std::string_view body) {
  return read<std::vector<CurrencyEntry>>(body, "currencies", [](const Json& value) {
    return list_of<CurrencyEntry>(value, [](const Json& each) -> std::optional<CurrencyEntry> {
      const std::optional<std::int64_t> id = id_of(member(each, "id"));
      const std::optional<Decimal> step = decimal_of(member(each, "rounding"));
      if (!id || !step || sign(*step) < 0) return std::nullopt;
      return CurrencyEntry{*id, *step};
    });
  });
}

std::string price_places_request(const Context& context) {
  return request("model.sale.line.fields_get", Json::array({Json::array({"unit_price"})}), context_json(context));
}

Answer<int> read_price_places(std::string_view body) {
  return read<int>(body, "digits of prices", [](const Json& value) -> std::optional<int> {
    // A text of its own, in JSON: "[16, 4]".
    const Json digits = parse(string_of(member(member(value, "unit_price"), "digits"))).value_or(Json());
    const std::optional<std::int64_t> places = id_of(element(digits, 1));
    if (!places) return std::nullopt;
    return static_cast<int>(std::min<std::int64_t>(*places, INT_MAX));
  });
}

std::string party_values_request(const Context& context, std::int64_t party, std::int64_t currency) {
  Json filled = context_json(context);
  const Json sale = {{"party", party}, {"currency", currency}, {"company", filled["company"]}};
  return request("model.sale.sale.on_change", Json::array({sale, Json::array({"party"})}), std::move(filled));
}

Answer<std::string> read_party_values(std::string_view body) {
  return read<std::string>(body, "values of a customer", [](const Json& value) -> std::optional<std::string> {
    if (!element(value, 0).is_object()) return std::nullopt;
    Json out = Json::object();
    for (const auto& [name, each] : element(value, 0).items()) {
      // Names with a point describe the record that the name without it refers to. Lists of changes cannot be created.
      const bool is_value = !each.is_structured() || each.contains("__class__");
      if (is_value && name.find('.') == std::string::npos) out[name] = each;
    }
    return out.dump();
  });
}

std::string taxes_request(const Context& context, std::int64_t party, std::int64_t currency, std::int64_t product,
                          std::int64_t unit) {
  Json filled = context_json(context);
  const Json line = {{"product", product},
                     {"unit", unit},
                     {"quantity", 1},
                     {"company", filled["company"]},
                     {"_parent_sale.party", party},
                     {"_parent_sale.currency", currency},
                     {"_parent_sale.company", filled["company"]}};
  return request("model.sale.line.on_change", Json::array({line, Json::array({"product"})}), std::move(filled));
}

Answer<std::vector<std::int64_t>> read_taxes(std::string_view body) {
  using Taxes = std::vector<std::int64_t>;
  return read<Taxes>(body, "taxes of a product", [](const Json& value) -> std::optional<Taxes> {
    if (!element(value, 0).is_object()) return std::nullopt;
    const Json& taxes = member(element(value, 0), "taxes");
    if (taxes.is_null() || !taxes.contains("add")) return Taxes{};
    return list_of<std::int64_t>(member(taxes, "add"),
                                 [](const Json& each) { return id_of(member(element(each, 1), "id")); });
  });
}

namespace {

Json sale_json(const Json& context, const NewSale& sale, Json old_lines) {
  Json lines = Json::array();
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    const NewLine& line = sale.lines[i];
    lines.push_back({{"type", "line"},
                     {"sequence", i + 1},
                     {"note", line.order_line},
                     {"product", line.product},
                     {"unit", line.unit},
                     {"description", line.description.empty() ? Json() : Json(line.description)},
                     {"quantity", exact(text(line.quantity))},
                     {"unit_price", exact(text(line.price))},
                     {"taxes", Json::array({Json::array({"add", line.taxes})})}});
  }
  old_lines.push_back(Json::array({"create", std::move(lines)}));
  Json out = Json::parse(sale.party_values, nullptr, false);
  out["company"] = member(context, "company");
  out["reference"] = sale.key;
  out["description"] = revision_text(sale.revision);
  out["party"] = sale.party;
  out["currency"] = sale.currency;
  out["sale_date"] = date_json(sale.order_date);
  out["shipping_date"] = sale.shipping_date ? date_json(*sale.shipping_date) : Json();
  out["lines"] = std::move(old_lines);
  return out;
}

}  // namespace

std::string create_request(const Context& context, const NewSale& sale) {
  Json filled = context_json(context);
  Json values = Json::array({sale_json(filled, sale, Json::array())});
  return request("model.sale.sale.create", Json::array({std::move(values)}), std::move(filled));
}

std::string rewrite_request(const Context& context, const Sale& old, const NewSale& sale) {
  Json values = sale_json(context_json(context), sale, Json::array({Json::array({"delete", old.line_ids})}));
  return request("model.sale.sale.write", Json::array({Json::array({old.id}), std::move(values)}),
                 guarded(context, old));
}

std::string mark_request(const Context& context, const Sale& sale, std::int32_t revision) {
  const Json values = {{"description", revision_text(revision)}};
  return request("model.sale.sale.write", Json::array({Json::array({sale.id}), values}), guarded(context, sale));
}

std::string button_request(const Context& context, const Sale& sale, std::string_view button) {
  const std::string method = "model.sale.sale." + std::string(button);
  return request(method.c_str(), Json::array({Json::array({sale.id})}), guarded(context, sale));
}

Answer<Nothing> read_done(std::string_view body) {
  return read<Nothing>(body, "end", [](const Json&) -> std::optional<Nothing> { return Nothing{}; });
}

}  // namespace assent::erp
