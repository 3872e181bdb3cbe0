#!/usr/bin/env python3
"""`assent import salesforce`: the worked examples of tests/import, each in every shape that an export may have, and what is
wrong with exports.

    tests/command/import_test.py ASSENT SOURCES [EXAMPLE]
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import import_export
import outside

ASSENT = os.path.abspath(sys.argv[1])
SOURCES = pathlib.Path(sys.argv[2]).resolve()
ONLY = sys.argv[3] if len(sys.argv) > 3 else ""
QUOTE = {"attributes": {"type": "SBQQ__Quote__c"}, "Id": "a0q7Q0000001180QAA", "Name": "Q-01180", "OwnerId": import_export.user_id("rep"),
         "SBQQ__NetAmount__c": 1000, "SBQQ__ListAmount__c": 1000, "SBQQ__CustomerAmount__c": 1000, "SBQQ__Type__c": "Quote"}
LINE = {"SBQQ__ProductCode__c": "P1", "SBQQ__Product__c": "01t7Q0000000001QAA", "SBQQ__Quantity__c": 1, "SBQQ__NetTotal__c": 100}


def quote(changes):
    """The quote with other fields; `lines` lists those of its lines, or says how many there are; "=ann" is a user's id."""
    changes = {key: import_export.user_id(value[1:]) if str(value).startswith("=") else value for key, value in changes.items()}
    lines = changes.pop("lines", 1)
    lines = [{}] * lines if isinstance(lines, int) else lines
    lines = [{"Id": f"a0l7Q0000{number:06}QAA", **LINE, **line} for number, line in enumerate(lines)]
    return {**QUOTE, **changes, "SBQQ__LineItems__r": import_export.answer(lines)}


def write(folder, files):
    folder.mkdir()
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


class Runs(outside.Runs):
    def imported(self, folder, export):
        """The policy, the directory and the report (as JSON) of an export; the exit code says whether that has findings."""
        out = folder / "out"
        done = subprocess.run([self.assent, "import", "salesforce", str(export), "-o", str(out), "--format", "json"],
                              capture_output=True, text=True, check=False)
        report = json.loads(done.stdout)
        findings = any(note["fate"] in ("blocks", "lost", "differs") for note in report)
        self.check(done.returncode == findings and done.stderr == "", f"{export}: {done.returncode}, {done.stderr}{done.stdout}")
        return (out / "approvals.assent").read_text(), (out / "directory.json").read_text(), report


def decisions(runs, folder, policy, example):
    tests = []
    for number, each in enumerate(example.get("decisions", [])):
        name = f"quote-{number}.json"
        (folder / name).write_text(json.dumps(quote(each.get("quote", {}))))
        state = f"  state {each['state']}" if "state" in each else ""
        tests.append(f'test {json.dumps(each["example"])} {{ given "{name}"{state}  expect {each["expect"]} }}\n')
    if not tests:
        return
    (folder / "tested.assent").write_text(policy + '\ntesting { directory "directory.json"  today 2026-03-02 }\n' + "".join(tests))
    runs.says(runs.run(0, "test", str(folder / "tested.assent")), f"{len(tests)} passed, 0 failed")


def lives(runs, folder, example):
    if "lives" in example:
        runs.run(0, "compile", str(folder / "approvals.assent"), "-o", str(folder / "approvals.assentc"))
    for number, life in enumerate(example.get("lives", [])):
        case = ["--store", str(folder / f"{number}.db"), "--directory", str(folder / "directory.json"), "--format", "json"]
        submitted = False
        for minute, step in enumerate(life["steps"]):
            who = import_export.user_id(step.get("by", "rep"))
            at = ["--as", who, "--at", f"2026-03-02T09:{minute:02}:00Z"]
            if step["do"] == "submit":
                (folder / "quote.json").write_text(json.dumps(quote(step["quote"])))
                words = ["resubmit" if submitted else "submit", "Q", str(folder / "approvals.assentc"), str(folder / "quote.json")]
                submitted = True
            else:
                words = [step["do"], "Q", *(["--step", step["step"]] if "step" in step else [])]
            runs.run(0, "case", *words, *at, *case)
            shown = json.loads(runs.run(0, "case", "show", "Q", "--at", f"2026-03-02T09:{minute:02}:30Z", *case))
            states = {each["key"]: each.get("state", "waiting") for each in shown.get("steps", [])}
            wanted = step.get("steps", {})
            runs.check(all(states.get(key) == state for key, state in wanted.items()) and (wanted != {} or "steps" not in step or not states),
                       f"{life['example']}, {step}: {states}")
            if "state" in step:
                runs.check(shown.get("state", "draft") == step["state"], f"{life['example']}, {step}: {shown['state']}")


def as_expected(runs, folder, example, policy, directory, report):
    """What the example expects of quotes, cases, people and the report."""
    (folder / "approvals.assent").write_text(policy)
    (folder / "directory.json").write_text(directory)
    runs.says(runs.run(0, "check", str(folder / "approvals.assent")), "no errors\n")
    decisions(runs, folder, policy, example)
    lives(runs, folder, example)
    people = {each["id"]: each for each in json.loads(directory)["people"]}
    for name, wanted in example.get("directory", {}).items():
        wanted = json.loads(re.sub('"=([a-z]+)"', lambda who: f'"{import_export.user_id(who[1])}"', json.dumps(wanted)))
        there = people.get(import_export.user_id(name), {})
        runs.check({key: there[key] for key in ("roles", "absent") if key in there} == wanted, f"{folder}: {there}")
    lines = [f"{note['fate']} {note['type']} {note['name']}: {note['why']}" for note in report]
    for wanted in example.get("report", []):
        runs.check(any(line.startswith(wanted) for line in lines), f"{folder}: {wanted} is not in {lines}")


def examples(runs, top):
    for path in sorted([*pathlib.Path("tests/import").glob("[A-Z]*.json"), pathlib.Path("tests/import/README.md")]):
        if not path.stem.startswith(ONLY):
            continue
        text = path.read_text(encoding="utf-8")
        example = json.loads(text.split("```json\n")[1].split("```")[0] if path.suffix == ".md" else text)
        found = import_export.records(example)
        shapes = example.get("shapes", import_export.SHAPES)  # what is missing has another name in each
        results = {}
        for shape in shapes:
            folder = top / f"{path.stem}-{shape}"
            folder.mkdir()
            results[shape] = runs.imported(folder, write(folder / "export", import_export.SHAPES[shape](found)))
        as_expected(runs, top / f"{path.stem}-rest", example, *results["rest"])
        for shape, result in results.items():
            runs.check(result == results["rest"], f"{path.stem}: {shape} gives something else:\n{result}\n{results['rest']}")


def ways(runs, top):
    """One export by its folder, file by file, by its plan, from the standard input, and as text."""
    found = import_export.records(json.loads(pathlib.Path("tests/import/F01-F02.json").read_text()))
    folder = top / "ways"
    folder.mkdir()
    wanted = runs.imported(folder, write(folder / "rest", import_export.rest(found)))[:2]
    write(folder / "tree", import_export.tree(found))
    write(folder / "nested", import_export.nested(found))
    files = {"each": sorted(map(str, (folder / "rest").iterdir())),
             "plan": [str(folder / "tree" / name) for name in ("export-plan.json", "User.json", "Group.json", "GroupMember.json")], "stdin": ["-"]}
    for way, arguments in files.items():
        out = folder / ("out-" + way)
        said = runs.run(0, "import", "salesforce", *arguments, "-o", str(out) + "/", stdin=(folder / "nested/all.json").read_text())
        runs.check(((out / "approvals.assent").read_text(), (out / "directory.json").read_text()) == wanted, f"{way}: not the same")
        runs.check(said == (out / "import-report.txt").read_text(), f"{way}: {said}")


def golden(runs, top):
    """A company's people, as a data loader writes them: what comes of them stands beside them."""
    out = top / "directory"
    runs.run(1, "import", "salesforce", "tests/import/directory", "-o", str(out))
    for path in sorted(pathlib.Path("tests/import/directory/expected").iterdir()):
        runs.check((out / path.name).read_text() == path.read_text(), f"{path} is not what is written:\n{(out / path.name).read_text()}")
    again = runs.run(1, "import", "salesforce", "tests/import/directory", "-o", str(out))
    runs.check(again == (out / "import-report.txt").read_text(), f"a second time: {again}")
    (out / "approvals.assent").write_text("# mine\n")
    runs.says(runs.run(2, "import", "salesforce", "tests/import/directory", "-o", str(out)),
              "approvals.assent: is there already, with another content")
    runs.check((out / "approvals.assent").read_text() == "# mine\n", "somebody's work was overwritten")


RULE = {"attributes": {"type": "sbaa__ApprovalRule__c"}, "Id": "a047Q00000RULEA", "Name": "R", "sbaa__Active__c": True,
        "sbaa__TargetObject__c": "SBQQ__Quote__c", "sbaa__ApprovalStep__c": 1}
DEEP = "[" * 10 + "]" * 10
FAULTS = [
    ("a.json", json.dumps({"totalSize": 2, "done": False, "records": [RULE]}), "a.json: the export is incomplete: `done` is false after 1 record"),
    ("a.json", json.dumps({"totalSize": 2, "done": True, "records": [RULE]}), "a.json: the export is incomplete: it has 1 of 2 records"),
    ("a.json", json.dumps({"records": [{**RULE, "sbaa__ApprovalConditions__r": {"done": False, "records": []}}]}), "`done` is false"),
    ("a.json", "{", "a.json: no JSON: "),
    ("a.json", '{"rules": []}', "a.json: holds no `records`"),
    ("a.json", '{"records": 3}', "a.json: `records` is no list"),
    ("a.json", '{"records": [{"Name": "R"}]}', "a.json, record 1: has no `attributes`"),
    ("a.json", '{"records": [7]}', "a.json, record 1: has no `attributes`"),
    ("a.json", DEEP, "a.json: nested deeper than 8 levels"),
    ("a.json", "[" * 1000000, "a.json: no JSON: "),
    ("a.json", '{"records": []}', "the export has no approval rules, among 0 records"),
    ("a.json", json.dumps({"records": [{**RULE, "sbaa__TargetObject__c": None}]}), "no approval rule of the export has `TargetObject`"),
    ("a.json", json.dumps({"records": [{**RULE, "sbaa__ApprovalStep__c": None}]}), "no approval rule of the export has `ApprovalStep`"),
    ("a.json", json.dumps({"records": [RULE, {**RULE, "Name": "S"}]}), "a.json, record 2: ApprovalRule `R` is in the export twice, with Name `R`"),
    ("a.json", '[{"sobject": "X", "files": ["../secret.json"]}]', "a.json: a plan lists files beside it"),
    ("a.json", '[{"sobject": "X", "files": ["none.json"]}]', "none.json: "),
    ("sbaa__ApprovalRule__c.csv", "Name,sbaa__Active__c\nR\n", "sbaa__ApprovalRule__c.csv:2: has 1 cell, and the first line 2"),
    ("sbaa__ApprovalRule__c.csv", 'Name\nA\n"R\n\n', "sbaa__ApprovalRule__c.csv:3: a quote that is never closed"),
    ("sbaa__ApprovalRule__c.csv", 'Name\n"R"x\n', "sbaa__ApprovalRule__c.csv:2: text after the closing quote"),
    ("sbaa__ApprovalRule__c.csv", 'Name\nR"\n', "sbaa__ApprovalRule__c.csv:2: a quote within a cell"),
    ("sbaa__ApprovalRule__c.csv", "\n", "sbaa__ApprovalRule__c.csv: is empty"),
    ("sbaa__ApprovalRule__c.csv", "Name\n\udcff\n", "sbaa__ApprovalRule__c.csv:2: not UTF-8"),
    ("sbaa__ApprovalRule__c.csv", "," * 1000, "sbaa__ApprovalRule__c.csv:1: more than 1000 columns"),
]


def faults(runs, top):
    out = top / "faults"
    for number, (name, text, wanted) in enumerate(FAULTS):
        folder = top / f"fault-{number}"
        folder.mkdir()
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        runs.says(runs.run(2, "import", "salesforce", str(folder / name), "-o", str(out)), wanted)
    empty = top / "empty"
    empty.mkdir()
    runs.says(runs.run(2, "import", "salesforce", str(empty), "-o", str(out)), "has no files")
    runs.says(runs.run(2, "import", "salesforce", "-", "-o", str(out), stdin="Name\nR\n"), "stdin: no JSON")
    runs.says(runs.run(2, "import", "salesforce", "-", "-o", str(out), "--name", "Desk 1", stdin=""), "--name: a name has small letters")
    runs.check(not out.exists(), "something was written all the same")
    rule = json.dumps({"records": [RULE]})
    runs.says(runs.run(2, "import", "salesforce", "-", "-o", str(out / "below"), stdin=rule), "cannot be made")
    said = runs.run(1, "import", "salesforce", "-", "-o", str(out), "--name", "desk", stdin=rule)
    runs.says(said, 'ApprovalRule "R": it names no approver', 'ApprovalRule "R": it has no conditions, and is taken to apply always')
    runs.says(runs.run(0, "check", str(out / "desk.assent")), "no errors")
    runs.says(runs.run(0, "import", "salesforce", "--help"), "Examples:", "import-report.txt")


def words_of_the_language():
    """All of them, by the reference."""
    text = (SOURCES / "grammar/README.md").read_text(encoding="utf-8")
    words = text[text.index("### Reserved words"):text.index("## Values")]
    functions = text[text.index("\n## Functions"):text.index("## Who decides")]
    return sorted(set(re.findall(r"`([a-z]+)`", words)) | set(re.findall(r"`([a-z_]+)\(", functions)))


def words(runs, top):
    """Each word of the language as the name of a rule, a chain, an approver, a variable and a field."""
    found = words_of_the_language()
    rules = [{"Name": word + "!" * (step - 1), "Approver": word, "ApprovalChain": word, "ApprovalStep": step, "ConditionsMet": "Custom", "AdvancedCondition": "1 OR 2",
              "if": [f"${word} greater than 0", f"{word}__c greater than 0"]} for word in found for step in (1, 2)]
    variables = [{"Name": word, "Type": "Summary", "TargetObject": "SBQQ__QuoteLine__c", "AggregateFunction": "Sum",
                  "AggregateField": f"{word}__c"} for word in found]
    example = {"approvers": {word: "fin" for word in found}, "rules": rules, "variables": variables}
    folder = top / "words"
    folder.mkdir()
    policy, _, _ = runs.imported(folder, write(folder / "export", import_export.rest(import_export.records(example))))
    (folder / "policy.assent").write_text(policy)
    runs.says(runs.run(0, "check", str(folder / "policy.assent")), "no errors\n")
    runs.check(policy.count("\nrule ") == 2 * len(found), "a rule is missing")


def large(runs, top):
    """Thousands of rules; and so many that wait for each other that no compiler would come to an end."""
    net = "SBQQ__NetAmount__c greater than "
    many = {"approvers": {"Fin": "fin"}, "rules": [{"Name": f"Rule {number}", "Approver": "Fin", "if": [f"{net}{number}"]} for number in range(3000)]}
    folder = top / "large"
    folder.mkdir()
    policy, _, _ = runs.imported(folder, write(folder / "export", import_export.tables(import_export.records(many))))
    runs.check(policy.count("\nrule rule_") == 3000, "a rule is missing")
    odd = {**RULE, "sbaa__List__c": ["deep"], **{f"Other{number}__c": number for number in range(100000)}}
    odd = json.dumps({"records": [odd]}).replace('["deep"]', "[" * 100000 + "]" * 100000)
    runs.says(runs.run(1, "import", "salesforce", "-", "-o", str(folder / "odd"), stdin=odd), 'ApprovalRule "R", List: has no counterpart',
              "Other99999__c: has no counterpart")
    for number, rule in enumerate(many["rules"]):
        rule["ApprovalStep"] = number + 1
    export = write(top / "waiting", import_export.tables(import_export.records(many)))
    runs.says(runs.run(2, "import", "salesforce", str(export), "-o", str(folder)), "more than 2000000 pairs of rules wait for each other")


def main():
    runs = Runs(ASSENT)
    os.chdir(SOURCES)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a disk would be waited for after each file
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        examples(runs, pathlib.Path(folder))
        if not ONLY:
            for part in (ways, golden, faults, words, large):
                part(runs, pathlib.Path(folder))
    print(f"{runs.checks} checks, {runs.failed} failed")
    return 1 if runs.failed else 0


sys.exit(main())
