import { planOf, victimsOf } from './plan.js';

const options = { lengthMs: 18_000, acts: 9, brokers: 3, longFreezeMs: 12_000 };
const hundred = Array.from({ length: 100 }, (_, index) => planOf(5, index + 1, options));

it('is the same for the same seed and round, and another for another', () => {
  expect(planOf(5, 7, options)).toEqual(hundred[6]);
  expect(planOf(5, 8, options)).not.toEqual(hundred[6]);
  expect(planOf(6, 7, options)).not.toEqual(hundred[6]);
});

it.each(victimsOf(3))('ill-treats %s in every way within a hundred rounds', (victim) => {
  const ways = new Set(hundred.flat().flatMap((act) => (act.victim === victim ? [act.treatment] : [])));
  expect([...ways].sort()).toEqual(['freeze', 'kill', 'restart']);
});

it('takes one broker away at a time', () => {
  for (const plan of hundred) {
    const brokers = plan.filter(({ victim }) => victim.startsWith('kafka-'));
    for (const [index, { atMs }] of brokers.entries()) {
      const before = brokers[index - 1];
      if (before) expect(atMs).toBeGreaterThan(before.atMs + before.forMs);
    }
  }
});

it('freezes workers past session timeout and lease', () => {
  const long = hundred.flat().filter(({ treatment, forMs }) => treatment === 'freeze' && forMs === options.longFreezeMs);
  expect(new Set(long.map(({ victim }) => victim))).toEqual(new Set(['ingest', 'transform', 'erp-sink', 'erp-sink-b', 'recon']));
});
