// Where something stands in a policy, as an editor or a terminal can open it. Entry: Places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assent/compile.h"
#include "assent/decision.h"

namespace assent::command {

// A policy is compiled under names that do not depend on where its folder is, so that the artifact
// does not either; `folder` ("policies/", or empty) is put in front again where names are shown.
struct Places {
  std::string folder;
  std::vector<Source> sources;  // none if the policy came as an artifact

  // "policies/desk.assent"; a module of the library keeps its name.
  std::string file(std::string_view name) const;
  // "policies/desk.assent:17", "no place" for none.
  std::string line(const Location& at) const;
  // The line of source there, without blanks around it; empty if the source is not at hand.
  std::string excerpt(const Location& at) const;

  // The same for what the compiler gives.
  void show(Place& place) const { place.file = file(place.file); }
  void show(Diagnostic& diagnostic) const;
  void show(CompileResult& result) const;
};

}  // namespace assent::command
