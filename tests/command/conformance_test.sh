#!/usr/bin/env bash
# Runs the worked examples of tests/conformance: conformance_test.sh ASSENT FOLDER
set -u
assent=$1
passed=0
failed=0
for policy in "$2"/[A-Z]*.assent; do
  wanted=$(sed -nE '1s/.*refused: (E[0-9]+).*/\1/p' "$policy")
  if [ -n "$wanted" ]; then
    output=$("$assent" check "$policy" 2>&1)
    status=$?
    good=$([ "$status" -eq 1 ] && grep -q "error\[$wanted\]" <<<"$output" && [ "$(grep -c '^error\[' <<<"$output")" -eq 1 ] && echo yes)
  else
    output=$("$assent" test "$policy" 2>&1)
    status=$?
    good=$([ "$status" -eq 0 ] && grep -qE '[1-9][0-9]* passed, 0 failed' <<<"$output" && echo yes)
  fi
  if [ -n "$good" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf '%s: exit %s\n%s\n' "$policy" "$status" "$output"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
