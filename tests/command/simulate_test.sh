#!/usr/bin/env bash
# `assent simulate` from outside: many quotes with two policies.
#
#   tests/command/simulate_test.sh build/tools/assent
. "$(dirname "$0")/checks.sh"
subcommand=(simulate)

cat >old.assent <<'POLICY'
policy desk "Desk"
record Quote money in currency { currency: Currency  discount: Percent  terms: Integer  total: Money }
input quote: Quote
approver manager = role "manager"
approver vp "VP" = person "vp"
rule steep "Steep" { when quote.discount > 15%  requires manager then vp when quote.discount > 40% }
rule slow "Slow" { when quote.terms > 60  requires manager }
rule lost "Lost" { when quote.discount > 90%  denies "too much" }
otherwise approve "fine"
POLICY
sed 's/> 15%/> 20%/; s/> 60  requires manager/> 60  requires manager and vp/' old.assent >new.assent
echo '{"people": [{"id": "m", "roles": ["manager"]}, {"id": "n", "roles": ["manager"]}, {"id": "vp"}]}' >people.json
world=(--directory people.json --today 2026-03-02)

# ── what comes of few ───────────────────────────────────────────────────────────────────────────
quote() { printf '{"currency": "USD", "discount": %s, "terms": %s, "total": 1}\n' "$@"; }
{ quote 0 0; quote 18 0; quote 50 0; echo; quote 50 70; quote 95 0; echo '{}'; quote 0 90; } >few.ndjson
run 1 new.assent --against old.assent --quotes few.ndjson "${world[@]}"
is out '3 of 7 quotes decided otherwise
  1  needs approval → auto approved
       few.ndjson:2
         - steep/manager
  2  needs approval, another path
       few.ndjson:5
         - steep/manager, steep/vp, slow/manager
         + steep/manager, steep/vp, slow/manager, slow/vp
       few.ndjson:8
         - slow/manager
         + slow/manager, slow/vp
  slow/vp, asked in 2 more
  steep/manager, asked in 1 fewer

paths that change
  1  (manager then vp) and manager → (manager then vp) and manager and vp
  1  manager → auto approved
  1  manager → manager and vp

outcome         before  after  change
needs approval       4      3      -1
auto approved        1      2      +1
denied               1      1
refused              1      1

rule applies  before  after  change
steep              4      3      -1
slow               2      2
lost               1      1

approver asked  before  after  change
manager              4      3      -1
vp                   2      3      +1

person asked  before  after  change
m                  4      3      -1
n                  4      3      -1
vp                 2      3      +1'
is_empty err
run 0 old.assent --against old.assent --quotes few.ndjson "${world[@]}"
has out '0 of 7 quotes decided otherwise'
input=few.ndjson run 1 new.assent --against old.assent --quotes - "${world[@]}"
has out 'stdin:2'
quote 18 0 >one.json
run 1 new.assent --against old.assent --quotes one.json --quotes few.ndjson "${world[@]}" --format json
json 'x["decided"], x["differ"]' '(8, 4)'
json 'x["kinds"][0]["examples"][0]["quote"]' one.json
json '[each for each in x["rules"] if each["rule"] == "steep"]' "[{'rule': 'steep', 'before': 5, 'after': 3}]"
json 'x["paths"][0]' "{'before': 'manager', 'after': 'auto approved', 'count': 2}"
run 1 new.assent --against old.assent --quotes few.ndjson "${world[@]}" --format html
has out '<h1>new.assent against old.assent</h1>'
has out '3 of 7 quotes are decided otherwise: 42.8 %.'
has out '<title id="chart-1">Outcomes</title>'
lacks out '<script'

# ── what comes of many ──────────────────────────────────────────────────────────────────────────
# Of each hundred, 5 have a discount that is asked about no more: 16 to 20.
awk 'BEGIN { for (i = 0; i < 60000; ++i) printf "{\"currency\": \"USD\", \"discount\": %d, \"terms\": 0, \"total\": %d}\n", i % 100, i }' >many.ndjson
for jobs in 1 2 5; do
  run 1 new.assent --against old.assent --quotes many.ndjson --quotes few.ndjson "${world[@]}" --format json --jobs "$jobs"
  cp out "jobs-$jobs.json"
  json 'x["decided"], x["differ"]' '(60007, 3003)'
  json '[each["quote"] for each in x["kinds"][0]["examples"]]' \
    "['many.ndjson:17', 'many.ndjson:18', 'many.ndjson:19', 'many.ndjson:20', 'many.ndjson:21']"
  json '[each["before"] - each["after"] for each in x["people"]]' '[3001, 3001, -1]'
  json '[(each["outcome"], each["before"]) for each in x["outcomes"]]' \
    "[('auto approved', 9601), ('denied', 5401), ('needs approval', 45004), ('refused', 1)]"
done
cmp -s jobs-1.json jobs-2.json && cmp -s jobs-1.json jobs-5.json || fail 'the answer depends on the number of threads'
printf '%s' "$(quote 18 0)" >no_end.ndjson   # no line end at the end
: >empty.ndjson
run 1 new.assent --against old.assent --quotes empty.ndjson --quotes no_end.ndjson "${world[@]}"
has out '1 of 1 quote decided otherwise'
run 0 new.assent --against old.assent --quotes empty.ndjson "${world[@]}"
has out '0 of 0 quotes decided otherwise'

# ── what is no input ────────────────────────────────────────────────────────────────────────────
run 2 new.assent --quotes few.ndjson
run 2 new.assent --against old.assent
run 2 new.assent --against nowhere.assent --quotes few.ndjson
run 2 new.assent --against old.assent --quotes few.ndjson --quotes nowhere.ndjson "${world[@]}"
has err 'nowhere.ndjson'
run 2 new.assent --against old.assent --quotes few.ndjson --format csv
run 2 new.assent --against old.assent --quotes few.ndjson --today never
{ head -c 70000000 /dev/zero | tr '\0' ' '; quote 18 0; } >long.ndjson
run 1 new.assent --against old.assent --quotes long.ndjson --quotes few.ndjson "${world[@]}"  # too long, and it goes on
has out '3 of 8 quotes decided otherwise'
has out 'refused              2      2'
report
