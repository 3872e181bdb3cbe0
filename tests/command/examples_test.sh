#!/usr/bin/env bash
# Runs the examples: examples_test.sh ASSENT FOLDER [--update]
# Of each: `check` finds nothing, not even a warning; its tests pass, and see every rule and every
# condition both ways; and each line of expected/decisions.txt (name, quote, options) gives
# expected/NAME.json byte for byte, of expected/orders/plans.txt, if there is one, expected/orders/NAME.json; and
# expected/policy.html and .md, if they are there, are its pages.
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

# compare NAME FOLDER LIST COMMAND...: what the command says of each quote of FOLDER/LIST.
compare() {
  local example=$1 folder=$2 list=$3
  shift 3
  local name quote options made status
  made=$(mktemp)
  while read -r name quote options; do
    case $name in '' | '#'*) continue ;; esac
    case " $options " in
      *' --today '*) ;;
      *) bad "$example: $name: without --today this is something else tomorrow" ;;
    esac
    # What is denied or blocked ends with 1, and is a decision all the same.
    # shellcheck disable=SC2086  # options are words
    "$assent" "$@" policy.assent "$quote" --format json $options >"$made" 2>"$made.err"
    status=$?
    if [ "$status" -gt 1 ]; then
      bad "$example: $* $quote $options" "$(cat "$made.err")"
    elif [ "$update" = --update ]; then
      cp "$made" "$folder/$name.json"
      good
    elif cmp -s "$made" "$folder/$name.json"; then
      good
    elif cmp -s <(without_hashes "$made") <(without_hashes "$folder/$name.json"); then
      bad "$example: $folder/$name.json has other hashes, and nothing else: the artifact changed, not the answer (--update)"
    else
      bad "$example: $folder/$name.json differs (if rightly: --update)" "$(diff "$folder/$name.json" "$made" | head -40)"
    fi
  done <"$folder/$list"
  rm -f "$made" "$made.err"
}

# compare_page NAME FILE: what `assent doc` writes.
compare_page() {
  local made
  made=$(mktemp)
  "$assent" doc policy.assent --format "${2##*.}" >"$made" 2>&1
  [ "$update" = --update ] && cp "$made" "$2"
  if cmp -s "$made" "$2"; then
    good
  else
    bad "$1: $2 differs (if rightly: --update)" "$(diff "$2" "$made" | head -40)"
  fi
  rm -f "$made"
}

# A file that no line of the list makes would never be looked at.
look_for_strays() {
  local example=$1 folder=$2 list=$3 file name
  for file in "$folder"/*.json; do
    name=$(basename "$file" .json)
    grep -qE "^$name " "$folder/$list" || bad "$example: $file has no line in $folder/$list"
  done
}

for policy in "$examples"/*/policy.assent; do
  folder=$(dirname "$policy")
  pushd "$folder" >/dev/null || exit 2
  name=$(basename "$folder")
  check_policy "$name"
  run_tests "$name"
  compare "$name" expected decisions.txt decide
  look_for_strays "$name" expected decisions.txt
  if [ -f expected/orders/plans.txt ]; then
    compare "$name" expected/orders plans.txt orders preview
    look_for_strays "$name" expected/orders plans.txt
  fi
  for page in expected/policy.html expected/policy.md; do
    [ -f "$page" ] && compare_page "$name" "$page"
  done
  popd >/dev/null || exit 2
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
