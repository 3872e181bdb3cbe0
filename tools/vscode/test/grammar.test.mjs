// The colours: what each kind of word is, and that every word of the language has one.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const oniguruma = require('vscode-oniguruma');
const { INITIAL, Registry, parseRawGrammar } = require('vscode-textmate');

const here = new URL('.', import.meta.url);
const wasm = await readFile(require.resolve('vscode-oniguruma/release/onig.wasm'));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const file = new URL('../syntaxes/assent.tmLanguage.json', here);
const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
    createOnigString: text => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => parseRawGrammar(await readFile(file, 'utf8'), file.pathname),
});
const grammar = await registry.loadGrammar('source.assent');

// What has a scope of its own, in the order of the text: [text, the innermost scope].
function scopes(text) {
  const found = [];
  let state = INITIAL;
  for (const line of text.split('\n')) {
    const read = grammar.tokenizeLine(line, state);
    state = read.ruleStack;
    let end = -1;  // of the one before, on this line
    for (const token of read.tokens) {
      const scope = token.scopes.at(-1).replace(/\.assent$/, '');
      const word = line.slice(token.startIndex, token.endIndex);
      const joined = token.startIndex === end && found.at(-1)[1] === scope;
      if (token.scopes.length === 1 || !word.trim()) continue;
      if (joined) found.at(-1)[0] += word;
      else found.push([word, scope]);
      end = token.endIndex;
    }
  }
  return found.map(([word, scope]) => [word.trim(), scope]);
}

test('a rule', () => {
  assert.deepEqual(scopes('rule steep "Steep" {  # why\n  when quote.discount > 20% and not region is absent\n  requires desk then vp\n}'), [
    ['rule', 'keyword.declaration'], ['steep', 'entity.name.section'], ['"Steep"', 'string.quoted.double'],
    ['# why', 'comment.line.number-sign'],
    ['when', 'keyword.control'], ['discount', 'variable.other.property'], ['>', 'keyword.operator'],
    ['20%', 'constant.numeric.percent'], ['and', 'keyword.control'], ['not', 'keyword.control'],
    ['is', 'keyword.control'], ['absent', 'constant.language'],
    ['requires', 'keyword.other'], ['then', 'keyword.control']]);
});

test('values', () => {
  assert.deepEqual(scopes('fact f = 1_000.50 USD + 5 - 2026-01-31 2026-01-31T10:00:00Z true'), [
    ['fact', 'keyword.declaration'], ['f', 'variable.other.constant'], ['=', 'keyword.operator'],
    ['1_000.50', 'constant.numeric.money'], ['USD', 'constant.other.currency'], ['+', 'keyword.operator'],
    ['5', 'constant.numeric'], ['-', 'keyword.operator'], ['2026-01-31', 'constant.other.date'],
    ['2026-01-31T10:00:00Z', 'constant.other.instant'], ['true', 'constant.language']]);
});

test('records, types and functions', () => {
  assert.deepEqual(scopes('record Line { id: Text  price: Money? }\nfunction half(of: Money): Money = round(of / 2, 2)'), [
    ['record', 'keyword.declaration'], ['Line', 'entity.name.type'], ['id', 'variable.other.property'],
    ['Text', 'support.type'], ['price', 'variable.other.property'], ['Money?', 'support.type'],
    ['function', 'keyword.declaration'], ['half', 'entity.name.function'], ['of', 'variable.other.property'],
    ['Money', 'support.type'], ['Money', 'support.type'], ['=', 'keyword.operator'], ['round', 'support.function'],
    ['of', 'keyword.other'], ['/', 'keyword.operator'], ['2', 'constant.numeric'], ['2', 'constant.numeric']]);
});

test('texts', () => {
  assert.deepEqual(scopes('"a \\" b" "# no comment" "open'), [
    ['"a', 'string.quoted.double'], ['\\"', 'constant.character.escape'], ['b"', 'string.quoted.double'],
    ['"# no comment"', 'string.quoted.double'], ['"open', 'string.quoted.double']]);
  assert.equal(scopes('"open\nwhen').at(-1)[1], 'keyword.control');
});

test('a field may be called as a word is', () => {
  assert.deepEqual(scopes('quote.date').at(-1), ['date', 'variable.other.property']);
});

test('every word of the language has a colour', async () => {
  const source = await readFile(new URL('../../../grammar/Assent.g4', here), 'utf8');
  const words = new Set([...source.matchAll(/'([a-z]+)'/g)].map(match => match[1]));
  assert.ok(words.size > 150);
  const plain = [...words].filter(word => !scopes(`  ${word} `).some(([, scope]) => /^(keyword|constant)/.test(scope)));
  assert.deepEqual(plain, []);
});
