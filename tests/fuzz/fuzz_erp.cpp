// Any bytes as an answer of an ERP's: a value or a reason, never a crash. What is a value can be said back.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runtime/erp/messages.h"
#include "runtime/erp/step.h"

namespace {

using namespace assent;
using namespace assent::erp;

void require(bool holds) {
  if (!holds) std::abort();
}

template <typename T>
std::optional<T> value_of(Answer<T> answer) {
  require(answer.words.size() <= max_word_bytes + 100 && answer.value.has_value() == answer.words.empty());
  return std::move(answer.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(reinterpret_cast<const char*>(data), size);
  static_cast<void>(value_of(read_login(body)));
  static_cast<void>(value_of(read_ids(body)));
  static_cast<void>(value_of(read_currencies(body)));
  static_cast<void>(value_of(read_price_places(body)));
  static_cast<void>(value_of(read_taxes(body)));
  static_cast<void>(value_of(read_done(body)));
  const Context context = value_of(read_context(body)).value_or(Context{R"({"company":1})"});
  NewSale sale;
  sale.party_values = value_of(read_party_values(body)).value_or("{}");
  require(!create_request(context, sale).empty());
  if (const auto sales = value_of(read_sales(body))) {
    ErpOrder order;
    order.key = "Q-1";
    static_cast<void>(next_step(order, *sales));
    for (const Sale& each : *sales) require(!rewrite_request(context, each, sale).empty());
  }
  return 0;
}
