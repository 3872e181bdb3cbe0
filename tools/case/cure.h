// What somebody can do whose command on a case was refused. Entry: cure.
#pragma once

#include <string>

#include "assent/advance.h"

namespace assent::command {

// Of the command that was refused.
struct Attempt {
  std::string case_id;           // empty: the desk
  std::string step;              // as it was named; empty: none
  const Case* kase = nullptr;    // as it is now; null: there is none
  bool knows_people = true;      // a directory was given
};

// One sentence, without a final period; empty where the refusal says all there is.
std::string cure(RefusalCode code, const Attempt& attempt);

}  // namespace assent::command
