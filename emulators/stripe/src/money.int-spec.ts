import Stripe from 'stripe';
import { StripeEmulator } from './server.js';

/** The account's money as the official SDK sees it: balance, movements, payouts, disputes, refunds that come back. */
let emulator: StripeEmulator;
let stripe: Stripe;
let base: string;

beforeAll(async () => {
  emulator = new StripeEmulator({ host: '127.0.0.1', port: 0, endpoints: [] });
  const port = await emulator.start();
  base = `http://127.0.0.1:${port}`;
  stripe = new Stripe('sk_test_emulator', { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
});
beforeEach(() => fetch(`${base}/_control/reset`, { method: 'POST' }));
afterAll(() => emulator.close());

/** What banks, cardholders and Stripe do without being asked. */
async function happens<Answer = { id: string }>(action: string, fields: object = {}): Promise<Answer> {
  const answer = await fetch(`${base}/_control/account`, { method: 'POST', body: JSON.stringify({ action, ...fields }) });
  const body = (await answer.json()) as Answer & { error?: { message: string } };
  if (!answer.ok) throw new Error(body.error?.message);
  return body;
}
const days = (count: number): Promise<unknown> => happens('time', { seconds: count * 86_400 });
async function charge(amount: number, currency = 'usd'): Promise<string> {
  const intent = await stripe.paymentIntents.create({ amount, currency, confirm: true, capture_method: 'automatic' });
  return intent.latest_charge as string;
}
async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}
const held = async (currency: string): Promise<{ available: number; pending: number }> => {
  const balance = await stripe.balance.retrieve();
  const of = (list: { amount: number; currency: string }[]): number => list.find((one) => one.currency === currency)?.amount ?? 0;
  return { available: of(balance.available), pending: of(balance.pending) };
};
const typesOf = async (id: string): Promise<string[]> =>
  (await all(stripe.events.list({ limit: 100 })))
    .filter(({ data }) => (data.object as { id?: string }).id === id)
    .map(({ type }) => type)
    .reverse();

it('keeps the balance: pending until it is available, less what is refunded, disputed and charged', async () => {
  const id = await charge(10_000);
  await charge(10_710, 'eur');
  expect(await held('usd')).toEqual({ available: 0, pending: 9_680 });
  await days(2);
  expect(await held('usd')).toEqual({ available: 9_680, pending: 0 });
  expect(await held('eur')).toEqual({ available: 10_524, pending: 0 });
  await stripe.refunds.create({ charge: id, amount: 1_000 });
  await happens('fee', { amount: 1_200, currency: 'usd', description: 'Radar (2026-08-01 - 2026-08-31): Radar for Fraud Teams' });
  await happens('tax', { amount: 93, currency: 'usd', description: 'Sales tax on Stripe fees (2026-08-01 - 2026-08-31)' });
  await happens('reserve', { amount: 2_000, currency: 'usd' });
  await happens('dispute.open', { charge: id, amount: 500 });
  expect(await held('usd')).toEqual({ available: 9_680 - 1_000 - 1_200 - 93 - 2_000 - (500 + 1_500), pending: 0 });
  const { fees } = (await (await fetch(`${base}/_control/balance`)).json()) as { fees: unknown };
  expect(fees).toEqual([
    { kind: 'Dispute fee', currency: 'usd', amount: 1_500, count: 1 },
    { kind: 'Radar', currency: 'usd', amount: 1_200, count: 1 },
    { kind: 'Sales tax on Stripe fees', currency: 'usd', amount: 93, count: 1 },
    { kind: 'Stripe processing fees', currency: 'eur', amount: 186, count: 1 },
    { kind: 'Stripe processing fees', currency: 'usd', amount: 320, count: 1 },
  ]);
});

it('itemises an automatic payout, completely only when it is reconciled, in pages', async () => {
  const charges = [];
  for (const amount of [10_000, 20_000, 30_000, 40_000]) charges.push(await charge(amount));
  await days(2);
  await stripe.refunds.create({ charge: charges[0] as string });
  const { payout } = await happens<{ payout: Stripe.Payout }>('payout.automatic', { currency: 'usd' });
  const itemised = (): Promise<Stripe.BalanceTransaction[]> => all(stripe.balanceTransactions.list({ payout: payout.id, limit: 2 }));
  await happens('payout.paid', { payout: payout.id });
  expect((await itemised()).length).toBeLessThan(6);
  await happens('payout.reconcile', { payout: payout.id, traceId: '091000019284710' });
  const members = await itemised();
  expect(members).toHaveLength(6);
  const own = members.find(({ type }) => type === 'payout') as Stripe.BalanceTransaction;
  expect(own).toMatchObject({ net: -payout.amount, source: payout.id });
  const others = members.filter(({ type }) => type !== 'payout');
  expect(others.reduce((sum, { net }) => sum + net, 0)).toBe(payout.amount);
  const expanded = await stripe.balanceTransactions.list({ payout: payout.id, type: 'refund', expand: ['data.source'] });
  expect(expanded.data.map(({ source }) => (source as Stripe.Refund).object)).toEqual(['refund']);
  expect(await stripe.payouts.retrieve(payout.id, { expand: ['balance_transaction'] })).toMatchObject({
    reconciliation_status: 'completed',
    status: 'paid',
    trace_id: { status: 'supported', value: '091000019284710' },
    balance_transaction: { type: 'payout', amount: -payout.amount },
  });
  expect(await typesOf(payout.id)).toEqual(['payout.created', 'payout.updated', 'payout.paid', 'payout.reconciliation_completed']);
});

it('finds movements by type, currency, source and time', async () => {
  const id = await charge(10_000);
  await charge(5_000, 'eur');
  const refund = await stripe.refunds.create({ charge: id, amount: 100 });
  const list = async (query: Stripe.BalanceTransactionListParams): Promise<unknown[]> =>
    (await stripe.balanceTransactions.list(query)).data.map(({ source }) => source);
  expect(await list({ type: 'refund' })).toEqual([refund.id]);
  expect(await list({ source: id })).toEqual([id]);
  expect(await list({ currency: 'eur' })).toHaveLength(1);
  await days(1);
  const later = await charge(700);
  const { created } = await stripe.charges.retrieve(later);
  expect(await list({ created: { gte: created } })).toEqual([later]);
});

it('pays out by hand, refuses more than there is, takes one back, and lists by status', async () => {
  await charge(50_000);
  await expect(stripe.payouts.create({ amount: 1_000, currency: 'usd' })).rejects.toMatchObject({ code: 'balance_insufficient' });
  await days(2);
  const payout = await stripe.payouts.create({ amount: 1_000, currency: 'usd', metadata: { erp_cash_ref: 'CASH-0921' } });
  expect(payout).toMatchObject({ automatic: false, reconciliation_status: 'not_applicable', status: 'pending' });
  await expect(stripe.balanceTransactions.list({ payout: payout.id })).rejects.toMatchObject({ statusCode: 400, param: 'payout' });
  expect(await stripe.payouts.cancel(payout.id)).toMatchObject({ status: 'canceled' });
  expect(await typesOf(payout.id)).toEqual(['payout.created', 'payout.canceled']);
  await expect(stripe.payouts.cancel(payout.id)).rejects.toMatchObject({ statusCode: 400 });
  expect((await stripe.payouts.list({ status: 'canceled' })).data.map(({ id }) => id)).toEqual([payout.id]);
  expect((await stripe.payouts.list({ status: 'paid' })).data).toEqual([]);
  expect((await stripe.balanceTransactions.list({ type: 'payout_cancel' })).data).toHaveLength(1);
});

it('takes evidence for a dispute, and the bank decides', async () => {
  const id = await charge(32_000);
  const { id: dispute } = await happens('dispute.open', { charge: id, reason: 'product_not_received' });
  expect((await stripe.disputes.list({ charge: id })).data.map((one) => one.status)).toEqual(['needs_response']);
  await expect(stripe.refunds.create({ charge: id })).rejects.toMatchObject({ code: 'charge_disputed' });
  expect(await stripe.disputes.update(dispute, { evidence: { product_description: 'A drill' } })).toMatchObject({
    status: 'under_review',
    evidence: { product_description: 'A drill' },
    evidence_details: { has_evidence: true, submission_count: 1 },
  });
  await happens('dispute.close', { dispute, end: 'won' });
  const won = await stripe.disputes.retrieve(dispute, { expand: ['charge'] });
  expect(won).toMatchObject({ status: 'won', charge: { id, disputed: true } });
  expect(won.balance_transactions.map(({ net }) => net)).toEqual([-33_500, 32_000]);
  const other = await happens('dispute.open', { charge: await charge(900) });
  expect(await stripe.disputes.close(other.id)).toMatchObject({ status: 'lost' });
});

it('lets a refund fail thirty days after it was made', async () => {
  const id = await charge(6_400);
  const { id: refund } = await happens('refund.pending', { charge: id });
  expect(await stripe.refunds.retrieve(refund)).toMatchObject({ status: 'pending' });
  await days(30);
  await happens('refund.fail', { refund, reason: 'expired_or_canceled_card' });
  const failed = await stripe.refunds.retrieve(refund, { expand: ['failure_balance_transaction'] });
  expect(failed).toMatchObject({
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: { type: 'refund_failure', net: 6_400 },
  });
  const { created } = failed.failure_balance_transaction as Stripe.BalanceTransaction;
  expect(created - failed.created).toBeGreaterThanOrEqual(30 * 86_400);
});

it('captures a payment in pieces', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 10_000,
    currency: 'usd',
    confirm: true,
    capture_method: 'manual',
    payment_method_options: { card: { request_multicapture: 'if_available' } },
  });
  const piece = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 4_000, final_capture: false });
  expect(piece).toMatchObject({ status: 'requires_capture', amount_received: 4_000, amount_capturable: 6_000 });
  expect(await stripe.paymentIntents.capture(intent.id)).toMatchObject({ status: 'succeeded', amount_received: 10_000 });
  const pieces = await stripe.balanceTransactions.list({ source: intent.latest_charge as string });
  expect(pieces.data.map(({ amount }) => amount)).toEqual([6_000, 4_000]);
});

it('lists early fraud warnings, and names the action or field that is wrong', async () => {
  const id = await charge(500);
  const { id: warning } = await happens('fraud-warning', { charge: id });
  expect((await stripe.radar.earlyFraudWarnings.list({ charge: id })).data.map((one) => one.id)).toEqual([warning]);
  expect(await stripe.radar.earlyFraudWarnings.retrieve(warning)).toMatchObject({ fraud_type: 'made_with_stolen_card' });
  await expect(happens('dispute.opne', { charge: id })).rejects.toThrow('one of dispute.open, ');
  await expect(happens('dispute.open', {})).rejects.toThrow('"charge" should be a text');
  await expect(happens('rate', { currency: 'gbp', to: 'usd', times: 0, per: 1 })).rejects.toThrow('integers from 1');
  await expect(happens('dispute.open', { charge: 'ch_missing' })).rejects.toThrow("No such charge: 'ch_missing'");
});

it('has no Checkout sessions, invoice payments or credit notes but those that tests put there', async () => {
  const byIntent = { payment: { type: 'payment_intent' as const, payment_intent: 'pi_1' } };
  expect((await stripe.checkout.sessions.list({ payment_intent: 'pi_1' })).data).toEqual([]);
  expect((await stripe.creditNotes.list({ invoice: 'in_1' })).data).toEqual([]);
  expect((await stripe.invoicePayments.list(byIntent)).data).toEqual([]);
  const payment = (id: string, intent: string): object => ({
    id,
    object: 'invoice_payment',
    invoice: 'in_1',
    payment: { type: 'payment_intent', payment_intent: intent },
  });
  const put = {
    invoice_payments: [payment('inpay_1', 'pi_1'), payment('inpay_2', 'pi_2')],
    invoices: [{ id: 'in_1', object: 'invoice', number: 'A-1' }],
  };
  await fetch(`${base}/_control/objects`, { method: 'PUT', body: JSON.stringify(put) });
  const found = await stripe.invoicePayments.list({ ...byIntent, expand: ['data.invoice'] });
  expect(found.data).toMatchObject([{ id: 'inpay_1', invoice: { id: 'in_1', number: 'A-1' } }]);
});
