// What the rules and approvers of a policy are called on its page, and where they stand there. Entry: PolicyNames.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tools/page/page.h"

namespace assent::command {

// "rep manager" of `rep_manager`; what is no name but `person "a_b"` stays as it is.
std::string name_in_words(std::string_view name);

// By title, else by name as words; a long title is cut where it is only mentioned. Borrows the outline.
class PolicyNames {
 public:
  explicit PolicyNames(const Outline& outline);

  Span rule(std::size_t index) const;
  Span rule(const std::string& name) const;
  Span approver(const std::string& name) const;
  Span of(const ReaderOutline& reader) const;
  Span of(OrderingOutline::Kind kind, const std::string& name) const;

 private:
  const Outline& outline_;
  std::unordered_map<std::string_view, std::size_t> rules_, approvers_;  // by name
  std::vector<std::string> rule_titles_, approver_titles_;               // as they are mentioned
};

// Ids on the page.
std::string rule_id(std::size_t index);
std::string approver_id(std::size_t index);

}  // namespace assent::command
