// Results of tests as JUnit XML, which every build server reads. Entry: junit_xml.
#pragma once

#include <string>
#include <vector>

namespace assent::command {

struct JunitCase {
  std::string name;
  std::string failure;  // the first line of what went wrong; empty: passed
  std::string details;
  bool error = false;   // it could not be run at all
};

struct JunitSuite {
  std::string name;  // the policy's file
  std::vector<JunitCase> cases;
};

// Well-formed whatever the texts hold.
std::string junit_xml(const std::vector<JunitSuite>& suites);

}  // namespace assent::command
