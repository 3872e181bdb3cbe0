// assent serve: the library for hosts that talk to a process, by JSON-RPC 2.0: a request a line, an answer a line.
// Entry: add_serve.
//
// Requests are answered one after the other. The members of an answer stand in one order, the result or the error last,
// so that a host without a reader of JSON can cut them out.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/arguments.h"
#include "tools/files.h"
#include "tools/line_stream.h"
#include "tools/nearest.h"
#include "tools/request.h"
#include "tools/serve/desk.h"
#include "tools/serve/members.h"
#include "tools/serve/methods.h"
#include "tools/text.h"

namespace assent::command {

namespace serve {

namespace {

// Of one line: the largest quote, and something around it.
constexpr std::size_t max_request_bytes = Limits{}.quote_bytes + (std::size_t{1} << 20);

struct Request {
  std::optional<std::string_view> id;  // as it was written; a notification has none
  std::string method;
  std::string_view params;             // JSON; empty: none
};

bool can_be_id(std::string_view json) {
  return json == "null" || json[0] == '"' || json[0] == '-' || (json[0] >= '0' && json[0] <= '9');
}

// Failure for what is no request; `request` then has what could be read.
void read(std::string_view line, Request& request) {
  const auto invalid = [](std::string message) { return Failure{Code::invalid_request, std::move(message), {}}; };
  if (line.size() > max_request_bytes)
    throw invalid("a request has more than " + std::to_string(max_request_bytes) + " bytes");
  line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
  std::optional<std::string> version, method;
  std::string unknown;
  const auto take = [&](const std::string& name, std::string_view value) {
    if (name == "jsonrpc") version = text_of(value);
    else if (name == "method") method = text_of(value);
    else if (name == "params") request.params = value;
    else if (name != "id") unknown = name;
    else if (can_be_id(value)) request.id = value;
    else unknown = "id";
  };
  const std::string wrong = line.starts_with('{') ? each_member(line, take) : what_is_wrong(line);
  if (!wrong.empty()) throw Failure{Code::parse_error, "not JSON: " + wrong, {}};
  if (line.starts_with('[')) throw invalid("a batch: send requests one a line");
  if (!line.starts_with('{')) throw invalid("a request is an object");
  if (unknown == "id") throw invalid("`id` is a text, a number or `null`");
  if (!unknown.empty()) throw invalid("a request has no member `" + shortened(printable(unknown), 100) + "`");
  if (!version || *version != "2.0") throw invalid("`jsonrpc` is \"2.0\"");
  if (!method) throw invalid("`method` is a text");
  request.method = std::move(*method);
}

std::string carry_out(Desk& desk, const Request& request) {
  const std::vector<Method>& all = methods();
  const auto method =
      std::find_if(all.begin(), all.end(), [&](const Method& each) { return each.name == request.method; });
  if (method == all.end()) {
    std::vector<std::string> names;
    for (const Method& each : all) names.emplace_back(each.name);
    throw Failure{Code::method_not_found,
                  "there is no method `" + shortened(printable(request.method), 100) + "`" +
                      did_you_mean(request.method, std::move(names)),
                  {}};
  }
  const Params params(request.params);
  params.must_be_of(method->parameters);
  try {
    return method->carry_out(desk, params);
  } catch (const BadInput& bad) {  // a file, or a word that is none
    throw Failure{Code::invalid_params, bad.what(), {}};
  }
}

std::string error_json(const Failure& failure) {
  return "{\"code\":" + std::to_string(static_cast<int>(failure.code)) + ",\"message\":" + quoted(failure.message) +
         (failure.data.empty() ? "" : ",\"data\":" + failure.data) + "}";
}

// With its line end; empty for a notification.
std::string answer(Desk& desk, std::string_view line) {
  Request request;
  std::string said;
  bool understood = false;
  try {
    read(line, request);
    understood = true;
    said = ",\"result\":" + carry_out(desk, request);
  } catch (const Failure& failure) {
    said = ",\"error\":" + error_json(failure);
  }
  if (understood && !request.id) return {};
  return "{\"jsonrpc\":\"2.0\",\"id\":" + std::string(request.id.value_or("null")) + said + "}\n";
}

struct ServeRequest : WorldRequest {
  std::vector<std::string> policies;
  bool stdio = false;
};

Desk open_desk(const ServeRequest& request) {
  if (request.directory == standard_stream || request.rates == standard_stream)
    throw BadInput("`-` is where requests come from: give the name of a file");
  Desk desk;
  desk.world = read_world(request);
  desk.fixed_day = !request.today.empty();
  for (const std::string& file : request.policies) {
    try {
      desk.load(file);
    } catch (const Failure& failure) {
      throw BadInput(printable(file) + ": " + failure.message);
    }
  }
  return desk;
}

Exit serve(const ServeRequest& request) {
  if (!request.stdio) throw BadInput("say `--stdio`: requests come by the standard input");
  Desk desk = open_desk(request);
  LineStream requests({std::string(standard_stream)}, max_request_bytes);
  end_with_reader();
  while (!desk.closed) {
    const std::optional<LineBlock> block = requests.next();
    if (!block) break;
    each_line(*block, [&](std::size_t, std::string_view line) {
      if (!desk.closed) print(answer(desk, line));
    });
  }
  return Exit::fine;
}

}  // namespace

}  // namespace serve

void add_serve(Arguments& app, Exit& exit) {
  Arguments* command = app.add_subcommand("serve", "serve another program: JSON-RPC 2.0, a request a line");
  auto request = std::make_shared<serve::ServeRequest>();
  command->add_option("POLICY", request->policies, "policies to load: .assent source or .assentc artifacts");
  command->add_flag("--stdio", request->stdio, "by the standard streams");
  add_world_options(*command, *request);
  command->footer("Example:\n"
                  "  assent serve --stdio desk.assentc --directory people.json\n"
                  "  {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"decide\",\"params\":{\"quote\":{...}}}\n"
                  "tools/README.md lists the methods. Ends with 0 after `shutdown`, and at the end of the input.");
  command->callback([request, &exit] { exit = serve::serve(*request); });
}

}  // namespace assent::command
