"""As much of Tryton 6.0 as the connector sees, on 127.0.0.1, that fails in the way that it is told to.

    fake_tryton.py FOLDER

Prints its port on the first line. The user is `connector`, the password `sesame`, the database `company`. Each call becomes
FOLDER/1.json, 2.json and so on: its method and parameters. A line of input is answered with "ok":

    fail METHOD HOW [TEXT]    the next call of a method ends otherwise: `before` and `after` close the connection without
                              an answer, before or after it was carried out; `hang` carries it out and never answers;
                              `status 503`; `body TEXT`; `error JSON`, as Tryton answers with 200; `huge`
    die METHOD                from the next call of a method on, every connection is closed without an answer
    stuck                     confirming makes no shipments from now on, as where the second transaction did not come
    idle METHOD               the method does nothing from now on, and answers as if it had
    forget                    no session is known any more
    locked                    no password is right any more
    state STATE, description TEXT, note TEXT, amount NUMBER, reference TEXT
                              somebody changes the first sale: itself, or its first line
    again                     somebody makes a copy of the first sale

Ends with its input, so that it never outlives the tests.
"""
import base64
import copy
import decimal
import http.server
import json
import os
import pathlib
import sys
import threading
import time

FOLDER = pathlib.Path(sys.argv[1])
LOCK = threading.Lock()
SALES = []
SESSIONS = set()
FAILURES = {}
IDLE = set()
RULES = {"stuck": False, "locked": False, "dead": False, "die": None, "calls": 0, "changes": 0, "session": 0}
CODES = {
    "party.party": {"C-1": [11], "C-2": [12], "TWICE": [13, 14]},
    "product.product": {"MONITOR": [21], "SETUP": [22], "TWICE": [23, 24], "BED": [25], "RACK": [26], "DRAWER": [27]},
    "currency.currency": {"EUR": [31], "CHF": [32], "GBP": [33]},
    "product.uom": {"u": [41], "m": [42]},
}
STEPS = {31: "0.01", 32: "0.05", 33: "0.01"}
BUTTONS = {"quote": ("draft", "quotation"), "confirm": ("quotation", "confirmed"), "draft": ("quotation", "draft"),
           "cancel": ("draft quotation", "cancelled")}


class Refused(Exception):
    def __init__(self, *error):
        self.error = error


def exact(number):
    return {"__class__": "Decimal", "decimal": str(number)}


def number(value):
    return decimal.Decimal(value["decimal"] if isinstance(value, dict) else str(value))


def code_of(model, record):
    return next(code for code, ids in CODES[model].items() if record in ids)


def touch(sale):
    RULES["changes"] += 1
    sale["timestamp"] = str(RULES["changes"])


def write(sale, values):
    for name, value in values.items():
        if name == "lines":
            for command, records in value:
                if command == "delete":
                    sale["lines"] = [line for line in sale["lines"] if line["id"] not in records]
                else:
                    for line in records:
                        RULES["changes"] += 1
                        sale["lines"].append(dict(line, id=1000 + RULES["changes"]))
        else:
            sale[name] = value
    touch(sale)


def step_of(sale):
    return decimal.Decimal(STEPS[sale["currency"]])


def amount(sale, line):
    if "amount" in line:
        return decimal.Decimal(line["amount"])
    steps = (number(line["quantity"]) * number(line["unit_price"]) / step_of(sale)).quantize(
        decimal.Decimal(1), decimal.ROUND_HALF_EVEN)
    return steps * step_of(sale)


def read(sale):
    lines = [{
        "id": line["id"], "type": line["type"], "note": line["note"], "quantity": float(number(line["quantity"])),
        "amount": exact(amount(sale, line)), "product.": {"id": 1, "code": code_of("product.product", line["product"])},
        "unit.": {"id": 1, "symbol": code_of("product.uom", line["unit"])},
    } for line in sale["lines"]]
    made = sale["state"] in ("processing", "done")
    return {
        "id": sale["id"], "_timestamp": sale["timestamp"], "state": sale["state"], "number": sale["number"],
        "description": sale["description"], "party.": {"id": 1, "code": code_of("party.party", sale["party"])},
        "currency.": {"id": 1, "code": code_of("currency.currency", sale["currency"])},
        "invoice_state": "waiting" if made else "none", "shipment_state": "waiting" if made else "none",
        "lines.": lines, "shipments.": [{"id": 1, "number": "7", "state": "waiting"}] if made else [],
    }


def search(model, domain):
    field, _, value = domain[0]
    wanted = value if isinstance(value, list) else [value]
    if model == "sale.sale":
        return [read(sale) for sale in SALES if sale["reference"] in wanted][:2]
    found = [(code, record) for code in wanted for record in CODES[model].get(code, [])]
    if model == "currency.currency":
        return [{"id": record, "rounding": exact(STEPS[record])} for _, record in found]
    return [{"id": record, field: code} for code, record in found]


def press(sale, button):
    if button == "process":
        if sale["state"] == "confirmed":
            sale["state"] = "processing"
    else:
        before, after = BUTTONS[button]
        if sale["state"] not in before.split():
            return
        sale["state"] = after
        if button == "quote":
            sale["number"] = sale["number"] or str(sale["id"])
        if button == "confirm" and not RULES["stuck"]:
            sale["state"] = "processing"
    touch(sale)


def call(method, params):
    model, name = method.removeprefix("model.").rsplit(".", 1)
    if name == "search_read":
        return search(model, params[0])
    if name == "get_preferences":
        return {"company": 1, "language": "en"}
    if name == "fields_get":
        return {"unit_price": {"digits": "[16, 4]"}}
    if name == "on_change":
        if model == "sale.sale":
            return [{"invoice_address": 51, "invoice_address.": {"rec_name": "Town"}, "payment_term": None}]
        return [{"taxes": {"add": [[0, {"id": 61}]]}}] if params[0]["product"] == 22 else [{}]
    if name == "create":
        for values in params[0]:
            sale = {"id": len(SALES) + 1, "state": "draft", "number": None, "lines": []}
            write(sale, values)
            SALES.append(sale)
        return [SALES[-1]["id"]]
    sale = next(sale for sale in SALES if sale["id"] == params[0][0])
    seen = params[-1].get("_timestamp", {}).get(f"sale.sale,{sale['id']}")
    if seen != sale["timestamp"]:
        raise Refused("ConcurrencyException", "Records have been modified in the meanwhile")
    if name == "write":
        write(sale, params[1])
    else:
        press(sale, name)
    return None


class Fake(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def vanish(self):
        self.close_connection = True
        self.connection.close()

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method, params = asked["method"], asked["params"]
        with LOCK:
            RULES["calls"] += 1
            (FOLDER / f"{RULES['calls']}.json").write_text(json.dumps({"method": method, "params": params}))
            RULES["dead"] = RULES["dead"] or method == RULES["die"]
            if RULES["dead"]:
                return self.vanish()
            if method == "common.db.login":
                if self.path != "/company/":
                    return self.answer(404, b"")
                if RULES["locked"] or params[:2] != ["connector", {"password": "sesame"}]:
                    return self.answer(401, b"")
                RULES["session"] += 1
                SESSIONS.add(f"Session {base64.b64encode(b'connector:5:s%d' % RULES['session']).decode()}")
                return self.conclude([5, f"s{RULES['session']}"], None)
            if self.headers.get("Authorization") not in SESSIONS:
                return self.answer(401, b"")
            how = FAILURES.pop(method.rsplit(".", 1)[1], None) if method.startswith("model.sale.sale") else None
            kind = how.split()[0] if how else ""
            if kind == "before":
                return self.vanish()
            if kind == "status":
                return self.answer(int(how.split()[1]), b"")
            if kind in ("body", "error", "huge"):
                return self.conclude(None, how)
            try:
                result = None if method in IDLE else call(method, params)
            except Refused as refused:
                return self.conclude(None, "error " + json.dumps(refused.error))
            if kind == "after":
                return self.vanish()
        if kind == "hang":
            time.sleep(3600)
        self.conclude(result, None)

    def conclude(self, result, how):
        if how and how.startswith("body "):
            return self.answer(200, how[5:].encode())
        if how and how.startswith("error "):
            return self.answer(200, json.dumps({"id": 1, "error": json.loads(how[6:])}).encode())
        if how == "huge":
            return self.answer(200, b'{"id":1,"result":[' + b"1," * 3_000_000 + b"1]}")
        self.answer(200, json.dumps({"id": 1, "result": result}).encode())

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except (OSError, ValueError):
            pass  # the connection was closed, by us or by the other side

    def finish(self):
        try:
            super().finish()
        except (OSError, ValueError):
            pass


def obey(line):
    word, _, rest = line.partition(" ")
    if word == "fail":
        method, _, how = rest.partition(" ")
        FAILURES[method] = how
    elif word in ("stuck", "locked"):
        RULES[word] = True
    elif word == "die":
        RULES["die"] = "model.sale.sale." + rest
    elif word == "idle":
        IDLE.add("model.sale.sale." + rest)
    elif word == "forget":
        SESSIONS.clear()
    elif word == "again":
        SALES.append(dict(copy.deepcopy(SALES[0]), id=len(SALES) + 1, state="draft", number=None))
    elif word in ("note", "amount"):
        SALES[0]["lines"][0][word] = rest
        touch(SALES[0])
    else:
        SALES[0][word] = rest
        touch(SALES[0])


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Fake)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    for line in sys.stdin:
        with LOCK:
            obey(line.rstrip("\n"))
        print("ok", flush=True)
    os._exit(0)  # calls that hang are not waited for


main()
