#!/usr/bin/env python3
"""Every document of the examples is valid against the schema that describes it, by a validator that is
not ours: quotes against the one that `assent dump --phase schema` gives for their policy, directories,
rates and decisions against those of `runtime/schemas`. And the schemas turn away what the runtime does.

    tests/command/schema_test.py ASSENT SOURCES
"""
import json
import pathlib
import subprocess
import sys

import jsonschema


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def main():
    assent, sources = sys.argv[1], pathlib.Path(sys.argv[2])
    schemas = {name: validator(load(sources / f"runtime/schemas/{name}.schema.json"))
               for name in ("directory", "rates", "decision")}
    checked, wrong = 0, []

    def check(path, against):
        nonlocal checked
        checked += 1
        for error in against.iter_errors(load(path)):
            wrong.append(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")

    for policy in sorted(sources.glob("examples/*/policy.assent")):
        dumped = subprocess.run([assent, "dump", "--phase", "schema", policy], check=True, capture_output=True, text=True)
        of_quotes = validator(json.loads(dumped.stdout))
        for path in sorted(policy.parent.glob("quotes/*.json")):
            check(path, of_quotes)
        for path in sorted(policy.parent.glob("directory*.json")):
            check(path, schemas["directory"])
        for path in sorted(policy.parent.glob("rates*.json")):
            check(path, schemas["rates"])
        for path in sorted(policy.parent.glob("expected/*.json")):
            check(path, schemas["decision"])

    refused = [("directory", {"people": [{"name": "no id"}]}), ("directory", {"people": {}}),
               ("rates", {"base": "euro", "rates": {}}), ("decision", {"outcome": "perhaps"})]
    for name, document in refused:
        checked += 1
        if schemas[name].is_valid(document):
            wrong.append(f"{name}.schema.json allows {document}")
    print("\n".join(wrong + [f"{checked} documents, {len(wrong)} complaints"]))
    return 1 if wrong or checked < 50 else 0


sys.exit(main())
