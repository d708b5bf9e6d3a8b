import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Merchant } from './merchant.js';
import { Store } from './store.js';
import type { StripeObject } from './store.js';

/** Disputes, payouts and failed refunds tell themselves as Stripe does: same fields, same order of events as in the fixtures. */
const fixtures = join(import.meta.dirname, '../../../proof/fixtures/stripe');
const fixture = (name: string): StripeObject => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as StripeObject;
const objectOf = (event: StripeObject): StripeObject => (event.data as { object: StripeObject }).object;
const previousOf = (event: StripeObject): object => (event.data as { previous_attributes?: object }).previous_attributes ?? {};

/** Fields of an object and of the objects in it, sorted; elements of lists by their first one. */
function fieldsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [fieldsOf(value[0])];
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).filter(([name]) => !['metadata', 'payment_method_details', 'destination_details'].includes(name));
  return Object.fromEntries(entries.map(([name, part]) => [name, fieldsOf(part)] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

let now: number;
let events: StripeObject[];
let merchant: Merchant;
const types = (): unknown[] => events.map(({ type }) => type);
const last = (type: string): StripeObject => events.findLast((event) => event.type === type) as StripeObject;

beforeEach(() => {
  now = Date.UTC(2026, 8, 5, 12);
  events = [];
  merchant = new Merchant(
    new Store(undefined),
    (event) => void events.push(event),
    () => now,
  );
});
afterEach(() => merchant.close());

const paid = (amount = 32_000): string => {
  const { charge } = merchant.pay({ amount, currency: 'usd', capture: 'automatic' });
  events.length = 0;
  return charge.id;
};

function sameShape(type: string, name: string): void {
  expect(fieldsOf(objectOf(last(type)))).toEqual(fieldsOf(objectOf(fixture(`events/${name}`))));
  expect(Object.keys(previousOf(last(type))).sort()).toEqual(Object.keys(previousOf(fixture(`events/${name}`))).sort());
}

it('tells a dispute that is won: opened, withdrawn, answered, closed, reinstated', () => {
  const { id } = merchant.disputes.open(paid(), { reason: 'product_not_received' });
  sameShape('charge.dispute.created', 'charge.dispute.created');
  sameShape('charge.dispute.funds_withdrawn', 'charge.dispute.funds_withdrawn');
  merchant.disputes.answer(id, { product_description: 'A drill' });
  sameShape('charge.dispute.updated', 'charge.dispute.updated');
  merchant.disputes.close(id, 'won');
  sameShape('charge.dispute.closed', 'charge.dispute.closed');
  sameShape('charge.dispute.funds_reinstated', 'charge.dispute.funds_reinstated');
  expect(types()).toEqual(['created', 'funds_withdrawn', 'updated', 'closed', 'funds_reinstated'].map((word) => `charge.dispute.${word}`));
  const [taken, back] = objectOf(last('charge.dispute.closed')).balance_transactions as StripeObject[];
  expect(taken).toMatchObject({ amount: -32_000, fee: 1_500, net: -33_500, reporting_category: 'dispute', source: id });
  expect(back).toMatchObject({ amount: 32_000, fee: 0, net: 32_000, reporting_category: 'dispute_reversal', source: id });
});

it('tells a dispute that is lost, and moves nothing more', () => {
  const { id } = merchant.disputes.open(paid(18_500));
  merchant.disputes.answer(id, {});
  merchant.disputes.close(id, 'lost');
  sameShape('charge.dispute.closed', 'charge.dispute.closed.lost');
  expect(types().at(-1)).toBe('charge.dispute.closed');
  expect(merchant.ledger.holdings()[0]).toMatchObject({ available: -20_000 });
});

it('moves no money for an inquiry until it becomes a chargeback', () => {
  const { id } = merchant.disputes.open(paid(29_429), { kind: 'inquiry', reason: 'general' });
  sameShape('charge.dispute.created', 'charge.dispute.created.inquiry');
  expect(objectOf(last('charge.dispute.created'))).toMatchObject({ status: 'warning_needs_response', is_charge_refundable: true });
  expect(types()).toEqual(['charge.dispute.created']);
  merchant.disputes.escalate(id);
  expect(types()).toEqual(['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.funds_withdrawn']);
});

it('moves no money for a dispute that was prevented, and takes an appeal against one that was lost', () => {
  const prevented = merchant.disputes.open(paid(), { kind: 'prevented' });
  expect(types()).toEqual(['charge.dispute.created']);
  expect(prevented).toMatchObject({ status: 'prevented', balance_transactions: [] });
  expect(() => merchant.disputes.close(prevented.id, 'lost')).toThrow('is prevented');
  const { id } = merchant.disputes.open(paid());
  merchant.disputes.close(id, 'lost');
  merchant.disputes.appeal(id);
  merchant.disputes.close(id, 'won');
  expect(types().slice(2)).toEqual(['closed', 'updated', 'closed', 'funds_reinstated'].map((word) => `charge.dispute.${word}`));
  expect(previousOf(last('charge.dispute.closed'))).toEqual({ status: 'appeal_under_review' });
});

it('tells a refund that comes back thirty days later, and returns the money', () => {
  const charge = paid(6_400);
  const { id } = merchant.refund(charge, undefined, { reason: 'requested_by_customer', status: 'pending' });
  expect(objectOf(last('refund.created'))).toMatchObject({ status: 'pending', pending_reason: 'processing' });
  now += 30 * 86_400_000;
  merchant.refunds.fail(id);
  sameShape('refund.failed', 'refund.failed');
  expect(types()).toEqual(['refund.created', 'charge.refunded', 'refund.updated', 'refund.failed']);
  expect(merchant.need('charges', charge, 'charge')).toMatchObject({ refunded: false, amount_refunded: 0 });
  expect(() => merchant.refunds.fail(id)).toThrow('is failed already');
});

it('tells the reference number of a refund when the bank knows it', () => {
  const { id } = merchant.refund(paid(50_000), 12_000);
  merchant.refunds.succeed(id, '74537606250912345678901');
  sameShape('refund.updated', 'refund.updated');
  expect(previousOf(last('refund.updated'))).toEqual(previousOf(fixture('events/refund.updated')));
});

it('tells a payout: created, on its way, paid, reconciled, and that it failed after all', () => {
  paid(12_768 + 400);
  now += 2 * 86_400_000;
  const { id } = merchant.payouts.automatic('usd') as StripeObject;
  sameShape('payout.created', 'payout.created');
  merchant.payouts.paid(id);
  sameShape('payout.paid', 'payout.paid');
  merchant.payouts.reconcile(id, '091000019284710');
  sameShape('payout.reconciliation_completed', 'payout.reconciliation_completed');
  merchant.payouts.fail(id);
  sameShape('payout.failed', 'payout.failed');
  expect(types()).toEqual(['created', 'updated', 'paid', 'reconciliation_completed', 'failed'].map((word) => `payout.${word}`));
  const back = merchant.need('balance_transactions', merchant.need('payouts', id, 'payout').failure_balance_transaction as string, 'x');
  const expected = fixture('objects/balance_transaction.payout_failure');
  expect(fieldsOf(back)).toEqual(fieldsOf(expected));
  expect(back).toMatchObject({ type: expected.type, reporting_category: expected.reporting_category, description: expected.description });
});

it('makes a manual payout that nobody can itemise, and refuses more than there is', () => {
  paid(200_000);
  expect(() => merchant.payouts.manual({ amount: 100_000, currency: 'usd' })).toThrow('insufficient funds');
  now += 2 * 86_400_000;
  const { id } = merchant.payouts.manual({ amount: 100_000, currency: 'usd', description: 'Quarterly sweep' });
  merchant.payouts.paid(id);
  sameShape('payout.paid', 'payout.paid.manual');
  expect(objectOf(last('payout.paid'))).toMatchObject({ automatic: false, reconciliation_status: 'not_applicable' });
  expect(() => merchant.payouts.reconcile(id, '1')).toThrow('not reconciled');
});

it('tells of a bank debit while it is pending, and what the bank did days later', () => {
  const { charge } = merchant.pay({ amount: 250_000, currency: 'usd', method: 'us_bank_account' });
  expect(charge.id).toMatch(/^py_/);
  sameShape('charge.pending', 'charge.pending.us_bank_account');
  merchant.bankDebits.clear(charge.id);
  sameShape('charge.succeeded', 'charge.succeeded.us_bank_account');
  expect(types().slice(1)).toEqual(['charge.pending', 'payment_intent.processing', 'charge.succeeded', 'payment_intent.succeeded']);
  const booked = merchant.need('balance_transactions', charge.balance_transaction as string, 'x');
  expect(booked).toMatchObject({ type: 'payment', amount: 250_000, fee: 500, net: 249_500 });
  expect(() => merchant.bankDebits.bounce(charge.id)).toThrow('not pending');
});

it('tells every capture of a multicapture payment as it was seen in the field', () => {
  const { intent } = merchant.pay({ amount: 10_000, currency: 'usd', capture: 'manual', multicapture: true });
  events.length = 0;
  merchant.capture(intent.id, 4_000, null, false);
  merchant.capture(intent.id, 3_500, null, false);
  const second = last('charge.updated');
  expect(objectOf(second)).toMatchObject({ captured: false, amount_captured: 7_500 });
  expect(Object.keys(previousOf(second)).sort()).toEqual(Object.keys(previousOf(fixture('../field/multicapture.3.charge.updated'))).sort());
  merchant.capture(intent.id, undefined);
  expect(objectOf(last('charge.captured'))).toMatchObject({ captured: true, amount_captured: 10_000 });
  expect(objectOf(last('payment_intent.succeeded'))).toMatchObject({ amount_received: 10_000, amount_capturable: 0 });
  const pieces = merchant.ledger.holdings().find(({ currency }) => currency === 'usd');
  expect(pieces).toMatchObject({ pending: 10_000 - (146 + 132 + 103) }); // 2.9 % and 0.30 of 40.00, 35.00 and 25.00
});

it('warns of fraud, and says whether anything can still be done', () => {
  const charge = paid();
  merchant.fraudWarnings.report(charge);
  sameShape('radar.early_fraud_warning.created', 'radar.early_fraud_warning.created');
  expect(objectOf(last('radar.early_fraud_warning.created'))).toMatchObject({ actionable: true });
  merchant.disputes.open(charge);
  expect(merchant.fraudWarnings.report(charge)).toMatchObject({ actionable: false });
});
