// When it is asked again.
#include <fmt/format.h>

#include "compiler/lint/linter.h"

namespace assent::compiler::lint {

void Linter::look_at_reapprovals() {
  for (const checked::Rule& rule : policy_.rules.items) {
    for (const checked::Reapproval& each : rule.reapprovals) {
      if (each.kind != plan::ReapprovalKind::when || node(each.value) == plan::none) continue;
      const std::uint32_t condition = node(each.value);
      const Span span = expr(each.value).span;
      if (never({holds(condition)}))
        report(Rule::never_asks_again, span, said(each.value) + " is never true: nobody is asked again");
      else if (never({fails(condition)}))
        report(Rule::always_asks_again, span, said(each.value) + " is always true: everybody is asked again");
      else if (!possible_->together_unchanged({fails(condition)}))
        report(Rule::unchanged_asks_again, span, said(each.value) + " is true of a quote that did not change");
    }
  }
}

}  // namespace assent::compiler::lint
