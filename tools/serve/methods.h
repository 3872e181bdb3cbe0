// What can be asked: the calls of assent.h by their names. Entry: methods.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/serve/desk.h"

namespace assent::command::serve {

struct Method {
  std::string_view name;
  std::vector<std::string_view> parameters;
  // Gives the result, one line of JSON. Failure, or BadInput, if there is none.
  std::string (*carry_out)(Desk& desk, const Params& params);
};
const std::vector<Method>& methods();

}  // namespace assent::command::serve
