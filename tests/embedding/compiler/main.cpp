// Compiles a policy whose module the host keeps, and decides with it.
#include <iostream>

#include <assent/compile.h>
#include <assent/policy.h>

int main() {
  assent::CompileOptions options;
  options.import = [](std::string_view module) -> std::optional<assent::Source> {
    if (module != "house.people") return std::nullopt;
    return assent::Source{"house/people.assent", "module house.people\napprover boss = person \"boss\"\n"};
  };
  const assent::CompileResult result = assent::compile({"desk.assent", R"(
policy small
use house.people
record Quote { total: Integer }
input quote: Quote
rule big { when quote.total > 10 requires boss }
otherwise approve
)"}, options);
  for (const assent::Diagnostic& each : result.diagnostics) std::cerr << assent::render(each, result.sources);
  if (!result.artifact) return 1;
  const auto policy = assent::Policy::load(*result.artifact);
  if (!policy) return 1;
  assent::Evaluator evaluator(*policy);
  assent::World world;
  world.directory = *assent::Directory::from_json(R"({"people": [{"id": "boss"}]})");
  const auto decision = evaluator.decide(R"({"total": 11})", world);
  if (!decision || (**decision).steps.size() != 1) return 1;
  std::cout << (**decision).steps[0].key << "\n";
  return 0;
}
