"""Sets up a fresh Tryton 6.0 by its RPC alone, as far as orders need it: a company that sells.

    Rpc(port, database).set_up()

What there is then: a user `connector` besides `admin`; currencies EUR (0.01) and CHF (0.05); the customers `C-1` and
`C-2`, and `C-3` without an address; the products `MONITOR` (goods), `CABLE` (goods, by the metre), `SETUP` (service, with a
tax of 20 %) and `OLD` (not for sale).
"""
import base64
import datetime
import json
import time
import urllib.request

PASSWORD = "tR7-assent-9q"


class Refused(Exception):
    """The server answered, and said no."""


def decimal(text):
    return {"__class__": "Decimal", "decimal": text}


def date(day):
    return {"__class__": "date", "year": day.year, "month": day.month, "day": day.day}


class Rpc:
    def __init__(self, port, database):
        self.url = f"http://127.0.0.1:{port}/{database}/"
        self.session = None
        self.context = {}

    def login(self, user="admin"):
        user_id, session = self.send("common.db.login", [user, {"password": PASSWORD}, "en"])
        self.session = base64.b64encode(f"{user}:{user_id}:{session}".encode()).decode()
        self.context = self("res.user.get_preferences", True)

    def send(self, method, params):
        request = urllib.request.Request(
            self.url,
            json.dumps({"id": 1, "method": method, "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        if self.session:
            request.add_header("Authorization", "Session " + self.session)
        with urllib.request.urlopen(request, timeout=120) as response:
            answer = json.load(response)
        if answer.get("error"):
            raise Refused(method, answer["error"])
        return answer["result"]

    def __call__(self, method, *params):
        return self.send("model." + method, [*params, self.context])

    def wizard(self, method, *params):
        return self.send("wizard." + method, [*params, self.context])

    def create(self, model, **values):
        return self(model + ".create", [values])[0]

    def find(self, model, *domain):
        found = self(model + ".search", list(domain), 0, None, None)
        if not found:
            raise Refused(model, domain)
        return found[0]

    def set_up(self):
        self.login()
        company, currencies = self.set_up_company()
        accounts = self.set_up_accounts(company)
        self.set_up_year(company)
        self.set_up_goods(company, accounts)
        self.create("account.invoice.payment_term", name="Direct", lines=[["create", [{"type": "remainder"}]]])
        for code, name, addresses in (("C-1", "First", 1), ("C-2", "Second", 1), ("C-3", "Third", 0)):
            create = [["create", [{"street": "Main street 1", "city": "Town"}] * addresses]]
            self.create("party.party", code=code, name=name, addresses=create)
        groups = self("res.group.search", [], 0, None, None)
        self.create("res.user", name="Connector", login="connector", password=PASSWORD, groups=[["add", groups]],
                    companies=[["add", [company]]], company=company)
        return currencies

    def set_up_company(self):
        currencies = {}
        for code, rounding in (("EUR", "0.01"), ("CHF", "0.05")):
            currencies[code] = self.create(
                "currency.currency", code=code, name=code, symbol=code, digits=2, rounding=decimal(rounding),
                rates=[["create", [{"date": date(datetime.date(2020, 1, 1)), "rate": decimal("1")}]]])
        party = self.create("party.party", name="Seller")
        company = self.create("company.company", party=party, currency=currencies["EUR"])
        user = self.find("res.user", ["login", "=", "admin"])
        self("res.user.write", [user], {"companies": [["add", [company]]], "company": company})
        self.context = self("res.user.get_preferences", True)
        return company, currencies

    def set_up_accounts(self, company):
        template = self.find("account.account.template", ["parent", "=", None], ["name", "like", "Minimal%"])
        session, _, _ = self.wizard("account.create_chart.create")

        def execute(state, **forms):
            self.wizard("account.create_chart.execute", session, forms, state)

        execute("account")
        execute("create_account", account={"account_template": template, "company": company})
        kinds = ("receivable", "payable", "revenue", "expense")
        accounts = {kind: self.find("account.account", ["type." + kind, "=", True], ["company", "=", company])
                    for kind in kinds}
        accounts["tax"] = self.find("account.account", ["name", "=", "Main Tax"], ["company", "=", company])
        execute("create_properties", properties={
            "company": company,
            "account_receivable": accounts["receivable"],
            "account_payable": accounts["payable"],
            "category_account_revenue": accounts["revenue"],
            "category_account_expense": accounts["expense"],
        })
        self.wizard("account.create_chart.delete", session)
        return accounts

    def set_up_year(self, company):
        today = datetime.date.today()
        moves = self.create("ir.sequence", name="Moves", company=company,
                            sequence_type=self.find("ir.sequence.type", ["name", "=", "Account Move"]))
        invoices = self.create("ir.sequence.strict", name="Invoices", company=company,
                               sequence_type=self.find("ir.sequence.type", ["name", "=", "Invoice"]))
        kinds = ("out_invoice", "in_invoice", "out_credit_note", "in_credit_note")
        year = self.create(
            "account.fiscalyear", name=str(today.year), company=company, post_move_sequence=moves,
            start_date=date(today.replace(month=1, day=1)), end_date=date(today.replace(month=12, day=31)),
            invoice_sequences=[["create", [{"company": company, **{kind + "_sequence": invoices for kind in kinds}}]]])
        self("account.fiscalyear.create_period", [year])

    def set_up_goods(self, company, accounts):
        tax = self.create("account.tax", name="VAT", description="VAT", type="percentage", rate=decimal("0.2"),
                          company=company, invoice_account=accounts["tax"], credit_note_account=accounts["tax"])
        categories = []
        for name, taxes in (("Plain", []), ("Taxed", [tax])):
            categories.append(self.create(
                "product.category", name=name, accounting=True, account_revenue=accounts["revenue"],
                account_expense=accounts["expense"], customer_taxes=[["add", taxes]]))
        for code, unit, kind, category, salable in (
                ("MONITOR", "Unit", "goods", categories[0], True),
                ("CABLE", "Meter", "goods", categories[0], True),
                ("SETUP", "Unit", "service", categories[1], True),
                ("OLD", "Unit", "goods", categories[0], False)):
            unit_id = self.find("product.uom", ["name", "=", unit])
            values = {"name": code.capitalize(), "default_uom": unit_id, "type": kind, "salable": salable,
                      "list_price": decimal("10"), "account_category": category,
                      "products": [["create", [{"suffix_code": code}]]]}
            if salable:
                values["sale_uom"] = unit_id
            self.create("product.template", **values)
