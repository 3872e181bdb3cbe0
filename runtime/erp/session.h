// A conversation with one database of a Tryton server. Entry: Session.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "runtime/erp/messages.h"
#include "runtime/erp/tryton.h"

namespace assent::erp {

// Logs in at the first call, and again where the server has forgotten the session: after some minutes without a call,
// by its settings. One thread at a time.
class Session {  // invariant: authorization_ is of a session that the server has given, or empty
 public:
  explicit Session(const TrytonServer& server) : server_(server) {}

  // The answer to a request, once there is a session. `request` makes the body from the user's context, and `reader`
  // reads what is answered. An answer that never came is `broken`: the request may have been carried out.
  template <typename T, typename Request>
  Answer<T> call(Request request, Answer<T> (*reader)(std::string_view)) {
    for (const bool is_last : {false, true}) {
      if (authorization_.empty()) {
        if (Answer<Nothing> entered = enter(); !entered.value) return {std::nullopt, entered.failure, entered.words};
      }
      Posted posted = post(request(context_));
      if (posted.code == unauthorized && !is_last) {  // it was not carried out
        authorization_.clear();
        continue;
      }
      if (!posted.error.empty()) return {std::nullopt, Failure::broken, std::move(posted.error)};
      return reader(posted.body);
    }
    return {};
  }

 private:
  static constexpr int unauthorized = 401;

  struct Posted {
    int code = 0;
    std::string body;
    std::string error;  // "" for a whole answer with status 200
  };

  Posted post(const std::string& body) const;
  Answer<Nothing> enter();

  const TrytonServer& server_;  // outlives this
  std::string authorization_;
  Context context_;
};

}  // namespace assent::erp
