// See desk.h.
#include "tools/lsp/desk.h"

#include <algorithm>
#include <utility>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/policy_file.h"
#include "tools/text.h"
#include "tools/uri.h"

namespace assent::command::lsp {

namespace {

std::string_view word_from(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  return text.substr(at, end - at);
}

// "quote.lines" of `for each line in quote.lines where …`: what the nearest loop above walks through that calls its
// elements so. What is being typed is no expression yet, so that it is sought in the text.
std::vector<std::string> list_of(std::string_view text, std::string_view variable) {
  const std::string wanted = std::string(variable) + " in ";
  for (std::size_t at = text.rfind(wanted); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : text.rfind(wanted, at - 1)) {
    if (at > 0 && is_name_byte(text[at - 1])) continue;
    std::vector<std::string> names;
    for (std::size_t i = at + wanted.size();;) {
      const std::string_view name = word_from(text, i);
      if (name.empty()) break;
      names.emplace_back(name);
      i += name.size();
      if (i >= text.size() || text[i] != '.') return names;
      ++i;
    }
  }
  return {};
}

// "Line" of "list of Line" and "Line?".
std::string_view element_of(std::string_view type) {
  constexpr std::string_view list = "list of ";
  if (type.starts_with(list)) type.remove_prefix(list.size());
  if (type.ends_with('?')) type.remove_suffix(1);
  return type;
}

}  // namespace

EditorDesk::Document& EditorDesk::open(std::string uri, std::string text, std::int64_t version) {
  Document document;
  document.path = path_of_uri(uri).value_or("");
  document.folder = folder_of(document.path);
  document.text = std::move(text);
  document.version = version;
  document.uri = uri;
  forget_all();
  return documents_[uri] = std::move(document);
}

void EditorDesk::close(const std::string& uri) {
  documents_.erase(uri);
  memories_.erase(uri);
  forget_all();
}

// A module that was missing may be there now, or be another on the disk.
void EditorDesk::forget_all() {
  known_.clear();
  for (auto& [uri, each] : documents_) each.dirty = true;
}

void EditorDesk::changed(const Document& document) {
  for (auto& [uri, each] : documents_) {
    const auto known = known_.find(uri);
    const auto is_it = [&](const Source& source) { return each.folder + source.name == document.path; };
    const bool uses = known != known_.end() && std::any_of(known->second->view.sources.begin(),
                                                           known->second->view.sources.end(), is_it);
    if (uri != document.uri && !uses) continue;
    each.dirty = true;
    if (known != known_.end()) known_.erase(known);
  }
}

EditorDesk::Document* EditorDesk::find(const std::string& uri) {
  const auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second;
}

std::vector<EditorDesk::Document*> EditorDesk::documents() {
  std::vector<Document*> all;
  for (auto& [uri, document] : documents_) all.push_back(&document);
  return all;
}

std::string EditorDesk::name_of(const Document& document) const {
  return document.path.empty() ? document.uri : name_in_folder(document.path);
}

LintOptions EditorDesk::options_of(const Document& document) const {
  LintOptions options;
  if (document.path.empty()) return options;
  options.import = [this, folder = document.folder](std::string_view module) -> std::optional<Source> {
    const std::string file = file_of_module(module);
    for (const auto& [uri, each] : documents_)
      if (each.path == folder + file) return Source{file, each.text};
    try {
      if (auto text = read_if_there(folder + file, CompileOptions{}.max_source_bytes))
        return Source{file, *std::move(text)};
    } catch (const BadInput&) {
      // it is said to be missing
    }
    return std::nullopt;
  };
  return options;
}

const EditorDesk::Known& EditorDesk::known(const Document& document) {
  std::unique_ptr<Known>& known = known_[document.uri];
  if (known) return *known;
  known = std::make_unique<Known>();
  known->view = editor_view({name_of(document), document.text}, options_of(document), &memories_[document.uri]);
  for (const Source& each : known->view.sources) known->lines.emplace_back(each.text, encoding_);
  return *known;
}

CompileResult EditorDesk::compile(const Document& document) {
  LintOptions options = options_of(document);
  options.tests = true;
  return assent::compile({name_of(document), document.text}, options);
}

std::optional<EditorDesk::Target> EditorDesk::target(const Document& document, const Place& place) {
  const Known& all = known(document);
  const auto source = std::find_if(all.view.sources.begin(), all.view.sources.end(),
                                   [&](const Source& each) { return each.name == place.file; });
  if (source == all.view.sources.end() || place.line == 0) return std::nullopt;
  const bool own = source == all.view.sources.begin();
  if (!own && (document.path.empty() || library_module(place.file))) return std::nullopt;
  const TextLines& lines = all.lines[static_cast<std::size_t>(source - all.view.sources.begin())];
  return Target{own ? document.uri : uri_of_path(document.folder + place.file), lines.position(place.begin),
                lines.position(place.end)};
}

std::size_t EditorDesk::offset(const Document& document, TextPosition position) const {
  return TextLines(document.text, encoding_).offset(position);
}

const Word* EditorDesk::word_at(const Document& document, TextPosition position) {
  return view(document).word_at(name_of(document), offset(document, position));
}

const Symbol* EditorDesk::record_of(const EditorView& view, std::string_view type) const {
  for (const Symbol& each : view.symbols)
    if (each.kind == Symbol::Kind::record && each.name == element_of(type)) return &each;
  return nullptr;
}

std::vector<const Symbol*> EditorDesk::fields_after(const Document& document, const std::vector<std::string>& names,
                                                    std::size_t offset) {
  const EditorView& known = view(document);
  const auto fields_of = [&](const Symbol* record) {
    std::vector<const Symbol*> fields;
    for (const Symbol& each : known.symbols)
      if (record != nullptr && each.record && &known.symbols[*each.record] == record) fields.push_back(&each);
    return fields;
  };
  const auto record_by = [&](const Symbol* record, const std::string& field) -> const Symbol* {
    for (const Symbol* each : fields_of(record))
      if (each->name == field) return record_of(known, each->type);
    return nullptr;
  };
  std::vector<std::string> way = names;
  constexpr int most_loops = 8;
  for (int i = 0; i < most_loops; ++i) {  // a variable stands for what it walks through
    const std::vector<std::string> list = list_of(std::string_view(document.text).substr(0, offset), way[0]);
    if (list.empty()) break;
    way.erase(way.begin());
    way.insert(way.begin(), list.begin(), list.end());
  }
  const Symbol* record = nullptr;
  for (const Symbol& each : known.symbols) {
    const bool has_value = each.kind == Symbol::Kind::input || each.kind == Symbol::Kind::parameter;
    if (has_value && each.name == way[0]) record = record_of(known, each.type);
  }
  for (std::size_t i = 1; i < way.size(); ++i) record = record_by(record, way[i]);
  return fields_of(record);
}

}  // namespace assent::command::lsp
