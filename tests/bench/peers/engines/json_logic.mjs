// JSON Logic: each rule is compiled to a function of its own.
import { LogicEngine } from 'json-logic-engine';
import { packageVersion } from '../outside.mjs';

export const title = 'JSON Logic, compiled';
export const version = () => packageVersion('json-logic-engine');

export function load(rules) {
  const logic = new LogicEngine();
  const compiled = rules.map(rule => ({
    approver: rule.approver,
    matches: logic.build({
      and: [
        { '===': [{ var: 'quote.region' }, rule.region] },
        { '>': [{ var: 'quote.discount' }, rule.above] },
        { '>=': [{ var: 'quote.total' }, rule.at_least] },
      ],
    }),
  }));
  return quote => {
    const approvers = [];
    for (const { approver, matches } of compiled) if (matches(quote)) approvers.push(approver);
    return approvers;
  };
}
