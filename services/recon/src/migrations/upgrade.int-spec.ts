import type { ErpConnector } from '@tributary/connector-kit';
import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { verifyAudit } from '../audit/emit/verify-audit.js';
import { mayGoOn } from '../desk/emit/order-rights.js';
import { readOrder } from '../desk/emit/order-view.js';
import { EffectChecker } from '../reconciliation/emit/effect-checker.js';
import { EffectRepository } from '../reconciliation/emit/effect.repository.js';
import { LedgerChecker } from '../reconciliation/emit/ledger-checker.js';
import { OverviewRepository } from '../views/emit/overview.repository.js';
import { PaymentRepository } from '../views/emit/payment.repository.js';
import { ReconciliationRepository } from '../reconciliation/emit/reconciliation.repository.js';
import { reconMigrations } from './index.js';

let stack: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

it('an upgrade keeps what was recorded before captures were rows, and makes their rows', async () => {
  const old = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations.slice(0, 2) });
  await connectAndMigrate(old);
  await old.query(`insert into recon.event (event_id, type, deliveries, state) values ('evt_1', 'charge.succeeded', 1, 'posted')`);
  await old.query(
    `insert into recon.payment (charge_id, payment_id, canonical_id, event_id, minor, currency, received_at)
     values ('ch_1', 'pi_1', 'fact_1', 'evt_1', 29429, 'USD', '2026-11-21T06:00:00Z')`,
  );
  await old.query(
    `insert into recon.reconciliation (posting_key, charge_id, state, ledger_minor, ledger_currency, checked_at, due_at)
     values ('kinetic-main/cash-receipt/ch_1', 'ch_1', 'matched', 29429, 'USD', now(), now() + interval '1 day')`,
  );
  await old.destroy();

  const database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(database);
  const connector = { name: 'test', read: () => Promise.reject(new Error('nothing is due')) } as unknown as ErpConnector;
  const ledgers = new Map([['kinetic-main', connector]]);
  const effects = new EffectChecker(new EffectRepository(database), ledgers, () => new Map());
  await new LedgerChecker(new ReconciliationRepository(database), ledgers, effects).round();
  const { payments } = await new PaymentRepository(database).payments({ limit: 10 });
  expect(payments).toMatchObject([
    { chargeId: 'ch_1', part: null, amount: { text: '294.29' }, standing: 'inLedger', reconciliation: 'matched' },
  ]);
  expect((await new OverviewRepository(database).overview()).standings.inLedger.count).toBe(1);
  await database.destroy();
});

it('an upgrade makes the documents that were posted before due for a comparison with the ledger', async () => {
  const url = stack.databaseUrl;
  const old = createDataSource({ url, schema: 'recon', migrations: reconMigrations.slice(0, 5) });
  await old.initialize();
  await old.query('drop schema if exists recon cascade');
  await old.destroy();
  const before = createDataSource({ url, schema: 'recon', migrations: reconMigrations.slice(0, 5) });
  await connectAndMigrate(before);
  const posting = (request: string, kind: string, result: string): Promise<unknown> =>
    before.query(
      `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, result) values ($1, 'f', 'e', $2, 'kinetic-main', $3, $4)`,
      [request, `kinetic-main/${kind}/1`, kind, result],
    );
  await posting('r1', 'journal', 'released');
  await posting('r2', 'journal', 'duplicate');
  await posting('r3', 'cash-receipt', 'posted');
  await posting('r4', 'credit-memo', 'rejected');
  await posting('r5', 'customer', 'updated');
  await before.destroy();

  const after = createDataSource({ url, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(after);
  expect(await after.query(`select posting_key, state, due_at is not null as due from recon.ledger_effect order by 1`)).toEqual([
    { posting_key: 'kinetic-main/cash-receipt/1', state: 'pending', due: false },
    { posting_key: 'kinetic-main/journal/1', state: 'pending', due: true },
  ]);
  await after.destroy();
});

it('an upgrade makes every row of the old audit the beginning of the chain, in its order, and keeps the old ones', async () => {
  const url = stack.databaseUrl;
  const old = createDataSource({ url, schema: 'recon', migrations: reconMigrations.slice(0, 6) });
  await old.initialize();
  await old.query('drop schema if exists recon cascade');
  await old.destroy();
  const before = createDataSource({ url, schema: 'recon', migrations: reconMigrations.slice(0, 6) });
  await connectAndMigrate(before);
  await before.query(`insert into recon.dead_letter_audit (at, order_id, done, done_by, reason, detail)
    values ('2026-11-20T09:00:00.123456Z', 'ord_1', 'ordered', 'ada', 'period is open', '{"letters": 1200}')`);
  await before.query(`insert into recon.dead_letter_audit (at, order_id, item_id, letter_id, done, done_by, reason, before_digest, before_value, after_digest, after_value)
    select '2026-11-20T09:00:01Z', 'ord_1', 'ord_1:dl_' || n, 'dl_' || n, 'given: replay', 'ada', 'period is open', 'aa', 'a', 'bb', 'b' from generate_series(1, 1200) n`);
  await before.query(
    `insert into recon.dead_letter_audit (order_id, done, done_by, reason) values ('ord_1', 'cancelled', E'bob\\u202e', 'wrong cause')`,
  );
  await before.destroy();

  const after = createDataSource({ url, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(after);
  const rows = await after.query<{ at: Date; subject: string; action: string; object: string; details: object }[]>(
    'select at, subject, action, object, details from recon.audit order by sequence',
  );
  expect(rows).toHaveLength(1_202);
  expect(rows[0]).toEqual({
    at: new Date('2026-11-20T09:00:00.123Z'),
    subject: 'claimed:ada',
    action: 'order.made',
    object: 'order:ord_1',
    details: {
      carriedOver: '1',
      done: 'ordered',
      order: 'ord_1',
      item: null,
      beforeDigest: null,
      afterDigest: null,
      detail: { letters: 1200 },
    },
  });
  expect(rows[1_200]).toMatchObject({
    action: 'letter.dispatched',
    object: 'letter:dl_1200',
    details: { carriedOver: '1201', item: 'ord_1:dl_1200', beforeDigest: 'aa', afterDigest: 'bb' },
  });
  expect(rows[1_201]).toMatchObject({ subject: 'claimed:bob\u202e', action: 'order.cancelled' });
  expect(await verifyAudit(after.manager, { anchors: [], unreadable: [] })).toMatchObject({
    rows: 1_202n,
    finding: undefined,
    unprotected: [],
  });
  expect(await after.query('select count(*)::int as kept, count(before_value)::int as bytes from recon.dead_letter_audit')).toEqual([
    { kept: 1_202, bytes: 1_200 },
  ]);
  await after.destroy();
});

it('an order of before there were two persons goes on, needs nobody, and is shown without a subject', async () => {
  const url = stack.databaseUrl;
  const old = createDataSource({ url, schema: 'recon', migrations: reconMigrations.slice(0, 7) });
  await old.initialize();
  await old.query('drop schema if exists recon cascade');
  await old.destroy();
  const before = createDataSource({ url, schema: 'recon', migrations: reconMigrations.slice(0, 7) });
  await connectAndMigrate(before);
  await before.query(`insert into recon.dead_letter_order (id, action, scope, criteria, reason, ordered_by, rate_per_second, total)
    values ('ord_1', 'replay', 'cause', '{"cause":"x"}', 'period is open', 'ada', 10, 1)`);
  await before.query(
    `insert into recon.dead_letter_order_item (id, order_id, letter_id, lane, source_offset) values ('ord_1:dl_1', 'ord_1', 'dl_1', 'l', 0)`,
  );
  await before.destroy();

  const after = createDataSource({ url, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(after);
  await after.transaction(async (manager) => {
    expect(await readOrder(manager, 'ord_1')).toMatchObject({
      state: 'running',
      by: 'ada',
      subject: null,
      targets: [],
      waitsFor: [],
      expiresAt: null,
    });
    expect(await mayGoOn(manager, 'ord_1', () => true)).toBe(true);
    expect(await readOrder(manager, 'ord_1')).toMatchObject({ state: 'running', pending: 1, stopCode: null });
  });
  await after.destroy();
});
