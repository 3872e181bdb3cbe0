// One of several threads that decide at once: tells all different answers that it got.
import { parentPort, workerData } from 'node:worker_threads';
import { Directory, Evaluator, Policy, World } from 'assent';

const { artifact, people, quote, today, calls } = workerData;
const evaluator = new Evaluator(Policy.load(artifact));
const world = new World({ today, directory: Directory.fromJson(people) });
const found = new Set();
for (let call = 0; call < calls; ++call) found.add(evaluator.decideJson(quote, world));
parentPort.postMessage([...found]);
