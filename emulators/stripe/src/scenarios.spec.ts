import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Deliveries } from './deliveries.js';
import { Merchant } from './merchant.js';
import { Player } from './player.js';
import { scenarios } from './scenarios/index.js';
import { Store } from './store.js';
import type { StripeObject } from './store.js';

/** The scenarios as an account lives them: deterministic, complete, and their payouts add up. */
const fixtures = join(import.meta.dirname, '../../../proof/fixtures/stripe');
const today = Date.UTC(2026, 10, 28, 12);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function played(names: readonly string[], seed = 7): { store: Store; merchant: Merchant; player: Player } {
  const store = new Store(undefined);
  const deliveries = new Deliveries(store, [], () => 0);
  const merchant = new Merchant(
    store,
    () => undefined,
    () => today,
  );
  const player = new Player(store, merchant, deliveries);
  for (const name of names) player.play({ name, seed, pauseMs: 0 });
  jest.runAllTimers();
  return { store, merchant, player };
}

const names = scenarios.map(({ name }) => name);
const movementsOf = (store: Store): unknown[] =>
  store
    .all('balance_transactions')
    .map(({ type, reporting_category: category, amount, fee, currency, created }) => [type, category, amount, fee, currency, created]);
const netOf = (objects: readonly StripeObject[]): number => objects.reduce((sum, { net }) => sum + (net as number), 0);

it.each(names)('%s ends without a problem, is the same for the same seed, and its payouts add up', (name) => {
  const { store, merchant, player } = played([name]);
  expect(player.report(false)).toMatchObject({ state: 'done', pending: 0 });
  expect(player.report(false).problem).toBeUndefined();
  expect(movementsOf(store)).toEqual(movementsOf(played([name]).store));
  const automatic = store.all('payouts').filter((payout) => payout.automatic === true);
  expect(automatic.length).toBeGreaterThan(0);
  for (const payout of automatic) {
    const others = merchant.ledger.members(payout.id).filter(({ id }) => id !== payout.balance_transaction);
    expect(others.length).toBeGreaterThan(0);
    expect(netOf(others)).toBe(payout.amount);
  }
  for (const { currency, available, pending } of merchant.ledger.holdings())
    expect(available + pending).toBe(netOf(store.all('balance_transactions').filter((one) => one.currency === currency)));
  // What the script wrote down as it paid is what was captured.
  const captured = new Map<string, number>();
  for (const { chargeId, amount } of player.expected()) captured.set(chargeId, (captured.get(chargeId) ?? 0) + amount);
  const charges = store.all('charges').filter(({ status, captured: is }) => status === 'succeeded' && is === true);
  expect([...captured].sort()).toEqual(charges.map(({ id, amount_captured: amount }) => [id, amount]).sort());
  // It ends about now, and nothing of it lies in the future.
  for (const { created } of store.all('events')) expect(created).toBeLessThanOrEqual(today / 1_000);
});

it.each(['payout-week', 'dispute-season', 'refund-storm'])('%s is another story for another seed', (name) => {
  expect(movementsOf(played([name], 7).store)).not.toEqual(movementsOf(played([name], 8).store));
});

it('plays to the end whatever the seed, all scenarios on one account', () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const { store, player, merchant } = played(names, seed);
    expect({ seed, ...player.report(false) }).toMatchObject({ seed, state: 'done' });
    // None pays out what another one moved: the payout of the sample is always the sample's.
    const sample = store.all('payouts').find(({ amount }) => amount === 284_301);
    expect(merchant.ledger.members(sample?.id as string)).toHaveLength(16);
  }
});

it('plays the payout of 2,843.01 USD exactly as it was recorded', () => {
  const { store, merchant } = played(['payout-sample']);
  const payout = store.all('payouts').find(({ amount }) => amount === 284_301) as StripeObject;
  const recorded = JSON.parse(readFileSync(join(fixtures, 'lists/balance_transactions_payout_usd.json'), 'utf8')) as {
    data: StripeObject[];
  };
  const line = ({
    type,
    reporting_category: category,
    amount,
    fee,
    net,
    currency,
    exchange_rate: rate,
    created,
    available_on: on,
    description,
  }: StripeObject): unknown => [
    type,
    category,
    amount,
    fee,
    net,
    currency,
    rate,
    created,
    on,
    String(description).replace(/ for ch_\w+/, ''),
  ];
  const details = ({ fee_details: fees }: StripeObject): unknown =>
    (fees as { amount: number; description: string }[]).map(({ amount, description }) => [amount, description]);
  const byTime = (a: StripeObject, b: StripeObject): number => (a.created as number) - (b.created as number);
  const members = [...merchant.ledger.members(payout.id)].sort(byTime);
  const expected = [...recorded.data].sort(byTime);
  expect(members.map(details)).toEqual(expected.map(details));
  expect(members.map(line)).toEqual(expected.map(line));
  const { object } = (
    JSON.parse(readFileSync(join(fixtures, 'events/payout.reconciliation_completed.json'), 'utf8')) as { data: { object: StripeObject } }
  ).data;
  const { amount, arrival_date: arrival, status, reconciliation_status: reconciliation, trace_id: trace } = object;
  expect(payout).toMatchObject({
    amount,
    arrival_date: arrival,
    status,
    reconciliation_status: reconciliation,
    trace_id: trace,
    created: object.created,
  });
});

it('shows in payout-week what the name promises', () => {
  const { store } = played(['payout-week']);
  const payouts = store.all('payouts');
  expect(new Set(payouts.map(({ currency }) => currency))).toEqual(new Set(['usd', 'eur']));
  expect(payouts.filter(({ status }) => status === 'failed')).toHaveLength(1);
  expect(payouts.filter(({ automatic }) => automatic === false).map(({ amount, status }) => [amount, status])).toEqual([[10_000, 'paid']]);
  const types = new Set(store.all('balance_transactions').map(({ type }) => type));
  expect([...types].sort()).toEqual(['charge', 'payment', 'payout', 'payout_failure', 'refund', 'reserved_funds', 'stripe_fee', 'tax_fee']);
  expect(store.all('balance_transactions').filter(({ exchange_rate: rate }) => rate !== null).length).toBeGreaterThan(0);
});

it('shows in dispute-season every end of a dispute', () => {
  const { store } = played(['dispute-season']);
  const ends = store
    .all('disputes')
    .map(({ status }) => status)
    .sort();
  expect(ends).toEqual(['lost', 'lost', 'lost', 'prevented', 'warning_closed', 'won', 'won', 'won', 'won']);
  expect(store.all('early_fraud_warnings').map(({ actionable }) => actionable)).toEqual([true, false]);
  const fees = store
    .all('balance_transactions')
    .filter(({ reporting_category: category }) => category === 'dispute_reversal')
    .map(({ fee }) => fee);
  expect(fees.sort()).toEqual([-1_500, 0, 0, 0]);
});

it('shows in refund-storm a second full of refunds, two that fail a month later, and a payout taken from the bank', () => {
  const { store } = played(['refund-storm']);
  const refunds = store.all('refunds');
  const bySecond = new Map<number, number>();
  for (const { created } of refunds) bySecond.set(created as number, (bySecond.get(created as number) ?? 0) + 1);
  expect(Math.max(...bySecond.values())).toBe(6);
  expect(refunds.map(({ status }) => status).filter((status) => status === 'failed')).toHaveLength(2);
  const failures = store.all('balance_transactions').filter(({ type }) => type === 'refund_failure');
  for (const failure of failures) {
    const refund = store.get('refunds', failure.source as string);
    expect((failure.created as number) - (refund?.created as number)).toBeGreaterThanOrEqual(30 * 86_400);
  }
  expect(store.all('payouts').some(({ amount }) => (amount as number) < 0)).toBe(true);
});
