import { storyFaults } from './storm.js';
import { shippedBooksCore } from './core.js';
import type { BooksCore } from './core.js';
import { booksMutants } from './mutants.js';
import { booksReport } from './report.js';
import { runBooks } from './run.js';
import { tellStory } from './story.js';

/** Short runs that show that the simulator of the books works; the long ones are `npm run sim -- --books`. */
let core: BooksCore;
beforeAll(async () => {
  core = await shippedBooksCore();
});

it('repeats a seed exactly', () => {
  expect(runBooks(7, core)).toEqual(runBooks(7, core));
});

it('holds every invariant in some seeds, in which every fault strikes', () => {
  const struck = new Set<string>();
  const ends = new Set<string>();
  for (let seed = 1; seed <= 60; seed += 1) {
    const run = runBooks(seed, core);
    expect({ seed, violation: run.violation }).toEqual({ seed, violation: undefined });
    for (const fault of run.struck.keys()) struck.add(fault);
    for (const end of Object.keys(run.ends)) ends.add(end);
  }
  expect([...struck].sort()).toEqual([...storyFaults].sort());
  expect(ends).toEqual(new Set(['posted', 'rejected', 'held', 'waiting']));
});

it('tells stories of every kind, whose entries balance', () => {
  const requests = Array.from({ length: 80 }, (_, seed) => tellStory(seed, core.flows).requests).flat();
  for (const { key, effect } of requests)
    expect({ key, sum: effect.reduce((sum, { amount }) => sum + amount, 0) }).toEqual({ key, sum: 0 });
  for (const part of ['application/', 'credit-memo/', '-failed', '-reinstated', '-lost', 'p1-reversed', 'invoice/'])
    expect({ part, is: requests.some(({ key }) => key.includes(part)) }).toEqual({ part, is: true });
});

it('plants at least 30 bugs, each with a name of its own', () => {
  expect(new Set(booksMutants.map(({ name }) => name)).size).toBeGreaterThanOrEqual(30);
});

it.each([
  'released-need-ignored',
  'half-adopted',
  'batch-with-half',
  'fee-owned-twice',
  'memo-without-payment',
  'stuck-batch-resent',
  'number-trusted',
  'short-key-trusted',
  'lease-of-another-target',
  'answer-to-another-question',
  'second-answer-taken',
  'silence-is-nothing',
])('catches %s', (name) => {
  const planted = booksMutants.find((mutant) => mutant.name === name)?.apply(core);
  const caught = Array.from({ length: 60 }, (_, index) => index + 1).some(
    (seed) => planted && runBooks(seed, planted).violation !== undefined,
  );
  expect(caught).toBe(true);
});

it('reports in Markdown, the same from the same results', () => {
  expect(booksReport()).toBe(booksReport());
});
