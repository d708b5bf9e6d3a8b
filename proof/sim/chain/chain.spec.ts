import { exploreChain } from './check.js';
import { huntChain } from './hunt.js';
import { chainMutants } from './mutants.js';
import { chainSettings, fullChainSettings } from './settings.js';

const setting = (name: string) => {
  const found = chainSettings.find((one) => one.name === name);
  if (!found) throw new Error(`there is no setting ${name}`);
  return found;
};

/** Small settings, explored to the end; the large ones are `npm run sim -- --model`. */
it.each(['one invoice of two lines', 'batch that comes with the save', 'chain without batch: saving is releasing'])(
  'reaches every state of %s, and none violates an invariant',
  (name) => {
    expect(exploreChain(setting(name), { maxStates: 60_000 })).toMatchObject({ complete: true, violation: undefined });
  },
);

it('releases a chain of three in its order when nothing goes wrong', () => {
  const chain = { ...setting('chain of three: invoice, receipt, application'), faults: 0 };
  const run = exploreChain(chain, { maxStates: 10_000 });
  expect(run).toMatchObject({ complete: true, violation: undefined });
  expect(run.states).toBeGreaterThan(300);
});

it('stops at its bound, and says that it did', () => {
  const run = exploreChain(setting('invoice with a refused line'), { maxStates: 1_000 });
  expect(run).toMatchObject({ complete: false, violation: undefined });
  expect(run.states).toBeGreaterThanOrEqual(1_000);
});

it('has a full form with more faults, and settings with names of their own', () => {
  expect(fullChainSettings.map(({ faults }) => faults)).toEqual(chainSettings.map(({ faults }) => faults + 1));
  expect(new Set(chainSettings.map(({ name }) => name)).size).toBe(chainSettings.length);
});

it('plants at least 12 bugs, each with a name of its own', () => {
  expect(new Set(chainMutants.map(({ name }) => name)).size).toBeGreaterThanOrEqual(12);
});

it.each(chainMutants.map((mutant) => [mutant.name, mutant] as const))('finds %s', (_, mutant) => {
  const { violation, trail } = huntChain(mutant);
  expect(violation).toMatch(/^I(3|7|11|14): /);
  expect(trail.length).toBeGreaterThan(0);
});

it('tells the shortest way to a planted bug in sentences', () => {
  const mutant = chainMutants.find(({ name }) => name === 'half-adopted');
  expect(mutant && huntChain(mutant)).toMatchObject({
    violation: 'I11: invoice is released without its lines line 2',
    trail: [
      'worker 1 takes the message of invoice',
      'worker 1 calls the ERP to save invoice',
      'worker 1: the ERP stores invoice with line 1 alone; no answer',
      '2 ticks pass',
      'worker 1: invoice is found',
      'worker 1 looks after batch invoices-1',
      'worker 1 calls the ERP to release batch invoices-1',
      'worker 1: the ERP releases batch invoices-1',
    ],
  });
});

it('finds who waits for ever: the state has no way to a good end', () => {
  const mutant = chainMutants.find(({ name }) => name === 'waiters-forgotten');
  expect(mutant && huntChain(mutant).violation).toMatch(/waits for ever/);
});
