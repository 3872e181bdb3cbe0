// See policy_names.h.
#include "tools/page/policy_names.h"

#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::size_t mentioned_cells = 100;

std::string mentioned(const std::string& name, const std::string& title) {
  return shortened(printable(title.empty() ? name_in_words(name) : title), mentioned_cells);
}

}  // namespace

std::string name_in_words(std::string_view name) {
  return name.find('"') == name.npos ? words_of(name) : std::string(name);
}

std::string rule_id(std::size_t index) { return "rule-" + std::to_string(index + 1); }
std::string approver_id(std::size_t index) { return "approver-" + std::to_string(index + 1); }

PolicyNames::PolicyNames(const Outline& outline) : outline_(outline) {
  for (const RuleOutline& each : outline.rules) {
    rules_.try_emplace(each.name, rule_titles_.size());
    rule_titles_.push_back(mentioned(each.name, each.title));
  }
  for (const ApproverOutline& each : outline.approvers) {
    approvers_.try_emplace(each.name, approver_titles_.size());
    approver_titles_.push_back(mentioned(each.name, each.title));
  }
}

Span PolicyNames::rule(std::size_t index) const {
  return {rule_titles_[index], Span::Look::plain, rule_id(index)};
}

Span PolicyNames::rule(const std::string& name) const {
  const auto found = rules_.find(name);
  return found == rules_.end() ? Span{mentioned(name, {}), Span::Look::plain, {}} : rule(found->second);
}

Span PolicyNames::approver(const std::string& name) const {
  const auto found = approvers_.find(name);
  if (found == approvers_.end()) return {mentioned(name, {}), Span::Look::plain, {}};
  return {approver_titles_[found->second], Span::Look::plain, approver_id(found->second)};
}

Span PolicyNames::of(const ReaderOutline& reader) const {
  switch (reader.kind) {
    case ReaderOutline::Kind::rule: return rule(reader.index);
    case ReaderOutline::Kind::fact:
      return {"the fact " + words_of(outline_.facts[reader.index].name), Span::Look::plain, "facts"};
    case ReaderOutline::Kind::approver: return approver(outline_.approvers[reader.index].name);
    case ReaderOutline::Kind::orders: return {"the orders", Span::Look::plain, "orders"};
    case ReaderOutline::Kind::votes: return {"who may vote", Span::Look::plain, "approvers"};
    case ReaderOutline::Kind::otherwise: return {"when no rule asks anybody", Span::Look::plain, "otherwise"};
  }
  return {};
}

Span PolicyNames::of(OrderingOutline::Kind kind, const std::string& name) const {
  switch (kind) {
    case OrderingOutline::Kind::rule: return rule(name);
    case OrderingOutline::Kind::approver: return approver(name);
    case OrderingOutline::Kind::chain: return {mentioned(name, {}), Span::Look::plain, "chains"};
  }
  return {};
}

}  // namespace assent::command
