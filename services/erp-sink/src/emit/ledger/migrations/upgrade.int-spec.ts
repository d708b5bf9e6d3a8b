import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { BooksErp } from '../../../testing/books-erp.js';
import { Published, startPod } from '../../../testing/harness.js';
import { aReceipt, asked } from '../../../testing/makers.js';
import { toLedgerJson } from '../ledger-json.js';
import { ledgerMigrations } from './index.js';

const schema = 'erp_sink';
let stack: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

it('what waited, and what was in an open batch, before documents had lines and needs goes on after the upgrade, and nothing is booked again', async () => {
  const old = createDataSource({ url: stack.databaseUrl, schema, migrations: ledgerMigrations.slice(0, 6) });
  await connectAndMigrate(old);
  const customer = 'fake-main/customer/cus_1';
  const {
    lines: _l,
    needs: _n,
    effect: _e,
    onClosedPeriod: _o,
    release: _r,
    ...earlier
  } = aReceipt('ch_2', {
    dependsOn: [customer],
    references: [{ field: 'CustNum', postingKey: customer, attribute: 'CustNum' } as never],
  });
  const { requestId } = asked(aReceipt('ch_2'));
  await old.query(
    `insert into erp_sink.posting (posting_key, target, kind, state, parked, request_id, request, record_key, waiting_on)
     values ($1, 'fake-main', 'cash-receipt', 'waiting', true, $2, $3::jsonb, 'cus_1', $4)`,
    [earlier.postingKey, requestId, toLedgerJson(earlier), [customer]],
  );
  await old.query(
    `insert into erp_sink.posting (posting_key, target, kind, state, reference) values ($1, 'fake-main', 'customer', 'posted', '{"CustNum": "881"}')`,
    [customer],
  );
  const erp = new BooksErp();
  erp.batches.set('S26112100', 'open');
  erp.documents.push({ key: 'fake-main/cash-receipt/ch_1', batchId: 'S26112100', fields: {} });
  await old.query(
    `insert into erp_sink.posting (posting_key, target, kind, state, reference, batch_id)
     values ('fake-main/cash-receipt/ch_1', 'fake-main', 'cash-receipt', 'posted', '{"Number": "1000"}', 'S26112100')`,
  );
  await old.query(
    `insert into erp_sink.batch (target, batch_id, kind, date, bank_account, documents, opened_at, last_document_at)
     values ('fake-main', 'S26112100', 'cash-group', '2026-11-21', 'BANK', 1, now(), now())`,
  );
  await old.destroy();

  const published = new Published();
  const pod = await startPod(stack.databaseUrl, erp, published);
  await pod.sweeper.sweep();
  const sent = erp.present(earlier.postingKey);
  expect(sent).toMatchObject({ batchId: 'S26112100', fields: { CustNum: '881' }, lines: [] });
  expect(erp.documents).toHaveLength(2);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await pod.sweeper.sweep();
  expect(erp.ledger).toEqual(['fake-main/cash-receipt/ch_1', earlier.postingKey]);
  await pod.close();
});

it('goes back to the schema before it', async () => {
  const database = createDataSource({ url: stack.databaseUrl, schema, migrations: ledgerMigrations });
  await connectAndMigrate(database);
  const runner = database.createQueryRunner();
  for (const Migration of ledgerMigrations.slice(6).reverse()) await new Migration().down(runner);
  const columns = await database.query<{ column_name: string }[]>(
    `select column_name from information_schema.columns where table_schema = 'erp_sink' and column_name in ('waiting_released', 'decide_at', 'posting_date', 'by_person', 'half')`,
  );
  expect(columns).toEqual([]);
  await runner.release();
  await database.destroy();
});
