// Engines side by side on one workload: each in a process of its own, one after the other, on one processor.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Skipped, run } from './outside.mjs';
import { quotes } from './workload.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const engines = readdirSync(join(here, 'engines')).map(file => file.replace(/\.mjs$/, '')).sort();
const peer = resolve(process.env.ASSENT_PEER ?? join(here, '../../../build-bench/tests/bench/assent_peer'));

const help = `usage: node run.mjs [--only NAME,…] [--json] [N …]

Decides 1000 quotes with N rules (10 100 1000 10000), by each engine that is installed:
${engines.join(', ')}.
Prints a table in Markdown, or all figures as JSON. Assent is the program assent_peer of the folder build-bench,
or the one that the variable ASSENT_PEER names.

Exit code: 0 fine, 1 an engine failed or answered wrongly, 2 usage.
`;

function wanted() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' }, only: { type: 'string' }, json: { type: 'boolean' } },
  });
  const names = values.only?.split(',') ?? engines;
  const unknown = names.find(name => !engines.includes(name));
  if (unknown !== undefined) throw new Error(`no engine is called ${unknown}`);
  const sizes = positionals.length > 0 ? positionals : ['10', '100', '1000', '10000'];
  const wrong = sizes.find(size => !/^[1-9]\d{0,5}$/.test(size));
  if (wrong !== undefined) throw new Error(`${wrong} is no number of rules`);
  return { ...values, names, sizes: sizes.map(Number) };
}

// The words before a command that keep it on the last processor that we may use.
function pinned() {
  try {
    const core = /\d+\s*$/.exec(run(['taskset', '-cp', String(process.pid)]))[0].trim();
    return ['taskset', '-c', core];
  } catch {
    return [];
  }
}

function measured(engine, rules, folder, pin) {
  const command = [...pin, process.execPath, join(here, 'measure.mjs'), engine, String(rules)];
  try {
    const figures = run(command, { cwd: folder, seconds: 300, env: { ...process.env, ASSENT_PEER: peer } });
    return { engine, rules, ...JSON.parse(figures) };
  } catch (error) {
    return { engine, rules, [error instanceof Skipped ? 'skipped' : 'failed']: error.message };
  }
}

const short = number => String(Number(number.toPrecision(3)));
const status = cell => (cell.failed ? 'failed' : cell.wrong ? 'wrong' : cell.skipped ? '–' : short(cell.us));

function remark(cell) {
  const some = cell.quotes < quotes.length && `${cell.quotes} of ${quotes.length} quotes`;
  const words = cell.failed ?? cell.wrong ?? cell.skipped ?? some;
  return words && `${cell.rules} rules: ${words.replace(/\s+/g, ' ').slice(0, 300)}`;
}

function table({ names, sizes }, cells) {
  const at = (engine, rules) => cells.find(cell => cell.engine === engine && cell.rules === rules);
  const factor = cell => {
    const ours = at('assent', cell.rules)?.us;
    return cell.us && !cell.wrong && ours ? short(cell.us / ours) : '';
  };
  const lines = [
    ['engine', 'version', ...sizes.map(size => `${size} rules, µs`), ...sizes.map(size => `× Assent, ${size}`), 'also'],
    ['---', '---', ...[...sizes, ...sizes].map(() => '---:'), '---'],
  ];
  const skipped = [];
  for (const name of names) {
    const row = sizes.map(size => at(name, size));
    const known = row.find(cell => cell.title);
    if (!known && row.every(cell => cell.skipped)) skipped.push(`${name} is skipped: ${row[0].skipped}`);
    else lines.push([known?.title ?? name, known?.version ?? '', ...row.map(status), ...row.map(factor),
      row.map(remark).filter(Boolean).join('; ').replaceAll('|', '\\|')]);
  }
  return [...lines.map(line => `| ${line.join(' | ')} |`), '', ...skipped].join('\n').trimEnd();
}

function main() {
  let options;
  try {
    options = wanted();
  } catch (error) {
    process.stderr.write(`${error.message}\n${help}`);
    return 2;
  }
  if (options.help) return process.stdout.write(help), 0;

  const folder = mkdtempSync(join(tmpdir(), 'assent-peers-'));
  const pin = pinned();
  const cells = [];
  try {
    for (const size of options.sizes) {
      for (const name of options.names) {
        cells.push(measured(name, size, folder, pin));
        process.stderr.write(`${size} rules, ${name}: ${status(cells.at(-1))}\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(options.json ? JSON.stringify(cells, null, 2) : table(options, cells));
  return cells.some(cell => cell.failed || cell.wrong) ? 1 : 0;
}

process.exitCode = main();
