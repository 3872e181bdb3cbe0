// Runs ANTLR over one text and hands its tree to build_ast or build_syntax. Entries: parse_part, parse_syntax.
//
// Hostile text is stopped in this order: size and UTF-8, then brackets counted on the tokens before
// anything recurses, then the depth of the parser's own rules. Prediction is tried with the fast SLL
// algorithm first; only text that fails it is parsed again with full LL, which also gives the errors.
#include "compiler/parse/parse.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <mutex>
#include <string>

#include <fmt/format.h>

#include "AssentLexer.h"
#include "antlr4-runtime.h"
#include "compiler/parse/build_ast.h"
#include "compiler/parse/build_syntax.h"

namespace assent::compiler {

Span span_of(const ParsedText& text, const antlr4::Token& token) {
  const std::uint32_t begin = text.byte(token.getStartIndex());
  const std::uint32_t end = token.getType() == antlr4::Token::EOF ? begin : text.byte(token.getStopIndex() + 1);
  return {text.file, begin, std::max(begin, end)};
}

bool starts_item(std::string_view word) {
  return word == reserved_item || std::find(std::begin(item_words), std::end(item_words), word) != std::end(item_words);
}

namespace {

using grammar::AssentLexer;
using grammar::AssentParser;

// Ten rules of the grammar lie between a bracket and the next one inside it.
constexpr std::size_t max_rule_depth = 11 * max_nesting;

std::vector<std::uint32_t> code_point_offsets(std::string_view text, std::uint32_t begin) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::vector<std::uint32_t> offsets;
  if (ascii) return offsets;
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";  // ANTLR does not count it
  for (std::size_t i = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) offsets.push_back(begin + static_cast<std::uint32_t>(i));
  }
  offsets.push_back(begin + static_cast<std::uint32_t>(text.size()));
  return offsets;
}

struct TooDeep {
  Span at;
};

class DepthGuard : public antlr4::tree::ParseTreeListener {  // invariant: never more than max_rule_depth rules deep
 public:
  DepthGuard(AssentParser& parser, const ParsedText& text) : parser_(parser), text_(text) {}
  void enterEveryRule(antlr4::ParserRuleContext*) override {
    if (++depth_ > max_rule_depth) throw TooDeep{span_of(text_, *parser_.getCurrentToken())};
  }
  void exitEveryRule(antlr4::ParserRuleContext*) override { --depth_; }
  void visitTerminal(antlr4::tree::TerminalNode*) override {}
  void visitErrorNode(antlr4::tree::ErrorNode*) override {}

 private:
  AssentParser& parser_;
  const ParsedText& text_;
  std::size_t depth_ = 0;
};

// After an error, goes on at the next line that begins an item: what lies between is one mistake.
class RecoverAtItems : public antlr4::DefaultErrorStrategy {
 public:
  using antlr4::DefaultErrorStrategy::recover;
  void recover(antlr4::Parser* parser, std::exception_ptr) override {
    antlr4::TokenStream& tokens = *parser->getTokenStream();
    while (tokens.LA(1) != antlr4::Token::EOF && !(first_on_line(tokens) && starts_item(tokens.LT(1)->getText()))) {
      parser->consume();
    }
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override { throw antlr4::InputMismatchException(parser); }
  // What stands between two items and begins none is a mistake of its own: the items after it are read.
  void sync(antlr4::Parser* parser) override {
    antlr4::ParserRuleContext& context = *parser->getContext();
    if (context.getRuleIndex() != AssentParser::RuleModule) return;
    const antlr4::Token& next = *parser->getTokenStream()->LT(1);
    const std::string word = next.getText();
    const bool starts_header = context.children.empty() && (word == "policy" || word == "module");
    if (next.getType() == antlr4::Token::EOF || starts_header || starts_item(word)) return;
    reportError(parser, antlr4::InputMismatchException(parser));
    recover(parser, nullptr);
  }

 private:
  static bool first_on_line(antlr4::TokenStream& tokens) {
    const antlr4::Token* before = tokens.LT(-1);
    return before == nullptr || before->getLine() < tokens.LT(1)->getLine();
  }
};

std::string_view advice_for(std::string_view seen) {
  if (seen == "==") return "write `=` or `is`";
  if (seen == "&&") return "write `and`";
  if (seen == "||") return "write `or`";
  if (seen == "!") return "write `not`";
  if (seen == ";") return "leave it out: nothing ends a clause";
  if (seen == "=>" || seen == "->") return "write `then` between steps, `implies` has no arrow";
  if (seen == "'") return "texts stand in double quotes: \"…\"";
  if (seen == "%") return "write the percent sign right after the number: 15%";
  if (seen == "and" || seen == "or" || seen == "then" || seen == "when" || seen == "unless" || seen == "else" ||
      seen == "is" || seen == "in" || seen == "has" || seen == "for" || seen == "where" || seen == "any" ||
      seen == "every" || seen == "no" || seen == "not" || seen == "between" || seen == "present" ||
      seen == "absent" || seen == "all" || seen == "veto" || seen == "true" || seen == "false") {
    return "this word is reserved: it joins parts, and cannot be a name";
  }
  return {};
}

// "`when`, `unless` or a name"; empty where the list would be too long to help.
std::string expected_words(const antlr4::misc::IntervalSet& expected, const antlr4::dfa::Vocabulary& words) {
  constexpr std::size_t most = 8;
  const bool name = expected.contains(static_cast<std::size_t>(AssentLexer::NAME));
  std::vector<std::string> list;
  for (const auto& interval : expected.getIntervals()) {
    for (auto type = interval.a; type <= interval.b; ++type) {
      const auto token = static_cast<std::size_t>(type);
      const std::string literal = words.getLiteralName(token);
      if (name && literal.size() > 2 && std::isalpha(static_cast<unsigned char>(literal[1]))) continue;
      if (token == AssentLexer::NAME || token == AssentLexer::FOREIGN) continue;
      if (token == antlr4::Token::EOF) continue;
      if (!literal.empty()) list.push_back(fmt::format("`{}`", literal.substr(1, literal.size() - 2)));
      else if (token == AssentLexer::TEXT) list.emplace_back("a text");
      else if (token == AssentLexer::DATE) list.emplace_back("a date");
      else if (token == AssentLexer::NUMBER) list.emplace_back("a number");
    }
  }
  if (name) list.emplace_back("a name");
  if (list.empty() || list.size() > most) return {};
  std::string text;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) text += i + 1 == list.size() ? " or " : ", ";
    text += list[i];
  }
  return text;
}

class ErrorsToSink : public antlr4::BaseErrorListener {
 public:
  ErrorsToSink(const ParsedText& text, Sink& sink) : text_(text), sink_(sink) {}
  void syntaxError(antlr4::Recognizer* recognizer, antlr4::Token* token, std::size_t, std::size_t, const std::string&,
                   std::exception_ptr error) override {
    if (token == nullptr) return;  // the lexer has none: every character is some token
    if (token->getType() == AssentLexer::OPEN_TEXT || token->getType() == AssentLexer::UNKNOWN) return;
    Span span = span_of(text_, *token);
    const bool end = token->getType() == antlr4::Token::EOF;
    if (end) span.end += static_cast<std::uint32_t>(word_behind().size());
    const std::string_view seen = text_.text.substr(span.begin, span.end - span.begin);
    auto& parser = *static_cast<antlr4::Parser*>(recognizer);
    std::string expected;
    try {
      if (error) std::rethrow_exception(error);
    } catch (const antlr4::InputMismatchException& mismatch) {
      expected = expected_words(mismatch.getExpectedTokens(), parser.getVocabulary());
    } catch (...) {
    }
    std::string message =
        seen.empty() ? "the file ends in the middle of something" : fmt::format("unexpected `{}`", seen);
    if (!expected.empty()) message += ", expected " + expected;
    const bool unfinished = end && !seen.empty();  // the part before
    sink_.report(Code::unexpected_text, span, std::move(message))
        .help(unfinished ? "what stands before it is not finished" : std::string(advice_for(seen)));
  }

 private:
  const ParsedText& text_;
  Sink& sink_;

  // The first of what follows a part: that of an item.
  std::string_view word_behind() const {
    const std::string_view behind = text_.text.substr(text_.end);
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return behind.substr(0, static_cast<std::size_t>(std::find_if_not(behind.begin(), behind.end(), is_letter) -
                                                     behind.begin()));
  }
};

// Reports what the lexer could not read, and brackets and fields of fields that would go too deep.
// False: too deep to be parsed. What could not be read ends its item, and is not reported a second time.
bool check_tokens(antlr4::CommonTokenStream& tokens, const ParsedText& text, Sink& sink) {
  std::size_t depth = 0;
  std::size_t fields = 0;  // as in a.b.c: each is a tree inside the next
  bool after_dot = false;
  for (const antlr4::Token* token : tokens.getTokens()) {
    const Span span = span_of(text, *token);
    switch (token->getType()) {
      case AssentLexer::OPEN_TEXT:
        sink.report(Code::unterminated_text, span, "this text has no closing quote")
            .help("close it with `\"` on the line on which it starts");
        break;
      case AssentLexer::UNKNOWN:
        sink.report(Code::unknown_character, span, fmt::format("the language does not use the character `{}`",
                                                               text.text.substr(span.begin, span.end - span.begin)));
        break;
      default: break;
    }
    const bool dot = text.text.substr(span.begin, span.end - span.begin) == ".";
    fields = dot ? fields + 1 : after_dot ? fields : 0;
    after_dot = dot;
    if (fields > max_nesting) {
      sink.report(Code::nesting_too_deep, span,
                  fmt::format("a field is reached through more than {} others here", max_nesting));
      return false;
    }
    const char first = span.begin < text.text.size() ? text.text[span.begin] : ' ';
    if (first == '(' || first == '{' || first == '[') {
      if (++depth > max_nesting) {
        sink.report(Code::nesting_too_deep, span,
                    fmt::format("brackets are nested more than {} deep here", max_nesting))
            .help("give the inner parts names of their own: facts, functions, chains");
        return false;
      }
    } else if ((first == ')' || first == '}' || first == ']') && depth > 0) {
      --depth;
    }
  }
  return true;
}

// Takes a parse tree while it lives. `skip_broken`: it has items in which the parser gave up.
using Take = std::function<void(const ParsedText& text, AssentParser::ModuleContext& tree,
                                antlr4::CommonTokenStream& tokens, bool skip_broken)>;

void run_parser(const ParsedText& text, Tell tell, Sink& sink, const Take& take) {
  antlr4::ANTLRInputStream input{std::string(text.text.substr(text.begin, text.end - text.begin))};
  AssentLexer lexer(&input);
  lexer.removeErrorListeners();
  antlr4::CommonTokenStream tokens(&lexer);
  tokens.fill();
  if (!check_tokens(tokens, text, sink)) return;

  AssentParser parser(&tokens);
  DepthGuard guard(parser, text);
  parser.addParseListener(&guard);
  parser.removeErrorListeners();
  auto* simulator = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();
  try {
    simulator->setPredictionMode(antlr4::atn::PredictionMode::SLL);
    parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
    return take(text, *parser.module(), tokens, false);
  } catch (const antlr4::ParseCancellationException&) {
    if (tell == Tell::no_errors) return;
  }
  tokens.seek(0);
  AssentParser again(&tokens);
  DepthGuard guard_again(again, text);
  again.addParseListener(&guard_again);
  again.removeErrorListeners();
  ErrorsToSink errors(text, sink);
  again.addErrorListener(&errors);
  again.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::LL);
  again.setErrorHandler(std::make_shared<RecoverAtItems>());
  AssentParser::ModuleContext* tree = again.module();
  take(text, *tree, tokens, again.getNumberOfSyntaxErrors() > 0);
}

// Nothing is taken of a text that cannot be parsed at all.
void parse_bytes(const SourceMap& sources, FileId file, std::uint32_t begin, std::uint32_t end, Tell tell, Sink& sink,
                 const Take& take) {
  // The runtime of this ANTLR shares caches between parsers without a lock of its own.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);

  const std::string_view source = sources.file(file).text;
  const std::string_view own = source.substr(begin, end - begin);
  if (const auto offset = find_invalid_utf8(own)) {
    const auto at = begin + static_cast<std::uint32_t>(*offset);
    sink.report(Code::invalid_utf8, {file, at, at + 1}, "the source is not valid UTF-8 from here on")
        .help("save the file as UTF-8");
    return;
  }
  const ParsedText text{file, source, begin, end, code_point_offsets(own, begin)};
  try {
    run_parser(text, tell, sink, take);
  } catch (const TooDeep& deep) {
    sink.report(Code::nesting_too_deep, deep.at,
                fmt::format("expressions are nested more than {} deep here", max_nesting))
        .help("give the inner parts names of their own: facts, functions, chains");
  } catch (const antlr4::RuntimeException& error) {
    sink.report(Code::unexpected_text, {file, 0, 0}, fmt::format("the text cannot be parsed: {}", error.what()));
  }
}

}  // namespace

Part parse_part(const SourceMap& sources, FileId file, std::uint32_t begin, std::uint32_t end, Tell tell, Sink& sink) {
  Part part;
  part.module.file = file;
  part.module.broken = true;
  parse_bytes(sources, file, begin, end, tell, sink, [&](const ParsedText& text, auto& tree, auto&, bool skip_broken) {
    part.module = build_ast(text, tree, skip_broken, sink);
    part.right = !skip_broken;
    for (AssentParser::ItemContext* item : tree.item())
      part.starts.push_back(span_of(text, *item->getStart()).begin);
  });
  return part;
}

Syntax parse_syntax(const SourceMap& sources, FileId file, Sink& sink) {
  Syntax syntax;
  const auto end = static_cast<std::uint32_t>(sources.file(file).text.size());
  const auto take = [&](const ParsedText& text, auto& tree, auto& tokens, bool skip_broken) {
    syntax = build_syntax(text, tree, tokens, skip_broken);
  };
  parse_bytes(sources, file, 0, end, Tell::errors, sink, take);
  return syntax;
}

}  // namespace assent::compiler
