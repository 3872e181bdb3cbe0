// Cases, and the orders of a quote with or without one. Entries: the functions assent_case_*, assent_orders,
// assent_replan, assent_fulfilment.
#include <algorithm>

#include "assent/fulfilment.h"
#include "assent/orders.h"
#include "runtime/c/handles.h"
#include "runtime/value/utf8.h"

using namespace assent;
using namespace assent::c;

namespace {

// A call that moves a case: `call` moves the copy that it is given, and says whether it stays. Nothing is kept of one
// whose answer could not be given.
template <typename Call>
assent_status move(assent_case* kase, assent_evaluator* evaluator, assent_text* answer, Call call) noexcept {
  std::optional<Case> next;
  const assent_status status = carry_out(
      answer,
      [&]() -> Reply {
        if (!kase) return missing("case");
        next = kase->kase;
        return call(*next);
      },
      [&] { lose(evaluator); });
  if (status == ASSENT_OK) kase->kase = std::move(*next);
  return status;
}

}  // namespace

assent_status assent_case_new(const char* id, size_t size, assent_case** kase, assent_text* answer) {
  return make(answer, kase, [&](std::unique_ptr<assent_case>& made) -> Reply {
    const auto name = given(id, size);
    if (!name) return missing("id");
    if (name->empty() || name->size() > max_id_bytes || !is_utf8(*name) || name->find('\0') != name->npos)
      return failed(ErrorCode::bad_request,
                    "the id of a case is a text of 1 to " + std::to_string(max_id_bytes) + " bytes");
    made = std::make_unique<assent_case>();
    made->kase.id = *name;
    return answered("{}");
  });
}
void assent_case_free(assent_case* kase) { delete kase; }

assent_status assent_case_apply(assent_case* kase, const char* events, size_t size, assent_text* answer) {
  return move(kase, nullptr, answer, [&](Case& next) -> Reply {
    const auto json = given(events, size);
    if (!json) return missing("events");
    for (std::size_t begin = 0; begin < json->size();) {
      const std::size_t end = std::min(json->find('\n', begin), json->size());
      const std::string_view line = json->substr(begin, end - begin);
      begin = end + 1;
      if (line.find_first_not_of(" \r\t") == line.npos) continue;
      const Result<Event> event = event_from_json(line);
      if (!event) return failed(event.problems());
      const std::string before = "after version " + std::to_string(next.version) + ": ";
      if (const std::string wrong = apply(next, *event); !wrong.empty())
        return failed(ErrorCode::bad_event, before + wrong);
    }
    return answered("{\"version\":" + std::to_string(next.version) + "}");
  });
}

assent_status assent_case_advance(assent_case* kase, assent_evaluator* evaluator, const char* command, size_t size,
                                  const assent_world* world, assent_text* answer) {
  return move(kase, evaluator, answer, [&](Case& next) -> Reply {
    const auto json = given(command, size);
    if (!evaluator || !json) return missing("evaluator, or no command");
    const Result<World> outside = world_of(world);
    if (!outside) return failed(outside.problems());
    const Result<GivenCommand> read = command_from_json(*json);
    if (!read) return failed(read.problems());
    Advance done;
    advance(ready(*evaluator), next, read->command, *outside, done);
    return answered(to_json(done, next.version));
  });
}

assent_status assent_case_json(const assent_case* kase, assent_text* answer) {
  return carry_out(answer, [&]() -> Reply {
    if (!kase) return missing("case");
    return answered(to_json(kase->kase));
  });
}
uint64_t assent_case_version(const assent_case* kase) { return kase ? kase->kase.version : 0; }
int64_t assent_case_next_due(const assent_case* kase) { return kase ? next_due(kase->kase) : 0; }

namespace {

Result<OrderPlan> planned(Evaluator& evaluator, const assent_case* kase, std::string_view quote, const World& world) {
  return kase ? plan_orders(evaluator, kase->kase, quote, world) : plan_orders(evaluator, quote, world);
}

template <typename Records>
Reply written(const Result<Records>& records) {
  if (!records) return failed(records.problems());
  std::string line;
  append_line(line, *records);
  return answered(std::move(line));
}

}  // namespace

assent_status assent_orders(assent_evaluator* evaluator, const assent_case* kase, const char* quote, size_t size,
                            const assent_world* world, assent_text* answer) {
  return of_quote(evaluator, quote, size, world, answer,
                  [&](Evaluator& ready, std::string_view json, const World& outside) {
                    return written(planned(ready, kase, json, outside));
                  });
}

assent_status assent_replan(assent_evaluator* evaluator, const assent_case* kase, const char* quote, size_t size,
                            const char* change, size_t change_size, const assent_world* world, assent_text* answer) {
  return of_quote(
      evaluator, quote, size, world, answer,
      [&](Evaluator& ready, std::string_view json, const World& outside) -> Reply {
        const auto wanted = given(change, change_size);
        if (!kase || !wanted) return missing("case, or no change");
        const Result<OrderChange> read = order_change_from_json(*wanted);
        if (!read) return failed(read.problems());
        const Result<Replanned> replanned = replan(ready, kase->kase, json, *read, outside);
        if (!replanned) return failed(replanned.problems());
        return answered(to_json(*replanned));
      });
}

assent_status assent_fulfilment(assent_evaluator* evaluator, const assent_case* kase, const char* quote, size_t size,
                                const assent_world* world, int32_t kind, assent_text* answer) {
  return of_quote(evaluator, quote, size, world, answer,
                  [&](Evaluator& ready, std::string_view json, const World& outside) -> Reply {
                    const Result<OrderPlan> plan = planned(ready, kase, json, outside);
                    if (!plan) return failed(plan.problems());
                    switch (kind) {
                      case ASSENT_CONTRACTS: return written(contracts(*plan));
                      case ASSENT_ASSETS: return written(assets(*plan));
                      case ASSENT_ENTITLEMENTS: return written(entitlements(*plan));
                      case ASSENT_REVENUE: return written(revenue(*plan));
                    }
                    return failed(ErrorCode::bad_request, "there is no fulfilment of kind " + std::to_string(kind));
                  });
}
