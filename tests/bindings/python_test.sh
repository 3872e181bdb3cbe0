#!/usr/bin/env bash
# The Python binding: its tests, its example service, and what its README says, against a library that was built.
# Usage: python_test.sh ASSENT LIBRARY SOURCE. With PYTHON in the environment, by that one.
set -eu
assent=$(realpath "$1")
export ASSENT_LIBRARY
ASSENT_LIBRARY=$(realpath "$2")
source=$(realpath "$3")
python=${PYTHON:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

examples=$source/examples
compile() { "$assent" compile "$1" -o "$folder/$2.assentc" >/dev/null; }
compile "$examples/discount-desk/policy.assent" desk
sed 's/when hardware_discount > 15%/when hardware_discount > 25%/' "$examples/discount-desk/policy.assent" \
  >"$folder/later.assent"
compile "$folder/later.assent" later
compile "$examples/software-rollout/policy.assent" rollout
compile "$examples/coloured-monitors/policy.assent" monitors
compile "$source/tests/bindings/python/exact.assent" exact
cp "$folder/desk.assentc" "$folder/policy.assentc"
cp "$examples/discount-desk/directory.json" "$examples/discount-desk/quotes/steep.json" "$folder"

export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$source/tools/bindings/python
tests=$source/tests/bindings/python
"$python" -W error "$tests/test_assent.py" "$ASSENT_LIBRARY" "$folder" "$source"
"$python" -W error "$tests/test_service.py" "$folder" "$source"
"$python" -W error "$tests/readme_test.py" "$source/tools/bindings/python/README.md" "$folder"
