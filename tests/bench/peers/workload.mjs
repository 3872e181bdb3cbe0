// The workload: rules, quotes, and who must approve each. Drawn as ../workload.cpp draws them, the same in every run.
//
// Entry: rulesOf, quotes, approversOf.

// SplitMix64, as in ../workload.h; both ends are inclusive.
function random(seed) {
  const bits = value => BigInt.asUintN(64, value);
  let state = BigInt(seed);
  const next = () => {
    state = bits(state + 0x9e3779b97f4a7c15n);
    let mixed = bits((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = bits((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  };
  return (low, high) => low + Number(next() % BigInt(high - low + 1));
}

const times = (count, make) => Array.from({ length: count }, (_, number) => make(number));
const regions = 50;
const highestDiscount = 60; // percent points
const highestTotal = 1_000_000;

export const numbered = (prefix, number) => prefix + String(number).padStart(6, '0');

// `discount > above and region is "region" and total >= at_least`, with an approver of its own.
export function rulesOf(count) {
  const between = random(777 + count);
  return times(count, number => ({
    above: between(5, highestDiscount - 2),
    region: numbered('R', between(0, regions - 1)),
    at_least: between(highestTotal / 1000, (highestTotal / 100) * 99),
    approver: numbered('A', number),
  }));
}

const between = random(20240601);
export const quotes = times(1000, number => ({
  quote: {
    id: numbered('Q', number),
    discount: between(0, highestDiscount),
    region: numbered('R', between(0, regions - 1)),
    total: between(100, highestTotal),
    currency: ['EUR', 'USD', 'GBP'][between(0, 2)],
    customer: { tier: ['gold', 'silver', 'bronze'][between(0, 2)], id: between(1, 100_000) },
    lines: between(1, 40),
  },
}));

// What every engine must answer, in any order.
export const approversOf = (rules, { quote }) =>
  rules
    .filter(rule => quote.discount > rule.above && quote.region === rule.region && quote.total >= rule.at_least)
    .map(rule => rule.approver);
