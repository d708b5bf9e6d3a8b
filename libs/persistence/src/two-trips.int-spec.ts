import { startStack } from '@tributary/local-stack';
import type { DataSource } from 'typeorm';
import { createDataSource, isConnectionProblem } from './data-source.js';
import { inTwoTrips } from './two-trips.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let database: DataSource;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
  database = await createDataSource({ url: stack.databaseUrl, schema: 'public', migrations: [], poolSize: 2 }).initialize();
  await database.query('create table two_trips_note (id integer primary key, text text not null)');
}, 120_000);
afterAll(async () => {
  await database?.destroy();
  await stack?.stop();
});
beforeEach(() => database.query('truncate two_trips_note'));

const write = (id: number, text: string | null) => ({ text: 'insert into two_trips_note values ($1, $2)', values: [id, text] });
const all = { text: 'select id, text from two_trips_note order by id' };
const stored = () => database.query<{ id: number; text: string }[]>(all.text);

it('gives the rows of each read in its order, with their types, and writes what is decided from them', async () => {
  await database.query(`insert into two_trips_note values (1, 'one')`);
  const reads = [
    all,
    { text: 'select $1::timestamptz as at, $2::jsonb as json', values: [new Date(5_000), '{"a":[1]}'] },
    { text: 'select 1 where false' },
  ];
  const value = await inTwoTrips(database, reads, (rows) => {
    expect(rows).toEqual([[{ id: 1, text: 'one' }], [{ at: new Date(5_000), json: { a: [1] } }], []]);
    return Promise.resolve({
      value: 'decided',
      writes: [write(2, 'two'), { text: 'delete from two_trips_note where id = $1', values: [1] }],
    });
  });
  expect([value, await stored()]).toEqual(['decided', [{ id: 2, text: 'two' }]]);
});

it.each([
  ['a read', [{ text: 'select no_such_column' }], []],
  ['a write', [], [write(1, 'first'), write(2, null), write(3, 'third')]],
  ['the last write', [], [write(1, 'first'), write(1, 'again')]],
])('leaves nothing behind when %s fails, and its connections go on', async (_, reads, writes) => {
  for (let round = 0; round < 5; round += 1)
    await expect(inTwoTrips(database, reads, () => Promise.resolve({ value: 0, writes }))).rejects.toThrow();
  await inTwoTrips(database, [], () => Promise.resolve({ value: 0, writes: [write(9, 'after')] }));
  expect(await stored()).toEqual([{ id: 9, text: 'after' }]);
});

it('leaves nothing behind when deciding fails, nor of what was asked meanwhile', async () => {
  const work = inTwoTrips(database, [all], async (_, tx) => {
    await tx.query(`insert into two_trips_note values (1, 'meanwhile')`);
    throw new Error('undecided');
  });
  await expect(work).rejects.toThrow('undecided');
  expect(await stored()).toEqual([]);
});

it('reads what another transaction committed while it waited for the lock of that', async () => {
  await database.query(`insert into two_trips_note values (1, 'old')`);
  const other = database.createQueryRunner();
  await other.startTransaction();
  await other.query(`update two_trips_note set text = 'new' where id = 1`);
  await other.query(`insert into two_trips_note values (2, 'beside it')`);
  const work = inTwoTrips(database, [{ text: 'select text from two_trips_note where id = 1 for update' }, all], (rows) =>
    Promise.resolve({ value: rows, writes: [] }),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  await other.commitTransaction();
  await other.release();
  expect(await work).toEqual([
    [{ text: 'new' }],
    [
      { id: 1, text: 'new' },
      { id: 2, text: 'beside it' },
    ],
  ]);
});

it('is a connection problem when PostgreSQL ends the connection in the middle, and the next transaction has another one', async () => {
  const work = inTwoTrips(database, [{ text: 'select pg_backend_pid() as pid' }], async ([rows]) => {
    const [{ pid }] = rows as [{ pid: number }];
    await database.query('select pg_terminate_backend($1)', [pid]);
    return { value: pid, writes: [write(1, 'lost')] };
  });
  await expect(work.catch((error: unknown) => isConnectionProblem(error))).resolves.toBe(true);
  await inTwoTrips(database, [], () => Promise.resolve({ value: 0, writes: [write(2, 'after')] }));
  expect(await stored()).toEqual([{ id: 2, text: 'after' }]);
});
