// What is not ours: the versions of packages, and other programs.
//
// Entry: packageVersion, run. A Skipped says why an engine has no figures, which is no fault of its answers.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export class Skipped extends Error {}

export const packageVersion = name =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;

// The output of a program that must succeed within `seconds`.
export function run([program, ...args], { seconds = 240, ...options } = {}) {
  const ended = spawnSync(program, args, {
    encoding: 'utf8', maxBuffer: 1 << 28, timeout: seconds * 1000, killSignal: 'SIGKILL', ...options,
  });
  if (ended.error?.code === 'ENOENT') throw new Skipped(`there is no program ${program}`);
  if (ended.error?.code === 'ETIMEDOUT') throw new Skipped(`took more than ${seconds} s`);
  if (ended.status === 0) return ended.stdout;
  throw new Error(`${program}: ${ended.error?.message || String(ended.stderr).trim() || ended.signal}`);
}
