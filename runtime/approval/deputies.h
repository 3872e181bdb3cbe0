// Who acts for whom: delegations of the world, absences of the directory, replacements. Entries: stand_in,
// deputies_of, acts_for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assent/world.h"

namespace assent::approval {

// Who holds what was this person's: replacements followed to their end. A circle ends at the person.
std::string_view stand_in(const World& world, std::string_view person);

// Whom a request for a person's seat goes to today: those at the ends of the chains of delegates, each once,
// in byte order; the person, where there is no delegate, or where a circle leads back. `approver`: of the step,
// for delegations that are for some only. Chains are followed to max_delegation_depth.
std::vector<std::string_view> deputies_of(const World& world, std::string_view person, std::string_view approver);

// Whether somebody on those chains is `actor`; a person acts for themselves.
bool acts_for(const World& world, std::string_view actor, std::string_view person, std::string_view approver);

// Whether the directory knows the person as active.
bool is_active(const World& world, std::string_view person);
bool has_role(const World& world, std::string_view person, std::string_view role);

}  // namespace assent::approval
