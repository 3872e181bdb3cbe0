// Tests of addresses and of whom an address belongs to.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "runtime/delivery/address.h"
#include "runtime/delivery/sender.h"

using namespace assent::delivery;

namespace {

std::string sender(std::string_view value) {
  std::string out;
  const ReplyRefusal refusal = read_sender(value, out);
  return refusal == ReplyRefusal::none ? out : std::string(text(refusal));
}

std::string person(std::string_view address, const std::vector<PersonAddress>& directory) {
  const auto match = match_sender(address, directory);
  if (const auto* refusal = std::get_if<SenderRefusal>(&match)) return "refused: " + std::string(text(*refusal));
  return std::get<std::string>(match);
}

}  // namespace

TEST_CASE("an address is a dot-atom, @, and a domain name") {
  const std::string longest_local(max_local_part_bytes, 'a');
  const std::string label(max_label_bytes, 'b');
  const std::string domain = label + "." + label + "." + label.substr(0, 61);  // 189 bytes
  for (const std::string& good :
       {std::string("rep@example.com"), std::string("a@b"), std::string("the.cfo+approvals=x@mail-1.example.com"),
        std::string("!#$%&'*+-/=?^_`{|}~@example.com"), longest_local + "@" + domain}) {
    INFO(good);
    CHECK(is_address(good));
  }
  CHECK((longest_local + "@" + domain).size() == max_address_bytes);
  for (const std::string& bad : {std::string(""),
                                 std::string("rep"),
                                 std::string("@example.com"),
                                 std::string("rep@"),
                                 std::string("rep@@example.com"),
                                 std::string("a@b@example.com"),
                                 std::string(".rep@example.com"),
                                 std::string("rep.@example.com"),
                                 std::string("the..cfo@example.com"),
                                 std::string("rep@example..com"),
                                 std::string("rep@example.com."),
                                 std::string("rep@-example.com"),
                                 std::string("rep@example-.com"),
                                 std::string("rep@exa_mple.com"),
                                 std::string("re p@example.com"),
                                 std::string("rep@example.com\r\nBcc: x@example.com"),
                                 std::string("rep\n@example.com"),
                                 std::string("<rep@example.com>"),
                                 std::string("\"rep\"@example.com"),
                                 std::string("rep@[192.0.2.1]"),
                                 std::string("r\xc3\xa9p@example.com"),
                                 std::string("rep@ex\xc3\xa4mple.com"),
                                 std::string("rep@example.com\0", 16),
                                 "a" + longest_local + "@example.com",
                                 "rep@b" + label + ".com",
                                 longest_local + "@" + domain + "x"}) {
    INFO(bad);
    CHECK_FALSE(is_address(bad));
  }
}

TEST_CASE("comments nest to a stated depth") {
  const auto nested = [](int depth) {
    std::string out(static_cast<std::size_t>(depth), '(');
    return out.append(static_cast<std::size_t>(depth), ')');
  };
  CHECK(sender("rep@example.com " + nested(max_comment_depth)) == "rep@example.com");
  CHECK(sender("rep@example.com " + nested(max_comment_depth + 1)) == "ambiguous-sender");
}

TEST_CASE("a sender is one mailbox") {
  CHECK(sender("<rep@example.com>") == "rep@example.com");
  CHECK(sender("a b. c <rep@example.com> (d)") == "rep@example.com");
  CHECK(sender("\"\" <rep@example.com>") == "rep@example.com");
  CHECK(sender("a \"<x@example.com>, \\\" \" b<rep@example.com>") == "rep@example.com");
  CHECK(sender(" \t ") == "no-sender");
  CHECK(sender("(nobody)") == "no-sender");
  for (const char* const value :
       {"<>", "rep", "rep @example.com", "rep@ example.com", "<rep@example.com", "rep@example.com>",
        "<< rep@example.com>>", "<rep@example.com>,", ",rep@example.com", "rep@example.com (", "\"rep@example.com",
        "\"rep@example.com\"", "rep@example.com rep@example.com", "x: ;", "<rep@example.com>(\\",
        "rep@example.com\\"}) {
    INFO(value);
    CHECK(sender(value) == "ambiguous-sender");
  }
}

TEST_CASE("DG09: an address belongs to one person, or it is refused") {
  const std::vector<PersonAddress> directory = {{"the.cfo", "the.cfo@example.com"}, {"the.cfo", "CFO@Example.com"},
                                                {"rep", "sales@example.com"},       {"vp.sales", "Sales@example.com"},
                                                {"nobody", ""},                     {"the.ceo", "the.ceo@example.com"},
                                                {"the.ceo", "The.CEO@example.com"}};
  CHECK(person("the.cfo@example.com", directory) == "the.cfo");
  CHECK(person("The.Cfo@EXAMPLE.COM", directory) == "the.cfo");
  CHECK(person("cfo@example.com", directory) == "the.cfo");
  CHECK(person("the.ceo@example.com", directory) == "the.ceo");  // twice the same person
  CHECK(person("sales@example.com", directory) == "refused: ambiguous");
  CHECK(person("rep@example.com", directory) == "refused: unknown");
  CHECK(person("the.cfo@example.co", directory) == "refused: unknown");
  CHECK(person("", directory) == "refused: unknown");
  CHECK(person("the.cfo@example.com", {}) == "refused: unknown");
}
