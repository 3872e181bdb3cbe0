// Runs every case under tests/cases and compares what the compiler and the runtime make of it with
// the goldens beside it. tests/README.md says how to add one.
//
// A case is a file `x.assent`, or a folder with `main.assent` and the modules that it uses. Which
// goldens stand beside it decides what is looked at:
//   x.ast.golden, x.checked.golden, x.plan.golden, x.index.golden, x.schema.golden: a form of
//                       assent/dump.h
//   x.diag.golden       the diagnostics; without this file there must be none
//   x.lint.golden       what the linter finds by the rule whose code the name of the case begins with
//   x.format.golden     the source in the style of the house
//   x.decision.golden   the decision on x.quote.json, perhaps with x.directory.json, x.rates.json
// ASSENT_UPDATE_GOLDENS=1 writes the goldens that exist anew. Hashes are left out of decisions: any
// change of a policy changes them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "assent/compile.h"
#include "assent/dump.h"
#include "assent/format.h"
#include "assent/lint.h"
#include "assent/policy.h"

namespace {

namespace fs = std::filesystem;
using namespace assent;

const fs::path cases = fs::path(ASSENT_SOURCE_DIR) / "tests" / "cases";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

bool updating() { return std::getenv("ASSENT_UPDATE_GOLDENS") != nullptr; }

// ── finding the cases ────────────────────────────────────────────────────────────────────────
struct Case {
  std::string name;  // "diag/E0101", from tests/cases on
  fs::path folder;
  std::string stem;  // "E0101"; "main" of a case in a folder of its own
  fs::path beside(std::string_view ending) const { return folder / (stem + std::string(ending)); }
};

// Every case, by name. A folder with main.assent is one case: its other sources are modules.
std::vector<Case> find_cases() {
  std::vector<Case> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(cases)) {
    if (entry.path().extension() != ".assent") continue;
    Case each{{}, entry.path().parent_path(), entry.path().stem().string()};
    bool module = false;
    for (fs::path above = each.folder; above != cases; above = above.parent_path()) {
      const bool root = above == each.folder && each.stem == "main";
      module = module || (fs::exists(above / "main.assent") && !root);
    }
    if (module) continue;
    const fs::path named = each.stem == "main" ? each.folder : each.folder / each.stem;
    each.name = fs::relative(named, cases).string();
    found.push_back(std::move(each));
  }
  const auto by_name = [](const Case& a, const Case& b) { return a.name < b.name; };
  std::sort(found.begin(), found.end(), by_name);
  return found;
}

constexpr std::string_view goldens[] = {".ast.golden",    ".checked.golden", ".plan.golden",
                                        ".index.golden",  ".schema.golden",  ".diag.golden",
                                        ".lint.golden",   ".format.golden",  ".decision.golden"};
constexpr std::string_view inputs[] = {".quote.json", ".directory.json", ".rates.json"};

// ── what a case asks for ─────────────────────────────────────────────────────────────────────
// The first line may be a comment of words and values: `# today 2026-01-31 state draft`. The words
// are today, state and max_source_bytes.
struct Settings {
  World world;
  CompileOptions options;
};

Settings settings_of(const Case& each, const std::string& source) {
  Settings made;
  made.world.today = *date_from_text("2026-01-31");
  std::istringstream first(source.starts_with("# ") ? source.substr(2, source.find('\n')) : "");
  std::string word;
  std::string value;
  while (first >> word >> value) {
    if (word == "today") {
      const auto date = date_from_text(value);
      REQUIRE(date.ok());
      made.world.today = *date;
    } else if (word == "state") {
      bool known = false;
      for (int i = 0; i <= static_cast<int>(State::expired); ++i) {
        if (text(static_cast<State>(i)) != value) continue;
        made.world.state = static_cast<State>(i);
        known = true;
      }
      REQUIRE(known);
    } else if (word == "max_source_bytes") {
      made.options.max_source_bytes = static_cast<std::size_t>(std::stoul(value));
    } else {
      break;  // a comment for people
    }
  }
  made.options.import = [folder = each.folder](std::string_view module) -> std::optional<Source> {
    std::string name(module);
    std::replace(name.begin(), name.end(), '.', '/');
    name += ".assent";
    if (!fs::exists(folder / name)) return std::nullopt;
    return Source{name, read(folder / name)};
  };
  return made;
}

std::string without_hashes(std::string_view json) {
  std::string kept;
  while (!json.empty()) {
    const std::string_view line = json.substr(0, json.find('\n') + 1);
    json.remove_prefix(line.size());
    if (!line.starts_with(" \"policy_hash\"") && !line.starts_with(" \"plan_hash\"")) kept += line;
  }
  return kept;
}

std::string all_of(const Problems& problems) {
  std::string listed;
  for (const Problem& problem : problems) {
    listed.append(text(problem.code)).append(" at \"").append(problem.where);
    listed.append("\": ").append(problem.message).append("\n");
  }
  return listed;
}

// The decision with its explanation, or the problems of the quote.
std::string decide(const Case& each, const std::string& artifact, World world) {
  const Result<Policy> policy = Policy::load(artifact);
  if (!policy) return all_of(policy.problems());
  if (const fs::path people = each.beside(".directory.json"); fs::exists(people)) {
    const Result<Directory> directory = Directory::from_json(read(people));
    if (!directory) return all_of(directory.problems());
    world.directory = *directory;
  }
  if (const fs::path worths = each.beside(".rates.json"); fs::exists(worths)) {
    const Result<Rates> rates = Rates::from_json(read(worths));
    if (!rates) return all_of(rates.problems());
    world.rates = *rates;
  }
  Evaluator evaluator(*policy);
  const std::string quote = read(each.beside(".quote.json"));
  const auto decision = evaluator.decide(quote, world);
  if (!decision) return all_of(decision.problems());
  return without_hashes(to_json(**decision, evaluator.explain()));
}

std::string rendered(const std::vector<Diagnostic>& diagnostics,
                     const std::vector<Source>& sources) {
  std::string text;
  for (const Diagnostic& each : diagnostics) {
    text += (text.empty() ? "" : "\n") + render(each, sources);
  }
  return text;
}

std::string found_by(std::string_view rule, const Source& root, const Settings& settings) {
  LintOptions options;
  static_cast<CompileOptions&>(options) = settings.options;
  const LintResult result = lint(root, options);
  std::string text;
  for (const Finding& each : result.findings) {
    if (each.code != rule) continue;
    text += (text.empty() ? "" : "\n") + render(each, result.sources);
    for (const TextEdit& edit : each.fix)
      text += "   = fix: lines " + std::to_string(edit.place.line) + " to " + std::to_string(edit.place.end_line) +
              " become \"" + edit.text + "\"\n";
  }
  return text;
}

// ── comparing ────────────────────────────────────────────────────────────────────────────────
// The first line in which two texts differ, with its number.
std::string first_difference(std::string_view wanted, std::string_view got) {
  for (std::size_t line = 1;; ++line) {
    const std::string_view left = wanted.substr(0, wanted.find('\n'));
    const std::string_view right = got.substr(0, got.find('\n'));
    if (left != right) {
      std::string text = "line " + std::to_string(line) + "\n  golden: ";
      return text.append(left).append("\n  now:    ").append(right);
    }
    if (left.size() == wanted.size() || right.size() == got.size()) return "one goes on";
    wanted.remove_prefix(left.size() + 1);
    got.remove_prefix(right.size() + 1);
  }
}

void compare(const fs::path& golden, const std::string& now) {
  if (updating()) {
    std::ofstream(golden, std::ios::binary) << now;
    return;
  }
  const std::string wanted = read(golden);
  INFO(golden.filename().string() << ": " << first_difference(wanted, now));
  CHECK((wanted == now));
}

void run(const Case& each) {
  const Source root{each.stem + ".assent", read(each.beside(".assent"))};
  const Settings settings = settings_of(each, root.text);
  const CompileResult compiled = compile(root, settings.options);
  const std::string diagnostics = rendered(compiled.diagnostics, compiled.sources);
  const auto has = [&](std::string_view ending) { return fs::exists(each.beside(ending)); };

  INFO(diagnostics);
  CHECK(std::any_of(std::begin(goldens), std::end(goldens), has));
  CHECK(compiled.artifact.has_value() == (compiled.errors == 0));
  if (has(".diag.golden")) {
    CHECK_FALSE(diagnostics.empty());
    compare(each.beside(".diag.golden"), diagnostics);
  } else {
    CHECK(diagnostics.empty());
  }
  struct Form { std::string_view ending; Phase phase; };
  for (const Form& form : {Form{".ast.golden", Phase::ast}, Form{".checked.golden", Phase::checked},
                           Form{".plan.golden", Phase::plan}, Form{".index.golden", Phase::index},
                           Form{".schema.golden", Phase::schema}}) {
    if (!has(form.ending)) continue;
    const Dump dumped = dump(root, form.phase, settings.options);
    CHECK(dumped.text.has_value());
    compare(each.beside(form.ending), dumped.text.value_or(""));
  }
  if (has(".lint.golden"))
    compare(each.beside(".lint.golden"),
            found_by(fs::path(each.name).filename().string().substr(0, 5), root, settings));
  if (has(".format.golden")) compare(each.beside(".format.golden"), format(root, settings.options).text);
  // Plans are long and change often.
  if (has(".plan.golden")) CHECK((each.name.starts_with("lower/")));
  CHECK(has(".decision.golden") == has(".quote.json"));
  if (has(".decision.golden")) {
    REQUIRE(compiled.artifact.has_value());
    compare(each.beside(".decision.golden"), decide(each, *compiled.artifact, settings.world));
  }
}

}  // namespace

TEST_CASE("golden cases") {
  static const std::vector<Case> found = find_cases();
  REQUIRE_FALSE(found.empty());
  for (const Case& each : found) {
    DYNAMIC_SECTION(each.name) { run(each); }
  }
}

TEST_CASE("every file of a case belongs to one") {
  std::set<fs::path> owned;
  for (const Case& each : find_cases()) {
    owned.insert(each.beside(".assent"));
    for (const std::string_view ending : goldens) owned.insert(each.beside(ending));
    for (const std::string_view ending : inputs) owned.insert(each.beside(ending));
    if (each.stem != "main") continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(each.folder)) {
      if (entry.path().extension() == ".assent") owned.insert(entry.path());
    }
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(cases)) {
    INFO(fs::relative(entry.path(), cases).string());
    CHECK((entry.is_directory() || owned.contains(entry.path())));
  }
}
