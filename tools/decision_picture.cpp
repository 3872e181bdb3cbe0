// See decision_picture.h.
#include "tools/decision_picture.h"

#include "tools/path_graph.h"
#include "tools/seat_text.h"

namespace assent::command {

namespace {

Look look_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::auto_approved: return Look::approved;
    case Outcome::needs_approval: return Look::asked;
    case Outcome::denied: return Look::denied;
    case Outcome::blocked: return Look::denied;
  }
  return Look::denied;
}

std::string answer_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::auto_approved: return "approved automatically";
    case Outcome::needs_approval: return "approved";
    case Outcome::denied: return "denied";
    case Outcome::blocked: return "blocked";
  }
  return {};
}

std::string step_id(std::size_t step) { return "step" + std::to_string(step); }

Box step_box(const Decision& d, const Names& people, const std::string& name, std::size_t id) {
  const Step& step = d.steps[id];
  Box box{step_id(id), {name}, Look::step};
  if (!step.title.empty()) Picture::add_wrapped(box.lines, step.title);
  Picture::add_wrapped(box.lines, seats_in_words(step, people));
  for (const Trouble& trouble : d.troubles) {
    if (trouble.step != step.key) continue;
    box.look = Look::blocked;
    Picture::add_wrapped(box.lines, trouble.message);
  }
  return box;
}

Box answer_box(const Decision& d) {
  Box box{"answer", {answer_of(d.outcome)}, look_of(d.outcome)};
  if (!d.otherwise.empty()) Picture::add_wrapped(box.lines, d.otherwise);
  for (const Message& denial : d.denials) Picture::add_wrapped(box.lines, denial.text);
  for (const Trouble& trouble : d.troubles) {
    if (trouble.step.empty()) Picture::add_wrapped(box.lines, trouble.message);
  }
  return box;
}

}  // namespace

Picture picture_of(const Decision& d) {
  Picture all;
  const Names people(d);
  const std::vector<std::string> names = step_names(d);
  all.boxes.push_back({"quote", {"quote", std::string(d.policy)}, look_of(d.outcome)});
  std::vector<bool> last(d.steps.size(), true);
  for (std::size_t i = 0; i < d.steps.size(); ++i) {
    all.boxes.push_back(step_box(d, people, names[i], i));
    if (d.steps[i].after.empty()) all.arrows.push_back({"quote", step_id(i), {}, false});
    for (const std::uint32_t before : d.steps[i].after) {
      last[before] = false;
      all.arrows.push_back({step_id(before), step_id(i), {}, false});
    }
  }
  all.boxes.push_back(answer_box(d));
  const bool goes_on = d.outcome == Outcome::needs_approval;
  if (!goes_on || d.steps.empty()) all.arrows.push_back({"quote", "answer", {}, false});
  for (std::size_t i = 0; goes_on && i < last.size(); ++i) {
    if (last[i]) all.arrows.push_back({step_id(i), "answer", {}, false});
  }
  return all;
}

}  // namespace assent::command
