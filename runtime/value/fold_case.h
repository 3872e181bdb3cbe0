// Texts without their case, for `ignoring case`. Entry: fold_case.
//
// Simple case folding, one code point to one, of the letters of Latin (Basic, Latin-1, Extended-A),
// Greek and Cyrillic, as in the Unicode Character Database's CaseFolding.txt, statuses C and S. No
// locale is asked: the same text folds to the same bytes on every machine.
#pragma once

#include <string>
#include <string_view>

namespace assent {

std::string fold_case(std::string_view text);

}  // namespace assent
