// A whole policy, before any quote, as boxes and arrows. Entry: picture_of.
#pragma once

#include "assent/outline.h"
#include "tools/picture.h"

namespace assent::command {

// Each rule with its condition, the steps that it may demand, and what it may say. A step that is
// demanded for several reasons stands at each of them: one box would seem to lead on to what only
// one of them demands. A part that may be left out has its condition on the arrow to it.
Picture picture_of(const Outline& outline);

}  // namespace assent::command
