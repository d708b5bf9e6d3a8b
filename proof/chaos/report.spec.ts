import { report } from './report.js';
import type { CampaignResult, RoundResult } from './results.js';

const round = (changes: Partial<RoundResult>): RoundResult => ({
  round: 1,
  plan: [
    { atMs: 10, victim: 'postgres', treatment: 'kill', forMs: 100 },
    { atMs: 20, victim: 'erp-sink', treatment: 'freeze', forMs: 12_000 },
  ],
  events: 76,
  deliveries: 90,
  answered: 90,
  failedAttempts: 3,
  payments: 36,
  ends: { posted: 50, ignored: 25, deadLettered: 1 },
  counts: { accepted: 90, inFlight: 0, posted: 50, ignored: 39, held: 0, deadLettered: 1 },
  violations: [],
  toPeople: [],
  ownEnds: [],
  unreadCommits: 0,
  settledAfterMs: 4_000,
  durationMs: 30_000,
  ...changes,
});
const campaign: CampaignResult = {
  seed: 7,
  brokers: 1,
  commit: 'abc1234',
  date: '2026-11-21',
  machine: '2 cores, Node 24',
  rounds: [
    round({}),
    round({
      round: 2,
      violations: [{ fault: 'lost', id: 'evt_1', text: 'answered 200, and recon does not know it' }],
      ownEnds: [{ part: 'recon', code: 70, signal: null }],
      toPeople: [{ eventId: 'evt_2', about: 'ch_2', state: 'held', reason: 'posting.outcome-unknown' }],
    }),
  ],
};

it('counts rounds, failures and treatments, and says how to replay a failure', () => {
  const text = report([campaign]);
  expect(text).toContain('2 rounds recorded, 1 of them with a violation.');
  expect(text).toContain('| 7 | 1 | abc1234 | 2026-11-21 | 2 cores, Node 24 | 2 | 1 | 180 | 72 | 1 | 30 | 30 |');
  expect(text).toContain('| postgres | 2 | 0 | 0 | 0 |');
  expect(text).toContain('| erp-sink | 0 | 2 | 0 | 0 |');
  expect(text).toContain('| recon | 0 | 0 | 0 | 1 |');
  expect(text).toContain('| --seed 7 --round 2 --brokers 1 | 1 | lost evt_1: answered 200, and recon does not know it |');
  expect(text).toContain('| held: posting.outcome-unknown | 1 |');
});

it('says so when nothing is recorded', () => {
  expect(report([])).toContain('No campaign is recorded.');
});
