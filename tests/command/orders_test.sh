#!/usr/bin/env bash
# The orders of a quote through `assent orders`, from outside: what is printed, what is refused, and the exit codes.
#
#   tests/command/orders_test.sh build/tools/assent
#
# Policies, quotes and the store are files in a temporary folder.
examples=$(realpath "$(dirname "$0")/../../examples")
. "$(dirname "$0")/checks.sh"
subcommand=(orders)

cat >shop.assent <<'POLICY'
policy shop
record Quote money in currency { currency: Currency  owner: Person  lines: list of Line }
record Line { id: Text  family: Text  site: Text?  box: Text?  quantity: Decimal  net_total: Money }
input quote: Quote
approver boss = person "boss"
rule many { when sum(line.quantity for line in quote.lines) > 10  requires boss }
orders delivery {
  part of line.box
  phase hardware = lines where line.family is "Hardware"
  phase rest = other lines
  split by line.site
}
otherwise approve
POLICY
grep -v '^orders' shop.assent | sed '/^  /d; /^}$/d' >plain.assent
cat >quote.json <<'QUOTE'
{"currency": "EUR", "owner": "rep", "lines": [
  {"id": "rack", "family": "Hardware", "site": "Berlin", "quantity": 1, "net_total": 900},
  {"id": "disk", "family": "Hardware", "site": "Bonn", "box": "rack", "quantity": 12, "net_total": 1200.5},
  {"id": "care", "family": "Support", "quantity": 0.5, "net_total": -20}]}
QUOTE
echo '{"people": [{"id": "rep"}, {"id": "boss"}]}' >people.json
sed 's/"quantity": 12/"quantity": 2/' quote.json >small.json
people=(--directory people.json --at 2026-03-02T09:00:00Z)

# ── preview ─────────────────────────────────────────────────────────────────────────────────────
run 0 preview shop.assent quote.json --today 2026-03-02
is out 'delivery: 2 orders

1. hardware, line.site is Berlin  2100.50 EUR
    starts 2026-03-02
    rack   1   900.00 EUR
    disk  12  1200.50 EUR  part of rack
    because of shop.assent:9, key 93220c558a719f5a

2. rest, line.site is absent  -20.00 EUR
    starts 2026-03-02
    care  0.5  -20.00 EUR
    because of shop.assent:10, key ef51c1f1c69b7d4a

warning: `disk` stays with its bundle `rack`: line.site is `Bonn`, not `Berlin`'
is_empty err
input=quote.json run 0 preview shop.assent - --set 'lines[2].site=' --format json
json 'len(x["orders"])' 2
json 'x["orders"][1]["split"]' "[{'by': 'line.site', 'value': ''}]"
json 'x["orders"][0]["items"][1]["part_of"]' rack
json 'x["warnings"][0]["line"]' disk
run 0 preview shop.assent quote.json --set 'lines[2].site='
has out 'rest, line.site is ""'
run 0 preview shop.assent quote.json --set 'lines[0].site=a\u001b[31mb'
lacks out $'\x1b'
run 2 preview shop.assent quote.json --set 'lines[1].id="rack"'
has err 'quote.json: /lines/1: the id `rack` is that of line 0 too'
run 2 preview plain.assent quote.json
has err 'plain.assent: the policy has no `orders` block'
run 2 preview shop.assent nothing.json
has err 'nothing.json'
run 2 preview shop.assent
run 2 preveiw
has err 'did you mean `preview`?'
run 0 --help
has out 'preview'

# ── preview: when ───────────────────────────────────────────────────────────────────────────────
sed '/^orders/,/^}/s/^}/  hardware takes 4 business days\n  hardware is wanted on 2026-03-05\n  rest starts 2 days after hardware is accepted\n  rest is due on 2026-03-07\n}/' shop.assent >dated.assent
run 1 preview dated.assent quote.json --today 2026-03-02
has out '    starts 2026-03-02, is delivered 2026-03-06; wanted 2026-03-05: 1 day late'
has out '    starts not before 2026-03-08; due 2026-03-07'
has out '    waits for hardware to be accepted, and 2 days more: not before 2026-03-06 (1 order, 93220c558a719f5a)'
has out 'too late: order ef51c1f1c69b7d4a is due on 2026-03-07, and cannot be delivered before 2026-03-08
  `hardware` (93220c558a719f5a) starts on 2026-03-02 at the earliest, and is delivered on 2026-03-06
  `rest` (ef51c1f1c69b7d4a) starts on 2026-03-08 at the earliest, 2 days after that is accepted, and is delivered on 2026-03-08'
run 1 preview dated.assent quote.json --today 2026-03-02 --format json
json 'x["planned_on"], x["orders"][0]["days_late"], x["orders"][1]["pending"]' "('2026-03-02', 1, True)"
json 'x["orders"][1]["waits"][0]["lag"]' '2 days'
json 'len(x["conflicts"][0]["chain"])' 2

# ── preview: a picture of when ──────────────────────────────────────────────────────────────────
drawn() {  # drawn EXPRESSION VALUE: of the picture in `out`: all(TAG, CLASS) are its elements, the class perhaps one of several
  checked=$((checked + 1))
  local value
  value=$("$python" - "$1" <<'PYTHON' 2>&1
import sys, xml.etree.ElementTree as tree
root = tree.parse("out").getroot()
def all(tag, look=""):
    return [each for each in root.iter("{http://www.w3.org/2000/svg}" + tag) if look in ("", *each.get("class", "").split())]
def text(tag, look=""):
    return ["".join(each.itertext()) for each in all(tag, look)]
def places(look):
    return [(int(each.get("x")), int(each.get("y")), int(each.get("width"))) for each in all("rect", look)]
print(eval(sys.argv[1]))
PYTHON
)
  [ "$value" = "$2" ] || complain "$1 is $value, expected $2"
}
ward=("$examples/hospital-fit-out/policy.assent" "$examples/hospital-fit-out/quotes/ward.json" --today 2026-03-16)
run 0 preview "${ward[@]}" --format svg
is_empty err
cp out again
run 0 preview "${ward[@]}" --format svg
is again "$(cat out)"
lacks out '<script'
drawn 'root.get("role"), text("title")[0], text("desc")[0]' \
  "('img', 'fit_out', '3 orders · 2026-04-13 – 2026-05-18 · planned on 2026-03-16')"
# 49 days from 2026-04-12 on 900 pixels from 376: the bar is of days 1 to 23, those that wait are of days 29 and 36.
drawn '[place for place in places("bar") if place[2] > 300]' '[(394, 135, 422)]'
drawn 'places("open")[:2]' '[(908, 179, 19), (1037, 223, 18)]'
drawn '[each.get("d") for each in all("path", "arrow")][:2]' "['M810 153V166H914V179', 'M810 153V166H1043V223']"
drawn 'text("text", "name")' \
  "['equipment · SOUTH · 2026-05-04', 'service · SOUTH · 2026-05-11', 'service · SOUTH · 2026-05-18']"
drawn 'text("text", "note")' "['2026-04-13 – 2026-05-05', 'not before 2026-05-11', '+2 business days', \
'not before 2026-05-18', '+2 business days']"
drawn 'text("title")[1]' 'equipment, line.ship_to is SOUTH, line.wanted_on is 2026-05-04
starts 2026-04-13, is delivered 2026-05-05; wanted 2026-05-05
waits for works to be delivered, line.ship_to is SOUTH: there is none
80940.00 GBP · 2 items · key eff6d49052d82815'
run 0 preview "${ward[@]}" --format mermaid
is out 'gantt
  title fit_out, 3 orders
  dateFormat YYYY-MM-DD
  axisFormat %Y-%m-%d
  inclusiveEndDates
  section equipment
  1. SOUTH · 2026-05-04, 80940.00 GBP :o1, 2026-04-13, 2026-05-05
  section service
  2. SOUTH · 2026-05-11, 6500.00 GBP, not before 2026-05-11 :o2, 2026-05-11, 2026-05-11
  3. SOUTH · 2026-05-18, 2850.00 GBP, not before 2026-05-18 :o3, 2026-05-18, 2026-05-18'

run 1 preview dated.assent quote.json --today 2026-03-02 --format svg
drawn 'text("tspan", "late"), text("tspan", "missed")' "(['1 day late'], ['due 2026-03-07'])"
drawn 'len(all("rect", "missed")), len(all("path", "pole"))' '(1, 2)'
run 1 preview dated.assent quote.json --today 2026-03-02 --format mermaid
has out '  1. Berlin, 2100.50 EUR, 1 day late :crit, o1, 2026-03-02, 2026-03-06'
has out '  2. absent, -20.00 EUR, not before 2026-03-08 :crit, o2, 2026-03-08, 2026-03-08
  2. due 2026-03-07 :crit, milestone, d2, 2026-03-07, 1d'
hostile='<script>"&\u0007\u202e]]>\n'"'"': a;b#c, %%{d}%%'
run 0 preview shop.assent quote.json --set "lines[0].site=\"${hostile//\"/\\\"}\"" --format svg
lacks out '<script'
drawn 'text("text", "name")[0]' "hardware · <script>\"&��]]> ': a;b#c…"
run 0 preview shop.assent quote.json --set "lines[0].site=\"${hostile//\"/\\\"}\"" --format mermaid
has out '  1. #60;script#62;#34;#38;��#93;#93;#62; #39;#58; a#59;b#35;c, #37;#37;#123;d#125;#37;#37;, 2100.50 EUR :o1, 2'
for long in "$(printf 'x%.0s' {1..9000})" "$(printf '\u0301%.0s' {1..9000})"; do
  run 0 preview shop.assent quote.json --set "lines[0].site=$long" --format svg
  drawn 'len(text("text", "name")[0]) < 50, len(text("title")[1]) < 500' '(True, True)'
  run 0 preview shop.assent quote.json --set "lines[0].site=$long" --format mermaid
  [ "$(wc -c <out)" -lt 500 ] || complain 'a long name is not cut'
done
run 2 preview shop.assent quote.json --format dot
has err 'mermaid'

# ── show: only of what is approved ──────────────────────────────────────────────────────────────
run 2 show Q-1
has err 'there is no store at `cases.db`'
subcommand=(case)
run 0 submit Q-1 shop.assent quote.json --as rep "${people[@]}"
run 0 submit Q-2 shop.assent small.json --as rep "${people[@]}"
subcommand=(orders)
run 1 show Q-1
is out 'Q-1: not ordered (not-approved): the case is pending, not approved'
run 1 show Q-1 --format json
json 'x["case"]' Q-1
json 'x["refusal"]["code"]' not-approved
for picture in svg mermaid; do
  run 1 show Q-1 --format "$picture"
  is_empty out
  is err 'Q-1: not ordered (not-approved): the case is pending, not approved'
done
run 0 show Q-2
has out 'delivery: 2 orders'
run 0 show Q-2 --at 2026-03-02T09:00:00Z --format svg
drawn 'text("text", "note")' "['2026-03-02', '2026-03-02']"
run 0 show Q-2 --at 2026-03-02T09:00:00Z --format mermaid
has out ':o1, 2026-03-02, 2026-03-02'
subcommand=(case)
run 0 approve Q-1 --as boss "${people[@]}"
subcommand=(orders)
run 0 show Q-1
has out '1. hardware, line.site is Berlin  2100.50 EUR'
run 0 show Q-1 --format json
json 'sorted(item["line"] for order in x["orders"] for item in order["items"])' "['care', 'disk', 'rack']"
run 2 show Q-9
has err 'there is no case `Q-9`'
subcommand=(case)
run 0 recall Q-1 --as rep "${people[@]}"
subcommand=(orders)
run 1 show Q-1
has out 'the case is recalled, not approved'

# ── test: what a policy expects of its own orders ───────────────────────────────────────────────
cat shop.assent - >tested.assent <<'TESTS'
test "good" { given "quote.json"  expect orders "rack" and "disk", "care" }
test "good too" { given "quote.json" with lines[1].id = "rack"  expect no orders "that of line 0" }
test "other" { given "quote.json"  expect orders "rack", "disk", "care" }
test "none" { given "quote.json" with lines[2].quantity = 0  expect orders "rack" and "disk", "care" }
test "some" { given "quote.json"  expect no orders "quantity" }
test "another reason" { given "quote.json" with lines[2].quantity = 0  expect no orders "phase" }
TESTS
subcommand=(test)
run 1 tested.assent
has err '2 passed, 4 failed'
has out 'error: the quote becomes other orders'
has out '  expected  orders "rack", "disk", "care"'
has out '  actual    orders "rack" and "disk", "care"'
has out 'error: the quote cannot be ordered'
has out 'actual    the quantity of line `care` is 0'
has out 'error: the quote can be ordered'
has out 'actual    2 orders'
has out 'error: another thing is wrong'
has out 'expected  no orders, saying "phase"'

report
