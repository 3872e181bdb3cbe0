#!/usr/bin/env python3
"""`assent orders sync` as an operator uses it, with the ERP of tests/erp that fails as it is told to.

    tests/command/orders_sync_test.py ASSENT SOURCES
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import jsonschema

import outside

ASSENT = os.path.abspath(sys.argv[1])
SOURCES = pathlib.Path(sys.argv[2]).resolve()
SCHEMA = json.loads((SOURCES / "runtime/schemas/sync-answers.schema.json").read_text())
SECRET = "sesame"  # of the fake
PATIENCE = 30  # seconds
POLICY = """policy shop
record Quote money in currency { currency: Currency  lines: list of Line }
record Line { id: Text  product: Text else ""  site: Text?  quantity: Decimal  net_total: Money }
input quote: Quote
orders delivery { split by line.site }
rule big { when sum(line.quantity for line in quote.lines) > 1000  requires person "boss" }
otherwise approve
"""
QUOTE = {"currency": "EUR", "lines": [
    {"id": "screens", "product": "MONITOR", "site": "Berlin", "quantity": 300, "net_total": 100},
    {"id": "setup", "product": "SETUP", "site": "Bonn", "quantity": 3, "net_total": 100},
    {"id": "words", "site": "Trier", "quantity": 1, "net_total": 5}]}
TRADE = {"seller": {"endpoint": "7300010000018", "endpoint_scheme": "0088", "registration_name": "Seller Ltd",
                    "address": {"country": "SE"}},
         "buyer": {"endpoint": "7300010000001", "endpoint_scheme": "0088", "registration_name": "Buyer Ltd"},
         "customer": "C-1"}
NOT_YET = 'error ["UserError", ["not yet", ""]]'


class Erp(outside.Server):
    def __init__(self, folder):
        super().__init__(SOURCES / "tests/erp/fake_tryton.py", folder)

    def calls(self, name):
        texts = [path.read_text() for path in self.folder.glob("*.json")]
        return sum(f'"model.sale.sale.{name}"' in text for text in texts)


class Runs(outside.Runs):
    def __init__(self):
        super().__init__(ASSENT, {name: value for name, value in os.environ.items() if not name.startswith("ASSENT_")})

    def run(self, status, *arguments):
        printed = super().run(status, *arguments)
        self.check(SECRET not in printed, f"the password is in:\n{printed}")
        return printed

    def sync(self, status, *arguments):
        return self.run(status, "orders", "sync", "Q-1", "--trade", "trade.json", *arguments)

    def answers(self, status, *arguments):
        """By order, as JSON, which the schema describes, and of which it needs every property."""
        told = [json.loads(line) for line in self.sync(status, "--format", "json", *arguments).splitlines()]
        of_one = jsonschema.Draft202012Validator(SCHEMA)
        for answer in told:
            self.valid(answer, of_one, "an answer")
        return {answer["order"]: answer for answer in told}


def keys(runs):
    plan = json.loads(runs.run(0, "orders", "show", "Q-1", "--format", "json"))
    return {order["split"][0]["value"]: order["key"] for order in plan["orders"]}


def known(runs):
    """What the case knows of its orders: "processing 2", by key."""
    shown = json.loads(runs.run(0, "case", "show", "Q-1", "--format", "json"))
    reports = shown.get("case", shown).get("reports", [])
    return {each["order"]: f"{each['status']} {each['revision']}" for each in reports}


def refusals(runs):
    runs.says(runs.run(2, "orders", "sync", "Q-1"), "--trade")
    runs.says(runs.sync(2), "trade.json: there is no such file")
    pathlib.Path("trade.json").write_text(json.dumps(TRADE))
    runs.says(runs.sync(2), "trade.json: names no ERP: `erp` is missing")
    pathlib.Path("trade.json").write_text(json.dumps(dict(TRADE, erp={"kind": "tryton", "password": SECRET})))
    runs.says(runs.sync(2), "trade.json: /erp: `url` is missing", "/erp/password: unknown key `password`")


def usage(runs, trade):
    pathlib.Path("trade.json").write_text(json.dumps(trade))
    runs.says(runs.sync(2), "the environment variable SHOP_ERP, which trade.json names, has no password")
    runs.environment["SHOP_ERP"] = SECRET
    runs.says(runs.sync(2), "there is no store at `cases.db`")
    runs.says(runs.sync(2, "--store", "postgresql://127.0.0.1:1/cases"), "a store that is no file needs --lock FILE")
    runs.check(not pathlib.Path("cases.db.sync").exists(), "nothing is made where there is no store")

    pathlib.Path("policy.assent").write_text(POLICY)
    pathlib.Path("people.json").write_text('{"people": [{"id": "rep"}, {"id": "boss"}]}')
    pathlib.Path("quote.json").write_text(json.dumps(QUOTE))
    big = dict(QUOTE, lines=[dict(QUOTE["lines"][0], quantity=3000)])
    pathlib.Path("big.json").write_text(json.dumps(big))
    for case, quote in (("Q-1", "quote.json"), ("Q-2", "big.json")):
        runs.run(0, "case", "submit", case, "policy.assent", quote, "--as", "rep", "--directory", "people.json")
    runs.says(runs.run(1, "orders", "sync", "Q-2", "--trade", "trade.json"), "Q-2: not ordered (not-approved)")
    runs.says(runs.run(2, "orders", "sync", "Q-9", "--trade", "trade.json"), "there is no case `Q-9`")
    runs.says(runs.sync(0), "there is nothing to tell")
    runs.run(0, "orders", "plan", "Q-1", "--as", "rep")
    runs.says(runs.sync(0), "there is nothing to tell")
    runs.says(runs.sync(2, "--order", "0123"), "there is no order `0123`")
    pathlib.Path("trade.json").write_text(json.dumps(dict(trade, erp=dict(trade["erp"], url="http://erp.example/"))))
    runs.says(runs.sync(2), "trade.json: /erp/url: it begins with neither https://")
    pathlib.Path("trade.json").write_text(json.dumps(trade))


def orders(runs, erp):
    by_site = keys(runs)
    berlin, bonn, trier = by_site["Berlin"], by_site["Bonn"], by_site["Trier"]
    for key in (berlin, bonn):
        runs.run(0, "orders", "event", "Q-1", "activated", key, "--as", "rep")
    erp.tell(f"fail quote {NOT_YET}")
    runs.says(runs.sync(1, "--order", berlin[:6]), f"{berlin}, revision 2: refused, draft; reported as rejected",
              "quote: not yet")
    runs.check(known(runs) == {berlin: "rejected 2"}, f"{known(runs)}")
    erp.tell("fail create status 503")
    told = runs.answers(1)
    runs.check(told[berlin]["outcome"] == "reached" and told[berlin]["reported"] == "processing", f"{told}")
    runs.check(told[bonn]["outcome"] == "failed" and told[bonn]["reported"] is None, f"{told}")
    runs.says(runs.sync(0, "--as", "clock"), f"{bonn}, revision 2: reached, processing as 2; reported as processing")
    runs.check(known(runs) == {berlin: "processing 2", bonn: "processing 2"}, f"{known(runs)}")
    runs.says(runs.run(0, "case", "history", "Q-1"), "erp: ", "clock: ")

    before, changed = runs.run(0, "case", "history", "Q-1"), erp.calls("create")
    told = runs.answers(0)
    runs.check(all(each["reported"] is None for each in told.values()), f"{told}")
    runs.check(runs.run(0, "case", "history", "Q-1") == before, "what is known is not written down again")
    runs.check(erp.calls("create") == changed == 3, "each order is made once, after one creation that failed")

    runs.run(0, "orders", "event", "Q-1", "cancelled", bonn, "--as", "rep")
    runs.says(runs.sync(1), f"{bonn}, revision 3: refused, processing as 2; reported as rejected",
              "it can no longer be cancelled from here")
    runs.run(0, "orders", "event", "Q-1", "activated", trier, "--as", "rep")
    told = runs.answers(1, "--order", trier)
    runs.check(list(told) == [trier] and told[trier]["outcome"] == "unsent", f"{told}")
    runs.check(told[trier]["message"] == "/lines/0/product: it is empty", f"{told}")
    return berlin


def one_at_a_time(runs, erp, berlin):
    erp.tell("fail search_read hang")
    seen = erp.calls("search_read")
    first = subprocess.Popen([ASSENT, "orders", "sync", "Q-1", "--trade", "trade.json"], env=runs.environment,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while erp.calls("search_read") == seen and time.monotonic() < end:
        time.sleep(0.05)
    runs.says(runs.sync(2), f"cases.db.sync: is held by process {first.pid} on ", ": assent orders sync Q-1; wait until")
    runs.says(runs.sync(0, "--order", berlin, "--lock", "other.lock"), f"{berlin}, revision 2: reached")
    first.kill()
    first.wait()
    runs.says(runs.sync(0, "--order", berlin), f"{berlin}, revision 2: reached, processing as 1")
    runs.says(runs.sync(2, "--lock", "nowhere/lock"), "nowhere/lock: cannot be locked")


def main():
    runs = Runs()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        erp = Erp("erp")
        try:
            trade = dict(TRADE, erp={"kind": "tryton", "url": f"http://127.0.0.1:{erp.port}", "database": "company",
                                     "user": "connector", "password_env": "SHOP_ERP"})
            refusals(runs)
            usage(runs, trade)
            berlin = orders(runs, erp)
            one_at_a_time(runs, erp, berlin)
            for kept in pathlib.Path().glob("cases.db*"):
                runs.check(SECRET.encode() not in kept.read_bytes(), f"the password is in {kept}")
        finally:
            erp.close()
    print(f"{runs.checks} checks, {runs.failed} failed")
    return 1 if runs.failed else 0


sys.exit(main())
