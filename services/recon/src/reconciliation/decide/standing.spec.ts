import type { EventState, ReconciliationState, Standing } from '@tributary/contracts';
import fc from 'fast-check';
import { sumView } from '../../shared/decide/amount-view.js';
import { capturesOf } from './captures.js';
import type { ChargeEvidence, StoredPayment } from './captures.js';
import type { KnownNews } from './news.js';
import { standingOf } from './standing.js';
import type { StandingEvidence } from './standing.js';

const evidence = (change: Partial<StandingEvidence>): StandingEvidence => ({
  state: 'posted',
  reason: null,
  receipt: 'document',
  reconciliation: 'matched',
  reconciliationText: null,
  failed: false,
  unbookedNews: [],
  ...change,
});
const tookBack = 'Stripe took back 990.00 USD';

// The five standings are fixed by the API; each row is a situation that an accountant meets.
it.each<[string, Partial<StandingEvidence>, Standing]>([
  ['posted and matched', {}, 'inLedger'],
  ['posted, not read yet', { reconciliation: 'pending' }, 'inLedger'],
  ['being posted', { state: 'inFlight', receipt: 'requested', reconciliation: 'pending' }, 'onItsWay'],
  [
    'held',
    {
      state: 'held',
      reason: 'kinetic.period-closed',
      receipt: 'requested',
      reconciliation: null,
    },
    'needsPerson',
  ],
  ['parked behind a failed one', { state: 'held', reason: 'parked', receipt: 'none', reconciliation: null }, 'needsPerson'],
  [
    'dead-lettered',
    {
      state: 'deadLettered',
      reason: 'mapping.currency-unmapped',
      receipt: 'none',
      reconciliation: null,
    },
    'needsPerson',
  ],
  ['another amount in the ledger', { reconciliation: 'different' }, 'needsPerson'],
  ['gone from the ledger', { reconciliation: 'missing' }, 'needsPerson'],
  ['taken back after it was booked', { failed: true, reconciliation: 'different', unbookedNews: [tookBack] }, 'needsPerson'],
  [
    'failed, never booked',
    {
      state: 'ignored',
      reason: 'no-flow',
      receipt: 'none',
      reconciliation: null,
      failed: true,
    },
    'failedAtStripe',
  ],
  [
    'skipped by a person',
    {
      state: 'ignored',
      reason: 'skipped',
      receipt: 'requested',
      reconciliation: 'missing',
    },
    'notBooked',
  ],
  [
    'no flow wants it',
    {
      state: 'ignored',
      reason: 'no-flow',
      receipt: 'none',
      reconciliation: null,
    },
    'notBooked',
  ],
  ['found there already', { state: 'ignored', reason: 'duplicate' }, 'inLedger'],
  ['confirmed by a person', { receipt: 'requested', reconciliation: 'pending' }, 'inLedger'],
])('%s', (_name, change, standing) => {
  expect(standingOf(evidence(change)).standing).toBe(standing);
});

const states: readonly EventState[] = ['inFlight', 'posted', 'ignored', 'held', 'deadLettered'];
const reconciliations: readonly (ReconciliationState | null)[] = ['matched', 'missing', 'different', 'pending', null];
const standings: readonly Standing[] = ['inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe'];

it('gives every combination exactly one standing, and "in the ledger" to none that anything contradicts', () => {
  for (const state of states)
    for (const receipt of ['document', 'requested', 'none'] as const)
      for (const reconciliation of reconciliations)
        for (const failed of [false, true])
          for (const unbookedNews of [[], [tookBack]]) {
            const { standing, reason } = standingOf(
              evidence({
                state,
                receipt,
                reconciliation,
                failed,
                unbookedNews,
              }),
            );
            expect(standings).toContain(standing);
            if (standing !== 'inLedger' && standing !== 'onItsWay') expect(reason).toBeTruthy();
            if (standing !== 'inLedger') continue;
            expect(['held', 'deadLettered']).not.toContain(state);
            expect(['missing', 'different']).not.toContain(reconciliation);
            if (receipt === 'document') expect(unbookedNews).toEqual([]);
          }
});

const amount = fc.record({
  minor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(String),
  currency: fc.constantFrom('USD', 'JPY', 'ISK', 'XQZ', 'u$'),
});
const payment: fc.Arbitrary<StoredPayment> = fc.record({
  part: fc.constantFrom('', 'captured-7500', 'captured-9000'),
  eventId: fc.constantFrom('evt_1', 'evt_2', 'evt_3'),
  amount,
  receivedAtMs: fc.nat(),
  ageMs: fc.nat(200_000),
  balanceTransactionId: fc.constantFrom(null, 'txn_1', 'txn_2'),
  state: fc.constantFrom(...states),
  reason: fc.constantFrom(null, 'skipped', 'no-flow'),
  result: fc.constantFrom(null, 'posted', 'released', 'held', 'a-word-nobody-knows'),
  requested: fc.boolean(),
  reading: fc.option(
    fc.record({
      postingKey: fc.constant('t/cash-receipt/ch_1'),
      checkedAtMs: fc.option(fc.nat(), { nil: undefined }),
      ledger: fc.option(amount, { nil: undefined }),
      released: fc.boolean(),
      clearing: fc.option(
        fc.record({
          account: fc.string(),
          currency: fc.constantFrom(null, 'USD', 'GBP'),
          minor: fc.constantFrom(null, '1'),
        }),
        {
          nil: undefined,
        },
      ),
      problem: fc.constantFrom(null, 'odd'),
    }),
    { nil: undefined },
  ),
});
const news: fc.Arbitrary<KnownNews> = fc.record({
  factId: fc.uuid(),
  eventId: fc.constantFrom('evt_8', 'evt_9'),
  chargeId: fc.constant('ch_1'),
  kind: fc.constantFrom(
    'failed',
    'refund',
    'refund-updated',
    'refund-failed',
    'dispute',
    'dispute-updated',
    'dispute-withdrawn',
    'dispute-reinstated',
    'dispute-closed',
  ),
  objectId: fc.constantFrom('ch_1', 're_1', 'dp_1'),
  atMs: fc.nat(),
  minor: fc.nat().map(String),
  currency: fc.constantFrom('USD', 'ISK'),
  status: fc.constantFrom(null, 'succeeded', 'failed', 'canceled', 'won', 'lost', 'a-word-nobody-knows'),
  reason: fc.constantFrom(null, 'insufficient_funds'),
  inquiry: fc.boolean(),
  booked: fc.boolean(),
  inFlight: fc.boolean(),
});
const charge: fc.Arbitrary<ChargeEvidence> = fc.record({
  chargeId: fc.constant('ch_1'),
  payments: fc.uniqueArray(payment, {
    selector: ({ part }) => part,
    maxLength: 3,
  }),
  settlements: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('txn_1', 'txn_2'),
      currency: fc.constantFrom('USD', 'GBP'),
      gross: fc.nat().map(String),
      fee: fc.constant('1'),
      net: fc.constant('2'),
    }),
    { selector: ({ id }) => id, maxLength: 2 },
  ),
  news: fc.array(news, { maxLength: 6 }),
  raw: fc.uniqueArray(
    fc.record({
      eventId: fc.constantFrom('evt_1', 'evt_2', 'evt_4', 'evt_5'),
      growth: fc.boolean(),
      amount: fc.option(amount, { nil: undefined }),
      chargedAtMs: fc.nat(),
      state: fc.constantFrom(...states),
      reason: fc.constantFrom(null, 'skipped', 'no-accounting-change'),
    }),
    { selector: ({ eventId }) => eventId, maxLength: 4 },
  ),
});

it('makes one row of every capture, whatever is known of it, and the standings sum up to all rows', () => {
  fc.assert(
    fc.property(charge, (known) => {
      const rows = capturesOf(known);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      expect(rows.filter((row) => row.known)).toHaveLength(known.payments.length);
      // A charge that any event reports as captured always has a row.
      if (known.payments.length + known.raw.filter(({ growth }) => !growth).length > 0) expect(rows.length).toBeGreaterThan(0);
      const total = (of: typeof rows) =>
        sumView(
          of.map((row) => ({
            count: 1,
            minor: row.amount?.minor ?? null,
            currency: row.amount?.currency ?? null,
          })),
        );
      const parts = standings.map((standing) => total(rows.filter((row) => row.standing === standing)));
      expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      for (const { currency, minor } of total(rows).amounts) {
        const summed = parts.flatMap(({ amounts }) => amounts).filter((one) => one.currency === currency);
        expect(summed.reduce((sum, one) => sum + BigInt(one.minor), 0n)).toBe(BigInt(minor));
      }
    }),
  );
});

it('is the same in whatever order the news arrived', () => {
  fc.assert(
    fc.property(charge, (known) => {
      expect(capturesOf({ ...known, news: [...known.news].reverse() })).toEqual(capturesOf(known));
    }),
  );
});
