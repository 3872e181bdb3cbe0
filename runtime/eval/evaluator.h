// What a Policy and an Evaluator hold. Internal; see assent/policy.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "assent/policy.h"
#include "runtime/eval/bases.h"
#include "runtime/eval/index.h"
#include "runtime/eval/machine.h"
#include "runtime/eval/path.h"
#include "runtime/eval/row_verdicts.h"
#include "runtime/eval/step_list.h"
#include "runtime/ingest/ingest.h"

namespace assent::eval {

struct LoadedPolicy {  // immutable once made; shared by evaluators
  plan::Plan plan;
  plan::NodeFacts facts;
  std::unique_ptr<const RuleIndex> index;
  std::vector<std::uint32_t> only_step;  // of each rule that always demands just this one when it fires; else none
  std::string hash;                      // 64 hexadecimal digits
  std::vector<std::string> read_paths;   // "quote.lines.discount", as in Plan::columns
  std::vector<std::string_view> reads;   // views of them
};

RuleStatus worse(RuleStatus a, RuleStatus b);  // error > rejected > pending > satisfied > not_applicable

}  // namespace assent::eval

namespace assent {

// The memory of an evaluator: everything a decision is made of, kept from quote to quote.
struct Evaluator::Scratch {
  std::shared_ptr<const eval::LoadedPolicy> policy;
  Limits limits;
  ingest::QuoteReader reader;
  eval::Machine machine;
  eval::StepList step_list;
  eval::PathBuilder path;
  eval::Bases bases;
  Rows rows;
  World world;
  bool decided = false;
  std::shared_ptr<const eval::LoadedPolicy> compared;  // whether quotes are read alike was asked of this one last
  bool alike = false;

  eval::RuleIndex::Search search;
  std::unique_ptr<eval::RowVerdicts> verdicts;  // of a session: which rows fire, found already
  std::vector<std::uint32_t> fired_rows, band_rows;
  std::vector<Fault> faults;
  // Results; the spans of the decision are set when all of them stand still.
  struct RuleRow { std::uint32_t plan_rule; RuleStatus status; std::uint32_t band; plan::Slice lines; };
  std::vector<RuleRow> rule_rows;
  std::vector<std::uint32_t> rule_lines;
  std::vector<RuleResult> rules;
  std::vector<Message> denials, warnings;
  std::vector<Trouble> troubles;
  std::vector<Step> steps;
  std::vector<eval::Reason> reasons;
  Decision decision;

  Scratch(std::shared_ptr<const eval::LoadedPolicy> loaded, const Limits& wanted);
  Result<const Decision*> decide(std::string_view quote_json, const World& outside, std::span<const Edit> edits);
  Result<const Decision*> decide_too(const Scratch& other, std::string_view quote_json, const World& outside);
  void decide_rows();
  Explanation explain();
  Result<OrderLines> order_lines(std::string_view quote_json, const World& outside,
                                 std::span<const Edit> edits);
  Result<std::vector<LineTiming>> order_timings(std::span<const PlacedLine> lines);
  std::optional<std::string> fact(std::string_view name);
  // The step of the plan; `reasons` are then the rules that demand it. For `bases`.
  std::uint32_t list_reasons(std::uint32_t step);

  // The machine then stands on the quote, and nothing is decided.
  bool read(std::string_view quote_json, const World& outside, std::span<const Edit> edits, Problems& problems);

 private:
  void stand_on_rows(const World& outside);
  void decide_rule(const eval::Candidate& candidate);
  bool in_time(const plan::Scope& scope, Fault& fault);
  bool fires(const plan::Rule& rule, const eval::Candidate& candidate, Fault& fault);
  bool fires_in(const plan::Rule& rule, std::uint32_t row, Fault& fault);
  void take_consequences(std::uint32_t rule);
  bool band_holds(std::uint32_t condition, bool over_rows, Fault& fault);
  void blame(const plan::Rule& rule, Fault fault);
  void decide_otherwise();
  void list_rules();
  void list_steps();
  void conclude();
};

}  // namespace assent
