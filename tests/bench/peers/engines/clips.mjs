// CLIPS: each quote is a fact that is asserted, matched by the Rete network, and retracted. It takes the time itself,
// the processor's. Where answers are checked a rule prints its approver; where they are timed it only counts.
import { writeFileSync } from 'node:fs';
import { run } from '../outside.mjs';

export const title = 'CLIPS, Rete';
export const version = () => /CLIPS \((\S+)/.exec(run(['clips'], { input: '(exit)\n' }))[1];

const ruleOf = ({ approver, region, above, at_least }) =>
  `(defrule ${approver} (quote (region ${region}) (discount ?d&:(> ?d ${above})) (total ?t&:(>= ?t ${at_least})))
  => (approve ${approver}))`;
const called = (name, { quote }) => `(${name} ${quote.region} ${quote.discount} ${quote.total})`;

const program = (rules, quotes) => `
(defglobal ?*begun* = (time) ?*named* = 0)
(deftemplate quote (slot region) (slot discount) (slot total))
(deffunction approve (?who) (printout t " " ?who))
${rules.map(ruleOf).join('\n')}
(deffunction decide (?region ?discount ?total)
  (bind ?quote (assert (quote (region ?region) (discount ?discount) (total ?total))))
  (run)
  (retract ?quote))
(deffunction answer (?region ?discount ?total)
  (printout t "answer")
  (decide ?region ?discount ?total)
  (printout t crlf))
(printout t "loaded " (- (time) ?*begun*) crlf)
${quotes.map(quote => called('answer', quote)).join('\n')}
(deffunction approve (?who) (bind ?*named* (+ ?*named* 1)))
(deffunction pass ()
${quotes.map(quote => called('decide', quote)).join('\n')})
(deffunction passes ()
  (bind ?begun (time))
  (bind ?done 0)
  (while (or (< ?done 5) (< (- (time) ?begun) 1))
    (bind ?start (time))
    (pass)
    (printout t "pass " (- (time) ?start) crlf)
    (bind ?done (+ ?done 1))))
(passes)
(exit)
`;

export function measure(rules, quotes) {
  writeFileSync('peers.clp', program(rules, quotes));
  const lines = run(['clips', '-f2', 'peers.clp']).split('\n').map(line => line.trim().split(' '));
  const told = word => lines.filter(line => line[0] === word).map(line => line.slice(1));
  const passes = told('pass').map(([seconds]) => Number(seconds)).sort((a, b) => a - b);
  return {
    us: (passes[passes.length >> 1] * 1e6) / quotes.length,
    load_ms: Number(told('loaded')[0][0]) * 1e3,
    passes: passes.length,
    answers: told('answer'),
  };
}
