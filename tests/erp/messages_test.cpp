// Tests of what is said and answered: bytes that Tryton 6.0 takes, and answers of any kind.
#include "runtime/erp/messages.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/erp/samples.h"

using namespace assent;
using namespace assent::erp;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

const Context context{R"({"company": 1, "language": "en"})"};

// One sale as Tryton writes it.
const std::string one_sale =
    R"({"id":1,"result":[{"id":9,"_timestamp":"1795929626.5","state":"draft","number":null,"description":"revision 2",)"
    R"("party.":{"code":"C-1","id":2},"currency.":{"code":"EUR","id":1},"invoice_state":"none",)"
    R"("shipment_state":"none",)"
    R"("lines.":[{"type":"title","note":null,"unit_price":null,"quantity":null,"id":3,"amount":null},)"
    R"({"type":"line","note":"L1","quantity":0.1,"id":4,"amount":{"__class__":"Decimal","decimal":"100.00"},)"
    R"("unit.":{"symbol":"u","id":1},"product.":{"code":"MONITOR","id":1}}],"shipments.":[{"id":5,"number":"S-1",)"
    R"("state":"waiting"}]}]})";

Failure failure_of(const std::string& body) {
  const Answer<std::vector<Sale>> answer = read_sales(body);
  INFO(body.substr(0, 200));
  REQUIRE_FALSE(answer.value);
  CHECK_FALSE(answer.words.empty());
  return answer.failure;
}

}  // namespace

TEST_CASE("a request is what Tryton takes", "[erp]") {
  CHECK(Json::parse(login_request("a", "p\"w")) ==
        Json::parse(R"({"id":1,"method":"common.db.login","params":["a",{"password":"p\"w"},"en"]})"));
  CHECK(Json::parse(context_request()) ==
        Json::parse(R"({"id":1,"method":"model.res.user.get_preferences","params":[true,{}]})"));
  const Json found = Json::parse(products_request(context, {"A", "B"}));
  CHECK(found["params"] == Json::parse(R"([[["code","in",["A","B"]],["salable","=",true]],0,4,null,["code"],
                                           {"company":1,"language":"en"}])"));
  NewSale sale;
  sale.key = "Q-17";
  sale.revision = 2;
  sale.party = 11;
  sale.currency = 31;
  sale.party_values = R"({"payment_term":7})";
  sale.order_date = *date(2026, 3, 2);
  sale.lines.push_back({"L1", 21, 41, "", decimal(3), {333333, -4}, {61}});
  const Json created = Json::parse(create_request(context, sale));
  CHECK(created["method"] == "model.sale.sale.create");
  CHECK(created["params"][0][0] == Json::parse(R"({
    "payment_term": 7, "company": 1, "reference": "Q-17", "description": "revision 2", "party": 11, "currency": 31,
    "sale_date": {"__class__": "date", "year": 2026, "month": 3, "day": 2}, "shipping_date": null,
    "lines": [["create", [{"type": "line", "sequence": 1, "note": "L1", "product": 21, "unit": 41, "description": null,
      "quantity": {"__class__": "Decimal", "decimal": "3"},
      "unit_price": {"__class__": "Decimal", "decimal": "33.3333"}, "taxes": [["add", [61]]]}]]]})"));
  Sale old;
  old.id = 9;
  old.timestamp = "17.5";
  old.line_ids = {3, 4};
  const Json rewritten = Json::parse(rewrite_request(context, old, sale));
  CHECK(rewritten["params"][0] == Json::parse("[9]"));
  CHECK(rewritten["params"][1]["lines"][0] == Json::parse(R"(["delete",[3,4]])"));
  CHECK(rewritten["params"][1]["lines"][1][0] == "create");
  CHECK(rewritten["params"][2] == Json::parse(R"({"company":1,"language":"en","_timestamp":{"sale.sale,9":"17.5"}})"));
  CHECK(Json::parse(button_request(context, old, "quote")) ==
        Json::parse(R"({"id":1,"method":"model.sale.sale.quote","params":[[9],
                        {"company":1,"language":"en","_timestamp":{"sale.sale,9":"17.5"}}]})"));
}

TEST_CASE("a sale is read exactly", "[erp]") {
  const Answer<std::vector<Sale>> answer = read_sales(one_sale);
  INFO(answer.words);
  REQUIRE(answer.value);
  REQUIRE(answer.value->size() == 1);
  const Sale& sale = answer.value->front();
  CHECK(sale.id == 9);
  CHECK(sale.timestamp == "1795929626.5");
  CHECK(sale.revision == 2);
  CHECK(sale.line_ids == std::vector<std::int64_t>{3, 4});
  REQUIRE(sale.lines.size() == 1);
  CHECK(text(sale.lines[0].quantity) == "0.1");  // not the nearest binary number
  CHECK(text_with_places(sale.lines[0].amount, 2) == "100.00");
  CHECK(sale.shipments == std::vector<Shipment>{{"S-1", "waiting"}});
}

TEST_CASE("an error of the ERP's is refused, stale or broken", "[erp]") {
  const Answer<Nothing> refused = read_done(R"({"id":1,"error":["UserError",["No\nway","because \u00fc",null]]})");
  CHECK(refused.failure == Failure::refused);
  CHECK(refused.words == "No way because ü");
  const Answer<Nothing> warned = read_done(R"({"id":1,"error":["UserWarning",["name_1","Are you sure?",""]]})");
  CHECK(warned.failure == Failure::refused);
  CHECK(warned.words == "Are you sure?");
  const Answer<Nothing> stale = read_done(R"({"id":1,"error":["ConcurrencyException","changed meanwhile"]})");
  CHECK(stale.failure == Failure::stale);
  const Answer<Nothing> inside = read_done(R"({"id":1,"error":["database is locked","Traceback"]})");
  CHECK(inside.failure == Failure::broken);
  CHECK_THAT(inside.words, Contains("database is locked") && !Contains("Traceback"));
  CHECK(read_done(R"({"id":1,"error":{}})").failure == Failure::broken);
  CHECK(read_done(R"({"id":1,"error":["UserError","text"]})").failure == Failure::refused);
  CHECK(read_done(R"({"id":1,"error":["UserError","text"]})").words == "the ERP gives no reason");
  const std::string long_word(2 * max_word_bytes, 'w');
  CHECK(read_done(R"({"error":["UserError",[")" + long_word + R"("]]})").words.size() == max_word_bytes);
  const std::string umlauts = "xü" + std::string(max_word_bytes - 4, 'w') + "üü";  // the limit is inside one
  CHECK(read_done(R"({"error":["UserError",[")" + umlauts + R"("]]})").words.size() == max_word_bytes - 1);
  CHECK(read_done(R"({"id":1,"result":null})").value);
}

TEST_CASE("an answer that is none is broken", "[erp]") {
  for (const std::string body :
       {"", "x", "null", "[]", "{}", "{\"id\":1}", "{\"result\":", "{\"result\":NaN}", "{\"result\":[NaN]}",
        "{\"result\":1e999}", "{\"result\":null}", "{\"result\":{}}", "{\"result\":[1]}", "{\"result\":[{}]}",
        "{\"result\":[],\"result\":[]}", "{\"result\":\"\xff\"}", "{\"result\":[]} x"}) {
    CHECK(failure_of(body) == Failure::broken);
  }
  const auto nested = [](int depth) {
    const auto levels = static_cast<std::size_t>(depth);
    return "{\"result\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
  };
  CHECK(read_done(nested(max_answer_depth - 1)).value);
  CHECK_FALSE(read_done(nested(max_answer_depth)).value);
  CHECK_FALSE(read_done(nested(1'000'000)).value);
  const auto many = [](std::size_t count) {  // with the answer and its result, two values more
    std::string body = "{\"result\":[1";
    for (std::size_t i = 1; i < count; ++i) body += ",1";
    return body + "]}";
  };
  CHECK(read_done(many(max_answer_values - 2)).value);
  CHECK_FALSE(read_done(many(max_answer_values - 1)).value);
  CHECK(read_login(R"({"result":[1,"s"]})").value);
  CHECK_FALSE(read_login(R"({"result":[-1,"s"]})").value);
  CHECK_FALSE(read_login(R"({"result":[1.5,"s"]})").value);
  CHECK_FALSE(read_login(R"({"result":null})").value);
  CHECK_FALSE(read_context(R"({"result":{"company":null}})").value);
  const auto context_of = [](std::size_t bytes) {  // {"company":1,"l":""} has 20
    return R"({"result":{"company":1,"l":")" + std::string(bytes - 20, 'e') + "\"}}";
  };
  CHECK(read_context(context_of(max_context_bytes)).value);
  CHECK_FALSE(read_context(context_of(max_context_bytes + 1)).value);
  CHECK_FALSE(read_price_places(R"({"result":{"unit_price":{"digits":"[16, -4]"}}})").value);
  CHECK_FALSE(read_price_places(R"({"result":{"unit_price":{"digits":"[["}}})").value);
  CHECK(read_price_places(R"({"result":{"unit_price":{"digits":"[16, 4]"}}})").value == 4);
  CHECK_FALSE(read_currencies(R"({"result":[{"id":1,"rounding":{"__class__":"Decimal","decimal":"-0.01"}}]})").value);
  CHECK_FALSE(read_currencies(R"({"result":[{"id":1,"rounding":{"__class__":"Decimal","decimal":"NaN"}}]})").value);
}

TEST_CASE("an answer that is damaged anywhere is read or refused, and nothing else", "[erp]") {
  std::mt19937 random(20260302);
  std::size_t read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string body = one_sale;
    for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
      const std::size_t at = random() % body.size();
      if (random() % 2 == 0)
        body[at] = static_cast<char>(random() % 256);
      else
        body.erase(at, random() % 20);
    }
    read += read_sales(body).value ? 1 : 0;
    static_cast<void>(read_ids(body));
    static_cast<void>(read_taxes(body));
    static_cast<void>(read_party_values(body));
  }
  CHECK(read > 100);
  CHECK(read < 20'000);
}

TEST_CASE("what the form fills in for a customer is kept, but for what describes or lists", "[erp]") {
  const Answer<std::string> values = read_party_values(
      R"({"result":[{"invoice_address.":{"rec_name":"x"},"invoice_address":5,"payment_term":null,"lines":{"add":[]},)"
      R"("discount":{"__class__":"Decimal","decimal":"1.5"},"contact.name":"x"}]})");
  REQUIRE(values.value);
  CHECK(Json::parse(*values.value) ==
        Json::parse(R"({"invoice_address":5,"payment_term":null,"discount":{"__class__":"Decimal","decimal":"1.5"}})"));
}
