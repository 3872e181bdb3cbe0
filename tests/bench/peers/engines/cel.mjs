// CEL: each rule is an expression, parsed once.
import { Environment } from '@marcbachmann/cel-js';
import { packageVersion } from '../outside.mjs';

export const title = 'CEL, @marcbachmann/cel-js';
export const version = () => packageVersion('@marcbachmann/cel-js');

export function load(rules) {
  const environment = new Environment().registerVariable('quote', 'map');
  const parsed = rules.map(rule => ({
    approver: rule.approver,
    matches: environment.parse(
      `quote.region == "${rule.region}" && quote.discount > ${rule.above} && quote.total >= ${rule.at_least}`),
  }));
  return quote => {
    const approvers = [];
    for (const { approver, matches } of parsed) if (matches(quote)) approvers.push(approver);
    return approvers;
  };
}
