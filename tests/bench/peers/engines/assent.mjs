// Assent, from the JSON text of a quote. Measured by the program assent_peer (../ours.cpp).
import { writeFileSync } from 'node:fs';
import { run } from '../outside.mjs';
import { numbered } from '../workload.mjs';

export const title = 'Assent';
export const version = () => run([process.env.ASSENT_PEER, '--version']).trim();

export function peer(quotes, ...args) {
  writeFileSync('quotes.ndjson', quotes.map(quote => JSON.stringify(quote) + '\n').join(''));
  return JSON.parse(run([process.env.ASSENT_PEER, ...args, 'quotes.ndjson', '--answers']));
}

const written = (rule, number) => `approver ${rule.approver} = person "${numbered('p', number)}"
rule ${numbered('r', number)} {
  when quote.discount > ${rule.above}% and quote.region is "${rule.region}" and quote.total >= ${rule.at_least}
  requires ${rule.approver}
}
`;

export function measure(rules, quotes) {
  writeFileSync('policy.assent', `policy thresholds
record Quote from "quote" { discount: Percent  region: Text  total: Decimal }
input quote: Quote
otherwise approve
${rules.map(written).join('')}`);
  const people = rules.map((_, number) => ({ id: numbered('p', number) }));
  writeFileSync('directory.json', JSON.stringify({ people }));
  return peer(quotes, 'assent', 'policy.assent', 'directory.json');
}
