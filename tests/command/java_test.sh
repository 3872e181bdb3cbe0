#!/usr/bin/env bash
# The client for Java, compiled and run: java_test.sh ASSENT SOURCES. Skipped (77) where there is no JDK.
command -v javac >/dev/null && command -v java >/dev/null || { echo 'no JDK'; exit 77; }
sources=$(realpath "$2") || exit 2
. "$(dirname "$0")/checks.sh"
desk=$sources/examples/discount-desk
ran='javac'
javac -Xlint:all -Werror --release 17 -d classes "$sources"/tools/bindings/java/*.java >out 2>err || complain 'does not compile'
ran='java Example'
java -cp classes Example "$assent" "$desk/policy.assent" "$desk/directory.json" "$desk/quotes/steep.json" >out 2>err ||
  complain 'ends with an error'
cp out answers
is_empty err
"$assent" decide "$desk/policy.assent" "$desk/quotes/steep.json" --directory "$desk/directory.json" --today 2026-03-02 \
  --format json >decision.json
checked=$((checked + 1))
"$python" - answers decision.json >out 2>&1 <<'PYTHON' || complain 'not the answers that were expected'
import json
import sys
with open(sys.argv[1], encoding="utf-8") as answers:
    decision, difference, error = (json.loads(line) for line in answers)
with open(sys.argv[2], encoding="utf-8") as wanted:
    assert decision == json.load(wanted), decision
assert difference["before"] == "needs_approval", difference
assert any("steep_discount" in step for step in difference["steps_removed"]), difference
assert error["code"] == 1 and error["data"]["problems"][0]["code"] == "bad-quote", error
PYTHON
report
