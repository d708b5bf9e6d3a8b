import { headers } from '@tributary/contracts';
import type { DeadLetterClosed } from '@tributary/contracts';
import type { Outgoing, Publisher, RawRecord } from '@tributary/messaging';
import { connectAndMigrate, createDataSource, PayloadCipher, payloadPlace, payloadsOf } from '@tributary/persistence';
import { startStack } from '@tributary/local-stack';
import type { DataSource } from 'typeorm';
import { aLetter } from '../../testing/letters.js';
import { EventRepository } from '../../intake/emit/event.repository.js';
import { reconMigrations } from '../../migrations/index.js';
import type { Identity } from '@tributary/identity';
import { defaultOrderLimits, orderLimitsFrom } from '@tributary/identity';
import { DeadLetterRecorder } from './dead-letter.recorder.js';
import { DeadLetterRepository } from './dead-letter.repository.js';
import { ReplayDispatcher } from './replay.dispatcher.js';
import { OrderRepository } from './order.repository.js';
import type { ApprovalRules } from './order.repository.js';
import { auditPayloads } from './letter-payloads.js';
import { OrderStatusPublisher } from './order-status.publisher.js';

/** Stands for Kafka: records what was published, and can be switched off. */
class Broker implements Publisher {
  readonly given: RawRecord[] = [];
  readonly told: Outgoing[] = [];
  away = false;
  async publish(messages: readonly Outgoing[]): Promise<void> {
    if (this.away) throw new Error('no answer');
    this.told.push(...messages);
  }
  async publishRaw(records: readonly RawRecord[]): Promise<void> {
    if (this.away) throw new Error('no answer');
    this.given.push(...records);
  }
  get items(): string[] {
    return this.given.map((record) => String(record.headers[headers.order]));
  }
}

const againMs = 100;
const ada: Identity = { subject: 'person:ada', name: 'ada', grants: [{ role: 'accountant', target: '*' }] };
const rules: ApprovalRules = { limits: orderLimitsFrom(defaultOrderLimits), expiresMs: 72 * 3_600_000 };
let stack: Awaited<ReturnType<typeof startStack>>;
let database: DataSource;
let recorder: DeadLetterRecorder;
let orders: OrderRepository;
let letters: DeadLetterRepository;
let broker: Broker;

beforeAll(async () => {
  stack = await startStack({ postgres: true });
  const payloads = new PayloadCipher({ keys: () => `test=${Buffer.alloc(32, 7).toString('base64')}` });
  database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations, payloads });
}, 120_000);
afterAll(async () => {
  await database?.destroy();
  await stack?.stop();
});
beforeEach(async () => {
  if (database.isInitialized) await database.query('drop schema recon cascade');
  await connectAndMigrate(database);
  recorder = new DeadLetterRecorder(database);
  orders = new OrderRepository(database, rules);
  letters = new DeadLetterRepository(database);
  broker = new Broker();
});

const giver = (againAfterMs = againMs): ReplayDispatcher => new ReplayDispatcher(database, broker, againAfterMs);
const never = 600_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Records `count` dead letters, each in a sequence of its own unless `sequence` is given. */
async function bury(count: number, sequence?: string): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await recorder.recordLetter(
      aLetter({ eventId: `evt_${n}`, offset: BigInt(n), sequence: sequence ?? `pi_${n}`, money: { minor: 1050n, currency: 'USD' } }),
    );
}
const order = (change: Partial<Parameters<OrderRepository['create']>[0]> = {}): Promise<number> =>
  orders.create({
    id: 'ord_1',
    action: 'replay',
    scope: 'cause',
    filter: { cause: 'stripe.object-invalid' },
    reason: 'mended',
    caller: { identity: ada, address: null },
    ratePerSecond: 1_000,
    ...change,
  });
/** The result that the owner of the partition reports for a dispatched record. */
const answer = (record: RawRecord | undefined, result = 'replayed'): DeadLetterClosed => ({
  orderId: String(record?.headers[headers.order]),
  consumerGroup: 'tributary-translate',
  topic: 'stripe.events.v1',
  partition: 0,
  offset: Number(record?.headers[headers.originalOffset]),
  eventId: `evt_${String(record?.headers[headers.originalOffset])}`,
  sourceEventId: null,
  sequence: 'pi',
  result,
  text: null,
  closedAt: Date.now(),
});

it('gives again under the same id what was recorded as given and never reached Kafka', async () => {
  await bury(1);
  await order();
  broker.away = true;
  await giver().round();
  expect([broker.given.length, (await orders.find('ord_1'))?.given]).toEqual([0, 1]);
  broker.away = false;
  await pause(againMs * 3);
  await giver().round(); // a second instance does the same
  expect(broker.items).toEqual([expect.stringMatching(/^ord_1:dl_[0-9A-Z]{16}$/)]);
  await recorder.recordClosure(answer(broker.given[0]));
  await recorder.recordClosure(answer(broker.given[0]));
  expect(await orders.find('ord_1')).toMatchObject({ state: 'done', done: 1, results: { replayed: 1 } });
});

it('gives each letter once though four pods work on the same order', async () => {
  await bury(40);
  await order({ ratePerSecond: 100 });
  const givers = [1, 2, 3, 4].map(() => giver(never));
  for (let n = 0; n < 500 && broker.given.length < 40; n += 1) {
    await Promise.all(givers.map((one) => one.round()));
    await pause(5);
  }
  expect(broker.given).toHaveLength(40);
  expect(new Set(broker.items).size).toBe(40);
});

it('gives the next one of a sequence only after the one before it went through, also across orders', async () => {
  await bury(3, 'pi_1');
  const [first, second, third] = [...(await letters.list({}, { limit: 10 })).deadLetters]
    .sort((a, b) => Number(a.offset) - Number(b.offset))
    .map(({ id }) => id);
  await order({ id: 'ord_late', scope: 'one', filter: { ids: [third ?? ''] } });
  await giver().round();
  await order({ id: 'ord_1', scope: 'one', filter: { ids: [first ?? '', second ?? ''] } });
  await pause(10);
  await giver().round();
  // The first item is already dispatched; no further item of the sequence follows until its result arrives.
  expect(new Set(broker.items)).toEqual(new Set([`ord_late:${third}`]));
  await recorder.recordClosure(answer(broker.given[0]));
  await pause(300);
  await giver().round();
  await giver().round();
  expect(broker.items.at(-1)).toBe(`ord_1:${first}`);
  await recorder.recordClosure(answer(broker.given.at(-1), 'dead-again'));
  expect(await orders.find('ord_1')).toMatchObject({ state: 'done', failed: 1, stopped: 1 });
});

it('keeps to its rate', async () => {
  await bury(30);
  await order({ ratePerSecond: 10 });
  const one = giver(never);
  const until = Date.now() + 1_000;
  while (Date.now() < until) {
    await one.round();
    await pause(5);
  }
  const distinct = new Set(broker.items).size;
  expect(distinct).toBeGreaterThanOrEqual(5);
  expect(distinct).toBeLessThanOrEqual(13);
});

it('audits who, why, before and after', async () => {
  await bury(1);
  const [letter] = (await letters.list({}, { limit: 1 })).deadLetters;
  const edited = Buffer.from('{"id":"evt_0","edited":true}');
  await order({ scope: 'one', filter: { ids: [letter?.id ?? ''] }, edited });
  await giver().round();
  expect(broker.given[0]?.value).toEqual(edited);
  await recorder.recordClosure(answer(broker.given[0]));
  const rows = await database.query<
    { done: string; done_by: string; reason: string; before_value: Buffer | null; after_value: Buffer | null }[]
  >('select done, done_by, reason, before_value, after_value from recon.dead_letter_audit order by id');
  expect(rows.map(({ done, done_by, reason }) => [done, done_by, reason])).toEqual([
    ['ordered', 'ada', 'mended'],
    ['given: replay', 'ada', 'mended'],
    ['answered: replayed', 'ada', 'mended'],
  ]);
  const opened = (column: 'before_value' | 'after_value'): Buffer =>
    payloadsOf(database).openBytes(
      payloadPlace(auditPayloads, column, [letter?.id ?? '', `ord_1:${letter?.id}`]),
      rows[1]?.[column] ?? Buffer.alloc(0),
    );
  expect(rows[1]?.after_value?.toString('latin1')).not.toContain('edited');
  expect(opened('before_value').toString()).toContain('charge.succeeded');
  expect(opened('after_value')).toEqual(edited);
});

it('tells of an order once, and of its end', async () => {
  await bury(2);
  await order({ action: 'skip' });
  const teller = new OrderStatusPublisher(database, broker);
  await teller.round();
  await giver().round();
  for (const record of [...broker.given]) await recorder.recordClosure(answer(record, 'skipped'));
  for (let n = 0; n < 3; n += 1) await teller.round();
  const told = broker.told.map(({ event, value }) => [event.type, (value as { state?: string }).state]);
  expect(told.filter(([type]) => type === 'ops.replay-ordered')).toHaveLength(1);
  expect(told.filter(([type, state]) => type === 'ops.order-progressed' && state === 'done')).toHaveLength(1);
});

it('counts what is skipped as ignored, and what waits behind a letter as held', async () => {
  const events = new EventRepository(database);
  await bury(1, 'pi_1');
  for (const [eventId, offset] of [
    ['evt_0', 0n],
    ['evt_behind', 1n],
  ] as const)
    await events.recordDelivery({
      partition: 0,
      offset,
      eventId,
      type: 'charge.succeeded',
      endpoint: null,
      account: null,
      receivedAt: new Date(0),
    });
  await recorder.recordParked({
    consumerGroup: 'tributary-translate',
    topic: 'stripe.events.v1',
    partition: 0,
    offset: 1,
    eventId: 'evt_behind',
    sourceEventId: null,
    sequence: 'pi_1',
    headOffset: 0,
    headCode: 'stripe.object-invalid',
    parkedAt: 0,
  });
  const states = async (): Promise<unknown> => database.query('select event_id, state, reason from recon.event order by event_id');
  expect(await states()).toEqual([
    { event_id: 'evt_0', state: 'deadLettered', reason: 'stripe.object-invalid' },
    { event_id: 'evt_behind', state: 'held', reason: 'parked' },
  ]);
  expect(await letters.causes()).toMatchObject([{ count: 1, parkedBehind: 1, moneyAtRisk: [{ text: '10.50', currency: 'USD' }] }]);
  await order({ action: 'skip' });
  await giver().round();
  await recorder.recordClosure(answer(broker.given[0], 'skipped'));
  expect(await states()).toEqual([
    { event_id: 'evt_0', state: 'ignored', reason: 'skipped' },
    { event_id: 'evt_behind', state: 'held', reason: 'parked' },
  ]);
});
