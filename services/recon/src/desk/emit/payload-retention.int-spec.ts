import type { Identity } from '@tributary/identity';
import { defaultOrderLimits, orderLimitsFrom } from '@tributary/identity';
import { connectAndMigrate } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../../testing/recon-database.js';
import { digestViews } from '../../rebuild/views-digest.js';
import { aLetter } from '../../testing/letters.js';
import { EventTranslator } from './event-translator.js';
import { DeadLetterInspector } from './dead-letter.inspector.js';
import { DeadLetterRecorder } from './dead-letter.recorder.js';
import { DeadLetterRepository } from './dead-letter.repository.js';
import { OrderRepository } from './order.repository.js';
import { PayloadReader } from './payload.reader.js';
import { PayloadRetention } from './payload-retention.js';

let database: DataSource;

withReconDatabase((started) => (database = started));
beforeEach(async () => {
  await database.query('drop schema recon cascade');
  await connectAndMigrate(database);
});

const days = 400;
const canary = 'Ada Lovelace, 12 St James Square';
const old = `now() - interval '401 days'`;
const young = `now() - interval '399 days'`;
const purge = (limit = 2): ReturnType<PayloadRetention['purge']> => new PayloadRetention(database, { days, limit }).purge();

/** Names of the fixtures: what is in an order has an item in it; `edited` has bytes of its own, and so has its audit row. */
const letters: readonly { name: string; state: string; closedAt: string | null; order?: { endedAt: string | null; item: string } }[] = [
  { name: 'old-skipped', state: 'closed', closedAt: old },
  { name: 'old-replayed', state: 'closed', closedAt: old, order: { endedAt: old, item: 'closed' } },
  { name: 'old-stopped', state: 'closed', closedAt: old, order: { endedAt: old, item: 'stopped' } },
  { name: 'young', state: 'closed', closedAt: young, order: { endedAt: young, item: 'closed' } },
  { name: 'open-for-years', state: 'open', closedAt: null },
  { name: 'ordered', state: 'ordered', closedAt: null, order: { endedAt: null, item: 'given' } },
  { name: 'in-a-running-order', state: 'closed', closedAt: old, order: { endedAt: null, item: 'closed' } },
];

async function store(): Promise<void> {
  const recorder = new DeadLetterRecorder(database);
  const value = Buffer.from(JSON.stringify({ id: 'evt_1', data: { object: { name: canary } } }));
  for (const [index, { name, state, closedAt, order }] of letters.entries()) {
    await recorder.recordLetter(
      aLetter({
        ...{
          eventId: name,
          offset: BigInt(index),
          sequence: name,
          value,
          key: `${canary} \u0000`,
          money: { minor: 1050n, currency: 'USD' },
        },
        headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', note: canary },
      }),
    );
    await database.query(`update recon.dead_letter set state = $2, closed_at = ${closedAt ?? 'null'} where event_id = $1`, [name, state]);
    if (!order) continue;
    await database.query(
      `insert into recon.dead_letter_order (id, action, scope, criteria, reason, ordered_by, rate_per_second, total, state, ended_at)
       values ($1, 'replay', 'one', '{}', 'mended', 'ada', 1, 1, $2, ${order.endedAt ?? 'null'})`,
      [name, order.endedAt === null ? 'running' : 'done'],
    );
    await database.query(
      `insert into recon.dead_letter_order_item (id, order_id, letter_id, lane, source_offset, edited, state)
       select $1, $1, id, 'lane', 0, $2, $3 from recon.dead_letter where event_id = $1`,
      [name, value, order.item],
    );
    await database.query(
      `insert into recon.dead_letter_audit (order_id, done, done_by, reason, before_digest, before_value, after_digest, after_value)
       values ($1, 'given: replay', 'ada', 'mended', 'b', $2, 'a', $2)`,
      [name, value],
    );
  }
}

/** Names of the rows that have bytes. */
async function withBytes(): Promise<Record<string, string[]>> {
  const names = async (sql: string): Promise<string[]> => (await database.query<{ name: string }[]>(sql)).map(({ name }) => name).sort();
  return {
    letters: await names(`select event_id as name from recon.dead_letter where value is not null and original is not null`),
    edits: await names(`select order_id as name from recon.dead_letter_order_item where edited is not null`),
    audit: await names(`select order_id as name from recon.dead_letter_audit where before_value is not null and after_value is not null`),
  };
}

it('deletes the bytes of what is closed for long, in batches, and never of what is open, young or in a running order', async () => {
  await store();
  const digest = await digestViews(database);
  const causes = await new DeadLetterRepository(database).causes();
  expect(await purge()).toEqual({ letter: 3, edit: 2, audit: 2, comment: 0 });
  expect(await withBytes()).toEqual({
    letters: ['in-a-running-order', 'open-for-years', 'ordered', 'young'],
    edits: ['in-a-running-order', 'ordered', 'young'],
    audit: ['in-a-running-order', 'ordered', 'young'],
  });
  expect(await purge()).toEqual({ letter: 0, edit: 0, audit: 0, comment: 0 });
  expect(await digestViews(database)).toEqual(digest);
  expect(await new DeadLetterRepository(database).causes()).toEqual(causes);
  expect(await database.query(`select count(*)::int as rows, count(before_digest)::int as digests from recon.dead_letter_audit`)).toEqual([
    { rows: 5, digests: 5 },
  ]);
});

it('leaves nothing readable of a letter whose bytes are deleted, and its trace', async () => {
  await store();
  await purge();
  const rows = await database.query<{ row: string; headers: object }[]>(
    `select l.headers, l::text || coalesce(convert_from(l.value, 'UTF8'), '') || coalesce(convert_from(l.original, 'UTF8'), '') as row
     from recon.dead_letter l where event_id like 'old-%'`,
  );
  expect(rows).toHaveLength(3);
  for (const { row, headers } of rows) {
    expect(row).not.toContain(canary);
    expect(headers).toEqual({ traceparent: expect.any(String) as string });
  }
});

it('shows such a letter, says what happened to its bytes, and edits or tries nothing with it', async () => {
  await store();
  await purge();
  const repository = new DeadLetterRepository(database);
  const ids = {
    schemaIds: () => Promise.reject(new Error('no registry is needed')),
  } as unknown as ConstructorParameters<typeof PayloadReader>[0];
  const inspector = new DeadLetterInspector(repository, new PayloadReader(ids), new Map(), new EventTranslator(undefined), undefined);
  const { deadLetters } = await repository.list({}, { limit: 100 });
  const id = deadLetters.find(({ eventId }) => eventId === 'old-skipped')?.id ?? '';
  const why = /its bytes are not stored: .*RECON_PAYLOAD_RETENTION_DAYS/;
  expect(await inspector.detail(id)).toMatchObject({
    state: 'closed',
    value: null,
    bytes: { length: 0, base64: '' },
    problem: expect.stringMatching(why) as string,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    money: { text: '10.50' },
  });
  await expect(inspector.edit(id, {})).rejects.toMatchObject({
    code: 'dead-letter.unreadable',
    message: expect.stringMatching(why) as string,
  });
  await expect(inspector.dryRun(id)).rejects.toMatchObject({ code: 'dry-run.impossible', message: expect.stringMatching(why) as string });
});

it('refuses to replay such a letter, also one that is open again, and orders nothing', async () => {
  await store();
  await purge();
  const id = (await new DeadLetterRepository(database).list({}, { limit: 100 })).deadLetters.find(
    ({ eventId }) => eventId === 'old-skipped',
  )?.id;
  const orders = new OrderRepository(database, { limits: orderLimitsFrom(defaultOrderLimits), expiresMs: 3_600_000 });
  const identity: Identity = { subject: 'person:ada', name: 'ada', grants: [{ role: 'accountant', target: '*' }] };
  const replay = (): Promise<number> =>
    orders.create({
      ...{ id: 'again', action: 'replay', scope: 'one', filter: { ids: [id ?? ''] }, reason: 'mended', ratePerSecond: 1 },
      caller: { identity, address: null },
    });
  await expect(replay()).rejects.toMatchObject({
    code: 'dead-letter.not-open',
    message: expect.stringContaining('it is closed') as string,
  });
  await database.query(`update recon.dead_letter set state = 'open', closed_at = null where id = $1`, [id]);
  await expect(replay()).rejects.toMatchObject({
    code: 'dead-letter.incomplete',
    message: expect.stringContaining('its bytes are not stored here') as string,
  });
  expect(await orders.find('again')).toBeUndefined();
});

it('a letter that is read again after a rebuild has its bytes until the next purge', async () => {
  await store();
  await purge();
  await database.query('truncate recon.dead_letter');
  await new DeadLetterRecorder(database).recordLetter(aLetter({ eventId: 'old-skipped' }));
  await database.query(`update recon.dead_letter set state = 'closed', closed_at = ${old}`);
  expect(await purge()).toEqual({ letter: 1, edit: 0, audit: 0, comment: 0 });
});
