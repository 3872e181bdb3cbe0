#!/usr/bin/env bash
# The packages on a Debian 12 that has nothing else: installed by apt, then the command decides, and programs in C, Python
# and C++ do. Takes some minutes, root, debootstrap and Debian's packages, and so is run by hand; ends with 77, skipped,
# where these are missing. Usage: clean_debian.sh BUILD SOURCE [MIRROR]
set -euo pipefail
build=$(realpath "$1") source=$(realpath "$2") mirror=${3:-}
skip() { echo "skipped: $1"; exit 77; }
[ "$(id -u)" -eq 0 ] || skip 'needs root'
command -v debootstrap >/dev/null || skip 'debootstrap is not installed'

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" $mirror >"$root.log" 2>&1 || { tail -3 "$root.log"; rm "$root.log"; skip 'debootstrap found no packages'; }
rm "$root.log"
mkdir "$root/assent"
(cd "$root/assent" && cpack --config "$build/CPackConfig.cmake" -B . >/dev/null)
cp -r "$source/examples/discount-desk" "$source/tests/embedding" "$source/tools/bindings/python" "$root/assent"

chroot "$root" bash -euc '
  get() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/tmp/log 2>&1 || { tail -5 /tmp/log; exit 1; }; }
  cd /assent
  get ./assent_*.deb ./libassent_*.deb
  cd discount-desk
  inputs=(/tmp/desk.assentc quotes/steep.json directory.json)
  assent decide policy.assent quotes/steep.json --directory directory.json --today 2026-03-02 | grep "needs approval: 5 steps"
  assent compile policy.assent -o /tmp/desk.assentc >/dev/null
  get python3
  PYTHONPATH=/assent/python python3 -c "import assent; print(assent.Policy.load(\"/tmp/desk.assentc\").name, \"in Python\")"

  get ../libassent-dev_*.deb gcc g++ libc6-dev cmake make pkg-config
  if dpkg -l | grep -E "^ii +(libantlr4-runtime-dev|libboost)"; then echo "the runtime brings what it should not"; exit 1; fi
  gcc -std=c11 /assent/embedding/c/main.c -o /tmp/c $(pkg-config --cflags --libs assent)
  /tmp/c "${inputs[@]}" | grep "nothing was lost"
  get libsqlite3-dev libpq-dev libfmt-dev libantlr4-runtime-dev
  for consumer in cpp compiler; do
    { cmake -S /assent/embedding/$consumer -B /tmp/$consumer && cmake --build /tmp/$consumer; } >/tmp/log 2>&1 || { tail -5 /tmp/log; exit 1; }
  done
  /tmp/cpp/service "${inputs[@]}" /tmp/cases.db
  /tmp/compiler/compiling
'
echo 'a clean Debian 12 has all that it needs'
