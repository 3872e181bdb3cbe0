// Text to syntax tree, piece by piece: for texts with errors, and for who parses nearly the same text again and again.
// Entries: Reparser::parse, give_back.
//
// A file is cut where a line begins with the first word of an item, without blanks before it. What is wrong with a
// piece ends with it, so that a missing bracket costs one item; what is right as a whole is right, wherever its lines
// begin. Pieces that were there last time have their trees already, which only move.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diag.h"
#include "compiler/source/source.h"

namespace assent::compiler {

class Reparser {
 public:
  // The tree that compiler::parse gives, and its reports, whatever was parsed before. It is lent: what is not given
  // back, unchanged, before the next call is parsed anew then.
  ast::Module parse(const SourceMap& sources, FileId file, Sink& sink);
  void give_back(ast::Module module);

 private:
  struct Piece {
    std::string text;
    std::uint32_t begin = 0;  // in the text of last time
    ast::Module tree;         // while it is not lent
    std::size_t items = 0;
    bool right = false;       // it has no error
  };
  std::vector<Piece> pieces_;
  std::optional<FileId> lent_to_;

  static Piece parse_piece(const SourceMap& sources, FileId file, std::uint32_t begin,
                           std::span<const std::uint32_t> ends);
};

}  // namespace assent::compiler
