#!/usr/bin/env bash
# Quotes exactly as another product writes them, in both of its shapes: they are no part of this
# project, so where they are not at hand this test says that it skipped.
#
#   tests/command/outside_test.sh build/tools/assent FOLDER
set -u
assent=$1
folder=$2
if [ ! -f "$folder/salesforce-quote-model.json" ]; then
  echo "skipped: there is no $folder"
  exit 0
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cat >"$work/outside.assent" <<'EOF'
policy outside
use std.salesforce
approver boss = person "boss"
rule whole { when line_count = 1 and quote.net_total = 100 USD and lines_total = quote.net_total  requires boss }
rule rows  { for each line in quote.lines  when line.quantity = 1 and line.net_total = 100 USD  requires boss }
otherwise denies "the quote was not read as it is"
EOF
echo '{"people": [{"id": "boss"}]}' >"$work/people.json"
for shape in model rest; do
  "$assent" decide "$work/outside.assent" "$folder/salesforce-quote-$shape.json" --directory "$work/people.json" \
    --today 2026-03-02 --format json >"$work/$shape.json" || { echo "$shape: exit code $?"; cat "$work/$shape.json"; exit 1; }
  [ "$(grep -c '"status": "pending"' "$work/$shape.json")" -eq 2 ] || { echo "$shape: not both rules apply"; cat "$work/$shape.json"; exit 1; }
done
cmp "$work/model.json" "$work/rest.json" || { echo 'the two shapes of one quote are decided differently'; exit 1; }
echo 'both shapes are read, and decided alike'
