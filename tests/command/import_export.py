"""The records of a worked example of tests/import, and the exports that Salesforce tools make of them. Entries: records,
SHAPES.

A record is (object, fields); a lookup names its record by ("Object", "Name").
"""
import csv
import io
import json
import re

OPERATORS = ("greater or equals", "less or equals", "greater than", "less than", "does not contain", "not equals", "equals",
             "starts with", "ends with", "contains")
LOOKUPS = {"Approver": "Approver", "ApprovalChain": "ApprovalChain", "ApprovalRule": "ApprovalRule", "TestedVariable": "ApprovalVariable",
           "FilterVariable": "ApprovalVariable", "CombineWith": "ApprovalVariable", "ListVariable": "ApprovalVariable",
           "NetVariable": "ApprovalVariable", "NextApprover": "Approver", "DelegatedApprover": "Approver", "User": "User",
           "GroupId": "Group", "UserOrGroupId": "User"}
PACKAGE = ("Approver", "ApprovalChain", "ApprovalVariable", "ApprovalRule", "ApprovalCondition", "TrackedField", "EmailTemplate")
PREFIXES = {"User": "005", "Group": "00G", "GroupMember": "011", "UserRole": "00E"}


def user_id(name):
    """The id of the user whom the examples call so."""
    return "0057Q00000" + name.upper().ljust(5, "0")[:5] + "QAA"


def condition(text, rule, index):
    """Of "smart Margin__c less than 20", "$Devices greater than $Laptops", "A__c equals @B__c"."""
    smart, text = text.startswith("smart "), text.removeprefix("smart ")
    tested, operator, value = re.fullmatch(rf"(.+?) ({'|'.join(OPERATORS)}) (.*)", text, re.DOTALL).groups()
    fields = {"ApprovalRule": ("ApprovalRule", rule), "Index": index, "Operator": operator, "EnableSmartApproval": smart,
              "FilterType": {"$": "Variable", "@": "Field"}.get(value[:1], "Value")}
    if tested.startswith("$"):
        fields["TestedVariable"] = ("ApprovalVariable", tested[1:])
    else:
        fields["TestedField"] = tested
    if value.startswith("$"):
        fields["FilterVariable"] = ("ApprovalVariable", value[1:])
    else:
        fields["FilterField" if value.startswith("@") else "FilterValue"] = value.removeprefix("@")
    return fields


def linked(fields):
    return {field: (LOOKUPS[field], value) if field in LOOKUPS and isinstance(value, str) else value
            for field, value in fields.items()}


def records(example):
    found, users, conditions, tracked = [], set(example.get("users", [])) | {"rep"}, [], []
    for name, who in example.get("approvers", {}).items():
        who = {"user": who} if isinstance(who, str) else who
        fields = linked({key: value for key, value in who.items() if key not in ("user", "group", "unanimous")})
        if "user" in who:
            users.add(who["user"])
            fields["User"] = ("User", who["user"])
        else:
            users.update(who["group"])
            found.append(("Group", {"Name": name, "Type": "Regular"}))
            found += [("GroupMember", {"GroupId": ("Group", name), "UserOrGroupId": ("User", each)}) for each in who["group"]]
            fields.update(GroupId=("Group", name), Unanimous=who.get("unanimous", False))
        found.append(("Approver", {"Name": name, **fields}))
    found += [("ApprovalVariable", linked(each)) for each in example.get("variables", [])]
    for rule in example["rules"]:
        fields = {"Active": True, "TargetObject": "SBQQ__Quote__c", "ApprovalStep": 1, "ConditionsMet": "All",
                  "RequireExplicitApproval": False, "SmartApprovalIgnoresConditionsMet": False, **rule}
        own = fields.pop("if", []), fields.pop("conditions", []), fields.pop("tracked", [])
        fields.pop("variables", None)
        conditions += [condition(text, rule["Name"], i) for i, text in enumerate(own[0], 1)]
        conditions += [linked({"ApprovalRule": rule["Name"], "Index": i, **each}) for i, each in enumerate(own[1], 1)]
        tracked += [{"Name": "Tracks " + field, "ApprovalRule": ("ApprovalRule", rule["Name"]), "TrackedField": field,
                     "TrackedObject": "SBQQ__Quote__c", "TrackingType": "Any Change"} for field in own[2]]
        found.append(("ApprovalRule", linked(fields)))
    chains = sorted({rule["ApprovalChain"] for rule in example["rules"] if "ApprovalChain" in rule})
    found += [("ApprovalChain", {"Name": chain}) for chain in chains]
    found += [("ApprovalCondition", {"Name": f"AC-{number:06}", **each}) for number, each in enumerate(conditions, 1)]
    found += [("TrackedField", each) for each in tracked]
    found += [("User", {"Name": each.title(), "Id": user_id(each), "IsActive": True}) for each in sorted(users)]
    return found + [(kind, fields) for kind, fields in example.get("records", [])]


class Ids:
    """An id for each record, by what it is called."""

    def __init__(self, found):
        self.ids = {}
        for number, (kind, fields) in enumerate(found):
            self.ids.setdefault((kind, fields.get("Name", number)), f"{PREFIXES.get(kind, 'a0X')}7Q0000{number:05}QAA")

    def of(self, kind, name):
        return user_id(name) if kind == "User" else self.ids.get((kind, name), "a0X7Q000099999QAA")


def api(kind):
    return f"sbaa__{kind}__c" if kind in PACKAGE else kind


def api_field(kind, field):
    return field if kind not in PACKAGE or field in ("Id", "Name") else f"sbaa__{field}__c"


def plain(kind, fields, link):
    """The fields with their API names; `link` says of (kind, field, wanted kind, wanted name) what stands for a lookup."""
    result = {}
    for field, value in fields.items():
        if isinstance(value, tuple):
            result.update(link(kind, field, *value))
        elif value is not None:
            result[api_field(kind, field)] = value
    return result


def by_kind(found):
    kinds = {}
    for kind, fields in found:
        kinds.setdefault(kind, []).append(fields)
    return kinds


def answer(found):
    return {"totalSize": len(found), "done": True, "records": found}


def with_ids(found):
    ids = Ids(found)
    def link(kind, field, other, name):
        return {api_field(kind, field): ids.of(other, name)}
    for number, (kind, fields) in enumerate(found):
        yield kind, {"Id": ids.of(kind, fields.get("Name", number)), **plain(kind, fields, link)}


def rest(found):
    """A file for each object, as a query of all its records answers it."""
    for kind, rows in by_kind(with_ids(found)).items():
        rows = [{"attributes": {"type": api(kind), "url": "/services/data"}, **row} for row in rows]
        yield f"{kind}.json", json.dumps(answer(rows))


def nested(found):
    """One query of rules with their conditions within, lookups as objects with a name; the rest as `sf data query` prints it."""
    def link(kind, field, other, name):
        if kind not in PACKAGE or other == "User":
            return {api_field(kind, field): Ids(found).of(other, name)}
        return {field + ".Name" if field == "GroupId" else f"sbaa__{field}__r": {"Name": name}}
    kinds = {}
    for kind, fields in found:
        names = {**fields}
        if kind in ("Approver", "GroupMember", "Group"):
            row = dict(next(row for (k, f), (_, row) in zip(found, with_ids(found)) if f is fields))
        else:
            row = {"Id": user_id(fields["Name"].lower())} if kind == "User" else {}
            row |= plain(kind, names, link)
        kinds.setdefault(kind, []).append({"attributes": {"type": api(kind)}, **row})
    rules = {row["Name"]: row for row in kinds["ApprovalRule"]}
    for child, relation in (("ApprovalCondition", "sbaa__ApprovalConditions__r"), ("TrackedField", "sbaa__TrackedFields__r")):
        for row in kinds.pop(child, []):
            rule = rules[row.pop("sbaa__ApprovalRule__r")["Name"]]
            rule.setdefault(relation, answer([]))["records"].append(row)
            rule[relation]["totalSize"] += 1
    yield "all.json", json.dumps([{"status": 0, "result": answer(rows)} for rows in kinds.values()])


def tree(found):
    """What `sf data export tree --plan` writes for the package's objects; the users and groups of a query beside it."""
    references = {}
    def link(kind, field, other, name):
        return {api_field(kind, field): Ids(found).of(other, name) if other not in PACKAGE else "@" + reference(other, name)}
    def reference(kind, name):
        return references.setdefault((kind, name), f"{kind}Ref{len(references) + 1}")
    inside = [each for each in found if each[0] in PACKAGE]
    plan = []
    for kind, rows in by_kind(inside).items():
        rows = [{"attributes": {"type": api(kind), "referenceId": reference(kind, row["Name"])}, **plain(kind, row, link)} for row in rows]
        yield f"{api(kind)}s.json", json.dumps({"records": rows})
        plan.append({"sobject": api(kind), "saveRefs": True, "resolveRefs": True, "files": [f"{api(kind)}s.json"]})
    yield "export-plan.json", json.dumps(plan)
    kinds = by_kind(each for each in with_ids(found) if each[0] not in PACKAGE)
    for kind, rows in kinds.items():
        yield f"{kind}.json", json.dumps(answer([{"attributes": {"type": kind}, **row} for row in rows]))


def written(rows):
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: str(value).lower() if isinstance(value, bool) else value for key, value in row.items()} for row in rows)
    return "\ufeff" + text.getvalue()


def tables(found):
    """CSV as a data loader writes it: a byte order mark, quotes everywhere, line ends of Windows."""
    for kind, rows in by_kind(with_ids(found)).items():
        yield f"{api(kind)}.csv", written(rows)


SHAPES = {"rest": rest, "nested": nested, "tree": tree, "csv": tables}
