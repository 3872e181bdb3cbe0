// Who trades with whom: the settings of whoever sends orders, read from their JSON. Entries: read_trade, unit_of,
// trade_of.
//
// The form is runtime/schemas/trade.schema.json. What is in it is held to the rules of documents at once, not when the
// first order is written. Keys are called as the fields here are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "assent/orders.h"
#include "assent/result.h"
#include "runtime/documents/order.h"
#include "runtime/documents/ubl_write.h"

namespace assent::sync {

inline constexpr std::size_t max_trade_bytes = 16 << 20;
inline constexpr std::size_t max_units = 1'000;          // half of the codes that UN/ECE has
inline constexpr std::size_t max_split_by = 100;         // expressions that policies split by
inline constexpr std::size_t max_destinations = 10'000;  // values of one of them: places of a large chain of shops
inline constexpr std::int64_t max_erp_seconds = 600;     // what the ERP's connector waits at most

// How a unit of the quote is called elsewhere.
struct Unit {
  std::string code = "C62";  // UN/ECE recommendation 20: pieces
  std::string symbol = "u";  // of the ERP's unit
};

// What a value that orders are split by stands for. Empty: it says nothing of that.
struct Destination {
  documents::DeliveryPlace place;
  documents::Party buyer;
  std::string customer;
};

// The server of an ERP, and who we are there. What its connector says of a URL or a name is said when it is asked.
struct ErpSettings {
  enum class Kind : std::uint8_t { tryton } kind = Kind::tryton;
  std::string url, database, user;
  std::string password_env;  // the environment variable that has the password, which is in no settings
  std::string ca_file;       // certificates to trust instead of the system's; empty: those
  std::int64_t timeout_seconds = 60;  // of one request
};

template <typename T>
using ByName = std::map<std::string, T, std::less<>>;

struct TradeSettings {
  documents::Party seller, buyer;
  std::string customer;  // the buyer's code in the ERP; needed there alone
  documents::Shape shape = documents::Shape::peppol;
  documents::Profile profile = documents::Profile::advanced_ordering;
  ByName<Unit> units{{"", Unit{}}};    // by what the quote says; "": it says nothing
  ByName<ByName<Destination>> split;   // by what the policy splits by, "line.ship_to", and the value
  std::optional<ErpSettings> erp;      // none: orders go into no ERP
};

Result<TradeSettings> read_trade(std::string_view json);

// Both add what the settings do not have to `problems`, at its place in the order; what they give is borrowed from
// `trade`, or holds for the whole program.

// How the unit of an item is called.
const Unit& unit_of(const TradeSettings& trade, const Order& order, std::size_t item, Problems& problems);

// With whom one order is traded, and where it goes: by the first of its split values that says so, else as usual. Where
// the settings know what it is split by, they must know the value too: else it is a place that nobody thought of. One
// that is absent says nothing.
struct OrderTrade {
  const documents::Party* buyer = nullptr;
  const documents::DeliveryPlace* place = nullptr;  // null: none is said
  std::string_view customer;
};
OrderTrade trade_of(const TradeSettings& trade, const Order& order, Problems& problems);

}  // namespace assent::sync
