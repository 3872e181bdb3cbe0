#!/usr/bin/env bash
# Orders of a case as files through `assent orders export`, from outside.
#
#   tests/command/orders_export_test.sh build/tools/assent
. "$(dirname "$0")/checks.sh"

cat >shop.assent <<'POLICY'
policy shop
record Quote money in currency { currency: Currency  lines: list of Line }
record Line { id: Text  product: Text  site: Text?  unit: Text else ""  quantity: Decimal  net_total: Money }
input quote: Quote
orders delivery { split by line.site }
rule big { when sum(line.quantity for line in quote.lines) > 100  requires person "boss" }
otherwise approve
POLICY
cat >quote.json <<'QUOTE'
{"currency": "EUR", "lines": [
  {"id": "rack", "product": "RACK", "site": "Berlin", "quantity": 3, "net_total": 100},
  {"id": "disk", "product": "DISK", "site": "Bonn", "quantity": 12, "net_total": 1200.5},
  {"id": "care", "product": "CARE", "unit": "hour", "quantity": 5, "net_total": 500}]}
QUOTE
sed 's/"quantity": 12/"quantity": 120/' quote.json >big.json
echo '{"people": [{"id": "rep"}, {"id": "boss"}]}' >people.json
cat >trade.json <<'TRADE'
{"seller": {"endpoint": "7300010000018", "endpoint_scheme": "0088", "registration_name": "Seller Ltd", "address": {"country": "SE"}},
 "buyer": {"endpoint": "7300010000001", "endpoint_scheme": "0088", "registration_name": "Buyer Ltd"}}
TRADE
mkdir json
people=(--directory people.json)
day() { at=(--at "2026-03-$1T09:00:00Z"); }
event() {  # event CODE WHAT KEY OPTIONS…
  local code=$1
  shift
  subcommand=(orders)
  run "$code" event Q-1 "$@" --as rep "${people[@]}" "${at[@]}"
}
export_() { subcommand=(orders export); run "$@"; }

day 02
subcommand=(case)
run 0 submit Q-1 shop.assent quote.json --as rep "${people[@]}" "${at[@]}"
run 0 submit Q-2 shop.assent big.json --as rep "${people[@]}" "${at[@]}"
export_ 0 Q-1 --dir json
is out '0 new files, 0 there before'
export_ 1 Q-1
is err 'there is nothing to tell'
subcommand=(orders)
run 0 plan Q-1 --as rep "${people[@]}" "${at[@]}"
run 0 show Q-1 --format json
mv out shown
key_of() { "$python" -c 'import json, sys
for order in json.load(open("shown"))["orders"]:
    if order["split"][0]["value"] == (sys.argv[1] or None): print(order["key"])' "$1"; }
berlin=$(key_of Berlin)
bonn=$(key_of Bonn)
nowhere=$(key_of '')

# ── JSON ────────────────────────────────────────────────────────────────────────────────────────
day 03
event 0 activated "$berlin"
export_ 0 Q-1
is err '2 drafts left out'
json 'x["case"], x["policy"], x["order"]["key"], x["order"]["revision"]' "('Q-1', 'shop', '$berlin', 2)"
event 0 activated "$bonn"
export_ 2 Q-1
has err 'several orders have files: --dir DIR takes them all, --order KEY chooses one'
export_ 0 Q-1 --order "${bonn:0:5}"
json 'x["order"]["items"][0]["line"]' disk
export_ 0 Q-1 --dir json
is out '2 new files, 0 there before
1 draft left out'
export_ 0 Q-1 --dir json --drafts
is out '3 new files, 2 there before'
[ -f "json/$nowhere-1.json" ] || complain 'a draft is missing'

# ── UBL ─────────────────────────────────────────────────────────────────────────────────────────
mkdir xml
export_ 0 Q-1 --format ubl --trade trade.json --dir xml
is out '2 new files, 0 there before
1 draft left out'
is_xml "xml/$berlin-2.xml"
has "xml/$berlin-2.xml" '<cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>'
day 04
event 0 amended "$berlin" --line rack=-1
event 0 cancelled "$bonn" --why 'no room & no money'
event 0 delivered "$berlin"
export_ 0 Q-1 --format ubl --trade trade.json --dir xml
is out '2 new files, 2 there before
1 draft left out'
has "xml/$berlin-3.xml" '<OrderChange '
has "xml/$berlin-3.xml" '<cbc:LineStatusCode>3</cbc:LineStatusCode>'
has "xml/$bonn-3.xml" '<OrderCancellation '
has "xml/$bonn-3.xml" 'no room &amp; no money'
export_ 0 Q-1 --format ubl --trade trade.json --order "$berlin"
cp out printed
is printed "$(cat "xml/$berlin-3.xml")"

# ── what is there stays as it is ────────────────────────────────────────────────────────────────
sed 's/Seller Ltd/Other Ltd/' trade.json >other.json
rm "xml/$bonn-3.xml"
export_ 1 Q-1 --format ubl --trade other.json --dir xml
is out '1 new file, 0 there before
1 draft left out'
has err "xml/$berlin-2.xml: is there with another content, and stays as it is"
has "xml/$berlin-2.xml" 'Seller Ltd'
checked=$((checked + 1))
[ "$(find xml -type f | wc -l)" -eq 4 ] || complain 'something else is in the folder'

# ── what cannot be told ─────────────────────────────────────────────────────────────────────────
event 0 activated "$nowhere"
export_ 2 Q-1 --format ubl --trade trade.json --order "$nowhere"
has err "Q-1: /$nowhere/items/0/unit: the settings do not say what the unit \`hour\` is called"
export_ 2 Q-1 --order 0123
has err 'there is no order `0123`'
export_ 2 Q-1 --format ubl
has err '--format ubl needs --trade FILE'
echo '{"seller": {}, "colour": 1}' >bad.json
export_ 2 Q-1 --format ubl --trade bad.json
has err 'bad.json: /colour: unknown key `colour`'
has err 'bad.json: `buyer` is missing'
export_ 2 Q-1 --dir nowhere
has err 'nowhere'
export_ 1 Q-2 --dir json
json 'x["refusal"]["code"]' not-approved
export_ 1 Q-2 --format ubl --trade trade.json --dir json
is err 'Q-2: not ordered (not-approved): the case is pending, not approved'
export_ 2 Q-9
has err 'there is no case `Q-9`'
report
