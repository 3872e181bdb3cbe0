// See policy.h. Which rules depend on which field of the quote, and on which fact.
#include <algorithm>
#include <numeric>

#include "tools/page/policy.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// Readers that are listed of one field, and on the whole page: the others are counted.
constexpr std::size_t max_readers = 1000, max_listed = 500'000;

class Readers {
 public:
  explicit Readers(const PolicyNames& names) : names_(names) {}

  Words words(const std::vector<ReaderOutline>& list) {
    const std::size_t count = std::min({list.size(), max_readers, max_listed - listed_});
    listed_ += count;
    std::vector<Words> all;
    for (std::size_t i = 0; i < count; ++i) all.emplace_back(names_.of(list[i]));
    Words words = joined(all, "; ");
    if (count < list.size()) words.add(" and " + std::to_string(list.size() - count) + " more");
    return words;
  }

 private:
  const PolicyNames& names_;
  std::size_t listed_ = 0;
};

}  // namespace

void add_reads(Page& page, const Outline& outline, const PolicyNames& names) {
  Readers readers(names);
  if (!outline.fields.empty() || !outline.facts.empty()) page.add(Heading{2, "reads", "What depends on what"});
  if (outline.reads_cut)
    page.add(Paragraph{"The policy is too large to follow all that it reads: these lists are not complete."});
  if (!outline.fields.empty()) {
    page.add(Heading{3, "fields", "Fields of the quote"});
    PageTable table{"Fields, and what reads them", {"Field", "Read by", "Read through facts by"}, {}};
    for (const ReadOutline& each : outline.fields) {
      Words direct = readers.words(each.readers);
      table.rows.push_back({Words(named(each.name)), std::move(direct), readers.words(each.through)});
    }
    page.add(std::move(table));
  }
  if (outline.facts.empty()) return;
  page.add(Heading{3, "facts", "Facts"});
  PageTable table{"Facts, and what reads them", {"Fact", "Is", "Stands in", "Read by", "Read through facts by"}, {}};
  std::vector<std::size_t> sorted(outline.facts.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](std::size_t a, std::size_t b) { return outline.facts[a].name < outline.facts[b].name; });
  for (const std::size_t i : sorted) {
    const ReadOutline& fact = outline.facts[i];
    Words direct = fact.same_as.empty() ? readers.words(fact.readers)
                                        : "as " + words_of(fact.same_as) + ", which is the same";
    table.rows.push_back({words_of(fact.name), fact.value, place_of(fact.location), std::move(direct),
                          readers.words(fact.through)});
  }
  page.add(std::move(table));
}

}  // namespace assent::command
