// One engine with N rules: its answers are checked, then it is timed. Prints one line of JSON.
//
//   node measure.mjs ENGINE N
//
// An engine is a file of engines/ that exports `title`, `version()`, and either
//   load(rules)             gives decide(quote), which gives approvers, or a promise of them; or
//   measure(rules, quotes)  for another program, that times itself: { us, load_ms, passes, answers }.
// Files that it writes go into the current folder.
import { Skipped } from './outside.mjs';
import { approversOf, quotes, rulesOf } from './workload.mjs';

const longestPass = 3, warmUp = 1, atLeast = 1; // seconds
const fewestPasses = 5;

// The processor's, of all threads of this process.
function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function measureHere(engine, rules) {
  const beforeLoad = performance.now();
  const decide = await engine.load(rules);
  const load_ms = performance.now() - beforeLoad;

  const answers = []; // of as many quotes as a pass has time for
  let waits = false;
  for (const begun = seconds(); answers.length < quotes.length && seconds() - begun < longestPass;) {
    const answer = decide(quotes[answers.length]);
    waits = answer instanceof Promise;
    answers.push([...(await answer)]);
  }
  const timed = quotes.slice(0, answers.length);
  let named = 0; // nobody asks for it; but so every answer is used
  const pass = waits
    ? async () => { for (const quote of timed) named += (await decide(quote)).length; }
    : () => { for (const quote of timed) named += decide(quote).length; };

  for (const begun = seconds(); seconds() - begun < warmUp;) await pass();
  const passes = [];
  for (const begun = seconds(); seconds() - begun < atLeast || passes.length < fewestPasses;) {
    const start = seconds();
    await pass();
    passes.push(seconds() - start);
  }
  const median = passes.sort((a, b) => a - b)[passes.length >> 1];
  return { us: (median * 1e6) / timed.length, load_ms, passes: passes.length, answers };
}

// The first quote that is answered wrongly, in words.
function wrongAnswer(answers, rules) {
  for (const [i, answer] of answers.entries()) {
    const [told, expected] = [answer, approversOf(rules, quotes[i])].map(names => names.sort().join(' '));
    if (told !== expected) return `${quotes[i].quote.id} is answered with "${told}", not "${expected}"`;
  }
}

async function measure(name, count) {
  try {
    const engine = await import(`./engines/${name}.mjs`);
    const rules = rulesOf(count);
    const version = engine.version();
    const { answers, ...figures } = await (engine.measure?.(rules, quotes) ?? measureHere(engine, rules));
    const lost = engine.measure && answers.length !== quotes.length;
    const wrong = lost ? `there are ${answers.length} answers` : wrongAnswer(answers, rules);
    return { title: engine.title, version, ...figures, quotes: answers.length, wrong };
  } catch (error) {
    const words = error.message ?? String(error);
    const missing = /^Cannot find package '([^']+)'/.exec(words);
    if (missing) return { skipped: `the package ${missing[1]} is not installed` };
    return { [error instanceof Skipped ? 'skipped' : 'failed']: words };
  }
}

const [name, count] = process.argv.slice(2);
const figures = JSON.stringify(await measure(name, Number(count)));
process.stdout.write(figures + '\n', () => process.exit()); // an engine may have left threads behind
