// compile(): source, parse, check, lower, verify, write. Files that a policy uses come from the
// embedded library or from the host; the compiler opens none.
#include "compiler/driver/pipeline.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "assent/editor.h"
#include "compiler/diag/nearest.h"
#include "compiler/lower/lower.h"
#include "compiler/parse/parse.h"
#include "runtime/plan/artifact.h"
#include "runtime/plan/verify.h"
#include "runtime/value/value_text.h"
#include "stdlib/library.h"

namespace assent {

std::vector<std::string_view> library_modules() {
  std::vector<std::string_view> names;
  for (const library::Module& module : library::modules()) names.push_back(module.name);
  return names;
}

std::optional<Source> library_module(std::string_view name) {
  for (const library::Module& module : library::modules()) {
    if (module.name == name) return Source{std::string(module.name), std::string(module.text)};
  }
  return std::nullopt;
}

std::vector<std::string_view> item_words() {
  return {std::begin(compiler::item_words), std::end(compiler::item_words)};
}

std::vector<DiagnosticKind> diagnostic_kinds() {
  std::vector<DiagnosticKind> kinds;
  for (const compiler::CodeInfo& info : compiler::all_codes())
    kinds.push_back({info.code, info.name, info.title, info.cure, info.severity});
  return kinds;
}

namespace compiler {

namespace {

constexpr std::size_t max_modules = 10'000;  // a folder of modules, not a generator gone wild

class Loader {
 public:
  Loader(const CompileOptions& options, SourceMap& sources, Sink& sink, Reparsers* reparsers)
      : options_(options), sources_(sources), sink_(sink), reparsers_(reparsers) {}

  std::vector<LoadedModule> run(const Source& root) {
    add("", root, {});
    for (std::size_t i = 0; i < modules_.size(); ++i) use_all(i);  // grows while it walks
    find_cycles();
    return std::move(modules_);
  }

 private:
  const CompileOptions& options_;
  SourceMap& sources_;
  Sink& sink_;
  Reparsers* reparsers_;
  std::vector<LoadedModule> modules_;
  std::map<std::string, std::size_t> by_name_;
  std::vector<std::vector<std::pair<std::size_t, Span>>> edges_;

  std::size_t add(std::string name, Source source, Span used_at) {
    const std::size_t size = source.text.size();
    if (size > options_.max_source_bytes || size > SourceMap::max_file_bytes) {
      source.text.clear();
      const std::string shown = source.name;
      const FileId file = sources_.add(std::move(source));
      sink_.report(Code::source_too_large, modules_.empty() ? Span{file, 0, 0} : used_at,
                   fmt::format("`{}` has {} bytes, the limit is {}", shown, size, options_.max_source_bytes));
      LoadedModule empty;
      empty.name = std::move(name);
      empty.tree.broken = true;
      modules_.push_back(std::move(empty));
    } else {
      const FileId file = sources_.add(std::move(source));
      ast::Module tree = reparsers_ == nullptr
                             ? parse(sources_, file, sink_)
                             : (*reparsers_)[sources_.file(file).name].parse(sources_, file, sink_);
      modules_.push_back({std::move(name), std::move(tree), {}});
    }
    edges_.emplace_back();
    return modules_.size() - 1;
  }

  void use_all(std::size_t user) {
    for (std::size_t i = 0; i < modules_[user].tree.items.size(); ++i) {
      const auto* use = std::get_if<ast::Use>(&modules_[user].tree.items[i].node);
      if (use == nullptr) continue;
      const std::string name = dotted(use->module);
      const Span at = use->module.span;
      const std::string alias = use->alias ? use->alias->text : use->module.parts.back().text;
      const std::optional<std::size_t> module = find(name, at);
      if (!module) {
        modules_[user].tree.broken = true;  // what it declares is missing: unknown names follow from that
        continue;
      }
      auto& uses = modules_[user].uses;
      if (std::any_of(uses.begin(), uses.end(),
                      [&](const auto& other) { return other.second == *module && other.first == alias; })) {
        sink_.report(Code::doubled_name, at, fmt::format("`{}` is used twice", name));
        continue;
      }
      uses.emplace_back(alias, *module);
      if (alias != name) uses.emplace_back(name, *module);
      edges_[user].emplace_back(*module, at);
    }
  }

  std::optional<std::size_t> find(const std::string& name, Span at) {
    if (const auto known = by_name_.find(name); known != by_name_.end()) return known->second;
    std::optional<Source> source = library_module(name);
    if (!source && !name.starts_with("std.") && options_.import) source = options_.import(name);
    if (!source || modules_.size() >= max_modules) {
      Report& report = sink_.report(Code::unknown_module, at, fmt::format("there is no module `{}`", name));
      const std::vector<std::string_view> names = library_modules();
      if (const auto near = nearest(name, names)) report.help(fmt::format("did you mean `{}`?", *near));
      else if (!name.starts_with("std."))
        report.help(fmt::format("a module `{}` is a file `{}.assent` beside the policy", name, [&] {
          std::string path = name;
          std::replace(path.begin(), path.end(), '.', '/');
          return path;
        }()));
      return std::nullopt;
    }
    const std::size_t module = add(name, std::move(*source), at);
    by_name_.emplace(name, module);
    return module;
  }

  void find_cycles() {
    enum class Visit : std::uint8_t { fresh, busy, done };
    std::vector<Visit> marks(modules_.size(), Visit::fresh);
    struct Frame { std::size_t module, edge; };
    for (std::size_t root = 0; root < modules_.size(); ++root) {
      if (marks[root] != Visit::fresh) continue;
      std::vector<Frame> stack{{root, 0}};
      marks[root] = Visit::busy;
      while (!stack.empty()) {
        Frame& top = stack.back();
        if (top.edge == edges_[top.module].size()) {
          marks[top.module] = Visit::done;
          stack.pop_back();
          continue;
        }
        const auto [next, at] = edges_[top.module][top.edge++];
        if (marks[next] == Visit::busy) {
          std::string names;
          bool inside = false;
          for (const Frame& frame : stack) {
            inside = inside || frame.module == next;
            if (inside)
              names += fmt::format("`{}` uses ", modules_[frame.module].name.empty() ? sources_.file(FileId{}).name
                                                                                     : modules_[frame.module].name);
          }
          sink_
              .report(Code::module_cycle, at,
                      fmt::format("modules use each other in a circle: {}`{}`", names, modules_[next].name))
              .help("move what both need into a module of its own");
        } else if (marks[next] == Visit::fresh) {
          marks[next] = Visit::busy;
          stack.push_back({next, 0});
        }
      }
    }
  }
};

PathPattern pattern(const checked::ExpectedPath& path) {
  PathPattern made;
  made.kind = path.kind == plan::PathKind::step     ? PathPattern::Kind::step
              : path.kind == plan::PathKind::series ? PathPattern::Kind::series
                                                    : PathPattern::Kind::parallel;
  made.approver = path.approver;
  for (const checked::ExpectedPath& child : path.children) made.parts.push_back(pattern(child));
  return made;
}

// A literal as the runtime writes values.
std::string literal_text(const checked::Policy& policy, std::optional<checked::ExprId> value) {
  if (!value) return "absent";
  const checked::Expr* e = &policy.exprs[*value];
  while (e->op == checked::Op::negate) e = &policy.exprs[e->children[0]];
  return value_text(literal_value(policy, *value), plan_type(e->type));
}

Test make_test(const checked::Test& from, const checked::Policy& policy, const plan::Plan& plan,
               const SourceMap& sources) {
  Test test;
  test.title = from.title;
  test.quote = from.quote;
  test.directory = from.directory;
  test.rates = from.rates;
  if (from.today) test.today = text(*from.today);
  test.state = from.state;
  test.place = sources.place(from.span);
  for (const checked::TestEdit& edit : from.edits) {
    // A field that the plan does not read has no column: setting it changes nothing.
    std::string path;
    bool inside = false;
    for (const char c : edit.path) {
      if (c == '[') inside = true;
      if (!inside) path += c;
      if (c == ']') inside = false;
    }
    const auto reads = [&](const plan::Column& column) {
      std::string whole(plan.string(plan.tables[column.table].path));
      const std::string_view own = plan.string(column.path);
      if (!whole.empty() && !own.empty()) whole += ".";
      return whole.append(own) == path;
    };
    if (std::any_of(plan.columns.begin(), plan.columns.end(), reads))
      test.edits.push_back({edit.path, edit.json, sources.place(edit.span)});
  }
  for (const checked::Expectation& each : from.expectations) {
    Expectation expectation;
    expectation.kind = static_cast<Expectation::Kind>(each.kind);
    expectation.text = each.text;
    if (each.path) expectation.path = pattern(*each.path);
    expectation.orders = each.orders;
    if (expectation.kind == Expectation::Kind::value || each.value)
      expectation.value = literal_text(policy, each.value);
    expectation.source = std::string(sources.text(each.span));
    expectation.place = sources.place(each.span);
    test.expectations.push_back(std::move(expectation));
  }
  return test;
}

}  // namespace

std::vector<LoadedModule> load(const Source& root, const CompileOptions& options, SourceMap& sources, Sink& sink,
                               Reparsers* reparsers) {
  return Loader(options, sources, sink, reparsers).run(root);
}

std::optional<Checked> check_source(const Source& root, const CompileOptions& options, SourceMap& sources, Sink& sink) {
  const std::vector<LoadedModule> modules = load(root, options, sources, sink);
  Checked checked = check(modules, sources, sink);
  if (sink.has_errors()) return std::nullopt;
  return checked;
}

}  // namespace compiler

CompileResult compile(const Source& root, const CompileOptions& options) {
  using namespace compiler;
  SourceMap sources;
  Sink sink(options.max_errors);
  CompileResult result;
  const std::optional<Checked> checked = check_source(root, options, sources, sink);
  if (checked && !checked->policy.input_name.empty()) {
    std::vector<std::string> keep;
    if (options.tests) {
      for (const checked::Test& test : checked->tests) {
        for (const checked::Expectation& each : test.expectations) {
          if (each.kind == ast::Expectation::Kind::value) keep.push_back(each.text);
        }
      }
    }
    if (std::optional<plan::Plan> plan = lower(checked->policy, sources, keep, sink)) {
      plan::NodeFacts facts;
      [[maybe_unused]] const std::string wrong = plan::verify(*plan, facts);
      assert(wrong.empty() && "the compiler made a plan that it would not load");
      result.artifact = plan::write_artifact(*plan);
      if (options.tests) {
        for (const checked::Test& test : checked->tests)
          result.tests.push_back(make_test(test, checked->policy, *plan, sources));
      }
    }
  }
  result.diagnostics = sink.finish(sources);
  result.errors = sink.error_count();
  result.sources = sources.take();
  return result;
}

}  // namespace assent
