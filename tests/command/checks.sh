# How the command is checked from outside: sourced by the tests of this folder, with the program as their first argument.
# Moves into a temporary folder. Each check says what was run when it fails; report gives the sum.
set -u
assent=$(realpath "$1") || exit 2
python=/usr/bin/python3  # Debian's
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
unset NO_COLOR ASSENT_STORE ASSENT_COURIER
failed=0
checked=0
subcommand=()  # what stands before the arguments of run

run() {  # run CODE ARGUMENTS…: the exit code must be CODE; keeps what was printed in `out` and `err`
  local wanted=$1
  shift
  set -- "${subcommand[@]}" "$@"
  ran="assent $*"
  "$assent" "$@" >out 2>err <"${input:-/dev/null}"
  local code=$?
  input=
  checked=$((checked + 1))
  [ "$code" -eq "$wanted" ] || complain "exit code $code, expected $wanted"
}
complain() {
  failed=$((failed + 1))
  printf 'FAILED: %s\n  %s\n' "$ran" "$1"
  sed 's/^/  out | /' out | head -40
  sed 's/^/  err | /' err | head -40
}
has() {  # has FILE TEXT
  checked=$((checked + 1))
  grep -qF -- "$2" "$1" || complain "$1 lacks: $2"
}
lacks() {
  checked=$((checked + 1))
  if grep -qF -- "$2" "$1"; then complain "$1 has: $2"; fi
}
is_empty() {
  checked=$((checked + 1))
  [ ! -s "$1" ] || complain "$1 is not empty"
}
is() {  # is FILE LINES
  checked=$((checked + 1))
  [ "$(cat "$1")" = "$2" ] || complain "$1 is not:
$2"
}
is_json() {
  checked=$((checked + 1))
  "$python" -c 'import json, sys; json.load(open(sys.argv[1]))' "$1" || complain "$1 is no JSON"
}
json() {  # json EXPRESSION VALUE: of `x`, the standard output as JSON
  checked=$((checked + 1))
  local value
  value=$("$python" -c 'import json, sys; x = json.load(open("out")); print(eval(sys.argv[1]))' "$1")
  [ "$value" = "$2" ] || complain "$1 is $value, expected $2"
}
is_xml() {
  checked=$((checked + 1))
  "$python" -c 'import sys, xml.dom.minidom as d; d.parse(sys.argv[1])' "$1" ||
    complain "$1 is no XML"
}
report() {
  printf '%d checks, %d failed\n' "$checked" "$failed"
  [ "$failed" -eq 0 ]
}
