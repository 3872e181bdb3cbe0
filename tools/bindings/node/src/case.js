// case.js: the progress of one quote's approval: a fold of events, moved by commands.
import { answered, text } from './answer.js';
import { Evaluator } from './evaluator.js';
import { Handle } from './handle.js';
import { bytes, commandBytes, elements, plainBytes } from './json.js';
import { library } from './library.js';
import { World } from './world.js';

export class Case extends Handle {
  constructor(id) {
    const given = plainBytes(id);
    super(made => library.case_new(given, given.length, made, text), library.case_free);
  }

  // The case that was kept as these events, in their order.
  static replay(id, events) {
    const kase = new Case(id);
    try {
      kase.#apply(Buffer.concat([...events].map(line)));
      return kase;
    } catch (error) {
      kase.close();
      throw error;
    }
  }

  // One event, as advance() gave it, on one line; gives the version.
  apply(event) { return this.#apply(line(event)); }

  #apply(given) {
    return JSON.parse(answered(library.case_apply(Case.pointer(this), given, given.length, text))).version;
  }

  // Carries out a command: the case moves, or refuses. Events are exact texts, to be kept byte for byte.
  advance(evaluator, command, world) {
    const given = commandBytes(command);
    const answer = answered(library.case_advance(Case.pointer(this), Evaluator.pointer(evaluator),
                                                 given, given.length, World.structWithTime(world), text));
    const { events: _, effects = [], ...others } = JSON.parse(answer);
    return { ...others, events: eventTexts(answer), effects };
  }

  get version() { return Number(library.case_version(Case.pointer(this))); }

  // When a tick would do something; null for never.
  get nextDue() {
    const due = Number(library.case_next_due(Case.pointer(this)));
    return due === 0 ? null : new Date(due);
  }

  // The same events give the same text.
  json() { return answered(library.case_json(Case.pointer(this), text)); }

  fields() { return JSON.parse(this.json()); }
}

// The library reads an event a line.
const lineEnd = Buffer.from('\n');
function line(event) {
  if (typeof event !== 'string' && !(event instanceof Uint8Array)) {
    throw new TypeError('an event is given as it was kept: as text or bytes');
  }
  return Buffer.concat([bytes(event), lineEnd]);
}

// Parsed and written again they would be other bytes.
function eventTexts(answer) {
  const member = '"events":';
  const events = elements(answer).find(one => one.startsWith(member));
  return events === undefined ? [] : elements(events.slice(member.length));
}
