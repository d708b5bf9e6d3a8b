import { money } from '@tributary/domain';
import type { PostingConcluded, Source } from '@tributary/contracts';
import type { ErpConnector, ErpDocumentState } from '@tributary/connector-kit';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { startStack } from '@tributary/local-stack';
import type { DataSource } from 'typeorm';
import { EventRepository } from './intake/emit/event.repository.js';
import { EffectChecker } from './reconciliation/emit/effect-checker.js';
import { EffectRepository } from './reconciliation/emit/effect.repository.js';
import { LedgerChecker } from './reconciliation/emit/ledger-checker.js';
import type { LedgerConnectors } from './reconciliation/emit/ledger-connectors.js';
import { aLetter } from './testing/letters.js';
import { DeadLetterRecorder } from './desk/emit/dead-letter.recorder.js';
import { reconMigrations } from './migrations/index.js';
import { ReconciliationRepository } from './reconciliation/emit/reconciliation.repository.js';
import { OverviewRepository } from './views/emit/overview.repository.js';
import { PaymentFactsRepository } from './intake/emit/payment-facts.repository.js';
import { PaymentRepository } from './views/emit/payment.repository.js';
import { ViewRepository } from './views/emit/view.repository.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let dataSource: DataSource;
let events: EventRepository;
let views: ViewRepository;
let facts: PaymentFactsRepository;
let payments: PaymentRepository;
let overview: OverviewRepository;

beforeAll(async () => {
  stack = await startStack({ postgres: true });
  dataSource = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
}, 120_000);
afterAll(async () => {
  await dataSource?.destroy();
  await stack?.stop();
});
beforeEach(async () => {
  if (dataSource.isInitialized) await dataSource.query('drop schema recon cascade');
  await connectAndMigrate(dataSource);
  events = new EventRepository(dataSource);
  views = new ViewRepository(dataSource);
  facts = new PaymentFactsRepository(dataSource);
  payments = new PaymentRepository(dataSource);
  overview = new OverviewRepository(dataSource);
});

const at = new Date('2026-11-21T06:00:00Z');
const source = (eventId: string, type = 'charge.succeeded'): Source => ({
  system: 'stripe',
  account: null,
  eventId,
  eventType: type,
  objectId: 'ch_1',
  apiVersion: null,
  livemode: false,
  occurredAt: at.getTime(),
});
const key = (charge: string): string => `kinetic-main/cash-receipt/${charge}`;

function outcome(eventId: string, charge: string, result: string, seconds: number): PostingConcluded {
  return {
    requestId: `req-${charge}`,
    postingKey: key(charge),
    target: 'kinetic-main',
    kind: 'cash-receipt',
    result,
    canonicalEventId: `fact-${eventId}`,
    sourceEventId: eventId,
    sequence: 'pi_1',
    reference: { HeadNum: '881' },
    amount: money(29429n, 'USD'),
    code: null,
    text: null,
    postingDate: null,
    attempts: 1,
    concludedAt: at.getTime() + seconds * 1_000,
  };
}

/** All events of one booked payment. Each step may run at any time and more than once. */
function paymentStory(eventId: string, charge: string, offset: bigint): (() => Promise<void>)[] {
  return [
    () =>
      events.recordDelivery({
        partition: 0,
        offset,
        eventId,
        type: 'charge.succeeded',
        endpoint: 'default',
        account: null,
        receivedAt: at,
      }),
    () =>
      events.recordTranslated(
        {
          source: source(eventId),
          canonical: [{ eventId: `fact-${eventId}`, eventType: 'ar.payment-received' }],
          ignoredReason: null,
          ignoredText: null,
        },
        at,
      ),
    () =>
      events.recordRouted(
        {
          sourceEventId: eventId,
          canonicalEventId: `fact-${eventId}`,
          canonicalType: 'ar.payment-received',
          postings: [{ requestId: `req-${charge}`, postingKey: key(charge), target: 'kinetic-main', kind: 'cash-receipt' }],
          ignoredReason: null,
          ignoredText: null,
        },
        at,
      ),
    () =>
      facts.recordPayment(
        {
          source: source(eventId),
          paymentId: `pi-${charge}`,
          chargeId: charge,
          part: null,
          chargedAt: null,
          saleId: null,
          paymentIntentId: `pi-${charge}`,
          customerId: 'cus_1',
          customer: null,
          payer: { name: 'Acme Fabrication LLC', email: null, phone: null, address: null },
          amount: money(29429n, 'USD'),
          receivedAt: at.getTime(),
          method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
          description: null,
          balanceTransactionId: null,
          settlement: null,
          metadata: {},
        },
        `fact-${eventId}`,
      ),
    () => events.recordOutcome(outcome(eventId, charge, 'posted', 1), `out-${charge}-posted`),
    () => events.recordOutcome(outcome(eventId, charge, 'released', 2), `out-${charge}-released`),
  ];
}

it('counts one posted payment, in whatever order and however often its records come', async () => {
  const story = paymentStory('evt_1', 'ch_1', 0n);
  for (const step of [...story].reverse()) await step();
  for (const step of story) await step();
  expect(await views.counts()).toMatchObject({ accepted: 1, posted: 1, inFlight: 0, ignored: 0, held: 0, deadLettered: 0 });
  const page = await payments.payments({ limit: 10 });
  expect(page.payments).toEqual([
    expect.objectContaining({
      chargeId: 'ch_1',
      stage: 'released',
      state: 'posted',
      amount: { minor: '29429', currency: 'USD', text: '294.29', exact: true },
      customerName: 'Acme Fabrication LLC',
    }),
  ]);
});

it('adds up at every moment: in flight, ignored, held, dead-lettered, and a repeated delivery as a duplicate', async () => {
  const delivery = (eventId: string, offset: bigint) =>
    events.recordDelivery({ partition: 1, offset, eventId, type: 'x', endpoint: null, account: null, receivedAt: at });
  await delivery('evt_flying', 0n);
  await delivery('evt_ignored', 1n);
  await delivery('evt_ignored', 2n);
  await delivery('evt_dead', 3n);
  await delivery('evt_held', 4n);
  await events.recordTranslated(
    { source: source('evt_ignored', 'invoice.paid'), canonical: [], ignoredReason: 'unhandled-type', ignoredText: null },
    at,
  );
  await new DeadLetterRecorder(dataSource).recordLetter(aLetter({ eventId: 'evt_dead' }));
  await events.recordOutcome(outcome('evt_held', 'ch_held', 'waiting', 1), 'out-held');
  expect(await views.counts()).toEqual({
    accepted: 5,
    inFlight: 1,
    posted: 0,
    ignored: 2,
    held: 1,
    deadLettered: 1,
    ignoredBy: { 'unhandled-type': 1, duplicate: 1 },
    heldBy: { waiting: 1 },
    deadLetteredBy: { 'stripe.object-invalid': 1 },
  });
});

/** A ledger with a predefined answer; it implements our own interface. */
function ledger(answer: () => ErpDocumentState | undefined): LedgerConnectors {
  const connector = { name: 'test', capabilities: new Set(), longestCallMs: 1, read: async () => answer() } as unknown as ErpConnector;
  return new Map([['kinetic-main', connector]]);
}

const checkerOf = (ledgers: LedgerConnectors): LedgerChecker =>
  new LedgerChecker(
    new ReconciliationRepository(dataSource),
    ledgers,
    new EffectChecker(new EffectRepository(dataSource), ledgers, () => new Map()),
  );

it.each([
  ['matched', { reference: { HeadNum: '881' }, amount: '294.29', currency: 'USD', released: true }],
  ['different', { reference: { HeadNum: '881' }, amount: '294.30', currency: 'USD', released: true }],
  ['pending', { reference: { HeadNum: '881' }, amount: '294.29', currency: 'USD', released: false }],
] as const)('reads the ledger itself: %s', async (state, found) => {
  for (const step of paymentStory('evt_1', 'ch_1', 0n)) await step();
  expect(await checkerOf(ledger(() => found)).round()).toBe(1);
  const [item] = (await payments.reconciliation({ limit: 10 })).items;
  expect(item).toMatchObject({ chargeId: 'ch_1', state, stripe: { text: '294.29' }, target: { text: found.amount, currency: 'USD' } });
  expect(await overview.reconciliationSummary()).toMatchObject({ [state]: 1 });
});

it('calls a receipt missing that is gone from the ledger, once the grace is over', async () => {
  for (const step of paymentStory('evt_1', 'ch_1', 0n)) await step();
  const checker = checkerOf(ledger(() => undefined));
  await checker.round();
  expect(await overview.reconciliationSummary()).toMatchObject({ pending: 1, missing: 0 });
  await dataSource.query(`update recon.payment set recorded_at = now() - interval '2 minutes'`);
  await dataSource.query(`update recon.reconciliation set due_at = now()`);
  await checker.round();
  expect(await overview.reconciliationSummary()).toMatchObject({ missing: 1 });
});

it('learns nothing from a ledger that does not answer, and looks again', async () => {
  for (const step of paymentStory('evt_1', 'ch_1', 0n)) await step();
  const silent = ledger(() => {
    throw new Error('no answer');
  });
  await checkerOf(silent).round();
  expect((await payments.reconciliation({ limit: 10 })).items).toEqual([expect.objectContaining({ state: 'pending', checkedAt: null })]);
});

it('traces a payment by charge and by payment id, and knows no others', async () => {
  for (const step of paymentStory('evt_1', 'ch_1', 0n)) await step();
  const trace = await payments.detail('pi-ch_1');
  expect(trace?.steps.map(({ stage }) => stage)).toEqual(['webhook', 'canonical', 'requested', 'posted', 'released']);
  expect(await payments.detail('ch_unknown')).toBeUndefined();
  expect(await views.event('evt_1')).toMatchObject({ state: 'posted', deliveries: 1, canonical: [{ postings: [{ result: 'released' }] }] });
});

it('pages through payments without losing or repeating one', async () => {
  for (let n = 0; n < 5; n += 1) for (const step of paymentStory(`evt_${n}`, `ch_${n}`, BigInt(n))) await step();
  const first = await payments.payments({ limit: 2 });
  const second = await payments.payments({ limit: 2, after: first.next as string });
  const third = await payments.payments({ limit: 2, after: second.next as string });
  expect([first, second, third].flatMap((page) => page.payments.map(({ chargeId }) => chargeId))).toEqual([
    'ch_4',
    'ch_3',
    'ch_2',
    'ch_1',
    'ch_0',
  ]);
  expect(third.next).toBeNull();
});
