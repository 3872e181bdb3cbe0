// The answers of `assent deliver` as JSON, for programs: fixed keys in a fixed order. Entries: the functions below.
#pragma once

#include <span>
#include <string>

#include "assent/courier.h"

namespace assent::command {

// One line for each letter, as `send` and `preview` come to it.
std::string letter_report_line(const LetterReport& report);
std::string letter_preview_line(const Letter& letter, const LetterPreview& preview);

std::string taken_json(const TakenAnswer& answer);
std::string letters_json(std::span<const Letter> letters);

}  // namespace assent::command
