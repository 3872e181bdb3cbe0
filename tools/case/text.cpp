// See text.h. Steps go by their keys, as in every message of the runtime.
#include "tools/case/text.h"

#include <algorithm>

#include "tools/case/step_text.h"
#include "tools/instant.h"
#include "tools/path_graph.h"
#include "tools/path_tree.h"
#include "tools/text.h"

namespace assent::command {

namespace {

std::string section(const Style& style, std::string_view title) { return '\n' + style.bold(title) + '\n'; }

// Below what it belongs to, broken at the width of the page.
std::string paragraph(const CaseReading& r, std::string_view words, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string text;
  for (const std::string& line : wrap(printable(words), r.style.width - indent)) text += margin + line + '\n';
  return text;
}

std::size_t steps_done(const Case& kase) {
  return static_cast<std::size_t>(std::count_if(kase.steps.begin(), kase.steps.end(), [](const CaseStep& step) {
    return step.state == StepState::satisfied || step.state == StepState::skipped;
  }));
}

std::vector<std::string> everybody_waited_for(const Case& kase) {
  std::vector<std::string> people;
  for (const CaseStep& step : kase.steps) {
    if (step.state != StepState::open) continue;
    for (std::string& person : waited_for(step)) {
      if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(std::move(person));
    }
  }
  return people;
}

// Where the case comes from; the hashes are whole, to be given back with a vote or looked up.
std::string origin(const CaseReading& r) {
  const Case& kase = r.kase;
  if (kase.submission == 0) return {};
  std::string text = "submitted by " + printable(kase.submitter) + ", " + instant_text(kase.submitted_at, r.utc_offset);
  if (!kase.owner.empty() && kase.owner != kase.submitter) text += ", for " + printable(kase.owner);
  if (kase.submission > 1) text += "; decided anew " + counted(kase.submission - 1, "time");
  if (!kase.editors.empty()) {
    std::vector<std::string> editors;
    for (const std::string& editor : kase.editors) editors.push_back(printable(editor));
    text += "; also edited by " + listed(editors);
  }
  text += "\nversion " + std::to_string(kase.version) + "\nquote   " + printable(kase.quote_hash) + "\npolicy  " +
          printable(kase.policy_hash) + ' ' + printable(kase.policy);
  std::string dim;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    dim += r.style.dim(text.substr(at, end - at)) + '\n';
    at = end + 1;
  }
  return dim;
}

std::string path(const CaseReading& r) {
  if (r.kase.steps.empty()) return {};
  PathGraph graph;
  for (const CaseStep& step : r.kase.steps) {
    graph.names.push_back(step.key);
    graph.after.push_back(step.after);
  }
  const StepLines lines = [&](std::uint32_t id, std::size_t width) {
    return case_step_lines(r, r.kase.steps[id], width);
  };
  std::string text = section(r.style, "Path");
  for (const std::string& line : draw(path_tree(graph), graph, lines, r.style.width - 2)) text += "  " + line + '\n';
  return text;
}

// Numbered from 1, as `assent case answer` takes them.
std::string questions(const CaseReading& r) {
  if (r.kase.questions.empty()) return {};
  std::string text = section(r.style, "Questions");
  std::size_t number = 0;
  for (const Question& each : r.kase.questions) {
    text += "  " + std::to_string(++number) + ". " + printable(each.by) + " asks " + printable(each.to) + " about " +
            printable(each.step) + ", " + instant_text(each.asked_at, r.utc_offset) + '\n';
    text += paragraph(r, each.text, 5);
    if (each.answered_at == 0) {
      text += "     " + r.style.yellow("not answered yet") + '\n';
      continue;
    }
    text += "     " + printable(each.answered_by) + " answers, " + instant_text(each.answered_at, r.utc_offset) + '\n';
    text += paragraph(r, each.answer, 5);
  }
  return text;
}

std::string remarks(const CaseReading& r) {
  if (r.kase.comments.empty()) return {};
  std::string text = section(r.style, "Comments");
  for (const Comment& each : r.kase.comments) {
    text += "  " + printable(each.by) + ", " + instant_text(each.at, r.utc_offset) + '\n';
    text += paragraph(r, each.text, 5);
  }
  return text;
}

}  // namespace

std::string state_in_words(State state, const Style& style) {
  const std::string bold = style.bold(text(state));
  switch (state) {
    case State::approved: return style.green(bold);
    case State::rejected: return style.red(bold);
    case State::pending: return style.yellow(bold);
    case State::draft:
    case State::recalled:
    case State::expired: return bold;
  }
  return {};
}

std::vector<std::string> waited_for(const CaseStep& step) {
  std::vector<std::string> people;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote == Vote::none && !seat.barred) people.push_back(printable(seat.person));
  }
  return people;
}

std::string_view vote_in_words(Vote vote) {
  switch (vote) {
    case Vote::none: return "has not voted";
    case Vote::approve: return "approved";
    case Vote::reject: return "rejected";
    case Vote::abstain: return "abstained";
  }
  return {};
}

std::string headline(const Case& kase, const Style& style) {
  std::string text = style.bold(printable(kase.id)) + " is " + state_in_words(kase.state, style);
  if (kase.state == State::draft) return text + ": it was never submitted";
  if (kase.state != State::pending) return kase.why.empty() ? text : text + ": " + printable(kase.why);
  const std::size_t done = steps_done(kase), all = kase.steps.size();
  text += ": " + std::to_string(done) + " of " + counted(all, "step") + (done == 1 || all == 1 ? " is" : " are") +
          " done";
  const std::vector<std::string> people = everybody_waited_for(kase);
  return text + (people.empty() ? ", and nobody is left to answer" : ", waits for " + listed(people));
}

std::string case_text(const CaseReading& r) {
  return headline(r.kase, r.style) + '\n' + origin(r) + path(r) + questions(r) + remarks(r);
}

}  // namespace assent::command
