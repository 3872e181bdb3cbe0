#include "tests/bench/office.h"

#include "assent/compile.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

Policy policy_of_three_steps() {
  const CompileResult compiled = compile({"office.assent", R"(policy office
record Quote { owner: Person  total: Integer  discount: Percent }
input quote: Quote
approver manager = person "manager"
approver finance = person "finance"
approver vp = person "vp.sales"
rule discount "more than a rep may give" { when quote.discount > 15%  requires manager then finance then vp }
otherwise approve
)"});
  if (!compiled.artifact) give_up("the office's policy does not compile");
  return *Policy::load(*compiled.artifact);
}

}  // namespace

Office::Office() : policy(policy_of_three_steps()), people{"manager", "finance", "vp.sales"} {
  world.directory = *Directory::from_json(
      R"({"people": [{"id": "rep"}, {"id": "manager"}, {"id": "finance"}, {"id": "vp.sales"}]})");
  world.today = 20'000;
  world.now = std::int64_t{20'000} * 86'400'000;
  quote = R"({"owner": "rep", "total": 120000, "discount": 20})";
}

Command command_of(const Office& office, std::size_t n, std::string& id, std::string& case_id) {
  id = "c-" + std::to_string(n);
  case_id = "Q-" + std::to_string(n / 4);
  if (n % 4 == 0) return {id, "rep", std::nullopt, Submit{office.quote, {}, {}}};
  return {id, office.people[n % 4 - 1], std::nullopt, CastVote{}};
}

}  // namespace assent::bench
