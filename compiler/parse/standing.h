// Where a byte of a source stands, byte after byte, without parsing: for texts that cannot be parsed. Entry: Standing.
#pragma once

namespace assent::compiler {

class Standing {
 public:
  bool in_text = false, in_comment = false;

  void pass(char c) {
    if (c == '\n') {
      *this = {};
    } else if (escaped_) {
      escaped_ = false;
    } else if (in_text) {
      escaped_ = c == '\\';
      in_text = c != '"';
    } else if (!in_comment) {
      in_text = c == '"';
      in_comment = c == '#';
    }
  }

 private:
  bool escaped_ = false;
};

}  // namespace assent::compiler
