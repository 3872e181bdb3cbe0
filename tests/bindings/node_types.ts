// Compiled, never run: how the package is used from TypeScript, and what the compiler forbids.
import {
  AssentError, Case, Directory, Evaluator, Policy, Rates, Session, World,
  type CaseEvent, type Command, type Decision, type Outcome,
} from 'assent';

const policy = Policy.load('policy.assentc');
const directory = Directory.fromJson({ people: [{ id: 'ana', manager: null, authority: { discount: '20%' } }] });
const rates = Rates.fromJson('{"base":"USD","rates":{}}');
const world = new World({ today: '2026-03-02', directory, rates, now: new Date() }).with({ state: 'pending' });
const evaluator = new Evaluator(policy, { rows: 1000 });

const decision: Decision = evaluator.decide({ net_total: 5n }, world);
const text: string = evaluator.decideJson(new Uint8Array(2), world);
const fact: string | undefined = evaluator.fact('hardware_discount');
for (const step of decision.path) {
  const people: string[] = step.seats.map(seat => seat.person);
  const key: string = step.step;
  void [people, key];
}
const words: Record<Outcome, string> = { auto_approved: '', needs_approval: '', denied: '', blocked: '' };

const commands: Command[] = [
  { id: 'c-1', actor: 'ana', kind: 'submit', what: { quote: '{}', editors: ['ben'] } },
  { id: 'c-2', actor: 'ana', expected_version: 3, kind: 'vote', what: { vote: 'approve', step: 'steep/cfo' } },
  { id: 'c-3', actor: 'clock', kind: 'tick', what: {} },
  { id: 'c-4', actor: 'ana', kind: 'change-orders', what: { quote: {}, change: { on: '2026-03-02' } } },
];
const kase: Case = Case.replay('Q-1', ['{}', new Uint8Array(2)]);
const done = kase.advance(evaluator, commands[0]!, world);
if (done.refusal) throw new Error(done.refusal.message);
for (const event of done.events.map((one): CaseEvent => JSON.parse(one))) {
  switch (event.kind) {
    case 'decided': void event.what.steps?.[0]?.key; break;
    case 'voted': void event.what.places.length; break;
  }
}
const due: Date | null = kase.nextDue;
const { before, after, refusal } = evaluator.replan(kase, '{}', { on: '2026-03-02' }, world);
const amounts: string[] = evaluator.contracts('{}', world, kase).map(contract => contract.amount);

const session = Session.open(policy, '{}', world);
const added: string[] = session.set('lines[0].discount', 25).steps_added ?? [];

try {
  kase.close();
} catch (error) {
  if (error instanceof AssentError && error.code === 'bad-quote') void error.problems[0]?.where;
}
{
  using mine = new Evaluator(policy);
  void mine;
}
void [text, fact, words, due, before, after, refusal, amounts, added];

// @ts-expect-error a world has a day
new World({ directory });
// @ts-expect-error not a state
new World({ today: '2026-03-02', state: 'gone' });
// @ts-expect-error not a command
commands.push({ id: 'c-5', actor: 'ana', kind: 'dance', what: {} });
// @ts-expect-error a vote says how
commands.push({ id: 'c-6', actor: 'ana', kind: 'vote', what: {} });
// @ts-expect-error an event is a text
kase.apply({});
// @ts-expect-error a case is moved by an evaluator
kase.advance(policy, commands[0]!, world);
// @ts-expect-error amounts are texts
const number: number = evaluator.orders('{}', world).orders[0]!.amount;
// @ts-expect-error not a limit
new Evaluator(policy, { bytes: 5 });
void number;
