#!/usr/bin/env bash
# A life of cases through the command itself. Usage: case_test.sh ASSENT
set -u
assent=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
failed=0

# run EXIT TEXT ARGUMENTS…: the command must end so, and say that.
run() {
  local wanted=$1 text=$2 said code
  shift 2
  said=$("$assent" case "$@" 2>&1)
  code=$?
  if [ "$code" != "$wanted" ] || ! grep -qF -- "$text" <<<"$said"; then
    printf 'assent case %s\n  ended with %s, wanted %s and: %s\n%s\n' "$*" "$code" "$wanted" "$text" "$said"
    failed=1
  fi
}

cat > policy.assent <<'POLICY'
policy desk "A desk"
record Quote { owner: Person  total: Integer  discount: Percent }
input quote: Quote
approver boss = person "boss"
approver cfo = person "cfo"
group chiefs = any of people "cfo", "vp"
rule big "Big deals are seen by two" {
  when quote.total > 10
  requires boss then cfo when quote.total > 100
}
step boss { remind after 1 business day  escalate to cfo after 3 days }
path { override by chiefs }
otherwise approve "small"
POLICY
sed 's/quote.total > 100/quote.total > 1_000/' policy.assent > newer.assent
cat > people.json <<'PEOPLE'
{"people": [{"id": "rep"}, {"id": "boss"}, {"id": "cfo"}, {"id": "vp"}, {"id": "deputy"},
            {"id": "admin", "roles": ["assent-administrator"]}]}
PEOPLE
quote() { echo "{\"owner\": \"rep\", \"total\": $1, \"discount\": 5}"; }
quote 50 > fifty.json
quote 200 > large.json
people=(--directory people.json)
monday=(--at 2026-03-02T09:00:00Z)

run 2 'there is no store' show Q-1
[ -e cases.db ] && { echo 'looking made a store'; failed=1; }
run 0 'waits for boss since 2026-03-02 09:00 UTC' submit Q-1 policy.assent fifty.json --as rep "${people[@]}" "${monday[@]}"
run 0 'reminds 2026-03-03 09:00 UTC' show Q-1
run 0 'escalates to cfo 2026-03-05 11:00 +02:00' show Q-1 --utc-offset 120
run 2 'use `assent case resubmit`' submit Q-1 policy.assent fifty.json --as rep "${people[@]}"
run 2 'use `assent case submit`' resubmit Q-9 policy.assent fifty.json --as rep "${people[@]}"
run 1 'no-seat' approve Q-1 --as cfo "${people[@]}"
run 1 'unknown-step' approve Q-1 --as boss --step nothing "${people[@]}"
run 1 'stale-version' approve Q-1 --as boss --expect-version 1 "${people[@]}"
run 0 'Q-1' inbox boss "${people[@]}"
run 0 'nothing waits for cfo' inbox cfo "${people[@]}"
run 0 'approved' approve Q-1 --as boss --id c-7 --comment 'as agreed' "${people[@]}"
run 0 'carried out before' approve Q-1 --as boss --id c-7 --comment 'as agreed' "${people[@]}"
run 1 'ended' reject Q-1 --as boss "${people[@]}"
run 0 'boss  approved big/boss: as agreed' history Q-1
run 0 'came too late with vote' history Q-1

# What is harmless is remembered, what is not is asked again; the quote comes by the standard input.
quote 40 | run 0 'remembered: quote.total fell from 50 to 40, which is no worse' resubmit Q-1 policy.assent - --as rep "${people[@]}"
run 0 'asked again: `big`: quote.total rose from 50 to 200' resubmit Q-1 policy.assent large.json --as rep "${people[@]}"
run 0 'will ask cfo' show Q-1

# People: away, replaced, added, asked.
run 1 'not-allowed' delegate --as rep --of boss --to deputy --from-day 2026-03-02 --to-day 2026-03-06 "${people[@]}"
run 0 'boss lets deputy act from 2026-03-02 to 2026-03-06' delegate --as boss --to deputy --from-day 2026-03-02 --to-day 2026-03-06 "${people[@]}"
run 0 'for boss' inbox deputy "${people[@]}" "${monday[@]}"
run 0 'nothing waits' inbox deputy "${people[@]}" --at 2026-03-07T09:00:00Z
run 0 'vp: question' ask Q-1 --as boss --step big/boss --to vp 'do you know them?' "${people[@]}"
run 0 'vp: yes' answer Q-1 0 yes --as vp "${people[@]}"
run 0 'rep: in a hurry' comment Q-1 --as rep 'in a hurry' "${people[@]}"
run 0 'added by boss' add-approver Q-1 vp --as boss --why 'knows them' "${people[@]}"
run 0 'deputy for boss approved' approve Q-1 --as deputy "${people[@]}" "${monday[@]}"
run 0 'vp approved' approve Q-1 --as vp --step ad-hoc/vp "${people[@]}"
run 1 'not-allowed' replace cfo vp --as boss "${people[@]}"
run 0 'replaced cfo by vp: left' replace cfo vp --as admin --why left "${people[@]}"
run 0 'big/cfo' inbox vp "${people[@]}"
run 0 'approved' approve Q-1 --as vp --step big/cfo "${people[@]}"

# Time, an override by two, a new version of the policy.
run 0 'pending' submit Q-2 policy.assent large.json --as rep "${people[@]}" "${monday[@]}"
run 0 'Q-2' tick "${people[@]}" --at 2026-03-06T09:00:00Z
run 0 'would be moved' migrate newer.assent --as admin --dry-run "${people[@]}"
run 0 'demands less' migrate newer.assent --as admin --dry-run "${people[@]}"
run 1 'none was moved' migrate newer.assent --as boss "${people[@]}"
run 0 'proposes to set big/boss aside' override Q-2 --as vp --step big/boss --why 'boss is ill' "${people[@]}"
run 1 'second-person' override Q-2 --as vp --step big/boss --why again "${people[@]}"
run 0 '1 case moved' migrate newer.assent --as admin "${people[@]}"
run 1 'not-allowed' reassign Q-2 --as rep --step big/boss --from boss --to deputy "${people[@]}"
run 0 'waits for' reassign Q-2 --as boss --step big/boss --to deputy "${people[@]}"
run 0 'recalled' recall Q-2 --as rep --why 'another offer' "${people[@]}"
run 0 'recalled' list --state recalled
run 1 'ended' abstain Q-2 --as deputy "${people[@]}"

# JSON, the log, and what was altered.
"$assent" case show Q-1 --format json | /usr/bin/python3 -c '
import json, sys
case = json.load(sys.stdin)
assert case["state"] == "approved" and [s["key"] for s in case["steps"]] == ["ad-hoc/vp", "big/boss", "big/cfo"], case' || failed=1
"$assent" case comment Q-1 --as rep done --format json "${people[@]}" | /usr/bin/python3 -c '
import json, sys
answer = json.load(sys.stdin)
assert answer["events"][0]["kind"] == "commented" and answer["effects"] == [], answer' || failed=1
"$assent" case export | /usr/bin/python3 -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert [line["position"] for line in lines] == list(range(1, len(lines) + 1))' || failed=1
head=$("$assent" case verify | sed 's/.*head //')
run 0 "$head" verify --head "$head"
run 0 '' comment Q-1 --as rep more "${people[@]}"
run 0 'has grown' verify --head "$head"
run 1 'does not hold' verify --head 0000
/usr/bin/python3 -c '
import sqlite3
store = sqlite3.connect("cases.db")
store.execute("UPDATE log SET event = replace(event, ?, ?) WHERE version = 3", ("as agreed", "AS AGREED"))
store.commit()'
run 1 'is not as it was written' verify

for name in submit resubmit approve reject abstain recall ask answer comment tick reassign add-approver override delegate \
    replace migrate show inbox list history verify export; do
  run 0 '--store' "$name" --help
done
run 2 '--as is required' approve Q-1
[ "$failed" -eq 0 ] && echo 'the life of a case is as it should be'
exit "$failed"
