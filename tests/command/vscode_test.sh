#!/usr/bin/env bash
# The extension for VS Code: its grammar and its snippets, and what is packaged. Ends with 77, skipped, without npm or
# where npm finds no packages. Usage: vscode_test.sh ASSENT SOURCE
set -euo pipefail
export ASSENT=$(realpath "$1")
source=$2
skip() { echo "skipped: $1"; exit 77; }
command -v npm >/dev/null || skip 'npm is not installed'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/tools" "$folder/grammar"
cp "$source/grammar/Assent.g4" "$folder/grammar"
cp -r "$source/tools/vscode" "$folder/tools"
cd "$folder/tools/vscode"
rm -rf node_modules out
export npm_config_cache=${npm_config_cache:-$folder/cache}
npm ci --no-audit --no-fund --ignore-scripts >"$folder/log" 2>&1 || { tail -3 "$folder/log"; skip 'npm found no packages'; }
npm test
npm run package >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
python3 - <<'PYTHON'
import zipfile
found = {name for name in zipfile.ZipFile('out/assent.vsix').namelist() if name.startswith('extension/')}
wanted = {'extension/' + name for name in ('out/extension.js', 'syntaxes/assent.tmLanguage.json', 'snippets.json',
                                           'language-configuration.json', 'package.json', 'README.md')}
assert found == wanted, f'packaged: {sorted(found)}'
print('packaged as it should be')
PYTHON
