import type { FoundView } from '@tributary/contracts';
import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { reconMigrations } from '../migrations/index.js';
import { searchTerm } from './decide/search-term.js';
import { amountSql, idParts } from './emit/search-sql.js';
import { SearchRepository } from './emit/search.repository.js';
import { seenBy } from './emit/seen-sql.js';

const rows = 20_000;
let stack: Awaited<ReturnType<typeof startStack>>;
let database: DataSource;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
  database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(database);
  await database.query(seed(rows));
  await database.query(
    'analyse recon.capture, recon.payment, recon.payment_news, recon.posting, recon.event, recon.movement, recon.dead_letter',
  );
}, 120_000);
afterAll(async () => {
  await database?.destroy();
  await stack?.stop();
});

/** Payments `n` = 1 to count: `ch_n` of 100.00 USD and n more, with a document each, and a refund, a dispute and a letter for every tenth. */
const seed = (count: number): string => `
  insert into recon.event (event_id, type, deliveries, first_received_at) select 'evt_' || n, 'charge.succeeded', 1, '2026-11-21T06:00:00Z' from generate_series(1, ${count}) n;
  insert into recon.payment (charge_id, part, payment_id, canonical_id, event_id, customer_id, minor, currency, received_at, balance_transaction_id)
    select 'ch_' || n, '', 'pi_' || n, 'fact_' || n, 'evt_' || n, 'cus_' || n % 1000, 10000 + n, 'USD', '2026-11-21T06:00:00Z', 'txn_' || n from generate_series(1, ${count}) n;
  insert into recon.capture (id, charge_id, part, known, event_id, minor, currency, received_at, state, standing)
    select 'ch_' || n, 'ch_' || n, '', true, 'evt_' || n, 10000 + n, 'USD', '2026-11-21T06:00:00Z', 'posted', 'inLedger' from generate_series(1, ${count}) n;
  insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at, result, reference)
    select 'req_' || n, 'fact_' || n, 'evt_' || n, 'kinetic-main/cash-receipt/ch_' || n, 'kinetic-main', 'cash-receipt', '2026-11-21T06:01:00Z', 'posted',
      jsonb_build_object('HeadNum', 'R-' || n) from generate_series(1, ${count}) n;
  insert into recon.payment_news (fact_id, event_id, charge_id, kind, object_id, at, minor, currency, inquiry)
    select kind || n, 'evt_' || n, 'ch_' || n, kind, short || n, '2026-11-22T06:00:00Z', 100, 'USD', false
    from generate_series(10, ${count}, 10) n, (values ('refund', 're_'), ('dispute', 'dp_')) as k (kind, short);
  insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created)
    select 'txn_' || n, 'charge', 'charge', 'USD', 10000 + n, 320, 9680 + n, '[]', 1795240800 from generate_series(1, ${count}) n;
  insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, dead_at, id, consumer_group, source_topic, sequence)
    select 'dead', 0, n, 'evt_' || n, 'msg_' || n, 'erp.period-closed', '2026-11-21T06:02:00Z', 'dl_' || n, 'g', 'postings.kinetic-main.v1', 'seq_' || n
    from generate_series(10, ${count}, 10) n;`;

async function found(typed: string): Promise<string[]> {
  const term = searchTerm(typed, ['EUR', 'KWD', 'USD']);
  const { found: list } = await new SearchRepository(database).search(term, '*');
  return list.map(({ kind, id, address }: FoundView) => `${kind} ${id} ${address}`);
}

it.each([
  ['ch_70', ['payment ch_70 /payments/ch_70', 'document kinetic-main/cash-receipt/ch_70 /events/evt_70']],
  ['pi_70', ['payment ch_70 /payments/ch_70']],
  ['txn_70', ['payment ch_70 /payments/ch_70', 'movement txn_70 /movements?id=txn_70']],
  ['cus_70', ['customer cus_70 /customers/cus_70']],
  ['evt_70', ['event evt_70 /events/evt_70']],
  ['re_70', ['refund re_70 /payments/ch_70']],
  ['dp_70', ['dispute dp_70 /payments/ch_70']],
  ['R-70', ['document kinetic-main/cash-receipt/ch_70 /events/evt_70']],
  ['kinetic-main/cash-receipt/ch_70', ['document kinetic-main/cash-receipt/ch_70 /events/evt_70']],
  ['dl_70', ['deadLetter dl_70 /dead-letters/dl_70']],
  ['msg_70', ['deadLetter dl_70 /dead-letters/dl_70']],
  ['seq_70', ['deadLetter dl_70 /dead-letters/dl_70']],
  [' 100.70 usd ', ['payment ch_70 /payments/ch_70']],
  ['100,70', ['payment ch_70 /payments/ch_70']],
  ['100.70 EUR', []],
  ["ch_70' or true --", []],
  ['\ud800', []],
  ['', []],
])('%s finds %j', async (typed, expected) => {
  expect(await found(typed)).toEqual(expected);
});

it('says what it does not search', async () => {
  const { found: list, hint } = await new SearchRepository(database).search(searchTerm('ada@example.test', []), '*');
  expect([list, hint]).toEqual([[], expect.stringContaining('encrypted')]);
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}
/** Tables that a query reads from one end to the other. */
async function readWhole(sql: string, values: readonly unknown[]): Promise<string[]> {
  const [row] = await database.query<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(`explain (format json) ${sql}`, [...values]);
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  const [top] = row?.['QUERY PLAN'] ?? [];
  if (!top) throw new Error('no plan');
  return nodes(top.Plan).flatMap((node) => (node['Node Type'].includes('Seq Scan') ? (node['Relation Name'] ?? []) : []));
}

it.each(['*', ['kinetic-main']] as const)('every part goes by an index for %j', async (visible) => {
  const seen = seenBy(visible, 3);
  const parts = idParts(seen);
  expect(parts.length).toBeGreaterThan(10);
  for (const { kind, sql } of parts) {
    const values = ['ch_70', 21, ...(sql.includes('$3') ? seen.values : [])];
    expect([kind, sql, await readWhole(sql, values)]).toEqual([kind, sql, []]);
  }
  expect(await readWhole(amountSql, [['10070', '100700'], ['USD', 'KWD'], 21])).toEqual([]);
});

it('notices a table that is read from one end to the other', async () => {
  expect(await readWhole(`select from recon.posting where reference ->> 'HeadNum' = $1`, ['R-70'])).toEqual(['posting']);
});
