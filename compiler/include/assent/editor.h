// assent/editor.h: what an editor wants to know of a policy while it is written: what is wrong or hardly meant, what
// each word means, what is declared where. All from one look at the text.
//
//   const assent::EditorView view = assent::editor_view({"desk.assent", text}, options);
//   if (const assent::Word* word = view.word_at("desk.assent", offset)) jump_to(view.symbols[word->symbol].name_place);
//
// A text that is being typed is seldom whole: an item with a mistake in it is left out, and everything else is known.
// Threads and failure: as compile().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/lint.h"

namespace assent {

// Something that has a name.
struct Symbol {
  enum class Kind : std::uint8_t {
    record, type, input, fact, function, calendar, approver, chain, rule, field, variable, parameter, phase, test
  };
  Kind kind{};
  std::string name;           // of a test its title
  std::string title;          // in words, where the declaration says so
  std::string type;           // of what has a value, and of a function's: "Percent", "list of Line", "Text?"
  std::vector<std::string> parameters;  // of a function: "line: Line"
  std::optional<std::size_t> record;  // of a field: the symbol of its record
  std::string documentation;  // the comment right above the declaration, without its marks
  Place name_place;
  Place whole;                // the declaration; of a variable and a parameter its name
};
std::string_view text(Symbol::Kind kind);  // "fact"

// A word that means a symbol.
struct Word {
  Place place;
  std::size_t symbol = 0;
  bool declares = false;  // it is the name in the declaration
};

// What is not written, and true all the same: shown beside the text.
struct Hint {
  enum class Kind : std::uint8_t {
    band,    // before a ladder's band: where it begins, "over 15%,"
    higher,  // behind what a rule compares: a vote is kept while this does not rise
    lower,   // … while this does not fall
  };
  Kind kind{};
  Place place;       // empty: between two bytes
  std::string text;  // of a band
};

struct EditorView {
  std::vector<Diagnostic> diagnostics;  // as compile() gives them
  std::vector<Finding> findings;        // as lint() gives them
  std::vector<Symbol> symbols;          // of the root and all modules that it uses, by place
  std::vector<Word> words;              // by place
  std::vector<Hint> hints;              // of a policy without errors, by place
  std::vector<Source> sources;          // every file read, the root first

  // The word at a byte of a file, or right before it; null where none means anything.
  const Word* word_at(std::string_view file, std::size_t offset) const;
};

// What is remembered of files from one look at them to the next: where little changed, little is parsed. One for each
// document, used by one thread at a time; views do not depend on it.
class EditorMemory {
 public:
  EditorMemory();
  ~EditorMemory();
  EditorMemory(EditorMemory&&) noexcept;
  EditorMemory& operator=(EditorMemory&&) noexcept;

 private:
  friend EditorView editor_view(const Source&, const LintOptions&, EditorMemory*);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

EditorView editor_view(const Source& root, const LintOptions& options = {}, EditorMemory* memory = nullptr);

// The words with which items begin: "rule", "fact".
std::vector<std::string_view> item_words();

// The functions that every policy has, in the order of the language's reference.
struct BuiltinFunction {
  std::string_view name, signature, meaning;  // "round", "round(amount, places): amount", "to that many places, …"
};
std::vector<BuiltinFunction> builtin_functions();

}  // namespace assent
