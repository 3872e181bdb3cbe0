// Any bytes as an answer to an order: an answer or problems, never a crash. What is an answer keeps what its header
// promises, and with a DOCTYPE in front of it is none any more.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "runtime/documents/outcome.h"
#include "runtime/documents/ubl_read.h"
#include "runtime/value/utf8.h"

namespace {

using namespace assent;
using namespace assent::documents;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_ordered(const Period& period) { return !period.start || !period.end || *period.start <= *period.end; }

void look_at(const OrderAnswer& answer) {
  require(!answer.id.empty() && !answer.order_id.empty() && is_utf8(answer.note) && is_ordered(answer.promised));
  require(answer.revision >= 0 && answer.revision <= max_revision && answer.lines.size() <= max_answer_lines);
  require(answer.code != AnswerCode::conditional || !answer.lines.empty());
  std::set<std::string> ids;
  for (const AnswerLine& line : answer.lines) {
    require(!line.id.empty() && ids.insert(line.id).second && !line.order_line_id.empty());
    require(is_ordered(line.promised) && (!line.quantity || sign(*line.quantity) >= 0));
    require(!line.price || sign(line.price->base_quantity) > 0);
  }
}

// An order with the lines that are answered, in the units of the answer.
OrderDocument order_of(const OrderAnswer& answer) {
  OrderDocument order;
  order.id = answer.order_id;
  std::set<std::string> ids;
  for (const AnswerLine& line : answer.lines) {
    if (!ids.insert(line.order_line_id).second) continue;
    OrderLine ordered;
    ordered.id = line.order_line_id;
    ordered.quantity = decimal(5);
    ordered.unit = line.unit;
    order.lines.push_back(ordered);
  }
  return order;
}

// Where a DOCTYPE may stand: at the front, or after the XML declaration if there is nothing else before the root.
std::size_t front_of(const std::string& bytes) {
  const std::size_t end = bytes.starts_with("<?xml ") ? bytes.find("?>") : std::string::npos;
  return end == std::string::npos ? 0 : end + 2;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const Result<OrderAnswer> answer = read_answer(bytes);
  if (!answer) {
    require(!answer.problems().empty() && answer.problems().size() <= max_problems);
    for (const Problem& problem : answer.problems()) require(!problem.message.empty() && is_utf8(problem.message));
    return 0;
  }
  look_at(*answer);
  if (const auto all = outcomes(order_of(*answer), *answer)) {
    for (const LineOutcome& line : *all) {
      Decimal sum = line.promised;
      for (const Decimal& part : {line.delivered, line.later, line.missing}) {
        require(add(sum, part, sum) == Fault::none);
      }
      require(!line.is_answered || sum == line.ordered);
    }
  }
  std::string with_doctype = bytes;
  require(!read_answer(with_doctype.insert(front_of(bytes), "<!DOCTYPE x>")));
  return 0;
}
