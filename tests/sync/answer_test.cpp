// What an answer says of an order, from UBL and from JSON; what is none of ours.
#include <catch2/catch.hpp>

#include <string>

#include "assent/sync.h"
#include "tests/documents/answers.h"

namespace {

using namespace assent;

std::string with(std::string text, std::string_view old, const std::string& fresh) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + fresh.size()))
    text.replace(at, old.size(), fresh);
  return text;
}

// The id of the order that is answered is written in one place alone.
std::string to(const std::string& order, const std::string& answer) {
  return with(answer, ">O-1<", ">" + order + "<");
}

std::string said(const Result<Heard>& heard) {
  if (!heard) return heard.problems()[0].message;
  const OrderReport& report = heard->report;
  return heard->case_id + ' ' + report.order + ' ' + std::to_string(report.revision) + ' ' +
         std::string(text(report.status)) + (report.reference.empty() ? "" : " as " + report.reference);
}

}  // namespace

TEST_CASE("an answer in UBL names the case, the order and what became of it", "[sync]") {
  CHECK(said(heard_from_ubl(to("Q-710/8c1f", response("AB")))).starts_with("Q-710 8c1f 1 received"));
  CHECK(said(heard_from_ubl(to("Q-710/8c1f", response("AP")))).starts_with("Q-710 8c1f 1 accepted"));
  CHECK(said(heard_from_ubl(to("Q-710/8c1f", response("RE")))).starts_with("Q-710 8c1f 1 rejected"));
  const std::string line = response_line("1", "1", "3", quantity("2"));
  CHECK(said(heard_from_ubl(to("Q-710/8c1f", response("CA", line)))).starts_with("Q-710 8c1f 1 changed"));
  CHECK(said(heard_from_ubl(to("Q/7/8c1f", simple_response("true")))).starts_with("Q/7 8c1f 1 accepted"));
  const auto heard = heard_from_ubl(to("Q-710/8c1f", simple_response("true")));
  REQUIRE(heard);
  CHECK(heard->report.at == std::int64_t{1'772'668'800'000});  // 2026-03-05, midnight in UTC
}

TEST_CASE("an answer to what is none of ours is refused", "[sync]") {
  CHECK(said(heard_from_ubl(response("AP"))) == "it answers `O-1`, which is no id of ours: CASE/KEY");
  CHECK(said(heard_from_ubl(to("/8c1f", response("AP")))) == "it answers `/8c1f`, which is no id of ours: CASE/KEY");
  CHECK(said(heard_from_ubl(to("Q-710/", response("AP")))) == "it answers `Q-710/`, which is no id of ours: CASE/KEY");
  CHECK_FALSE(heard_from_ubl("<Order/>"));
  CHECK_FALSE(heard_from_ubl(""));
}

TEST_CASE("a report in JSON is read strictly", "[sync]") {
  const std::string good = R"({"case": "Q-1", "report": {"order": "8c1f", "revision": 2, "status": "shipped",
    "at": "2026-03-04T16:30:00Z", "reference": "SO-17", "text": "by lorry"}})";
  CHECK(said(heard_from_json(good)) == "Q-1 8c1f 2 shipped as SO-17");
  CHECK(said(heard_from_json(with(good, R"("Q-1")", R"("")"))) == "a report needs `case`, that it is of");
  CHECK(said(heard_from_json(with(good, "8c1f", ""))) == "a report needs `order`, its key");
  CHECK(said(heard_from_json(with(good, "shipped", "sent"))) == "a report needs `status`, what became of the order");
  CHECK_FALSE(heard_from_json(with(good, "shipped", "lost")));
  CHECK_FALSE(heard_from_json(with(good, "text", "words")));
  CHECK_FALSE(heard_from_json(with(good, "2026-03-04T16:30:00Z", "yesterday")));
  CHECK_FALSE(heard_from_json(R"({"case": "Q-1"})"));
  CHECK_FALSE(heard_from_json(R"([])"));
}
