// See decision.h.
#include "tools/page/decision.h"

#include <utility>

#include "tools/decision_text.h"
#include "tools/path_tree.h"
#include "tools/seat_text.h"
#include "tools/test_run.h"

namespace assent::command {

namespace {

PathOutline outline_of(const PathTree& tree, const PathGraph& graph) {
  PathOutline made;
  switch (tree.kind) {
    case PathTree::Kind::step: made.approver = graph.names[tree.step]; return made;
    case PathTree::Kind::series: made.kind = PathOutline::Kind::series; break;
    case PathTree::Kind::parallel:
    case PathTree::Kind::woven: made.kind = PathOutline::Kind::parallel; break;
  }
  for (const PathTree& part : tree.parts) made.parts.push_back(outline_of(part, graph));
  return made;
}

}  // namespace

Page decision_page(std::string title, const Decision& decision) {
  Page page;
  page.title = std::move(title);
  page.add(Paragraph{answer_in_words(decision)});
  if (decision.steps.empty()) return page;
  const PathGraph graph = path_graph(decision);
  const PathTree tree = path_tree(graph);
  // What is woven has no picture of its own: the table tells what waits for what.
  if (!has_woven(tree) && graph.size() <= max_picture_steps)
    page.add(PathPicture{"The path", algebra(tree, graph), outline_of(tree, graph)});
  PageTable table{"Who is asked", {"approver", "who", "after", "because of"}, {}};
  const Names names(decision);
  for (std::size_t i = 0; i < decision.steps.size(); ++i) {
    const Step& step = decision.steps[i];
    Words after;
    for (const std::uint32_t before : step.after)
      after.add(Span{(after.empty() ? "" : ", ") + graph.names[before], Span::Look::plain, {}});
    table.rows.push_back({named(std::string(step.approver)), seats_in_words(step, names), std::move(after),
                          because_text(decision, step)});
  }
  page.add(std::move(table));
  return page;
}

}  // namespace assent::command
