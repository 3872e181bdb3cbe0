#include "tests/erp/fake.h"

#include <catch2/catch.hpp>
#include <vector>

namespace assent::erp::test {

Fake::Fake() : Server("../erp/fake_tryton.py") { REQUIRE(runs()); }

TrytonServer Fake::settings() const {
  TrytonServer out;
  out.url = "http://127.0.0.1:" + std::to_string(port());
  out.database = "company";
  out.user = "connector";
  out.password = "sesame";
  out.timeout_ms = 20'000;
  return out;
}

std::string Fake::changes() {
  std::string out;
  const std::vector<nlohmann::json> all = records();
  for (; seen_ < all.size(); ++seen_) {
    const std::string method = all[seen_]["method"];
    const std::string name = method.substr(method.rfind('.') + 1);
    if (!method.starts_with("model.sale.sale.") || name == "search_read" || name == "on_change") continue;
    out += (out.empty() ? "" : " ") + name;
  }
  return out;
}

}  // namespace assent::erp::test
