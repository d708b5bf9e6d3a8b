import { shippedCore } from './core.js';
import { faultNames } from './faults.js';
import { hunt } from './hunt.js';
import { modelCheck, settings } from './model-check.js';
import { mutants } from './mutants.js';
import { report } from './report.js';
import { runSeed } from './run.js';
import { shrink } from './shrink.js';
import { add, newTally } from './tally.js';

/** Short runs that show that the simulator works; the long ones are `npm run sim`. */
const core = shippedCore;

it('names at least 22 faults', () => {
  expect(new Set(faultNames).size).toBeGreaterThanOrEqual(22);
});

it('repeats a seed exactly', () => {
  const [first, second] = [runSeed(7, { core, trace: true }), runSeed(7, { core, trace: true })];
  expect(first.trace.length).toBeGreaterThan(50);
  expect(second.trace).toEqual(first.trace);
});

it('holds every invariant on a quiet day, and checks all of them', () => {
  const outcome = runSeed(3, { core, faults: new Set() });
  expect(outcome.violation).toBeUndefined();
  expect([...outcome.checked.keys()].sort()).toEqual([
    'I1',
    'I10',
    'I11',
    'I12',
    'I13',
    'I14',
    'I2',
    'I3',
    'I4',
    'I5',
    'I6',
    'I7',
    'I8',
    'I9',
  ]);
  expect(outcome.ends).toEqual({ posted: expect.any(Number), ignored: expect.any(Number) });
});

/** Seeds that once found a defect of the core or of the checks; the commit that fixed it describes it. */
it.each([61, 344, 471, 602, 711, 1158, 1811, 2115, 142, 1379, 2210, 7044, 4056, 4166, 129_726, 171_916, 175_666, 184_234, 292_350])(
  'seed %i, which found a defect once, holds',
  (seed) => {
    expect(runSeed(seed, { core }).violation).toBeUndefined();
  },
);

it('adds up what was injected and checked', () => {
  const tally = newTally(1);
  for (let seed = 1; seed <= 20; seed += 1) add(tally, runSeed(seed, { core }));
  expect(tally).toMatchObject({ seeds: 20, next: 21, violations: [] });
  expect(Object.values(tally.faults).filter(({ seeds }) => seeds > 0).length).toBeGreaterThan(20);
});

it.each([
  'take-over-forgets-the-call',
  'offset-past-unfinished',
  'newest-released-first',
  'stale-upsert-applied',
  'need-met-when-only-saved',
  'finish-sends-every-line',
  'unbalanced-effect-posted',
  'fee-owned-twice',
  'stuck-batch-released-again',
])('catches %s', (name) => {
  const mutant = mutants.find((one) => one.name === name);
  expect(mutant && hunt(mutant, 1, 60).caught).toBeDefined();
});

it('shrinks a failure to fewer faults that still fail', () => {
  const mutant = mutants.find(({ name }) => name === 'stale-upsert-applied');
  const caught = mutant && hunt(mutant, 1, 60).caught;
  if (!mutant || !caught) throw new Error('the mutant was not caught');
  const small = shrink(caught.seed, mutant.core);
  expect(small.violation).toBeDefined();
  expect(small.faults.length).toBeLessThan(runSeed(caught.seed, { core }).faults.length);
});

it('explores the protocol breadth-first without a violation', () => {
  for (const run of modelCheck({ maxStates: 4_000 }).runs) expect(run).toMatchObject({ violation: undefined });
});

it('finds a take-over that forgets an open call by model check, too, and shows the way', () => {
  const mutant = mutants.find(({ name }) => name === 'take-over-forgets-the-call');
  const [run] = modelCheck({ settings: settings.slice(0, 1), maxStates: 40_000, ...(mutant ? { apply: mutant.core.step } : {}) }).runs;
  expect(run?.violation).toContain('I3');
  expect(run?.trail?.length).toBeGreaterThan(3);
});

it('reports in Markdown, the same from the same results', () => {
  expect(report()).toBe(report());
});
