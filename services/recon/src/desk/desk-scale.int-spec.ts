import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { DeadLetterRepository } from './emit/dead-letter.repository.js';
import { LetterTotals } from './emit/letter-totals.js';
import { SequenceListRepository } from './emit/sequence-list.repository.js';

const open = 20_000;
const closed = 100_000;
/** Most rows that a page may read: half of those that are open. How long that takes is measured by `npm run proof:console`. */
const mostRowsRead = open / 2;

let database: DataSource;
afterAll(async () => {});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  await database.query(
    `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, dead_at, id, consumer_group, source_topic, source_partition,
       source_offset, sequence, minor, currency, state, event_type)
     select 'dead', 0, n, 'evt_' || n, 'msg_' || n, 'cause.' || n % 30, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second', 'dl_' || lpad(n::text, 16, '0'),
       'tributary-sink-kinetic-main', 'postings.kinetic-main.v1', n % 12, n, 'pi_' || n % 4000, 1050, 'USD', case when n <= $1 then 'closed' else 'open' end, 'posting.requested'
     from generate_series(1, $2::int) as n`,
    [closed, closed + open],
  );
  await database.query(
    `insert into recon.parked (consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code, parked_at)
     select 'tributary-sink-kinetic-main', 'postings.kinetic-main.v1', n % 12, 1000000 + n, 'parked_' || n, 'parked_' || n, 'pi_' || n % 4000, n, 'cause', now()
     from generate_series(1, 5000) as n`,
  );
  await database.query('analyse recon.dead_letter, recon.parked');
}, 180_000);

/** Rows of all tables that PostgreSQL reads for what is asked by way of a pool of one connection, which is told to say so at once. */
async function rowsRead(pool: DataSource, ask: () => Promise<unknown>): Promise<number> {
  const read = async (): Promise<number> => {
    await pool.query('select pg_stat_force_next_flush()');
    const [row] = await pool.query<{ rows: string }[]>(
      `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as rows from pg_stat_user_tables where schemaname = 'recon'`,
    );
    return Number(row?.rows);
  };
  const before = await read();
  await ask();
  return (await read()) - before;
}

it('shows the first page and a later one of 20,000 letters without reading the 100,000 that are closed', async () => {
  const pool = await new DataSource({ ...database.options, poolSize: 1 } as DataSourceOptions).initialize();
  const letters = new DeadLetterRepository(pool);
  const sequences = new SequenceListRepository(pool);
  const totals = new LetterTotals(pool);
  const { next } = await letters.list({ state: 'notClosed' }, { limit: 50 });
  const page = await sequences.list({}, { limit: 50 }, '*');
  expect(page.sequences).toHaveLength(50);
  expect(await totals.of({ state: 'notClosed' }, '*')).toMatchObject({
    count: open,
    sequences: 12_000,
    amounts: [{ text: '210000.00' }],
  });
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    'letters, first page': () => letters.list({ state: 'notClosed' }, { limit: 50 }),
    'letters, next page': () => letters.list({ state: 'notClosed' }, { limit: 50, after: next ?? undefined }),
    'letters of a cause': () => letters.list({ state: 'open', cause: 'cause.7' }, { limit: 50 }),
    'letters of a sequence': () => letters.list({ state: 'notClosed', sequence: 'pi_7' }, { limit: 50 }),
    'sequences, first page': () => sequences.list({}, { limit: 50 }, '*'),
    'sequences, next page': () => sequences.list({}, { limit: 50, after: page.next ?? undefined }, '*'),
    'sequences of a cause': () => sequences.list({ cause: 'cause.7' }, { limit: 50 }, '*'),
    'totals of a cause': () => totals.of({ state: 'notClosed', cause: 'cause.7' }, '*'),
  };
  const rows: Record<string, number> = {};
  for (const [what, ask] of Object.entries(asked)) rows[what] = await rowsRead(pool, ask);
  rows['all letters'] = await rowsRead(pool, () => pool.query('select count(code) from recon.dead_letter'));
  await pool.destroy();
  process.stderr.write(`rows read: ${JSON.stringify(rows)}\n`);
  expect(Object.entries(rows).filter(([, read]) => read > mostRowsRead)).toEqual([['all letters', open + closed]]);
}, 120_000);

it('finds letters that are not closed by an index, and reads no closed one for them', async () => {
  const plan = async (sql: string): Promise<string> =>
    (await database.query<{ 'QUERY PLAN': string }[]>(`explain ${sql}`)).map((row) => row['QUERY PLAN']).join('\n');
  const first = await plan(
    `select * from recon.dead_letter l where l.id is not null and l.state <> 'closed' order by l.dead_at, l.id limit 51`,
  );
  expect(first).toContain('Index Scan using dead_letter_unclosed');
  const sequence = await plan(
    `select * from recon.dead_letter l where l.state <> 'closed' and l.consumer_group = 'g' and l.source_topic = 't' and l.sequence = 's'`,
  );
  expect(sequence).toContain('dead_letter_standing');
});
