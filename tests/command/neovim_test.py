"""`assent lsp` in Neovim, a client that is not ours, set up as tools/README.md says.

Usage: neovim_test.py ASSENT SOURCE
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ASSENT, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
POLICY = '''policy desk "Desk"
record Quote money in currency { currency: Currency  discount: Percent }
input quote: Quote
approver vp "VP sales" = role "vp"
fact deep   = quote.discount
fact idle = 1
rule steep "Steep" { when deep > 10%  requires vp }
otherwise approve
test "a" { given "q.json"  expect rule steep applies }
'''
EXPECTED = {
    'findings': [{'line': 6, 'code': 'L0401'}],
    'hover': '```assent\nfact deep: Percent\n```\n\n```assent\nfact deep   = quote.discount\n```\n\n`12%` in “a”\n',
    'definition': 4,
    'renamed': 'rule steep "Steep" { when discount > 10%  requires vp }',
    'formatted': 'fact discount = quote.discount',
    'broken': [{'line': 7, 'code': 'E0101'}],
}

if shutil.which('nvim') is None:
    print('skipped: Neovim is not installed')
    sys.exit(77)
configuration = re.search(r'```lua\n(.*?)```', (ROOT / 'tools' / 'README.md').read_text(), re.DOTALL)[1]
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    (folder / 'init.lua').write_text(configuration)
    (folder / 'desk.assent').write_text(POLICY)
    (folder / 'q.json').write_text('{"currency": "USD", "discount": 12}')
    (folder / 'd.json').write_text('{"people": []}')
    script = ROOT / 'tests' / 'command' / 'neovim_test.lua'
    environment = {**os.environ, 'HOME': str(folder), 'XDG_STATE_HOME': str(folder), 'XDG_CACHE_HOME': str(folder),
                   'XDG_DATA_HOME': str(folder), 'PATH': os.path.dirname(ASSENT) + ':' + os.environ['PATH']}
    ran = subprocess.run(['nvim', '--headless', '-n', '-u', folder / 'init.lua', '-c', f'luafile {script}', folder / 'desk.assent'],
                         capture_output=True, text=True, env=environment, cwd=folder, timeout=120)
line = re.search(r'^RESULT (.*)$', ran.stdout.replace('\r', ''), re.MULTILINE)
if line is None:
    sys.exit(f'Neovim says nothing\n{ran.stdout}\n{ran.stderr}')
results = json.loads(line[1])
failed = 0
for name, wanted in EXPECTED.items():
    if results.get(name) != wanted:
        failed += 1
        print(f'FAILED: {name}\n  found    {json.dumps(results.get(name), ensure_ascii=False)}'
              f'\n  expected {json.dumps(wanted, ensure_ascii=False)}')
if 'stuck' in results:
    print(f'waited in vain for {results["stuck"]}')
print(f'{len(EXPECTED)} checks, {failed} failed')
sys.exit(failed > 0)
