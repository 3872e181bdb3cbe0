// Entries: Trade, read_trade, unit_of, trade_of.
#include "runtime/sync/trade.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

#include "assent/sync.h"
#include "runtime/documents/check.h"
#include "runtime/ingest/strict.h"

namespace assent {

Trade::Trade() : settings_(std::make_shared<const sync::TradeSettings>()) {}

Result<Trade> Trade::from_json(std::string_view json) {
  Result<sync::TradeSettings> read = sync::read_trade(json);
  if (!read) return read.problems();
  Trade made;
  made.settings_ = std::make_shared<const sync::TradeSettings>(*std::move(read));
  return made;
}

const std::string& Trade::erp_password_env() const {
  static const std::string none;
  return settings_->erp ? settings_->erp->password_env : none;
}

namespace sync {

namespace {

using documents::Address;
using documents::DeliveryPlace;
using documents::max_id_bytes;
using documents::max_text_bytes;
using documents::Party;
using documents::Profile;
using documents::Shape;

constexpr std::array<std::string_view, 8> root_keys{"seller",  "buyer", "customer", "shape",
                                                    "profile", "units", "split",    "erp"};
constexpr std::array<std::string_view, 3> destination_keys{"place", "buyer", "customer"};

constexpr std::array<std::string_view, 7> erp_keys{"kind",         "url",     "database",       "user",
                                                   "password_env", "ca_file", "timeout_seconds"};
constexpr std::size_t erp_keys_needed = 5;  // the first of them

// A key of an object, and the text that it fills; none: it is the address of a party or a place.
template <typename T>
struct Key {
  std::string_view name;
  std::string T::*text = nullptr;
  std::size_t most_bytes = 0;
};
constexpr std::array<Key<Address>, 6> address_keys{{{"street", &Address::street, max_text_bytes},
                                                    {"additional_street", &Address::additional_street, max_text_bytes},
                                                    {"city", &Address::city, max_text_bytes},
                                                    {"postal_zone", &Address::postal_zone, max_text_bytes},
                                                    {"region", &Address::region, max_text_bytes},
                                                    {"country", &Address::country, max_text_bytes}}};
constexpr std::array<Key<Party>, 4> party_keys{{{"endpoint", &Party::endpoint, max_id_bytes},
                                                {"endpoint_scheme", &Party::endpoint_scheme, max_id_bytes},
                                                {"registration_name", &Party::registration_name, max_text_bytes},
                                                {"address"}}};
constexpr std::array<Key<DeliveryPlace>, 4> place_keys{{{"id", &DeliveryPlace::id, max_id_bytes},
                                                        {"id_scheme", &DeliveryPlace::id_scheme, max_id_bytes},
                                                        {"receiver", &DeliveryPlace::receiver, max_text_bytes},
                                                        {"address"}}};
constexpr std::array<Key<Unit>, 2> unit_keys{
    {{"code", &Unit::code, max_id_bytes}, {"symbol", &Unit::symbol, max_id_bytes}}};

template <typename T>
using Choices = std::span<const std::pair<std::string_view, T>>;
constexpr std::array<std::pair<std::string_view, Shape>, 2> shapes{{{"peppol", Shape::peppol}, {"ubl", Shape::ubl}}};
constexpr std::array<std::pair<std::string_view, Profile>, 3> profiles{
    {{"advanced ordering", Profile::advanced_ordering},
     {"ordering", Profile::ordering},
     {"order only", Profile::order_only}}};
constexpr std::array<std::pair<std::string_view, ErpSettings::Kind>, 1> erp_kinds{
    {{"tryton", ErpSettings::Kind::tryton}}};

bool is_variable(std::string_view name) {
  return !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// What the JSON says; false as StrictReader has it.
class TradeReader {
 public:
  Result<TradeSettings> read(std::string_view json) {
    if (!in_.load(json)) return std::move(in_.problems);
    Problems problems = in_.finish(root());
    if (!problems.empty()) return problems;
    return std::move(made_);
  }

 private:
  bool root() {
    std::uint32_t given = 0;
    const bool is_object = in_.cursor->peek() == '{';
    const bool walked = in_.object(root_keys, "the settings", given, [&](std::size_t key) {
      switch (key) {
        case 0: return object("`seller`", party_keys, made_.seller);
        case 1: return object("`buyer`", party_keys, made_.buyer);
        case 2: return text("`customer`", max_id_bytes, made_.customer);
        case 3: return choice<Shape>("`shape`", shapes, made_.shape);
        case 4: return choice<Profile>("`profile`", profiles, made_.profile);
        case 5:
          return named("`units`", "units", max_units, made_.units,
                       [&](Unit& each) { return object("a unit", unit_keys, each); });
        case 7: return erp();
        default:
          return named("`split`", "expressions that are split by", max_split_by, made_.split, [&](auto& values) {
            return named("its values", "values", max_destinations, values,
                         [&](Destination& each) { return destination(each); });
          });
      }
    });
    if (walked && is_object && (given & 1u) == 0) in_.findings.add(0, "`seller` is missing");
    if (walked && is_object && (given & 2u) == 0) in_.findings.add(0, "`buyer` is missing");
    return walked;
  }

  // An object of texts and perhaps an address.
  template <typename T, std::size_t count>
  bool object(std::string_view what, const std::array<Key<T>, count>& keys, T& out) {
    std::array<std::string_view, count> names;
    for (std::size_t i = 0; i < count; ++i) names[i] = keys[i].name;
    std::uint32_t given = 0;
    return in_.object(names, what, given, [&](std::size_t i) {
      const Key<T>& key = keys[i];
      if constexpr (requires { out.address; })
        if (key.text == nullptr) return object("`address`", address_keys, out.address);
      return text('`' + std::string(key.name) + '`', key.most_bytes, out.*key.text);
    });
  }

  bool destination(Destination& out) {
    std::uint32_t given = 0;
    return in_.object(destination_keys, "what a value stands for", given, [&](std::size_t key) {
      switch (key) {
        case 0: return object("`place`", place_keys, out.place);
        case 1: return object("`buyer`", party_keys, out.buyer);
        default: return text("`customer`", max_id_bytes, out.customer);
      }
    });
  }

  bool erp() {
    const ingest::Mark mark = in_.cursor->at();
    const bool is_object = in_.cursor->peek() == '{';
    ErpSettings& erp = made_.erp.emplace();
    std::uint32_t given = 0;
    const bool walked = in_.object(erp_keys, "`erp`", given, [&](std::size_t key) {
      switch (key) {
        case 0: return choice<ErpSettings::Kind>("`kind`", erp_kinds, erp.kind);
        case 1: return text("`url`", max_text_bytes, erp.url);
        case 2: return text("`database`", max_id_bytes, erp.database);
        case 3: return text("`user`", max_id_bytes, erp.user);
        case 4: return variable("`password_env`", erp.password_env);
        case 5: return text("`ca_file`", max_text_bytes, erp.ca_file);
        default: return number("`timeout_seconds`", 1, max_erp_seconds, erp.timeout_seconds);
      }
    });
    for (std::size_t key = 0; walked && is_object && key < erp_keys_needed; ++key)
      if ((given >> key & 1u) == 0) in_.findings.add(mark, "`" + std::string(erp_keys[key]) + "` is missing");
    return walked;
  }

  // What stands there may be the secret itself, by mistake: it is not repeated.
  bool variable(std::string_view what, std::string& out) {
    const ingest::Mark mark = in_.cursor->at();
    if (!text(what, max_id_bytes, out)) return false;
    if (out.empty() || is_variable(out)) return true;
    in_.findings.add(mark, std::string(what) + " is the name of an environment variable: letters, digits and `_`");
    return true;
  }

  bool number(std::string_view what, std::int64_t least, std::int64_t most, std::int64_t& out) {
    const std::string_view token = in_.document.token(in_.cursor->at());
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), out);
    const bool fits = error == std::errc() && end == token.data() + token.size() && out >= least && out <= most;
    if (fits) return in_.cursor->skip();
    return in_.refuse(what, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }

  // An object whose keys are names of the host's. What stands there by itself may be said anew.
  template <typename T, typename Take>
  bool named(std::string_view what, std::string_view of, std::size_t most, ByName<T>& out, Take take) {
    ingest::Cursor& cursor = *in_.cursor;
    if (cursor.peek() != '{') return in_.refuse(what, "an object");
    ByName<T> made;
    ingest::Cursor::Step step = cursor.first_key();
    while (step == ingest::Cursor::Step::member) {
      if (made.size() == most) {
        in_.findings.add(ErrorCode::limit_exceeded, cursor.at(), {},
                         "more than " + std::to_string(most) + " " + std::string(of));
        return false;
      }
      std::string name(in_.document.string(cursor.key()).value_or(in_.document.inside(cursor.key())));
      const auto [at, fresh] = made.try_emplace(std::move(name));
      if (!fresh)
        in_.findings.add(cursor.at(), "the key " + ingest::quoted(at->first) + " is given twice in one object");
      if (!take(at->second) || in_.findings.full()) return false;
      step = cursor.next_key();
    }
    made.merge(out);
    out = std::move(made);
    return step == ingest::Cursor::Step::end;
  }

  template <typename T>
  bool choice(std::string_view what, Choices<T> choices, T& out) {
    const ingest::Mark mark = in_.cursor->at();
    std::optional<std::string_view> given;
    if (!in_.text(what, given)) return false;
    if (!given) return true;
    std::string listed;
    for (const auto& [name, value] : choices) {
      if (name == *given) return out = value, true;
      listed += (listed.empty() ? "" : ", ") + ingest::quoted(name);
    }
    in_.findings.add(mark, std::string(what) + " is one of " + listed + ", not " + ingest::quoted(*given));
    return true;
  }

  bool text(std::string_view what, std::size_t most, std::string& out) {
    const ingest::Mark mark = in_.cursor->at();
    std::optional<std::string_view> given;
    if (!in_.text(what, given)) return false;
    if (given && given->size() > most) {
      in_.findings.add(ErrorCode::limit_exceeded, mark, {},
                       std::string(what) + " is longer than " + std::to_string(most) + " bytes");
    } else if (given) {
      out = *given;
    }
    return true;
  }

  ingest::StrictReader in_{ErrorCode::bad_settings, "the settings", max_trade_bytes};
  TradeSettings made_;
};

// ── what was read, held to the rules of documents ────────────────────────────────────────────
class TradeCheck {  // invariant: at most max_problems found
 public:
  explicit TradeCheck(const TradeSettings& trade) : trade_(trade) {
    sample_.id = "sample";
    sample_.currency = "EUR";
    sample_.seller = trade.seller;
    sample_.buyer = trade.buyer;
    documents::OrderLine& line = sample_.lines.emplace_back();
    line.id = line.item_name = "sample";
    line.quantity = decimal(1);
    line.unit = "C62";
    line.amount = {decimal(1), "EUR"};
  }

  Problems run() {
    check(sample_, "/seller", "/seller");
    check(sample_, "/buyer", "/buyer");
    for (const auto& [name, unit] : trade_.units) {
      documents::OrderDocument with = sample_;
      with.lines[0].unit = unit.code;
      check(with, "/lines/0/unit", below("/units", name) + "/code");
    }
    for (const auto& [by, values] : trade_.split) {
      for (const auto& [value, each] : values) {
        const std::string where = below(below("/split", by), value);
        documents::OrderDocument with = sample_;
        with.place = each.place;
        check(with, "/place", where + "/place");
        if (each.buyer == Party{}) continue;
        with.buyer = each.buyer;
        check(with, "/buyer", where + "/buyer");
      }
    }
    return std::move(found_);
  }

 private:
  static std::string below(std::string pointer, std::string_view key) {
    ingest::append_step(pointer, key);
    return pointer;
  }

  // What is wrong at `place` of the document, told of `where` in the settings.
  void check(const documents::OrderDocument& document, std::string_view place, const std::string& where) {
    for (const documents::Violation& each : documents::check(document)) {
      if (!each.place.starts_with(place)) continue;
      ingest::add_problem(found_, ErrorCode::bad_settings, where + each.place.substr(place.size()), each.seen);
    }
  }

  const TradeSettings& trade_;
  documents::OrderDocument sample_;  // breaks no rule, but for what was read
  Problems found_;
};

}  // namespace

Result<TradeSettings> read_trade(std::string_view json) {
  Result<TradeSettings> read = TradeReader().read(json);
  if (!read) return read;
  Problems problems = TradeCheck(*read).run();
  if (!problems.empty()) return problems;
  return read;
}

const Unit& unit_of(const TradeSettings& trade, const Order& order, std::size_t item, Problems& problems) {
  static const Unit none;
  const std::string& unit = order.items[item].unit;
  const auto found = trade.units.find(unit);
  if (found != trade.units.end()) return found->second;
  ingest::add_problem(problems, ErrorCode::bad_settings, "/items/" + std::to_string(item) + "/unit",
                      "the settings do not say what the unit " + ingest::quoted(unit) + " is called");
  return none;
}

OrderTrade trade_of(const TradeSettings& trade, const Order& order, Problems& problems) {
  OrderTrade made{&trade.buyer, nullptr, trade.customer};
  for (std::size_t i = order.split.size(); i-- > 0;) {  // the first comes last, and has its way
    const SplitValue& each = order.split[i];
    const auto values = trade.split.find(each.by);
    if (values == trade.split.end() || !each.value) continue;
    const auto found = values->second.find(*each.value);
    if (found == values->second.end()) {
      ingest::add_problem(problems, ErrorCode::bad_settings, "/split/" + std::to_string(i),
                          "the settings do not say what " + each.by + ' ' + ingest::quoted(*each.value) +
                              " stands for");
      continue;
    }
    const Destination& destination = found->second;
    if (destination.buyer != Party{}) made.buyer = &destination.buyer;
    if (destination.place != DeliveryPlace{}) made.place = &destination.place;
    if (!destination.customer.empty()) made.customer = destination.customer;
  }
  return made;
}

}  // namespace sync

}  // namespace assent
