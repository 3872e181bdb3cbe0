// Sessions: a quote that is changed again and again. Entries: the functions assent_session_*.
#include "runtime/c/handles.h"

using namespace assent;
using namespace assent::c;

namespace {

// A call of a session that is there. Where memory runs out in a change, nobody knows how far it came: the session is
// over.
template <typename Call>
assent_status of_session(assent_session* session, assent_text* answer, Call call) noexcept {
  return carry_out(
      answer,
      [&]() -> Reply {
        if (!session) return missing("session");
        if (!session->session)
          return failed(ErrorCode::bad_request, "the session is over, for memory ran out: open it again");
        return call(*session->session);
      },
      [&] { if (session) session->session.reset(); });
}

Reply decision_of(assent_session& handle, const Explanation* explanation) {
  handle.text.clear();
  append_line(handle.text, handle.session->decision(), explanation);
  return answered_from(handle.text);
}

template <typename Change>
assent_status change(assent_session* session, const char* path, std::size_t path_size, assent_text* answer,
                     Change change) noexcept {
  return of_session(session, answer, [&](Session& open) -> Reply {
    const auto place = given(path, path_size);
    if (!place) return missing("path");
    const Result<const Difference*> difference = change(open, *place);
    if (!difference) return failed(difference.problems());
    session->text.clear();
    append_line(session->text, **difference);
    return answered_from(session->text);
  });
}

}  // namespace

assent_status assent_session_open(const assent_policy* policy, const assent_limits* limits, const char* quote,
                                  size_t size, const assent_world* world, assent_session** session,
                                  assent_text* answer) {
  return make(answer, session, [&](std::unique_ptr<assent_session>& made) -> Reply {
    const auto json = given(quote, size);
    if (!policy || !json) return missing("policy, or no quote");
    const Result<Limits> known = limits_of(limits);
    if (!known) return failed(known.problems());
    const Result<World> outside = world_of(world);
    if (!outside) return failed(outside.problems());
    Result<Session> open = Session::open(policy->policy, *json, *outside, *known);
    if (!open) return failed(open.problems());
    made = std::make_unique<assent_session>(assent_session{std::move(*open), {}});
    return decision_of(*made, nullptr);
  });
}
void assent_session_free(assent_session* session) { delete session; }

assent_status assent_session_set(assent_session* session, const char* path, size_t path_size, const char* json,
                                 size_t json_size, assent_text* answer) {
  return change(session, path, path_size, answer, [&](Session& open, std::string_view place) {
    return open.set(place, given(json, json_size).value_or(""));
  });
}
assent_status assent_session_insert(assent_session* session, const char* path, size_t path_size, const char* json,
                                    size_t json_size, assent_text* answer) {
  return change(session, path, path_size, answer, [&](Session& open, std::string_view place) {
    return open.insert(place, given(json, json_size).value_or(""));
  });
}
assent_status assent_session_remove(assent_session* session, const char* path, size_t path_size, assent_text* answer) {
  return change(session, path, path_size, answer,
                [](Session& open, std::string_view place) { return open.remove(place); });
}

assent_status assent_session_decision(assent_session* session, assent_text* answer) {
  return of_session(session, answer, [&](Session&) { return decision_of(*session, nullptr); });
}
assent_status assent_session_explain(assent_session* session, assent_text* answer) {
  return of_session(session, answer, [&](Session& open) {
    const Explanation explanation = open.explain();
    return decision_of(*session, &explanation);
  });
}
