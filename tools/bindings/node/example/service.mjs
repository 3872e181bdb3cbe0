// service.mjs: decisions and cases over HTTP. Usage: node service.mjs FOLDER [PORT]
//
//   POST /decide              a quote → its decision
//   POST /cases/ID/commands   a command → what it did, or 409 and why it was refused
//   GET  /cases/ID            → the case
//   POST /reload              reads the policy and the directory again
//
// FOLDER has policy.assentc and directory.json, and gets cases/ and policies/. Who is asking, and whether they may, is
// for whoever stands before this: the actor of a command is believed.
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync,
         writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { AssentError, Case, Directory, Evaluator, Policy, World } from 'assent';

const [folder, port = '8080'] = process.argv.slice(2);
const largestBody = 4 << 20;  // bytes
const bounds = { quoteBytes: largestBody, rows: 10_000, work: 20_000_000 };
const place = (...names) => join(folder, ...names);
mkdirSync(place('cases'), { recursive: true });
mkdirSync(place('policies'), { recursive: true });

// ── the policy, and those to which older cases are pinned ────────────────────────────────────────────────────────────
let current;  // an evaluator
let directory;
const evaluators = new Map();  // by the hash of their policy
const cases = new Map();       // by id

// All or nothing: what is at fault throws, and the service goes on with what it had.
function reload() {
  const artifact = readFileSync(place('policy.assentc'));
  const policy = Policy.load(artifact);
  const people = Directory.fromJson(readFileSync(place('directory.json')));
  const kept = place('policies', `${policy.hash}.assentc`);
  writeFileSync(`${kept}.new`, artifact);
  renameSync(`${kept}.new`, kept);
  current = evaluatorOf(policy.hash);
  directory = people;  // the one before is given back once no world has it
  return { policy: policy.name, policy_hash: policy.hash };
}

function evaluatorOf(hash) {
  if (!evaluators.has(hash)) {
    evaluators.set(hash, new Evaluator(Policy.load(place('policies', `${hash}.assentc`)), bounds));
  }
  return evaluators.get(hash);
}

function worldNow() {
  const now = new Date();
  return new World({ today: now.toISOString().slice(0, 10), now, directory });
}

// ── cases: a file each, a line for each command, its events between tabs ─────────────────────────────────────────────
const fileOf = id => place('cases', `${id}.events`);

function caseOf(id) {
  if (!cases.has(id)) cases.set(id, Case.replay(id, eventsOf(id)));
  return cases.get(id);
}

// A line that was not finished was never acknowledged: it is cut off, or the next one would be written behind it.
function eventsOf(id) {
  if (!existsSync(fileOf(id))) return [];
  const bytes = readFileSync(fileOf(id));
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) written(id, 'r+', file => ftruncateSync(file, end));
  return bytes.toString('utf8', 0, end).split(/[\n\t]/).filter(event => event !== '');
}

function keep(id, events) {
  written(id, 'a', file => writeSync(file, `${events.join('\t')}\n`));
}

function written(id, how, write) {
  const file = openSync(fileOf(id), how);
  try {
    write(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

// From here to the end of keep() nothing else runs: commands come one after the other.
function carryOut(id, body) {
  const kase = caseOf(id);
  const { kind } = JSON.parse(body);
  const pinned = kind === 'submit' || kind === 'migrate' ? undefined : kase.fields().policy_hash;
  try {
    const done = kase.advance(pinned ? evaluatorOf(pinned) : current, body, worldNow());
    if (done.events.length > 0) keep(id, done.events);
    else if (kase.version === 0) forget(id);  // nothing came of it
    for (const effect of done.effects) console.log(`tell ${effect.to}: ${effect.kind ?? 'request'} ${effect.id}`);
    return [done.refusal ? 409 : 200, { ...done, events: done.events.map(event => JSON.parse(event)) }];
  } catch (error) {
    forget(id);
    throw error;
  }
}

// It may have moved further than its file: what was kept counts.
function forget(id) {
  cases.get(id)?.close();
  cases.delete(id);
}

// ── HTTP ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
async function bodyOf(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size <= largestBody) parts.push(part);  // what is too much is read, so that the answer is, and not kept
  }
  if (size > largestBody) throw new AssentError('limit-exceeded', [problem('limit-exceeded', 'the body is too large')]);
  return Buffer.concat(parts);
}

const problem = (code, message) => ({ code, where: '', message });

async function answer(request) {
  const [, id, command] = /^\/cases\/([\w-][\w.-]{0,99})(\/commands)?$/.exec(request.url) ?? [];
  const asked = `${request.method} ${id ? `/cases/ID${command ?? ''}` : request.url}`;
  switch (asked) {
    case 'POST /decide': return [200, current.decideJson(await bodyOf(request), worldNow())];
    case 'POST /reload': return [200, reload()];
    case 'POST /cases/ID/commands': return carryOut(id, await bodyOf(request));
    case 'GET /cases/ID': if (existsSync(fileOf(id))) return [200, caseOf(id).json()];
  }
  return [404, { problems: [problem('bad-request', `there is no \`${asked}\``)] }];
}

function faultOf(error) {
  if (error instanceof AssentError) return [error.code === 'limit-exceeded' ? 413 : 400, { problems: error.problems }];
  if (error instanceof SyntaxError) return [400, { problems: [problem('bad-command', 'the body is not JSON')] }];
  console.error(error);
  return [500, { problems: [problem('unknown', 'the service is at fault')] }];
}

reload();
const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch(faultOf);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
});
server.listen(Number(port), '127.0.0.1', () => console.log(`listening on port ${server.address().port}`));
process.once('SIGTERM', () => server.close(() => process.exit()));
