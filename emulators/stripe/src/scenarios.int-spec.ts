import Stripe from 'stripe';
import type { ScenarioReport } from './scenario-report.js';
import { StripeEmulator } from './server.js';

/** Scenarios by name, as the control surface plays them and the official SDK sees them. */
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

const ask = async <Answer>(path: string, body?: object): Promise<{ status: number; answer: Answer }> => {
  const response = await fetch(`${base}/_control/${path}`, body && { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, answer: (await response.json()) as Answer };
};
async function over(path: 'scenarios' | 'day'): Promise<ScenarioReport> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { answer } = await ask<ScenarioReport>(path);
    if (answer.state !== 'running') return answer;
    if (Date.now() > deadline) throw new Error(`still running: ${JSON.stringify(answer.playing)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('plays the recorded payout: the SDK lists its sixteen movements, which sum to 2,843.01', async () => {
  await ask('scenarios', { name: 'payout-sample', pauseMs: 0 });
  const report = await over('scenarios');
  expect(report).toMatchObject({ state: 'done', step: report.steps, playing: null });
  const payout = (await stripe.payouts.list()).data.find(({ amount }) => amount === 284_301) as Stripe.Payout;
  expect(report.account.payouts).toContainEqual({
    ...{ id: payout.id, currency: 'usd', amount: 284_301, status: 'paid' },
    ...{ automatic: true, movements: 15 },
  });
  const members: Stripe.BalanceTransaction[] = [];
  for await (const member of stripe.balanceTransactions.list({ payout: payout.id, limit: 7 })) members.push(member);
  expect(members).toHaveLength(16);
  const gross = (type: string): number => members.filter((one) => one.type === type).reduce((sum, { amount }) => sum + amount, 0);
  // The figures of docs/reference: receipts 3,785.81, refunds 564.00 less the 64.00 that came back, and so on.
  expect(gross('charge') + gross('payment')).toBe(378_581);
  expect(gross('refund')).toBe(-56_400);
  expect(gross('refund_failure')).toBe(6_400);
  expect(gross('adjustment')).toBe(-32_000 + 15_000);
  expect(members.reduce((sum, { fee }) => sum + fee, 0)).toBe(4_487 + 1_500);
  expect(new Set(members.map(({ type }) => type)).size).toBe(9);
});

it('plays scenarios one after the other, names what is played, and refuses what it does not know', async () => {
  const { answer } = await ask<ScenarioReport>('scenarios', { name: 'refund-storm', seed: 3, pauseMs: 5 });
  expect(answer).toMatchObject({ state: 'running', playing: { script: 'refund-storm', seed: 3 } });
  expect(answer.scenarios.map(({ name }) => name)).toEqual(['payout-week', 'dispute-season', 'refund-storm', 'payout-sample']);
  await ask('scenarios', { name: 'refund-storm', seed: 4, pauseMs: 0 });
  const both = await over('scenarios');
  expect(both).toMatchObject({ state: 'done', account: { refunds: 24 } });
  const unknown = await ask<{ error: { message: string } }>('scenarios', { name: 'payday' });
  expect(unknown.status).toBe(400);
  expect(unknown.answer.error.message).toBe(
    'There is no scenario "payday". There are: payout-week, dispute-season, refund-storm, payout-sample.',
  );
  expect((await ask('scenarios', { name: 'payout-week', seed: -1 })).status).toBe(400);
});

it('plays scenarios as a part of the day: the day is over when they are, and the ledger must hold their payments too', async () => {
  const day = { payments: 6, pauseMs: 0, scenarios: ['payout-week', 'refund-storm'] };
  expect((await ask('day', { ...day, scenarios: ['payday'] })).status).toBe(400);
  const { answer } = await ask<{ started: boolean }>('day', day);
  expect(answer.started).toBe(true);
  const done = await over('day');
  expect(done.state).toBe('done');
  const { payments } = (await ask<{ payments: { chargeId: string; amount: number }[] }>('day/expected')).answer;
  expect(done.payments).toBe(payments.length);
  const expected = new Map<string, number>();
  for (const { chargeId, amount } of payments) expected.set(chargeId, (expected.get(chargeId) ?? 0) + amount);
  const captured = new Map<string, number>();
  for await (const { id, captured: is, status, amount_captured: amount } of stripe.charges.list({ limit: 100 }))
    if (is && status === 'succeeded') captured.set(id, amount);
  expect([...expected].sort()).toEqual([...captured].sort());
  // The scenarios lie in the past: what they paid out is not what the day has taken.
  expect(done.steps).toBeGreaterThan(100);
  expect((await ask<{ started: boolean }>('day', day)).answer.started).toBe(false);
});
