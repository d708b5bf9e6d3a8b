import { money } from '@tributary/domain';
import { reconcile } from './compare.js';
import type { Comparison, Settlement } from './compare.js';
import { unbookedNews } from './news.js';
import type { KnownNews } from './news.js';

const gbp = (minor: bigint) => money(minor, 'GBP');
const usd = (minor: bigint) => money(minor, 'USD');
const settled = (gross: ReturnType<typeof usd>): Settlement => ({
  id: 'txn_1',
  gross,
  fee: money(400n, gross.currency),
  net: money(gross.minor - 400n, gross.currency),
});
const base: Comparison = {
  stripe: gbp(10_000n),
  settlement: settled(usd(12_640n)),
  ledger: {
    amount: gbp(10_000n),
    released: true,
    clearing: { account: 'STR-USD', currency: 'USD', amount: undefined },
  },
  ageMs: 0,
  inFlight: false,
  receiptsOfSettlement: gbp(10_000n),
  unbookedNews: [],
};

// Field report 01: GBP 100.00 presented, Stripe credits USD 126.40 (github.com/polarsource/polar/issues/7943).
it.each<[string, Partial<Comparison>, string, string | null, string | null]>([
  ['receipt in the clearing account of the settlement currency', {}, 'matched', 'balance-transaction', null],
  [
    'receipt in the account of the presentment currency',
    {
      ledger: {
        amount: gbp(10_000n),
        released: true,
        clearing: { account: 'STR-GBP', currency: 'GBP', amount: undefined },
      },
    },
    'different',
    'balance-transaction',
    'Stripe settled it as 126.40 USD, and the receipt went to clearing account STR-GBP, which is kept in GBP',
  ],
  [
    'a clearing account that received another amount than Stripe credited',
    {
      ledger: {
        amount: gbp(10_000n),
        released: true,
        clearing: { account: 'STR-USD', currency: 'USD', amount: usd(12_600n) },
      },
    },
    'different',
    'balance-transaction',
    'Stripe settled it as 126.40 USD, and clearing account STR-USD received 126.00 USD',
  ],
  [
    'a target that does not tell the clearing account',
    { ledger: { amount: gbp(10_000n), released: true } },
    'different',
    'balance-transaction',
    'Stripe settled it as 126.40 USD, and the target does not tell the currency of the clearing account',
  ],
  [
    'the balance transaction is not known',
    { settlement: undefined, receiptsOfSettlement: undefined },
    'matched',
    'our-reading',
    "Not compared with Stripe's balance transaction, which is not known",
  ],
  [
    'receipts of all captures are less than the balance transaction',
    {
      stripe: usd(2_500n),
      settlement: settled(usd(10_000n)),
      ledger: { amount: usd(2_500n), released: true },
      receiptsOfSettlement: usd(7_500n),
    },
    'different',
    'balance-transaction',
    "Stripe's balance transaction is over 100.00 USD, the receipts are 75.00 USD",
  ],
  ['being posted for longer than the grace', { ledger: undefined, inFlight: true, ageMs: 3_600_000 }, 'pending', null, null],
  ['not in the ledger after the grace', { ledger: undefined, ageMs: 60_000 }, 'missing', null, null],
])('%s', (_name, change, state, basis, text) => {
  expect(reconcile({ ...base, ...change })).toEqual({ state, basis, text });
});

let serial = 0;
function aNews(kind: KnownNews['kind'], change: Partial<KnownNews> = {}): KnownNews {
  serial += 1;
  const objectId = kind.startsWith('refund') ? 're_1' : kind.startsWith('dispute') ? 'dp_1' : 'ch_1';
  return {
    ...{
      factId: `fact-${serial}`,
      eventId: `evt_${serial}`,
      chargeId: 'ch_1',
      kind,
      objectId,
      atMs: serial,
      minor: '99000',
      currency: 'USD',
    },
    ...{ status: null, reason: null, inquiry: false, booked: false, inFlight: false },
    ...change,
  };
}

it.each<[string, KnownNews[], string[]]>([
  ['a debit returned by the bank', [aNews('failed', { reason: 'insufficient_funds' })], ['Stripe took back 990.00 USD']],
  ['a refund that no flow booked', [aNews('refund')], ['Stripe refunded 990.00 USD']],
  ['a refund that a flow booked', [aNews('refund', { booked: true }), aNews('refund-updated')], []],
  [
    'a booked refund that failed later',
    [aNews('refund', { booked: true }), aNews('refund-failed')],
    ['Refund of 990.00 USD failed: the money came back to the balance'],
  ],
  ['a refund cancelled before anything was booked', [aNews('refund'), aNews('refund-updated', { status: 'canceled' })], []],
  ['an inquiry', [aNews('dispute', { inquiry: true })], []],
  ['a dispute', [aNews('dispute')], ['Dispute over 990.00 USD']],
  ['a dispute with the money taken', [aNews('dispute'), aNews('dispute-withdrawn')], ['Stripe took back 990.00 USD because of a dispute']],
  ['a dispute that was won', [aNews('dispute'), aNews('dispute-withdrawn'), aNews('dispute-closed', { status: 'won' })], []],
  ['a dispute that was lost', [aNews('dispute'), aNews('dispute-closed', { status: 'lost' })], ['Dispute over 990.00 USD']],
  [
    'an amount its currency cannot have',
    [aNews('refund', { minor: '114850', currency: 'ISK' })],
    ['Stripe refunded 114850 minor units of ISK'],
  ],
])('%s', (_name, news, open) => {
  expect(unbookedNews(news)).toEqual(open);
  expect(unbookedNews([...news].reverse())).toEqual(open);
});
