// A whole policy, before any quote, for people: what each rule may demand. Entries: outline_text,
// steps_of.
#pragma once

#include <string>
#include <vector>

#include "assent/outline.h"
#include "tools/places.h"
#include "tools/terminal.h"

namespace assent::command {

std::string outline_text(const Outline& outline, const Places& places, const Style& style);

// Every step of a path.
void steps_of(const PathOutline& path, std::vector<const PathOutline*>& steps);

}  // namespace assent::command
