// index.d.ts: the manual. What Assent reads and writes as JSON has the names of its schemas, with underscores; what is
// of this package has JavaScript's.
//
// All calls are synchronous. Amounts, quantities and values of facts are texts: exact decimals that no JavaScript
// number holds; leave them texts, or give them to a library for decimals. What is empty is left out where a field is
// optional.

/// <reference lib="es2022" />
/// <reference lib="esnext.disposable" />

// ── what goes in ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Something that is given as JSON. A text, or bytes in UTF-8, are the JSON itself and go through as they are. Anything
 * else is a value, which is written as `JSON.stringify` does. A `TypeError` names the place of what JSON cannot say
 * exactly: `NaN`, `undefined`, a function, a number of more than 15 digits. A `bigint` is written with all its digits.
 */
export type Json<Value = object> = string | Uint8Array | Value;

/** A day: `"2026-03-02"`. */
export type Day = string;
/** An instant: `"2026-03-02T09:00:00Z"`. */
export type Instant = string;
/** An exact decimal: `"411840.00"`. */
export type Decimal = string;
/** 64 hexadecimal digits. */
export type Hash = string;

/** Each bounds one call. What is left out is as the library has it. */
export interface Limits {
  /** Of the text of a quote. */
  quoteBytes?: number;
  /** Of all lists of a quote together. */
  rows?: number;
  /** Nodes evaluated for one decision; more blocks it. */
  work?: number;
  /** Bytes that a quote may take once it is read. */
  memory?: number;
}

// ── what goes wrong ────────────────────────────────────────────────────────────────────────────────────────────────

export type ErrorCode =
  | 'bad-artifact' | 'wrong-version' | 'bad-quote' | 'bad-directory' | 'bad-rates' | 'bad-event' | 'bad-settings'
  | 'store-busy' | 'store-failed' | 'not-approved' | 'bad-request' | 'limit-exceeded' | 'bad-command'
  | 'out-of-memory' | 'unknown';

export interface Problem {
  code: ErrorCode;
  /** A JSON pointer into what was given: `"/lines/0/discount"`; empty for all of it. */
  where: string;
  message: string;
}

/**
 * What was given is at fault. A policy that says no, and a case that refuses a command, are answers. A call of this
 * package that makes no sense is a `TypeError`; the use of something closed an `Error`.
 */
export class AssentError extends Error {
  constructor(code: ErrorCode, problems: Problem[]);
  /** Stable. */
  readonly code: ErrorCode;
  /** All that were found, in the order of what was given. */
  readonly problems: Problem[];
}

// ── handles ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What the library made. It is given back by `close()`, at the end of a `using` block, or when the garbage collector
 * finds it forgotten. What was made of a closed policy goes on; a closed directory cannot be used by its worlds.
 * A handle belongs to its thread: a worker makes its own.
 */
declare abstract class Handle {
  /** Any number of times; each other call throws an `Error` afterwards. */
  close(): void;
  [Symbol.dispose](): void;
}

/** People: `directory.schema.json`. */
export class Directory extends Handle {
  constructor(json: Json<DirectoryFields>);
  static fromJson(json: Json<DirectoryFields>): Directory;
}

/** What currencies are worth: `rates.schema.json`. */
export class Rates extends Handle {
  constructor(json: Json<RatesFields>);
  static fromJson(json: Json<RatesFields>): Rates;
}

/** Who acts for whom, beside the absences of the directory. */
export class Deputies extends Handle {
  constructor(json: Json<DeputiesFields>);
  static fromJson(json: Json<DeputiesFields>): Deputies;
}

/** Where a quote stands. */
export type State = 'draft' | 'pending' | 'approved' | 'rejected' | 'recalled' | 'expired';

export interface WorldFields {
  /** The day of the decision. The library reads no clock. */
  today: Day;
  /** Where the quote stands: a rule may be limited to some of these. Left out: `draft`. */
  state?: State;
  /** Of a case alone, which needs it: the time, as a `Date` or as text with its zone. */
  now?: Date | Instant;
  /** Of a case alone: minutes that local time is ahead, for timers in days. Left out: 0. */
  utcOffset?: number;
  /** Left out: nobody. */
  directory?: Directory;
  /** Left out: currencies cannot be compared. */
  rates?: Rates;
  /** Left out: nobody acts for anybody. */
  deputies?: Deputies;
}

/** All that a decision may depend on beside the quote. Immutable; keep it for as many calls as it is true for. */
export class World {
  constructor(fields: WorldFields);
  /** The same, but for what is given. */
  with(changes: Partial<WorldFields>): World;
}

/** A compiled policy. Any number of evaluators may be made of one. */
export class Policy extends Handle {
  /** An artifact of the compiler, which is verified before it is trusted. */
  constructor(artifact: Uint8Array);
  /** The same, or the path of its file. */
  static load(artifact: Uint8Array | string): Policy;
  readonly name: string;
  readonly title: string;
  /** SHA-256 of the artifact's content: the policy's identity, stamped on each decision. */
  readonly hash: Hash;
  /** The JSON Schema of the quotes that it reads. */
  schema(): Record<string, unknown>;
}

/** Decides quotes, one after the other. */
export class Evaluator extends Handle {
  constructor(policy: Policy, limits?: Limits);
  decide(quote: Json, world: World): Decision;
  /** The decision as JSON: the fast path, for whoever passes it on. */
  decideJson(quote: Json, world: World): string;
  /** The last decision with its proof, in `why`; `bad-request` unless a decision was the last answer. */
  explain(): ExplainedDecision;
  /** What a fact came to for the last decision: `"20%"`; undefined where the compiled policy has none of that name. */
  fact(name: string): string | undefined;

  // The last decision is gone after each of these.
  /**
   * Which orders a quote becomes. Without a case a preview; with one as it stands, and `not-approved` unless the case
   * is approved on exactly this content.
   */
  orders(quote: Json, world: World, kase?: Case): OrderPlan;
  /** What a change would make of the orders of a case. */
  replan(kase: Case, quote: Json, change: Json<OrderChange>, world: World): Replanned;
  /** What follows from the orders; with or without a case as for `orders`. */
  contracts(quote: Json, world: World, kase?: Case): Contract[];
  assets(quote: Json, world: World, kase?: Case): Asset[];
  entitlements(quote: Json, world: World, kase?: Case): Entitlement[];
  revenue(quote: Json, world: World, kase?: Case): RevenueSchedule[];
}

/**
 * A quote that somebody is changing, decided at each key. It is read once, and a change costs what it changes. Its
 * decision is that of a fresh evaluator for the quote as it stands.
 */
export class Session extends Handle {
  constructor(policy: Policy, quote: Json, world: World, limits?: Limits);
  static open(policy: Policy, quote: Json, world: World, limits?: Limits): Session;
  /**
   * Sets a field: `set("lines[3].discount", 25)`. A text is JSON, here as everywhere: `set("owner", '"ana"')`.
   * What is refused changes nothing.
   */
  set(path: string, value: Json<unknown>): Difference;
  /** Puts a line in, before the one that has the number, or behind the last one. */
  insert(path: string, line: Json): Difference;
  /** Takes a line out. */
  remove(path: string): Difference;
  decision(): Decision;
  explain(): ExplainedDecision;
}

/** The progress of one quote's approval: a fold of events, moved by commands. */
export class Case extends Handle {
  /** A draft without events. */
  constructor(id: string);
  /** The case that was kept as these events, in their order. */
  static replay(id: string, events: Iterable<string | Uint8Array>): Case;
  /** One event, as `advance` gave it, and the next: else `bad-event`, and the case is as it was. Gives the version. */
  apply(event: string | Uint8Array): number;
  /**
   * Carries out a command. Keep the events and tell the effects in one transaction, or give the case up: it has moved.
   * The evaluator must be of the policy that the case is pinned to, but for a submission and a migration.
   */
  advance(evaluator: Evaluator, command: Json<Command>, world: World): Advance;
  /** Events so far. */
  readonly version: number;
  /** When a tick would do something; null for never. */
  readonly nextDue: Date | null;
  /** `case.schema.json`: the same events give the same text. */
  json(): string;
  /** The same, parsed. */
  fields(): CaseFields;
}

// ── the world, as JSON ─────────────────────────────────────────────────────────────────────────────────────────────

export interface DirectoryFields { people: Person[] }
export interface Person {
  /** What policies and quotes call the person; compared exactly. */
  id: string;
  /** Shown, never compared. */
  name?: string;
  mail?: string;
  manager?: string | null;
  roles?: string[];
  /** Left out: true. One who is not active holds no role. */
  active?: boolean;
  /** By the name of an authority, the most that the person may decide alone: `"20%"`, `"100000 USD"`. */
  authority?: Record<string, string | number>;
  absent?: Absence[];
}
/** Both days are part of it. */
export interface Absence { from: Day; to: Day; delegate?: string }

export interface RatesFields {
  base: string;
  /** For the host's records. */
  date?: Day;
  /** The worth of one unit of each currency in the base. */
  rates: Record<string, string | number>;
}

export interface DeputiesFields { delegations?: Delegation[]; replacements?: Replacement[] }
/** Both days are part of it. Without `approver` in everything. */
export interface Delegation { from: string; to: string; first_day: Day; last_day: Day; approver?: string }
export interface Replacement { from: string; to: string }

// ── decisions: decision.schema.json ────────────────────────────────────────────────────────────────────────────────

export type Outcome =
  /** No rule demands anything, and the policy says `otherwise approve`. */
  | 'auto_approved'
  /** Every step of the path must be satisfied. */
  | 'needs_approval'
  /** A rule denies; no approval can help. */
  | 'denied'
  /** An error, or a policy without an answer: nothing may be concluded. */
  | 'blocked';

export interface Decision {
  policy: string;
  policy_hash: Hash;
  /** Equal for decisions that demand the same of the same people. */
  plan_hash: Hash;
  outcome: Outcome;
  /** The reason that `otherwise approve` gives, where that decided. */
  otherwise?: string;
  same_approver: 'once' | 'each time';
  /** Topologically, ties by declaration. */
  path: Step[];
  /** Those that apply, as declared. */
  rules: Rule[];
  denials: Message[];
  warnings: Message[];
  /** Why the decision is blocked. */
  troubles: Trouble[];
  /** Fields of the quote on which the answer may depend. */
  reads: string[];
}
export interface ExplainedDecision extends Decision {
  /** Every rule, as declared. */
  why: RuleExplanation[];
}

/** In the policy's source; line and column from 1. */
export interface Location { file: string; line: number; column: number }

export interface Step {
  /** Stable across quotes: `"steep_discount/rep_manager"`. */
  step: string;
  /** As the policy names it. */
  approver: string;
  title?: string;
  /** Steps that must be satisfied first. */
  after: string[];
  quorum: Quorum;
  /** Sorted by person. */
  seats: Seat[];
  /** The rules that demand it. */
  because: string[];
  /** Rows of the rules' lists that demand it, from 0; left out: the whole quote. */
  lines?: number[];
  timers?: Timer[];
  /** A vote given elsewhere does not count here. */
  explicit?: true;
  /** What one rejection does: it ends the case, is counted with the other votes, goes back to an earlier step. */
  rejection: Rejection;
  returns_to?: string;
  at: Location;
}
export type Rejection = 'ends' | 'collects' | 'returns';
export type QuorumKind = 'one' | 'any' | 'all' | 'majority' | 'number' | 'percent' | 'points';
/** `needed` of the votes of all seats must approve. */
export interface Quorum { kind: QuorumKind; needed: number; total: number }
export interface Seat {
  person: string;
  name?: string;
  /** How much it counts; 0 for a bare veto. */
  votes: number;
  /** A rejection of this one rejects the step, whatever the others say. */
  veto?: true;
  /** The directory says that the person is away today. */
  absent?: true;
}
export type Unit = 'minutes' | 'days' | 'months' | 'business days';
export interface Timer {
  kind: 'remind' | 'escalate' | 'expire' | 'approve_by_silence';
  after: number;
  unit: Unit;
  calendar?: string;
  /** Remind: again every so many; left out: once. */
  every?: number;
  every_unit?: Unit;
  /** Escalate: to which approver. */
  to?: string;
  /** Expire: as what. */
  as?: 'rejected' | 'withdrawn';
  /** Escalate: instead of the others. */
  replacing?: true;
}
export type RuleStatus = 'pending' | 'satisfied' | 'rejected' | 'overridden' | 'error';
export interface Rule {
  rule: string;
  title?: string;
  /** Of a ladder: `"up to 500_000 USD"`. */
  band?: string;
  status: RuleStatus;
  /** Of a rule over lines: what a row is called. */
  row?: string;
  /** Of a rule over lines: the rows that fired it, from 0. */
  lines?: number[];
  at: Location;
}
export interface Message { text: string; rule?: string; at: Location }
export interface Trouble {
  /** Stable: `"division-by-zero"`, `"unresolved-approver"`. */
  fault: string;
  message: string;
  rule?: string;
  step?: string;
  at: Location;
}
export interface RuleExplanation {
  rule: string;
  title?: string;
  band?: string;
  status: RuleStatus | 'not_applicable';
  /** `"not effective on 2026-01-01"`, `"not in state draft"`. */
  excluded?: string;
  /** Of a rule over lines: the row that the conditions show. */
  line?: number;
  conditions: Condition[];
  /** Parts of its path that were left out, and the clause that was false. */
  skipped?: (Condition & { step: string })[];
  at: Location;
}
/** One clause of a rule: `"hardware_discount > 15%"`, its answer, what it read. */
export interface Condition {
  condition: string;
  answer: 'yes' | 'no' | 'fault';
  fault?: string;
  values: Record<string, string>;
}

/** How the decision of a session differs from the one before. */
export interface Difference {
  before: Outcome;
  after: Outcome;
  /** Keys. */
  steps_added?: string[];
  steps_removed?: string[];
  /** Others sit on their seats, or they are for other reasons or lines, or wait for other steps. */
  steps_changed?: string[];
  rules_added?: string[];
  rules_removed?: string[];
  /** They apply with another status, band or other lines. */
  rules_changed?: string[];
}

// ── commands of a case ─────────────────────────────────────────────────────────────────────────────────────────────

interface CommandOf<Kind extends string, What> {
  /** Unique; the same id again is the same command. */
  id: string;
  /** A person, or a system's name. */
  actor: string;
  /** Of the case; left out: whatever it is. */
  expected_version?: number;
  kind: Kind;
  what: What;
}
/** A quote within a command: as its text it goes through as it is, like a quote alone. */
export type Command =
  | CommandOf<'submit', { quote: Json; expect_plan?: Hash; editors?: string[] }>
  | CommandOf<'vote', { vote: Vote; step?: string; on_behalf?: string; comment?: string; quote_hash?: Hash }>
  | CommandOf<'recall', { why?: string }>
  | CommandOf<'reassign', { step: string; from?: string; to: string; why?: string }>
  | CommandOf<'replace', { from: string; to: string; why?: string }>
  | CommandOf<'ask', { step: string; to: string; text: string }>
  | CommandOf<'answer', { question?: number; text: string }>
  | CommandOf<'comment', { text: string }>
  | CommandOf<'add-approver', { person: string; before?: string; why?: string }>
  | CommandOf<'override', { step: string; why: string }>
  | CommandOf<'tick', {}>
  | CommandOf<'migrate', { quote: Json }>
  | CommandOf<'change-orders', { quote: Json; change: OrderChange }>
  | CommandOf<'report-order', { report: OrderReport }>;
export type CommandKind = Command['kind'];
export type Vote = 'approve' | 'reject' | 'abstain';

export interface Advance {
  /** Of the case afterwards. */
  version: number;
  /**
   * The exact JSON of each event: keep these bytes, `Case.replay` takes them. `JSON.parse` makes a `CaseEvent` of one.
   * Of a refused command there are none, or one that says that it came late.
   */
  events: string[];
  /** To be told to people, with the events in one transaction. */
  effects: Effect[];
  /** Why the command was not carried out. */
  refusal?: Refusal;
  /** The command was carried out before: the version that it led to. */
  repeats?: number;
}
export type RefusalCode =
  | 'bad-command' | 'stale-version' | 'wrong-policy' | 'bad-quote' | 'denied' | 'blocked' | 'plan-changed'
  | 'undecidable' | 'not-pending' | 'ended' | 'content-changed' | 'unknown-step' | 'not-open' | 'which-step'
  | 'no-seat' | 'voted-already' | 'separated' | 'unknown-person' | 'vote-needed' | 'not-allowed' | 'no-override'
  | 'second-person' | 'unknown-question' | 'nothing-to-do' | 'not-approved' | 'unknown-order' | 'bad-quantity'
  | 'order-waits' | 'past-return' | 'wrong-state' | 'has-orders';
export interface Refusal { code: RefusalCode; message: string }

/** Something to tell a person, once: `effect.schema.json`. */
export interface Effect {
  /** `case/version/person/kind`: the same whenever the same command is carried out. */
  id: string;
  /** Left out: a request for a vote. */
  kind?: 'remind' | 'escalated' | 'released' | 'proposal' | 'question' | 'answer'
       | 'approved' | 'rejected' | 'recalled' | 'expired';
  to: string;
  /** Whose seat it is, where a delegate is asked. */
  on_behalf?: string;
  /** Keys: each step whose reasons the message shows. */
  steps?: string[];
  /** The question, the answer, the reason of a proposal or an end. */
  text?: string;
  /** Of the content that it speaks of. */
  quote_hash?: Hash;
}

// ── events: event.schema.json ──────────────────────────────────────────────────────────────────────────────────────

interface EventOf<Kind extends string, What> {
  /** Of the case when it has happened: 1 for the first. */
  version: number;
  at: Instant;
  /** Who; `clock` where time passed. */
  by: string;
  on_behalf?: string;
  /** The id of the command that made it. */
  command: string;
  kind: Kind;
  what: What;
}
/** What `JSON.parse` makes of an event. Steps, seats and timers are places in the case as it then is; left out: 0. */
export type CaseEvent =
  | EventOf<'decided', Decided>
  | EventOf<'opened', { step?: number; due?: Instant[] }>
  | EventOf<'voted', { vote?: 'reject' | 'abstain'; places: { step?: number; seat?: number }[]; comment?: string }>
  | EventOf<'closed', { step?: number; state?: 'rejected' | 'skipped' | 'revoked'; why?: string }>
  | EventOf<'returned', { from?: number; to?: number; steps: number[]; why?: string }>
  | EventOf<'reseated', { step?: number; from: string; to: string; why?: string }>
  | EventOf<'step-added', { step: CaseStep; before?: string[] }>
  | EventOf<'asked', { step: string; to: string; text: string }>
  | EventOf<'answered', { question?: number; text: string }>
  | EventOf<'commented', { text: string }>
  | EventOf<'override-proposed', { step: string; why: string }>
  | EventOf<'timer-ran', { step?: number; timer?: number; due?: Instant; seats?: CaseSeat[]; needed?: number }>
  | EventOf<'ended', { state?: 'rejected' | 'recalled' | 'expired'; why?: string }>
  | EventOf<'orders-changed', { change: OrderChange; orders: string[] }>
  | EventOf<'order-reported', { report: OrderReport; overtaken?: true }>
  | EventOf<'late', { what: string }>
  | EventOf<'delegated', { delegation: Delegation }>
  | EventOf<'replaced', Replacement & { why?: string }>;
export interface Decided {
  /** Left out: submitted. */
  cause?: 'resubmitted' | 'changed' | 'migrated';
  policy: string;
  policy_hash: Hash;
  quote_hash: Hash;
  plan_hash: Hash;
  submitter: string;
  owner?: string;
  editors?: string[];
  same_approver_once?: false;
  rules?: CaseRule[];
  steps?: CaseStep[];
  override_seats?: CaseSeat[];
  /** Keys of steps that are no longer demanded. */
  dropped?: string[];
  /** What a new policy no longer demands, in words. */
  weaker?: string[];
}

// ── cases: case.schema.json ────────────────────────────────────────────────────────────────────────────────────────

export interface CaseFields {
  id: string;
  version?: number;
  /** Left out: draft. */
  state?: Exclude<State, 'draft'>;
  /** Of a state that ended it. */
  why?: string;
  /** How often it was submitted or decided again. */
  submission?: number;
  policy?: string;
  policy_hash?: Hash;
  quote_hash?: Hash;
  plan_hash?: Hash;
  submitter?: string;
  owner?: string;
  /** Who had a hand in the quote since it was last approved. */
  editors?: string[];
  same_approver_once?: false;
  rules?: CaseRule[];
  /** In a topological order. */
  steps?: CaseStep[];
  override_seats?: CaseSeat[];
  /** Overrides to which a second person must agree. */
  proposals?: { step: string; by: string; why: string; at: Instant }[];
  reassignments?: { step: string; from: string; to: string }[];
  questions?: Question[];
  comments?: { by: string; text: string; at: Instant }[];
  /** What has happened to its orders. */
  orders?: OrderChange[];
  revisions?: { order: string; revision?: number }[];
  /** The last of each order of which there is one. */
  reports?: OrderReport[];
  /** Commands that were carried out. */
  answered?: { command: string; version: number; late?: true }[];
  submitted_at?: Instant;
  changed_at?: Instant;
  ended_at?: Instant;
}
export interface CaseRule { name: string; title?: string; band?: string }
export interface CaseSeat {
  person: string;
  /** Left out: 1. */
  votes?: number;
  veto?: true;
  /** Not named by the policy. */
  added?: true;
  /** Had a hand in the quote: the seat cannot be filled. */
  barred?: true;
  vote?: Vote;
  /** Who voted: the person, or a delegate. */
  by?: string;
  at?: Instant;
  /** Of the step's bases, the one on which an approval was given; left out: 0. */
  basis?: number;
  /** Given on an earlier content that still covers this one. */
  remembered?: true;
}
export interface CaseTimer {
  /** Left out: remind. */
  kind?: 'escalate' | 'expire' | 'silence';
  amount: number;
  unit: Unit;
  calendar?: string;
  every?: number;
  every_unit?: Unit;
  every_calendar?: string;
  to?: string;
  seats?: CaseSeat[];
  needed?: number;
  replacing?: true;
  /** Expire: the case is expired, not rejected. */
  withdraws?: true;
  /** Left out: it does not run. */
  due?: Instant;
}
export interface CaseStep {
  key: string;
  approver: string;
  title?: string;
  /** Left out: waiting. */
  state?: 'open' | 'satisfied' | 'rejected' | 'skipped' | 'revoked';
  /** Why it is remembered, asked again, closed as it is. */
  why?: string;
  quorum: QuorumKind;
  /** Left out: 1. */
  needed?: number;
  seats: CaseSeat[];
  /** Of `steps`: those that come first. */
  after?: number[];
  /** Of `rules`: those that demand it. */
  because?: number[];
  timers?: CaseTimer[];
  explicit?: true;
  submitter_may?: true;
  owner_may?: true;
  editor_may?: true;
  /** Left out: ends. */
  rejection?: 'collects' | 'returns';
  returns_to?: string;
  added_by?: string;
  /** The last is what a vote given now rests on. */
  bases?: Basis[];
  opened_at?: Instant;
  closed_at?: Instant;
}
export interface Basis { rules?: RuleBasis[] }
export interface RuleBasis { rule?: string; fingerprint: string; rows?: Reading[][] }
export interface Reading {
  name: string;
  /** Left out: value. */
  kind?: 'absent' | 'fault' | 'cells';
  value?: string;
}
export interface Question {
  step: string;
  by: string;
  to: string;
  text: string;
  asked_at: Instant;
  answer?: string;
  answered_by?: string;
  answered_at?: Instant;
}

// ── orders: orders.schema.json ─────────────────────────────────────────────────────────────────────────────────────

/** What happens to the orders of an approved quote. */
export interface OrderChange {
  /** Left out: ordered, which makes orders. */
  kind?: 'ordered' | 'activated' | 'delivered' | 'accepted' | 'moved' | 'cancelled' | 'amended';
  /** Its key; left out where orders are made. */
  order?: string;
  /** Moved: the new day. Ordered: nothing starts before. Amended: from when. */
  on: Day;
  /** Moved: the delivery, not the start. */
  delivery?: boolean;
  /** Ordered: left out for all that is left. Amended: how much more or, below 0, less. */
  lines?: Portion[];
  why?: string;
}
export interface Portion { line: string; quantity: Decimal }

export type ReportStatus =
  | 'sent' | 'received' | 'accepted' | 'changed' | 'rejected' | 'processing' | 'shipped' | 'delivered' | 'invoiced'
  | 'cancelled';
/** What the back office said of an order, or that it was told. */
export interface OrderReport {
  order: string;
  /** Left out: 1. */
  revision?: number;
  /** Left out: sent. */
  status?: ReportStatus;
  at: Instant;
  /** The order's name there. */
  reference?: string;
  text?: string;
}

export interface OrderPlan {
  /** Of the policy's orders block. */
  name: string;
  policy: string;
  policy_hash: Hash;
  /** Of the content that was approved; left out of a preview. */
  quote_hash?: Hash;
  /** The day of the first ordering, before which nothing starts. */
  planned_on: Day;
  contracting: 'by subscription end date' | 'as one';
  /** Who gets the odd cents of an amount that is divided. */
  allocation: 'largest remainder' | 'remainder to first' | 'remainder to last';
  /** In the order in which they were made, and of the first line of each. */
  orders: Order[];
  /** What is quoted and not ordered. */
  left: Portion[];
  warnings: { line: string; message: string }[];
  /** Orders that cannot be delivered when they are due, and what holds them up, first things first. */
  conflicts: { order: string; due: Day; ends: Day; chain: string[] }[];
}
export type Milestone = 'activated' | 'delivered' | 'accepted';
export interface Order {
  /** The same for the same phase and split values of a quote. */
  key: string;
  state: 'draft' | 'activated' | 'delivered' | 'accepted' | 'cancelled';
  /** Rises whenever the order changes. */
  revision: number;
  /** Which ordering made it; left out: the first. */
  take?: number;
  accepted?: Day;
  /** Before which it cannot start, for what it waits for. */
  earliest?: Day;
  /** What its start does to the terms of its items. */
  dates?: 'inherits' | 'shifts' | 'clamps';
  earns?: 'by day' | 'by month' | 'at start' | 'at end';
  earns_when?: Milestone;
  /** The last that the back office said of it. */
  report?: { revision: number; status: ReportStatus; at: Instant; reference?: string; text?: string };
  /** After which it cannot be changed. */
  final_once?: Milestone;
  /** Left out: the policy has no phases. */
  phase?: string;
  split: SplitValue[];
  /** When it is activated. */
  starts?: Day;
  /** When it is delivered. */
  ends?: Day;
  /** It waits for what nobody knows the day of: both dates are the earliest ones. */
  pending?: true;
  /** When the lines want it delivered, the earliest of them. */
  wanted?: Day;
  days_late?: number;
  /** When it must be delivered, the earliest of its lines. */
  due?: Day;
  /** For its own deadline and those of whatever waits for it. */
  latest_start?: Day;
  waits?: OrderWait[];
  /** Of all items together. */
  amount: Decimal;
  currency: string;
  /** In the order of the quote. */
  items: OrderItem[];
  /** Where the policy says so. */
  because: Location;
}
/** `null`: absent, which is a value of its own. */
export interface SplitValue { by: string; value: string | null }
export interface OrderWait {
  phase: string;
  milestone: Milestone;
  /** Only orders that are split by these values. */
  same?: SplitValue[];
  lag?: string;
  /** How many it waits for; 0: it does not wait. */
  orders: number;
  /** The one that comes last. */
  last?: string;
  /** When that is so, before the lag. */
  until?: Day;
  /** Nobody knows when: `until` is the earliest day. */
  pending?: true;
  /** All of them have come so far. */
  met?: true;
}
export interface OrderItem {
  /** Its id. */
  line: string;
  /** Its place in the quote's list. */
  row: number;
  quantity: Decimal;
  amount: Decimal;
  /** The line of its bundle. */
  part_of?: string;
  item?: string;
  unit?: string;
  level?: string;
  held_by?: string;
  /** Left out: none. */
  contract?: 'as all' | 'separately';
  /** Left out: none. */
  assets?: 'per line' | 'per unit';
  earns_from?: Day;
  /** What was ordered at first, and each amendment. */
  entries: OrderEntry[];
}
export interface OrderEntry {
  /** Of an amendment: from which day on it holds. */
  on?: Day;
  /** More or, below 0, less than before. */
  quantity: Decimal;
  amount: Decimal;
  /** Its share of what was approved, where a clamped term made the amount less. */
  approved?: Decimal;
  starts?: Day;
  ends?: Day;
}
/** Refused where the change does not fit what has happened. */
export type Replanned =
  | { before?: OrderPlan; after: OrderPlan; refusal?: undefined }  // no `before` where nothing was ordered yet
  | { refusal: Refusal; before?: undefined; after?: undefined };

// ── what follows from orders: fulfilment.schema.json ───────────────────────────────────────────────────────────────

export interface Contract {
  /** Made of what the contract is for alone: one that is made again has the same. */
  key: string;
  starts: Day;
  ends: Day;
  amount: Decimal;
  currency: string;
  /** An order of one of its subscriptions was activated. */
  active: boolean;
  subscriptions: Subscription[];
}
export interface Subscription {
  order: string;
  line: string;
  item?: string;
  level?: string;
  held_by?: string;
  quantity: Decimal;
  amount: Decimal;
  starts: Day;
  ends: Day;
  active: boolean;
}
export interface Asset {
  key: string;
  /** Key of the asset that it is a part of. */
  parent?: string;
  order: string;
  line: string;
  item?: string;
  held_by?: string;
  quantity: Decimal;
  amount: Decimal;
  currency: string;
  /** The delivery, which may be planned. */
  since: Day;
  delivered: boolean;
}
export interface Entitlement {
  held_by?: string;
  item?: string;
  level?: string;
  unit?: string;
  starts: Day;
  ends: Day;
  /** By orders that were activated. */
  quantity: Decimal;
  /** By these and those that are still to be. */
  expected: Decimal;
}
export interface RevenueSchedule {
  order: string;
  line: string;
  item?: string;
  amount: Decimal;
  currency: string;
  /** The day of the milestone that the policy names. */
  from: Day;
  /** It has not come yet: the days are planned. */
  expected?: true;
  /** Nobody knows when it will: the days are the earliest. */
  pending?: true;
  /** Calendar months, or the part of one; they sum exactly to the amount. */
  periods: { starts: Day; ends: Day; amount: Decimal }[];
}

export {};  // and nothing that is not said to be
