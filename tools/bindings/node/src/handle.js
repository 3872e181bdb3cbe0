// handle.js: what the library made, and takes back once: by close(), or when the garbage collector finds it forgotten.
import { answered } from './answer.js';

const made = new BigUint64Array(1);
const forgotten = new FinalizationRegistry(({ free, pointer }) => free(pointer));

// Invariant: #pointer is the address of something that lives in the library, or null once it was closed.
export class Handle {
  #pointer;
  #free;

  // `make` calls the library with the memory to which it writes the address of what it made.
  constructor(make, free) {
    answered(make(made));
    this.#pointer = made[0];
    this.#free = free;
    forgotten.register(this, { free, pointer: this.#pointer }, this);
  }

  // `Evaluator.pointer(given)`: the address of an open handle of that class, of nothing else.
  static pointer(handle) {
    if (!(handle instanceof this)) throw new TypeError(`not a handle of class \`${this.name}\``);
    if (handle.#pointer === null) throw new Error(`the \`${this.name}\` is closed`);
    return handle.#pointer;
  }

  close() {
    if (this.#pointer === null) return;
    forgotten.unregister(this);
    this.#free(this.#pointer);
    this.#pointer = null;
  }
}
if (Symbol.dispose) Handle.prototype[Symbol.dispose] = Handle.prototype.close;  // `using` of newer versions of Node
