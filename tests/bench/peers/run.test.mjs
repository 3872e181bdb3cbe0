// The runner, without any package: node --test. Assent and the floor too, where assent_peer is built.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { approversOf, quotes, rulesOf } from './workload.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const peer = process.env.ASSENT_PEER ?? join(here, '../../../build-bench/tests/bench/assent_peer');
const runner = (folder, ...args) =>
  spawnSync(process.execPath, [join(folder, 'run.mjs'), ...args], { encoding: 'utf8' });

// The runner with engines that are made for a test.
const copy = mkdtempSync(join(tmpdir(), 'assent-peers-test-'));
after(() => rmSync(copy, { recursive: true }));
for (const file of ['run.mjs', 'measure.mjs', 'outside.mjs', 'workload.mjs', 'engines/javascript.mjs']) {
  cpSync(join(here, file), join(copy, file));
}
const engine = (name, text) =>
  writeFileSync(join(copy, 'engines', `${name}.mjs`), `export const title = '${name}', version = () => '1';\n${text}`);

test('the workload is the same in every run', () => {
  const hash = createHash('sha256').update(JSON.stringify([quotes, rulesOf(10), rulesOf(1000)])).digest('hex');
  assert.equal(hash, '0c87ffd3f6ee9044a007195e86b011e5d63b9a17f598228b3b9a3967410e0382');
  const rules = rulesOf(1000);
  assert.equal(quotes.reduce((sum, quote) => sum + approversOf(rules, quote).length, 0), 4588);
});

test('a wrong answer is found, and ends in 1', () => {
  engine('forgets', `import { approversOf } from '../workload.mjs';
    export const load = rules => quote => approversOf(rules, quote).slice(1);`);
  const { status, stdout } = runner(copy, '--only', 'javascript,forgets', '100');
  assert.match(stdout, /^\| JavaScript, a loop \| v\S+ \| [\d.]+ \|  \|  \|$/m);
  assert.match(stdout, /^\| forgets \| 1 \| wrong \|  \| 100 rules: Q\d+ is answered with "A\d+", not "A\d+ A\d+"/m);
  assert.equal(status, 1);
});

test('an engine that fails is no answer', () => {
  engine('fails', `export const load = () => { throw new Error('no rules today'); };`);
  const { status, stdout } = runner(copy, '--only', 'fails', '10');
  assert.match(stdout, /^\| fails \|  \| failed \|  \| 10 rules: no rules today \|$/m);
  assert.equal(status, 1);
});

test('an engine that is not installed is skipped', () => {
  engine('absent', `import 'no-such-package'; export const load = () => {};`);
  const { status, stdout } = runner(copy, '--only', 'absent', '10');
  assert.match(stdout, /^absent is skipped: the package no-such-package is not installed$/m);
  assert.equal(status, 0);
});

test('usage', () => {
  assert.equal(runner(here, '--help').status, 0);
  for (const wrong of ['--only=nobody', '--fast', 'ten', '0']) assert.equal(runner(here, wrong).status, 2);
});

test('Assent, the floor and a loop agree', { skip: !existsSync(peer) && 'assent_peer is not built' }, () => {
  const { status, stdout } = runner(here, '--json', '--only', 'assent,by_hand,javascript', '10', '100');
  const cells = JSON.parse(stdout);
  assert.deepEqual(cells.map(cell => cell.quotes), Array(6).fill(1000));
  assert.ok(cells.every(cell => cell.us > 0 && !cell.wrong));
  assert.equal(status, 0);
});
