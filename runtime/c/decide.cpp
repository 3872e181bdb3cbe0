// Policies, people, rates, evaluators and their decisions. Entries: the functions of assent.h under "the world",
// "policies" and "decisions".
#include <utility>

#include "assent/outline.h"
#include "runtime/c/handles.h"
#include "runtime/json/json_writer.h"

namespace assent::c {

namespace {

// A handle that is read from a text: `read` gives a Result of what the handle holds.
template <typename Handle, typename Read>
assent_status read_handle(const char* text, std::size_t size, Handle** place, assent_text* answer,
                          std::string_view what, Read read) noexcept {
  return make(answer, place, [&](std::unique_ptr<Handle>& made) -> Reply {
    const auto bytes = given(text, size);
    if (!bytes) return missing(what);
    auto result = read(*bytes);
    if (!result) return failed(result.problems());
    made = std::make_unique<Handle>(Handle{std::move(*result)});
    return answered("{}");
  });
}

}  // namespace

Evaluator& ready(assent_evaluator& handle) {
  handle.decision = nullptr;
  if (!handle.evaluator) handle.evaluator.emplace(handle.policy, handle.limits);
  return *handle.evaluator;
}

}  // namespace assent::c

using namespace assent;
using namespace assent::c;

assent_status assent_directory_read(const char* json, size_t size, assent_directory** directory, assent_text* answer) {
  return read_handle(json, size, directory, answer, "directory", Directory::from_json);
}
void assent_directory_free(assent_directory* directory) { delete directory; }

assent_status assent_rates_read(const char* json, size_t size, assent_rates** rates, assent_text* answer) {
  return read_handle(json, size, rates, answer, "rates", Rates::from_json);
}
void assent_rates_free(assent_rates* rates) { delete rates; }

assent_status assent_deputies_read(const char* json, size_t size, assent_deputies** deputies, assent_text* answer) {
  return read_handle(json, size, deputies, answer, "deputies", [](std::string_view text) {
    using Shared = std::shared_ptr<const Deputies>;
    Result<Deputies> read = deputies_from_json(text);
    return read ? Result<Shared>(std::make_shared<const Deputies>(std::move(*read))) : Result<Shared>(read.problems());
  });
}
void assent_deputies_free(assent_deputies* deputies) { delete deputies; }

assent_status assent_policy_load(const char* artifact, size_t size, assent_policy** policy, assent_text* answer) {
  return read_handle(artifact, size, policy, answer, "artifact", Policy::load);
}
void assent_policy_free(assent_policy* policy) { delete policy; }

assent_status assent_policy_about(const assent_policy* policy, assent_text* answer) {
  return carry_out(answer, [&]() -> Reply {
    if (!policy) return missing("policy");
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    json.member("policy", policy->policy.name());
    json.text_if("title", policy->policy.title());
    json.member("policy_hash", policy->policy.hash());
    json.end_object();
    return answered(std::move(text));
  });
}

assent_status assent_policy_schema(const assent_policy* policy, assent_text* answer) {
  return carry_out(answer, [&]() -> Reply {
    if (!policy) return missing("policy");
    std::string line;
    append_schema_line(line, policy->policy);
    return answered(std::move(line));
  });
}

assent_status assent_evaluator_new(const assent_policy* policy, const assent_limits* limits,
                                   assent_evaluator** evaluator, assent_text* answer) {
  return make(answer, evaluator, [&](std::unique_ptr<assent_evaluator>& made) -> Reply {
    if (!policy) return missing("policy");
    const Result<Limits> known = limits_of(limits);
    if (!known) return failed(known.problems());
    made = std::make_unique<assent_evaluator>(assent_evaluator{policy->policy, *known, {}, nullptr, {}});
    ready(*made);
    return answered("{}");
  });
}
void assent_evaluator_free(assent_evaluator* evaluator) { delete evaluator; }

assent_status assent_decide(assent_evaluator* evaluator, const char* quote, size_t size, const assent_world* world,
                            assent_text* answer) {
  return of_quote(evaluator, quote, size, world, answer,
                  [&](Evaluator& ready, std::string_view json, const World& outside) -> Reply {
                    const Result<const Decision*> decision = ready.decide(json, outside);
                    if (!decision) return failed(decision.problems());
                    evaluator->decision = *decision;
                    evaluator->text.clear();
                    append_line(evaluator->text, **decision);
                    return answered_from(evaluator->text);
                  });
}

assent_status assent_explain(assent_evaluator* evaluator, assent_text* answer) {
  return carry_out(
      answer,
      [&]() -> Reply {
        if (!evaluator) return missing("evaluator");
        if (!evaluator->decision)
          return failed(ErrorCode::bad_request, "there is no decision to explain: decide first");
        const Explanation explanation = evaluator->evaluator->explain();
        evaluator->text.clear();
        append_line(evaluator->text, *evaluator->decision, &explanation);
        return answered_from(evaluator->text);
      },
      [&] { lose(evaluator); });
}

assent_status assent_fact(assent_evaluator* evaluator, const char* name, size_t size, assent_text* answer) {
  return carry_out(
      answer,
      [&]() -> Reply {
        const auto wanted = given(name, size);
        if (!evaluator || !wanted) return missing("evaluator, or no name");
        if (!evaluator->decision) return failed(ErrorCode::bad_request, "there is no decision yet: decide first");
        std::string text;
        JsonWriter json(text);
        json.begin_object();
        json.member("fact", *wanted);
        if (const auto value = evaluator->evaluator->fact(*wanted)) json.member("value", *value);
        json.end_object();
        return answered(std::move(text));
      },
      [&] { lose(evaluator); });
}
