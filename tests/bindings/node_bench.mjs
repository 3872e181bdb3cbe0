// What a decision costs through the package for Node, as one line of JSON. Below the package, or
// where it stands, after `npm ci` in tools/bindings/node.
// Usage: node node_bench.mjs LIBRARY ARTIFACT QUOTE DIRECTORY TODAY [CALLS]
import { readFileSync } from 'node:fs';

const [library, artifact, quoteFile, directoryFile, today, calls = '20000'] = process.argv.slice(2);
process.env.ASSENT_LIBRARY = library;
const { Directory, Evaluator, Policy, World } =
  await import('assent').catch(() => import('../../tools/bindings/node/src/index.js'));

const evaluator = new Evaluator(Policy.load(artifact));
const world = new World({ today, directory: Directory.fromJson(readFileSync(directoryFile)) });
const bytes = readFileSync(quoteFile);
const value = JSON.parse(bytes);
const rounds = 5;
const each = Math.max(1, Math.floor(Number(calls) / rounds));

// Nanoseconds of one call: the median of the rounds.
function cost(call) {
  for (let at = 0; at < each; ++at) call();
  const found = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    for (let at = 0; at < each; ++at) call();
    return Number(process.hrtime.bigint() - start) / each;
  });
  return Math.round(found.sort((left, right) => left - right)[rounds >> 1]);
}

// With --expose-gc what nobody knows any more does not count; V8's own heap grows to its usual size at first.
function resident() {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 1024);
}
for (let at = 0; at < 20_000; ++at) evaluator.decide(value, world);
const start = resident();
const result = {
  calls: each * rounds,
  decide_json_ns: cost(() => evaluator.decideJson(bytes, world)),
  decide_ns: cost(() => evaluator.decide(bytes, world)),
  decide_object_ns: cost(() => evaluator.decide(value, world)),
  rss_start_kib: start,
  rss_end_kib: resident(),
};
console.log(JSON.stringify(result));
