import { startStack } from '@tributary/local-stack';
import type { DataSource, EntityManager } from 'typeorm';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { builtExports } from '../built.js';
import { storeKnownTexts } from './known-texts.js';
import { measure, samplesOf } from './measure.js';
import type { Measured } from './measure.js';
import { startReconViews } from './recon-views.js';
import { measuredKinds } from './requests.js';
import { goalMs, keepRun, loadNow, reached } from './results.js';
import { seed } from './seed.js';

/** One statement of filling may take long; those that are measured have recon's own limit. */
const fillWithinMs = 1_800_000;

interface Migrations {
  readonly reconMigrations: readonly (new () => object)[];
}

interface Placing {
  /** @returns how many were placed. */
  placeCaptures(manager: EntityManager, limit: number): Promise<number>;
  placeEvents(manager: EntityManager, limit: number): Promise<number>;
}

/** As recon's worker does it, a thousand at a time. */
async function place(database: DataSource): Promise<void> {
  const { placeCaptures, placeEvents } = await builtExports<Placing>('recon/dist/reconciliation/emit', [
    'seen-captures.js',
    'seen-events.js',
  ]);
  for (const some of [placeEvents, placeCaptures]) while ((await database.transaction((manager) => some(manager, 1_000))) > 0);
}

/**
 * How fast recon answers what the console asks, with a million payments. @param quick with 20,000: shows that it is answered.
 * @returns whether every kind of request reached its goal.
 */
export async function proveViews(quick: boolean, say: (line: string) => void): Promise<boolean> {
  const payments = quick ? 20_000 : 1_000_000;
  const requests = quick ? 5 : 50;
  const { reconMigrations } = await builtExports<Migrations>('recon/dist', ['migrations/index.js']);
  const stack = await startStack({ postgres: true });
  try {
    const schema = { url: stack.databaseUrl, schema: 'recon', migrations: [...reconMigrations] };
    const filling = createDataSource({ ...schema, statementTimeoutMs: fillWithinMs });
    await connectAndMigrate(filling);
    const started = Date.now();
    await seed(filling, payments, place, say);
    await storeKnownTexts(filling, samplesOf(payments, 1, requests));
    await filling.destroy();
    say(`${payments} payments in ${Math.round((Date.now() - started) / 1_000)} s`);
    return await measureAll({ schema, payments, requests, quick, say });
  } finally {
    await stack.stop();
  }
}

interface Run {
  readonly schema: Parameters<typeof createDataSource>[0];
  readonly payments: number;
  readonly requests: number;
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

async function measureAll({ schema, payments, requests, quick, say }: Run): Promise<boolean> {
  const database = await createDataSource(schema).initialize();
  const views = await startReconViews(database);
  const before = loadNow();
  const measured: Measured[] = [];
  try {
    for (const kind of measuredKinds(payments)) {
      const one = await measure(views, kind, payments, requests);
      measured.push(one);
      const { what, problem, p50Ms, p95Ms } = one;
      say(`${reached(one, quick) ? 'ok    ' : 'not ok'} ${what}: ${problem ?? `p50 ${p50Ms} ms, p95 ${p95Ms} ms`}`);
    }
  } finally {
    await views.close();
    await database.destroy();
  }
  const passed = measured.filter((one) => reached(one, quick)).length;
  say(`kept in ${keepRun({ payments, requests, load: { before, after: loadNow() }, measured }, quick)}`);
  say(`${quick ? 'a short run: only that it is answered counts' : `goal: p95 within ${goalMs} ms`}`);
  say(`${passed} passed, ${measured.length - passed} failed`);
  return passed === measured.length;
}
