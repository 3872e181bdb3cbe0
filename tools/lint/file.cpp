// See file.h.
#include "tools/lint/file.h"

#include <cstdint>
#include <cstring>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/policy_file.h"

namespace assent::command {

namespace {

// Numbers as eight bytes, texts and lists with their length before them. `all` names the fields of a value once, for
// both directions.
class Packer {
 public:
  std::string bytes;
  void number(std::uint64_t value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
  template <typename Number>
  void whole(Number value) { number(static_cast<std::uint64_t>(value)); }
  void text(const std::string& value) {
    number(value.size());
    bytes += value;
  }
  template <typename List, typename Each>
  void list(List& values, Each each) {
    number(values.size());
    for (auto& value : values) each(value);
  }
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  bool good = true;
  bool at_end() const { return rest_.empty(); }

  template <typename Number>
  void whole(Number& value) {
    std::uint64_t number = 0;
    if (rest_.size() < sizeof number) {
      good = false;
      return;
    }
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
    value = static_cast<Number>(number);
  }
  void text(std::string& value) {
    std::uint64_t size = 0;
    whole(size);
    if (size > rest_.size()) good = false;
    if (!good) return;
    value = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <typename List, typename Each>
  void list(List& values, Each each) {
    std::uint64_t size = 0;
    whole(size);
    if (size > rest_.size()) good = false;  // each has a byte at least
    for (std::uint64_t i = 0; good && i < size; ++i) each(values.emplace_back());
  }

 private:
  std::string_view rest_;
};

template <typename Archive, typename Place>
void place(Archive& archive, Place& at) {
  archive.text(at.file);
  archive.whole(at.line);
  archive.whole(at.column);
  archive.whole(at.end_line);
  archive.whole(at.end_column);
  archive.whole(at.begin);
  archive.whole(at.end);
}

template <typename Archive, typename Label>
void label(Archive& archive, Label& each) {
  place(archive, each.place);
  archive.text(each.text);
}

template <typename Archive, typename Diagnostic>
void diagnostic(Archive& archive, Diagnostic& each) {
  archive.text(each.code);
  archive.text(each.name);
  archive.whole(each.severity);
  archive.text(each.message);
  label(archive, each.primary);
  archive.list(each.labels, [&](auto& one) { label(archive, one); });
  archive.text(each.help);
}

template <typename Archive, typename Findings>
void all(Archive& archive, Findings& findings) {
  archive.text(findings.unread);
  archive.list(findings.findings, [&](auto& each) {
    diagnostic(archive, each);
    archive.list(each.fix, [&](auto& edit) { label(archive, edit); });
  });
  archive.list(findings.diagnostics, [&](auto& each) { diagnostic(archive, each); });
  archive.whole(findings.errors);
  archive.whole(findings.allowed);
  archive.whole(findings.mended);
  archive.list(findings.sources, [&](auto& each) {
    archive.text(each.name);
    archive.text(each.text);
  });
}

// Until nothing is left to mend: what a removed fact alone used is unused then. Gives how many fixes were made.
std::size_t mend(Source& root, const LintOptions& options) {
  constexpr int most_rounds = 20;
  std::size_t mended = 0;
  for (int round = 0; round < most_rounds; ++round) {
    std::vector<Finding> own;
    for (Finding& each : lint(root, options).findings)
      if (!each.fix.empty() && each.primary.place.file == root.name) own.push_back(std::move(each));
    if (own.empty()) break;
    mended += own.size();
    root.text = fixed(root, own);
  }
  return mended;
}

FileFindings look_at(const std::string& name, const LintOptions& wanted, bool fix) {
  FileFindings found;
  try {
    PolicySource source = read_source(name);
    LintOptions options = wanted;
    options.import = source.options.import;
    if (fix) {
      found.mended = mend(source.root, options);
      if (found.mended > 0) write_whole(name, source.root.text);
    }
    LintResult result = lint(source.root, options);
    source.check_imports();
    found.findings = std::move(result.findings);
    found.diagnostics = std::move(result.diagnostics);
    found.errors = result.errors;
    found.allowed = result.allowed;
    for (Diagnostic& each : found.diagnostics) source.places.show(each);
    for (Finding& each : found.findings) {
      source.places.show(each);
      for (TextEdit& edit : each.fix) source.places.show(edit.place);
    }
    for (Source& each : result.sources) {
      if (library_module(each.name)) continue;
      each.name = source.places.file(each.name);
      found.sources.push_back(std::move(each));
    }
  } catch (const BadInput& bad) {
    found = {};
    found.unread = bad.what();
  }
  return found;
}

}  // namespace

FileFindings lint_file(const std::string& name, const LintOptions& options) { return look_at(name, options, false); }

FileFindings mend_file(const std::string& name, const LintOptions& options) {
  return look_at(name, options, name != standard_stream);
}

std::string packed(const FileFindings& findings) {
  Packer packer;
  all(packer, findings);
  return std::move(packer.bytes);
}

std::optional<FileFindings> unpacked(std::string_view bytes) {
  Unpacker unpacker(bytes);
  FileFindings findings;
  all(unpacker, findings);
  if (!unpacker.good || !unpacker.at_end()) return std::nullopt;
  return findings;
}

}  // namespace assent::command
