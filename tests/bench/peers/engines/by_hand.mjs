// What a program for this one task could reach, from the JSON text of a quote (../../floor.h).
import { writeFileSync } from 'node:fs';
import { peer } from './assent.mjs';

export const title = 'By hand, in C++';
export const version = () => '';

export function measure(rules, quotes) {
  writeFileSync('rules.json', JSON.stringify(rules));
  return peer(quotes, 'by-hand', 'rules.json');
}
