// A policy, a quote and the world that it is decided in, from the command line. Entries:
// add_request_options, decide_request; add_world_options, read_world.
#pragma once

#include <string>
#include <vector>

#include "assent/policy.h"
#include "tools/policy_file.h"

namespace assent::command {

class Arguments;

struct WorldRequest {
  std::string directory, rates, today;       // files, and a day; empty: nobody, none, the host's date
  std::string state = "draft";

  std::string day() const;                   // "2026-01-31"
};

struct Request : WorldRequest {
  std::string policy, quote;                 // files
  std::vector<std::string> sets;             // "lines[0].discount=20"
};

void add_world_options(Arguments& app, WorldRequest& request);
World read_world(const WorldRequest& request);  // BadInput for a file or a word that is none

// The two positional arguments, and the options that describe the world.
void add_request_options(Arguments& app, Request& request, bool quote_required = true);

// A change of a quote that holds its own texts.
struct OwnedEdit {
  std::string path, json;
  operator Edit() const { return {path, json}; }
};

// What a request names, read. BadInput for a file that cannot be read, a policy that does not compile.
struct Asked {
  OpenPolicy policy;
  World world;
  std::string quote;
  std::string when;             // "as of 2026-01-31, state draft"
  std::vector<OwnedEdit> sets;
  std::vector<Edit> edits() const { return {sets.begin(), sets.end()}; }
};
Asked read_request(const Request& request);
Asked read_all_but_quote(const Request& request);  // which is not one, but a stream of them

struct Decided {
  OpenPolicy policy;
  Evaluator evaluator;
  const Decision* decision;  // of the evaluator
  std::string asked;         // "as of 2026-01-31, draft"
};

// BadInput for a file that cannot be read, a policy that does not compile, a quote that is none.
Decided decide_request(const Request& request);

// Parts of it, for those who have their own request. All throw BadInput.
Directory read_directory(const std::string& file);
Rates read_rates(const std::string& file);
State state_of(const std::string& word);
std::string today_in_utc();  // "2026-01-31", by the clock

// "lines[0].discount=20" as an edit: what is no JSON is a text, so that `status=Draft` needs no
// quotation marks within quotation marks.
OwnedEdit edit_of(const std::string& set);

}  // namespace assent::command
