import { commandOptions, refuse } from '../options.js';
import { booksCampaign, booksSeed, huntBooks } from './books/commands.js';
import { shippedCore } from './core.js';
import { faultNames } from './faults.js';
import type { Fault } from './faults.js';
import { hunt } from './hunt.js';
import { modelCommand } from './model-command.js';
import { mutants } from './mutants.js';
import { report } from './report.js';
import { runSeed } from './run.js';
import { shrink } from './shrink.js';
import { provenance, readResult, resultPath, writeResult } from './stage.js';
import type { Provenance } from './stage.js';
import { add, newTally } from './tally.js';
import type { Tally } from './tally.js';

const values = commandOptions({
  seeds: 'number',
  from: 'number',
  seed: 'number',
  name: 'text',
  most: 'number',
  fault: 'texts',
  trace: 'flag',
  resume: 'flag',
  mutants: 'flag',
  model: 'flag',
  full: 'flag',
  report: 'flag',
  books: 'flag',
});
const unknown = values.fault.find((name) => !faultNames.includes(name as Fault));
if (unknown !== undefined) refuse(`--fault ${unknown}: there is no such fault. Known are: ${faultNames.join(', ')}`);
const only = values.fault.length > 0 ? new Set(values.fault as Fault[]) : undefined;
if (values.books && !values.report) await books();
else if (values.seed !== undefined) one(values.seed);
else if (values.seeds !== undefined) campaign(values.seeds, values.from ?? 1);
else if (values.mutants) huntAll(values.most ?? 4_000);
else if (values.model) modelCommand({ full: values.full, trace: values.trace, name: values.name });
else if (values.report) console.log(report());
else refuse('sim: say what to run. All options: npm run sim -- --help');

/** The simulation of documents with lines, needs and releases: the same options, without those of single faults. */
async function books(): Promise<void> {
  const { seed, seeds, from = 1, most = 600, name } = values;
  const holds =
    seed !== undefined
      ? await booksSeed(seed)
      : seeds !== undefined
        ? await booksCampaign(seeds, from, name)
        : values.mutants
          ? await huntBooks(most, name)
          : undefined;
  if (holds === undefined) refuse('sim --books: say --seed, --seeds or --mutants');
  if (!holds) process.exitCode = 1;
}

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
