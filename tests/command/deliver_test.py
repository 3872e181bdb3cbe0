#!/usr/bin/env python3
"""`assent deliver` as an operator uses it, with a mail server and a receiver of webhooks that it reaches by the network.

    tests/command/deliver_test.py ASSENT SOURCES
"""
import email
import email.policy
import json
import os
import pathlib
import sys
import tempfile

import jsonschema

import outside

ASSENT = os.path.abspath(sys.argv[1])
SOURCES = pathlib.Path(sys.argv[2]).resolve()
POLICY = """policy desk
record Quote { total: Integer }
input quote: Quote
approver boss = person "boss"
approver cfo = person "cfo"
rule big { when quote.total > 10  requires boss then cfo }
otherwise approve
"""
PEOPLE = {"people": [{"id": "rep", "mail": "rep@example.com"}, {"id": "boss", "mail": "boss@example.com"},
                     {"id": "cfo", "mail": "refused.cfo@example.com"}]}


def schemas():
    """The forms of what is printed as JSON."""
    files = {path.name: json.loads(path.read_text()) for path in SOURCES.glob("runtime/schemas/*.schema.json")}
    of_all = files["deliver-answers.schema.json"]
    jsonschema.Draft202012Validator.check_schema(of_all)
    return {form: jsonschema.Draft202012Validator({"$ref": f"deliver-answers.schema.json#/$defs/{form}"},
                                                  resolver=jsonschema.RefResolver("", {}, store=files))
            for form in of_all["$defs"]}


SCHEMAS = schemas()


class Runs(outside.Runs):
    def answer(self, form, status, *arguments, stdin=None):
        """What is printed as JSON, which the schema of its form describes, and of which it needs every property."""
        told = json.loads(self.run(status, "deliver", *arguments, "--format", "json", stdin=stdin))
        self.valid(told, SCHEMAS[form], form)
        return told


def deliver(runs, mail, hook):
    world = ["--directory", "people.json", "--at", "2026-03-02T09:00:00Z"]
    pathlib.Path("policy.assent").write_text(POLICY)
    pathlib.Path("people.json").write_text(json.dumps(PEOPLE))
    pathlib.Path("quote.json").write_text('{"total": 20}')
    pathlib.Path("courier.key").write_text("0123456789abcdef0123456789abcdef\n")
    pathlib.Path("erp.key").write_text("k" * 32)
    pathlib.Path("subject.txt").write_text("{{headline}}!")
    settings = {"key_file": "courier.key",
                "mail": {"server": "127.0.0.1", "port": int(mail.port), "tls": "none", "from": "desk@example.com"},
                "links": {"answer": "https://desk.example.com/answer?token="},
                "hooks": [{"name": "erp", "url": f"http://127.0.0.1:{hook.port}/erp", "key_file": "erp.key",
                           "kinds": ["approved"]}],
                "templates": {"subject.approved.txt": "subject.txt"}}

    runs.says(runs.run(2, "deliver", "send", *world), "courier.json: there is no such file")
    pathlib.Path("courier.json").write_text(json.dumps(settings))
    runs.says(runs.run(2, "deliver", "send", *world), "there is no store at `cases.db`")
    runs.run(0, "case", "submit", "Q-1", "policy.assent", "quote.json", "--as", "rep", *world)

    shown = runs.run(0, "deliver", "preview", *world)
    runs.says(shown, "mail to boss@example.com", "Subject: Please approve Q-1", "quote.total: 20")
    line = runs.answer("preview", 0, "preview", *world)
    runs.check(line["letter"] == "Q-1/2/boss/request" and line["channel"] == "mail", f"{line}")
    runs.check(not list(mail.folder.iterdir()), "a preview sends nothing")

    runs.says(runs.run(0, "deliver", "send", *world), "Q-1: request to boss  delivered by mail")
    runs.says(runs.run(0, "deliver", "send", *world), "no letter is due")
    sent = email.message_from_bytes((mail.folder / "1.eml").read_bytes(), policy=email.policy.default)
    text = sent.get_body(("plain",)).get_content()
    token = text.split("Approve: https://desk.example.com/answer?token=")[1].split()[0]
    runs.says(runs.run(0, "deliver", "link", token, "--show", *world), "it would say, as boss: approve big/boss of Q-1")
    runs.says(runs.run(0, "case", "show", "Q-1", *world), "0 of 2 steps are done")
    runs.says(runs.run(1, "deliver", "link", token[:50], *world), "not taken (malformed)", "a mail program may have cut")
    runs.check(runs.answer("taken", 1, "link", token[:50], *world)["refusal"]["code"] == "malformed", "what cannot be read")
    taken = runs.answer("taken", 0, "link", token, "--comment", "fine", *world)
    runs.check(taken["taken"] and taken["steps"] == ["big/boss"] and taken["vote"] == "approved", f"{taken}")
    runs.says(runs.run(0, "deliver", "link", token, *world), "boss approved", "(counted before, and not again)")

    mail.tell("recipient 550")
    runs.says(runs.run(1, "deliver", "send", *world), "Q-1: request to cfo  dead", "mail: 550 not here")
    runs.says(runs.run(1, "deliver", "dead"), "Q-1: request to cfo  Q-1/", "550 not here")
    runs.check(runs.answer("letters", 1, "dead")[0]["attempts"] == 1, "one attempt")
    mail.tell("accept")
    runs.says(runs.run(1, "deliver", "revive", "Q-9/1/cfo/request"), "there is no dead letter Q-9/1/cfo/request")
    runs.says(runs.run(0, "deliver", "revive", *world), "1 letter will be tried again")
    runs.says(runs.run(0, "deliver", "dead"), "no letter is dead")
    report = runs.answer("report", 0, "send", *world)
    runs.check(report["what"] == "delivered" and report["channels"] == ["mail"], f"{report}")

    sent = email.message_from_bytes((mail.folder / "2.eml").read_bytes(), policy=email.policy.default)
    reply = (f"From: refused.cfo@example.com\r\nMessage-ID: <a@example.com>\r\nIn-Reply-To: {sent['Message-ID']}\r\n\r\n"
             "yes\r\nthis once\r\n")
    pathlib.Path("reply.eml").write_text(reply.replace("yes", "maybe"))
    runs.says(runs.run(1, "deliver", "reply", "reply.eml", *world), "not taken (no-word)")
    runs.says(runs.run(0, "deliver", "reply", "-", *world, stdin=reply), "cfo approved big/cfo: this once",
              "Q-1 is approved")
    runs.says(runs.run(1, "deliver", "reply", "-", *world, stdin=reply.replace("<a@", "<b@")), "refused (ended)")
    late = runs.answer("taken", 1, "reply", "-", *world, stdin=reply.replace("<a@", "<b@"))
    runs.check(late["taken"] and late["refusal"]["code"] == "ended", f"{late}")
    hook.tell("answer 503")
    runs.says(runs.run(1, "deliver", "send", *world), "failed, again 2026-03-02 09:00 UTC (has gone by mail)", "erp: ")
    hook.tell("answer 200")
    later = ["--directory", "people.json", "--at", "2026-03-02T09:01:00Z"]
    runs.says(runs.run(0, "deliver", "send", *later), "delivered by mail and erp")
    posted = [json.loads(each.read_text()) for each in hook.folder.iterdir()]
    runs.check(all(each["signed"] for each in posted) and len(posted) == 6, f"{len(posted)} posts, all signed")
    subjects = [email.message_from_bytes(each.read_bytes(), policy=email.policy.default)["Subject"]
                for each in sorted(mail.folder.glob("*.eml"))]
    runs.check(subjects[2:] == ["Q-1 is approved!"] * 3, f"{subjects}")

    settings["mail"]["tls"] = "perhaps"
    settings["templates"]["letter.txt"] = "nowhere.txt"
    pathlib.Path("wrong.json").write_text(json.dumps(settings))
    runs.says(runs.run(2, "deliver", "send", "--settings", "wrong.json", *world),
              "wrong.json: /mail/tls: `tls` is starttls, implicit or none",
              "/templates/letter.txt: nowhere.txt: there is no such file")
    runs.says(runs.run(2, "deliver", "sent"), "did you mean `send`?")
    for each in ("send", "preview", "reply", "link", "dead", "revive"):
        runs.says(runs.run(0, "deliver", each, "--help"), "Examples:")


def main():
    runs = Runs(ASSENT)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in ("ASSENT_STORE", "ASSENT_COURIER"):
            os.environ.pop(name, None)
        mail = outside.Server(SOURCES / "tests/delivery/smtp_server.py", os.path.join(folder, "mails"))
        if not mail.port.isdigit():
            print(f"skipped: {mail.port}")
            return 0
        hook = outside.Server(SOURCES / "tests/delivery/http_server.py", os.path.join(folder, "posts"), "k" * 32)
        deliver(runs, mail, hook)
        mail.close()
        hook.close()
    print(f"{runs.checks} checks, {runs.failed} failed")
    return 1 if runs.failed else 0


sys.exit(main())
