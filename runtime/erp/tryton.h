// Orders into Tryton 6.0, an ERP: exactly once, with exactly the approved amounts. Entry: Tryton.
//
//   erp::TrytonServer server;
//   server.url = "https://erp.example.com/";
//   server.database = "company";
//   server.user = "assent";
//   server.password = read_secret();
//   erp::Tryton tryton(server);
//   Result<erp::Report> report = tryton.drive(order);  // order.h
//   if (!report) return complain(report.problems());   // the order, or the settings, make no sense
//   if (report->outcome == erp::Outcome::failed) return try_again_later(report->message);
//
// drive() brings the ERP from whatever it has to what is wanted, as far as `processing`, where its shipments and
// invoices are. It reads what is there, takes one step, and reads again; nothing that was not read counts as done. So
// it may be called again at any time, after any outcome, by any process: what is there is not done twice.
//
// What is promised rests on this:
// - One call for a key at a time, in all processes together. The ERP does not keep keys unique by itself.
// - The ERP's people leave an order's reference (the key), its description ("revision 2") and the note of each line
//   (the line's id) as they are. What they change in amounts, quantities and products is found, and alarmed of.
// - A creation that was not answered is not repeated in the same call, but it is in the next. A server that is only
//   slow may then create both; the next call that finds two alarms. At most one of them has gone beyond a draft, so
//   that nothing is shipped twice. Make the time-out longer than what the ERP may take, and wait before the next call.
//
// Blocks. An object is for one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assent/result.h"
#include "runtime/erp/order.h"
#include "runtime/erp/sale.h"
#include "runtime/erp/step.h"

namespace assent::erp {

// A new order takes 4 steps, a changed one 5; the others are for people who change the order at the same time.
inline constexpr int max_steps = 12;

struct TrytonServer {
  std::string url;       // "https://erp.example.com/"; http:// only to 127.0.0.1, [::1] and localhost
  std::string database;  // letters, digits, _ and -
  std::string user;      // of the ERP; one who may sell, and has a company
  std::string password;
  std::string ca_file;                              // PEM certificates to trust instead of the system's; "" for those
  std::int64_t timeout_ms = 60'000;                 // of one request; a call makes some 20, and 1 a product. 1..600'000
  std::size_t max_answer_bytes = 16 * 1024 * 1024;  // an order of max_lines takes one; 1..256 MiB
};

// What makes no sense in the settings, all at once, as bad_settings. Empty if nothing does.
Problems check(const TrytonServer& server);

// What the ERP has of a key.
struct Report {
  Outcome outcome = Outcome::failed;
  std::string message;  // why, for a person, with the ERP's words; "" for reached
  // As last read; of failed, alarmed and refused too, if anything was read. `sale.state` is absent if the ERP has none.
  Sale sale;
};

class Tryton {  // invariant: its session is of its server
 public:
  explicit Tryton(TrytonServer server);
  ~Tryton();
  Tryton(Tryton&&) noexcept;
  Tryton& operator=(Tryton&&) noexcept;

  // Sees to it that the ERP has the order, at its revision, in `processing` or beyond; or, if it is cancelled, that the
  // ERP has it in `cancelled`, or not at all. A line whose amount no price gives is two (price.h). Problems if the
  // order or the settings make no sense; nothing was sent then.
  Result<Report> drive(const ErpOrder& order);

  // What the ERP has, and has done, of an order: `reached`, with state absent if there is none; `alarmed` if there are
  // several; `failed`. Changes nothing. Problems if the settings make no sense, or the key is none.
  Result<Report> state(std::string_view key);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace assent::erp
