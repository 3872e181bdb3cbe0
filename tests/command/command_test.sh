#!/usr/bin/env bash
# The `assent` command from outside: what it prints where, and its exit codes.
#
#   tests/command/command_test.sh build/tools/assent
#
# Writes its little files in a temporary folder. Each check says what it ran when it fails.
. "$(dirname "$0")/checks.sh"

# ── the files ───────────────────────────────────────────────────────────────────────────────────
mkdir -p shop/lib
cat >shop/desk.assent <<'EOF'
policy desk "The desk"
use std.cpq
use lib.people

fact double_discount = quote.discount * 2

rule discount "A discount beyond the rep" {
  when quote.discount > 10%
  requires boss then (lawyer and desk) then chief when quote.discount > 40%
}
rule large {
  for each line in quote.lines
  when line.net_total > 500 USD
  requires chief
}
rule clouds "Two clouds" {
  when any line in quote.lines has line.product is "EU"
   and any line in quote.lines has line.product is "US"
  denies "EU and US cannot be on one quote"
}
rule cheap { when quote.net_total / quote.total_cost < 2  warns "there is little in it" }
otherwise approve "small enough"

testing { directory "people.json"  today 2026-01-31 }
test "a discount goes to the boss first" {
  given "quote.json" with lines[0].net_total = 1 USD
  expect path boss then (desk and lawyer)
  expect rule discount applies
  expect rule clouds does not apply
  expect value double_discount = 40%
}
test "none is approved" {
  given "quote.json" with discount = 0%, lines[0].net_total = 1 USD
  expect approved
}
EOF
cat >shop/lib/people.assent <<'EOF'
module lib.people
use std.cpq
approver boss "The boss" = quote.owner.manager else person "chief"
approver chief = person "chief"
approver lawyer = person "law"
group desk = 2 of role "desk", veto person "chief"
EOF
cat >shop/people.json <<'EOF'
{"people": [
  {"id": "rep", "manager": "bea"}, {"id": "bea", "name": "Bea <b>\"&\\N"},
  {"id": "chief", "name": "Carl"},
  {"id": "law", "name": "Lee", "absent": [{"from": "2026-01-01", "to": "2026-02-01"}]},
  {"id": "d1", "name": "Same", "roles": ["desk"]}, {"id": "d2", "name": "Same", "roles": ["desk"]}]}
EOF
cat >shop/quote.json <<'EOF'
{"id": "Q-1", "currency": "USD", "owner": "rep",
 "net_total": 1000, "total_cost": 800, "discount": 20,
 "lines": [{"id": "1", "product": "EU", "quantity": 1, "net_total": 600}]}
EOF
world=(--directory shop/people.json --today 2026-01-31)
decide=(decide shop/desk.assent shop/quote.json "${world[@]}")
only_discount=(--set 'lines[0].net_total=1')
cat >broken.assent <<'EOF'
policy broken
use std.cpq
rule r { when quote.discont > 5%  denies "no" }
otherwise approve
EOF

# ── the command itself ──────────────────────────────────────────────────────────────────────────
run 0 --version
has out "assent 0."
run 0 --help
has out "Examples:"
run 2
is_empty out
has err "Usage: assent"
run 2 chekc shop/desk.assent
has err 'did you mean `check`?'
run 2 --nonsense
for each in check fmt compile decide why graph test dump; do
  run 0 "$each" --help
  has out "Examples:"
  run 2 "$each"
  is_empty out
done

# ── check ───────────────────────────────────────────────────────────────────────────────────────
run 0 check shop/desk.assent
is_empty out
is err "no errors"
run 1 check broken.assent shop/desk.assent
has out "broken.assent:3:"
has out 'did you mean'
has err "1 error"
lacks out $'\x1b'
run 1 check broken.assent --format json
json 'len(x)' 1
json 'x[0]["primary"]["file"]' broken.assent
json 'x[0]["primary"]["line"]' 3
json 'x[0]["severity"]' error
json '",".join(x[0])' code,name,severity,message,primary,labels,help
json 'open("broken.assent").read()[x[0]["primary"]["begin"]:x[0]["primary"]["end"]]' discont
run 0 check shop/desk.assent --format json
is out "[]"
input=broken.assent run 1 check -
has out "stdin.assent:3:"
run 2 check nowhere.assent
has err "nowhere.assent: there is no such file"
run 2 check shop
has err "shop: cannot be read"
printf 'policy p\nuse lib.nobody\n' >shop/lost.assent
run 1 check shop/lost.assent
has out 'no module `lib.nobody`'

# ── compile ─────────────────────────────────────────────────────────────────────────────────────
run 0 compile shop/desk.assent
has out "shop/desk.assentc: policy desk, "
has out "hash "
run 0 compile shop/desk.assent -o other.assentc
(cd shop && "$assent" compile desk.assent -o - >../third.assentc)
cmp -s other.assentc third.assentc || complain "the artifact depends on where its folder is"
cmp -s other.assentc shop/desk.assentc || complain "two artifacts of one policy differ"
run 1 compile broken.assent -o kept.assentc
has err "broken.assent:3:"
[ ! -e kept.assentc ] || complain "an artifact of a broken policy was written"
run 2 compile shop/desk.assent -o nowhere/x.assentc
has err "nowhere/x.assentc: cannot be written"
run 2 compile shop/desk.assent -o shop
has err "is a folder"
[ -z "$(find . -name '*.new-*')" ] || complain "a half-written file was left behind"
run 2 compile other.assentc
has err "is a compiled policy"

# ── decide ──────────────────────────────────────────────────────────────────────────────────────
run 0 "${decide[@]}" "${only_discount[@]}"
is_empty err
has out "needs approval: 3 steps, 5 people"
has out ", as of 2026-01-31, state draft"
has out "! there is little in it  rule cheap  shop/desk.assent:"
has out "discount · A discount beyond the rep  shop/desk.assent:"
has out "✓ quote.discount > 10%   (quote.discount = 20%)"
has out "not asked: discount/chief"
has out "✗ quote.discount > 40%   (quote.discount = 20%)"
lacks out "Does not apply"
lacks out $'\x1b'
run 0 "${decide[@]}" --why
has out "chief"
has out "fired by line[0]"
has out "Does not apply"
has out "clouds · Two clouds"

run 0 decide shop/desk.assent shop/quote.json "${world[@]}" --set discount=0 "${only_discount[@]}"
has out "approved automatically: small enough"
run 1 "${decide[@]}" --set 'lines[0].product=US' --set total_cost=0
has out "blocked: "
has out "! division by zero  in rule cheap  shop/desk.assent:"
has out "mend: "
second='{"id": "2", "product": "US", "quantity": 1, "net_total": 1}, '
sed -i "s/\"lines\": \[/&$second/" shop/quote.json
run 1 "${decide[@]}"
has out "denied: "
has out "✗ EU and US cannot be on one quote  rule clouds  shop/desk.assent:"
has out "Path, of which nobody is asked"
sed -i "s/$second//" shop/quote.json
run 1 decide shop/desk.assent shop/quote.json --today 2026-01-31
has out 'the person is not in the directory'
has out "mend: add the person to the directory"

run 0 "${decide[@]}" --format json
is_json out
json 'x["outcome"]' needs_approval
json '"why" in x' False
cp out first.json
run 0 decide shop/desk.assentc shop/quote.json "${world[@]}" --format json
cmp -s out first.json || complain "an artifact decides differently from its source"
run 0 "${decide[@]}" --format json --why
json 'len(x["why"])' 4
input=shop/quote.json run 0 decide shop/desk.assentc - "${world[@]}"
input=shop/desk.assentc run 0 decide - shop/quote.json "${world[@]}"

# What is wrong with the input: code 2, nothing on the standard output, file and JSON pointer.
run 2 decide shop/desk.assent - --directory -
has err "only one input"
echo '{"id": 1, "owner": "rep", "lines": [{"discount": "x"}]}' >bad.json
run 2 decide shop/desk.assent bad.json
is_empty out
has err "bad.json: /currency: "
has err "bad.json: /lines/0/net_total: "
echo '{' >bad.json
run 2 decide shop/desk.assent bad.json
has err "bad.json: "
run 2 decide shop/desk.assent shop/quote.json --directory bad.json
has err "bad.json: "
run 2 decide shop/desk.assent shop/quote.json --rates bad.json
has err "bad.json: "
run 2 decide shop/desk.assent nowhere.json
has err "nowhere.json: there is no such file"
run 2 decide broken.assent shop/quote.json
has err "broken.assent: does not compile: 1 error"
run 2 decide "${decide[@]:1}" --today 2026-02-30
has err "--today: "
run 2 "${decide[@]}" --state drafft
has err 'did you mean `draft`?'
run 2 "${decide[@]}" --set discount
has err "--set discount: "
run 2 "${decide[@]}" --set discuont=3
has err "discuont"
run 2 "${decide[@]}" --set discount=abc
has err "abc"
run 2 "${decide[@]}" --format yaml
head -c 1000 shop/desk.assentc >cut.assentc
run 2 decide cut.assentc shop/quote.json
has err "cut.assentc: "
"$python" - <<'EOF'
whole = bytearray(open("shop/desk.assentc", "rb").read())
whole[-40] ^= 1
open("cut.assentc", "wb").write(whole)
EOF
run 2 decide cut.assentc shop/quote.json
has err "cut.assentc: "
run 2 decide bad.json shop/quote.json

# A quote above the limit is refused, not read: the pipe would never end.
ran="assent decide … < endless"
yes '{"id": 1}' | "$assent" decide shop/desk.assent - >out 2>err
[ "${PIPESTATUS[1]}" -eq 2 ] || complain "an endless quote is not refused"
has err "stdin: larger than 67108864 bytes"

# ── pictures ────────────────────────────────────────────────────────────────────────────────────
run 0 graph "${decide[@]:1}" "${only_discount[@]}"
is out '  ● boss · The boss
  │   Bea <b>"&\N
  │   because discount
  │
  ┢━━ in parallel
  ┣━━ ● lawyer
  ┃       Lee (absent)
  ┃       because discount
  ┣━━ ● desk
  ┃       2 of 2, veto Carl: Same (d1), Same (d2)
  ┃       because discount
  ┗━━'
run 0 "${decide[@]}" --format dot
has out 'Bea <b>\"&amp;\\N'
cp out graph.dot
run 0 graph "${decide[@]:1}" --format dot
cmp -s out graph.dot || complain "graph and decide draw different pictures"
run 0 "${decide[@]}" --format mermaid
has out 'flowchart LR'
has out 'Bea #60;b#62;#34;#38;#92;N'
lacks out '<b>'
ran="assent graph --format svg without Graphviz"
PATH=/nowhere "$assent" graph "${decide[@]:1}" --format svg >out 2>err
[ $? -eq 2 ] || complain "a missing program is not reported"
has err "is not installed"
if command -v dot >/dev/null; then
  run 0 graph "${decide[@]:1}" --format svg
  is_xml out
  has out 'Bea &lt;b&gt;&quot;&amp;\N'
fi
run 0 graph "${decide[@]:1}" --set discount=0 "${only_discount[@]}"
has out "nobody is asked"

# Without a quote: the policy. Each band has a path of its own.
cat >bands.assent <<'EOF'
policy bands "\\N <b>"
use std.cpq
approver a = person "a"
approver b = person "b"
ladder size by quote.net_total { up to 10 USD : no approval  up to 20 USD : a  above : a then b }
rule odd { when quote.discount > 5%  requires (a and b) when quote.discount > 9% }
path { odd before size }
otherwise requires b
EOF
run 0 graph bands.assent
is out 'policy bands · \N <b>

size  bands.assent:5
  up to 10 USD: no approval
  up to 20 USD:
    ● a
  above:
    ● a
    │
    ● b

odd  bands.assent:6
  when quote.discount > 5%
    ┏━━ in parallel
    ┣━━ ● a
    ┃       when quote.discount > 9%
    ┣━━ ● b
    ┃       when quote.discount > 9%
    ┗━━

order
  odd before size

otherwise
    ● b'
run 0 graph bands.assent --format dot
is out "$(cat <<'EOF'
digraph path {
  charset="UTF-8";
  rankdir=LR;
  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11];
  edge [fontname="Helvetica", fontsize=10];
  box0 [label="size", fillcolor="#ddf4ff", color="#0969da", shape=ellipse];
  box1 [label="no approval", fillcolor="#dafbe1", color="#1a7f37", shape=ellipse];
  box2 [label="a", fillcolor="#f6f8fa", color="#57606a"];
  box3 [label="a", fillcolor="#f6f8fa", color="#57606a"];
  box4 [label="b", fillcolor="#f6f8fa", color="#57606a"];
  box5 [label="odd\nwhen quote.discount > 5%", fillcolor="#ddf4ff", color="#0969da", shape=ellipse];
  box6 [label="a", fillcolor="#f6f8fa", color="#57606a"];
  box7 [label="b", fillcolor="#f6f8fa", color="#57606a"];
  box8 [label="otherwise", fillcolor="#ddf4ff", color="#0969da", shape=ellipse];
  box9 [label="b", fillcolor="#f6f8fa", color="#57606a"];
  box0 -> box1 [label="up to 10 USD"];
  box0 -> box2 [label="up to 20 USD"];
  box0 -> box3 [label="above"];
  box3 -> box4;
  box5 -> box6 [label="quote.discount > 9%"];
  box5 -> box7 [label="quote.discount > 9%"];
  box8 -> box9;
  box5 -> box0 [style=dashed, constraint=false];
}
EOF
)"
run 0 graph bands.assent --format mermaid
has out 'box0 -->|"up to 10 USD"| box1'
has out 'box5 -.-> box0'
run 0 graph shop/desk.assentc
has out "for each line in quote.lines"
run 2 graph broken.assent

# ── why ─────────────────────────────────────────────────────────────────────────────────────────
why=(why shop/desk.assent shop/quote.json)
run 0 "${why[@]}" discount "${world[@]}"
has out "rule discount applies, and asks boss, lawyer and desk"
has out 'shop/desk.assent:7  rule discount "A discount beyond the rep" {'
has out "✓ quote.discount > 10%"
run 0 "${why[@]}" clouds "${world[@]}"
has out "rule clouds does not apply"
has out "✗ any line in quote.lines"
run 0 "${why[@]}" desk "${world[@]}"
has out "step discount/desk is in the path"
has out "waits for  boss"
has out "2 of 2, veto Carl: Same (d1), Same (d2)"
run 0 "${why[@]}" discount/chief "${world[@]}"
has out "step discount/chief is left out"
has out "✗ quote.discount > 40%   (quote.discount = 20%)"
run 0 "${why[@]}" chief "${world[@]}" --format json
json 'x["steps"][0]["step"]' large/chief
json 'x["skipped"][0]["rule"]' discount
run 0 why shop/desk.assent shop/quote.json discount/chief "${world[@]}" --set discount=1
has out "step discount/chief is not in the path: rule discount does not apply"
has out "✗ quote.discount > 10%   (quote.discount = 1%)"
run 0 why bands.assent shop/quote.json size/b --set net_total=15
has out 'it belongs to `above`, and size takes `up to 20 USD`'
run 0 why bands.assent shop/quote.json otherwise/b --format json
json 'len(x["undemanded"])' 1
run 2 "${why[@]}" discuont "${world[@]}"
has err 'did you mean `discount`?'
run 0 why shop/desk.assentc shop/quote.json discount "${world[@]}"
has out "desk.assent:7"
lacks out "rule discount \"A"

# ── test ────────────────────────────────────────────────────────────────────────────────────────
run 0 test shop/desk.assent
has out "✓ a discount goes to the boss first"
is err "2 passed, 0 failed"
run 0 test shop/desk.assent --filter approved
is err "1 passed, 0 failed"
run 2 test shop/desk.assent --filter nobody
run 2 test nowhere.assent
run 1 test broken.assent
has out "broken.assent:3:"
run 0 test shop/desk.assent --coverage
has out "never applies   clouds"
has out "always applies  cheap"
has out "never false     quote.net_total / quote.total_cost < 2, in cheap"
has out "rules applied 2 of 4; conditions seen true and false 1 of 5; bands of ladders 0 of 0"
run 0 test shop/desk.assent --coverage --format json
json 'x["files"][0]["coverage"]["rules_applied"]' "{'seen': 2, 'of': 4, 'percent': 50}"

cat >>shop/desk.assent <<'EOF'
test "wrong <path> & \"more\"" {
  given "quote.json"
  expect path boss then lawyer
  expect approved
  expect denied "EU"
  expect blocked
  expect warning "nothing of it"
  expect rule clouds applies
  expect rule discount does not apply
  expect value double_discount = 41%
}
test "two clouds" {
  given "quote.json" with lines[0].product = "US"
  expect rule clouds does not apply
  expect warning "little"
}
test "a blocked path is no path" {
  given "quote.json" with total_cost = 0 USD, lines[0].net_total = 1 USD
  expect path boss then (desk and lawyer)
}
test "blocked, as expected" {
  given "quote.json" with total_cost = 0 USD, lines[0].net_total = 1 USD
  expect blocked "division-by-zero"
  expect path boss then (desk and lawyer)
}
test "no such quote" { given "nowhere.json"  expect approved }
EOF
run 1 test shop/desk.assent
is err "4 passed, 3 failed"
has out "✗ wrong <path> & \"more\""
line=$(grep -n 'expect path boss then lawyer' shop/desk.assent | cut -d: -f1)
has out "shop/desk.assent:$line:10"
has out "  |          ^^^^^^^^^^^^^^^^^^^^^"
has out "expected  path boss then lawyer"
has out "actual    path (boss then (lawyer and desk)) and chief"
has out "expected  double_discount = 41%"
has out "actual    double_discount = 40%"
has out "rule clouds does not apply"
has out "expected  denied, saying \"EU\""
has out "rules     discount (pending), large (pending), cheap (satisfied)"
has out "error: nobody is asked"
has out "actual    blocked: division by zero (in cheap)"
has out "shop/nowhere.json: there is no such file"
run 1 test shop/desk.assent --format json
json 'x["passed"], x["failed"]' "(4, 3)"
json 'len(x["files"][0]["tests"][2]["failures"])' 8
json 'x["files"][0]["tests"][6]["result"]' "not run"
run 1 test shop/desk.assent broken.assent --format junit
is_xml out
has out 'tests="8" failures="2" errors="2"'
has out 'name="wrong &lt;path&gt; &amp; &quot;more&quot;"'

# ── dump ────────────────────────────────────────────────────────────────────────────────────────
for phase in ast checked plan index schema; do
  run 0 dump --phase "$phase" shop/desk.assent
  [ -s out ] || complain "the dump is empty"
done
is_json out
run 1 dump --phase plan broken.assent
is_empty out
has err "broken.assent:3:"
run 2 dump --phase nothing shop/desk.assent

# ── colours ─────────────────────────────────────────────────────────────────────────────────────
if command -v script >/dev/null; then
  ran="assent decide on a terminal"
  script -qec "'$assent' ${decide[*]}" /dev/null >out </dev/null
  has out $'\x1b[33m'
  NO_COLOR=1 script -qec "'$assent' ${decide[*]}" /dev/null >out </dev/null
  lacks out $'\x1b'
fi

report
