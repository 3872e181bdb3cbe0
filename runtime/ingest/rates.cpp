// The rates' JSON to worths. Entry: read_worths.
#include <array>

#include "runtime/ingest/ingest.h"
#include "runtime/ingest/strict.h"

namespace assent::ingest {

namespace {

constexpr std::size_t max_rates_bytes = 4u << 20;  // all 17 576 codes there can be, and room

constexpr std::array<std::string_view, 3> root_keys{"base", "date", "rates"};

class RatesReader {
 public:
  Result<Worths> read(std::string_view json);

 private:
  bool root();
  bool base();
  bool day();
  bool rates();
  bool rate(Mark key);
  void settle_base();

  StrictReader in_{ErrorCode::bad_rates, "the rate table", max_rates_bytes};
  Worths worths_;
  Currency base_ = 0;
  std::string base_text_;
  std::map<Currency, Mark> marks_;
};

bool RatesReader::root() {
  std::uint32_t given = 0;
  const bool is_object = in_.cursor->peek() == '{';
  if (!in_.object(root_keys, "the rate table", given, [&](std::size_t key) {
        return key == 0 ? base() : key == 1 ? day() : rates();
      })) {
    return false;
  }
  if (is_object && (given & 1) == 0) in_.findings.add(0, "`base` is missing");
  if (is_object && (given & 4) == 0) in_.findings.add(0, "`rates` is missing");
  return true;
}

bool RatesReader::base() {
  if (in_.cursor->peek() == '"') {
    base_text_ = in_.document.string(in_.cursor->at()).value_or("");
    base_ = currency(base_text_);
    if (base_ != 0) return in_.cursor->skip();
  }
  return in_.refuse("`base`", "a currency, three capital letters in quotes");
}

// Checked, and not kept: the host decides which table it passes.
bool RatesReader::day() {
  if (in_.cursor->peek() == '"') {
    const std::optional<std::string_view> text = in_.document.string(in_.cursor->at());
    if (text && parse_date(*text)) return in_.cursor->skip();
  }
  return in_.refuse("`date`", "a date in quotes, as `2026-11-23`");
}

bool RatesReader::rates() {
  Cursor& cursor = *in_.cursor;
  if (cursor.peek() != '{') return in_.refuse("`rates`", "an object");
  Cursor::Step step = cursor.first_key();
  while (step == Cursor::Step::member) {
    if (!rate(cursor.key()) || in_.findings.full()) return false;
    step = cursor.next_key();
  }
  return step == Cursor::Step::end;
}

bool RatesReader::rate(Mark key) {
  const Mark mark = in_.cursor->at();
  const std::string_view name = in_.document.string(key).value_or(in_.document.inside(key));
  const Currency unit = currency(name);
  if (unit == 0) {
    in_.findings.add(mark, quoted(name) + " is no currency: expected three capital letters");
    return in_.cursor->skip();
  }
  const bool is_first = marks_.emplace(unit, mark).second;
  if (!is_first) in_.findings.add(mark, "the rate of " + quoted(name) + " is given twice");
  const std::string_view written = in_.cursor->peek() == '"'
                                       ? in_.document.string(mark).value_or("")
                                       : in_.document.token(mark);
  Decimal worth;
  if (parse_decimal(written, worth) != Fault::none || sign(worth) <= 0) {
    return in_.refuse("the rate of " + quoted(name), "a number above 0 of at most 34 digits");
  }
  if (is_first) worths_.worth.emplace(unit, worth);
  return in_.cursor->skip();
}

void RatesReader::settle_base() {
  if (base_ == 0) return;
  const auto [at, is_new] = worths_.worth.emplace(base_, decimal(1));
  if (is_new || at->second == decimal(1)) return;
  in_.findings.add(marks_[base_], "the base " + quoted(base_text_) + " must be worth 1, found `" +
                                      text(at->second) + "`");
}

Result<Worths> RatesReader::read(std::string_view json) {
  if (!in_.load(json)) return std::move(in_.problems);
  const bool walked = root();
  if (walked) settle_base();
  Problems problems = in_.finish(walked);
  if (!problems.empty()) return problems;
  return std::move(worths_);
}

}  // namespace

Result<Worths> read_worths(std::string_view json) { return RatesReader().read(json); }

}  // namespace assent::ingest
