// See junit.h.
#include "tools/junit.h"

#include "tools/text.h"

namespace assent::command {

namespace {

struct Tally {
  std::size_t tests = 0, failures = 0, errors = 0;

  void add(const JunitSuite& suite) {
    for (const JunitCase& each : suite.cases) {
      ++tests;
      if (!each.failure.empty()) ++(each.error ? errors : failures);
    }
  }
  std::string attributes() const {
    return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
           "\" errors=\"" + std::to_string(errors) + '"';
  }
};

std::string case_xml(const JunitSuite& suite, const JunitCase& each) {
  std::string xml = "    <testcase classname=\"" + xml_text(suite.name) + "\" name=\"" +
                    xml_text(each.name) + '"';
  if (each.failure.empty()) return xml + "/>\n";
  const std::string tag = each.error ? "error" : "failure";
  xml += ">\n      <" + tag + " message=\"" + xml_text(each.failure) + "\">";
  return xml + xml_text(each.details) + "</" + tag + ">\n    </testcase>\n";
}

}  // namespace

std::string junit_xml(const std::vector<JunitSuite>& suites) {
  Tally all;
  std::string inner;
  for (const JunitSuite& suite : suites) {
    Tally own;
    own.add(suite);
    all.add(suite);
    inner += "  <testsuite name=\"" + xml_text(suite.name) + '"' + own.attributes() + ">\n";
    for (const JunitCase& each : suite.cases) inner += case_xml(suite, each);
    inner += "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + all.attributes() + ">\n" +
         inner + "</testsuites>\n";
}

}  // namespace assent::command
