// session.js: a quote that is changed again and again, and decided after each change.
import { answered, text } from './answer.js';
import { Handle } from './handle.js';
import { bytes, plainBytes } from './json.js';
import { library } from './library.js';
import { limits } from './limits.js';
import { Policy } from './policy.js';
import { World } from './world.js';

export class Session extends Handle {
  constructor(policy, quote, world, bounds) {
    const pointer = Policy.pointer(policy), given = bytes(quote), struct = World.struct(world);
    super(made => library.session_open(pointer, limits(bounds), given, given.length, struct, made, text),
          library.session_free);
  }
  static open(policy, quote, world, bounds) { return new Session(policy, quote, world, bounds); }

  // Each gives how the decision differs; what is refused changes nothing.
  set(path, value) { return this.#change(library.session_set, path, value); }
  insert(path, line) { return this.#change(library.session_insert, path, line); }
  remove(path) {
    const at = plainBytes(path);
    return JSON.parse(answered(library.session_remove(Session.pointer(this), at, at.length, text)));
  }

  decision() { return JSON.parse(answered(library.session_decision(Session.pointer(this), text))); }
  explain() { return JSON.parse(answered(library.session_explain(Session.pointer(this), text))); }

  #change(make, path, value) {
    const at = plainBytes(path), given = bytes(value);
    return JSON.parse(answered(make(Session.pointer(this), at, at.length, given, given.length, text)));
  }
}
