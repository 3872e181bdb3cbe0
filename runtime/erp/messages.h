// What is said to Tryton 6.0 and what it answers, as JSON: the only file here that knows any. Entry: *_request, read_*.
//
// A request is the body of a POST to /DATABASE/. A reader takes the body of an answer with status 200, which anybody
// may have written: it is malformed, hostile, an error of the ERP's, or what was asked for. Numbers go from their text
// to exact decimals. All functions are pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/erp/sale.h"
#include "runtime/value/date.h"
#include "runtime/value/decimal.h"

namespace assent::erp {

inline constexpr int max_answer_depth = 32;                  // what is read here nests seven deep
inline constexpr std::size_t max_answer_values = 500'000;    // some 20 for each of max_lines, and room for shipments
inline constexpr std::size_t max_context_bytes = 64 * 1024;  // goes with each request; a user's preferences have 1 KB
inline constexpr std::size_t max_word_bytes = 500;           // of the ERP's words that are passed on

enum class Failure : std::uint8_t {
  refused,  // the ERP's rules say no, in its own words
  stale,    // somebody has changed the record meanwhile
  broken,   // no answer, an error inside the ERP, or an answer that is none
};

// A value, or why there is none.
template <typename T>
struct Answer {
  std::optional<T> value;
  Failure failure = Failure::broken;
  std::string words;  // for a person
};

struct Nothing {};

struct Login {
  std::int64_t user = 0;
  std::string session;
};

// The ERP's preferences of the user, an object in JSON; each later request carries it. The company is in it.
struct Context {
  std::string json;
};

struct CurrencyEntry {
  std::int64_t id = 0;
  Decimal step;  // amounts are multiples of it
};

using Ids = std::map<std::string, std::vector<std::int64_t>>;  // all records of a code

struct NewLine {
  std::string order_line;
  std::int64_t product = 0;
  std::int64_t unit = 0;
  std::string description;
  Decimal quantity;
  Decimal price;
  std::vector<std::int64_t> taxes;
};

struct NewSale {
  std::string key;
  std::int32_t revision = 0;
  std::int64_t party = 0;
  std::int64_t currency = 0;
  std::string party_values;  // of party_values_request
  Date order_date;
  std::optional<Date> shipping_date;
  std::vector<NewLine> lines;
};

std::string login_request(std::string_view user, std::string_view password);
Answer<Login> read_login(std::string_view body);

std::string context_request();
Answer<Context> read_context(std::string_view body);

// All that there is to know of the first two sales of a key: more than one is too many.
std::string sales_request(const Context& context, std::string_view key);
Answer<std::vector<Sale>> read_sales(std::string_view body);

// Records by their codes: of parties, of products that are for sale; of units, by their symbols. As many are asked for
// as two for each code: one more than there should be.
std::string parties_request(const Context& context, std::string_view code);
std::string products_request(const Context& context, const std::vector<std::string>& codes);
std::string units_request(const Context& context, const std::vector<std::string>& symbols);
Answer<Ids> read_ids(std::string_view body);

std::string currencies_request(const Context& context, std::string_view code);
Answer<std::vector<CurrencyEntry>> read_currencies(std::string_view body);

// How many decimals a unit price has.
std::string price_places_request(const Context& context);
Answer<int> read_price_places(std::string_view body);

// What the ERP's form fills in for a customer: addresses, payment term, and whatever its modules add; as JSON.
std::string party_values_request(const Context& context, std::int64_t party, std::int64_t currency);
Answer<std::string> read_party_values(std::string_view body);

// The taxes that the ERP's form fills in for a customer and a product.
std::string taxes_request(const Context& context, std::int64_t party, std::int64_t currency, std::int64_t product,
                          std::int64_t unit);
Answer<std::vector<std::int64_t>> read_taxes(std::string_view body);

// What changes something. Each is refused as stale if the sale was changed since it was read. That it was carried out
// does not say what came of it: the sale has to be read again.
std::string create_request(const Context& context, const NewSale& sale);
std::string rewrite_request(const Context& context, const Sale& old, const NewSale& sale);
std::string mark_request(const Context& context, const Sale& sale, std::int32_t revision);
std::string button_request(const Context& context, const Sale& sale, std::string_view button);  // "quote"
Answer<Nothing> read_done(std::string_view body);

}  // namespace assent::erp
