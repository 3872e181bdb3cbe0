#!/usr/bin/env bash
# What .clang-format says of lines, without needing it: at most 120 columns, no tabs, no space at an end.
# Usage: style_test.sh ROOT
set -u
cd "$1" || exit 2
failed=0
forbid() {
  local found
  found=$(git ls-files --cached --others --exclude-standard -- '*.h' '*.cpp' | LC_ALL=C.UTF-8 xargs grep -nE "$1")
  if [ -n "$found" ]; then
    printf '%s:\n%s\n' "$2" "$found" | cut -c1-160
    failed=1
  fi
}
forbid '^.{121,}' 'longer than 120 columns'
forbid $'\t' 'a tab'
forbid ' $' 'a space at the end'
[ "$failed" -eq 0 ] && echo 'every line is in style'
exit "$failed"
