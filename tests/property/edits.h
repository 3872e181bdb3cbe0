// Texts to try what reads source on: all sources of this project, and small changes of a text.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/property/random.h"

namespace assent::generate {

std::vector<std::string> sources_of_the_project();  // in the order of their names

// Generated policies, each with the random numbers that go on after it. So many, unless the environment says otherwise:
//   ASSENT_PROPERTY_ROUNDS=10000    how many
//   ASSENT_PROPERTY_SEED=17         the first one's seed; a failure prints that of its own
void each_generated_policy(std::uint64_t rounds,
                           const std::function<void(const std::string& source, Random& random)>& take);

// One small change, of bytes or of words, as a person or an accident makes it.
std::string edited(std::string text, Random& random);

}  // namespace assent::generate
