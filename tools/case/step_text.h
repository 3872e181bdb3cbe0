// One step of a case for people: where it stands, who has answered, who is waited for, what happens when nobody
// does. Entry: case_step_lines.
#pragma once

#include <string>
#include <vector>

#include "tools/case/text.h"

namespace assent::command {

// At most `width` cells each; the first line names the step.
std::vector<std::string> case_step_lines(const CaseReading& reading, const CaseStep& step, std::size_t width);

}  // namespace assent::command
