// Entry: look_up. One question after the other; the first that has no answer ends it.
#include "runtime/erp/look_up.h"

#include <set>

#include "runtime/erp/price.h"

namespace assent::erp {

namespace {

class LookUp {  // invariant: failed_ has words once a question had no answer, and nothing more is asked
 public:
  LookUp(Session& session, const ErpOrder& order) : session_(session), order_(order) {}

  Answer<NewSale> run() {
    sale_.key = order_.key;
    sale_.revision = order_.revision;
    sale_.order_date = order_.order_date;
    sale_.shipping_date = order_.lines.front().wanted_on;
    const bool is_found = find_party() && find_currency() && find_products() && find_units() && find_values();
    for (std::size_t i = 0; is_found && failed_.words.empty() && i < order_.lines.size(); ++i) add(order_.lines[i]);
    if (!failed_.words.empty()) return std::move(failed_);
    return {std::move(sale_), {}, {}};
  }

 private:
  bool refuse(std::string why) {
    failed_ = {std::nullopt, Failure::refused, std::move(why)};
    return false;
  }

  template <typename T, typename Request>
  bool ask(T& out, Request request, Answer<T> (*reader)(std::string_view)) {
    Answer<T> answer = session_.call(request, reader);
    if (answer.value) {
      out = *std::move(answer.value);
      return true;
    }
    failed_ = {std::nullopt, answer.failure, std::move(answer.words)};
    return false;
  }

  // The one record of a code.
  bool choose(std::int64_t& out, const Ids& ids, const std::string& what, const std::string& code) {
    const auto found = ids.find(code);
    if (found == ids.end()) return refuse("the ERP has no " + what + " `" + code + "`");
    if (found->second.size() > 1) return refuse("the ERP has several of the " + what + " `" + code + "`");
    out = found->second.front();
    return true;
  }

  bool find_party() {
    Ids ids;
    const auto request = [&](const Context& context) { return parties_request(context, order_.customer); };
    return ask(ids, request, read_ids) && choose(sale_.party, ids, "customer", order_.customer);
  }

  bool find_currency() {
    std::vector<CurrencyEntry> found;
    const auto request = [&](const Context& context) { return currencies_request(context, order_.currency); };
    if (!ask(found, request, read_currencies)) return false;
    if (found.size() != 1) return refuse("the ERP does not have one currency `" + order_.currency + "`");
    sale_.currency = found[0].id;
    step_ = found[0].step;
    return true;
  }

  // What the lines say in a field, each once.
  std::vector<std::string> distinct(std::string ErpLine::*field) const {
    std::set<std::string> values;
    for (const ErpLine& line : order_.lines) values.insert(line.*field);
    return {values.begin(), values.end()};
  }

  bool find_products() {
    const auto request = [&](const Context& context) { return products_request(context, distinct(&ErpLine::product)); };
    return ask(products_, request, read_ids);
  }

  bool find_units() {
    const auto request = [&](const Context& context) { return units_request(context, distinct(&ErpLine::unit)); };
    return ask(units_, request, read_ids);
  }

  bool find_values() {
    const auto request = [&](const Context& context) {
      return party_values_request(context, sale_.party, sale_.currency);
    };
    if (!ask(sale_.party_values, request, read_party_values)) return false;
    if (!ask(places_, price_places_request, read_price_places)) return false;
    return places_ <= max_price_places || refuse("the ERP has prices of " + std::to_string(places_) + " decimals");
  }

  bool find_taxes(std::vector<std::int64_t>& out, std::int64_t product, std::int64_t unit) {
    const auto known = taxes_.find(product);
    if (known == taxes_.end()) {
      const auto request = [&](const Context& context) {
        return taxes_request(context, sale_.party, sale_.currency, product, unit);
      };
      if (!ask(out, request, read_taxes)) return false;
      taxes_[product] = out;
      return true;
    }
    out = known->second;
    return true;
  }

  bool add(const ErpLine& line) {
    NewLine entry;
    entry.order_line = line.id;
    entry.description = line.description;
    if (!choose(entry.product, products_, "product for sale", line.product)) return false;
    if (!choose(entry.unit, units_, "unit", line.unit)) return false;
    if (!find_taxes(entry.taxes, entry.product, entry.unit)) return false;
    Decimal quantity, amount;
    static_cast<void>(parse_decimal(line.quantity, quantity));  // the order has been checked
    static_cast<void>(parse_decimal(line.amount, amount));
    const std::vector<Part> parts = priced(quantity, amount, places_, step_);
    if (parts.empty()) {
      return refuse("no price of " + std::to_string(places_) + " decimals gives line `" + line.id + "` its amount " +
                    line.amount + ", in steps of " + text(step_));
    }
    for (const Part& part : parts) {
      entry.quantity = part.quantity;
      entry.price = part.price;
      sale_.lines.push_back(entry);
    }
    return true;
  }

  Session& session_;
  const ErpOrder& order_;
  NewSale sale_;
  Decimal step_;
  int places_ = 0;
  Ids products_, units_;
  std::map<std::int64_t, std::vector<std::int64_t>> taxes_;  // by product
  Answer<NewSale> failed_;
};

}  // namespace

Answer<NewSale> look_up(Session& session, const ErpOrder& order) { return LookUp(session, order).run(); }

}  // namespace assent::erp
