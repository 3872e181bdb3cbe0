#!/usr/bin/env python3
"""Every document of the examples is valid against the schema that describes it, by a validator that is
not ours: quotes against the one that `assent dump --phase schema` gives for their policy, directories,
rates and decisions against those of `runtime/schemas`; and so is all that `assent case` prints and stores while
everything happens that can happen to cases. And the schemas turn away what the runtime does, and whatever is damaged.

    tests/command/schema_test.py ASSENT SOURCES
"""
import copy
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

import jsonschema

import case_life


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def validator(schema, others=None):
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store=others or {})
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def damaged(document):
    """(place, copy) with one more key in an object, or an object where a scalar was: each in turn."""
    def below(node, path):
        yield path
        for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
            yield from below(node[key], [*path, key])

    for path in below(document, ["document"]):
        above = copied = {"document": copy.deepcopy(document)}
        for key in path[:-1]:
            above = above[key]
        if isinstance(above[path[-1]], list):
            continue
        if isinstance(above[path[-1]], dict):
            above[path[-1]]["odd"] = 1
        else:
            above[path[-1]] = {}
        yield "/".join(map(str, path)), copied["document"]


def words(node):
    """All keys and texts of a document."""
    if isinstance(node, dict):
        return set(node) | set().union(*map(words, node.values()))
    if isinstance(node, list):
        return set().union(*map(words, node))
    return {node} if isinstance(node, str) else set()


def named(node):
    """All properties of a schema, and all words of its closed sets."""
    if isinstance(node, list):
        return set().union(*map(named, node))
    if not isinstance(node, dict):
        return set()
    here = set(node.get("properties", {})) | {each for each in node.get("enum", []) if isinstance(each, str)}
    return here.union(*map(named, node.values()))


QUOTE = {"total": 20, "lines": []}
COMMANDS = {
    "submit": {"quote": QUOTE, "expect_plan": "0", "editors": ["rep.2"]},
    "vote": {"vote": "reject", "step": "big/boss", "on_behalf": "boss", "comment": "no", "quote_hash": "0"},
    "recall": {"why": "a mistake"},
    "reassign": {"step": "big/boss", "from": "boss", "to": "rep", "why": "away"},
    "replace": {"from": "boss", "to": "rep", "why": "left"},
    "ask": {"step": "big/boss", "to": "rep", "text": "why?"},
    "answer": {"question": 0, "text": "because"},
    "comment": {"text": "hm"},
    "add-approver": {"person": "rep", "before": "big/boss", "why": "large"},
    "override": {"step": "big/boss", "why": "no time"},
    "tick": {},
    "migrate": {"quote": QUOTE},
    "change-orders": {"quote": QUOTE, "change": {
        "kind": "moved", "order": "0123456789abcdef", "on": "2026-03-05", "delivery": True,
        "lines": [{"line": "L1", "quantity": "2"}], "why": "late"}},
    "report-order": {"report": {"order": "0123456789abcdef", "revision": 2, "status": "received",
                                "at": "2026-03-05T10:00:00Z", "reference": "SO-1", "text": "thanks"}},
}
DEPUTIES = {"delegations": [{"from": "ana", "to": "ben", "first_day": "2026-03-01", "last_day": "2026-03-14",
                             "approver": "cfo"}], "replacements": [{"from": "ana", "to": "ben"}]}


def served(assent, folder, requests):
    """What `assent serve` says to (method, parameters), each: (result, error), one of them None."""
    policy = pathlib.Path(folder, "small.assent")
    policy.write_text('policy small  record Quote { total: Integer }  input quote: Quote '
                      'approver boss = person "boss"  rule big { when quote.total > 10  requires boss }  otherwise approve')
    lines = "".join(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}) + "\n"
                    for method, params in requests)
    answers = subprocess.run([assent, "serve", "--stdio", policy], input=lines, capture_output=True, text=True, check=True)
    given = [json.loads(line) for line in answers.stdout.splitlines()]
    return [(answer.get("result"), answer.get("error")) for answer in given]


def main():
    assent, sources = sys.argv[1], pathlib.Path(sys.argv[2])
    files = {path.name: load(path) for path in sorted(sources.glob("runtime/schemas/*.schema.json"))}
    schemas = {name.removesuffix(".schema.json"): validator(schema, files) for name, schema in files.items()}
    for form in ("answer", "inbox", "list", "tick", "migration", "verification", "entry"):
        schemas[form] = validator({"$ref": f"case-answers.schema.json#/$defs/{form}"}, files)
    for form in ("contracts", "assets", "entitlements", "revenue", "differences"):
        schemas[form] = validator({"$ref": f"fulfilment.schema.json#/$defs/{form}"}, files)
    checked, wrong = 0, []

    def check(name, document, against):
        nonlocal checked
        checked += 1
        for error in against.iter_errors(document):
            wrong.append(f"{name}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")

    def refuse(name, document, what):
        nonlocal checked
        checked += 1
        if schemas[name].is_valid(document):
            wrong.append(f"the schema of {name} allows {what}")

    for policy in sorted(sources.glob("examples/*/policy.assent")):
        of_quotes = validator(json.loads(subprocess.check_output([assent, "dump", "--phase", "schema", policy])))
        for folder, against in (("quotes/*", of_quotes), ("directory*", schemas["directory"]),
                                ("rates*", schemas["rates"]), ("trade*", schemas["trade"]),
                                ("expected/*", schemas["decision"]), ("expected/orders/*", schemas["orders"])):
            for path in sorted(policy.parent.glob(f"{folder}.json")):
                check(path, load(path), against)

    one_more = ("document/templates", "document/figures")  # where any name may be
    for name, room in (("courier", "runtime/courier"), ("trade", "runtime/sync")):
        settings = re.findall(r"^```json\n(.*?)^```", (sources / room / "README.md").read_text(encoding="utf-8"),
                              re.MULTILINE | re.DOTALL)
        for text in settings:
            check(f"{room}/README.md", json.loads(text), schemas[name])
        for place, changed in damaged(json.loads(settings[-1])):
            if place not in one_more:
                refuse(name, changed, f"{place} to be damaged")
    refuse("courier", {"key_file": "key", "hooks": [], "templates": {"letter.often.txt": "letter.txt"}},
           "a template of no kind")

    # What a schema allows is read, and what it turns away is not.
    commands = [{"id": f"c-{kind}", "actor": "rep", "expected_version": 0, "kind": kind, "what": what}
                for kind, what in COMMANDS.items()]
    if list(COMMANDS) != files["command.schema.json"]["properties"]["kind"]["enum"]:
        wrong.append("the commands tried are not those of command.schema.json")
    for name, method, documents in (("command", "case.advance", commands), ("deputies", "deputies", [DEPUTIES])):
        for document in documents:
            check(name, document, schemas[name])
        anything = ("document/what/quote",)
        broken = [(document, place, changed) for document in documents for place, changed in damaged(document)
                  if not place.startswith(anything)]
        for document, place, changed in broken:
            refuse(name, changed, f"{place} to be damaged: {json.dumps(document)[:200]}")
        requests = [("case.open", {"case": "Q-1"})]
        for document in documents + [changed for _, _, changed in broken]:
            what = {"deputies": document} if name == "deputies" else {
                "case": "Q-1", "command": document, "now": "2026-03-02T09:00:00Z", "today": "2026-03-02"}
            requests.append((method, what))
        with tempfile.TemporaryDirectory() as folder:
            answers = served(assent, folder, requests)[1:]
        for document, (result, error) in zip(documents, answers):
            if error:
                wrong.append(f"{name}: {json.dumps(document)[:200]} is refused: {error['message']}")
            elif name == "command":
                check("advance", result, schemas["advance"])
        for (_, place, changed), (result, error) in zip(broken, answers[len(documents):]):
            checked += 1
            if not error:
                wrong.append(f"{name}: {place} may be damaged: {json.dumps(changed)[:200]}")

    with tempfile.TemporaryDirectory() as folder:
        happened = [(form, json.loads(text)) for form, text in case_life.live(assent, folder)]
        letters = sqlite3.connect(pathlib.Path(folder, "cases.db")).execute("SELECT effect FROM outbox")
        happened += [("effect", json.loads(text)) for text, in letters]
    happened += [("event", entry["event"]) for form, entry in happened if form == "entry"]
    richest = {}
    for form, document in happened:
        check(form, document, schemas[form])
        kind = form, isinstance(document, dict) and document.get("kind")
        if len(str(document)) > len(str(richest.get(kind, ""))):
            richest[kind] = document
    for (form, _), document in richest.items():
        for place, changed in damaged(document):
            refuse(form, changed, f"{place} to be damaged: {json.dumps(document)[:200]}")

    seen = set().union(*(words(document) for _, document in happened))
    codes = set(files["case-answers.schema.json"]["$defs"]["refusal"]["properties"]["code"]["enum"])
    for name in ("case", "event", "effect", "case-answers", "fulfilment"):
        wrong += [f"{name}.schema.json names `{word}`, which was never seen"
                  for word in sorted(named(files[f"{name}.schema.json"]) - seen - codes)]
    refusals = (sources / "runtime/include/assent/refusals.def").read_text(encoding="utf-8")
    if codes != {name.replace("_", "-") for name in re.findall(r"^REFUSAL\((\w+),", refusals, re.MULTILINE)}:
        wrong.append("case-answers.schema.json does not list the refusals of refusals.def")

    for name, document in [("directory", {"people": [{"name": "no id"}]}), ("directory", {"people": {}}),
                           ("rates", {"base": "euro", "rates": {}}), ("decision", {"outcome": "perhaps"}),
                           ("case", {}), ("case", {"id": "Q-1", "state": "approved"}), ("effect", {"id": "Q-1/1/boss"}),
                           ("event", {"kind": "ended", "what": {}}), ("case-answers", {"command": "c-1"})]:
        refuse(name, document, document)
    print("\n".join(wrong + [f"{checked} documents, {len(wrong)} complaints"]))
    return 1 if wrong or checked < 50 else 0


sys.exit(main())
