// Whether the log is what was written, and what is read from it what it says. Entry: Store::verify.
#include <map>

#include "runtime/store/impl.h"

namespace assent {

using store::Row;
using store::number;
using store::text;

namespace {

class Verifier {
 public:
  explicit Verifier(Verification& found) : found_(found) {}

  // False after the first entry that is wrong.
  bool take(const LogEntry& entry) {
    const auto wrong = [&](std::string what) {
      found_.altered = entry.position;
      found_.what = std::move(what);
      return false;
    };
    if (entry.position != found_.entries + 1) {
      found_.altered = found_.entries + 1;
      found_.what = "entry " + std::to_string(found_.altered) + " is missing";
      return false;
    }
    if (store::chained(found_.head, entry.stream, entry.event) != entry.hash)
      return wrong("the hash does not fit the entry");
    const Result<Event> event = event_from_json(entry.event);
    if (!event) return wrong("the event cannot be read: " + event.problems()[0].message);
    std::string misfit;
    if (entry.stream == store::desk) {
      misfit = apply(desk_, *event);
    } else {
      Case& kase = cases_[entry.stream];
      kase.id = entry.stream;
      misfit = apply(kase, *event);
    }
    if (!misfit.empty()) return wrong("the event does not fit its case: " + misfit);
    ++found_.entries;
    found_.head = entry.hash;
    return true;
  }

  const std::map<std::string, Case>& cases() const { return cases_; }
  void misread(std::string what) { if (found_.what.empty()) found_.what = std::move(what); }

 private:
  Verification& found_;
  std::map<std::string, Case> cases_;
  Deputies desk_;
};

}  // namespace

// All in one transaction, so that what is read belongs to the log that was checked.
Result<Verification> Store::verify() {
  return impl_->in_transaction<Verification>([&](Verification& found) {
    constexpr std::size_t page = 1'000;
    Verifier verifier(found);
    for (bool more = true; more;) {
      const std::vector<LogEntry> some = impl_->ledger.entries(std::nullopt, found.entries, page);
      for (const LogEntry& entry : some) {
        if (!verifier.take(entry)) return false;
      }
      more = some.size() == page;
    }
    std::map<std::string, std::pair<std::int64_t, std::string>> status;
    for (const Row& row : impl_->sql.rows("SELECT id, version, state FROM cases ORDER BY id"))
      status.emplace(text(row[0]), std::pair(number(row[1]), text(row[2])));
    std::map<std::string, std::string> seats, expected;
    for (const Row& row : impl_->sql.rows("SELECT case_id, step, person FROM seats ORDER BY case_id, step, person"))
      seats[text(row[0])] += text(row[1]) + "=" + text(row[2]) + "\n";
    for (const auto& [id, kase] : verifier.cases()) {
      const auto there = status.find(id);
      const bool same = there != status.end() && there->second.second == text(kase.state) &&
                        there->second.first == static_cast<std::int64_t>(kase.version);
      if (!same) verifier.misread("the list of cases does not show " + id + " as its events do");
      std::map<std::pair<std::string, std::string>, bool> waiting;
      for (const CaseStep& step : kase.steps) {
        for (const CaseSeat& seat : step.seats) {
          const bool asked = step.state == StepState::open || step.state == StepState::waiting;
          if (asked && seat.vote == Vote::none && !seat.barred) waiting[{step.key, seat.person}] = true;
        }
      }
      for (const auto& [place, asked] : waiting) expected[id] += place.first + "=" + place.second + "\n";
    }
    if (status.size() != verifier.cases().size()) verifier.misread("the list of cases has one that has no events");
    if (seats != expected) verifier.misread("the inbox does not show what the events do");
    return false;  // nothing was written
  });
}

}  // namespace assent
