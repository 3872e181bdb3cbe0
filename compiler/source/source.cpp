// compiler/source/source.cpp: see source.h.
#include "compiler/source/source.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace assent::compiler {
namespace {

std::uint32_t to_offset(std::size_t value) { return static_cast<std::uint32_t>(value); }

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts;
  // Counted first, so that a text of nothing but line ends takes 4 bytes a line and no more.
  starts.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  starts.push_back(0);
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    starts.push_back(to_offset(at + 1));
  }
  return starts;
}

struct Position {
  std::uint32_t line;    // from 1
  std::uint32_t column;  // from 1
};

Position position(std::string_view text, const std::vector<std::uint32_t>& starts,
                  std::uint32_t offset) {
  // An offset inside a code point is that code point's column.
  const std::size_t at = code_point_start(text, offset);
  const auto after = std::upper_bound(starts.begin(), starts.end(), to_offset(at));
  const std::size_t start = *(after - 1);
  const std::size_t before = count_code_points(text.substr(start, at - start));
  return {to_offset(static_cast<std::size_t>(after - starts.begin())), to_offset(before + 1)};
}

}  // namespace

Span join(Span first, Span second) {
  assert(first.file == second.file);
  return {first.file, std::min(first.begin, second.begin), std::max(first.end, second.end)};
}

FileId SourceMap::add(Source source) {
  assert(source.text.size() <= max_file_bytes);
  std::vector<std::uint32_t> starts = find_line_starts(source.text);
  files_.push_back({std::move(source), std::move(starts)});
  return static_cast<FileId>(files_.size() - 1);
}

const Source& SourceMap::file(FileId id) const {
  assert(static_cast<std::size_t>(id) < files_.size());
  return files_[static_cast<std::size_t>(id)].source;
}

std::uint32_t SourceMap::line_count(FileId id) const {
  const auto index = static_cast<std::size_t>(id);
  return index < files_.size() ? static_cast<std::uint32_t>(files_[index].line_starts.size()) : 0;
}

Place SourceMap::place(Span span) const {
  const std::size_t index = static_cast<std::size_t>(span.file);
  if (index >= files_.size()) return {};

  const File& file = files_[index];
  const std::string_view text = file.source.text;
  Place place;
  place.file = file.source.name;
  place.begin = std::min(span.begin, to_offset(text.size()));
  place.end = std::clamp(span.end, place.begin, to_offset(text.size()));

  const Position begin = position(text, file.line_starts, place.begin);
  place.line = begin.line;
  place.column = begin.column;
  const Position end = position(text, file.line_starts, place.end);
  place.end_line = end.line;
  place.end_column = end.column;
  return place;
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view text = file(span.file).text;
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  return text.substr(begin, span.end > begin ? span.end - begin : 0);
}

std::vector<Source> SourceMap::take() {
  std::vector<Source> sources;
  sources.reserve(files_.size());
  for (File& file : files_) sources.push_back(std::move(file.source));
  files_.clear();
  return sources;
}

}  // namespace assent::compiler
