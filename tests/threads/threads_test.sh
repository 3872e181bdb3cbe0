#!/usr/bin/env bash
# The examples decided by many threads at once: threads_test.sh ASSENT THREAD_TESTS
set -euo pipefail
cd "$(dirname "$0")/../.."
assent=$1
program=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for example in construction-contract discount-desk hospital-fit-out multi-currency salesforce-quote; do
  "$assent" compile "examples/$example/policy.assent" -o "$folder/policy.assentc" >"$folder/log" || { cat "$folder/log"; exit 1; }
  printf '%s: ' "$example"
  "$program" "$folder/policy.assentc" "examples/$example/directory.json" "examples/$example"/quotes/*.json
done
