// answer.js: the text that every call answers into. Entry: answered(library.decide(…, text)).
//
// Calls of one thread come one after the other, and an answer is read before the next call: one text is enough for all
// handles. It grows to the largest answer, and is given back where that was an unusual one.
import { AssentError } from './errors.js';
import { library, read } from './library.js';

const kept = 1n << 20n;  // bytes
export const text = new BigUint64Array(3);  // an assent_text: data, size, capacity
process.once('exit', () => library.text_free(text));  // of a worker too, which gives nothing back by itself

// The answer to a call that went well; throws an AssentError for any other.
export function answered(status) {
  const json = text[1] > 0n ? read(text) : '';
  if (text[2] > kept) library.text_free(text);
  if (status === 0) return json;
  throw new AssentError(library.status_name(status), json ? JSON.parse(json).problems : []);
}
