import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { SeenRowsWorker } from '../reconciliation/emit/seen-rows.worker.js';
import { twoLedgers } from '../testing/two-ledgers.js';
import { PaymentRepository } from '../views/emit/payment.repository.js';
import { SeenCaptures1700000000033 } from './0033-seen-captures.js';
import { reconMigrations } from './index.js';

let stack: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

const place = reconMigrations.indexOf(SeenCaptures1700000000033);
const withMigrations = async (count: number): Promise<DataSource> => {
  const database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations.slice(0, count) });
  await connectAndMigrate(database);
  return database;
};
const standings = ['inLedger', 'needsPerson', 'notBooked'] as const;
/** How many payments of each standing there are for the people of all ledgers, of the first and of the second. */
const counted = (database: DataSource): Promise<number[][]> =>
  Promise.all(
    (['*', ['kinetic-main'], ['sl-main']] as const).map((visible) =>
      Promise.all(standings.map(async (standing) => (await new PaymentRepository(database).totals({ standing }, visible)).count)),
    ),
  );
const ofAllAndEach = [
  [0, 2, 0],
  [1, 0, 1],
  [0, 2, 0],
];
const kept = (database: DataSource): Promise<unknown> =>
  database.query(`select (select json_agg(json_build_object('id', id, 'involved', involved) order by id) from recon.capture) as captures,
    (select json_agg(json_build_object('id', id, 'own', own, 'standing', standing) order by id, own) from recon.capture_seen) as seen`);

it('an upgrade tells each ledger its own payments at once, and keeps them when they are placed, however often', async () => {
  const before = await withMigrations(place);
  await before.query(twoLedgers);
  await before.query(`update recon.event set changed_at = now() - interval '1 hour'`);
  await before.destroy();

  const after = await withMigrations(reconMigrations.length);
  expect(await kept(after)).toEqual([{ captures: ['ch_1', 'ch_2'].map((id) => ({ id, involved: null })), seen: null }]);
  expect(await counted(after)).toEqual(ofAllAndEach);
  const worker = new SeenRowsWorker(after);
  expect(await worker.round()).toBeLessThan(10_000);
  const placed = [
    {
      captures: [
        { id: 'ch_1', involved: ['kinetic-main', 'sl-main'] },
        { id: 'ch_2', involved: ['sl-main'] },
      ],
      seen: [
        { id: 'ch_1', own: ['kinetic-main'], standing: 'inLedger' },
        { id: 'ch_1', own: ['sl-main'], standing: 'needsPerson' },
      ],
    },
  ];
  expect(await kept(after)).toEqual(placed);
  expect(await counted(after)).toEqual(ofAllAndEach);
  expect(await worker.round()).toBe(10_000);
  await after.query(`update recon.capture set involved = null where id = 'ch_2'`);
  expect(await counted(after)).toEqual(ofAllAndEach);
  await worker.round();
  expect([await kept(after), await counted(after)]).toEqual([placed, ofAllAndEach]);
  await after.destroy();
});

it('goes back to the schema before it, and forward again, with the sums of payments', async () => {
  const database = await withMigrations(reconMigrations.length);
  const sums = (where: string): Promise<unknown> =>
    database.query(`select sum(count)::int as count, sum(minor)::int as minor from recon.payment_sum where ${where}`);
  for (let later = reconMigrations.length; later > place; later -= 1) await database.undoLastMigration();
  expect(await sums('true')).toEqual([{ count: 2, minor: 30_000 }]);
  await database.query(`update recon.capture set standing = 'inLedger' where id = 'ch_2'`);
  await database.query('select recon.merge_payment_sums()');
  expect(await sums(`standing = 'inLedger'`)).toEqual([{ count: 1, minor: 20_000 }]);
  await database.runMigrations();
  await new SeenRowsWorker(database).round();
  expect(await counted(database)).toEqual([
    [1, 1, 0],
    [1, 0, 1],
    [1, 1, 0],
  ]);
  await database.query('truncate recon.capture');
  expect([await kept(database), await sums('true')]).toEqual([[{ captures: null, seen: null }], [{ count: null, minor: null }]]);
  await database.destroy();
});
