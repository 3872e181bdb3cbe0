// Checked tables as text, for people and golden tests. Entry: print.
#pragma once

#include <string>

#include "compiler/sema/checked.h"

namespace assent::compiler {

std::string print(const checked::Policy& policy);

}  // namespace assent::compiler
