// The package for Node: exactness, problems, cases, orders, sessions, threads, memory, its types, README and service.
// Usage: node --expose-gc --test node_test.mjs, below the package, with ASSENT_LIBRARY, and in DESK a folder that has
// the discount desk and its policy.assentc, in SOURCE the project.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import * as assent from 'assent';
import { AssentError, Case, Deputies, Directory, Evaluator, Policy, Rates, Session, World } from 'assent';

const desk = process.env.DESK, source = process.env.SOURCE;
const artifact = readFileSync(join(desk, 'policy.assentc'));
const people = readFileSync(join(desk, 'directory.json'));
const steep = readFileSync(join(desk, 'quotes/steep.json'), 'utf8');
const small = readFileSync(join(desk, 'quotes/q-00024.json'), 'utf8');

const policy = Policy.load(artifact);
const directory = Directory.fromJson(people);
const world = new World({ today: '2026-03-02', directory, now: new Date('2026-03-02T09:00:00Z') });
const evaluator = new Evaluator(policy);
const withDiscount = discount => small.replace('"discount": 5,', `"discount": ${discount},`);

function thrown(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof AssentError, `${error.stack}`);
    return error;
  }
  assert.fail('nothing was thrown');
}

describe('decisions', () => {
  test('are those of the command', () => {
    const expected = JSON.parse(readFileSync(join(desk, 'expected/steep.json'), 'utf8'));
    for (const quote of [steep, Buffer.from(steep), JSON.parse(steep), shared(steep)]) {
      assert.deepEqual(evaluator.decide(quote, world), expected);
    }
    const { why, ...decision } = evaluator.explain();
    assert.deepEqual(decision, expected);
    assert.equal(why[0].conditions[0].values.hardware_discount, '22%');
    assert.equal(evaluator.decideJson(steep, world), evaluator.decideJson(Buffer.from(steep), world));
  });

  test('know their facts, and their policy', () => {
    evaluator.decide(steep, world);
    assert.equal(evaluator.fact('hardware_discount'), '22%');
    assert.equal(evaluator.fact('nothing'), undefined);
    assert.equal(policy.name, 'deal_desk');
    assert.equal(policy.title, 'Acme deal desk');
    assert.match(policy.hash, /^[0-9a-f]{64}$/);
    assert.ok(policy.schema().properties.lines);
  });

  test('depend on the world', () => {
    const nobody = new World({ today: '2026-03-02' });
    assert.equal(evaluator.decide(steep, nobody).outcome, 'blocked');
    const away = JSON.parse(people);
    away.people[1].absent = [{ from: '2026-03-01', to: '2026-03-03' }];
    const later = world.with({ directory: Directory.fromJson(away) });
    assert.equal(evaluator.decide(steep, later).path[0].seats[0].absent, true);
    assert.equal(evaluator.decide(steep, later.with({ today: '2026-03-04' })).path[0].seats[0].absent, undefined);
  });

  test('keep every letter', () => {
    const named = JSON.parse(people);
    named.people[1].name = 'é → 名前 😀 "\\';
    const found = evaluator.decide(steep, world.with({ directory: Directory.fromJson(named) }));
    assert.equal(found.path[0].seats[0].name, named.people[1].name);
  });

  function shared(text) {
    const bytes = Buffer.from(text);
    const memory = new Uint8Array(new SharedArrayBuffer(bytes.length));
    memory.set(bytes);
    return memory;
  }
});

describe('exactness', () => {
  const refused = (change, message) => {
    const quote = JSON.parse(small);
    change(quote);
    assert.throws(() => evaluator.decide(quote, world), { name: 'TypeError', message });
  };

  test('34 digits go through a text', () => {
    evaluator.decide(withDiscount('12.34567890123456789012345678901234'), world);
    assert.equal(evaluator.fact('hardware_discount'), '12.34567890123456789012345678901234%');
  });

  test('what a double says of a decimal is not guessed', () => {
    refused(quote => quote.lines[1].discount = 0.1 + 0.2, /^lines\[1\]\.discount is 0\.30000000000000004: a binary/);
    refused(quote => quote.net_total = 9007199254740993, /^net_total is 9007199254740992: a binary/);
    refused(quote => quote.net_total = -1.2345678901234567e300, /^net_total is -1\.2345678901234567e\+300: a binary/);
    refused(quote => quote.net_total = 1.2345678901234566e-7, /^net_total is 1\.2345678901234566e-7: a binary/);
    assert.throws(() => evaluator.decide([0.1 + 0.2], world), /^TypeError: \[0\] is/);
  });

  test('15 digits are exact', () => {
    for (const discount of [12.3456789012345, 0.000123456789012345, 1e-7]) {
      const quote = JSON.parse(small);
      quote.lines[0].discount = discount;
      assert.deepEqual(evaluator.decide(quote, world), evaluator.decide(JSON.stringify(quote), world));
    }
    for (const total of [1e21, 1e20, 123456789012345, 100000000000000000000000, -0]) {
      const quote = JSON.parse(small);
      quote.net_total = total;
      assert.deepEqual(evaluator.decide(quote, world), evaluator.decide(JSON.stringify(quote), world));
    }
  });

  test('a BigInt has all its digits', () => {
    const quote = JSON.parse(small);
    quote.net_total = 12345678901234567890n;
    const text = small.replace('"net_total": 74640.0', '"net_total": 12345678901234567890');
    assert.notEqual(text, small);
    assert.deepEqual(evaluator.decide(quote, world), evaluator.decide(text, world));
  });

  test('what JSON leaves out or makes null is refused', () => {
    refused(quote => quote.lines[2].cost = NaN, /^lines\[2\]\.cost is NaN: JSON has no such number$/);
    refused(quote => quote.net_total = -Infinity, /^net_total is -Infinity: JSON has no such number$/);
    refused(quote => quote.account.id = undefined, /^account\.id is `undefined`$/);
    refused(quote => quote.lines[4] = () => 1, /^lines\[4\] is a function$/);
    refused(quote => quote.lines.length = 5, /^lines\[4\] is `undefined`$/);
    refused(quote => quote.itself = quote, /too deep, or contains itself$/);
    assert.throws(() => evaluator.decide(undefined, world), /^TypeError: it is `undefined`$/);
  });

  test('a text must be Unicode', () => {
    assert.throws(() => evaluator.decide(small.replace('m.ortiz', '\ud800'), world), /half of a surrogate pair/);
    assert.equal(thrown(() => evaluator.decide(Buffer.from([0x22, 0xff, 0x22]), world)).code, 'bad-quote');
  });

  test('amounts of answers are texts', () => {
    const [line] = evaluator.orders(steep, world).orders[0].items;
    assert.equal(line.amount, '411840.00');
  });
});

describe('problems', () => {
  test('of a quote, all at once, with their places', () => {
    const quote = JSON.parse(small);
    quote.lines[0].discount = 'much';
    delete quote.lines[3].net_total;
    const error = thrown(() => evaluator.decide(quote, world));
    assert.equal(error.code, 'bad-quote');
    assert.deepEqual(error.problems.map(problem => problem.where).sort(), ['/lines/0/discount', '/lines/3/net_total']);
    assert.ok(error.problems.every(problem => problem.code === 'bad-quote' && problem.message !== ''));
    assert.match(error.message, /^bad-quote at \/lines\/.*\(and 1 more\)$/);
    assert.equal(error.name, 'AssentError');
    for (const empty of ['', Buffer.alloc(0)]) {
      assert.equal(thrown(() => evaluator.decide(empty, world)).code, 'bad-quote');
    }
    assert.equal(evaluator.decide(small, world).outcome, 'auto_approved');
  });

  test('of artifacts', () => {
    const damaged = Buffer.from(artifact);
    damaged[damaged.length >> 1] ^= 1;
    for (const bytes of [damaged, artifact.subarray(0, 100), Buffer.from('policy'), Buffer.alloc(0)]) {
      assert.equal(thrown(() => Policy.load(bytes)).code, 'bad-artifact');
    }
    assert.throws(() => Policy.load(join(desk, 'none.assentc')), { code: 'ENOENT' });
    assert.throws(() => Policy.load(5), TypeError);
  });

  test('of people, rates and deputies', () => {
    const doubled = { people: [{ id: 'ana' }, { id: 'ana' }] };
    assert.equal(thrown(() => Directory.fromJson(doubled)).problems[0].code, 'bad-directory');
    assert.equal(thrown(() => Rates.fromJson('{"base":"USD","rates":{"EUR":-1}}')).problems[0].where, '/rates/EUR');
    assert.ok(thrown(() => Deputies.fromJson('{"delegations":5}')).problems.length > 0);
    Rates.fromJson({ base: 'USD', rates: { EUR: '1.0823' } }).close();
  });

  test('of worlds', () => {
    const wrong = (fields, message) => assert.throws(() => new World(fields), message);
    wrong({ today: '2026-02-30' }, AssentError);
    wrong({ today: new Date() }, /`today` is a day/);
    wrong({}, /`today` is a day/);
    wrong({ today: '2026-03-02', state: 'gone' }, /`gone` is not a state/);
    wrong({ today: '2026-03-02', now: '2026-03-02T09:00:00' }, /`now` is an instant/);
    wrong({ today: '2026-03-02', now: new Date(NaN) }, /`now` is an instant/);
    wrong({ today: '2026-03-02', utcOffset: 1.5 }, /whole number of minutes/);
    wrong({ today: '2026-03-02', people: directory }, /a world has no `people`/);
    wrong({ today: '2026-03-02', directory: policy }, /not a handle of class `Directory`/);
    assert.throws(() => evaluator.decide(small, { today: '2026-03-02' }), /not a `World`/);
  });

  test('limits', () => {
    const bounded = limits => new Evaluator(policy, limits);
    assert.equal(thrown(() => bounded({ quoteBytes: 100 }).decide(small, world)).code, 'limit-exceeded');
    assert.equal(thrown(() => bounded({ rows: 3 }).decide(small, world)).code, 'limit-exceeded');
    assert.equal(thrown(() => bounded({ memory: 100 }).decide(small, world)).code, 'limit-exceeded');
    assert.equal(bounded({ rows: 4 }).decide(small, world).outcome, 'auto_approved');
    const tired = bounded({ work: 5 }).decide(small, world);
    assert.equal(tired.outcome, 'blocked');
    assert.ok(tired.troubles.length > 0);
    assert.throws(() => bounded({ bytes: 1 }), /there is no limit `bytes`/);
    assert.throws(() => bounded({ rows: 0 }), /`rows` is a whole number above 0/);
    assert.equal(thrown(() => Session.open(policy, small, world, { rows: 3 })).code, 'limit-exceeded');
  });

  test('nothing is explained that was not decided', () => {
    assert.equal(thrown(() => new Evaluator(policy).explain()).code, 'bad-request');
    evaluator.orders(steep, world);
    assert.equal(thrown(() => evaluator.explain()).code, 'bad-request');
  });
});

describe('handles', () => {
  test('that are closed say so', () => {
    const policy = Policy.load(artifact), people = Directory.fromJson('{"people":[]}');
    const evaluator = new Evaluator(policy), session = Session.open(policy, small, world), kase = new Case('Q-1');
    const old = new World({ today: '2026-03-02', directory: people });
    const uses = [
      [policy, () => policy.schema()], [policy, () => new Evaluator(policy)],
      [people, () => new World({ today: '2026-03-02', directory: people })],
      [people, () => evaluator.decide(small, old)],
      [evaluator, () => evaluator.decide(small, world)], [evaluator, () => evaluator.explain()],
      [evaluator, () => kase.advance(evaluator, {}, world)],
      [session, () => session.set('net_total', 5)], [session, () => session.decision()],
      [kase, () => kase.version], [kase, () => kase.nextDue], [kase, () => kase.json()],
    ];
    for (const [handle, use] of uses) {
      handle.close();
      handle.close();
      assert.throws(use, { name: 'Error', message: `the \`${handle.constructor.name}\` is closed` });
    }
    assert.equal(policy.name, 'deal_desk');
  });

  test('outlive what they were made of', () => {
    const policy = Policy.load(artifact);
    const evaluator = new Evaluator(policy);
    policy.close();
    assert.equal(evaluator.decide(small, world).outcome, 'auto_approved');
  });

  test('are not taken for each other', () => {
    assert.throws(() => new Evaluator(evaluator), /not a handle of class `Policy`/);
    assert.throws(() => evaluator.orders(small, world, policy), /not a handle of class `Case`/);
    assert.throws(() => new Case('Q-1').advance(policy, {}, world), /not a handle of class `Evaluator`/);
    assert.throws(() => Evaluator.prototype.decide.call({}, small, world), TypeError);
    assert.throws(() => new Case(5), /an id, a name, a path or a day is a text/);
    assert.equal(thrown(() => new Case('')).code, 'bad-request');
  });

  test('are closed by `using`', { skip: !Symbol.dispose }, () => {
    const kase = new Case('Q-1');
    kase[Symbol.dispose]();
    assert.throws(() => kase.version, /is closed/);
  });
});

// A case that is approved, its commands, and all of its events.
function approved(quote) {
  const kase = new Case('Q-00024');
  const events = [];
  let count = 0;
  const run = (actor, kind, what, at = world) => {
    const done = kase.advance(evaluator, { id: `c-${++count}`, actor, kind, what }, at);
    events.push(...done.events);
    return done;
  };
  run('m.ortiz', 'submit', { quote });
  for (const actor of ['k.lind', 'd.chen', 'f.ngo', 't.berg']) {
    const { refusal } = run(actor, 'vote', { vote: 'approve' });
    assert.equal(refusal, undefined);
  }
  assert.equal(kase.fields().state, 'approved');
  return { kase, events, run };
}

describe('cases', () => {
  test('from submission to approval, and again from their events', () => {
    const { kase, events } = approved(withDiscount(20));
    assert.equal(kase.version, events.length);
    assert.deepEqual(events.map(event => JSON.parse(event).version), events.map((_, at) => at + 1));
    const again = Case.replay('Q-00024', events);
    assert.equal(again.json(), kase.json());
    assert.equal(again.version, kase.version);
    assert.equal(Case.replay('Q-00024', events.map(event => Buffer.from(event))).json(), kase.json());
  });

  test('are the same for a quote as a text, as bytes, as a value', () => {
    const text = JSON.stringify(JSON.parse(withDiscount(20)));
    const all = [text, Buffer.from(text), JSON.parse(text)].map(quote => approved(quote).kase.json());
    assert.equal(new Set(all).size, 1);
    const last = { what: { quote: JSON.parse(text) }, kind: 'submit', actor: 'm.ortiz', id: 'c-1' };
    assert.equal(new Case('Q-1').advance(evaluator, last, world).refusal, undefined);
  });

  test('keep the digits of a quote within a command', () => {
    const digits = '12.34567890123456789012345678901234';
    const hash = quote => {
      const kase = new Case('Q-1');
      kase.advance(evaluator, { id: 'c-1', actor: 'm.ortiz', kind: 'submit', what: { quote } }, world);
      return kase.fields().quote_hash;
    };
    assert.equal(hash(withDiscount(digits)), hash(withDiscount(digits)));
    assert.notEqual(hash(withDiscount(digits)), hash(withDiscount(digits.slice(0, -1))));
    const command = { id: 'c-1', actor: 'm.ortiz', kind: 'submit', what: { quote: JSON.parse(small) } };
    command.what.quote.lines[0].discount = 0.1 + 0.2;
    assert.throws(() => new Case('Q-1').advance(evaluator, command, world), /^TypeError: what\.quote\.lines\[0\]/);
  });

  test('do not let a quote reach beyond its place', () => {
    const quote = `${small}, "editors": ["k.lind"]`;
    const command = { id: 'c-1', actor: 'm.ortiz', kind: 'submit', what: { quote } };
    const error = thrown(() => new Case('Q-1').advance(evaluator, command, world));
    assert.equal(error.problems[0].where, '/what/quote');
  });

  test('have their exact events, whatever texts they hold', () => {
    const kase = new Case('Q-1');
    const submit = { id: 'c,[{"', actor: 'm.ortiz', kind: 'submit', what: { quote: withDiscount(20) } };
    const events = kase.advance(evaluator, submit, world).events;
    const text = '"]}, \\ é 😀 \u2028 \u0001 {[';
    const comment = { id: 'c-2', actor: 'm.ortiz', kind: 'comment', what: { text } };
    events.push(...kase.advance(evaluator, comment, world).events);
    assert.equal(JSON.parse(events.at(-1)).what.text, text);
    assert.equal(Case.replay('Q-1', events).json(), kase.json());
  });

  test('refuse, and repeat', () => {
    const kase = new Case('Q-1');
    const submit = { id: 'c-1', actor: 'm.ortiz', kind: 'submit', what: { quote: withDiscount(20) } };
    const first = kase.advance(evaluator, submit, world);
    assert.equal(first.refusal, undefined);
    assert.equal(first.effects[0].to, 'k.lind');
    const repeated = kase.advance(evaluator, submit, world);
    assert.deepEqual(repeated, { version: first.version, repeats: first.version, events: [], effects: [] });
    const vote = { id: 'c-2', actor: 'coo', kind: 'vote', what: { vote: 'approve' } };
    assert.equal(kase.advance(evaluator, vote, world).refusal.code, 'no-seat');
    const stale = { ...vote, id: 'c-3', actor: 'k.lind', expected_version: 1 };
    assert.equal(kase.advance(evaluator, stale, world).refusal.code, 'stale-version');
    assert.equal(kase.version, first.version);
  });

  test('let time pass', () => {
    const kase = new Case('Q-1');
    const quote = withDiscount(20);
    kase.advance(evaluator, { id: 'c-1', actor: 'm.ortiz', kind: 'submit', what: { quote } }, world);
    assert.equal(kase.nextDue, null);
    kase.advance(evaluator, { id: 'c-2', actor: 'k.lind', kind: 'vote', what: { vote: 'approve' } }, world);
    assert.deepEqual(kase.nextDue, new Date('2026-03-03T09:00:00Z'));
    const late = world.with({ today: '2026-03-03', now: '2026-03-03T10:00:00+01:00' });
    const done = kase.advance(evaluator, { id: 'c-3', actor: 'clock', kind: 'tick', what: {} }, late);
    assert.deepEqual(done.effects.map(effect => effect.kind), ['remind']);
  });

  test('say what is wrong with a command or an event', () => {
    const kase = new Case('Q-1');
    for (const command of ['', '{', '{}', '{"id":"c-1","actor":"ana","kind":"dance","what":{}}']) {
      assert.equal(thrown(() => kase.advance(evaluator, command, world)).code, 'bad-command');
    }
    const timeless = new World({ today: '2026-03-02', directory });
    assert.throws(() => kase.advance(evaluator, '{}', timeless), /a case needs the time/);
    const { events } = approved(withDiscount(20));
    assert.equal(thrown(() => kase.apply(events[1])).code, 'bad-event');
    assert.equal(thrown(() => kase.apply('{}')).code, 'bad-event');
    assert.equal(thrown(() => Case.replay('Q-1', events.slice(1))).code, 'bad-event');
    assert.throws(() => kase.apply(JSON.parse(events[0])), /as text or bytes/);
    assert.equal(kase.apply(events[0]), 1);
  });
});

describe('orders', () => {
  const quote = withDiscount(20);

  test('are of an approved case, of exactly its content', () => {
    assert.equal(evaluator.orders(quote, world).quote_hash, undefined);
    assert.equal(thrown(() => evaluator.orders(quote, world, new Case('Q-1'))).code, 'not-approved');
    const { kase } = approved(quote);
    assert.equal(evaluator.orders(quote, world, kase).quote_hash, kase.fields().quote_hash);
    assert.equal(thrown(() => evaluator.orders(withDiscount(21), world, kase)).code, 'not-approved');
  });

  test('change, and what follows from them changes with them', () => {
    const { kase, run } = approved(quote);
    const change = { on: '2026-03-05' };
    const { before, after } = evaluator.replan(kase, quote, change, world);
    assert.equal(before, undefined);  // nothing was ordered
    assert.equal(after.orders.length, 3);
    const done = run('m.ortiz', 'change-orders', { quote, change });
    assert.equal(done.refusal, undefined);
    assert.equal(JSON.parse(done.events[0]).what.orders.length, 3);
    const [order] = evaluator.orders(quote, world, kase).orders;
    assert.equal(order.state, 'draft');
    run('m.ortiz', 'change-orders', { quote, change: { kind: 'activated', order: order.key, on: '2026-03-05' } });
    assert.equal(evaluator.orders(quote, world, kase).orders[0].state, 'activated');
    const wrong = evaluator.replan(kase, quote, { kind: 'activated', order: 'none', on: '2026-03-05' }, world);
    assert.equal(wrong.refusal.code, 'unknown-order');
    const report = { order: order.key, status: 'received', at: '2026-03-05T10:00:00Z' };
    assert.equal(run('erp', 'report-order', { report }).refusal, undefined);
    assert.equal(evaluator.orders(quote, world, kase).orders[0].report.status, 'received');
  });

  test('have assets, revenue, contracts and entitlements', () => {
    assert.deepEqual(evaluator.assets(quote, world).map(asset => asset.line), ['L1', 'L2', 'L3', 'L4']);
    const { kase } = approved(quote);
    const [schedule] = evaluator.revenue(quote, world, kase);
    assert.equal(schedule.amount, '37240.00');
    assert.deepEqual(evaluator.contracts(quote, world), []);  // nothing on this quote has a term
    assert.deepEqual(evaluator.entitlements(quote, world), []);
  });
});

test('a session decides as a fresh evaluator does', () => {
  const session = Session.open(policy, small, world);
  const quote = JSON.parse(small);
  const changes = [
    ['set', 'lines[0].discount', 20, () => quote.lines[0].discount = 20],
    ['set', 'net_total', '600000.01', () => quote.net_total = 600000.01],
    ['insert', 'lines[4]', { ...quote.lines[0], id: 'L5', discount: 41 },
     () => quote.lines.push({ ...quote.lines[0], id: 'L5', discount: 41 })],
    ['set', 'owner', '"vp.sales"', () => quote.owner = 'vp.sales'],
    ['remove', 'lines[4]', undefined, () => quote.lines.pop()],
    ['set', 'lines[0].discount', 5n, () => quote.lines[0].discount = 5],
  ];
  const differences = changes.map(([name, path, value, change]) => {
    change();
    const difference = session[name](path, value);
    assert.deepEqual(session.decision(), evaluator.decide(quote, world));
    assert.deepEqual(session.explain(), evaluator.explain());
    return difference;
  });
  assert.equal(differences[0].before, 'auto_approved');
  assert.equal(differences[0].after, 'needs_approval');
  assert.deepEqual(differences[0].steps_added.slice(0, 1), ['steep_discount/rep_manager']);
  assert.deepEqual(differences[2].steps_added, ['steep_discount/vp_sales']);

  const before = session.decision();
  assert.equal(thrown(() => session.set('lines[0].discount', '"much"')).code, 'bad-quote');
  assert.equal(thrown(() => session.set('lines[9].discount', 5)).code, 'bad-request');
  assert.throws(() => session.set('lines[0].discount', 0.1 + 0.2), TypeError);
  assert.deepEqual(session.decision(), before);
});

test('workers decide at once, each with its own policy', async () => {
  const expected = evaluator.decideJson(steep, world);
  const workers = Array.from({ length: 4 }, () => new Promise((tell, fail) => {
    const worker = new Worker(new URL('node_worker.mjs', import.meta.url),
                              { workerData: { artifact, people, quote: steep, today: '2026-03-02', calls: 500 } });
    worker.once('message', tell);
    worker.once('error', fail);
  }));
  for (const found of await Promise.all(workers)) assert.deepEqual(found, [expected]);
});

describe('memory', () => {
  const collect = async () => {
    global.gc();
    await later(1);  // forgotten handles are given back between turns of the loop
  };
  const settled = async () => {
    for (let turn = 0; turn < 3; ++turn) await collect();
    return process.memoryUsage().rss / 1024 / 1024;
  };
  const flat = async (calls, call) => {
    for (let at = 0; at < calls / 10; ++at) call();
    const before = await settled();
    for (let at = 0; at < calls; ++at) {
      call();
      if (at % 200 === 199) await collect();
    }
    const grown = await settled() - before;
    assert.ok(grown < 24, `${grown.toFixed(1)} MiB more after ${calls} calls`);
  };

  test('is flat over 20 000 decisions and errors', () => flat(20_000, () => {
    evaluator.decideJson(steep, world);
    try { evaluator.decideJson('{}', world); } catch { }
  }));

  test('is flat over cases that are closed', () => flat(4_000, () => {
    const kase = new Case('Q-1');
    kase.advance(evaluator, { id: 'c-1', actor: 'm.ortiz', kind: 'submit', what: { quote: steep } }, world);
    kase.close();
  }));

  test('is flat over handles that are forgotten', () => flat(4_000, () => {
    new Evaluator(Policy.load(artifact)).decideJson(steep, world);
    Session.open(policy, steep, world.with({ directory: Directory.fromJson(people) }));
  }));
});

describe('what is written of it', () => {
  const root = new URL('..', import.meta.url);
  const declared = readFileSync(new URL('index.d.ts', root), 'utf8');

  test('the types are right, and used right', () => {
    const compiler = new URL('node_modules/typescript/bin/tsc', root).pathname;
    const files = ['index.d.ts', 'test/node_types.ts'];
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022',
                     '--module', 'node16'];
    try {
      execFileSync(process.execPath, [compiler, ...options, ...files], { cwd: root, encoding: 'utf8' });
    } catch (error) {
      assert.fail(error.stdout);
    }
  });

  test('the types have every class, method and getter', () => {
    const inside = ['constructor', 'pointer', 'struct', 'structWithTime', 'length', 'name', 'prototype'];
    for (const [name, exported] of Object.entries(assent)) {
      const body = declared.match(new RegExp(`export class ${name} [^]*?\n}`))?.[0];
      assert.ok(body, `class ${name}`);
      const names = [...Object.getOwnPropertyNames(exported.prototype), ...Object.getOwnPropertyNames(exported)];
      for (const member of names.filter(member => !inside.includes(member))) {
        assert.match(body, new RegExp(`\\b${member}\\b`), `${name}.${member}`);
      }
    }
  });

  test('the types have every field and word of the schemas', () => {
    for (const name of ['decision', 'orders', 'fulfilment', 'case', 'effect', 'event', 'directory', 'rates']) {
      const schema = JSON.parse(readFileSync(join(source, `runtime/schemas/${name}.schema.json`), 'utf8'));
      if (name === 'fulfilment') delete schema.$defs.differences;  // of two cases: no call gives them
      walk(schema, name);
    }
    function walk(schema, where) {
      if (typeof schema !== 'object' || schema === null) return;
      for (const field of Object.keys(schema.properties ?? {})) {
        const simple = ['contracts', 'assets', 'entitlements', 'revenue'].includes(field);  // their lists are given
        assert.ok(simple || new RegExp(`\\b${field}\\??: `).test(declared), `${where}: ${field}`);
      }
      for (const word of schema.enum ?? []) assert.ok(declared.includes(`'${word}'`), `${where}: ${word}`);
      for (const [name, inner] of Object.entries(schema)) walk(inner, `${where}/${name}`);
    }
  });

  test('the types have every refusal, every status and every command', () => {
    const refusals = readFileSync(join(source, 'runtime/include/assent/refusals.def'), 'utf8');
    const header = readFileSync(join(source, 'runtime/include/assent.h'), 'utf8');
    const names = [
      ...[...refusals.matchAll(/^REFUSAL\((\w+)/gm)].map(([, name]) => name.replaceAll('_', '-')),
      ...[...header.matchAll(/ASSENT_(\w+) = [1-9]\d*,? *(?:\/|$)/gm)]
        .map(([, name]) => name.toLowerCase().replaceAll('_', '-'))
        .filter(name => !['contracts', 'assets', 'entitlements', 'revenue', 'newest', 'expired'].includes(name)),
      ...JSON.parse(readFileSync(join(source, 'runtime/schemas/command.schema.json'), 'utf8')).properties.kind.enum,
    ];
    assert.ok(names.includes('bad-quote') && names.includes('stale-version') && names.includes('report-order'));
    for (const name of names) assert.ok(declared.includes(`'${name}'`), name);
  });

  test('the README says what happens', () => {
    const readme = readFileSync(new URL('README.md', root), 'utf8');
    const code = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, block]) => block).join('\n');
    const expected = [...code.matchAll(/console\.log\(.*\);\s+\/\/ (.*)/g)].map(([, said]) => said);
    assert.ok(expected.length > 5);
    const folder = mkdtempSync(join(tmpdir(), 'readme-'));
    after(() => rmSync(folder, { recursive: true }));
    cpSync(join(desk, 'policy.assentc'), join(folder, 'policy.assentc'));
    cpSync(join(desk, 'directory.json'), join(folder, 'directory.json'));
    cpSync(join(desk, 'quotes/steep.json'), join(folder, 'quote.json'));
    const file = new URL('test/readme.mjs', root);
    writeFileSync(file, code);
    const said = execFileSync(process.execPath, [file.pathname], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual(said.trimEnd().split('\n'), expected);
  });

  test('another library, or none, is refused', () => {
    const load = library => {
      const run = ['--input-type=module', '-e', 'await import("assent")'];
      try {
        const env = { ...process.env, ASSENT_LIBRARY: library };
        execFileSync(process.execPath, run, { cwd: root, env, stdio: 'pipe' });
      } catch (error) {
        return `${error.stderr}`;
      }
      return '';
    };
    assert.match(load('/none/libassent.so.1'), /cannot load `\/none\/libassent\.so\.1`: say in ASSENT_LIBRARY/);
    assert.match(load('libm.so.6'), /assent_abi/);
  });
});

describe('the service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-'));
  cpSync(join(desk, 'policy.assentc'), join(folder, 'policy.assentc'));
  cpSync(join(desk, 'directory.json'), join(folder, 'directory.json'));
  const running = [];
  after(() => {
    for (const service of running) service.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  async function start() {
    const file = new URL('../example/service.mjs', import.meta.url).pathname;
    const service = spawn(process.execPath, [file, folder, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(service);
    for await (const text of service.stdout) {
      const port = /listening on port (\d+)/.exec(text)?.[1];
      if (port === undefined) continue;
      service.stdout.resume();
      const ask = async (method, path, body) => {
        const where = `http://127.0.0.1:${port}${path}`;
        const response = await fetch(where, { method, body, headers: { connection: 'close' } });
        return [response.status, await response.json()];
      };
      return { service, ask };
    }
    assert.fail('the service did not start');
  }
  const command = (id, actor, kind, what) => JSON.stringify({ id, actor, kind, what });

  test('decides, keeps cases through a crash, and reloads', async () => {
    let { service, ask } = await start();
    const [decided, decision] = await ask('POST', '/decide', steep);
    assert.equal(decided, 200);
    assert.equal(decision.outcome, 'needs_approval');
    const [wrong, { problems }] = await ask('POST', '/decide', withDiscount('"much"'));
    assert.equal(wrong, 400);
    assert.equal(problems[0].where, '/lines/0/discount');
    assert.equal((await ask('POST', '/decide', Buffer.alloc(5 << 20, ' ')))[0], 413);
    assert.equal((await ask('GET', '/cases/Q-1'))[0], 404);
    assert.equal((await ask('GET', '/cases/..%2fpolicy'))[0], 404);
    assert.equal((await ask('POST', '/cases/Q-1/commands', 'nonsense'))[0], 400);

    const submit = command('c-1', 'm.ortiz', 'submit', { quote: JSON.parse(withDiscount(20)) });
    const [submitted, first] = await ask('POST', '/cases/Q-1/commands', submit);
    assert.equal(submitted, 200);
    assert.equal(first.events[0].kind, 'decided');
    assert.equal((await ask('POST', '/cases/Q-1/commands', submit))[1].repeats, first.version);
    const vote = await ask('POST', '/cases/Q-1/commands', command('c-2', 'coo', 'vote', { vote: 'approve' }));
    assert.equal(vote[0], 409);
    assert.equal(vote[1].refusal.code, 'no-seat');
    const [, before] = await ask('GET', '/cases/Q-1');
    const bytes = readFileSync(join(folder, 'cases/Q-1.events'));

    service.kill('SIGKILL');
    appendFileSync(join(folder, 'cases/Q-1.events'), '{"version":3,"at":');  // a line that was not finished
    ({ service, ask } = await start());
    assert.deepEqual((await ask('GET', '/cases/Q-1'))[1], before);
    assert.deepEqual(readFileSync(join(folder, 'cases/Q-1.events')), bytes);

    writeFileSync(join(folder, 'policy.assentc'), 'damaged');
    assert.equal((await ask('POST', '/reload'))[0], 400);
    writeFileSync(join(folder, 'policy.assentc'), readFileSync(join(desk, 'stricter.assentc')));
    const [reloaded, about] = await ask('POST', '/reload');
    assert.equal(reloaded, 200);
    assert.notEqual(about.policy_hash, policy.hash);
    assert.equal((await ask('POST', '/decide', withDiscount(12)))[1].policy_hash, about.policy_hash);
    assert.equal(readdirSync(join(folder, 'policies')).length, 2);

    const pinned = await ask('POST', '/cases/Q-1/commands', command('c-3', 'k.lind', 'vote', { vote: 'approve' }));
    assert.equal(pinned[0], 200);
    assert.equal((await ask('GET', '/cases/Q-1'))[1].policy_hash, policy.hash);
  });
});
