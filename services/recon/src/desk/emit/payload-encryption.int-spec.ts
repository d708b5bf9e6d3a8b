import type { Outgoing, Publisher, RawRecord } from '@tributary/messaging';
import { defaultOrderLimits, orderLimitsFrom } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { columnsHolding, startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource, PayloadCipher, PayloadEncryptionWorker } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { reconMigrations } from '../../migrations/index.js';
import { reconPayloads } from '../../payload-tables.js';
import { TextRetention } from '../../personal-data/emit/text-retention.js';
import { digestViews } from '../../rebuild/views-digest.js';
import { aLetter } from '../../testing/letters.js';
import { storeLetter, storePurchase } from '../../testing/stored-purchase.js';
import { PaymentRepository } from '../../views/emit/payment.repository.js';
import { DeadLetterRecorder } from './dead-letter.recorder.js';
import { DeadLetterRepository } from './dead-letter.repository.js';
import { contentHashOf } from './order-content.js';
import { OrderRepository } from './order.repository.js';
import { ReplayDispatcher } from './replay.dispatcher.js';

const keyOf = (id: string, byte: number): string => `${id}=${Buffer.alloc(32, byte).toString('base64')}`;
const [older, newer] = [keyOf('2026-06', 1), keyOf('2026-12', 2)];
const canary = 'Ada Lovelace of St James Square';
const message = {
  value: Buffer.from(`{"id":"evt_1","name":"${canary}"}`),
  key: `${canary} \u0000`,
  headers: { note: canary, traceparent: '00-0af7-01' },
};
const given: RawRecord[] = [];
const broker: Publisher = {
  publish: async (_: readonly Outgoing[]) => undefined,
  publishRaw: async (records: readonly RawRecord[]) => void given.push(...records),
};
const ada: Identity = { subject: 'person:ada', name: 'ada', grants: [{ role: 'accountant', target: '*' }] };

let stack: Awaited<ReturnType<typeof startStack>>;
let database: DataSource;
let keys: string | undefined;
let clock = 0;
/** What PAYLOAD_KEYS of the running service holds from now on. */
const giveKeys = (...wanted: readonly string[]): void => {
  keys = wanted.join(',');
  clock += 2_000;
};

beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});
beforeEach(async () => {
  given.length = 0;
  giveKeys(older);
  await start(new PayloadCipher({ keys: () => keys ?? '', now: () => clock }));
});
afterEach(async () => {
  await database.query('drop schema recon cascade');
  await database.destroy();
});

async function start(payloads: PayloadCipher): Promise<void> {
  database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations, payloads });
  await connectAndMigrate(database);
}
/** A service of before, or one whose keys were forgotten. */
async function startWithoutKeys(): Promise<void> {
  await database.destroy();
  await start(new PayloadCipher());
}
async function startAgain(): Promise<void> {
  await database.destroy();
  await start(new PayloadCipher({ keys: () => keys ?? '', now: () => clock }));
}
async function bury(count: number): Promise<string[]> {
  for (let n = 0; n < count; n += 1)
    await new DeadLetterRecorder(database).recordLetter(
      aLetter({ ...message, text: `no country in ${canary}`, eventId: `evt_${n}`, offset: BigInt(n), sequence: `pi_${n}` }),
    );
  return (await letters().list({}, { limit: 100 })).deadLetters.map(({ id }) => id);
}
const letters = (): DeadLetterRepository => new DeadLetterRepository(database);
const orderOf = (id: string, edited?: Buffer): Promise<number> =>
  new OrderRepository(database, { limits: orderLimitsFrom(defaultOrderLimits), expiresMs: 3_600_000 }).create({
    ...{ id: 'ord_1', action: 'replay', scope: 'one', filter: { ids: [id] }, reason: 'mended', ratePerSecond: 1_000 },
    ...{ caller: { identity: ada, address: null }, ...(edited ? { edited } : {}) },
  });
const round = (): Promise<unknown> => new ReplayDispatcher(database, broker, 60_000).round();
const said: string[] = [];
const encrypt = (): Promise<ReadonlyMap<string, number>> =>
  new PayloadEncryptionWorker({ database, tables: reconPayloads, log: { info: () => undefined, warn: (text) => said.push(text) } }).round();
const scan = (): Promise<string[]> => columnsHolding((sql, values) => database.query(sql, values), 'recon', canary);

it('stores a message, its edit and its audit so that no column shows what they hold, and dispatches it as it was', async () => {
  const [first = '', second = ''] = await bury(2);
  await orderOf(first, Buffer.from(`{"id":"evt_1","name":"${canary}","edited":true}`));
  await round();
  expect(given.map(({ value, key }) => [value?.toString(), key?.toString()])).toEqual([
    [`{"id":"evt_1","name":"${canary}","edited":true}`, message.key],
  ]);
  expect(await letters().find(second)).toMatchObject({ value: message.value, headers: message.headers, problem: undefined });
  expect(await scan()).toEqual([]);
  expect(await database.query('select count(*)::int as traces from recon.dead_letter where headers ? $1', ['traceparent'])).toEqual([
    { traces: 2 },
  ]);
});

it('reads what was stored in plain text, and encrypts it: once, without changing what an order is about', async () => {
  await startWithoutKeys();
  const [id = ''] = await bury(3);
  await orderOf(id);
  const before = await contentHashOf(database.manager, 'ord_1');
  expect(await scan()).toEqual(['headers', 'message_key', 'original', 'text', 'value'].map((column) => `recon.dead_letter.${column}`));
  await startAgain();
  expect((await letters().find(id))?.value).toEqual(message.value);
  expect(await encrypt()).toEqual(new Map([['2026-06', 15]]));
  expect(await scan()).toEqual([]);
  const stored = await database.query('select id, value, headers from recon.dead_letter order by id');
  expect(await encrypt()).toEqual(new Map([['2026-06', 15]]));
  expect(await database.query('select id, value, headers from recon.dead_letter order by id')).toEqual(stored);
  expect(await contentHashOf(database.manager, 'ord_1')).toBe(before);
  await round();
  expect(given.map(({ value }) => value)).toEqual([message.value]);
});

it('changes the key while it runs, until the old one has no row and can be taken out', async () => {
  const [id = ''] = await bury(2);
  await orderOf(id, Buffer.from('{"edited":true}'));
  const before = await contentHashOf(database.manager, 'ord_1');
  giveKeys(newer, older);
  await new DeadLetterRecorder(database).recordLetter(aLetter({ ...message, eventId: 'evt_9', offset: 9n }));
  expect(await encrypt()).toEqual(
    new Map([
      ['2026-12', 15],
      ['2026-06', 0],
    ]),
  );
  giveKeys(newer);
  expect(await contentHashOf(database.manager, 'ord_1')).toBe(before);
  expect((await letters().find(id))?.value).toEqual(message.value);
  await round();
  expect(given.map(({ value }) => value?.toString())).toEqual(['{"edited":true}']);
});

it('shows a letter whose key is lost with a sentence that names key, column and row, lists it, and dispatches nothing of it', async () => {
  const [id = ''] = await bury(1);
  giveKeys(newer);
  expect(await letters().find(id)).toMatchObject({
    value: null,
    key: '',
    headers: { traceparent: '00-0af7-01' },
    problem: expect.stringContaining(
      `reading recon.dead_letter.message_key of row ${id}: it is encrypted with the key "2026-06"`,
    ) as string,
  });
  const unreadable = expect.stringContaining(
    `reading recon.dead_letter.text of row ${id}: it is encrypted with the key "2026-06"`,
  ) as string;
  expect((await letters().list({}, { limit: 10 })).deadLetters).toMatchObject([{ text: unreadable }]);
  expect(await letters().causes()).toMatchObject([{ count: 1, example: unreadable }]);
  expect([await encrypt(), said.at(-1)]).toEqual([
    new Map([
      ['2026-12', 0],
      ['2026-06', 5],
    ]),
    expect.stringContaining('1 payloads of recon.dead_letter.text cannot be decrypted'),
  ]);
  await orderOf(id);
  await round();
  expect(given).toEqual([]);
  expect(await database.query('select state, result from recon.dead_letter_order_item')).toEqual([
    { state: 'closed', result: 'refused: payload.unreadable' },
  ]);
  giveKeys(newer, older);
  expect((await letters().find(id))?.value).toEqual(message.value);
});

it('groups letters by their code whatever their text is, and shows the text of the newest', async () => {
  const recorder = new DeadLetterRecorder(database);
  for (const [n, text] of [`no country in ${canary}`, `no city in ${canary}`].entries())
    await recorder.recordLetter(
      aLetter({ ...message, text, eventId: `evt_${n}`, offset: BigInt(n), deadAt: new Date(Date.UTC(2026, 10, 21 + n)) }),
    );
  expect(await scan()).toEqual([]);
  expect(await letters().causes()).toMatchObject([{ cause: 'stripe.object-invalid', count: 2, example: `no city in ${canary}` }]);
  expect((await letters().list({}, { limit: 10 })).deadLetters.map(({ text }) => text)).toEqual([
    `no country in ${canary}`,
    `no city in ${canary}`,
  ]);
});

it('refuses what was moved from another letter', async () => {
  const [id = '', other] = await bury(2);
  await database.query('update recon.dead_letter l set value = o.value from recon.dead_letter o where l.id = $1 and o.id = $2', [
    id,
    other,
  ]);
  expect(await letters().find(id)).toMatchObject({
    value: null,
    problem: expect.stringContaining(`the key "2026-06" of PAYLOAD_KEYS does not decrypt it`) as string,
  });
  await orderOf(id);
  await round();
  expect(given).toEqual([]);
});

it('stores names and answers in the views so that no column shows them, shows them as they are, and overwrites them at their age', async () => {
  const purchase = { name: 'one', customerId: 'cus_1', at: new Date(Date.now() - 401 * 86_400_000), canary, result: 'posted' as const };
  const texts = [
    'dead_letter.text',
    'dead_letter_closure.text',
    'event.ignored_text',
    'outcome.text',
    'payment_news.reason',
    'posting.text',
  ];
  const hasNames = ['document.lines', 'payment.customer_name', ...texts].map((column) => `recon.${column}`);
  await startWithoutKeys();
  await storePurchase(database, purchase);
  await storeLetter(database, purchase, true);
  const [plain, digest] = [await scan(), await digestViews(database)];
  expect(plain).toEqual(expect.arrayContaining(hasNames));

  await startAgain();
  await encrypt();
  expect(await digestViews(database)).toEqual(digest);
  await storePurchase(database, { ...purchase, name: 'two' });
  await storeLetter(database, { ...purchase, name: 'two' }, true);
  expect(await scan()).toEqual([]);
  const views = new PaymentRepository(database);
  expect((await views.payments({ limit: 10 })).payments.map(({ customerName }) => customerName)).toEqual([
    `${canary} LLC`,
    `${canary} LLC`,
  ]);
  expect((await views.detail('ch_one'))?.steps.map(({ text }) => text)).toContain(`booked for ${canary}`);
  expect((await views.detail('ch_one'))?.steps.map(({ text }) => text)).toContain(`${canary} changed her mind`);
  expect((await views.detail('ch_one'))?.documents.map(({ lines }) => lines[0]?.fields.LineDesc)).toEqual([`${canary} bracket`]);

  giveKeys(newer);
  expect((await views.payments({ limit: 10 })).payments[0]?.customerName).toMatch(
    /^reading recon\.payment\.customer_name of row ch_\w+\/: it is encrypted with the key "2026-06"/,
  );
  expect((await views.detail('ch_one'))?.documents.map(({ lines }) => lines)).toMatchObject([
    [
      {
        table: 'InvcDtl',
        fields: { unreadable: expect.stringContaining('of row req_one: it is encrypted with the key "2026-06"') as string },
      },
    ],
  ]);
  const before = await digestViews(database);
  await new TextRetention(database, { days: 400, limit: 10 }).purge();
  expect(await digestViews(database)).toEqual(before);
  expect((await views.payments({ limit: 10 })).payments).toMatchObject([{ customerName: '[deleted]' }, { customerName: '[deleted]' }]);
  expect((await encrypt()).get('')).toBeUndefined();
  expect(await database.query(`select count(*)::int as deleted from recon.payment where customer_name = '[deleted]'`)).toEqual([
    { deleted: 2 },
  ]);
  expect(await scan()).toEqual([]);
});
