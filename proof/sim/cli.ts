import { shippedCore } from './core.js';
import { runSeed } from './run.js';

const [from, count, trace] = process.argv.slice(2);
const start = Date.now();
let events = 0;
let bad = 0;
for (let seed = Number(from); seed < Number(from) + Number(count); seed += 1) {
  const outcome = runSeed(seed, { core: shippedCore, trace: trace === 'trace' });
  events += outcome.events;
  if (trace === 'trace') console.log(outcome.trace.join('\n'));
  if (outcome.violation) {
    bad += 1;
    if (bad < 12)
      console.log(
        seed,
        outcome.violation.invariant,
        (outcome.violation.at / 1000).toFixed(1),
        outcome.violation.text.slice(0, 700),
        outcome.faults.join(' '),
      );
  } else if (trace) console.log(seed, outcome.ends, [...outcome.checked].join(' '));
}
console.log(`${count} seeds, ${bad} bad, ${events / Number(count)} events each, ${(Date.now() - start) / Number(count)} ms each`);
