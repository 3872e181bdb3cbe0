// world.js: all that a decision may depend on beside the quote: people, rates, deputies, the day.
import { answered, text } from './answer.js';
import { Handle } from './handle.js';
import { bytes, plainBytes } from './json.js';
import { library, worldStruct } from './library.js';

export class Directory extends Handle {
  constructor(json) {
    const given = bytes(json);
    super(made => library.directory_read(given, given.length, made, text), library.directory_free);
  }
  static fromJson(json) { return new Directory(json); }
}

export class Rates extends Handle {
  constructor(json) {
    const given = bytes(json);
    super(made => library.rates_read(given, given.length, made, text), library.rates_free);
  }
  static fromJson(json) { return new Rates(json); }
}

export class Deputies extends Handle {
  constructor(json) {
    const given = bytes(json);
    super(made => library.deputies_read(given, given.length, made, text), library.deputies_free);
  }
  static fromJson(json) { return new Deputies(json); }
}

const states = ['draft', 'pending', 'approved', 'rejected', 'recalled', 'expired'];  // in the order of assent_state
const known = ['today', 'state', 'now', 'utcOffset', 'directory', 'rates', 'deputies'];

// Immutable. Its structure is filled once, and given to each call that needs a world.
export class World {
  #fields;
  #struct;

  constructor(fields) {
    for (const name of Object.keys(fields)) {
      if (!known.includes(name)) throw new TypeError(`a world has no \`${name}\`, but ${known.join(', ')}`);
    }
    const { today, state = 'draft', now, utcOffset = 0, directory, rates, deputies } = fields;
    if (!states.includes(state)) throw new TypeError(`\`${state}\` is not a state, which are ${states.join(', ')}`);
    if (!Number.isInteger(utcOffset)) throw new TypeError('`utcOffset` is a whole number of minutes');
    this.#fields = { ...fields };
    this.#struct = worldStruct({
      today: days(today),
      state: states.indexOf(state),
      now: now === undefined ? 0 : milliseconds(now),
      utc_offset: utcOffset,
      directory: directory ? Directory.pointer(directory) : null,
      rates: rates ? Rates.pointer(rates) : null,
      deputies: deputies ? Deputies.pointer(deputies) : null,
    });
  }

  // The same, but for what is given.
  with(changes) { return new World({ ...this.#fields, ...changes }); }

  // Its memory, which has the addresses of its handles: each must still be open.
  static struct(world) {
    if (!(world instanceof World)) throw new TypeError('not a `World`');
    const { directory, rates, deputies } = world.#fields;
    if (directory) Directory.pointer(directory);
    if (rates) Rates.pointer(rates);
    if (deputies) Deputies.pointer(deputies);
    return world.#struct;
  }

  // The same for a case, whose events have the time in them.
  static structWithTime(world) {
    const struct = World.struct(world);
    if (world.#fields.now === undefined) throw new TypeError('a case needs the time: give the world `now`');
    return struct;
  }
}

function days(day) {
  if (typeof day !== 'string') throw new TypeError('`today` is a day, as text: "2026-03-02"');
  const given = plainBytes(day);
  const found = new Int32Array(1);
  answered(library.date(given, given.length, found, text));
  return found[0];
}

function milliseconds(instant) {
  const zoned = typeof instant === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(instant);
  const found = instant instanceof Date ? instant.getTime() : zoned ? Date.parse(instant) : NaN;
  if (!Number.isNaN(found)) return found;
  throw new TypeError('`now` is an instant, as a Date or as text with its zone: "2026-03-02T09:00:00Z"');
}
