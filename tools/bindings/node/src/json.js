// json.js: what goes in becomes bytes of JSON, exactly or not at all. Entries: bytes(), for all that is given as JSON;
// commandBytes(), for a command; plainBytes(), for what is no JSON.
//
// A text, or bytes, go through as they are. A value is written as JSON.stringify does; but what JSON cannot say, and
// what it would leave out, is refused, and so is a number whose decimal text has more than 15 digits: up to these a
// double stands for one decimal, beyond them it stands for its neighbours too, and one of them was meant.
import { AssentError } from './errors.js';

const mostDigits = 15;   // of every decimal that comes back unchanged from a double
const mostLevels = 100;  // of lists in lists; more is a value that contains itself

export function bytes(given) {
  if (typeof given === 'string') return Buffer.from(wellFormed(given));
  if (given instanceof Uint8Array) return alone(given);
  return Buffer.from(write(given));
}

// An id, a name, a path: a text that is no JSON.
export function plainBytes(text) {
  if (typeof text !== 'string') throw new TypeError('an id, a name, a path or a day is a text');
  return Buffer.from(wellFormed(text));
}

// The JSON of a value; throws a TypeError that names the place of what cannot be written.
export function write(value) {
  const found = fault(value, 0);
  if (found) throw new TypeError(`${found.place.replace(/^\./, '') || 'it'} is ${found.what}`);
  try {
    return JSON.stringify(value);
  } catch {
    return spell(value);  // it has a BigInt
  }
}

// A command: a value whose quote may be given as its text, which stays as it is. `what` must come after `kind`.
export function commandBytes(command) {
  if (typeof command !== 'object' || command === null || command instanceof Uint8Array) return bytes(command);
  const { what = {}, ...outer } = command;
  const { quote, ...others } = what ?? {};
  if (typeof quote !== 'string' && !(quote instanceof Uint8Array)) return bytes({ ...outer, what });
  const text = typeof quote === 'string' ? quote : new TextDecoder('utf-8', { fatal: true }).decode(quote);
  const members = [`"quote":${oneValue(text)}`, ...inner(others)];
  return Buffer.from(wellFormed(`{${[...inner(outer), `"what":{${members}}`]}}`));
}

// The texts of a list's elements or of an object's members, as they stand.
export function elements(json) {
  const found = [];
  let depth = 0, from = 0, quoted = false;
  for (let at = 0; at < json.length; ++at) {
    const sign = json[at];
    if (quoted) {
      if (sign === '\\') ++at;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') {
      quoted = true;
    } else if (sign === '[' || sign === '{') {
      if (depth++ === 0) from = at + 1;
    } else if ((sign === ',' && depth === 1) || ((sign === ']' || sign === '}') && --depth === 0)) {
      found.push(json.slice(from, at).trim());
      from = at + 1;
    }
  }
  return found.filter(text => text !== '');
}

// The first thing in a value that JSON cannot say exactly: what it is, and its place; null if there is none.
function fault(value, level) {
  switch (typeof value) {
    case 'string': case 'boolean': case 'bigint': return null;
    case 'number': return exact(value) ? null : { place: '', what: unwritable(value) };
    case 'object': break;
    default: return { place: '', what: typeof value === 'undefined' ? '`undefined`' : `a ${typeof value}` };
  }
  if (value === null) return null;
  if (typeof value.toJSON === 'function') return fault(value.toJSON(), level + 1);
  if (level === mostLevels) return { place: '', what: 'too deep, or contains itself' };
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; ++at) {
      const found = fault(value[at], level + 1);
      if (found) return { ...found, place: `[${at}]${found.place}` };
    }
    return null;
  }
  for (const name of Object.keys(value)) {
    const found = fault(value[name], level + 1);
    if (found) return { ...found, place: `.${name}${found.place}` };
  }
  return null;
}

function exact(number) {
  if (Number.isInteger(number) && Math.abs(number) < 1e15) return true;
  const text = String(number);
  if (text.length <= mostDigits) return Number.isFinite(number);
  const digits = text.replace(/e.*|[-.]/g, '').replace(/^0+|0+$/g, '');
  return digits.length <= mostDigits;
}

function unwritable(number) {
  if (!Number.isFinite(number)) return `${number}: JSON has no such number`;
  return `${number}: a binary number of more than ${mostDigits} digits; give it in a text, or a whole one as BigInt`;
}

// As JSON.stringify, which does not take a BigInt.
function spell(value) {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (typeof value.toJSON === 'function') return spell(value.toJSON());
  if (Array.isArray(value)) return `[${value.map(spell)}]`;
  return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${spell(member)}`)}}`;
}

// A text that is put into another one must not reach beyond its place.
function oneValue(text) {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    const problem = { code: 'bad-quote', where: '/what/quote', message: `not JSON: ${error.message}` };
    throw new AssentError('bad-quote', [problem]);
  }
}

// The members of an object as JSON, without its braces.
function inner(object) {
  const text = write(object).slice(1, -1);
  return text === '' ? [] : [text];
}

// Half a character would silently become another one on its way to UTF-8.
function wellFormed(text) {
  if (text.isWellFormed?.() ?? !/\p{Surrogate}/u.test(text)) return text;
  throw new TypeError('the text is not Unicode: it has half of a surrogate pair');
}

// Shared memory could change while the library reads it: a copy cannot.
function alone(given) {
  return given.buffer instanceof ArrayBuffer ? given : Buffer.from(given);
}
