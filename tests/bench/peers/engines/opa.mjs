// OPA: each rule adds to one set; compiled to WebAssembly by the program `opa`, decided by its package for Node.
import { writeFileSync } from 'node:fs';
import opa from '@open-policy-agent/opa-wasm';
import { run } from '../outside.mjs';

export const title = 'OPA, WebAssembly';
export const version = () => /Version:\s*(\S+)/.exec(run(['opa', 'version']))[1];

export async function load(rules) {
  const written = rule => `approvers contains "${rule.approver}" if {
  input.quote.region == "${rule.region}"
  input.quote.discount > ${rule.above}
  input.quote.total >= ${rule.at_least}
}
`;
  writeFileSync('peers.rego', `package peers\n\nimport rego.v1\n\n${rules.map(written).join('')}`);
  run(['opa', 'build', '-t', 'wasm', '-e', 'peers/approvers', '-o', 'bundle.tar.gz', 'peers.rego']);
  const wasm = run(['tar', '-xzOf', 'bundle.tar.gz', '/policy.wasm'], { encoding: 'buffer' });
  const policy = await opa.loadPolicy(wasm, { initial: 1024 }); // pages of memory: 10 000 rules need hundreds
  return quote => policy.evaluate(quote)[0].result;
}
