#!/usr/bin/env bash
# The package for Node, against the library: node_test.mjs. Ends with 77, skipped, without node or npm or where npm
# finds no packages. Usage: node_test.sh ASSENT LIBRARY SOURCE
set -euo pipefail
assent=$(realpath "$1")
export ASSENT_LIBRARY=$(realpath "$2")
export SOURCE=$(realpath "$3")
skip() { echo "skipped: $1"; exit 77; }
for name in node npm; do command -v "$name" >/dev/null || skip "$name is not installed"; done
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || skip 'node is older than 18'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
package=$folder/assent
mkdir "$package" "$package/test"
(cd "$SOURCE/tools/bindings/node" && tar -c --exclude=node_modules .) | tar -x -C "$package"
cp "$SOURCE"/tests/bindings/node_* "$package/test"
cd "$package"
export npm_config_cache=${npm_config_cache:-$folder/cache}
npm ci --no-audit --no-fund --ignore-scripts >"$folder/log" 2>&1 ||
  { tail -3 "$folder/log"; skip 'npm found no packages'; }
! grep -q '"resolved"' package-lock.json || { echo 'package-lock.json says where its packages come from'; exit 1; }

export DESK=$folder/desk
cp -r "$SOURCE/examples/discount-desk" "$DESK"
sed 's/when hardware_discount > 15%/when hardware_discount > 10%/' "$DESK/policy.assent" >"$DESK/stricter.assent"
for policy in policy stricter; do
  "$assent" compile "$DESK/$policy.assent" -o "$DESK/$policy.assentc" >/dev/null
done
node --expose-gc --test test/node_test.mjs
npm run --silent check
