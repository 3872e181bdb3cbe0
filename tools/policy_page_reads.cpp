// See policy_page.h. Which rules depend on which field of the quote, and on which fact.
#include <algorithm>
#include <numeric>

#include "tools/policy_page.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::size_t max_readers = 1000;  // that are listed of one field: the others are counted

Words readers(const std::vector<ReaderOutline>& list, const PolicyNames& names) {
  std::vector<Words> all;
  for (const ReaderOutline& each : list) {
    if (all.size() == max_readers) break;
    all.push_back(Words(names.of(each)));
  }
  Words words = joined(all, "; ");
  if (list.size() > max_readers) words.add(" and " + std::to_string(list.size() - max_readers) + " more");
  return words;
}

}  // namespace

void add_reads(Page& page, const Outline& outline, const PolicyNames& names) {
  if (!outline.fields.empty() || !outline.facts.empty()) page.add(Heading{2, "reads", "What depends on what"});
  if (outline.reads_cut)
    page.add(Paragraph{"The policy is too large to follow all that it reads: these lists are not complete."});
  if (!outline.fields.empty()) {
    page.add(Heading{3, "fields", "Fields of the quote"});
    PageTable table{"Fields, and what reads them", {"Field", "Read by", "Read through facts by"}, {}};
    for (const ReadOutline& each : outline.fields) {
      table.rows.push_back({Words(named(each.name)), readers(each.readers, names),
                            readers(each.through, names)});
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
    table.rows.push_back({words_of(fact.name), fact.value, place_of(fact.location),
                          fact.same_as.empty() ? readers(fact.readers, names)
                                               : "as " + words_of(fact.same_as) + ", which is the same",
                          readers(fact.through, names)});
  }
  page.add(std::move(table));
}

}  // namespace assent::command
