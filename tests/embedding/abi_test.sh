#!/usr/bin/env bash
# The shared library shows the functions that were given out, and nothing else: abi_test.sh LIBRARY CC SOURCE VERSION
set -euo pipefail
library=$1 cc=$2 source=$3 version=$4
recorded=$source/tests/embedding/abi_1.c
"$cc" -std=c11 -Wall -Wextra -Werror -fsyntax-only -I "$source/runtime/include" "$recorded"
shown=$(nm -D --defined-only "$library" | awk '$3 !~ /^ASSENT_[0-9]+$/ { sub(/@.*/, "", $3); print $3 }' | sort)
wanted=$(grep -oE '\bassent_[a-z_]+\(' "$recorded" | tr -d '(' | sort)
diff <(printf '%s\n' "$wanted") <(printf '%s\n' "$shown") || { echo "what $library shows (>) is not what was given out (<)"; exit 1; }
readelf -d "$library" | grep -q 'SONAME.*\[libassent\.so\.1\]' || { echo 'the library is not called libassent.so.1'; exit 1; }
if readelf -d "$library" | grep -E 'NEEDED.*(antlr|boost|fmt|sqlite|libpq|curl|xml)'; then echo 'it needs what it should not'; exit 1; fi
grep -q "#define ASSENT_VERSION \"$version\"" "$source/runtime/include/assent.h" || { echo "assent.h is not of version $version"; exit 1; }
echo "$(wc -l <<<"$shown") functions, as given out"
