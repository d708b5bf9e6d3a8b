import type { MigrationInterface, QueryRunner } from 'typeorm';
import { startStack } from '@tributary/local-stack';
import { createDataSource, databaseProblem, DatabaseUnavailableError, isConnectionProblem, withDatabase } from './data-source.js';
import { connectAndMigrate } from './migrate.js';

let runs = 0;
class Notes1700000000001 implements MigrationInterface {
  readonly name = 'Notes1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    runs += 1;
    await runner.query('select pg_sleep(0.3)'); // wide enough for another pod to arrive
    await runner.query('create table persistence_test.note (id integer primary key)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table persistence_test.note');
  }
}

let stack: Awaited<ReturnType<typeof startStack>>;
let late = (): boolean => true;
let connectedMeanwhile: boolean | undefined;
class Late1700000000001 implements MigrationInterface {
  readonly name = 'Late1700000000001';
  up(): Promise<void> {
    connectedMeanwhile = late();
    return Promise.resolve();
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

it('migrates once though three pods start together, and knows when PostgreSQL answers', async () => {
  const sources = [1, 2, 3].map(() =>
    createDataSource({ url: stack.databaseUrl, schema: 'persistence_test', migrations: [Notes1700000000001] }),
  );
  expect(await databaseProblem(sources[0]!)).toMatch('not connected');
  await Promise.all(sources.map((source) => connectAndMigrate(source)));
  expect(runs).toBe(1);
  expect(await databaseProblem(sources[0]!)).toBeUndefined();
  expect(await sources[1]!.query('select count(*)::int as count from persistence_test.note')).toEqual([{ count: 0 }]);
  await Promise.all(sources.map((source) => source.destroy()));
});

it('is connected only once its tables are there', async () => {
  const source = createDataSource({ url: stack.databaseUrl, schema: 'persistence_late', migrations: [Late1700000000001] });
  late = () => source.isInitialized;
  await connectAndMigrate(source);
  expect([connectedMeanwhile, source.isInitialized]).toEqual([false, true]);
  await source.destroy();
});

it('waits for PostgreSQL and says so, until it is told to stop', async () => {
  const source = createDataSource({ url: 'postgres://nobody@127.0.0.1:1/none', schema: 'persistence_test', migrations: [] });
  const abort = new AbortController();
  const said: string[] = [];
  await expect(
    connectAndMigrate(source, {
      signal: abort.signal,
      onWaiting: (problem) => {
        said.push(problem);
        abort.abort();
      },
    }),
  ).rejects.toThrow('connecting to PostgreSQL');
  expect(said).toEqual([expect.stringContaining('ECONNREFUSED')]);
});

it('lets the partition wait when no connection of the pool comes free', async () => {
  const source = createDataSource({ url: stack.databaseUrl, schema: 'persistence_test', migrations: [], poolSize: 1 });
  await source.initialize();
  const busy = source.createQueryRunner();
  await busy.connect();
  await expect(withDatabase('recording event evt_1', () => source.query('select 1'))).rejects.toBeInstanceOf(DatabaseUnavailableError);
  await busy.release();
  await expect(source.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
  await source.destroy();
}, 30_000);

it('tells a lost connection from a wrong statement', () => {
  expect(isConnectionProblem(Object.assign(new Error('x'), { code: '57P01' }))).toBe(true);
  expect(isConnectionProblem(Object.assign(new Error('duplicate key'), { code: '23505' }))).toBe(false);
});
