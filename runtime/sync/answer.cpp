// An answer in UBL to what is heard of an order. Entry: heard_from_ubl.
#include <utility>

#include "assent/sync.h"
#include "runtime/documents/ubl_read.h"

namespace assent {

namespace {

using documents::AnswerCode;

OrderReport::Status status_of(AnswerCode code) {
  switch (code) {
    case AnswerCode::received: return OrderReport::Status::received;
    case AnswerCode::accepted: return OrderReport::Status::accepted;
    case AnswerCode::conditional: return OrderReport::Status::changed;
    case AnswerCode::rejected: break;
  }
  return OrderReport::Status::rejected;
}

// Midnight in UTC where the answer says no time, and UTC where it says no offset.
std::int64_t moment_of(const documents::OrderAnswer& answer) {
  std::int64_t at = answer.issue_date.days * milliseconds_per_day;
  if (!answer.issue_time) return at;
  return at + answer.issue_time->milliseconds - answer.issue_time->offset_minutes.value_or(0) * std::int64_t{60'000};
}

}  // namespace

Result<Heard> heard_from_ubl(std::string_view document) {
  const auto answer = documents::read_answer(document);
  if (!answer) return answer.problems();
  const auto refuse = [](std::string message) { return Problem{ErrorCode::bad_request, "", std::move(message)}; };
  const std::size_t slash = answer->order_id.rfind('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == answer->order_id.size())
    return refuse("it answers `" + answer->order_id + "`, which is no id of ours: CASE/KEY");
  if (answer->revision < 1) return refuse("it answers the change `" + answer->change_id + "`, which is none of ours");
  Heard heard;
  heard.case_id = answer->order_id.substr(0, slash);
  heard.report.order = answer->order_id.substr(slash + 1);
  heard.report.revision = static_cast<std::uint32_t>(answer->revision);
  heard.report.status = status_of(answer->code);
  heard.report.at = moment_of(*answer);
  heard.report.reference = answer->sales_order_id;
  heard.report.text = answer->note;
  return heard;
}

}  // namespace assent
