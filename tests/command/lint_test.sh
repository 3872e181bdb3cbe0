#!/usr/bin/env bash
# `assent lint` from outside: what is printed in each format, what is mended, and the exit codes.
#
#   tests/command/lint_test.sh build/tools/assent
schema=$(realpath "$(dirname "$0")/sarif-2.1.0.schema.json")
project=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/checks.sh"
subcommand=(lint)
export XDG_CACHE_HOME=$PWD/cache
expect() {  # expect WANTED FOUND
  checked=$((checked + 1))
  [ "$1" = "$2" ] || complain "found $2, expected $1"
}

cat >desk.assent <<'POLICY'
policy desk "Desk"
record Quote money in currency { currency: Currency  discount: Percent  terms: Integer  total: Money }
input quote: Quote
approver desk = role "desk"
fact twice = thrice * 2
fact thrice = quote.terms * 3
rule slow "Paid late" { when quote.terms > 60 and quote.terms > 30  requires desk }
otherwise approve
test "fine" { given "quote.json"  expect approved }
POLICY
sed 's/quote.terms > 60 and //; /^fact/d; s/slow "Paid late"/slow/' desk.assent >notes.assent
sed '/^test/d; /^fact/d; s/ and quote.terms > 30//; s/^otherwise/test "a" { given "q.json"  expect rule slow applies }\notherwise/' desk.assent >clean.assent
sed 's/requires desk }/requires/' desk.assent >broken.assent

# ── text, exit codes ────────────────────────────────────────────────────────────────────────────
run 1 desk.assent
has out 'warning[L0401]: `twice` is read by nothing'
has out 'warning[L0103]: `quote.terms > 30` follows from what stands beside it'
has out ' --> desk.assent:7:51'
has err '2 warnings, 1 note'
run 0 clean.assent
is_empty out
has err 'nothing found'
run 0 notes.assent
has out 'note[L0702]: `slow` has no title'
run 1 notes.assent --fail-on note
run 0 desk.assent --fail-on error
run 1 broken.assent
has out 'error[E0004]'
run 1 desk.assent broken.assent clean.assent
has out 'error[E0004]'
has out 'L0103'
run 2 nowhere.assent
has err 'nowhere.assent: there is no such file'
run 2 nowhere.assent desk.assent
has out 'L0103'
run 2
has err 'which files?'
input=desk.assent run 1 -
has out ' --> stdin.assent:7:51'

# ── levels ──────────────────────────────────────────────────────────────────────────────────────
run 0 desk.assent --level implied-condition=off --level L0401=note
has out 'note[L0401]'
lacks out L0103
run 2 desk.assent --level never-tru=off
has err '`never-tru` (did you mean `never-true`?)'
run 2 desk.assent --level never-true
run 2 desk.assent --level never-true=loud
has err '`loud` is no level'
run 0 --rules
has out 'L0102 never-true (warning)'
run 0 --explain never-true
has out 'why:   what it guards never happens'
run 2 --explain nothing

# ── assent.toml ─────────────────────────────────────────────────────────────────────────────────
mkdir -p project/policies/old
cp desk.assent project/policies
cp desk.assent project/policies/old
cat >project/assent.toml <<'TOML'
[lint]
exclude = ["policies/old/*"]
naming = "camelCase"
[lint.levels]
unused-fact = "error"
L0602 = "off"
TOML
(cd project/policies && "$assent" lint . >../../out 2>../../err)
expect 1 $?
has out 'error[L0401]'
lacks out old
lacks out L0602
has err '1 error, 1 warning'
run 1 project/policies --config project/assent.toml
has err '1 error, 1 warning'
run 0 project/policies --config project/assent.toml --level L0401=off --level L0103=off
echo 'lint.nothing = 1' >project/wrong.toml
run 2 desk.assent --config project/wrong.toml
has err 'project/wrong.toml:1: there is no option `lint.nothing`'
printf '[lint.levels]\nnever = "off"\n' >project/wrong.toml
run 2 desk.assent --config project/wrong.toml
has err 'wrong.toml:2: the linter has no rule `never`'
echo '[lint' >project/wrong.toml
run 2 desk.assent --config project/wrong.toml
has err 'project/wrong.toml:1:'
run 2 desk.assent --config nowhere.toml

# ── formats ─────────────────────────────────────────────────────────────────────────────────────
run 1 desk.assent --format json
json 'x["findings"][0]["code"]' L0401
json 'x["findings"][0]["fix"][0]["line"]' 5
json 'x["diagnostics"]' '[]'
run 1 desk.assent broken.assent --format json
json 'x["diagnostics"][0]["code"]' E0004
run 1 desk.assent broken.assent 'project/policies/old' --format sarif
json 'x["version"]' 2.1.0
json 'x["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]' broken.assent
json 'len(x["runs"][0]["results"])' 7
"$python" - "$schema" <<'PYTHON'
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft4Validator.check_schema(schema)
jsonschema.Draft4Validator(schema).validate(json.load(open('out')))
PYTHON
expect 0 $?
run 1 desk.assent --format github
has out '::warning file=desk.assent,line=7,col=51,endLine=7,endColumn=67,title=L0103 implied-condition::`quote.terms > 30` follows'
run 1 desk.assent --format gitlab
json 'x[0]["check_name"]' unused-fact
json 'x[0]["location"]["lines"]["begin"]' 5
json 'len(set(each["fingerprint"] for each in x))' 3
run 1 desk.assent --format junit
has out '<testsuites tests="3" failures="3" errors="0">'
run 2 desk.assent --format html

# ── baseline ────────────────────────────────────────────────────────────────────────────────────
cp desk.assent grown.assent
run 2 grown.assent --write-baseline
run 0 grown.assent --baseline base.txt --write-baseline
has err 'base.txt: 3 findings'
run 0 grown.assent --baseline base.txt
has err 'nothing found, 3 left out'
sed -i '1a # a line more\nfact idle = 1' grown.assent
run 1 grown.assent --baseline base.txt
has out '`idle` is read by nothing'
has err '1 warning, 3 left out'
echo '{}' >wrong.txt
run 2 grown.assent --baseline wrong.txt
has err 'wrong.txt:1: is no baseline'

# ── changed lines ───────────────────────────────────────────────────────────────────────────────
git init -q repo && cd repo && git config user.email a@example.org && git config user.name a
cp ../desk.assent . && git add . && git commit -qm one
run 0 desk.assent --changed-since HEAD
has err 'nothing found, 3 left out'
sed -i '5a fact idle = 1' desk.assent
run 1 . --changed-since HEAD
has out '`idle` is read by nothing'
has err '1 warning, 3 left out'
cp ../desk.assent other.assent
run 1 desk.assent other.assent --changed-since HEAD
has err '3 warnings, 1 note, 3 left out'
run 2 desk.assent --changed-since nowhere
run 2 desk.assent --changed-since=--output=x
has err 'is no revision'
cd ..

# ── --fix ───────────────────────────────────────────────────────────────────────────────────────
cp desk.assent mend.assent
run 1 mend.assent --fix
has err '1 warning, 1 note, 2 mended'
lacks mend.assent fact
run 1 mend.assent --fix
lacks err mended
cp clean.assent same.assent && touch -d 2020-01-01 same.assent
run 0 same.assent --fix
expect 2020 "$(date -r same.assent +%Y)"

# ── modules ─────────────────────────────────────────────────────────────────────────────────────
cat >shared.assent <<'MODULE'
module shared
use std.cpq
fact idle = quote.net_total
fact both = quote.net_total > 5 USD and quote.net_total < 3 USD
MODULE
printf 'policy a "A"\nuse shared\nuse std.money\napprover x = role "x"\nrule r "R" { when both  requires x }\notherwise approve\n' >a.assent
run 1 a.assent shared.assent
has out ' --> shared.assent:4:13'
has out 'nothing of `std.money` is used'
lacks out idle
expect 1 "$(grep -c 'L0102' out)"

# ── many files, and a second time ───────────────────────────────────────────────────────────────
mkdir many
for i in 1 2 3 4 5 6 7 8 9; do sed "s/policy desk/policy desk_$i/; 1a # ${i}" desk.assent >many/$i.assent; done
run 1 many -j 1 --no-cache
mv out alone
run 1 many -j 3 --no-cache
is out "$(cat alone)"
run 1 many -j 3
is out "$(cat alone)"
run 1 many
is out "$(cat alone)"
expect 1 "$(($(ls cache/assent/lint | wc -l) >= 9))"
for entry in cache/assent/lint/*; do printf 'broken' >>"$entry"; done
run 1 many
is out "$(cat alone)"
sed -i '/^fact/d' many/1.assent
run 1 many
has err '17 warnings, 9 notes'
run 0 a.assent --level L0402=off --level L0102=off --level L0201=off
sed -i 's/< 3 USD/< 7 USD/' shared.assent
run 0 a.assent --level L0402=off
HOME=/nowhere XDG_CACHE_HOME=/proc/none run 1 many
run 2 many -j 0
rm many/2.assent && ln -s nowhere many/2.assent
run 2 many
has err 'many/2.assent'
has out 'many/3.assent'

# ── on a build server ───────────────────────────────────────────────────────────────────────────
check=$project/tools/ci/check
mkdir served && cp clean.assent served/desk.assent
printf '{"currency": "USD", "discount": 0, "terms": 90, "total": 1, "owner": "rep"}' >served/q.json
printf '{"people": [{"id": "ann", "roles": ["desk"]}]}' >served/people.json
sed -i 's|given "q.json"|given "q.json"  directory "people.json"|' served/desk.assent
on_server() {  # on_server CODE FORMAT [VARIABLE=VALUE…]
  local wanted=$1 format=$2
  shift 2
  ran="tools/ci/check $format $*"
  env ASSENT="$assent" "$@" "$check" "$format" >out 2>err
  expect "$wanted" $?
}
on_server 0 gitlab ASSENT_POLICIES=served
is out '[]'
has err '1 passed, 0 failed'
sed -i 's/terms > 60/terms > 100/' served/desk.assent
on_server 1 gitlab ASSENT_POLICIES=served
has err '0 passed, 1 failed'
on_server 1 github ASSENT_POLICIES='desk.assent served'
has out '::warning file=desk.assent,line=7'
on_server 2 github ASSENT_POLICIES=nowhere
cd repo && git checkout -q desk.assent && on_server 1 github ASSENT_SINCE=HEAD ASSENT_POLICIES=desk.assent
has err 'nothing found, 3 left out'
has err 'quote.json: there is no such file'
cd ..
for file in action gitlab-ci; do
  "$python" - "$project/tools/ci/$file.yml" <<'PYTHON'
import sys
try:
    import yaml
except ImportError:
    sys.exit(0)
yaml.safe_load(open(sys.argv[1]))
PYTHON
  expect 0 $?
done

# ── what the project itself says ────────────────────────────────────────────────────────────────
run 0 "$project/examples" "$project/stdlib"
has err 'allowed by comments'
report
