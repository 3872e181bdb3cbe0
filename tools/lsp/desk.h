// What an editor has open, and what is known of it. Entry: EditorDesk.
//
// Each document is a policy of its own, with the modules beside it: those that are open as they are in the editor, the
// others as they are on the disk.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/editor.h"
#include "tools/lsp/text.h"

namespace assent::command::lsp {

class EditorDesk {
 public:
  struct Document {
    std::string uri, path, folder;  // of a document that is no file, path and folder are empty
    std::string text;
    std::int64_t version = 0;
    bool dirty = true;  // nobody was told yet what is wrong with it
  };
  // A place in a document, or in a file that is not open.
  struct Target {
    std::string uri;
    TextPosition begin, end;
    bool operator==(const Target&) const = default;
  };

  void use(PositionEncoding encoding) { encoding_ = encoding; }
  PositionEncoding encoding() const { return encoding_; }

  Document& open(std::string uri, std::string text, std::int64_t version);
  void close(const std::string& uri);
  void changed(const Document& document);  // its text: what was known is forgotten, also of those that use it
  Document* find(const std::string& uri);
  std::vector<Document*> documents();

  // Of a document, as it is now; looked at once.
  const EditorView& view(const Document& document) { return known(document).view; }

  // The same, compiled with its tests.
  CompileResult compile(const Document& document);

  // Where a place of its view stands; nothing for one in the library or nowhere.
  std::optional<Target> target(const Document& document, const Place& place);
  const Word* word_at(const Document& document, TextPosition position);
  std::size_t offset(const Document& document, TextPosition position) const;

  // The fields that may follow `names`, which stand before a dot at `offset`: "quote", "account".
  std::vector<const Symbol*> fields_after(const Document& document, const std::vector<std::string>& names,
                                          std::size_t offset);

 private:
  PositionEncoding encoding_ = PositionEncoding::utf16;
  std::map<std::string, Document> documents_;
  struct Known {
    EditorView view;
    std::vector<TextLines> lines;  // of its sources
  };
  std::map<std::string, std::unique_ptr<Known>> known_;  // by document
  std::map<std::string, EditorMemory> memories_;         // by document, through its changes

  const Known& known(const Document& document);

  void forget_all();
  LintOptions options_of(const Document& document) const;
  std::string name_of(const Document& document) const;
  const Symbol* record_of(const EditorView& view, std::string_view type) const;
};

}  // namespace assent::command::lsp
