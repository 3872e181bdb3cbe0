// A policy as a page for whoever has to know what it does and does not program. Entry: policy_page.
#pragma once

#include <string>
#include <string_view>

#include "tools/page/page.h"
#include "tools/page/policy_names.h"
#include "tools/page/policy_order.h"

namespace assent::command {

// The outline must be spoken.
Page policy_page(const Outline& outline, std::string_view hash);

// Its parts: policy_approvers.cpp, policy_reads.cpp, policy_orders.cpp. Each adds nothing if there is
// nothing to say.
void add_approvers(Page& page, const Outline& outline, const PolicyNames& names, const PolicyOrder& order);
void add_reads(Page& page, const Outline& outline, const PolicyNames& names);
void add_orders(Page& page, const Outline& outline);

// "more than 100 USD, up to 500 USD"; of a band without bounds, which were decided when the policy was compiled, as the
// policy writes it.
std::string band_words(const ConsequenceOutline& band);
std::string from_words(const ConsequenceOutline& band);  // empty where it is open
std::string to_words(const ConsequenceOutline& band);

// "policy.assent:19", as the artifact has it: the page is the same wherever the policy lies.
Words place_of(const Location& location);

}  // namespace assent::command
