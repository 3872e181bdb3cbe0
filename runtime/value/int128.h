// The 128-bit integers of the compiler, named once.
//
// Entry: Int128, UInt128. ISO C++ has no 128-bit integer; `__extension__` lets -Wpedantic accept
// the one that GCC and Clang have on every 64-bit target.
#pragma once

namespace assent {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

}  // namespace assent
