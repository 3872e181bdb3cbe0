#!/usr/bin/env bash
# The life of cases through `assent case`, from outside: what is printed, what is kept, and the exit codes.
#
#   tests/command/case_test.sh build/tools/assent
#
# Policies, quotes, people and the store are files in a temporary folder. Moments are given, never the clock's.
. "$(dirname "$0")/checks.sh"
subcommand=(case)

# ── the files ───────────────────────────────────────────────────────────────────────────────────
cat >desk.assent <<'POLICY'
policy desk "A desk"
record Quote { owner: Person  total: Integer  discount: Percent  days: Integer }
input quote: Quote
approver boss = person "boss"
approver cfo = person "cfo"
approver lawyer = person "lawyer"
group chiefs = any of people "cfo", "vp"
group board = 2 of people "cfo", "vp", "coo", veto person "cfo"
rule big "Big deals are seen by two" {
  when quote.total > 10
  requires boss then cfo when quote.total > 100
}
rule terms { when quote.days > 60  requires lawyer }
rule huge { when quote.total > 10_000  requires board }
step boss { remind after 1 business day  escalate to cfo after 3 days  expire after 30 days as withdrawn }
step board { explicit }
path { override by chiefs }
otherwise approve "small"
POLICY
sed 's/quote.total > 100$/quote.total > 1_000/' desk.assent >newer.assent
cat >people.json <<'PEOPLE'
{"people": [{"id": "rep"}, {"id": "intern"}, {"id": "boss"}, {"id": "cfo"}, {"id": "vp"}, {"id": "coo"},
            {"id": "lawyer"}, {"id": "deputy"}, {"id": "admin", "roles": ["assent-administrator"]}]}
PEOPLE
quote() { echo "{\"owner\": \"rep\", \"total\": $1, \"discount\": 5, \"days\": ${2:-30}}"; }
for total in 5 40 50 200 500; do quote $total >"$total.json"; done
quote 200 90 >terms.json
quote 20000 >huge.json
people=(--directory people.json)
at() { echo "--at 2026-03-$1:00Z"; }  # at 02T09:00; the 2nd is a Monday

# ── submit ──────────────────────────────────────────────────────────────────────────────────────
run 2 show Q-1
has err 'there is no store at `cases.db`'
[ ! -e cases.db ] || complain 'looking made a store'
run 0 submit Q-1 desk.assent 200.json --as rep "${people[@]}" $(at 02T09:00) --edited-by intern
has out 'rep submitted the quote to desk: big/boss then big/cfo'
has out '→ big/boss opens: asks boss'
has out 'Q-1 is pending: 0 of 2 steps are done, waits for boss'
has out '● big/boss  ▶ open since 2026-03-02 09:00 UTC'
has out '● big/cfo  … waits for big/boss'
has out 'will ask cfo'
has out 'because big · Big deals are seen by two'
has out 'also edited by intern'
has out 'messages to boss (request)'
lacks out $'\x1b'
run 1 submit Q-1 desk.assent 200.json --as rep "${people[@]}"
has out 'refused (stale-version): there is a case `Q-1` already, pending at version 2'
has out 'help: `assent case resubmit Q-1 POLICY QUOTE`'
run 1 resubmit Q-2 desk.assent 200.json --as rep "${people[@]}"
has out 'refused (not-pending): there is no case `Q-2` (did you mean `Q-1`?)'
has out 'help: `assent case submit Q-2 POLICY QUOTE`'
input=5.json run 0 submit Q-small desk.assent - --as rep "${people[@]}" $(at 02T09:00)
has out 'nobody is asked'
has out 'Q-small is approved: small'
run 2 submit Q-3 - - --as rep
has err 'only one input can be `-`'
run 2 submit Q-3 desk.assent nowhere.json --as rep
has err 'nowhere.json: there is no such file'
run 1 submit Q-3 desk.assent people.json --as rep
has out 'refused (bad-quote)'
run 1 submit Q-3 desk.assent 50.json --as rep "${people[@]}" --expect-plan 00
has out 'refused (plan-changed)'
"$assent" decide desk.assent 50.json "${people[@]}" --today 2026-03-02 --format json >decision.json
plan=$($python -c 'import json; print(json.load(open("decision.json"))["plan_hash"])')
again=(submit Q-3 desk.assent 50.json --as rep "${people[@]}" $(at 02T09:00) --expect-plan "$plan" --id s-3)
run 0 "${again[@]}"
has out 'Q-3 is pending'
run 0 "${again[@]}"
has out 'carried out before, and not again:'
has out 'Q-3 is pending'

# ── show, inbox, list ───────────────────────────────────────────────────────────────────────────
run 0 show Q-1 $(at 02T09:00)
has out 'reminds 2026-03-03 09:00 UTC'
has out 'escalates to cfo 2026-03-05 09:00 UTC'
has out 'expires 2026-04-01 09:00 UTC'
lacks out '! late'
run 0 show Q-1 --utc-offset 330 $(at 04T09:00)
has out 'submitted by rep, 2026-03-02 14:30 +05:30'
has out '! late: `assent case tick` has not run since'
run 0 show Q-1 --format json
json 'x["id"], x["state"], [s["key"] for s in x["steps"]]' "('Q-1', 'pending', ['big/boss', 'big/cfo'])"
run 2 show Q-l
has err 'there is no case `Q-l` (did you mean `Q-1`?)'
run 0 inbox boss "${people[@]}" $(at 02T10:00)
is out 'Q-1
  big/boss, since 2026-03-02 09:00 UTC
  $ assent case approve Q-1 --as boss --directory people.json
Q-3
  big/boss, since 2026-03-02 09:00 UTC
  $ assent case approve Q-3 --as boss --directory people.json'
run 0 inbox cfo "${people[@]}"
is out 'nothing waits for cfo'
run 0 inbox boss "${people[@]}" --format json
json 'x[0]' "{'case': 'Q-1', 'places': [{'step': 'big/boss', 'person': 'boss', 'since': '2026-03-02T09:00:00Z'}]}"
run 0 list
is out 'Q-1      pending   2026-03-02 09:00 UTC  desk  by rep, due 2026-03-03 09:00 UTC
Q-3      pending   2026-03-02 09:00 UTC  desk  by rep, due 2026-03-03 09:00 UTC
Q-small  approved  2026-03-02 09:00 UTC  desk  by rep'
run 0 list --state approved --format json
json '[each["case"] for each in x]' "['Q-small']"
run 2 list --state aproved
has err 'did you mean `approved`?'

# ── votes ───────────────────────────────────────────────────────────────────────────────────────
run 1 approve Q-1 --as coo "${people[@]}"
has out 'refused (no-seat)'
has out 'help: `assent case show Q-1` says who is asked'
run 1 approve Q-1 --as cfo "${people[@]}"
has out 'refused (not-open)'
run 1 approve Q-1 --as rep "${people[@]}"
run 1 approve Q-1 --as boss
has out 'refused (unknown-person)'
has out 'help: give the people with --directory FILE'
run 1 approve Q-1 --as boss --step big/bos "${people[@]}"
has out 'refused (unknown-step): the steps are big/boss, big/cfo'
has out 'help: did you mean `big/boss`?'
run 1 approve Q-1 --as boss --expect-version 1 "${people[@]}"
has out 'refused (stale-version): the case is at version 2, the command expects 1'
run 2 approve Q-1 --as boss --expect-version -1 "${people[@]}"
has err '--expect-version: '
run 1 approve Q-1 --as boss --quote-hash 00 "${people[@]}"
has out 'refused (content-changed)'
run 2 approve Q-1 "${people[@]}"
has err '--as is required'
run 2 approve Q-9 --as boss "${people[@]}"
has err 'there is no case `Q-9`'
run 0 approve Q-1 --as boss --step boss --id c-7 --expect-version 2 --comment 'as agreed' "${people[@]}" $(at 02T10:00)
has out 'boss approved big/boss: as agreed'
has out '→ big/cfo opens: asks cfo'
has out 'Q-1 is pending: 1 of 2 steps is done, waits for cfo'
run 0 approve Q-1 --as boss --step boss --id c-7 --expect-version 2 --comment 'as agreed' "${people[@]}" $(at 02T11:00)
has out 'carried out before, and not again:'
has out 'boss approved big/boss: as agreed'
lacks out 'messages to'
run 1 comment Q-3 --as rep --id c-7 'the id of another command' "${people[@]}"
has out 'refused (bad-command)'
run 1 approve Q-1 --as coo --id c-8 "${people[@]}"
run 1 approve Q-1 --as coo --id c-8 "${people[@]}"
has out 'help: so it was the first time that this id was given; try with another --id'
run 0 show Q-1 $(at 02T12:00)
has out 'boss approved, 2026-03-02 10:00 UTC: as agreed'
run 0 approve Q-1 --as cfo "${people[@]}" $(at 02T12:00)
has out '→ the case is approved: every step is satisfied'
has out 'Q-1 is approved: every step is satisfied'
run 1 reject Q-1 --as boss "${people[@]}" $(at 02T13:00)
has out 'refused (ended)'
has out 'help: `assent case resubmit Q-1 POLICY QUOTE` starts it again'
run 0 history Q-1
has out '2026-03-02 13:00 UTC  boss: came too late: vote is refused'

# ── resubmit: what is harmless is remembered, what is not is asked again ────────────────────────
quote 150 >150.json
run 0 resubmit Q-1 desk.assent 150.json --as rep "${people[@]}" $(at 02T14:00)
has out 'rep submitted the quote again to desk: big/boss then big/cfo; remembered: big/boss and big/cfo'
has out 'remembered: quote.total fell from 200 to 150, which is no worse'
has out 'Q-1 is approved'
run 0 resubmit Q-1 desk.assent 500.json --as rep "${people[@]}" $(at 02T15:00)
has out 'asked again: `big`: quote.total rose from 200 to 500'
has out '● big/boss  ▶ open'
run 1 resubmit Q-1 desk.assent 200.json --as rep --expect-version 3 "${people[@]}"
run 0 resubmit Q-1 desk.assent terms.json --as rep "${people[@]}" $(at 02T16:00)
has out 'rep changed the quote'
has out '● terms/lawyer  ▶ open'
has out 'it was not asked before'
run 1 resubmit Q-1 newer.assent terms.json --as rep "${people[@]}" $(at 02T16:00)
has out 'nothing-to-do'
has err 'note: the case is pending, and stays with the version of desk that it is pinned to'
has err '`assent case migrate`'

# ── people: delegation, questions, one more, a replacement ──────────────────────────────────────
away=(--to deputy --from-day 2026-03-02 --to-day 2026-03-06)
run 1 delegate --as rep --of lawyer "${away[@]}" "${people[@]}"
has out 'refused (not-allowed)'
run 2 delegate --as lawyer --to deputy --from-day 2026-02-30 --to-day 2026-03-06 "${people[@]}"
has err '--from-day: '
run 0 delegate --as lawyer "${away[@]}" --id d-1 "${people[@]}" $(at 02T16:10)
is out 'lawyer let deputy act for lawyer from 2026-03-02 to 2026-03-06'
run 0 delegate --as lawyer "${away[@]}" --id d-1 "${people[@]}"
has out 'carried out before'
run 0 show Q-1 $(at 03T09:00)
has out 'waits for lawyer (or deputy until 2026-03-06)'
run 0 show Q-1 $(at 07T09:00)
lacks out 'deputy'
run 0 inbox deputy "${people[@]}" $(at 03T09:00)
has out 'terms/lawyer, for lawyer, since 2026-03-02 16:00 UTC'
has out '$ assent case approve Q-1 --as deputy --step terms/lawyer --for lawyer --directory people.json'
run 0 inbox deputy "${people[@]}" $(at 07T09:00)
has out 'nothing waits for deputy'
run 0 approve Q-1 --as deputy --step lawyer --for lawyer "${people[@]}" $(at 03T09:00)
has out 'deputy for lawyer approved terms/lawyer'
run 0 show Q-1 $(at 03T09:00)
has out 'deputy approved for lawyer, 2026-03-03 09:00 UTC'
run 0 ask Q-1 --as boss --step boss --to vp 'do you know them?' "${people[@]}" $(at 03T09:10)
has out 'messages to vp (question)'
run 1 answer Q-1 2 'yes' --as vp "${people[@]}"
has out 'refused (unknown-question)'
run 2 answer Q-1 0 'yes' --as vp "${people[@]}"
run 0 answer Q-1 1 'yes' --as vp "${people[@]}" $(at 03T09:20)
run 0 comment Q-1 --as rep $'they are\nin a hurry' "${people[@]}" $(at 03T09:30)
run 0 show Q-1 $(at 03T10:00)
has out '1. boss asks vp about big/boss, 2026-03-03 09:10 UTC'
has out 'vp answers, 2026-03-03 09:20 UTC'
has out 'they are in a hurry'
run 0 add-approver Q-1 vp --as boss --before cfo --why 'knows them' "${people[@]}" $(at 03T10:00)
has out 'boss added ad-hoc/vp before big/cfo: knows them'
run 0 show Q-1 $(at 03T10:00)
has out 'added by boss'
run 1 reassign Q-1 --as rep --step boss --from boss --to coo "${people[@]}"
has out 'refused (not-allowed)'
run 0 reassign Q-1 --as boss --step boss --to coo --why 'on holiday' "${people[@]}" $(at 03T11:00)
has out 'boss put coo in the place of boss in big/boss: on holiday'
has out 'messages to boss (released) and coo (request)'
run 0 show Q-1 $(at 03T11:00)
has out 'coo sits in the place of boss'
run 1 replace cfo lawyer --as boss "${people[@]}"
has out 'refused (not-allowed)'
has out 'help: administrators have the role `assent-administrator`'
run 0 replace cfo lawyer --as admin --why left "${people[@]}" $(at 03T12:00)
has out 'admin put lawyer in the place of cfo, everywhere and from now on: left'
has out '  admin put lawyer in the place of cfo in big/cfo: left'
run 0 approve Q-1 --as coo "${people[@]}" $(at 03T13:00)
run 0 approve Q-1 --as vp --step ad-hoc/vp "${people[@]}" $(at 03T13:00)
run 0 approve Q-1 --as lawyer "${people[@]}" $(at 03T13:00)
has out 'Q-1 is approved'
run 0 comment Q-1 --as rep 'thanks' "${people[@]}" $(at 03T14:00)
run 0 recall Q-1 --as rep --why 'another offer' "${people[@]}" $(at 03T15:00)
has out 'Q-1 is recalled: another offer'

# ── a quorum, a veto, a step that insists on its own answer ─────────────────────────────────────
run 0 submit Q-huge desk.assent huge.json --as rep --store other.db "${people[@]}" $(at 02T09:00)
has out '2 of 3, veto cfo: waits for cfo, coo and vp'
has out 'needs a vote of its own'
run 0 inbox cfo --store other.db "${people[@]}"
has out '--store other.db'
run 0 abstain Q-huge --as coo --step board --store other.db "${people[@]}" $(at 02T10:00)
run 1 abstain Q-huge --as vp --step board --store other.db "${people[@]}"
has out 'refused (vote-needed)'
ASSENT_STORE=other.db run 0 show Q-huge $(at 02T10:00)
has out 'coo abstained, 2026-03-02 10:00 UTC'
run 0 reject Q-huge --as cfo --step board --comment 'too much' --store other.db "${people[@]}" $(at 02T11:00)
has out 'Q-huge is rejected: huge/board was rejected by cfo'
run 0 show Q-huge --store other.db $(at 02T11:00)
has out '● huge/board  ✗ rejected'
has out 'cfo rejected, 2026-03-02 11:00 UTC: too much'
has out '● big/boss  · no longer asked'

# ── time ────────────────────────────────────────────────────────────────────────────────────────
run 0 tick "${people[@]}" $(at 02T10:00)
is out 'nothing was due'
run 0 tick "${people[@]}" $(at 03T09:00) --id t-1
is out 'Q-3
  clock reminded those who are asked in big/boss'
run 0 tick "${people[@]}" $(at 05T09:00) --format json
json 'x["cases"]' "['Q-3']"
run 0 show Q-3 $(at 05T09:00)
has out 'waits for boss and lawyer'
run 0 tick "${people[@]}" --at 2026-04-01T09:00:00Z
has out 'the time for big/boss ran out'
has out 'the case is expired: big/boss: nobody decided in time'
run 2 tick "${people[@]}" --at tomorrow
has err '--at: `tomorrow` is no moment'

# ── an override by two, a new version of the policy ─────────────────────────────────────────────
run 0 submit Q-4 desk.assent 200.json --as rep "${people[@]}" $(at 02T09:00)
run 0 submit Q-5 desk.assent terms.json --as rep "${people[@]}" $(at 02T09:00)
run 0 migrate newer.assent --as admin --dry-run "${people[@]}" $(at 02T10:00)
has out 'Q-4  ! becomes weaker'
has out 'big/cfo is not demanded any more'
has out '2 cases would be moved; nothing was written'
run 1 migrate newer.assent --as boss "${people[@]}"
has out 'refused (not-allowed)'
has out 'so none is moved'
run 0 override Q-4 --as vp --step boss --why 'cannot be reached' "${people[@]}" $(at 02T10:00)
has out 'vp proposed to set big/boss aside: cannot be reached'
run 0 show Q-4 $(at 02T10:00)
has out 'vp proposes to set it aside: cannot be reached; a second person has to agree'
run 1 override Q-4 --as vp --step boss --why again "${people[@]}"
has out 'refused (second-person)'
run 1 override Q-4 --as boss --step boss --why please "${people[@]}"
has out 'refused (not-allowed)'
run 0 override Q-4 --as lawyer --step boss --why 'it is urgent' "${people[@]}" $(at 02T11:00)
has out 'big/boss is set aside: overridden by vp (cannot be reached) and lawyer (it is urgent)'
run 0 show Q-4 $(at 02T11:00)
has out '● big/boss  ⊘ set aside'
run 0 migrate newer.assent --as admin "${people[@]}" --format json $(at 02T12:00)
json 'x["moved"], [each["weaker"] for each in x["cases"]]' '(True, [True, True])'
run 0 migrate newer.assent --as admin "${people[@]}"
has out 'no pending case is on another version of this policy'
run 0 history Q-4
has out 'admin: moved the case to another version of desk'

# ── answers as JSON ─────────────────────────────────────────────────────────────────────────────
run 0 approve Q-5 --as boss "${people[@]}" --format json $(at 03T09:00)
json 'sorted(x)' "['case', 'command', 'effects', 'events', 'refusal', 'repeated', 'state', 'version']"
json 'len(x["command"]), x["repeated"], x["refusal"], x["events"][0]["kind"]' "(32, False, None, 'voted')"
run 1 approve Q-5 --as coo --format json "${people[@]}"
json 'x["refusal"]["code"], x["events"]' "('no-seat', [])"
run 0 delegate --as coo "${away[@]}" --format json "${people[@]}"
json 'x["events"][0]["kind"]' delegated

# ── the log ─────────────────────────────────────────────────────────────────────────────────────
run 0 history
has out 'Q-1  rep: submitted the quote to desk: big/boss then big/cfo'
has out 'Q-1  deputy for lawyer: approved terms/lawyer'
run 2 history Q-9
has err 'there is no case `Q-9`'
run 0 export
$python - <<'CHECK' || complain 'the export is not what its hashes were made of'
import hashlib, json
before = ""
for position, line in enumerate(open("out", "rb"), 1):
    entry = json.loads(line)
    event = line[line.index(b',"event":') + 9:-2]  # byte for byte
    assert entry["position"] == position and json.loads(event) == entry["event"]
    stream = entry["case"].encode()
    chained = b"\n".join([before.encode(), str(len(stream)).encode(), stream, event])
    before = hashlib.sha256(chained).hexdigest()
    assert entry["hash"] == before, position
CHECK
run 0 export Q-3
lacks out '"case":"Q-1"'
run 0 verify
has out 'each as it was written'
head=$(sed -n 's/^head //p' out)
run 0 verify --head "$head"
has out 'it ends where it was written down'
run 0 comment Q-1 --as rep 'more' "${people[@]}"
run 0 verify --head "$head"
has out 'everything up to it is there, and 1 more'
run 0 verify --head "$head" --format json
json 'x["altered"], x["head_at"] == x["entries"] - 1' '(None, True)'
run 1 verify --head 0000
has out 'no entry has the hash that was written down'
cp cases.db cut.db
$python -c '
import sqlite3
store = sqlite3.connect("cut.db")
change = "UPDATE log SET event = replace(event, ?, ?) WHERE stream = ?"  # one byte
store.execute(change, ("as agreed", "As agreed", "Q-1"))
store.commit()'
run 0 history Q-1
position=$(sed -n 's/ .*approved .*: as agreed$//p' out)
run 1 verify --store cut.db
has out "entry $position is not as it was written"
run 1 verify --store cut.db --format json
json 'x["altered"]' "$position"
$python -c '
import sqlite3
store = sqlite3.connect("cases.db")
store.execute("UPDATE cases SET state = ? WHERE id = ?", ("approved", "Q-5"))
store.commit()'
run 1 verify
has out 'the log is sound, but what is read from it is not'
echo 'no database' >text.db
run 2 show Q-1 --store text.db
has err 'the store: '

# ── the command itself ──────────────────────────────────────────────────────────────────────────
for each in submit resubmit recall approve reject abstain reassign add-approver override delegate replace ask answer \
    comment show inbox list tick migrate history export verify; do
  run 0 "$each" --help
  has out 'Examples:'
  has out '--store'
done
run 0 --help
has out 'Examples:'
run 2 sumbit Q-1
has err 'there is no command `sumbit` (did you mean `submit`?); `assent case --help` lists them'
run 2
if command -v script >/dev/null; then
  ran='assent case show on a terminal'
  script -qec "'$assent' case show Q-1" /dev/null >out </dev/null
  has out $'\x1b[1m'
fi

report
