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
