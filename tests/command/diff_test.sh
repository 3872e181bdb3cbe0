#!/usr/bin/env bash
# `assent diff` from outside: what differs between two policies, by what they say and by what they decide.
#
#   tests/command/diff_test.sh build/tools/assent
. "$(dirname "$0")/checks.sh"
subcommand=(diff)

cat >old.assent <<'POLICY'
policy desk "Desk"
record Quote money in currency { currency: Currency  discount: Percent  terms: Integer  total: Money }
input quote: Quote
approver manager = role "manager"
approver vp "VP" = person "vp"
group board = 2 of role "board", person "cfo"
fact deep = quote.discount > 40%
rule steep "Steep" { when quote.discount > 15% and quote.total > 1_000 USD  requires manager then vp when deep }
rule slow "Slow" { when quote.terms > 60  requires manager }
rule odd "Odd" { when quote.terms = 13  warns "odd" }
ladder size by quote.total { up to 1000 USD: no approval  above: board }
step board { expire after 10 days }
path { steep before size }
otherwise approve "fine"
POLICY
# The same, in another order and layout, with comments.
sed -n '1,3p' old.assent >same.assent
{ sed -n '8,14p' old.assent; sed -n '4,7p' old.assent; } | sed 's/  requires/\n    requires/; s/^rule/# why\nrule/' >>same.assent
run 0 old.assent same.assent
is_empty out
is_empty err
"$assent" compile old.assent -o old.assentc >/dev/null 2>&1
run 0 old.assentc same.assent

# ── what they say ───────────────────────────────────────────────────────────────────────────────
sed 's/> 15%/> 20%/; s/requires manager then vp when deep/requires (manager and board) then vp when deep/' old.assent >path.assent
run 1 old.assent path.assent
is out '~ rule steep
    when: 15% → 20%  quote.discount > 20% and quote.total > 1000.00 USD
    then
      - requires manager then vp when deep
      + requires (manager and board) then vp when deep
steps that appear: steep/board'
sed 's/rule slow/rule late/; /^rule odd/d; s/2 of role/3 of role/; s/after 10 days/after 12 days/; s/> 40%/> 45%/; s/steep before/steep after/; s/approve "fine"/denies "no"/' old.assent >more.assent
run 1 old.assent more.assent
is out '~ group board
    is: 2 → 3  3 of role "board", person "cfo"
    expire: 10 → 12  after 12 days
~ fact deep
    is: 40% → 45%  quote.discount > 45%
~ rule slow is called late now
~ path
    steep before size
      - yes
    size before steep
      + yes
~ otherwise
    then
      - approve
      + denies "no"
    because
      - fine
- rule odd
    title: Odd
    when: quote.terms = 13
    then: warns "odd"
steps that appear: late/manager
steps that vanish: slow/manager'
sed 's/ladder size by quote.total.*/rule size "Size" { when quote.total > 1000 USD  requires board }/' old.assent >kind.assent
run 1 old.assent kind.assent
has out '~ rule size'
run 1 same.assent more.assent --format json
json '[(x["kind"], x["what"], x["name"]) for x in x["changes"] if x["what"] == "fact"]' "[('changed', 'fact', 'deep')]"
json '[f["moved"] for c in x["changes"] if c["name"] == "deep" for f in c["fields"]]' "[[{'before': '40%', 'after': '45%'}]]"
json 'x["steps_removed"]' "['slow/manager']"
json '"quotes" in x' False

# ── what they decide ────────────────────────────────────────────────────────────────────────────
quote() { printf '{"currency": "USD", "discount": %s, "terms": %s, "total": %s}\n' "$@"; }
{ quote 18 0 2000; quote 50 0 2000; quote 0 0 10; echo; quote 18 70 500; quote 0 13 10; echo '{}'; } >quotes.ndjson
echo '{"people": [{"id": "m", "roles": ["manager"]}, {"id": "vp"}, {"id": "b", "roles": ["board"]}, {"id": "cfo"}]}' >people.json
world=(--directory people.json --today 2026-03-02)
run 0 old.assent same.assent --quotes quotes.ndjson "${world[@]}"
has out '0 of 6 quotes decided otherwise'
sed 's/> 15%/> 20%/; /^rule odd/d' old.assent >newer.assent
run 1 old.assent newer.assent --quotes quotes.ndjson "${world[@]}"
is out '~ rule steep
    when: 15% → 20%  quote.discount > 20% and quote.total > 1000.00 USD
- rule odd
    title: Odd
    when: quote.terms = 13
    then: warns "odd"
2 of 6 quotes decided otherwise
  1  auto approved, says something else
       quotes.ndjson:6
         - warning: odd
  1  needs approval, another path
       quotes.ndjson:1
         - steep/manager, size/board
         + size/board
  steep/manager, asked in 1 fewer'
quote 18 0 2000 >one.json
run 1 old.assent newer.assent --quotes one.json --quotes quotes.ndjson "${world[@]}" --format json
json 'x["quotes"]["decided"], x["quotes"]["differ"]' '(7, 3)'
json 'x["quotes"]["steps"]' "[{'step': 'steep/manager', 'more': 0, 'fewer': 2}]"
input=quotes.ndjson run 1 old.assent newer.assent --quotes - "${world[@]}"
has out 'stdin:1'
run 1 old.assent newer.assent --quotes one.json --today 2026-03-02
has out '1 of 1 quote decided otherwise'

# ── what is no input ────────────────────────────────────────────────────────────────────────────
run 2 old.assent
run 2 old.assent nowhere.assent
echo 'policy x rule' >broken.assent
run 2 old.assent broken.assent
run 2 old.assent newer.assent --quotes nowhere.json
run 2 old.assent newer.assent --quotes one.json --today never
run 2 old.assent newer.assent --format html
report
