import { jest } from '@jest/globals';
import fc from 'fast-check';
import { feeTotals } from './fee-totals.js';
import { Merchant } from './merchant.js';
import { ApiProblem } from './problem.js';
import { Store } from './store.js';
import type { StripeObject } from './store.js';

/** Random lives of an account: whatever happens, its balance is its movements, and each payout the sum of those that it took. */
interface Life {
  readonly store: Store;
  readonly merchant: Merchant;
  /** Gross of everything that was asked for, by currency, kept beside the account: minor units. */
  readonly gross: Map<string, number>;
}

const hour = 3_600_000;
let now: number;

beforeEach(() => {
  jest.useFakeTimers();
  now = Date.UTC(2026, 8, 1);
});
afterEach(() => jest.useRealTimers());

function live(): Life {
  const store = new Store(undefined);
  const merchant = new Merchant(
    store,
    () => undefined,
    () => now,
  );
  return { store, merchant, gross: new Map() };
}

const add = ({ gross }: Life, currency: string, amount: number): void => void gross.set(currency, (gross.get(currency) ?? 0) + amount);
const one = (objects: readonly StripeObject[], pick: number): StripeObject | undefined => objects[pick % Math.max(1, objects.length)];
const idOf = (object: StripeObject | undefined): string => object?.id ?? 'none';
/** GBP settles in USD at 1.27 (exchange.ts); what is below a cent is cut. */
const settled = (amount: number, currency: unknown): [string, number] =>
  currency === 'gbp' ? ['usd', Math.trunc((amount * 127) / 100)] : [currency as string, amount];

/** One thing that happens; `pick` chooses among the objects there are, `amount` is in minor units. */
type Deed = (life: Life, pick: number, amount: number) => void;

const deeds: readonly Deed[] = [
  (life, pick, amount) => {
    const currency = ['usd', 'eur', 'gbp'][pick % 3] as string;
    life.merchant.pay({ amount, currency, capture: 'automatic' });
    add(life, ...settled(amount, currency));
  },
  (life, _pick, amount) => {
    life.merchant.pay({ amount, currency: 'usd' });
    jest.runAllTimers();
    add(life, 'usd', amount);
  },
  (life, pick, amount) => {
    const { intent } = life.merchant.pay({ amount: amount + 2, currency: 'eur', capture: 'manual', multicapture: true });
    const first = 1 + (pick % (amount + 1));
    life.merchant.capture(intent.id, first, null, false);
    if (pick % 2 === 0) life.merchant.capture(intent.id, undefined);
    add(life, 'eur', pick % 2 === 0 ? amount + 2 : first);
  },
  (life, pick, amount) => {
    const charge = one(life.store.all('charges'), pick);
    life.merchant.refund(idOf(charge), amount);
    const [currency, gross] = settled(amount, charge?.currency);
    add(life, currency, -gross);
  },
  (life, pick) => {
    const refund = one(life.store.all('refunds'), pick);
    life.merchant.refunds.fail(idOf(refund));
    add(life, ...settled(refund?.amount as number, refund?.currency));
  },
  (life, pick) => {
    const charge = one(life.store.all('charges'), pick);
    const dispute = life.merchant.disputes.open(idOf(charge), { kind: pick % 4 === 0 ? 'inquiry' : 'chargeback' });
    const [currency, gross] = settled(dispute.amount as number, dispute.currency);
    if (pick % 4 !== 0) add(life, currency, -gross);
  },
  (life, pick) => {
    const dispute = life.merchant.disputes.escalate(idOf(one(life.store.all('disputes'), pick)));
    const [currency, gross] = settled(dispute.amount as number, dispute.currency);
    add(life, currency, -gross);
  },
  (life, pick) => {
    const dispute = one(life.store.all('disputes'), pick);
    const end = (['won', 'lost', 'warning_closed'] as const)[pick % 3] as 'won' | 'lost' | 'warning_closed';
    life.merchant.disputes.close(idOf(dispute), end, pick % 2 === 0);
    if (end === 'won') add(life, ...settled(dispute?.amount as number, dispute?.currency));
  },
  (life, pick) => {
    const payout = life.merchant.payouts.automatic(pick % 2 === 0 ? 'usd' : 'eur');
    if (payout) add(life, payout.currency as string, -(payout.amount as number));
  },
  (life, pick, amount) => {
    const currency = pick % 2 === 0 ? 'usd' : 'eur';
    life.merchant.payouts.manual({ amount, currency });
    add(life, currency, -amount);
  },
  (life, pick) => void life.merchant.payouts.paid(idOf(one(life.store.all('payouts'), pick))),
  (life, pick) => {
    const payout = one(life.store.all('payouts'), pick);
    if (pick % 2 === 0) life.merchant.payouts.fail(idOf(payout));
    else life.merchant.payouts.cancel(idOf(payout));
    add(life, payout?.currency as string, payout?.amount as number);
  },
  (life, _pick, amount) => {
    life.merchant.stripeCharges.usageFee(amount, 'usd', 'Radar (2026-08)');
    life.merchant.stripeCharges.taxOnFees(1, 'eur', 'Sales tax on Stripe fees (2026-08)');
    add(life, 'usd', -amount);
    add(life, 'eur', -1);
  },
  (life, pick, amount) => {
    life.merchant.stripeCharges.reserve(pick % 2 === 0 ? amount : -amount, 'usd');
    add(life, 'usd', pick % 2 === 0 ? -amount : amount);
  },
  (life, pick, amount) => {
    const { charge } = life.merchant.pay({ amount, currency: 'usd', method: 'us_bank_account' });
    if (pick % 3 === 0) life.merchant.bankDebits.clear(charge.id);
    if (pick % 3 === 1) life.merchant.bankDebits.bounce(charge.id);
    if (pick % 3 !== 1) add(life, 'usd', amount);
  },
];

const sumOf = (objects: readonly StripeObject[], field: 'net' | 'amount' | 'fee'): number =>
  objects.reduce((sum, object) => sum + (object[field] as number), 0);

function check({ store, merchant, gross }: Life): void {
  const transactions = store.all('balance_transactions');
  for (const { currency, available, pending } of merchant.ledger.holdings()) {
    const own = transactions.filter((transaction) => transaction.currency === currency);
    expect(available + pending).toBe(sumOf(own, 'net'));
    expect(sumOf(own, 'amount')).toBe(gross.get(currency) ?? 0);
    expect(sumOf(own, 'net')).toBe(sumOf(own, 'amount') - sumOf(own, 'fee'));
  }
  const taken = new Set<string>();
  for (const payout of store.all('payouts')) {
    const members = merchant.ledger.members(payout.id);
    for (const { id } of members) expect(taken.has(id)).toBe(false);
    for (const { id } of members) taken.add(id);
    if (payout.automatic !== true) continue;
    const others = members.filter(({ id }) => id !== payout.balance_transaction);
    expect(sumOf(others, 'net')).toBe(payout.amount);
    expect(sumOf(members, 'net')).toBe(0);
    expect(new Set(members.map(({ currency }) => currency))).toEqual(new Set([payout.currency]));
  }
  const fees = feeTotals(transactions).reduce((sum, { amount }) => sum + amount, 0);
  const charged = transactions.filter(({ type }) => type === 'stripe_fee' || type === 'tax_fee');
  expect(fees).toBe(sumOf(transactions, 'fee') - sumOf(charged, 'amount'));
}

it('holds, whatever happens, the sum of its movements, and every payout is the sum of what it took', () => {
  const deed = fc.record({
    deed: fc.nat(deeds.length - 1),
    pick: fc.nat(1_000),
    amount: fc.integer({ min: 1, max: 500_000 }),
    hours: fc.nat(60),
  });
  let refused = 0;
  let done = 0;
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 60 }), (steps) => {
      now = Date.UTC(2026, 8, 1);
      const life = live();
      for (const { deed: index, pick, amount, hours } of steps) {
        now += hours * hour;
        try {
          life.store.together(() => (deeds[index] as Deed)(life, pick, amount));
          done += 1;
        } catch (error) {
          // Refused: no such object, more than there is, or not in that state. Then nothing has moved, which `check` sees.
          if (!(error instanceof ApiProblem)) throw error;
          refused += 1;
        }
      }
      check(life);
    }),
    { numRuns: 150, seed: 20_261_121 },
  );
  expect(done).toBeGreaterThan(refused / 2); // the lives are lives, not refusals only
});

it('pays out nothing that is not available yet, and everything once', () => {
  const { merchant, store } = live();
  merchant.pay({ amount: 10_000, currency: 'usd', capture: 'automatic' });
  expect(merchant.payouts.automatic('usd')).toBeUndefined();
  now += 48 * hour;
  expect(merchant.payouts.automatic('usd')).toMatchObject({ amount: 9_680, automatic: true, reconciliation_status: 'in_progress' });
  expect(merchant.payouts.automatic('usd')).toBeUndefined();
  expect(merchant.ledger.holdings()).toContainEqual({ currency: 'usd', available: 0, pending: 0 });
  // It comes back after it was paid, and the next payout takes it.
  const [payout] = store.all('payouts');
  merchant.payouts.paid(idOf(payout));
  merchant.payouts.fail(idOf(payout));
  expect(merchant.ledger.holdings()).toContainEqual({ currency: 'usd', available: 9_680, pending: 0 });
  expect(merchant.payouts.automatic('usd')).toMatchObject({ amount: 9_680 });
});

it('takes a negative balance from the bank', () => {
  const { merchant } = live();
  merchant.stripeCharges.usageFee(4_200, 'usd', 'Radar (2026-08)');
  // events/payout.paid.debit.json
  expect(merchant.payouts.automatic('usd')).toMatchObject({ amount: -4_200, automatic: true });
  expect(merchant.ledger.holdings()).toContainEqual({ currency: 'usd', available: 0, pending: 0 });
});

it('reverses a dispute at the rate of its own day', () => {
  const { merchant, store } = live();
  merchant.ledger.rates.set('gbp', { currency: 'usd', times: 1_344, per: 1_000 });
  const { charge } = merchant.pay({ amount: 8_000, currency: 'gbp', capture: 'automatic' });
  merchant.ledger.rates.set('gbp', { currency: 'usd', times: 13, per: 10 });
  const dispute = merchant.disputes.open(charge.id);
  merchant.ledger.rates.set('gbp', { currency: 'usd', times: 125, per: 100 });
  merchant.disputes.close(dispute.id, 'won', true);
  expect(store.all('balance_transactions').map(({ amount, fee, exchange_rate: rate, currency }) => [amount, fee, rate, currency])).toEqual([
    [10_752, 450, 1.344, 'usd'], // 342 for the card and 108 for the conversion: lists/balance_transactions_payout_usd.json
    [-10_400, 1_500, 1.3, 'usd'],
    [10_000, -1_500, 1.25, 'usd'],
  ]);
});

it('refuses a refund while a chargeback is open, and takes one after it is won', () => {
  const { merchant } = live();
  const { charge } = merchant.pay({ amount: 1_000, currency: 'usd', capture: 'automatic' });
  const { id } = merchant.disputes.open(charge.id);
  expect(() => merchant.refund(charge.id, 100)).toThrow('has been charged back');
  merchant.disputes.close(id, 'won');
  expect(merchant.refund(charge.id, 100)).toMatchObject({ amount: 100 });
});
