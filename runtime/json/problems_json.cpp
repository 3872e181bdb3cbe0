// What is wrong with an input, as JSON. Entry: to_json.
#include "assent/result.h"
#include "runtime/json/json_writer.h"

namespace assent {

std::string to_json(const Problems& problems) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.list("problems", problems, [&](const Problem& each) {
    json.begin_object();
    json.member("code", text(each.code));
    json.member("where", each.where);
    json.member("message", each.message);
    json.end_object();
  });
  json.end_object();
  return out;
}

}  // namespace assent
