// The only place where the command reads and writes files. Entries: read_file, files_in, write_whole,
// write_once, lock_file, print, end_with_reader.
//
// The name "-" is the standard input. Failure: BadInput, in words that start with the file's name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assent::command {

inline constexpr std::string_view standard_stream = "-";

// Of directories, rates and artifacts: more than any of them needs; the library has tighter limits.
inline constexpr std::size_t max_input_bytes = std::size_t{1} << 30;

// The whole file, which may have at most `limit` bytes: no more than one byte above is ever read.
std::string read_file(const std::string& name, std::size_t limit = max_input_bytes);

// A file that is read piece by piece, or the standard input. BadInput for one that cannot be read.
class InputFile {
 public:
  explicit InputFile(const std::string& name);
  InputFile(const InputFile&) = delete;
  ~InputFile();
  bool is_there() const { return descriptor_ >= 0; }
  // Of one that is there: appends what there is, up to `most` bytes, and waits only where there is nothing; false once
  // there are no more.
  bool read(std::string& to, std::size_t most);

 private:
  std::string name_;
  int descriptor_;
};

// Nothing for what is no file of a fixed length.
std::optional<std::uint64_t> size_of_file(const std::string& name);

// Like read_file, but a file longer than `limit` is given with limit + 1 bytes, for one who says so
// himself; nothing if there is no such file.
std::optional<std::string> read_if_there(const std::string& name, std::size_t limit);

// The files of a folder, by name, without those that begin with a dot; nothing if it is no folder.
std::optional<std::vector<std::string>> files_in(const std::string& folder);

// A folder of that name, made if it is not there.
void make_folder(const std::string& name);

// Writes a new file and gives it the name when it is complete: a reader never sees half of it. The permissions of what
// had the name stay.
void write_whole(const std::string& name, std::string_view bytes);

// The same, but what has the name already stays as it is; whoever comes second at the same moment sees the first.
enum class Written : std::uint8_t { made, same, other };  // same, other: than the bytes
Written write_once(const std::string& name, std::string_view bytes);

// Holds a file, which is made if it is not there, as long as what is given lives, for a process that does `what`.
// BadInput if another process holds it, with which one that is. Whatever ends a process lets go of its files.
std::shared_ptr<void> lock_file(const std::string& name, const std::string& what);

// To the standard output.
void print(std::string_view text);

// From now on, the process ends without a word where it prints and nobody reads any more, as filters do.
void end_with_reader();

// How a file is called in messages.
std::string shown_name(const std::string& name);

// "policies/" of "policies/desk.assent", "desk.assent"; empty for a file right here.
std::string folder_of(const std::string& name);
std::string name_in_folder(const std::string& name);
std::string beside(const std::string& folder, const std::string& name);

}  // namespace assent::command
