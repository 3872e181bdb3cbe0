// What must hold of a case whatever happens to it, checked from outside: by its own counting, from the case and
// the events alone, with nothing of the fold. Entry: Watcher::saw.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "assent/advance.h"

namespace assent::test {

class Watcher {
 public:
  // Looks at one command: what came of it, and the case before and after. Gives the names of what was violated.
  std::vector<std::string> saw(const Case& before, const Command& command, const World& world, const Advance& done,
                               const Case& after);

 private:
  void check(bool holds, const char* invariant) {
    if (!holds) violated_.push_back(invariant);
  }
  void terminal(const Case& kase);
  void approval(const Case& kase);
  void step(const Case& kase, const CaseStep& step);
  void votes(const Case& before, const Command& command, const World& world, const Advance& done);
  void effects(const Case& kase, const World& world, const Advance& done);
  void demands(const Case& before, const Command& command, const Case& after);

  std::vector<std::string> violated_;
};

}  // namespace assent::test
