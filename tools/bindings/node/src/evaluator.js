// evaluator.js: decides quotes, proves decisions, plans orders.
import { answered, text } from './answer.js';
import { Case } from './case.js';
import { Handle } from './handle.js';
import { bytes, plainBytes } from './json.js';
import { library } from './library.js';
import { limits } from './limits.js';
import { Policy } from './policy.js';
import { World } from './world.js';

const [contracts, assets, entitlements, revenue] = [0, 1, 2, 3];  // as in assent_fulfilment_kind

export class Evaluator extends Handle {
  constructor(policy, bounds) {
    const pointer = Policy.pointer(policy);
    super(made => library.evaluator_new(pointer, limits(bounds), made, text), library.evaluator_free);
  }

  decide(quote, world) { return JSON.parse(this.decideJson(quote, world)); }

  decideJson(quote, world) {
    const given = bytes(quote);
    return answered(library.decide(Evaluator.pointer(this), given, given.length, World.struct(world), text));
  }

  // The last decision with its proof.
  explain() { return JSON.parse(answered(library.explain(Evaluator.pointer(this), text))); }

  // What a fact came to for the last decision; undefined where the compiled policy has none of that name.
  fact(name) {
    const given = plainBytes(name);
    return JSON.parse(answered(library.fact(Evaluator.pointer(this), given, given.length, text))).value;
  }

  // Without a case a preview; with one as it stands.
  orders(quote, world, kase) {
    const given = bytes(quote);
    return JSON.parse(answered(library.orders(Evaluator.pointer(this), pointerOf(kase), given, given.length,
                                              World.struct(world), text)));
  }

  // What a change would make of the orders of a case.
  replan(kase, quote, change, world) {
    const given = bytes(quote), changed = bytes(change);
    return JSON.parse(answered(library.replan(Evaluator.pointer(this), Case.pointer(kase), given, given.length,
                                              changed, changed.length, World.struct(world), text)));
  }

  contracts(quote, world, kase) { return this.#follows(contracts, quote, world, kase).contracts; }
  assets(quote, world, kase) { return this.#follows(assets, quote, world, kase).assets; }
  entitlements(quote, world, kase) { return this.#follows(entitlements, quote, world, kase).entitlements; }
  revenue(quote, world, kase) { return this.#follows(revenue, quote, world, kase).revenue; }

  #follows(kind, quote, world, kase) {
    const given = bytes(quote);
    return JSON.parse(answered(library.fulfilment(Evaluator.pointer(this), pointerOf(kase), given, given.length,
                                                  World.struct(world), kind, text)));
  }
}

const pointerOf = kase => kase === undefined ? null : Case.pointer(kase);
