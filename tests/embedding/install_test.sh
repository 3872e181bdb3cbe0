#!/usr/bin/env bash
# Programs built against what `cmake --install` puts down, and nothing else of this project, decide the example quote:
# C by pkg-config, shared and static; C++ by find_package, with the runtime, the store and the compiler; and the packages
# hold what they should. Usage: install_test.sh BUILD SOURCE
set -euo pipefail
build=$(realpath "$1") source=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
quietly() { "$@" >"$folder/log" 2>&1 || { cat "$folder/log"; echo "failed: $*"; exit 1; }; }
has() { grep -q "$1" <<<"$2" || { printf 'expected `%s` in:\n%s\n' "$1" "$2"; exit 1; }; }

quietly cmake --install "$build" --prefix "$folder/installed"
tree=$folder/installed
lib=$(dirname "$(find "$tree" -name libassent_runtime.a)")
example=$source/examples/discount-desk
"$tree/bin/assent" compile "$example/policy.assent" -o "$folder/desk.assentc" >/dev/null
inputs=("$folder/desk.assentc" "$example/quotes/steep.json" "$example/directory.json")
for header in "$tree"/include/assent.h "$tree"/include/assent/*.h; do  # each stands by itself, on the standard library
  if grep -nE '#include [<"](compiler|runtime|tools|nlohmann|simdjson|antlr|boost)' "$header"; then exit 1; fi
  quietly c++ -std=c++20 -fsyntax-only -I "$tree/include" "$header"
done

export PKG_CONFIG_PATH=$lib/pkgconfig
main=$source/tests/embedding/c/main.c
quietly cc -std=c11 -Wall -Wextra "$main" -o "$folder/c" $(pkg-config --cflags --libs assent)
has '"outcome":"blocked"' "$(LD_LIBRARY_PATH=$lib "$folder/c" "${inputs[@]}")"
has 'nothing was lost' "$(LD_LIBRARY_PATH=$lib "$folder/c" "${inputs[@]}")"
quietly cc -std=c11 -Wall -Wextra "$main" -o "$folder/c-static" $(pkg-config --cflags --libs assent-runtime)
has '"outcome":"blocked"' "$("$folder/c-static" "${inputs[@]}")"
echo 'C, shared and static, by pkg-config'

configure() { quietly cmake -S "$source/tests/embedding/$1" -B "$folder/$1" -DCMAKE_PREFIX_PATH="$tree"; quietly cmake --build "$folder/$1"; }
configure cpp
has '400 decisions, a case at version 2, 3 orders' "$("$folder/cpp/service" "${inputs[@]}" "$folder/cases.db")"
has 'nothing was lost' "$("$folder/cpp/with_shared" "${inputs[@]}")"
has '"outcome"' "$("$folder/cpp/with_static" "${inputs[@]}")"
if readelf -d "$folder/cpp/service" | grep -E 'NEEDED.*(antlr|boost|fmt)'; then echo 'the runtime needs what it should not'; exit 1; fi
configure compiler
has 'big/boss' "$("$folder/compiler/compiling")"
quietly c++ -std=c++20 "$source/tests/embedding/compiler/main.cpp" -o "$folder/compiling" $(pkg-config --cflags --libs assent-compiler)
has 'big/boss' "$("$folder/compiling")"
pkg-config --libs assent-store >/dev/null
echo 'C++, runtime, store and compiler, by find_package'

command -v dpkg-deb >/dev/null || exit 0
(cd "$folder" && quietly cpack --config "$build/CPackConfig.cmake" -B "$folder/packages")
packages=("$folder"/packages/*.deb)
[ "${#packages[@]}" -eq 3 ] || { ls "$folder/packages"; exit 1; }
for package in "${packages[@]}"; do
  has 'Maintainer' "$(dpkg-deb -I "$package")"
  dpkg-deb -x "$package" "$folder/root"
done
needs() { dpkg-deb -f "$folder"/packages/"$1"_* Depends; }
has 'libsimdjson' "$(needs libassent)"
if grep -E 'antlr|boost' <<<"$(needs libassent) $(needs libassent-dev)"; then echo 'the library needs what it should not'; exit 1; fi
has 'libassent (=' "$(needs libassent-dev)"
has 'antlr' "$(needs assent)"
has 'pkgconfig/assent.pc' "$(dpkg-deb -c "$folder"/packages/libassent-dev_*)"
has '"policy": "deal_desk"' "$("$folder/root/usr/bin/assent" decide "$example/policy.assent" "$example/quotes/steep.json" \
  --directory "$example/directory.json" --today 2026-03-02 --format json)"
echo 'three packages'
