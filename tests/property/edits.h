// Texts to try what reads source on: all sources of this project, and small changes of a text.
#pragma once

#include <string>
#include <vector>

#include "tests/property/random.h"

namespace assent::generate {

std::vector<std::string> sources_of_the_project();  // in the order of their names

// One small change, of bytes or of words, as a person or an accident makes it.
std::string edited(std::string text, Random& random);

}  // namespace assent::generate
