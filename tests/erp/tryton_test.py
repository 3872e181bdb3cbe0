#!/usr/bin/env python3
"""Orders into a real Tryton, which is killed at any moment: each is there once, with exactly its amounts.

    tests/erp/tryton_test.py ERP_DRIVE

ERP_DRIVE is drive.cpp, built. More rounds of killing with ASSENT_CRASH_ROUNDS. Ends with 77, which is "skipped", where
Debian's packages are not installed: tools/install --with-erp does that.
"""
import contextlib
import datetime
import decimal
import json
import os
import random
import sqlite3
import subprocess
import sys
import time

import tryton_server

DRIVE = sys.argv[1]
ROUNDS = int(os.environ.get("ASSENT_CRASH_ROUNDS", "6"))
SEED = int(os.environ.get("ASSENT_SEED", str(int.from_bytes(os.urandom(4), "big"))))
MOST_TRIES = 10  # of what is driven again after a kill
NEXT_YEAR = (datetime.date.today() + datetime.timedelta(days=300)).isoformat()


def line(line_id, product, quantity, amount, unit="u", **others):
    return {"id": line_id, "product": product, "quantity": quantity, "amount": amount, "unit": unit, **others}


# Amounts that no price gives, prices that no amount gives, credits, fractions, a currency in steps of 0.05.
ORDERS = [
    {"key": "Q-1/thirds", "lines": [line("L1", "MONITOR", "3", "100.00"), line("L2", "SETUP", "7", "0.01")]},
    {"key": "Q-1/hundreds", "lines": [line("L1", "MONITOR", "300", "100.00"), line("L2", "SETUP", "1", "99.99"),
                                      line("L3", "SETUP", "12345", "9876.54", description="Aufbau für Köln")]},
    {"key": "Q-1/metres", "lines": [line("L1", "CABLE", "0.1", "0.07", "m"), line("L2", "CABLE", "1000.5", "100.00", "m")]},
    {"key": "Q-1/credit", "lines": [line("L1", "MONITOR", "2", "500.00"), line("L2", "MONITOR", "3", "-100.00")]},
    {"key": "Q-1/francs", "currency": "CHF", "lines": [line("L1", "MONITOR", "3", "100.05")]},
    {"key": "Q-1/later", "customer": "C-2", "lines": [line("L1", "MONITOR", "1", "1.00", wanted_on=NEXT_YEAR)]},
    {"key": "Q-1/ \" ' % _", "lines": [line("L1", "MONITOR", "1", "0.00"), line("L2", "SETUP", "4", "1000000.01")]},
    {"key": "Q-1/many", "lines": [line(f"L{i}", "MONITOR", str(1 + i * 37), f"{i * i}.{i:02}") for i in range(40)]},
]


def say(words):
    print(f"{time.monotonic() - BEGIN:6.1f} s  {words}", flush=True)


def begin_driving(server, orders, **settings):
    process = subprocess.Popen([DRIVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(json.dumps({"server": server.settings(**settings), "orders": orders}))
    process.stdin.close()
    return process


def drive(server, *orders, **settings):
    process = begin_driving(server, list(orders), **settings)
    reports = [json.loads(text) for text in process.stdout]
    assert process.wait() == 0 and len(reports) == len(orders), (process.returncode, reports)
    return reports


def expect(report, outcome, state, message=""):
    seen = (report["outcome"], report["state"])
    assert seen == (outcome, state) and message in report["message"], (outcome, state, message, report)


def number(value):
    return decimal.Decimal(value["decimal"])


def check_sales(server, orders):
    """What the ERP itself says, asked without the connector: each order once, with its amounts, ordered through."""
    rpc = server.rpc()
    fields = ["reference", "state", "number", "untaxed_amount", "currency.code", "party.code", "shipping_date",
              "lines.note", "lines.amount", "lines.quantity", "lines.product.code", "lines.taxes", "shipments.state",
              "invoices.untaxed_amount"]
    for order in orders:
        found = rpc("sale.sale.search_read", [["reference", "=", order["key"]]], 0, None, None, fields)
        assert len(found) == 1, (order["key"], len(found))
        sale = found[0]
        total = sum(decimal.Decimal(each["amount"]) for each in order["lines"])
        assert sale["state"] == "processing", (order["key"], sale["state"])
        assert number(sale["untaxed_amount"]) == total, (order["key"], sale["untaxed_amount"], total)
        assert sale["currency."]["code"] == order.get("currency", "EUR")
        assert sale["party."]["code"] == order.get("customer", "C-1")
        assert len(sale["invoices."]) == 1 and number(sale["invoices."][0]["untaxed_amount"]) == total, sale["invoices."]
        is_goods = any(each["product"] != "SETUP" for each in order["lines"])
        assert len(sale["shipments."]) == is_goods, (order["key"], sale["shipments."])
        for each in order["lines"]:
            lines = [there for there in sale["lines."] if there["note"] == each["id"]]
            assert {there["product."]["code"] for there in lines} == {each["product"]}, each
            assert sum(number(there["amount"]) for there in lines) == decimal.Decimal(each["amount"]), each
            pieces = sum(decimal.Decimal(str(there["quantity"])) for there in lines)
            assert pieces == decimal.Decimal(each["quantity"]), (each, pieces)
            assert all(bool(there["taxes"]) == (each["product"] == "SETUP") for there in lines), each
        assert {there["note"] for there in sale["lines."]} == {each["id"] for each in order["lines"]}
    everything = rpc("sale.sale.search", [["reference", "in", [order["key"] for order in orders]]], 0, None, None)
    assert len(everything) == len(orders)


def check_driving(server):
    absent = drive(server, {"key": "Q-1/thirds", "only_state": True})[0]
    expect(absent, "reached", "absent")
    for report in drive(server, *ORDERS):
        expect(report, "reached", "processing")
    check_sales(server, ORDERS)
    for report in drive(server, *ORDERS, *ORDERS):
        expect(report, "reached", "processing")
    check_sales(server, ORDERS)
    report = drive(server, {"key": "Q-1/thirds", "only_state": True})[0]
    expect(report, "reached", "processing")
    assert report["shipments"] == ["waiting"] and report["shipment_state"] == "waiting", report
    say(f"{len(ORDERS)} orders are there once, with their amounts, and stay so when they are driven again")


def check_refusals(server):
    one = [line("L1", "MONITOR", "1", "1.00")]

    def refuse(message, outcome="refused", state="absent", **order):
        expect(drive(server, {"key": "Q-2/refused", "lines": one, **order})[0], outcome, state, message)

    refuse("no customer `nobody`", customer="nobody")
    refuse("no product for sale `OLD`", lines=[line("L1", "OLD", "1", "1.00")])
    refuse("no unit `crate`", lines=[line("L1", "MONITOR", "1", "1.00", "crate")])
    refuse("no price of 4 decimals", lines=[line("L1", "MONITOR", "1", "1.001")])
    refuse("digits", lines=[line("L1", "MONITOR", "2.5", "1.00")])  # in the ERP's words
    refuse("", lines=[line("L1", "MONITOR", "1", "1.00", "m")])  # a unit of another kind
    assert not server.rpc()("sale.sale.search", [["reference", "=", "Q-2/refused"]], 0, None, None)
    report = drive(server, {"key": "Q-2/refused", "lines": one}, password="wrong")[0]
    expect(report, "failed", "absent", "HTTP status 401")
    report = drive(server, {"key": "Q-2/refused", "lines": one}, database="other")[0]
    expect(report, "failed", "absent")  # SQLite's error; PostgreSQL's is 404
    say("what the ERP does not know or like is refused, and nothing is made")


def check_revisions(server):
    first = {"key": "Q-3", "customer": "C-3", "lines": [line("L1", "MONITOR", "3", "100.00")]}
    second = dict(first, revision=2, lines=[line("L1", "MONITOR", "300", "100.00"), line("L2", "SETUP", "1", "5.00")])
    third = dict(second, revision=3, customer="C-1")
    expect(drive(server, first)[0], "refused", "draft", "address")  # C-3 has none
    expect(drive(server, second)[0], "refused", "draft", "address")
    expect(drive(server, first)[0], "superseded", "draft")
    expect(drive(server, third)[0], "reached", "processing")
    expect(drive(server, second)[0], "superseded", "processing")
    expect(drive(server, dict(third, revision=4))[0], "refused", "processing", "can no longer change")
    check_sales(server, [third])

    rpc = server.rpc()
    quoted = {"key": "Q-4", "customer": "C-3", "lines": first["lines"]}
    drive(server, quoted)
    sale = rpc.find("sale.sale", ["reference", "=", "Q-4"])
    address = rpc.find("party.address", ["party.code", "=", "C-1"])
    customer = rpc.find("party.party", ["code", "=", "C-1"])
    rpc("sale.sale.write", [sale], {"party": customer, "invoice_address": address, "shipment_address": address})
    rpc("sale.sale.quote", [sale])
    expect(drive(server, quoted)[0], "alarmed", "quotation", "the customer is `C-1`, approved is `C-3`")
    changed = dict(quoted, revision=2, customer="C-2")
    expect(drive(server, changed)[0], "reached", "processing")
    check_sales(server, [changed])

    cancelled = {"key": "Q-5", "customer": "C-3", "lines": first["lines"]}
    drive(server, cancelled)
    expect(drive(server, dict(cancelled, revision=2, cancelled=True))[0], "reached", "cancelled")
    expect(drive(server, cancelled)[0], "superseded", "cancelled")
    expect(drive(server, dict(third, revision=5, cancelled=True))[0], "refused", "processing", "no longer be cancelled")

    twice = {"key": "Q-6", "customer": "C-3", "lines": first["lines"]}
    drive(server, twice)
    rpc("sale.sale.copy", rpc("sale.sale.search", [["reference", "=", "Q-6"]], 0, None, None), {})
    expect(drive(server, twice)[0], "alarmed", "draft", "several orders of the key")
    say("revisions, cancellations and what people change are as they should be")


def check_stuck(server):
    """What is left if the ERP dies between the two transactions of confirming."""
    order = {"key": "Q-7", "customer": "C-3", "lines": [line("L1", "MONITOR", "3", "100.00")]}
    drive(server, order)
    rpc = server.rpc()
    sale = rpc.find("sale.sale", ["reference", "=", "Q-7"])
    address = rpc.create("party.address", party=rpc.find("party.party", ["code", "=", "C-3"]), city="Town")
    server.kill()
    with contextlib.closing(sqlite3.connect(server.folder / f"{server.database}.sqlite")) as database:
        database.execute("update sale_sale set state = 'confirmed', number = 'X', sale_date = '2026-03-02', "
                         "invoice_address = ?, shipment_address = ? where id = ?", (address, address, sale))
        database.commit()
    server.start()
    expect(drive(server, {"key": "Q-7", "only_state": True})[0], "reached", "confirmed")
    expect(drive(server, order)[0], "reached", "processing")
    check_sales(server, [order])
    say("an order that was left confirmed is processed")


def check_killing(server):
    chance = random.Random(SEED)
    orders = [dict(chance.choice(ORDERS), key=f"Q-9/{i}", lines=chance.choice(ORDERS[:4])["lines"], currency="EUR")
              for i in range(4 * ROUNDS)]
    cut = 0  # calls of drive that were, and not only the wait for the server to come back
    for turn in range(ROUNDS):
        process = begin_driving(server, orders[4 * turn:] + orders[:4 * turn])
        time.sleep(chance.uniform(0.05, 2.5))
        if turn % 3 == 2:
            process.kill()  # the connector dies too
        server.kill()
        reports = [json.loads(text) for text in process.stdout if text.endswith("\n")]
        process.wait()
        cut += any(report["outcome"] == "failed" and not report["message"].startswith("Failed to connect")
                   for report in reports)
        server.start()
    for _ in range(MOST_TRIES):
        reports = drive(server, *orders)
        if all(report["outcome"] == "reached" for report in reports):
            break
    for report in reports:
        expect(report, "reached", "processing")
    check_sales(server, orders)
    say(f"{len(orders)} orders are there once, after the server was killed {ROUNDS} times, {cut} of them within a request")


def main():
    if not tryton_server.is_installed():
        print("skipped: tryton-server and tryton-modules-sale are not installed; tools/install --with-erp does that")
        return 77
    print(f"seed {SEED}", flush=True)
    with tryton_server.TrytonServer() as server:
        say("a fresh Tryton, with a company")
        check_driving(server)
        check_refusals(server)
        check_revisions(server)
        check_stuck(server)
        check_killing(server)
        check_sales(server, ORDERS)
    return 0


BEGIN = time.monotonic()
sys.exit(main())
