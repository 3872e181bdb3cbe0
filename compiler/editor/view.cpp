// Entry: assent::editor_view, of assent/editor.h. Declarations are those of the trees, their types those of the checked
// tables; words come from the checker, which knows what they mean.
#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "assent/editor.h"
#include "compiler/driver/pipeline.h"
#include "compiler/editor/hints.h"
#include "compiler/lint/find.h"
#include "compiler/source/comment.h"

namespace assent {

namespace compiler {

namespace {

using Kind = Symbol::Kind;

constexpr std::string_view kind_names[] = {"record", "type",  "input", "fact",     "function",  "calendar", "approver",
                                           "chain",  "rule",  "field", "variable", "parameter", "phase", "test"};
static_assert(static_cast<std::size_t>(Reference::Kind::phase) == static_cast<std::size_t>(Kind::phase),
              "the same, in one order");

class View {
 public:
  View(const std::vector<LoadedModule>& modules, const Checked& checked, const SourceMap& sources)
      : modules_(modules), checked_(checked), policy_(checked.policy), sources_(sources) {}

  void run(EditorView& out) {
    types();
    for (const LoadedModule& module : modules_)
      for (const ast::Item& item : module.tree.items)
        std::visit([&](const auto& decl) { add(decl, item.span); }, item.node);
    for (const checked::Variable& variable : policy_.variables.items)
      if (variable.span != Span{}) add(Kind::variable, variable.name, {}, variable.span, variable.span, &variable.type);
    for (const checked::Function& function : policy_.functions.items)
      for (std::size_t i = 0; i < function.spans.size(); ++i)
        add(Kind::parameter, function.names[i], {}, function.spans[i], function.spans[i], &function.parameters[i]);
    if (policy_.orders)
      for (const checked::Phase& phase : policy_.orders->phases)
        add(Kind::phase, phase.name, phase.title, phase.span, phase.span, nullptr);
    std::stable_sort(made_.begin(), made_.end(), [](const Made& a, const Made& b) {
      return std::tuple(a.name.file, a.name.begin, a.kind) < std::tuple(b.name.file, b.name.begin, b.kind);
    });
    std::map<Key, std::size_t> index;
    for (const Made& each : made_) {
      index.try_emplace({each.name.file, each.name.begin, each.kind}, out.symbols.size());
      out.symbols.push_back({each.kind, each.called, each.title, each.type, each.parameters, {}, each.documentation,
                             sources_.place(each.name), sources_.place(each.whole)});
    }
    for (const checked::Record& record : policy_.records.items) {
      const auto own = index.find({record.span.file, record.span.begin, Kind::record});
      for (const checked::Field& field : record.fields)
        if (const auto known = index.find({field.span.file, field.span.begin, Kind::field});
            own != index.end() && known != index.end())
          out.symbols[known->second].record = own->second;
    }
    words(index, out);
  }

 private:
  using Key = std::tuple<FileId, std::uint32_t, Kind>;
  struct Made {
    Kind kind{};
    std::string called, title, type, documentation;
    std::vector<std::string> parameters;
    Span name, whole;
  };

  const std::vector<LoadedModule>& modules_;
  const Checked& checked_;
  const checked::Policy& policy_;
  const SourceMap& sources_;
  std::map<std::pair<FileId, std::uint32_t>, checked::Type> type_at_;  // of what is declared there
  std::map<std::pair<FileId, std::uint32_t>, const checked::Function*> function_at_;
  std::vector<Made> made_;

  // Fields, facts and functions by where their names are declared.
  void types() {
    const auto say = [&](Span name, const checked::Type& type) { type_at_.try_emplace({name.file, name.begin}, type); };
    for (const checked::Record& record : policy_.records.items)
      for (const checked::Field& field : record.fields) say(field.span, field.type);
    for (const checked::Fact& fact : policy_.facts.items)
      if (static_cast<std::size_t>(fact.value) < policy_.exprs.size()) say(fact.span, policy_.exprs[fact.value].type);
    for (const checked::Function& function : policy_.functions.items) {
      function_at_.try_emplace({function.span.file, function.span.begin}, &function);
      if (static_cast<std::size_t>(function.body) < policy_.exprs.size())
        say(function.span, policy_.exprs[function.body].type);
    }
  }

  void add(Kind kind, std::string called, std::string title, Span name, Span whole, const checked::Type* type) {
    Made made{kind, std::move(called), std::move(title), {}, {}, {}, name, whole};
    if (const auto known = type_at_.find({name.file, name.begin}); type == nullptr && known != type_at_.end())
      type = &known->second;
    if (type != nullptr && type->base != checked::Base::unknown) made.type = type_name(policy_, *type);
    if (whole != name) made.documentation = comment_above(sources_.file(whole.file).text, whole.begin);
    made_.push_back(std::move(made));
  }
  void add(Kind kind, const ast::Word& name, const std::optional<ast::Word>& title, Span whole) {
    add(kind, name.text, title ? title->text : "", name.span, whole, nullptr);
  }

  // ── what is declared ────────────────────────────────────────────────────────────────────────
  void fields(const std::vector<ast::FieldDecl>& fields) {
    for (const ast::FieldDecl& field : fields) add(Kind::field, field.name, {}, field.name.span);
  }
  void add(const ast::RecordDecl& decl, Span whole) {
    add(Kind::record, decl.name, {}, whole);
    fields(decl.fields);
  }
  void add(const ast::ExtendDecl& decl, Span) { fields(decl.fields); }
  void add(const ast::TypeDecl& decl, Span whole) { add(Kind::type, decl.name, {}, whole); }
  void add(const ast::InputDecl& decl, Span whole) {
    add(Kind::input, decl.name, {}, whole);
    if (!decl.type.parts.empty()) made_.back().type = decl.type.parts.back().text;
  }
  void add(const ast::FunctionDecl& decl, Span whole) {
    add(Kind::function, decl.name, {}, whole);
    const auto known = function_at_.find({decl.name.span.file, decl.name.span.begin});
    if (known == function_at_.end()) return;
    const checked::Function& function = *known->second;
    for (std::size_t i = 0; i < function.names.size(); ++i)
      made_.back().parameters.push_back(function.names[i] + ": " + type_name(policy_, function.parameters[i]));
  }
  void add(const ast::CalendarDecl& decl, Span whole) { add(Kind::calendar, decl.name, {}, whole); }
  void add(const ast::ApproverDecl& decl, Span whole) { add(Kind::approver, decl.name, decl.title, whole); }
  void add(const ast::GroupDecl& decl, Span whole) { add(Kind::approver, decl.name, decl.title, whole); }
  void add(const ast::ChainDecl& decl, Span whole) { add(Kind::chain, decl.name, decl.title, whole); }
  void add(const ast::FactDecl& decl, Span whole) { add(Kind::fact, decl.name, {}, whole); }
  void add(const ast::RuleDecl& decl, Span whole) { add(Kind::rule, decl.name, decl.title, whole); }
  void add(const ast::LadderDecl& decl, Span whole) { add(Kind::rule, decl.name, decl.title, whole); }
  void add(const ast::TestDecl& decl, Span whole) { add(Kind::test, decl.title, {}, whole); }
  template <typename Other>
  void add(const Other&, Span) {}  // has no name of its own

  // ── what is meant ───────────────────────────────────────────────────────────────────────────
  void words(const std::map<Key, std::size_t>& index, EditorView& out) const {
    struct Meant { Span at; std::size_t symbol; bool declares; };
    std::vector<Meant> meant;
    for (std::size_t i = 0; i < made_.size(); ++i)
      if (made_[i].kind != Kind::test)  // whose title is no name
        meant.push_back({made_[i].name, index.at({made_[i].name.file, made_[i].name.begin, made_[i].kind}), true});
    for (const Reference& each : checked_.references) {
      const auto known = index.find({each.declared.file, each.declared.begin, static_cast<Kind>(each.kind)});
      if (known != index.end()) meant.push_back({each.at, known->second, false});
    }
    std::stable_sort(meant.begin(), meant.end(), [](const Meant& a, const Meant& b) {
      return std::tuple(a.at.file, a.at.begin) < std::tuple(b.at.file, b.at.begin);
    });
    for (const Meant& each : meant) out.words.push_back({sources_.place(each.at), each.symbol, each.declares});
  }
};

}  // namespace

}  // namespace compiler

std::vector<BuiltinFunction> builtin_functions() {
  return {
#define BUILTIN(name, signature, meaning) {#name, signature, meaning},
#include "compiler/sema/builtins.def"
#undef BUILTIN
  };
}

std::string_view text(Symbol::Kind kind) { return compiler::kind_names[static_cast<std::size_t>(kind)]; }

const Word* EditorView::word_at(std::string_view file, std::size_t offset) const {
  const Word* before = nullptr;
  for (const Word& each : words) {
    if (each.place.file != file || offset < each.place.begin || offset > each.place.end) continue;
    if (offset < each.place.end) return &each;
    before = &each;
  }
  return before;
}

struct EditorMemory::Impl {
  compiler::Reparsers reparsers;
};
EditorMemory::EditorMemory() : impl_(std::make_unique<Impl>()) {}
EditorMemory::~EditorMemory() = default;
EditorMemory::EditorMemory(EditorMemory&&) noexcept = default;
EditorMemory& EditorMemory::operator=(EditorMemory&&) noexcept = default;

EditorView editor_view(const Source& root, const LintOptions& options, EditorMemory* memory) {
  using namespace compiler;
  SourceMap sources;
  Sink sink(options.max_errors);
  EditorView view;
  Reparsers* reparsers = memory != nullptr ? &memory->impl_->reparsers : nullptr;
  std::vector<LoadedModule> modules = load(root, options, sources, sink, reparsers);
  const Checked checked = check(modules, sources, sink, true);
  View(modules, checked, sources).run(view);
  if (const lint::Planned policy = lint::planned(checked, sources, sink); !sink.has_errors()) {
    view.findings = lint::find(modules, checked, policy, sources, options).list;
    if (policy.plan) view.hints = hints(checked, *policy.plan, policy.node_of, sources);
  }
  view.diagnostics = sink.finish(sources);
  if (reparsers != nullptr)
    for (LoadedModule& module : modules)
      if (const auto own = reparsers->find(sources.file(module.tree.file).name); own != reparsers->end())
        own->second.give_back(std::move(module.tree));
  view.sources = sources.take();
  return view;
}

}  // namespace assent
