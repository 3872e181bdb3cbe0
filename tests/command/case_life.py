"""Cases through `assent case` in which everything happens that can happen. Entry: live."""
import json
import pathlib
import subprocess

POLICY = """policy desk "A desk"
record Line { price: Integer }
record Quote { owner: Person  total: Integer  days: Integer else 30  note: Text?  lines: list of Line else empty }
input quote: Quote
calendar office = monday to friday except 2026-12-25
approver boss "The boss" = quote.owner.manager else person "cfo"
approver lawyer = person "lawyer"
approver clerk = person "clerk"
group chiefs = any of people "cfo", "vp"
group board = 3 points of person "cfo" worth 2, person "vp" worth 1, veto person "coo"
group everybody = all of people "vp", "coo"
group most = majority of people "vp", "coo", "cfo", "intern"
group two = 2 of people "vp", "coo", "cfo"
group share = 60% of people "vp", "coo", "cfo"
rule big "Big deals are seen by two" { when quote.total > 10  requires boss then chiefs when quote.total > 100 }
ladder size by quote.total { up to 10_000 : no approval  above : clerk then board }
rule terms { when quote.days > 60  requires clerk then lawyer }
rule many {
  when quote.total > 100_000 or quote.total / quote.days > 1_000
  requires everybody then most then two and share
}
rule lines { for each line in quote.lines where line.price > 5  when quote.note is absent  requires lawyer }
step boss {
  remind after 1 business day in office then every 1 business day in office
  escalate to chiefs after 3 days replacing
  expire after 30 days as withdrawn
  explicit
}
step chiefs { remind after 2 days then every 4 hours  escalate to lawyer after 5 days }
step clerk { approve by silence after 2 months  reject collects }
step lawyer { reject returns to clerk  submitter may decide  owner may decide  editor may decide }
path { override by chiefs  same approver each time }
otherwise approve "small"
"""
SHOP = """policy shop
record Line { id: Text  product: Text  unit: Text else ""  kind: Text  box: Text?  who: Text else ""  quantity: Integer
              net_total: Money  months: Months?  earned: Date? }
record Shop money in currency { owner: Person  currency: Currency  lines: list of Line }
input quote: Shop
orders supply {
  part of line.box  held by line.who  level line.kind
  term lasting line.months
  phase goods = lines where line.kind is "Goods"
  phase work = lines where line.kind is "Work"
  phase care = other lines
  goods takes 2 business days
  work starts 1 business day after goods is delivered
  work is final once accepted
  care starts when work is accepted
  care earns by month when accepted
  goods earns at start from line.earned
  contract separately where line.quantity > 1
  assets per unit where line.kind is "Goods"
  no assets
}
otherwise approve
"""
NEWER = POLICY.replace(" when quote.total > 100 }", " when quote.total > 1_000 }")
PEOPLE = {"people": [
    {"id": "rep", "manager": "boss"}, {"id": "intern"}, {"id": "boss"}, {"id": "cfo"}, {"id": "vp"}, {"id": "coo"},
    {"id": "lawyer"}, {"id": "clerk"}, {"id": "deputy"}, {"id": "admin", "roles": ["assent-administrator"]}]}
QUOTES = {"small": {"total": 5}, "middle": {"total": 50}, "large": {"total": 200}, "larger": {"total": 300},
          "terms": {"total": 5, "days": 90}, "huge": {"total": 20000}, "cheaper": {"total": 19000},
          "many": {"total": 200000, "days": 0},
          "shop": {"currency": "EUR", "lines": [
              {"id": "box", "product": "BOX", "kind": "Goods", "who": "Bonn", "quantity": 2, "net_total": 10.01,
               "earned": "2026-05-01"},
              {"id": "lid", "product": "LID", "kind": "Goods", "box": "box", "quantity": 2, "net_total": 1, "unit": "pc"},
              {"id": "fit", "product": "FIT", "kind": "Work", "quantity": 1, "net_total": 5},
              {"id": "care", "product": "CARE", "kind": "Care", "who": "Bonn", "unit": "seat", "quantity": 9,
               "net_total": 90, "months": 12},
              {"id": "talk", "product": "TALK", "kind": "Care", "quantity": 1, "net_total": 12, "months": 3}]},
          "lines": {"total": 200, "lines": [{"price": 6}, {"price": 7}, {"price": 1}]}}

# The day in March and the hour, the form of what is printed, and the command; `!` before one that ends with 1.
COMMANDS = """
02T09 answer      submit Q-1 desk.assent lines.json --as rep --edited-by intern
02T10 answer      approve Q-1 --as boss --step boss --comment 'as agreed'
02T11 answer      ask Q-1 'do you know them?' --as cfo --step chiefs --to vp
02T12 answer      answer Q-1 1 yes --as vp
02T12 answer      comment Q-1 'in a hurry' --as rep
02T12 answer      add-approver Q-1 clerk --as rep --why 'knows them'
02T12 answer      reassign Q-1 --as lawyer --step lines/lawyer --to deputy --why 'on holiday'
02T12 answer      approve Q-1 --as clerk --step ad-hoc/clerk
02T13 answer      approve Q-1 --as cfo --step chiefs
02T13 answer      reject Q-1 --as deputy --step lines/lawyer --comment 'not so'
02T14 answer      ! approve Q-1 --as vp
02T15 answer      resubmit Q-1 desk.assent large.json --as rep
02T16 answer      resubmit Q-1 desk.assent larger.json --as rep
02T17 answer      ! resubmit Q-1 desk.assent larger.json --as rep
02T17 answer      recall Q-1 --as rep --why 'another offer'

02T09 answer      submit Q-2 desk.assent terms.json --as rep
02T10 answer      delegate --as clerk --to deputy --from-day 2026-03-02 --to-day 2026-03-06 --approver clerk
02T10 inbox       inbox deputy
02T11 answer      approve Q-2 --as deputy --for clerk
02T12 answer      reject Q-2 --as lawyer --comment 'ask them again'
02T12 answer      ! approve Q-2 --as boss
02T13 answer      approve Q-2 --as deputy --for clerk
02T14 answer      approve Q-2 --as lawyer
02T15 answer      submit Q-3 desk.assent small.json --as rep
02T15 answer      submit Q-8 desk.assent many.json --as rep --edited-by intern
02T16 answer      add-approver Q-8 lawyer --as rep --before many/two --why 'knows the law'
02T17 answer      recall Q-8 --as rep
02T16 answer      ! submit Q-9 desk.assent small.json --as rep --expect-plan 00

02T09 answer      submit Q-4 desk.assent huge.json --as rep
02T10 answer      approve Q-4 --as boss
02T11 answer      abstain Q-4 --as vp --step chiefs
02T12 answer      override Q-4 --as vp --step chiefs --why 'cannot be reached'
02T13 answer      override Q-4 --as cfo --step chiefs --why 'it is urgent'
02T14 answer      approve Q-4 --as clerk
02T15 answer      approve Q-4 --as cfo --step board
02T15 answer      approve Q-4 --as vp --step board
02T16 answer      resubmit Q-4 desk.assent cheaper.json --as rep
02T16 answer      reject Q-4 --as coo --step board

02T09 answer      submit Q-5 desk.assent large.json --as rep
02T09 answer      submit Q-6 desk.assent large.json --as rep
03T09 tick        tick
05T09 tick        tick
05T10 answer      override Q-6 --as vp --step big/boss --why 'nobody answers'
06T09 answer      approve Q-5 --as cfo --step boss
08T09 tick        tick
10T09 inbox       inbox lawyer
12T09 tick        tick
12T10 migration   migrate newer.assent --as admin --dry-run
12T10 migration   ! migrate newer.assent --as boss
12T11 migration   migrate newer.assent --as admin
12T12 answer      replace cfo coo --as admin --why 'has left'
12T12 answer      submit Q-7 newer.assent middle.json --as rep
02T09 answer      submit Q-10 shop.assent shop.json --as rep
02T10 answer      orders plan Q-10 --take box=1 --take fit=1 --take care=2 --as rep --why 'to begin with'
02T10 orders      orders show Q-10
02T11 answer      ! orders plan Q-10 --take box=9 --as rep
02T11 answer      ! recall Q-10 --as rep
03T09 answer      orders event Q-10 activated ede --as clerk
03T10 differences orders event Q-10 moved 4c7a --on 2026-03-20 --as clerk --dry-run
04T09 answer      orders event Q-10 moved ede --on 2026-03-09 --delivery --as clerk --why 'snow'
10T09 answer      orders event Q-10 delivered ede --as clerk --on 2026-03-09
10T10 assets      orders assets Q-10
10T11 answer      orders event Q-10 activated 4c7a --as clerk
10T12 answer      orders event Q-10 delivered 4c7a --as clerk
10T13 answer      orders event Q-10 accepted 4c7a --as clerk
10T14 answer      orders event Q-10 activated e206 --as clerk
10T15 answer      orders event Q-10 amended e206 --line care=+1 --on 2026-04-01 --as rep
10T15 answer      orders report Q-10 ede0 sent --as erp --revision 1
10T15 answer      orders report Q-10 ede0 received --as erp --revision 2
10T15 answer      orders report Q-10 ede0 shipped --as erp --when 2026-03-10T15:10:00Z --text 'by lorry'
10T15 answer      orders report Q-10 ede0 accepted --as erp --reference SO-17 --when 2026-03-10T15:05:00Z
10T15 answer      ! orders report Q-10 ede0 accepted --as erp --revision 99
10T15 answer      ! orders report Q-10 0000 accepted --as erp
10T15 answer      orders report Q-10 4c7a changed --as erp
10T15 answer      orders report Q-10 4c7a rejected --as erp
10T15 answer      orders report Q-10 4c7a processing --as erp
10T15 answer      orders report Q-10 4c7a delivered --as erp
10T15 answer      orders report Q-10 4c7a invoiced --as erp
10T15 answer      orders report Q-10 4c7a accepted --as erp
10T15 answer      orders report Q-10 4c7a cancelled --as erp --reference SO-18
10T16 answer      orders plan Q-10 --as rep
10T17 answer      orders event Q-10 cancelled 3de7 --as rep
10T18 differences orders diff Q-10
10T19 orders      orders show Q-10
10T19 order       orders export Q-10 --order e206
10T19 contracts   orders contracts Q-10
10T19 entitlements orders entitled Q-10
10T19 revenue     orders revenue Q-10
31T23 tick        tick --at 2026-05-01T09:00:00Z
31T23 inbox       inbox rep
31T23 list        list
31T23 verification verify
31T23 verification ! verify --head 0000
31T23 entry       export
"""


def live(assent, folder):
    """(form, JSON text) of everything that is printed, and of each case whenever it has moved."""
    folder = pathlib.Path(folder)
    for name, text in {"desk.assent": POLICY, "newer.assent": NEWER, "shop.assent": SHOP, "people.json": json.dumps(PEOPLE)}.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, quote in QUOTES.items():
        (folder / f"{name}.json").write_text(json.dumps({"owner": "rep", **quote}), encoding="utf-8")

    def run(command, moment):
        wanted = 1 if command.startswith("! ") else 0
        moment = "" if "--at" in command else f" --at 2026-03-{moment}:00:00Z"
        command = command.removeprefix("! ")
        if not command.startswith("orders "):
            command = "case " + command
        line = f"'{assent}' {command}{moment} --directory people.json --format json"
        ran = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, check=False)
        if ran.returncode != wanted:
            raise RuntimeError(f"{command}: ends with {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    versions = {}
    for line in filter(None, COMMANDS.splitlines()):
        moment, form, command = line.split(None, 2)
        printed = run(command, moment)
        for document in printed.splitlines() if form == "entry" else [printed]:
            yield form, document
        for each in json.loads(run("list", moment)):
            if versions.get(each["case"]) != each["version"]:
                yield "case", run(f"show {each['case']}", moment)
            versions[each["case"]] = each["version"]
