// See path_words.h. Brackets stand wherever a reader could join the wrong parts.
#include "tools/page/path_words.h"

namespace assent::command {

namespace {

constexpr std::size_t max_steps = 500;  // of one sentence

class Sentence {
 public:
  explicit Sentence(const PolicyNames& names) : names_(names) {}
  Words words;

  // `alone`: nothing follows that the words could be joined with.
  void say(const PathOutline& path, bool alone) {
    if (said_ > max_steps) return;
    const bool several = path.parts.size() > 1;
    const bool bracketed = !alone && (several || !path.when.empty());
    if (bracketed) words.add("(");
    const bool inner = several && !path.when.empty();
    if (inner) words.add("(");
    parts(path, alone || bracketed);
    if (inner) words.add(")");
    if (!path.when.empty()) words.add(" when " + path.when);
    if (bracketed) words.add(")");
  }

 private:
  const PolicyNames& names_;
  std::size_t said_ = 0;

  void parts(const PathOutline& path, bool alone) {
    if (path.kind == PathOutline::Kind::step) {
      if (++said_ > max_steps) words.add("more steps than are listed here");
      else words.add(names_.approver(path.approver));
      return;
    }
    const bool series = path.kind == PathOutline::Kind::series;
    const std::size_t count = path.parts.size();
    for (std::size_t i = 0; i < count && said_ <= max_steps; ++i) {
      if (i > 0) words.add(series ? ", then " : i + 1 == count ? " and " : ", ");
      const PathOutline& part = path.parts[i];
      // What is together within a series needs no brackets: "together" ends it.
      const bool together = series && part.kind == PathOutline::Kind::parallel && part.when.empty();
      say(part, together || (alone && (count == 1 || (series && i + 1 == count))));
    }
    if (path.cut && count == 0) words.add("more steps than are listed here");
    if (!series && count > 1) words.add(" together");
  }
};

}  // namespace

Words path_words(const PathOutline& path, const PolicyNames& names) {
  Sentence sentence(names);
  sentence.say(path, true);
  return std::move(sentence.words);
}

}  // namespace assent::command
