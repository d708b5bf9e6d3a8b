import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplication, INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { events, headers, topics, topicsToMake } from '@tributary/contracts';
import type { EventRouted, EventTranslated, PostingRequested } from '@tributary/contracts';
import { KafkaPublisher, KafkaTransport, outgoing, TopicAdmin } from '@tributary/messaging';
import { connectAndMigrate } from '@tributary/persistence';
import { startStack } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import type { DataSource } from 'typeorm';
import { loadAssets } from './accept/asset-files.js';
import { mappers } from './decide/translate/translate.js';
import { ladderDatabase } from './emit/ladder-database.js';
import { startCollector } from './testing/collector.js';
import type { Collected } from './testing/collector.js';
import { loadTransformConfig } from './transform.config.js';
import { TransformModule } from './transform.module.js';
import { canonicalTopics, routeGroup, translateGroup, transportsFor } from './transports.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const fixtures = `${root}proof/fixtures/stripe/events/`;
const withinMs = 60_000;
const payoutMovements = JSON.parse(
  readFileSync(`${root}proof/fixtures/stripe/lists/balance_transactions_payout_usd.json`, 'utf8'),
) as object;

interface Raw {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly bytes: Buffer;
}

/** A delivery as ingest writes it. */
function raw(bytes: Buffer, changes: { id?: string; type?: string; key?: string } = {}): Raw {
  const { id, type } = JSON.parse(bytes.toString()) as { id: string; type: string };
  return { id: changes.id ?? id, type: changes.type ?? type, key: changes.key ?? id, bytes };
}

function changed(name: string, id: string, fields: Record<string, unknown>): Raw {
  const event = JSON.parse(readFileSync(`${fixtures}${name}.json`, 'utf8')) as { data: { object: object } };
  return raw(Buffer.from(JSON.stringify({ ...event, id, data: { ...event.data, object: { ...event.data.object, ...fields } } })));
}

let stack: Stack;
let stripe: Server;
let service: INestApplication;
let database: DataSource;
let collector: INestMicroservice;
let collected: readonly Collected[];
let askedForCharge = 0;
let publisher: KafkaPublisher;

beforeAll(async () => {
  stack = await startStack({ kafka: true, registry: true, postgres: true, own: true });
  const deadLetters = [topics.deadLetters(topics.stripeEvents, translateGroup), topics.deadLetters(topics.ar, routeGroup)];
  await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'spec' }, topicsToMake({ targets: ['kinetic-main'] }));
  const built = spawnSync(process.execPath, [`${root}tools/build.mjs`], { encoding: 'utf8' });
  const registered = spawnSync(process.execPath, [`${root}tools/dist/contracts/register.js`, '--registry', stack.registryUrl], {
    encoding: 'utf8',
  });
  if (registered.status !== 0) throw new Error(`registering the schemas: ${built.stderr}${registered.stdout}${registered.stderr}`);

  // A Stripe API that knows one customer, one charge that it settles when it was asked twice, and one payout; every other object is not there.
  stripe = createServer((request, response) => {
    const url = request.url ?? '';
    const settling = url.startsWith('/v1/charges/ch_settles_later');
    if (settling) askedForCharge += 1;
    const listed = url.startsWith('/v1/balance_transactions?payout=po_1Tu9UwUFxA9Kd7NwT90C4N1er');
    const known = settling || listed || url === '/v1/customers/cus_upquNHnKxoIQFO';
    const transaction = { id: 'txn_1', object: 'balance_transaction', amount: 37_000, fee: 1_100, net: 35_900, currency: 'usd' };
    const balance_transaction = askedForCharge > 2 ? transaction : null;
    const body = settling
      ? { id: 'ch_settles_later', object: 'charge', amount_captured: 29_429, balance_transaction }
      : listed
        ? payoutMovements
        : known
          ? {
              id: 'cus_upquNHnKxoIQFO',
              object: 'customer',
              name: 'Acme as it is now',
              email: 'ap@acme-fabrication.example',
              metadata: { erp_customer_id: 'C-10021' },
            }
          : { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such object' } };
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => stripe.listen(0, '127.0.0.1', done));

  const config = loadTransformConfig({
    KAFKA_BROKERS: stack.brokers.join(','),
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    DATABASE_URL: stack.databaseUrl,
    TRIBUTARY_ASSETS_DIR: `${root}assets`,
    STRIPE_API_KEY: 'sk_test_spec',
    STRIPE_API_URL: `http://127.0.0.1:${(stripe.address() as AddressInfo).port}`,
    STRIPE_SETTLEMENT_CURRENCIES: 'USD,EUR,XOF',
    STRIPE_SETTLEMENT_WAIT_MS: '6000',
  });
  database = ladderDatabase(config);
  await connectAndMigrate(database);
  const transports = transportsFor(config, database);
  service = await NestFactory.create(
    TransformModule.for({ config, assets: loadAssets(config.TRIBUTARY_ASSETS_DIR), transports, database }),
    new FastifyAdapter(),
    {
      logger: ['error', 'warn'],
    },
  );
  for (const strategy of [transports.translate, transports.route]) service.connectMicroservice({ strategy }, { inheritAppConfig: true });
  await service.init();
  await service.startAllMicroservices();

  publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'spec', registryUrl: stack.registryUrl });
  await publisher.connect();
  ({ app: collector, collected } = await startCollector(
    new KafkaTransport({
      brokers: stack.brokers,
      clientId: 'spec',
      groupId: 'spec-collector',
      topics: [...canonicalTopics, topics.pipeline, topics.postings('kinetic-main'), ...deadLetters],
      registryUrl: stack.registryUrl,
      publisher,
    }),
  ));
});

afterAll(async () => {
  await publisher?.close();
  await service?.close();
  await database?.destroy();
  await collector?.close();
  stripe?.close();
  await stack?.stop();
});

async function deliver(...deliveries: readonly Raw[]): Promise<void> {
  await publisher.publish(
    deliveries.map(({ id, type, key, bytes }) =>
      outgoing({
        event: events.stripeEventReceived,
        key,
        id,
        value: bytes,
        sequence: key,
        sourceEventId: id,
        headers: { [headers.subject]: type },
      }),
    ),
  );
}

/** Waits until the messages that fit are so many; fails with what there is. */
async function waitFor(count: number, fits: (message: Collected) => boolean): Promise<Collected[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = collected.filter(fits);
    if (found.length >= count) return found;
    if (Date.now() > deadline)
      throw new Error(
        `waited for ${count}, there are ${found.length} of ${collected.length}: ${collected.map(({ type, topic }) => `${type}@${topic}`).join(' ')}`,
      );
    await delay(100);
  }
}

const about = (eventId: string, type: string) => (message: Collected) => message.sourceEventId === eventId && message.type === type;

it('walks a charge to a customer and a receipt, with the customer as Stripe tells it now', async () => {
  const eventId = 'evt_3TMLcqcFxA9Kd7NwTmKBaOyht';
  await deliver(raw(readFileSync(`${fixtures}charge.succeeded.json`)));
  const [routed] = await waitFor(1, about(eventId, 'pipeline.event-routed'));
  const [translated] = await waitFor(1, about(eventId, 'pipeline.event-translated'));
  const [payment] = await waitFor(1, about(eventId, 'ar.payment-received'));
  const requests = await waitFor(2, about(eventId, 'postings.posting-requested'));

  expect(payment).toMatchObject({
    topic: 'ar.v1',
    key: 'cus_upquNHnKxoIQFO',
    sequence: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
    value: { amount: { minor: 29429n, currency: 'USD' } },
  });
  expect((translated?.value as EventTranslated).canonical).toEqual([{ eventId: payment?.id, eventType: 'ar.payment-received' }]);
  const [customer, receipt] = requests.sort((a, b) => Number(a.offset - b.offset)).map(({ value }) => value as PostingRequested);
  expect(customer).toMatchObject({ kind: 'customer', fields: { Name: 'Acme as it is now', MatchCustID: 'C-10021' } });
  expect(receipt).toMatchObject({
    postingKey: 'kinetic-main/cash-receipt/ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
    canonicalEventId: payment?.id,
    dependsOn: ['kinetic-main/customer/cus_upquNHnKxoIQFO'],
    amount: { minor: 29429n, currency: 'USD' },
    fields: { DocTranAmt: '294.29', PMUID: 1n, TranDate: '2026-09-01' },
  });
  expect(new Set(requests.map(({ partition }) => partition)).size).toBe(1);
  expect((routed?.value as EventRouted).postings.map(({ requestId }) => requestId)).toEqual(requests.map(({ id }) => id));
});

it('is done with every body of the story once per delivery, and with duplicates as with the first', async () => {
  const story = readdirSync(fixtures)
    .filter((name) => name !== 'charge.succeeded.json')
    .map((name) => raw(readFileSync(`${fixtures}${name}`)));
  await deliver(...story, ...story.slice(0, 5));
  const ids = new Set(story.map(({ id }) => id));
  const records = await waitFor(
    story.length + 5,
    (message) => message.type === 'pipeline.event-translated' && ids.has(message.sourceEventId),
  );
  expect(new Set(records.map(({ id }) => id)).size).toBe(story.length);
  const unhandled = records
    .filter(({ value }) => (value as EventTranslated).ignoredReason === 'unhandled-type')
    .map(({ sourceEventId }) => sourceEventId);
  expect(new Set(unhandled)).toEqual(new Set(story.filter(({ type }) => !(type in mappers)).map(({ id }) => id)));

  const facts = records.flatMap(({ value }) => (value as EventTranslated).canonical);
  const routed = await waitFor(facts.length, (message) => message.type === 'pipeline.event-routed' && ids.has(message.sourceEventId));
  expect(new Set(routed.map(({ value }) => (value as EventRouted).canonicalEventId))).toEqual(new Set(facts.map(({ eventId }) => eventId)));
});

it('dead-letters bodies that cannot be read, byte for byte', async () => {
  const notJson: Raw = { id: 'evt_not_json', type: 'charge.succeeded', key: 'k1', bytes: Buffer.from('{"id": "evt_not_json"') };
  const noAmount = changed('charge.succeeded', 'evt_no_amount', { amount_captured: '12' });
  await deliver(notJson, noAmount);
  const dead = await waitFor(2, ({ topic }) => topic === topics.deadLetters(topics.stripeEvents, translateGroup));
  expect(new Map(dead.map(({ id, value }) => [id, Buffer.from(value as Uint8Array).toString()]))).toEqual(
    new Map([notJson, noAmount].map(({ id, bytes }) => [id, bytes.toString()])),
  );
  expect(dead.map(({ headers: told }) => told[headers.errorCode])).toEqual(['stripe.object-invalid', 'stripe.object-invalid']);
});

it('tells the fact of a payment that it cannot route, and dead-letters it with what to do', async () => {
  await deliver(changed('charge.succeeded', 'evt_xof', { currency: 'xof' }));
  await deliver(changed('charge.succeeded', 'evt_nobody', { customer: null, billing_details: null }));
  const dead = await waitFor(2, ({ topic }) => topic === topics.deadLetters(topics.ar, routeGroup));
  const told = new Map(dead.map(({ sourceEventId, headers: head }) => [sourceEventId, head]));
  expect(told.get('evt_xof')).toMatchObject({
    [headers.errorCode]: 'mapping.currency-unmapped',
    [headers.errorText]: expect.stringContaining('kinetic-main.yaml'),
  });
  expect(told.get('evt_nobody')).toMatchObject({ [headers.errorCode]: 'mapping.customer-unmatched' });
  expect(collected.filter(about('evt_xof', 'ar.payment-received'))).toHaveLength(1);
  expect(collected.filter(about('evt_xof', 'postings.posting-requested'))).toEqual([]);
});

it('waits for the settlement of a charge, and books it into the account of the settlement currency when it is there', async () => {
  await deliver(changed('charge.succeeded', 'evt_gbp', { id: 'ch_settles_later', currency: 'gbp', payment_intent: 'pi_settles_later' }));
  const requests = await waitFor(2, about('evt_gbp', 'postings.posting-requested'));
  const receipt = requests.map(({ value }) => value as PostingRequested).find(({ kind }) => kind === 'cash-receipt');
  expect(receipt).toMatchObject({ fields: { DocTranAmt: '294.29', CurrencyCode: 'GBP', BankAcctID: 'STR-USD' } });
  expect(askedForCharge).toBe(3);
});

it('holds a charge whose settlement never comes, with what to do', async () => {
  await deliver(changed('charge.succeeded', 'evt_huf', { id: 'ch_never_settles', currency: 'huf', payment_intent: 'pi_never_settles' }));
  const [held] = await waitFor(1, ({ topic, id }) => topic === topics.deadLetters(topics.stripeEvents, translateGroup) && id === 'evt_huf');
  expect(held?.headers).toMatchObject({
    [headers.errorCode]: 'stripe.settlement-unknown',
    [headers.disposition]: 'hold',
    [headers.errorText]: expect.stringContaining('STRIPE_SETTLEMENT_CURRENCIES'),
  });
  expect(collected.filter(about('evt_huf', 'ar.payment-received'))).toEqual([]);
});
