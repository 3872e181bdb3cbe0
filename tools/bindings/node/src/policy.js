// policy.js: compiled policies, verified before they are trusted.
import { readFileSync } from 'node:fs';
import { answered, text } from './answer.js';
import { Handle } from './handle.js';
import { library } from './library.js';

export class Policy extends Handle {
  #about;

  constructor(artifact) {
    if (!(artifact instanceof Uint8Array)) throw new TypeError('an artifact is a Buffer, or the path of a file');
    const copy = artifact.buffer instanceof ArrayBuffer ? artifact : Buffer.from(artifact);  // shared memory may change
    super(made => library.policy_load(copy, copy.length, made, text), library.policy_free);
    this.#about = JSON.parse(answered(library.policy_about(Policy.pointer(this), text)));
  }

  // An artifact, or the path of its file.
  static load(artifact) { return new Policy(typeof artifact === 'string' ? readFileSync(artifact) : artifact); }

  get name() { return this.#about.policy; }
  get title() { return this.#about.title ?? ''; }
  get hash() { return this.#about.policy_hash; }

  // The JSON Schema of the quotes that it reads.
  schema() { return JSON.parse(answered(library.policy_schema(Policy.pointer(this), text))); }
}
