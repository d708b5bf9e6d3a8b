import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '@tributary/local-stack';
import { eventBodies } from './bodies.js';
import type { Body } from './bodies.js';
import { WalkSystem } from './walk-system.js';

/**
 * A question of a flow, from the command line to the ledger, on the real stack: a refund above the limit of its profile is held, and what the
 * person says with `tributary dlq answer` decides whether it is booked in Kinetic.
 */
const chargeId = 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ'; // events/charge.succeeded.json: 294.29 USD
const paymentId = 'pi_3TomAsaFxA9Kd7NwT04ivCdO9';
const limit = '100.00';
const lookEveryMs = 500;
const withinMs = 120_000;

let system: WalkSystem;
let assets: string;
let accepted = 0;

beforeAll(async () => {
  assets = mkdtempSync(join(tmpdir(), 'assets-'));
  cpSync(join(workspaceRoot, 'assets'), assets, { recursive: true });
  const profile = join(assets, 'epicor-kinetic/profiles/kinetic-main.yaml');
  const text = readFileSync(profile, 'utf8');
  writeFileSync(profile, text.replace(/^accounts:$/m, `limits:\n  refund: { USD: '${limit}' }\naccounts:`));
  system = await WalkSystem.start('answers', { assetsDir: assets });
  const [sale] = eventBodies().filter(({ file }) => file === 'events/charge.succeeded.json');
  await system.putStripeObjects({ charges: [objectIn(sale as Body)] });
  await deliver(sale as Body);
}, 240_000);
afterAll(async () => {
  await system?.stop();
  rmSync(assets, { recursive: true, force: true });
}, 120_000);

function objectIn({ bytes }: Body): object {
  return (JSON.parse(bytes.toString('utf8')) as { data: { object: object } }).data.object;
}

async function deliver(body: Body): Promise<void> {
  await system.deliverUntilAccepted(body);
  accepted += 1;
}

/** Stripe tells of a refund of the sale. */
async function refund(refundId: string, amountMinor: number): Promise<string> {
  const [recorded] = eventBodies().filter(({ file }) => file === 'events/refund.created.json');
  if (!recorded) throw new Error('events/refund.created.json is missing');
  const event = JSON.parse(recorded.bytes.toString('utf8')) as { id: string; data: { object: Record<string, unknown> } };
  event.id = `evt_${refundId}`;
  Object.assign(event.data.object, {
    ...{ id: refundId, amount: amountMinor, charge: chargeId, payment_intent: paymentId, balance_transaction: `txn_${refundId}` },
  });
  await deliver({ ...recorded, eventId: event.id, bytes: Buffer.from(JSON.stringify(event)) });
  return event.id;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `tributary dlq ...`, as a person types it. */
async function dlq(...args: string[]): Promise<Ended> {
  const line = [join(workspaceRoot, 'tools/dist/tributary/cli.js'), 'dlq', ...args, '--url', system.reconUrl];
  const env = { ...process.env, ...system.token };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, line, { timeout: 100_000, cwd: workspaceRoot, env })) };
  } catch (error) {
    return error as Ended;
  }
}

const answer = (id: string, text: string): Promise<Ended> => dlq('answer', id, text, '--yes', '--reason', 'asked the shop');

interface Letter {
  readonly id: string;
  readonly eventId: string;
  readonly cause: string;
  readonly text: string | null;
}

/** The open dead letter of an event, once there is one. */
async function letterOf(eventId: string): Promise<Letter> {
  return eventually(async () => {
    const { stdout } = await dlq('list', '--state', 'open', '--json');
    return (JSON.parse(stdout) as { deadLetters: Letter[] }).deadLetters.find((one) => one.eventId === eventId);
  });
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const until = Date.now() + withinMs; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, lookEveryMs))) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`it did not happen in ${withinMs} ms: ${JSON.stringify(await system.counts())}`);
}

const stateOf = async (eventId: string, state: string): Promise<true> =>
  eventually(async () => ((await system.event(eventId)).state === state ? (true as const) : undefined));

/** The entries of a refund in Kinetic's general ledger. */
async function booked(refundId: string): Promise<unknown[]> {
  const { entries } = await system.kineticLedger();
  return entries
    .filter(({ text }) => text.endsWith(`Stripe refund ${refundId}`))
    .map(({ lines }) => lines.map(({ account, currency, debit, credit }) => ({ account, currency, debit, credit })));
}

/** Receivables (AR) debit, balance at Stripe (CLR-USD) credit: accounts as in assets/epicor-kinetic/profiles/kinetic-main.yaml. */
const entry = [
  { account: '1100-00-00', currency: 'USD', debit: 120, credit: 0 },
  { account: '1150-00-00', currency: 'USD', debit: 0, credit: 120 },
];

it('books a refund above the limit after it was answered with post, once, and refuses a second answer', async () => {
  const eventId = await refund('re_answers_post', 12_000);
  const { id, text, cause } = await letterOf(eventId);
  expect(cause).toBe('refund.approval');
  expect(text).toContain('Answers: post, skip');
  await stateOf(eventId, 'held');
  expect(await booked('re_answers_post')).toEqual([]);

  const wrong = await answer(id, 'invoiced');
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('Answers: post, skip. Nothing was ordered.') });
  expect(await letterOf(eventId)).toMatchObject({ id });

  const first = await answer(id, 'post');
  expect({ code: first.code, said: first.stdout }).toEqual({ code: 0, said: expect.stringContaining('All of it is done.') });
  await stateOf(eventId, 'posted');
  await system.quiet(accepted);
  expect(await booked('re_answers_post')).toEqual([entry]);

  const second = await answer(id, 'skip');
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('it is closed') });
  await system.quiet(accepted);
  expect(await booked('re_answers_post')).toEqual([entry]);
}, 240_000);

it('books nothing after the answer skip', async () => {
  const eventId = await refund('re_answers_skip', 11_000);
  const { id } = await letterOf(eventId);
  expect((await answer(id, 'skip')).code).toBe(0);
  await stateOf(eventId, 'ignored');
  expect(await booked('re_answers_skip')).toEqual([]);
}, 240_000);

it('refuses an answer to a dead letter that asks nothing, and to one that does not exist', async () => {
  // A payout whose movements Stripe does not tell: nothing can be asked about it (expected.ts).
  const [payout] = eventBodies().filter(({ file }) => file === 'events/payout.reconciliation_completed.json');
  await deliver(payout as Body);
  const { id } = await letterOf((payout as Body).eventId);
  const refused = { code: 1, stderr: expect.stringContaining('asks nothing. Replay, skip or resolve it.') };
  expect(await answer(id, 'post')).toMatchObject(refused);
  expect(await answer('dl_nobody', 'post')).toMatchObject({ code: 1, stderr: expect.stringContaining('dl_nobody') });
}, 240_000);
