// The path of a decision as boxes and arrows. Entry: picture_of.
#pragma once

#include "assent/decision.h"
#include "tools/picture.h"

namespace assent::command {

// The quote, its steps, and what comes of them; those of a denied or blocked quote lead nowhere.
Picture picture_of(const Decision& decision);

}  // namespace assent::command
