// Cedar: each rule is a permit whose name is its approver; an answer lists all permits that hold. The region is in the
// scope, and of the quote only what the conditions look at crosses into WebAssembly. The policies are parsed once.
import cedar from '@cedar-policy/cedar-wasm/nodejs';
import { packageVersion } from '../outside.mjs';

export const title = 'Cedar, WebAssembly';
export const version = () => packageVersion('@cedar-policy/cedar-wasm');

const told = answer => {
  const errors = answer.errors ?? answer.response?.diagnostics.errors ?? [];
  if (answer.type !== 'success' || errors.length > 0) throw new Error(JSON.stringify(errors));
  return answer.response;
};

export function load(rules) {
  const permit = rule => `permit(principal, action == Action::"approve", resource == Region::"${rule.region}")
    when { context.discount > ${rule.above} && context.total >= ${rule.at_least} };`;
  const staticPolicies = Object.fromEntries(rules.map(rule => [rule.approver, permit(rule)]));
  told(cedar.preparsePolicySet('rules', { staticPolicies }));
  return ({ quote }) =>
    told(cedar.statefulIsAuthorized({
      principal: { type: 'User', id: 'owner' },
      action: { type: 'Action', id: 'approve' },
      resource: { type: 'Region', id: quote.region },
      context: { discount: quote.discount, total: quote.total },
      preparsedPolicySetId: 'rules',
      entities: [],
    })).diagnostics.reason;
}
