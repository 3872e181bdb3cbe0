// index.js: all of the package; index.d.ts is its manual.
export { Case } from './case.js';
export { AssentError } from './errors.js';
export { Evaluator } from './evaluator.js';
export { Policy } from './policy.js';
export { Session } from './session.js';
export { Deputies, Directory, Rates, World } from './world.js';
