// limits.js: how much one call may ask for.
import { limitsStruct } from './library.js';

const names = { quoteBytes: 'quote_bytes', rows: 'rows', work: 'work', memory: 'memory' };

// What is not said is as the library has it.
export function limits(given) {
  if (given === undefined) return null;
  const fields = { quote_bytes: 0, rows: 0, work: 0, memory: 0 };
  for (const [name, most] of Object.entries(given)) {
    if (!Object.hasOwn(names, name)) throw new TypeError(`there is no limit \`${name}\`, but ${Object.keys(names)}`);
    if (!Number.isSafeInteger(most) || most < 1) throw new TypeError(`the limit \`${name}\` is a whole number above 0`);
    fields[names[name]] = most;
  }
  return limitsStruct(fields);
}
