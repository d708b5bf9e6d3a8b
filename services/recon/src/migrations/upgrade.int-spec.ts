import type { ErpConnector } from '@tributary/connector-kit';
import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
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
  await new LedgerChecker(new ReconciliationRepository(database), new Map([['kinetic-main', connector]])).round();
  const { payments } = await new PaymentRepository(database).payments({ limit: 10 });
  expect(payments).toMatchObject([
    { chargeId: 'ch_1', part: null, amount: { text: '294.29' }, standing: 'inLedger', reconciliation: 'matched' },
  ]);
  expect((await new OverviewRepository(database).overview()).standings.inLedger.count).toBe(1);
  await database.destroy();
});
