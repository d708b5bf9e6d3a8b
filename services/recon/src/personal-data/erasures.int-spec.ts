import { connectAndMigrate } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { verifyAudit } from '../audit/emit/verify-audit.js';
import { digestViews, viewTables } from '../rebuild/views-digest.js';
import { storeLetter, storePurchase } from '../testing/stored-purchase.js';
import type { StoredPurchase } from '../testing/stored-purchase.js';
import { columnsWith } from '../testing/stored-texts.js';
import { Erasures } from './emit/erasures.js';
import type { ErasureOrder } from './emit/erasures.js';

let database: DataSource;
let erasures: Erasures;
afterAll(async () => {});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  erasures = new Erasures(database);
}, 120_000);
beforeEach(async () => {
  await database.query('drop schema recon cascade');
  await connectAndMigrate(database);
});

const identity = { subject: 'person:dpo', name: 'dpo', grants: [{ role: 'admin' as const, target: '*' }] };
const order: ErasureOrder = { caller: { identity, address: null }, reason: 'asked for by letter' };
const ago = (ms: number): Date => new Date(Date.now() - ms);
const purchase = (name: string, customerId: string, at = ago(60_000)): StoredPurchase => ({
  ...{ name, customerId, at, canary: `Ada-${name}`, result: 'posted' as const },
});
const [ada, grace] = [purchase('ada', 'cus_ada'), purchase('grace', 'cus_grace')];
async function storeBoth(): Promise<void> {
  for (const one of [ada, grace]) {
    await storePurchase(database, one);
    await storeLetter(database, one, true);
  }
}
/** An order of before that replayed the letter with another message. */
async function orderAbout(name: string, endedAt: string): Promise<void> {
  const [letter] = await database.query<{ id: string }[]>(`select id from recon.dead_letter where event_id = $1`, [`evt_dead_${name}`]);
  await database.query(
    `insert into recon.dead_letter_order (id, action, scope, criteria, reason, ordered_by, rate_per_second, total, state, ended_at)
     values ($1, 'replay', 'one', '{}', $2, 'bob', 1, 1, 'done', ${endedAt})`,
    [name, `Ada-${name} moved`],
  );
  await database.query(
    `insert into recon.dead_letter_order_item (id, order_id, letter_id, lane, source_offset, edited, state) values ($1, $1, $2, 'l', 0, $3, 'closed')`,
    [name, letter?.id, Buffer.from(`Ada-${name}`)],
  );
  await database.query(
    `insert into recon.dead_letter_audit (order_id, item_id, letter_id, done, done_by, reason, before_digest, before_value, after_digest, after_value)
     values ($1, $1, $2, 'given: replay', 'bob', $3, 'b', $4, 'a', $4)`,
    [name, letter?.id, `Ada-${name} moved`, Buffer.from(`Ada-${name}`)],
  );
  await database.query(
    `insert into recon.dead_letter_comment (id, letter_id, text, author_subject, author_name) values ($1, $2, $3, 'person:bob', 'bob')`,
    [name, letter?.id, `Ada-${name} called`],
  );
}

it('leaves no text about the customer in any column, and amounts, digest, audit and another customer as they were', async () => {
  await storeBoth();
  for (const { name } of [ada, grace]) await orderAbout(name, 'now()');
  const [before, others] = [await digestViews(database), await columnsWith(database, 'recon', grace.canary)];
  const digests = await database.query(`select before_digest, after_digest from recon.dead_letter_audit`);
  expect((await columnsWith(database, 'recon', ada.canary)).length).toBeGreaterThan(12);
  const erased = await erasures.erase('cus_ada', order);
  expect(erased).toMatchObject({
    openLetters: 0,
    rows: {
      payment: 1,
      payment_news: 1,
      document: 1,
      outcome: 1,
      dead_letter: 1,
      dead_letter_order: 1,
      dead_letter_order_item: 1,
      dead_letter_comment: 1,
    },
  });
  expect(await columnsWith(database, 'recon', ada.canary)).toEqual([]);
  expect(await columnsWith(database, 'recon', grace.canary)).toEqual(others);
  expect(await digestViews(database)).toEqual(before);
  expect(await database.query(`select before_digest, after_digest from recon.dead_letter_audit`)).toEqual(digests);
  expect(await verifyAudit(database.manager, { anchors: [], unreadable: [] })).toMatchObject({ rows: 1n, finding: undefined });
  expect(await database.query(`select subject, action, object, reason from recon.audit`)).toEqual([
    { subject: 'person:dpo', action: 'personal-data.erased', object: 'customer:cus_ada', reason: 'asked for by letter' },
  ]);
});

it('only counts without an order, changes nothing the second time, and knows no stranger', async () => {
  await storeBoth();
  const counted = await erasures.erase('cus_ada', undefined);
  expect(await columnsWith(database, 'recon', ada.canary)).not.toEqual([]);
  expect(await database.query('select 1 from recon.erasure union all select 1 from recon.audit')).toEqual([]);
  expect(await erasures.erase('cus_ada', order)).toEqual(counted);
  expect((await erasures.erase('cus_ada', order))?.rows).toEqual({});
  expect(await erasures.erase('cus_nobody', order)).toBeUndefined();
  expect(await database.query(`select customer_id from recon.erasure`)).toEqual([{ customer_id: 'cus_ada' }]);
});

it('erases again what comes back: redelivered, or with views that were built anew; a later purchase is a new fact', async () => {
  await storeBoth();
  await erasures.erase('cus_ada', order);
  await storePurchase(database, ada);
  expect(await columnsWith(database, 'recon', ada.canary)).toContain('payment.customer_name');
  expect(await erasures.again()).toBe(1);
  expect(await columnsWith(database, 'recon', ada.canary)).toEqual([]);

  await database.query(`truncate ${viewTables.map((table) => `recon.${table}`).join(', ')}`);
  await storeBoth();
  const later = purchase('later', 'cus_ada', new Date(Date.now() + 3_600_000));
  await storePurchase(database, later);
  const kept = await columnsWith(database, 'recon', later.canary);
  expect(await erasures.again()).toBe(3);
  expect(await erasures.again()).toBe(0);
  expect(await columnsWith(database, 'recon', ada.canary)).toEqual([]);
  expect(await columnsWith(database, 'recon', grace.canary)).not.toEqual([]);
  expect(await columnsWith(database, 'recon', later.canary)).toEqual(kept);
});

it('keeps the message of an open dead letter, says so, and erases it when it is closed', async () => {
  await storeLetter(database, ada, false);
  expect(await erasures.erase('cus_ada', order)).toMatchObject({ openLetters: 1 });
  expect(await columnsWith(database, 'recon', ada.canary)).toEqual(['dead_letter.headers', 'dead_letter.value']);
  expect(await erasures.again()).toBe(0);
  await database.query(`update recon.dead_letter set state = 'closed', closed_at = now()`);
  await orderAbout('ada', 'null');
  expect(await erasures.again()).toBe(0); // an order about it still runs
  await database.query(`update recon.dead_letter_order set ended_at = now()`);
  expect(await erasures.again()).toBe(1);
  expect(await columnsWith(database, 'recon', ada.canary)).toEqual([]);
});
