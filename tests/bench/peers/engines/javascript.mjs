// A loop over the rules, as one would write it.
export const title = 'JavaScript, a loop';
export const version = () => process.version;

export const load = rules => ({ quote }) => {
  const approvers = [];
  for (const rule of rules) {
    if (quote.region === rule.region && quote.discount > rule.above && quote.total >= rule.at_least) {
      approvers.push(rule.approver);
    }
  }
  return approvers;
};
