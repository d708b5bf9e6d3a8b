import { parseArgs } from 'node:util';
import { shippedCore } from './core.js';
import { faultNames } from './faults.js';
import type { Fault } from './faults.js';
import { hunt } from './hunt.js';
import { modelCheck } from './model-check.js';
import { mutants } from './mutants.js';
import { report } from './report.js';
import { runSeed } from './run.js';
import { shrink } from './shrink.js';
import { provenance, readResult, resultPath, writeResult } from './stage.js';
import type { Provenance } from './stage.js';
import { add, newTally } from './tally.js';
import type { Tally } from './tally.js';

const usage = `simulation of the pure core under seeded faults
  --seeds N [--from K]      N seeds (from K, default 1); exit code 1 when an invariant is violated
      --resume              continue results/<name>.json until it has N seeds
      --name NAME           write results/NAME.json instead of results/quick-*.json, which git ignores
  --seed S [--trace]        one seed, with its events
      --fault NAME          only that fault (may be repeated) instead of those that the seed chooses; also with --seeds
  --mutants [--most N]      planted bugs: every one has to be caught within N seeds (default 4000); --name mutants records it
  --model                   breadth-first model check of the protocol; --name model-check records it
  --report                  Markdown from the results
Faults: ${faultNames.join(', ')}`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    name: { type: 'string' },
    most: { type: 'string', default: '4000' },
    fault: { type: 'string', multiple: true },
    trace: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    model: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const unknown = values.fault?.find((name) => !faultNames.includes(name as Fault));
if (unknown !== undefined) refuse(`--fault ${unknown}: unknown fault. Known are: ${faultNames.join(', ')}`);
const only = values.fault && new Set(values.fault as Fault[]);
const whole = (text: string, name: string): number => {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : refuse(`--${name} ${text}: expected a whole number from 1`);
};
function refuse(problem: string): never {
  console.error(problem);
  process.exit(2);
}

if (values.seed !== undefined) one(whole(values.seed, 'seed'));
else if (values.seeds !== undefined) campaign(whole(values.seeds, 'seeds'), whole(values.from, 'from'));
else if (values.mutants) huntAll(whole(values.most, 'most'));
else if (values.model) check();
else console.log(values.report ? report() : usage);

function one(seed: number): void {
  const outcome = runSeed(seed, { core: shippedCore, trace: values.trace, ...(only ? { faults: only } : {}) });
  if (values.trace) console.log(outcome.trace.join('\n'));
  console.log(`seed ${seed}: ${outcome.requests} requests, ${outcome.events} events, faults: ${outcome.faults.join(', ')}`);
  for (const [fault, count] of outcome.injected) console.log(`  ${fault} x ${count}`);
  if (!outcome.violation) return console.log(`ends: ${JSON.stringify(outcome.ends)}; every invariant holds`);
  console.log(`VIOLATED ${outcome.violation.invariant} at ${(outcome.violation.at / 1_000).toFixed(3)} s: ${outcome.violation.text}`);
  process.exitCode = 1;
}

/** Saves every few seconds, so that an interrupted run loses little. */
function campaign(seeds: number, from: number): void {
  const name = values.name ?? 'quick-seeds';
  const path = resultPath(name);
  const of = provenance();
  const earlier = values.resume ? readResult<Tally & Provenance>(path) : undefined;
  const tally: Tally = earlier ?? newTally(from);
  if (earlier) console.log(`continuing with seed ${tally.next}: ${tally.seeds} done`);
  const startedAt = Date.now();
  const before = tally.seeds;
  const cpuBefore = tally.cpuMs;
  const cpu = process.cpuUsage();
  let savedAt = startedAt;
  const save = (): void => {
    const used = process.cpuUsage(cpu);
    tally.cpuMs = Math.round(cpuBefore + (used.user + used.system) / 1_000);
    writeResult(path, { ...tally, ...of });
  };
  while (tally.seeds < seeds) {
    const outcome = runSeed(tally.next, { core: shippedCore, ...(only ? { faults: only } : {}) });
    add(tally, outcome);
    if (outcome.violation) explain(outcome.seed);
    if (Date.now() - savedAt > 5_000) {
      savedAt = Date.now();
      save();
      const rate = ((tally.seeds - before) / (savedAt - startedAt)) * 1_000;
      console.log(`${tally.seeds} seeds, ${rate.toFixed(0)}/s, next ${tally.next}, ${tally.violations.length} violated`);
    }
  }
  save();
  const perSeedMs = tally.cpuMs / tally.seeds;
  console.log(
    `${tally.seeds} seeds from ${tally.from}: ${tally.violations.length} violated; ${perSeedMs.toFixed(1)} ms of CPU each; ${name}.json`,
  );
  if (tally.violations.length > 0) process.exitCode = 1;
}

/** Prints the seed, what it violated, and the fewest faults that still violate it. */
function explain(seed: number): void {
  const { faults, violation, trace } = shrink(seed, shippedCore, only);
  console.log(`SEED ${seed} VIOLATED ${violation?.invariant ?? ''}: ${violation?.text ?? ''}`);
  console.log(`  with only: ${faults.join(', ')}`);
  console.log(trace.slice(-25).join('\n'));
  console.log(`  whole trace: npm run sim -- --seed ${seed} --trace ${faults.map((name) => `--fault ${name}`).join(' ')}`);
}

function huntAll(most: number): void {
  const hunts = mutants.map((mutant) => {
    const found = hunt(mutant, 1, most);
    const { caught } = found;
    console.log(`${found.name.padEnd(34)} ${caught ? `${caught.invariant} by seed ${caught.seed}` : `NOT CAUGHT in ${found.seeds} seeds`}`);
    return found;
  });
  const last = Math.max(...hunts.map(({ seeds }) => seeds));
  const clean = Array.from({ length: last }, (_, index) => runSeed(index + 1, { core: shippedCore })).filter(({ violation }) => violation);
  console.log(
    `${hunts.filter(({ caught }) => caught).length} of ${hunts.length} caught; the shipped core violates ${clean.length} of the same ${last} seeds`,
  );
  writeResult(resultPath(values.name ?? 'quick-mutants'), { ...provenance(), seeds: last, shippedViolations: clean.length, hunts });
  if (clean.length > 0 || hunts.some(({ caught }) => !caught)) process.exitCode = 1;
}

function check(): void {
  const result = modelCheck({ onProgress: (text) => console.log(text) });
  for (const run of result.runs)
    console.log(
      `${run.name}: ${run.states} states, ${run.transitions} transitions, depth ${run.depth}, ${run.ms} ms${run.violation ? `: VIOLATED ${run.violation}` : ''}`,
    );
  writeResult(resultPath(values.name ?? 'quick-model-check'), { ...provenance(), ...result });
  if (result.runs.some(({ violation }) => violation)) process.exitCode = 1;
}
