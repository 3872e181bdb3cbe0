// The snippets: what they write is Assent. Compiled where ASSENT names the command.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const snippets = JSON.parse(readFileSync(new URL('../snippets.json', import.meta.url)));
const around = `policy p
record Line { quantity: Integer  discount: Percent }
record Quote money in currency { currency: Currency  discount: Percent  total: Money  lines: list of Line }
input quote: Quote
approver desk = role "desk"
approver vp = role "vp"
otherwise approve
rule always_asked { always  requires desk then vp }
`;
const written = body => body.join('\n').replace(/\$\{\d+:([^}]*)\}/g, '$1');

for (const [name, snippet] of Object.entries(snippets)) {
  test(`the snippet "${name}"`, context => {
    const text = written(snippet.body);
    assert.doesNotMatch(text, /\$/);
    if (!process.env.ASSENT) return context.skip('ASSENT names no command');
    const folder = mkdtempSync(join(tmpdir(), 'assent-snippet-'));
    try {
      const file = join(folder, 'policy.assent');
      writeFileSync(file, around + text + '\n');
      execFileSync(process.env.ASSENT, ['check', file], { stdio: 'pipe' });
      assert.equal(execFileSync(process.env.ASSENT, ['fmt', '-'], { input: text + '\n' }).toString().trim(), text, 'in style');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
