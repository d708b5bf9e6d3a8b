import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AmountView, DisputeOpened, Overview, PaymentReceived, PostingConcluded, Source, SumView } from '@tributary/contracts';
import { headers, topics } from '@tributary/contracts';
import type { ErpConnector, ErpDocumentState } from '@tributary/connector-kit';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { answerCheck, startStack } from '@tributary/local-stack';
import type { MessageContext, Publisher } from '@tributary/messaging';
import { InMemorySchemaIds, PUBLISHER } from '@tributary/messaging';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { AUTHENTICATOR, metricsRegistry, protectRoutes } from '@tributary/platform';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { DeadLetterConsumer } from '../desk/accept/dead-letter.consumer.js';
import { DeadLetterController } from '../desk/accept/dead-letter.controller.js';
import { OrderController } from '../desk/accept/order.controller.js';
import { FeedController } from './accept/feed.controller.js';
import { RawFactConsumer } from '../intake/accept/raw-fact.consumer.js';
import { RecordListController } from './accept/record-list.controller.js';
import { mostStreamsPerClient } from './accept/stream-places.js';
import { ViewController } from './accept/view.controller.js';
import { newsOfDispute, newsOfFailure } from '../reconciliation/decide/news.js';
import { ASSETS_DIR } from '../desk/emit/asset-reader.js';
import { EventTranslator } from '../desk/emit/event-translator.js';
import { DeadLetterInspector } from '../desk/emit/dead-letter.inspector.js';
import { PayloadReads } from '../desk/emit/payload-reads.js';
import { DeadLetterRecorder } from '../desk/emit/dead-letter.recorder.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { SequenceListRepository } from '../desk/emit/sequence-list.repository.js';
import { REDELIVERY_DELAY_MS, ReplayDispatcher } from '../desk/emit/replay.dispatcher.js';
import { AuditTrail } from '../audit/emit/audit-trail.js';
import { defaultOrderLimits, orderLimitsFrom } from '@tributary/identity';
import { ApprovalRepository } from '../desk/emit/approval.repository.js';
import { LedgerLookup } from '../desk/emit/ledger-lookup.js';
import { OrderChecks } from '../desk/emit/order-checks.js';
import { OrderSteeringRepository } from '../desk/emit/order-steering.repository.js';
import { OrderedLetterRepository } from '../desk/emit/ordered-letter.repository.js';
import { APPROVAL_RULES, OrderRepository } from '../desk/emit/order.repository.js';
import { OrderListRepository } from '../desk/emit/order-list.repository.js';
import { PayloadReader, SCHEMA_IDS } from '../desk/emit/payload.reader.js';
import { EventRepository } from '../intake/emit/event.repository.js';
import { EffectChecker } from '../reconciliation/emit/effect-checker.js';
import { EffectRepository } from '../reconciliation/emit/effect.repository.js';
import { LedgerChecker } from '../reconciliation/emit/ledger-checker.js';
import { LEDGER_CONNECTORS } from '../reconciliation/emit/ledger-connectors.js';
import { reconMigrations } from '../migrations/index.js';
import { FiguresWorker } from './emit/figures.worker.js';
import { OverviewRepository } from './emit/overview.repository.js';
import { PaymentFactsRepository } from '../intake/emit/payment-facts.repository.js';
import { PaymentRepository } from './emit/payment.repository.js';
import { ReconciliationRepository } from '../reconciliation/emit/reconciliation.repository.js';
import { RecordListRepository } from './emit/record-list.repository.js';
import { ViewRepository } from './emit/view.repository.js';
import { aLetter } from '../testing/letters.js';

/** The ledger's answer for a posting key; undefined when it has no such document. It implements our own interface. */
let ledger: (key: string) => ErpDocumentState | undefined = () => undefined;
const connector = {
  name: 'test',
  capabilities: new Set(),
  longestCallMs: 1,
  read: async (key: string) => ledger(key),
} as unknown as ErpConnector;
const ledgers = new Map([['kinetic-main', connector]]);
const publisher = { publish: () => Promise.resolve(), publishRaw: () => Promise.resolve() } satisfies Publisher;

let stack: Awaited<ReturnType<typeof startStack>>;
let database: DataSource;
let app: INestApplication;
let origin: string;
let events: EventRepository;
let facts: PaymentFactsRepository;
let letters: DeadLetterRecorder;
let caller: Identity = localIdentity;

beforeAll(async () => {
  stack = await startStack({ postgres: true });
  database = createDataSource({
    url: stack.databaseUrl,
    schema: 'recon',
    migrations: reconMigrations,
  });
  await connectAndMigrate(database);
  @Module({
    controllers: [ViewController, FeedController, RecordListController, DeadLetterController, OrderController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: DataSource, useValue: database },
      { provide: PUBLISHER, useValue: publisher },
      { provide: SCHEMA_IDS, useValue: new InMemorySchemaIds() },
      { provide: LEDGER_CONNECTORS, useValue: ledgers },
      { provide: ASSETS_DIR, useValue: undefined },
      { provide: REDELIVERY_DELAY_MS, useValue: 60_000 },
      { provide: EventTranslator, useValue: new EventTranslator(undefined) },
      ...[
        EventRepository,
        PaymentFactsRepository,
        PayloadReader,
        DeadLetterRecorder,
        DeadLetterRepository,
        SequenceListRepository,
        DeadLetterInspector,
        PayloadReads,
        OrderRepository,
        OrderListRepository,
        OrderSteeringRepository,
        OrderedLetterRepository,
        ApprovalRepository,
        OrderChecks,
        LedgerLookup,
        AuditTrail,
        ReplayDispatcher,
      ],
      { provide: APPROVAL_RULES, useValue: { limits: orderLimitsFrom(defaultOrderLimits), expiresMs: 1_000 } },
      ...[ViewRepository, PaymentRepository, OverviewRepository, RecordListRepository, ReconciliationRepository],
    ],
  })
  class HttpModule {}
  app = await NestFactory.create(HttpModule, new FastifyAdapter({ forceCloseConnections: true }), {
    logger: false,
    abortOnError: false,
  });
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  origin = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  events = app.get(EventRepository);
  facts = app.get(PaymentFactsRepository);
  letters = app.get(DeadLetterRecorder);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await database?.destroy();
  await stack?.stop();
});
beforeEach(async () => {
  await database.query('drop schema recon cascade');
  await connectAndMigrate(database);
  ledger = () => undefined;
});

const at = new Date('2026-11-21T06:00:00Z');
const source = (eventId: string, eventType = 'charge.succeeded'): Source => ({
  ...{
    system: 'stripe',
    account: null,
    eventId,
    eventType,
    objectId: 'ch_1',
    apiVersion: null,
    livemode: false,
    occurredAt: at.getTime(),
  },
});
function aPayment(eventId: string, chargeId: string, change: Partial<PaymentReceived> = {}): PaymentReceived {
  return {
    ...{
      source: source(eventId),
      paymentId: `pi-${chargeId}`,
      chargeId,
      part: null,
      chargedAt: null,
      saleId: null,
      paymentIntentId: null,
      customerId: 'cus_1',
      customer: null,
    },
    payer: {
      name: 'Acme Fabrication LLC',
      email: null,
      phone: null,
      address: null,
    },
    amount: { minor: 29_429n, currency: 'USD' },
    receivedAt: at.getTime(),
    method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
    ...{
      description: null,
      balanceTransactionId: null,
      settlement: null,
      metadata: {},
    },
    ...change,
  };
}
const keyOf = (charge: string, part?: string): string => `kinetic-main/cash-receipt/${charge}${part ? `/${part}` : ''}`;
const charge = (id: string, minor: number, change: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      data: {
        object: {
          object: 'charge',
          id,
          amount: minor,
          amount_captured: minor,
          captured: true,
          status: 'succeeded',
          currency: 'usd',
          ...change,
        },
      },
    }),
  );
let offset = 0n;
async function deliver(eventId: string, body: Buffer, type = 'charge.succeeded', more: Record<string, string> = {}): Promise<void> {
  offset += 1n;
  const context = {
    partition: 0,
    offset,
    eventId,
    headers: {
      [headers.subject]: type,
      [headers.receivedAt]: at.toISOString(),
      ...more,
    },
  };
  await new RawFactConsumer(events).onStripeEvent(body, context as unknown as MessageContext);
}
async function translated(eventId: string, ids: readonly string[], ignoredReason: string | null = null): Promise<void> {
  const canonical = ids.map((id) => ({
    eventId: id,
    eventType: 'ar.payment-received',
  }));
  await events.recordTranslated({ source: source(eventId), canonical, ignoredReason, ignoredText: null }, at);
}
/** An event that no flow books. */
async function noFlow(eventId: string): Promise<void> {
  await translated(eventId, [`fact-${eventId}`]);
  const routing = { sourceEventId: eventId, canonicalEventId: `fact-${eventId}`, canonicalType: 'x' };
  await events.recordRouted({ ...routing, postings: [], ignoredReason: 'no-flow', ignoredText: null }, at);
}
async function routed(eventId: string, postingKey: string, factId = `fact-${eventId}`): Promise<void> {
  const postings = [
    {
      requestId: `req-${postingKey}`,
      postingKey,
      target: 'kinetic-main',
      kind: 'cash-receipt',
    },
  ];
  await events.recordRouted(
    {
      ...{
        sourceEventId: eventId,
        canonicalEventId: factId,
        canonicalType: 'ar.payment-received',
      },
      postings,
      ignoredReason: null,
      ignoredText: null,
    },
    at,
  );
}
function outcome(eventId: string, postingKey: string, result: string, change: Partial<PostingConcluded> = {}): PostingConcluded {
  return {
    ...{
      requestId: `req-${postingKey}`,
      postingKey,
      target: 'kinetic-main',
      kind: 'cash-receipt',
      result,
      canonicalEventId: `fact-${eventId}`,
    },
    ...{
      sourceEventId: eventId,
      sequence: 'pi_1',
      reference: { HeadNum: '881' },
      amount: null,
      code: null,
      text: null,
      postingDate: null,
      attempts: 1,
    },
    concludedAt: at.getTime() + 1_000,
    ...change,
  };
}
/** A captured charge that is posted and in the ledger with its amount. */
async function booked(eventId: string, chargeId: string, change: Partial<PaymentReceived> = {}): Promise<void> {
  const key = keyOf(chargeId, change.part ?? undefined);
  await deliver(eventId, charge(chargeId, 29_429));
  await translated(eventId, [`fact-${eventId}`]);
  await facts.recordPayment(aPayment(eventId, chargeId, change), `fact-${eventId}`);
  await routed(eventId, key);
  await events.recordOutcome(outcome(eventId, key, 'released'), `out-${eventId}`);
}
const effectChecker = (): EffectChecker => new EffectChecker(new EffectRepository(database), ledgers, () => new Map([['6210', 'FEE']]));
const readLedger = (): Promise<number> => new LedgerChecker(app.get(ReconciliationRepository), ledgers, effectChecker()).round();
const inLedger = (amount: string, currency = 'USD', clearing?: object): ErpDocumentState =>
  ({
    reference: { HeadNum: '881' },
    amount,
    currency,
    released: true,
    ...(clearing ? { clearing } : {}),
  }) as ErpDocumentState;

/** What an answer has otherwise than the OpenAPI document says. */
const misfits = answerCheck('recon');

interface Answer<T> {
  readonly status: number;
  readonly body: T;
}
async function get<T = Record<string, unknown[]>>(path: string): Promise<Answer<T>> {
  const response = await fetch(`${origin}${path}`);
  const body = (await response.json()) as T;
  expect(misfits({ path, status: response.status, body })).toEqual([]);
  return { status: response.status, body };
}
const page = async (id: string) =>
  (
    await get<{
      payment: Record<string, unknown>;
      captures: unknown[];
      steps: { title: string; stage: string }[];
    }>(`/payments/${encodeURIComponent(id)}`)
  ).body;

describe('one hostile row of each kind', () => {
  const nul = 'a\u0000b';
  const lone = 'c\ud800d';
  const huge = 'x'.repeat(300_000);
  const deep = Buffer.from(`{"id":"evt_deep","type":"charge.succeeded","data":{"object":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}}`);
  const lists = [
    '/counts',
    '/stages',
    '/overview',
    ...['', '?state=deadLettered', '?standing=needsPerson', '?reconciliation=different', '?currency=ISK'].map(
      (query) => `/payments${query}`,
    ),
    '/reconciliation',
    '/events',
    '/events?stuck=true',
    '/canonical-events',
    '/postings',
    '/dead-letters',
    '/dead-letters?state=notClosed',
    '/dead-letters/causes',
    '/dead-letters/parked',
    '/dead-letter-orders',
  ];
  const letter = (n: number, change: Parameters<typeof aLetter>[0] = {}) =>
    aLetter({ eventId: `evt_l${n}`, offset: BigInt(1_000 + n), ...change });

  // Each entry writes rows as the consumers would, and returns the paths that have to answer.
  const hostile: Record<string, () => Promise<string[]>> = {
    'an amount its currency cannot have': async () => {
      await booked('evt_1', 'ch_isk', {
        amount: { minor: 114_850n, currency: 'ISK' },
      });
      ledger = () => inLedger('114850.50', 'ISK');
      await readLedger();
      await letters.recordLetter(letter(1, { money: { minor: 114_850n, currency: 'ISK' } }));
      return ['/payments/ch_isk'];
    },
    'a currency nobody knows': async () => {
      await booked('evt_1', 'ch_odd', {
        amount: { minor: 1n, currency: `X${nul}` },
      });
      await letters.recordLetter(letter(1, { money: { minor: 5n, currency: 'u$d' } }));
      return ['/payments/ch_odd'];
    },
    'NUL and half of an emoji': async () => {
      await deliver(nul, charge(`ch_${nul}`, 5), lone, {
        [headers.masked]: `2: data.object.${nul}`,
      });
      await booked('evt_1', `ch_${nul}`, {
        payer: {
          name: `${nul}${lone}`,
          email: null,
          phone: null,
          address: null,
        },
      });
      await events.recordOutcome(
        outcome('evt_1', keyOf('ch_2'), nul, {
          code: lone,
          text: nul,
          reference: { [nul]: lone },
        }),
        `out-${nul}`,
      );
      await letters.recordLetter(
        letter(1, {
          code: nul,
          text: lone,
          key: nul,
          headers: { [nul]: lone, [headers.id]: nul },
          sequence: nul,
        }),
      );
      await facts.recordNews({
        ...newsOfFailure(aFailure('evt_9', `ch_${nul}`), `fact-${nul}`),
        reason: nul,
      });
      return [`/payments/${encodeURIComponent(`ch_${nul}`)}`, `/payments/${encodeURIComponent(nul)}`];
    },
    'nesting of 5,000': async () => {
      await deliver('evt_deep', deep);
      await letters.recordLetter(letter(1, { eventId: 'evt_deep', value: deep }));
      return ['/payments/evt_deep'];
    },
    'words nobody knows': async () => {
      await booked('evt_1', 'ch_word');
      await events.recordOutcome(
        outcome('evt_1', keyOf('ch_word'), 'teleported', {
          concludedAt: at.getTime() + 9_000,
          kind: 'spaceship',
        }),
        'out-word',
      );
      await translated('evt_2', [], 'a-reason-nobody-knows');
      await letters.recordLetter(
        letter(1, {
          eventType: 'a.type-nobody-knows',
          code: 'a.code-nobody-knows',
        }),
      );
      return ['/payments/ch_word'];
    },
    'huge text': async () => {
      await booked('evt_1', 'ch_huge', {
        payer: { name: huge, email: null, phone: null, address: null },
      });
      await deliver(huge, charge(`ch_${huge}`, 5), huge);
      await letters.recordLetter(
        letter(1, {
          text: huge,
          code: huge,
          sequence: huge,
          headers: { h: huge },
          key: huge,
        }),
      );
      return ['/payments/ch_huge'];
    },
    'broken dates': async () => {
      await deliver('evt_1', charge('ch_date', 5, { created: Number.MAX_SAFE_INTEGER - 1 }), 'charge.succeeded', {
        [headers.receivedAt]: 'soon',
      });
      await booked('evt_2', 'ch_date2', { receivedAt: 9e15 });
      await events.recordOutcome(outcome('evt_2', keyOf('ch_date2'), 'posted', { concludedAt: -9e15 }), 'out-date');
      await letters.recordLetter(letter(1));
      await database.query(`update recon.dead_letter set dead_at = 'infinity'`);
      return ['/payments/ch_date', '/payments/ch_date2'];
    },
  };

  it.each(Object.keys(hostile))('%s takes no list, no page, no cause and no feed away', async (kind) => {
    await booked('evt_good', 'ch_good');
    const pages = (await hostile[kind]?.()) ?? [];
    for (const path of [...lists, ...pages, '/payments/ch_good']) {
      const { status } = await get(path);
      expect([path, status]).toEqual([path, 200]);
    }
    const { body } = await get<{ payments: { chargeId: string }[] }>('/payments?limit=500');
    expect(body.payments.map(({ chargeId }) => chargeId)).toContain('ch_good');
    const { body: dead } = await get<{ deadLetters: { id: string }[] }>('/dead-letters?limit=500');
    for (const { id } of dead.deadLetters) {
      expect((await get(`/dead-letters/${id}`)).status).toBe(200);
      // Skipping works without a payload that can be decoded or displayed.
      const skip = {
        action: 'skip',
        scope: 'one',
        ids: [id],
        reason: 'not ours',
      };
      const response = await fetch(`${origin}/dead-letter-orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(skip),
      });
      expect(response.status).toBe(202);
    }
    const feed = await fetch(`${origin}/feed`);
    const text = await firstSnapshot(feed);
    expect(text).toContain('ch_good');
  });

  it('keeps the bytes of a message as they are, and its headers and key for a replay', async () => {
    await letters.recordLetter(letter(1, { key: nul, headers: { [headers.id]: nul }, value: deep }));
    const [row] = await database.query<{ value: Buffer; original: Buffer }[]>('select value, original from recon.dead_letter');
    expect(row?.value.equals(deep)).toBe(true);
    expect(JSON.parse(row?.original.toString('utf8') ?? '')).toEqual({
      key: nul,
      headers: { [headers.id]: nul },
    });
  });
});

async function firstSnapshot(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  let text = '';
  while (reader && !text.includes('\n\n', text.indexOf('event: snapshot') + 1 || text.length)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += Buffer.from(value).toString('utf8');
  }
  await reader?.cancel();
  return text;
}

function aFailure(eventId: string, chargeId: string) {
  return {
    ...{
      source: source(eventId, 'charge.failed'),
      paymentId: `pi-${chargeId}`,
      chargeId,
      customerId: null,
    },
    ...{
      amount: { minor: 29_429n, currency: 'USD' },
      failureCode: 'insufficient_funds',
      failureText: 'The customer account has insufficient funds.',
    },
  };
}
const failure = (eventId: string, chargeId: string): Promise<void> =>
  facts.recordNews(newsOfFailure(aFailure(eventId, chargeId), `fact-${eventId}`));

describe('bad news about booked money', () => {
  // Field report 14: a bank debit that fails after it succeeded (github.com/balanced/balanced-docs/issues/374).
  it.each([['after the receipt'], ['before the payment was read'], ['before the ledger was read']])(
    'a returned debit told %s is a break, once its event is processed and nothing has booked it',
    async (order) => {
      ledger = () => inLedger('294.29');
      if (order === 'before the payment was read') await failure('evt_9', 'ch_1');
      await booked('evt_1', 'ch_1');
      if (order === 'before the ledger was read') await failure('evt_9', 'ch_1');
      await readLedger();
      if (order === 'after the receipt') await failure('evt_9', 'ch_1');
      expect((await page('ch_1')).payment).toMatchObject({ reconciliation: 'matched', standing: 'inLedger' });
      await noFlow('evt_9');
      const { payment, steps } = await page('ch_1');
      expect(payment).toMatchObject({
        reconciliation: 'different',
        standing: 'needsPerson',
        state: 'posted',
      });
      expect(payment.standingReason).toBe('Stripe took back 294.29 USD: not booked in the ledger');
      expect(steps).toContainEqual(
        expect.objectContaining({
          stage: 'news',
          title: 'Stripe took back 294.29 USD',
        }),
      );
      const { body } = await get<Overview>('/overview');
      expect(body.allClear).toBe(false);
      expect(body.open.map(({ what }) => what)).toEqual(['needsPerson', 'different']);
    },
  );

  it('is closed by a flow that books it: a posting of the fact with a document', async () => {
    ledger = () => inLedger('294.29');
    await booked('evt_1', 'ch_1');
    await readLedger();
    await failure('evt_9', 'ch_1');
    const key = 'kinetic-main/receipt-reversal/ch_1';
    const posting = outcome('evt_9', key, 'released', {
      kind: 'receipt-reversal',
      canonicalEventId: 'fact-evt_9',
    });
    await events.recordOutcome(posting, 'out-reversal');
    expect((await page('ch_1')).payment).toMatchObject({
      reconciliation: 'matched',
      standing: 'inLedger',
    });
  });

  it('of a charge that was never booked is no break: it failed at Stripe', async () => {
    await deliver('evt_1', charge('ch_1', 29_429));
    await facts.recordPayment(aPayment('evt_1', 'ch_1'), 'fact-evt_1');
    await noFlow('evt_1');
    await failure('evt_9', 'ch_1');
    expect((await page('ch_1')).payment).toMatchObject({
      standing: 'failedAtStripe',
    });
  });

  it('a dispute is a step, and masked values say so', async () => {
    await booked('evt_1', 'ch_1');
    await database.query(`update recon.event set masked = '1: data.object.description' where event_id = 'evt_1'`);
    const dispute = {
      ...{
        disputeId: 'dp_1',
        chargeId: 'ch_1',
        paymentId: 'pi_1',
        paymentIntentId: null,
        customerId: null,
        amount: { minor: 29_429n, currency: 'USD' },
      },
      ...{
        status: 'needs_response',
        reason: 'fraudulent',
        networkReasonCode: null,
        inquiry: false,
        refundable: null,
        evidenceDueAt: null,
      },
      ...{ createdAt: at.getTime(), settlements: [], metadata: {} },
    };
    const news = newsOfDispute(
      'dispute',
      {
        source: source('evt_9', 'charge.dispute.created'),
        dispute,
      } as DisputeOpened,
      'fact-evt_9',
    );
    if (news) await facts.recordNews(news);
    await noFlow('evt_9');
    const { payment, steps } = await page('ch_1');
    expect(payment).toMatchObject({
      masked: ['data.object.description'],
      reconciliation: 'different',
    });
    expect(steps).toContainEqual(expect.objectContaining({ title: 'Dispute over 294.29 USD' }));
    expect(steps).toContainEqual(
      expect.objectContaining({
        text: 'Card numbers were masked on arrival in: data.object.description',
      }),
    );
  });
});

describe('captured charges', () => {
  it('shows every capture of a charge, each with its receipt', async () => {
    await booked('evt_1', 'ch_1', {
      amount: { minor: 5_000n, currency: 'USD' },
    });
    await booked('evt_2', 'ch_1', {
      part: 'captured-7500',
      amount: { minor: 2_500n, currency: 'USD' },
      receivedAt: at.getTime() + 1,
    });
    ledger = (key) => inLedger(key.endsWith('captured-7500') ? '25.00' : '50.00');
    await readLedger();
    const { captures } = await page('ch_1');
    expect(captures).toMatchObject([
      {
        part: null,
        amount: { text: '50.00' },
        ledgerAmount: { text: '50.00' },
        reconciliation: 'matched',
        reconciliationBasis: 'our-reading',
      },
      {
        part: 'captured-7500',
        amount: { text: '25.00' },
        ledgerAmount: { text: '25.00' },
        reconciliation: 'matched',
      },
    ]);
  });

  // Field report 01: presented in GBP, settled in USD.
  it('compares with the balance transaction: a receipt in a clearing account that never clears is different', async () => {
    const gross = { minor: 12_640n, currency: 'USD' };
    const settlement = {
      ...{
        balanceTransactionId: 'txn_1',
        gross,
        fee: { minor: 400n, currency: 'USD' },
        net: { minor: 12_240n, currency: 'USD' },
      },
      ...{ reportingCategory: 'charge', availableAt: null },
    };
    await booked('evt_1', 'ch_1', {
      amount: { minor: 10_000n, currency: 'GBP' },
      settlement,
    });
    ledger = () => inLedger('100.00', 'GBP', { account: 'STR-GBP', currency: 'GBP' });
    await readLedger();
    expect((await page('ch_1')).payment).toMatchObject({
      reconciliation: 'different',
      reconciliationText: 'Stripe settled it as 126.40 USD, and the receipt went to clearing account STR-GBP, which is kept in GBP',
      settlement: { gross: { text: '126.40' }, net: { text: '122.40' } },
    });
    ledger = () => inLedger('100.00', 'GBP', { account: 'STR-USD', currency: 'USD' });
    await database.query('update recon.reconciliation set due_at = now()');
    await readLedger();
    expect((await page('ch_1')).payment).toMatchObject({
      reconciliation: 'matched',
      reconciliationBasis: 'balance-transaction',
    });
  });

  it('that died before they were read, were skipped, or could not be read at all are rows with their money', async () => {
    const dead = (n: number, eventId: string, value: Buffer) => letters.recordLetter(aLetter({ eventId, offset: BigInt(500 + n), value }));
    await deliver('evt_dead', charge('ch_dead', 114_850, { currency: 'isk' }));
    await dead(1, 'evt_dead', charge('ch_dead', 114_850));
    await deliver('evt_skipped', charge('ch_skipped', 700));
    await dead(2, 'evt_skipped', charge('ch_skipped', 700));
    await letters.recordClosure({
      ...{
        orderId: 'by-hand',
        consumerGroup: 'tributary-translate',
        topic: topics.stripeEvents,
        partition: 0,
        offset: 502,
        eventId: 'evt_skipped',
      },
      ...{
        sourceEventId: null,
        sequence: 'pi_1',
        result: 'skipped',
        text: null,
        postingDate: null,
        closedAt: Date.now(),
      },
    });
    await deliver('evt_torn', Buffer.from('{"data":'));
    await dead(3, 'evt_torn', Buffer.from('{"data":'));
    await deliver('evt_way', charge('ch_way', 900));
    const { body } = await get<{
      payments: {
        chargeId: string;
        standing: string;
        amount: AmountView | null;
      }[];
    }>('/payments');
    expect(new Map(body.payments.map(({ chargeId, standing, amount }) => [chargeId, [standing, amount?.minor ?? null]]))).toEqual(
      new Map([
        ['ch_dead', ['needsPerson', '114850']],
        ['ch_skipped', ['notBooked', '700']],
        ['evt_torn', ['needsPerson', null]],
        ['ch_way', ['onItsWay', '900']],
      ]),
    );
    // The payment fact arrives: the row becomes that of the payment.
    await facts.recordPayment(aPayment('evt_way', 'ch_way'), 'fact-evt_way');
    expect((await page('ch_way')).captures).toMatchObject([{ amount: { minor: '29429' }, standing: 'onItsWay' }]);
  });
});

it("counts and lists recon's own dead letters, and one that cannot be recorded in full by its place", async () => {
  const consumer = new DeadLetterConsumer(letters, app.get(PayloadReader), events);
  const dlq = topics.deadLetters(topics.stripeEvents, 'tributary-recon');
  const context = (change: Record<string, unknown>): MessageContext =>
    ({
      ...{
        topic: dlq,
        partition: 0,
        offset: 3n,
        key: '',
        eventId: 'evt_own',
        sequence: '',
        sourceEventId: '',
        headers: {},
      },
      ...change,
    }) as unknown as MessageContext;
  const own = {
    [headers.consumerGroup]: 'tributary-recon',
    [headers.originalTopic]: topics.stripeEvents,
    [headers.originalPartition]: '0',
    [headers.originalOffset]: '77',
    [headers.errorCode]: 'internal.RangeError',
    [headers.subject]: 'charge.succeeded',
    [headers.type]: 'stripe.event-received',
  };
  await consumer.onDeadLetter(charge('ch_own', 1_200), context({ headers: own }));
  expect((await get('/counts')).body).toMatchObject({
    accepted: 1,
    deadLettered: 1,
  });
  expect((await get<{ causes: object[] }>('/dead-letters/causes')).body.causes).toMatchObject([
    {
      cause: 'internal.RangeError',
      group: 'tributary-recon',
      count: 1,
      moneyAtRisk: [{ text: '12.00' }],
    },
  ]);
  // A defect in the recording itself: processing ends, and the letter shows it.
  const defect = { recordDelivery: () => Promise.reject(new TypeError('a defect')) } as unknown as EventRepository;
  const broken = new DeadLetterConsumer(letters, app.get(PayloadReader), defect);
  await broken.onDeadLetter(
    charge('ch_own2', 1_300),
    context({
      headers: { ...own, [headers.originalOffset]: '78' },
      offset: 4n,
    }),
  );
  expect((await get<{ deadLetters: object[] }>('/dead-letters?cause=recon.dead-letter-unreadable')).body.deadLetters).toHaveLength(1);
  const replay = {
    action: 'replay',
    scope: 'query',
    query: { group: 'tributary-recon' },
    reason: 'try again',
  };
  const refused = await fetch(`${origin}/dead-letter-orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(replay),
  });
  expect([refused.status, ((await refused.json()) as { error: string }).error]).toEqual([409, 'dead-letter.no-replay']);
});

it('the lag of a stage returns to 0 when what was on its way is dead-lettered', async () => {
  await deliver('evt_1', charge('ch_1', 29_429));
  await translated('evt_1', ['fact-evt_1']);
  await facts.recordPayment(aPayment('evt_1', 'ch_1'), 'fact-evt_1');
  await routed('evt_1', keyOf('ch_1'));
  const lags = async (): Promise<number[]> => (await get<{ stages: { lag: number }[] }>('/stages')).body.stages.map(({ lag }) => lag);
  expect(await lags()).toEqual([0, 0, 1, 0]);
  await letters.recordLetter(
    aLetter({
      eventId: 'evt_1',
      messageId: `req-${keyOf('ch_1')}`,
      eventType: 'postings.posting-requested',
    }),
  );
  expect(await lags()).toEqual([0, 0, 0, 0]);
});

it('documents of an ERP and metadata of Stripe are separate figures', async () => {
  await booked('evt_1', 'ch_1');
  await events.recordOutcome(
    outcome('evt_1', 'stripe-main/metadata/ch_1', 'posted', {
      target: 'stripe-main',
      kind: 'metadata',
    }),
    'out-metadata',
  );
  expect((await get<Overview>('/overview')).body.written).toEqual({
    'kinetic-main': { documents: 1, metadata: 0 },
    'stripe-main': { documents: 0, metadata: 1 },
  });
});

it('every figure is the length and the sum of its list, whatever happened', async () => {
  const steps = fc.record({
    currency: fc.constantFrom('USD', 'JPY', 'ISK', 'XQZ'),
    minor: fc.integer({ min: 1, max: 10 ** 9 }),
    fate: fc.constantFrom(
      'delivered',
      'dead',
      'dead fact',
      'parked',
      'ignored',
      'requested',
      'posted',
      'other amount',
      'gone',
      'failed later',
      'no money told',
    ),
  });
  const stories = fc.sample(steps, { numRuns: 60, seed: 20_261_121 });
  const amounts = new Map<string, ErpDocumentState>();
  ledger = (key) => amounts.get(key);
  for (const [n, { currency, minor, fate }] of stories.entries()) {
    const [eventId, chargeId] = [`evt_${n}`, `ch_${n}`];
    await deliver(eventId, fate === 'no money told' ? Buffer.from('{') : charge(chargeId, minor, { currency }));
    if (fate === 'no money told' || fate === 'dead')
      await letters.recordLetter(
        aLetter({
          eventId,
          offset: BigInt(n),
          ...(fate === 'dead' ? { money: { minor: BigInt(minor), currency } } : {}),
        }),
      );
    if (fate === 'parked')
      await letters.recordParked({
        ...{
          consumerGroup: 'tributary-translate',
          topic: topics.stripeEvents,
          partition: 0,
          offset: 10_000 + n,
          eventId,
          sourceEventId: null,
        },
        ...{
          sequence: 'pi_1',
          headOffset: 1,
          headCode: 'stripe.object-invalid',
          parkedAt: at.getTime(),
        },
      } as Parameters<DeadLetterRecorder['recordParked']>[0]);
    if (['delivered', 'no money told', 'dead', 'parked'].includes(fate)) continue;
    await translated(eventId, [`fact-${eventId}`]);
    await facts.recordPayment(
      aPayment(eventId, chargeId, {
        amount: { minor: BigInt(minor), currency },
      }),
      `fact-${eventId}`,
    );
    if (fate === 'dead fact')
      await letters.recordLetter(
        aLetter({
          eventId,
          messageId: `fact-${eventId}`,
          offset: BigInt(n),
          eventType: 'ar.payment-received',
          money: { minor: BigInt(minor), currency },
        }),
      );
    if (fate === 'ignored')
      await events.recordRouted(
        {
          ...{
            sourceEventId: eventId,
            canonicalEventId: `fact-${eventId}`,
            canonicalType: 'x',
          },
          postings: [],
          ignoredReason: 'no-flow',
          ignoredText: null,
        },
        at,
      );
    if (fate === 'dead fact' || fate === 'ignored') continue;
    await routed(eventId, keyOf(chargeId));
    if (fate === 'requested') continue;
    await events.recordOutcome(outcome(eventId, keyOf(chargeId), 'released'), `out-${eventId}`);
    if (fate !== 'gone') amounts.set(keyOf(chargeId), inLedger(fate === 'other amount' ? '0.01' : '5', 'EUR'));
    if (fate === 'failed later') await failure(`evt_f${n}`, chargeId);
  }
  await database.query(`update recon.payment set recorded_at = now() - interval '2 minutes'`);
  while ((await readLedger()) > 0);
  await database.query(`update recon.event set changed_at = now() - interval '1 hour' where event_id in ('evt_0', 'evt_1', 'evt_2')`);

  const { body: overview } = await get<Overview>('/overview');
  const listed = async (path: string): Promise<SumView> => {
    const { body } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=500`);
    const rows = Object.values(body).find(Array.isArray) as Record<string, unknown>[];
    const totals = new Map<string, bigint>();
    for (const row of rows) {
      const amount = (row.amount ?? row.stripe ?? row.money) as AmountView | null | undefined;
      if (amount) totals.set(amount.currency, (totals.get(amount.currency) ?? 0n) + BigInt(amount.minor));
    }
    return {
      count: rows.length,
      amounts: [...totals].map(([currency, minor]) => ({
        currency,
        minor: String(minor),
      })) as unknown as AmountView[],
    };
  };
  const plain = ({ count, amounts: sums }: SumView) => ({
    count,
    amounts: sums.map(({ currency, minor }) => `${currency} ${minor}`).sort(),
  });
  for (const [standing, sum] of Object.entries(overview.standings))
    expect([standing, plain(await listed(`/payments?standing=${standing}`))]).toEqual([standing, plain(sum)]);
  for (const [state, sum] of Object.entries(overview.reconciliation))
    expect([state, plain(await listed(`/reconciliation?state=${state}`))]).toEqual([state, plain(sum)]);
  expect(overview.open.map(({ what }) => what)).toEqual([
    'needsPerson',
    'different',
    'missing',
    'deadLetters',
    'parked',
    ...(overview.open.some(({ what }) => what === 'stuck') ? ['stuck'] : []),
  ]);
  for (const { what, list, count, amounts: sums } of overview.open) {
    const rows = plain(await listed(list));
    // Rows of events have no amount.
    expect([what, what === 'stuck' ? rows.count : rows]).toEqual([what, what === 'stuck' ? count : plain({ count, amounts: sums })]);
  }
  expect(Object.values(overview.standings).reduce((sum, { count }) => sum + count, 0)).toBe(stories.length);
  const { body: causes } = await get<{ causes: { count: number }[] }>('/dead-letters/causes');
  expect(causes.causes.reduce((sum, { count }) => sum + count, 0)).toBe(overview.moneyAtRisk.count);
  await expectFigures(overview);
});

/** The metrics that alerts ask are the figures of the overview; what is over goes to 0. */
async function expectFigures({ open, moneyAtRisk }: Overview): Promise<void> {
  const worker = new FiguresWorker(app.get(OverviewRepository));
  await worker.round();
  const read = async (name: string): Promise<Record<string, number>> => {
    const values = (await metricsRegistry.getSingleMetric(name)?.get())?.values ?? [];
    return Object.fromEntries(values.map(({ labels, value }) => [Object.values(labels).join(), value]));
  };
  const counts = await read('recon_open_items');
  for (const { what, count } of open) expect([what, counts[what]]).toEqual([what, count]);
  expect(counts.ledgerEffects).toBe(0);
  const expected: Record<string, number> = {};
  for (const { currency, minor } of [...moneyAtRisk.amounts, ...moneyAtRisk.waitingBehind.amounts])
    expected[currency] = (expected[currency] ?? 0) + Number(minor);
  expect(Object.values(expected).some((minor) => minor > 0)).toBe(true);
  expect(await read('recon_money_at_risk_minor')).toEqual(expected);
  expect((await read('recon_oldest_unposted_seconds'))['']).toBeGreaterThan(0);
  expect((await read('recon_orders_waiting'))['']).toBe(0);
  expect((await read('recon_figures_read_seconds'))['']).toBeGreaterThan(Date.now() / 1_000 - 60);

  await database.query(`update recon.dead_letter set state = 'closed'`);
  await database.query('delete from recon.parked');
  await worker.round();
  for (const [currency, minor] of Object.entries(await read('recon_money_at_risk_minor'))) expect([currency, minor]).toEqual([currency, 0]);
  expect((await read('recon_open_items')).deadLetters).toBe(0);
}

it('serves a client as many live pages as it may have, and another one all the same', async () => {
  const gone = new AbortController();
  const open = (): Promise<Response> => fetch(`${origin}/feed`, { signal: gone.signal });
  try {
    caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'viewer', target: '*' }] };
    const served = await Promise.all(Array.from({ length: mostStreamsPerClient }, open));
    expect(new Set(served.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await open();
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '30',
      expect.objectContaining({ error: 'live.too-many' }),
    ]);
    caller = { ...caller, subject: 'person:2' };
    expect((await open()).status).toBe(200);
  } finally {
    caller = localIdentity;
    gone.abort();
  }
});

describe('somebody with a role for one target', () => {
  const requestOf = (target: string): string => `req-${target}`;
  beforeEach(async () => {
    await deliver('evt_1', charge('ch_1', 29_429));
    await translated('evt_1', ['fact-evt_1']);
    await facts.recordPayment(aPayment('evt_1', 'ch_1'), 'fact-evt_1');
    const sent = ['kinetic-main', 'sl-main'].map((target) => ({
      ...{ requestId: requestOf(target), postingKey: `${target}/cash-receipt/ch_1`, target, kind: 'cash-receipt' },
    }));
    const fact = { sourceEventId: 'evt_1', canonicalEventId: 'fact-evt_1', canonicalType: 'ar.payment-received' };
    await events.recordRouted({ ...fact, postings: sent, ignoredReason: null, ignoredText: null }, at);
    const about = ['stripe.events.v1', topics.postings('kinetic-main'), topics.postings('sl-main')];
    for (const [n, topic] of about.entries())
      await letters.recordLetter(
        aLetter({
          eventId: `evt_l${n}`,
          offset: BigInt(n),
          code: `x.${n}`,
          source: { group: `g${n}`, topic, partition: 0, offset: BigInt(n) },
        }),
      );
    for (const [n, topic] of about.entries())
      await database.query(
        `insert into recon.parked (consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code, parked_at)
         values ($1, $2, 0, 100, $3, $3, 'pi_1', 0, 'x', now())`,
        [`g${n}`, topic, `evt_p${n}`],
      );
  });
  afterEach(() => {
    caller = localIdentity;
  });
  const accountantOf = (target: string): Identity => ({ subject: 'person:1', name: 'Ada', grants: [{ role: 'accountant', target }] });

  it('reads letters and parked messages page by page in both directions, without those of another target', async () => {
    caller = accountantOf('kinetic-main');
    for (const [path, name] of [
      ['/dead-letters', 'deadLetters'],
      ['/dead-letters/parked', 'parked'],
    ] as const) {
      const page = async (query: string): Promise<Record<string, unknown>> =>
        (await get<Record<string, unknown>>(`${path}?limit=1${query}`)).body;
      const first = await page('');
      const second = await page(`&after=${encodeURIComponent(String(first['next']))}`);
      expect([first['previous'], typeof second['previous'], second['next']]).toEqual([null, 'string', null]);
      expect(second[name]).not.toEqual(first[name]);
      expect(await page(`&before=${encodeURIComponent(String(second['previous']))}`)).toEqual(first);
    }
  });

  const seen = async () => {
    const rows = async (path: string, name: string): Promise<Record<string, string>[]> =>
      ((await get<Record<string, Record<string, string>[]>>(path)).body[name] ?? []).toSorted((a, b) =>
        JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
      );
    const event = (await get<{ canonical: { postings: { postingKey: string }[] }[] }>('/events/evt_1')).body;
    return {
      postings: (await rows('/postings', 'postings')).map((row) => row['target']),
      letters: (await rows('/dead-letters', 'deadLetters')).map((row) => row['topic']).toSorted(),
      causes: (await rows('/dead-letters/causes', 'causes')).map((row) => row['cause']).toSorted(),
      parked: (await rows('/dead-letters/parked', 'parked')).map((row) => row['topic']).toSorted(),
      ofEvent: event.canonical.flatMap(({ postings }) => postings.map(({ postingKey }) => postingKey.split('/')[0])),
    };
  };

  it.each([
    ['*', ['kinetic-main', 'sl-main'], ['x.0', 'x.1', 'x.2']],
    ['sl-main', ['sl-main'], ['x.0', 'x.2']],
    ['kinetic-main', ['kinetic-main'], ['x.0', 'x.1']],
    ['p21-main', [], ['x.0']],
  ])('%s: sees its postings and letters, and those of no target', async (target, targets, causes) => {
    caller = accountantOf(target);
    const topicsSeen = [...targets.map((one) => topics.postings(one)), 'stripe.events.v1'];
    expect(await seen()).toEqual({ postings: targets, letters: topicsSeen, causes, parked: topicsSeen, ofEvent: targets });
  });

  it('does not know a letter of another target, whatever it asks about it', async () => {
    const { body } = await get<{ deadLetters: { id: string; topic: string }[] }>('/dead-letters');
    const id = body.deadLetters.find(({ topic }) => topic === topics.postings('kinetic-main'))?.id ?? '';
    const post = async (path: string): Promise<number> =>
      (await fetch(`${origin}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"value":{}}' })).status;
    const ask = async (letter: string): Promise<number[]> => [
      (await get(`/dead-letters/${letter}`)).status,
      await post(`/dead-letters/${letter}/check-edit`),
      await post(`/dead-letters/${letter}/dry-run`),
    ];
    caller = accountantOf('sl-main');
    expect(await ask(id)).toEqual([404, 404, 404]);
    const answer = await get<{ message: string }>(`/dead-letters/${id}`);
    const unknown = await get<{ message: string }>('/dead-letters/none');
    expect(answer.body.message.replace(id, 'none')).toBe(unknown.body.message);
    caller = accountantOf('kinetic-main');
    expect((await ask(id))[0]).toBe(200);
    expect(await ask(id)).not.toContain(404);
  });
});
