// Entry: Tryton. The loop: read, take the step that follows from it, read again.
#include "runtime/erp/tryton.h"

#include <algorithm>
#include <optional>

#include "runtime/delivery/transport.h"
#include "runtime/erp/look_up.h"
#include "runtime/erp/messages.h"
#include "runtime/erp/session.h"
#include "runtime/value/utf8.h"

namespace assent::erp {

namespace {

constexpr std::size_t most_answer_bytes = 256 * 1024 * 1024;

bool is_database(std::string_view name) {
  return !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// A password goes over TLS, or does not leave this machine.
bool is_guarded(std::string_view url) {
  if (url.starts_with("https://")) return true;
  for (const std::string_view here : {"http://127.0.0.1", "http://[::1]", "http://localhost"}) {
    if (!url.starts_with(here)) continue;
    const std::string_view rest = url.substr(here.size());
    if (rest.empty() || rest[0] == '/') return true;
    const std::string_view port = rest.substr(1, rest.find('/') - 1);
    if (rest[0] == ':' && std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; }))
      return true;
  }
  return false;
}

}  // namespace

Problems check(const TrytonServer& server) {
  Problems found;
  const auto add = [&](const char* where, std::string message) {
    found.push_back({ErrorCode::bad_settings, where, std::move(message)});
  };
  if (!is_guarded(server.url))
    add("/url", "it begins with neither https:// nor http:// and this machine's own address");
  if (!is_database(server.database)) add("/database", "it is not 1 to 63 letters, digits, _ and -");
  if (server.user.empty() || server.user.find(':') != std::string::npos || !is_utf8(server.user)) {
    add("/user", "it is empty, has a colon, or is not UTF-8");
  }
  if (server.password.empty() || !is_utf8(server.password)) add("/password", "it is empty, or not UTF-8");
  if (server.timeout_ms < 1 || server.timeout_ms > delivery::max_timeout_ms) {
    add("/timeout_ms", "it is outside 1 to " + std::to_string(delivery::max_timeout_ms));
  }
  if (server.max_answer_bytes < 1 || server.max_answer_bytes > most_answer_bytes) {
    add("/max_answer_bytes", "it is outside 1 to " + std::to_string(most_answer_bytes));
  }
  return found;
}

struct Tryton::Impl {
  explicit Impl(TrytonServer settings) : server(std::move(settings)), session(server) {}

  Answer<std::vector<Sale>> read(std::string_view key) {
    return session.call([&](const Context& context) { return sales_request(context, key); }, read_sales);
  }

  Answer<Nothing> press(const Sale& sale, const char* button) {
    return session.call([&](const Context& context) { return button_request(context, sale, button); }, read_done);
  }

  // With all that has to be looked up for it.
  Answer<Nothing> write(const ErpOrder& order, const Sale* old) {
    const Answer<NewSale> sale = look_up(session, order);
    if (!sale.value) return {std::nullopt, sale.failure, sale.words};
    const auto request = [&](const Context& context) {
      return old == nullptr ? create_request(context, *sale.value) : rewrite_request(context, *old, *sale.value);
    };
    return session.call(request, read_done);
  }

  // `sale` is the one there is, or an absent one.
  Answer<Nothing> take(Step step, const ErpOrder& order, const Sale& sale) {
    switch (step) {
      case Step::create: return write(order, nullptr);
      case Step::reopen: return press(sale, "draft");
      case Step::rewrite: return write(order, &sale);
      case Step::quote: return press(sale, "quote");
      case Step::confirm: return press(sale, "confirm");
      case Step::process: return press(sale, "process");
      case Step::mark:
        return session.call([&](const Context& context) { return mark_request(context, sale, order.revision); },
                            read_done);
      case Step::cancel: return press(sale, "cancel");
    }
    return {};
  }

  Report drive(const ErpOrder& order) {
    Report report;
    std::optional<Step> last;
    Answer<Nothing> answer;  // of the last step
    for (int steps = 0; steps <= max_steps; ++steps) {
      Answer<std::vector<Sale>> sales = read(order.key);
      if (!sales.value) {
        const bool is_unanswered = last && !answer.value;
        report.message = is_unanswered ? failed(*last, answer) + "; and then: " + sales.words : sales.words;
        return report;
      }
      report.sale = sales.value->empty() ? Sale{} : sales.value->front();
      const std::variant<Step, End> next = next_step(order, *sales.value);
      if (const End* const end = std::get_if<End>(&next)) {
        report.outcome = end->outcome;
        report.message = end->message;
        return report;
      }
      const Step step = std::get<Step>(next);
      // The last step has not been taken. Only what was refused because of another's change is tried again at once.
      if (step == last && (answer.value || answer.failure != Failure::stale)) return ended(report, step, answer);
      if (steps == max_steps) break;
      answer = take(step, order, report.sale);
      last = step;
    }
    report.message = "after " + std::to_string(max_steps) + " steps the order is still changing";
    return report;
  }

  static std::string failed(Step step, const Answer<Nothing>& answer) {
    const std::string words = answer.value ? "the ERP took it, and left the order as it was" : answer.words;
    return std::string(text(step)) + ": " + words;
  }

  static Report ended(Report report, Step step, const Answer<Nothing>& answer) {
    report.message = failed(step, answer);
    if (!answer.value && answer.failure == Failure::refused) report.outcome = Outcome::refused;
    return report;
  }

  TrytonServer server;
  Session session;
};

Tryton::Tryton(TrytonServer server) : impl_(std::make_unique<Impl>(std::move(server))) {}
Tryton::~Tryton() = default;
Tryton::Tryton(Tryton&&) noexcept = default;
Tryton& Tryton::operator=(Tryton&&) noexcept = default;

Result<Report> Tryton::drive(const ErpOrder& order) {
  if (Problems problems = check(impl_->server); !problems.empty()) return problems;
  if (Problems problems = check(order); !problems.empty()) return problems;
  return impl_->drive(order);
}

Result<Report> Tryton::state(std::string_view key) {
  if (Problems problems = check(impl_->server); !problems.empty()) return problems;
  ErpOrder order;
  order.key = key;
  order.cancelled = true;  // its content does not matter
  if (Problems problems = check(order); !problems.empty()) return problems;
  Answer<std::vector<Sale>> sales = impl_->read(key);
  Report report;
  if (!sales.value) {
    report.message = std::move(sales.words);
    return report;
  }
  report.outcome = sales.value->size() > 1 ? Outcome::alarmed : Outcome::reached;
  if (sales.value->size() > 1) report.message = "the ERP has several orders of the key `" + order.key + "`";
  if (!sales.value->empty()) report.sale = std::move(sales.value->front());
  return report;
}

}  // namespace assent::erp
