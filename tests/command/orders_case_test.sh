#!/usr/bin/env bash
# What happens to the orders of a case, through `assent orders`, from outside: commands, refusals, what is asked wrongly.
# The life of such orders as a whole is in examples/software-rollout/README.md, which is run too.
#
#   tests/command/orders_case_test.sh build/tools/assent
. "$(dirname "$0")/checks.sh"

cat >shop.assent <<'POLICY'
policy shop
record Quote money in currency { currency: Currency  owner: Person  lines: list of Line }
record Line { id: Text  product: Text  kind: Text  box: Text?  quantity: Integer  net_total: Money  months: Months? }
input quote: Quote
otherwise approve
orders delivery {
  part of line.box
  term lasting line.months
  phase goods = lines where line.kind is "goods"
  phase care = other lines
  goods takes 2 days
  care starts when goods is delivered
  goods is final once delivered
}
POLICY
cat >quote.json <<'QUOTE'
{"currency": "EUR", "owner": "rep", "lines": [
  {"id": "rack", "product": "RACK", "kind": "goods", "quantity": 2, "net_total": 100.01},
  {"id": "disk", "product": "DISK", "kind": "goods", "box": "rack", "quantity": 3, "net_total": 9},
  {"id": "care", "product": "CARE", "kind": "care", "quantity": 10, "net_total": 120, "months": 12}]}
QUOTE
export ASSENT_STORE=cases.db
at() { printf -- '--at 2026-03-%sT09:00:00Z' "$1"; }
"$assent" case submit Q-1 shop.assent quote.json --as rep $(at 02) >/dev/null || exit 2
subcommand=(orders)

# ── before anything is ordered ──────────────────────────────────────────────────────────────────
run 0 show Q-1 $(at 02)
has out 'nothing is ordered yet; this is what would be:'
run 0 show Q-1 $(at 02) --format json
json 'len(x["orders"]), x["left"]' '(2, [])'
run 2 diff Q-1
has err 'nothing is ordered of `Q-1` yet'
run 0 contracts Q-1 $(at 02)
has out 'CARE (care)  10  120.00  2026-03-04 to 2027-03-03  planned'
run 2 show Q-9
has err 'there is no case `Q-9`'

# ── plan ────────────────────────────────────────────────────────────────────────────────────────
run 2 plan Q-1
has err '--as is required'
for wrong in care care= =3 ; do
  run 2 plan Q-1 --take "$wrong" --as rep $(at 02)
  has err "\`$wrong\` says no quantity of a line; give it as in seats=10"
done
run 1 plan Q-1 --take care=11 --as rep $(at 02)
has out 'refused (bad-quantity): line `care`: 11 is more than the 10 that are left'
run 1 plan Q-1 --take rack=1 --as rep $(at 02)
has out 'refused (bad-quantity): line `disk`: its bundle `rack` cannot be divided so: the part would not come out even'
run 1 plan Q-1 --take disk=3 --as rep $(at 02)
has out 'line `disk`: it is a part of `rack`, and comes with it'
run 1 plan Q-1 --take care=0.5 --as rep $(at 02)
has out '0.5 has more decimals than the 10 of the quote'
run 2 plan Q-1 --on 2026-02-30 --as rep $(at 02)
has err '`2026-02-30` is no day; give it as in 2026-03-02'
run 0 plan Q-1 --take care=4 --take rack=2 --as rep --dry-run $(at 02)
has out 'new  48.00 EUR'
run 2 diff Q-1
run 0 plan Q-1 --take care=4 --take rack=2 --as rep --id p-1 $(at 02) --format json
json 'x["events"][0]["kind"], len(x["events"][0]["what"]["orders"])' "('orders-changed', 2)"
run 0 plan Q-1 --take care=4 --take rack=2 --as rep --id p-1 $(at 02)
has out 'carried out before, and not again:'
run 0 show Q-1
has out 'not ordered: 6 of care'

# ── event ───────────────────────────────────────────────────────────────────────────────────────
key() { "$assent" orders show Q-1 --format json | "$python" -c 'import json, sys; print(json.load(sys.stdin)["orders"][int(sys.argv[1])]["key"])' "$1"; }
goods=$(key 0) care=$(key 1)
run 2 event Q-1 lost "$goods" --as rep
has err 'activated,delivered,accepted,moved,cancelled,amended'
run 1 event Q-1 activated 0000000000000000 --as rep $(at 02)
has out 'refused (unknown-order)'
run 2 event Q-1 activated '' --as rep $(at 02)
has err "\`\` may be $goods or $care"
run 1 event Q-1 activated "${care:0:6}" --as rep $(at 05)
has out 'starts when `goods` is delivered, which not all of it is yet'
has out 'help: `assent orders show Q-1` lists the orders with what they wait for'
run 1 event Q-1 delivered "$goods" --as rep $(at 03)
has out 'refused (wrong-state)'
has out 'is draft: only one that is activated can be delivered'
run 0 event Q-1 moved "$goods" --on 2026-03-09 --as rep --why 'strike at the port' $(at 03)
has out 'rep moved the start of order '"$goods"' to 2026-03-09 (2 orders changed): strike at the port'
has out '  ends    2026-03-04  →  2026-03-11'
run 0 diff Q-1
has out '  starts  2026-03-02  →  2026-03-09'
run 0 diff Q-1 --since 0 --format json
json '[each["made"] for each in x["orders"]]' '[True, True]'
run 2 diff Q-1 --since 3
has err 'there were only 2 changes'
run 0 event Q-1 activated "$goods" --as rep $(at 09)
run 0 event Q-1 delivered "$goods" --as rep --on 2026-03-10 $(at 11)
run 1 event Q-1 amended "$goods" --line rack=-1 --as rep $(at 11)
has out 'refused (past-return)'
run 0 event Q-1 activated "$care" --as rep $(at 11) --expect-version 6
run 1 event Q-1 amended "$care" --line care=+1 --as rep $(at 12) --expect-version 6
has out 'refused (stale-version)'
run 1 event Q-1 amended "$care" --as rep $(at 12)
has out 'refused (bad-command): an amendment says of which lines'
run 0 event Q-1 amended "$care" --line care=-3 --on 2026-06-01 --as rep $(at 12)
has out '  care quantity  4      →  1'
run 0 entitled Q-1
has out 'CARE  4  2026-03-11 to 2026-05-31'
has out 'CARE  1  2026-06-01 to 2027-03-10'
run 0 entitled Q-1 --on 2027-03-11
is out 'nobody is entitled to anything'
run 2 entitled Q-1 --on tomorrow
has err '--on: `tomorrow` is no day'
run 0 revenue Q-1 --format json
json 'sum(int(p["amount"].replace(".", "")) for s in x["revenue"] if s["line"] == "care" for p in s["periods"])' '1200'
run 0 assets Q-1
has out "$goods/rack/1"
run 0 plan Q-1 --as rep $(at 12)
run 1 plan Q-1 --as rep $(at 12)
has out 'refused (nothing-to-do)'
run 0 event Q-1 cancelled "$(key 2)" --as rep $(at 13)
has out '→  cancelled'
run 0 show Q-1 $(at 13)
has out 'was cancelled'
has out 'not ordered: 9 of care'
run 0 show Q-1 --format svg
run 0 show Q-1 --format mermaid

# ── what the back office says ───────────────────────────────────────────────────────────────────
run 0 report Q-1 "${goods:0:4}" accepted --reference SO-17 --as erp $(at 14)
has out "erp heard from the back office of order $goods, revision 4: accepted as SO-17"
run 0 report Q-1 "$goods" received --revision 3 --as erp $(at 15)
has out '(overtaken by what is known)'
run 0 show Q-1
has out 'the back office: accepted as SO-17'
run 1 report Q-1 "$goods" shipped --revision 9 --as erp $(at 15)
has out 'is at revision 4, not 9'
run 2 report Q-1 "$goods" lost --as erp
run 2 report Q-1 '' accepted --as erp
has err ' may be '
run 2 report Q-1 "$goods" shipped --when yesterday --as erp
has err '--when: `yesterday` is no moment'

report_json() { printf '{"case": "%s", "report": {"order": "%s", "status": "%s", "at": "2026-03-%sT09:00:00Z"%s}}' "$@"; }
report_json Q-1 "$goods" shipped 17 ', "revision": 4' >shipped.json
run 0 answer shipped.json --as erp --id a-1 $(at 17)
has out "erp heard from the back office of order $goods, revision 4: shipped"
run 0 answer shipped.json --as erp --id a-1 $(at 18)
has out 'carried out before, and not again:'
report_json Q-9 "$goods" shipped 17 '' | "$assent" orders answer - --as erp 2>err; ran='assent orders answer -'
has err 'there is no case `Q-9`'
report_json Q-1 "$goods" lost 17 '' >lost.json
run 2 answer lost.json --as erp
has err 'lost.json: /report/status'
echo '<Order/>' >order.xml
run 2 answer order.xml --as erp
has err 'order.xml'

# ── what was ordered stays as it was approved ───────────────────────────────────────────────────
subcommand=(case)
run 1 recall Q-1 --as rep $(at 16)
has out 'refused (has-orders)'
run 1 resubmit Q-1 shop.assent quote.json --as rep $(at 16)
has out 'refused (has-orders)'
run 0 verify
report
