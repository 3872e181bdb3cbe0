// Work that is split among processes. Entry: work_in_processes.
//
// The compiler parses one source at a time in a process, whatever the number of threads: so whoever has many sources to
// look at does it in several processes.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace assent::command {

// How many processors there are for us, at least 1.
std::size_t processors();

// Calls `work(i)` for each i below `count`, in up to `processes` copies of this process, and `done(i, result)` here, in
// any order. With one process, or for one piece of work, all is done here. `work` must not throw; what it changes in
// its copy is lost. BadInput if a copy ends before its work is done. Call it before any thread is started.
void work_in_processes(std::size_t count, std::size_t processes, const std::function<std::string(std::size_t)>& work,
                       const std::function<void(std::size_t, std::string)>& done);

}  // namespace assent::command
