#!/usr/bin/env bash
# `assent fmt` from outside: what it writes where, what it leaves alone, and its exit codes.
#
#   tests/command/fmt_test.sh build/tools/assent
#
# Writes its files in a temporary folder; the sources of the project itself must be in style.
project=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/checks.sh"
subcommand=(fmt)

mkdir -p shop/lib/empty
cat >shop/desk.assent <<'POLICY'
policy desk
use   std.cpq
approver boss = person "boss"   # who decides
rule r {when quote.discount>10%
requires boss}
POLICY
cat >styled <<'POLICY'
policy desk
use std.cpq
approver boss = person "boss"  # who decides
rule r {
  when quote.discount > 10%
  requires boss
}
POLICY
printf 'module lib.people\n' >shop/lib/people.assent
printf 'not   ours' >shop/lib/notes.txt
cp shop/desk.assent messy
same() {  # same FILE FILE
  checked=$((checked + 1))
  cmp -s "$1" "$2" || complain "$1 is not $2"
}

# ── --check ─────────────────────────────────────────────────────────────────────────────────────
run 1 --check shop/desk.assent
is out shop/desk.assent
is err '1 file would change'
same shop/desk.assent messy
run 1 --check shop --format json
json 'x' "['shop/desk.assent']"
run 0 --check shop/lib
is_empty out
is err '0 files would change'
run 0 --check shop/lib --format json
is out '[]'
input=messy run 1 --check -
is out stdin

# ── --diff ──────────────────────────────────────────────────────────────────────────────────────
run 1 --diff shop
is_empty err
is out '--- shop/desk.assent
+++ shop/desk.assent
@@ -1,5 +1,7 @@
 policy desk
-use   std.cpq
-approver boss = person "boss"   # who decides
-rule r {when quote.discount>10%
-requires boss}
+use std.cpq
+approver boss = person "boss"  # who decides
+rule r {
+  when quote.discount > 10%
+  requires boss
+}'
same shop/desk.assent messy
if command -v patch >/dev/null; then
  cp out change
  (cd shop && patch -s desk.assent ../change) >/dev/null 2>&1
  same shop/desk.assent styled
  cp messy shop/desk.assent
fi
seq 1 40 | sed 's/.*/fact f& = &/; 3s/ = /=/; 11s/ = /=/; 30s/ = /=/' | { echo 'module m'; cat; printf '\n\n'; } >many
input=many run 1 --diff -
has out '@@ -28,7 +28,7 @@'
has out '-fact f11=11'
input=styled run 0 --diff -
is_empty out

# ── in place ────────────────────────────────────────────────────────────────────────────────────
chmod 640 shop/desk.assent
ln -s desk.assent shop/link.assent
run 0 shop/link.assent
is_empty out
is err 'shop/link.assent: formatted'
same shop/desk.assent styled
[ -L shop/link.assent ] || complain "a link was replaced by a file"
[ "$(stat -c %a shop/desk.assent)" = 640 ] || complain "the permissions have changed"
touch -d 2001-01-01 shop/desk.assent
run 0 shop
is_empty err
[ "$(stat -c %Y shop/desk.assent)" = "$(date -d 2001-01-01 +%s)" ] || complain "a file in style was written again"
[ -z "$(find . -name '*.new-*')" ] || complain "a half-written file was left behind"
is shop/lib/notes.txt 'not   ours'
rm shop/link.assent

# ── the standard input ──────────────────────────────────────────────────────────────────────────
input=messy run 0 -
same out styled
is_empty err
input=/dev/null run 0 -
is_empty out

# ── what cannot be formatted ────────────────────────────────────────────────────────────────────
cp messy shop/desk.assent
printf 'policy   broken\nrule r { when }\n' >shop/broken.assent
cp shop/broken.assent broken
for option in '' --check --diff; do
  run 2 $option shop
  has err 'shop/broken.assent:2:15'
  has err 'shop/broken.assent: left as it is: 1 error'
  same shop/broken.assent broken
  lacks out broken
done
same shop/desk.assent styled
input=broken run 2 -
is_empty out
run 2 nowhere.assent
has err 'nowhere.assent: there is no such file'
ln -s nowhere shop/lost.assent
run 2 shop/lost.assent shop/desk.assent
has err 'shop/lost.assent: there is no such file'
run 2 --check --diff shop
has err 'one at a time'
run 2 --format json shop
has err 'goes with --check'

# ── the project's own sources ───────────────────────────────────────────────────────────────────
cd "$project" || exit 2
"$assent" fmt --check examples stdlib >"$folder/out" 2>"$folder/err"
code=$?
cd "$folder" || exit 2
ran="assent fmt --check examples stdlib"
[ "$code" -eq 0 ] || complain "sources of the project are not in style: run assent fmt examples stdlib"

report
