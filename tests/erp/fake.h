// A Tryton that a test starts, and that fails as it is told to: fake_tryton.py. Entry: Fake.
#pragma once

#include <cstddef>
#include <string>

#include "runtime/erp/tryton.h"
#include "tests/delivery/server.h"

namespace assent::erp::test {

class Fake : public Server {
 public:
  Fake();
  TrytonServer settings() const;

  // The calls of what changes sales, since the last time that it was asked: "create quote confirm".
  std::string changes();

 private:
  std::size_t seen_ = 0;
};

}  // namespace assent::erp::test
