// See deliver_json.h.
#include "tools/deliver_json.h"

#include <nlohmann/json.hpp>

#include "tools/case/text.h"
#include "tools/instant.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json letter_json(const Letter& letter) {
  return {{"case", letter.case_id},
          {"effect", Json::parse(to_json(letter.effect))},
          {"attempts", letter.attempts},
          {"error", letter.last_error},
          {"done", letter.done}};
}

}  // namespace

std::string letter_report_line(const LetterReport& report) {
  return written({{"letter", report.letter.effect.id},
                  {"case", report.letter.case_id},
                  {"what", text(report.what)},
                  {"channels", report.channels},
                  {"error", report.error.empty() ? Json() : Json(report.error)},
                  {"again", report.again == 0 ? Json() : Json(instant_json(report.again))}},
                 -1);
}

std::string letter_preview_line(const Letter& letter, const LetterPreview& preview) {
  return written({{"letter", letter.effect.id},
                  {"channel", preview.channel},
                  {"to", preview.to},
                  {"subject", preview.subject},
                  {"content", preview.content}},
                 -1);
}

std::string taken_json(const TakenAnswer& answer) {
  Json refusal;
  if (!answer.refusal.empty()) {
    refusal = {{"code", answer.refusal}, {"message", answer.message}};
  } else if (answer.response.refusal) {
    refusal = {{"code", text(answer.response.refusal->code)}, {"message", answer.response.refusal->message}};
  }
  return written({{"taken", answer.refusal.empty()},
                  {"refusal", std::move(refusal)},
                  {"case", answer.case_id},
                  {"person", answer.person},
                  {"vote", vote_in_words(answer.vote)},
                  {"comment", answer.comment},
                  {"steps", answer.steps},
                  {"version", answer.response.version},
                  {"repeated", answer.response.repeated}},
                 1);
}

std::string letters_json(std::span<const Letter> letters) {
  Json all = Json::array();
  for (const Letter& letter : letters) all.push_back(letter_json(letter));
  return written(all, 1);
}

}  // namespace assent::command
