import type { FoundView, PaymentReceived, SearchView } from '@tributary/contracts';
import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource, encryptStored, PayloadCipher } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { PaymentFactsRepository } from '../intake/emit/payment-facts.repository.js';
import { reconMigrations } from '../migrations/index.js';
import { overwriteTexts } from '../personal-data/emit/event-texts.js';
import { lookupKeys } from '../shared/emit/lookup-hashes.js';
import { columnsWith } from '../testing/stored-texts.js';
import { searchTerm } from './decide/search-term.js';
import type { EmailSearch } from './decide/search-hint.js';
import { amountSql, idParts, lookupParts } from './emit/search-sql.js';
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
  await storePayments();
  await database.query(
    'analyse recon.capture, recon.payment, recon.payment_news, recon.posting, recon.event, recon.movement, recon.dead_letter, recon.delivery',
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
  insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created, source)
    select 'txn_' || n, 'charge', 'charge', 'USD', 10000 + n, 320, 9680 + n, '[]', 1795240800, 'ch_' || n from generate_series(1, ${count}) n;
  insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created, source)
    select 'txn_p' || n, 'payout', 'payout', 'USD', -n, 0, -n, '[]', 1795240800, 'po_' || n from generate_series(10, ${count}, 10) n;
  insert into recon.delivery (partition, "offset", event_id, type, received_at, trace_id)
    select 0, n, 'evt_' || n, 'charge.succeeded', '2026-11-21T06:00:00Z', lpad(to_hex(n), 32, '0') from generate_series(1, ${count}) n;
  insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, dead_at, id, consumer_group, source_topic, sequence, headers)
    select 'dead', 0, n, 'evt_' || n, 'msg_' || n, 'erp.period-closed', '2026-11-21T06:02:00Z', 'dl_' || n, 'g', 'postings.kinetic-main.v1', 'seq_' || n,
      jsonb_build_object('traceparent', '00-' || rpad(lpad(to_hex(n), 8, '0'), 32, 'f') || '-b7ad6b7169203331-01')
    from generate_series(10, ${count}, 10) n;`;

/** A payment as its fact is stored. */
async function store(name: string, customerId: string | null, saleId: string): Promise<void> {
  const payment = {
    ...{
      source: { eventId: `evt_${name}`, occurredAt: 0 },
      paymentId: `pi_${name}`,
      chargeId: `ch_${name}`,
      part: null,
      paymentIntentId: null,
    },
    ...{ customerId, customer: null, payer: { name: 'Somebody', email: `${name}@example.test`, phone: null, address: null } },
    ...{
      amount: { minor: 100n, currency: 'EUR' },
      receivedAt: Date.UTC(2026, 10, 21),
      saleId,
      balanceTransactionId: null,
      settlement: null,
    },
    metadata: {},
  };
  await new PaymentFactsRepository(database).recordPayment(payment as unknown as PaymentReceived, `fact_${name}`);
}
async function storePayments(): Promise<void> {
  await store('ada', 'cus_ada', 'WEB-1001');
  await store('grace', null, 'in_77');
}

async function found(typed: string, emails: EmailSearch = 'searched'): Promise<string[]> {
  const term = searchTerm(typed, ['EUR', 'KWD', 'USD']);
  const { found: list } = await new SearchRepository(database).search(term, '*', emails);
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
  ['po_70', ['payout po_70 /movements?id=txn_p70']],
  ['0'.repeat(30) + '46', ['event evt_70 /events/evt_70']],
  [`00-00000046${'f'.repeat(24)}-b7ad6b7169203331-01`, ['deadLetter dl_70 /dead-letters/dl_70']],
  ['Ada@Example.test ', ['payment ch_ada /payments/ch_ada', 'customer cus_ada /customers/cus_ada']],
  ['grace@example.test', ['payment ch_grace /payments/ch_grace']],
  ['web-1001', ['payment ch_ada /payments/ch_ada']],
  ['in_77', ['payment ch_grace /payments/ch_grace']],
  ['ada', []],
  [' 100.70 usd ', ['payment ch_70 /payments/ch_70']],
  ['100,70', ['payment ch_70 /payments/ch_70']],
  ['100.70 EUR', []],
  ["ch_70' or true --", []],
  ['\ud800', []],
  ['', []],
])('%s finds %j', async (typed, expected) => {
  expect(await found(typed)).toEqual(expected);
});

it.each(['refused', 'in-address'] as const)('finds nobody by an e-mail address that is not to be searched: %s', async (emails) => {
  const { found: list, hint } = await new SearchRepository(database).search(searchTerm('ada@example.test', []), '*', emails);
  expect([list, hint]).toEqual([[], expect.stringMatching(/payloads\.read|POST/)]);
  expect(await found('web-1001', emails)).toEqual(['payment ch_ada /payments/ch_ada']);
});

it('keeps no address and no order reference in the clear, and none once a text is overwritten', async () => {
  for (const text of ['ada@example.test', 'Ada@Example.test', 'WEB-1001', 'web-1001'])
    expect(await columnsWith(database, 'recon', text)).toEqual([]);
  const [{ hashes } = { hashes: [] }] = await database.query<{ hashes: string[] }[]>(
    `select lookup_hashes as hashes from recon.payment where charge_id = 'ch_grace'`,
  );
  expect(hashes).toHaveLength(2);
  await database.transaction((manager) => overwriteTexts(manager, ['evt_grace']));
  expect(await found('grace@example.test')).toEqual([]);
  await store('grace', null, 'in_77'); // the fact is read again
  expect(await found('grace@example.test')).toEqual(['payment ch_grace /payments/ch_grace']);
});

it('finds by the same hashes after the keys of payloads were changed, and says when no key opens theirs', async () => {
  const again = async (keys: string): Promise<SearchView> => {
    const payloads = new PayloadCipher({ keys: () => keys });
    const other = await createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: [], payloads }).initialize();
    await encryptStored(other, [lookupKeys]);
    const answer = await new SearchRepository(other).search(searchTerm('ada@example.test', []), '*', 'searched');
    await other.destroy();
    return answer;
  };
  const [first, second, third] = ['a', 'b', 'c'].map((id) => `${id}=${Buffer.alloc(32, id).toString('base64')}`);
  expect((await again(`${first}`)).found).toHaveLength(2);
  expect((await again(`${second},${first}`)).found).toHaveLength(2);
  expect((await again(`${second}`)).found).toHaveLength(2);
  const lost = await again(`${third}`);
  expect([lost.found, lost.hint]).toEqual([[], expect.stringContaining('PAYLOAD_KEYS')]);
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
  const parts = [...idParts(seen), ...lookupParts(seen, 'email')];
  expect(parts.length).toBeGreaterThan(15);
  for (const { kind, sql } of parts) {
    const values = ['ch_70', 21, ...(sql.includes('$3') ? seen.values : [])];
    expect([kind, sql, await readWhole(sql, values)]).toEqual([kind, sql, []]);
  }
  const ofAmount = seenBy(visible, 4);
  expect(await readWhole(amountSql(ofAmount), [['10070', '100700'], ['USD', 'KWD'], 21, ...ofAmount.values])).toEqual([]);
});

it('notices a table that is read from one end to the other', async () => {
  expect(await readWhole(`select from recon.posting where reference ->> 'HeadNum' = $1`, ['R-70'])).toEqual(['posting']);
});
