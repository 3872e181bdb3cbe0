#!/usr/bin/env bash
# Runs the examples: examples_test.sh ASSENT FOLDER [--update]
# Of each: `check` finds nothing, not even a warning; its tests pass, and see every rule and every
# condition both ways; and each line of expected/decisions.txt (name, quote, options) gives
# expected/NAME.json byte for byte.
# --update writes those files anew; read the difference before you commit it.
set -u
assent=$(realpath "$1")
examples=$2
update=${3:-}
passed=0
failed=0

good() { passed=$((passed + 1)); }
bad() {
  failed=$((failed + 1))
  printf '%s\n' "$@"
}

without_hashes() { grep -vE '^ "(policy|plan)_hash": ' "$1"; }

check_policy() {
  local output
  if output=$("$assent" check policy.assent --format json 2>&1) && ! grep -q '"severity"' <<<"$output"; then
    good
  else
    bad "$1: check" "$output"
  fi
}

run_tests() {
  local output
  if output=$("$assent" test policy.assent --coverage 2>&1) && grep -qE '^[1-9][0-9]* passed, 0 failed' <<<"$output"; then
    good
  else
    bad "$1: test" "$output"
    return
  fi
  if grep -q '^Coverage of policy.assent: 100%' <<<"$output"; then
    good
  else
    bad "$1: no test sees" "$(grep -E '^  (never|always) ' <<<"$output")"
  fi
}

compare_decisions() {
  local name quote options made status
  made=$(mktemp)
  while read -r name quote options; do
    case $name in '' | '#'*) continue ;; esac
    # What is denied or blocked ends with 1, and is a decision all the same.
    # shellcheck disable=SC2086  # options are words
    "$assent" decide policy.assent "$quote" --format json $options >"$made" 2>"$made.err"
    status=$?
    if [ "$status" -gt 1 ]; then
      bad "$1: decide $quote $options" "$(cat "$made.err")"
    elif [ "$update" = --update ]; then
      cp "$made" "expected/$name.json"
      good
    elif cmp -s "$made" "expected/$name.json"; then
      good
    elif cmp -s <(without_hashes "$made") <(without_hashes "expected/$name.json"); then
      bad "$1: expected/$name.json has other hashes, and nothing else: the artifact changed, not the decision (--update)"
    else
      bad "$1: expected/$name.json differs (if rightly: --update)" "$(diff "expected/$name.json" "$made" | head -40)"
    fi
  done <expected/decisions.txt
  rm -f "$made" "$made.err"
}

# A file that no line of decisions.txt makes would never be looked at.
look_for_strays() {
  local file name
  for file in expected/*.json; do
    name=$(basename "$file" .json)
    grep -qE "^$name " expected/decisions.txt || bad "$1: $file has no line in expected/decisions.txt"
  done
}

for policy in "$examples"/*/policy.assent; do
  folder=$(dirname "$policy")
  pushd "$folder" >/dev/null || exit 2
  name=$(basename "$folder")
  check_policy "$name"
  run_tests "$name"
  compare_decisions "$name"
  look_for_strays "$name"
  popd >/dev/null || exit 2
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
