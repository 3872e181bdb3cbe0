// GoRules ZEN: a decision table that collects every row that matches, compiled once; native code.
import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { packageVersion } from '../outside.mjs';

export const title = 'GoRules ZEN, decision table';
export const version = () => packageVersion('@gorules/zen-engine');

export function load(rules) {
  const node = (id, type, content = {}) => ({ id, name: id, type, position: { x: 0, y: 0 }, content });
  const edge = (sourceId, targetId) => ({ id: sourceId + targetId, sourceId, targetId, type: 'edge' });
  const column = name => ({ id: name, name, field: `quote.${name}` });
  const graph = {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      node('in', 'inputNode'),
      node('table', 'decisionTableNode', {
        hitPolicy: 'collect',
        inputs: ['region', 'discount', 'total'].map(column),
        outputs: [{ id: 'approver', name: 'approver', field: 'approver' }],
        rules: rules.map(rule => ({
          _id: rule.approver,
          region: `"${rule.region}"`,
          discount: `> ${rule.above}`,
          total: `>= ${rule.at_least}`,
          approver: `"${rule.approver}"`,
        })),
      }),
      node('out', 'outputNode'),
    ],
    edges: [edge('in', 'table'), edge('table', 'out')],
  };
  const decision = new ZenEngine().createDecision(new ZenDecisionContent(graph));
  return async quote => (await decision.evaluate(quote)).result?.map(row => row.approver) ?? [];
}
