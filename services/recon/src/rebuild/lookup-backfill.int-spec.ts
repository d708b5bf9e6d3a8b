import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PaymentReceived } from '@tributary/contracts';
import { events, headers, topics } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import { RegistrySchemaIds, WireCodec } from '@tributary/messaging';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { PaymentFactsRepository } from '../intake/emit/payment-facts.repository.js';
import { reconMigrations } from '../migrations/index.js';
import { overwriteTexts } from '../personal-data/emit/event-texts.js';
import { DeadLetterSystem } from '../testing/dead-letter-system.js';
import { searchTerm } from '../views/decide/search-term.js';
import { SearchRepository } from '../views/emit/search.repository.js';
import { backfillLookups } from './lookup-backfill.js';
import type { LookupBackfill } from './lookup-backfill.js';

let system: DeadLetterSystem;
let database: DataSource;
beforeAll(async () => {
  system = await DeadLetterSystem.start({ startStack, freePorts, Child, workspaceRoot });
  database = createDataSource({ url: system.stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(database);
}, 150_000);
afterAll(async () => {
  await database?.destroy();
  await system?.stop();
}, 60_000);

const aPayment = (name: string): PaymentReceived => ({
  ...{ paymentId: `pi_${name}`, chargeId: `ch_${name}`, part: null, paymentIntentId: `pi_${name}`, customerId: null, customer: null },
  source: {
    ...{ system: 'stripe', account: null, eventId: `evt_${name}`, eventType: 'charge.succeeded', objectId: `ch_${name}` },
    ...{ apiVersion: null, livemode: false, occurredAt: 0 },
  },
  payer: { name: 'Somebody', email: `${name}@example.test`, phone: null, address: null },
  ...{ amount: money(100n, 'EUR'), receivedAt: Date.UTC(2026, 10, 21), chargedAt: null, saleId: `WEB-${name}` },
  method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
  ...{ description: null, balanceTransactionId: null, settlement: null, metadata: {} },
});

/** A payment on the topic that recon stored before there were look-ups. */
async function storeOld(name: string): Promise<void> {
  const payment = aPayment(name);
  await system.publisher.publish([{ event: events.paymentReceived, key: payment.paymentId, id: `fact_${name}`, value: payment }]);
  await new PaymentFactsRepository(database).recordPayment(payment, `fact_${name}`);
  await database.query(`update recon.payment set lookup_hashes = null where charge_id = $1`, [payment.chargeId]);
}
async function found(typed: string): Promise<string[]> {
  const { found: list } = await new SearchRepository(database).search(searchTerm(typed, ['EUR']), '*', 'searched');
  return list.map(({ kind, id }) => `${kind} ${id}`);
}

it('finds payments from before by address and order, but none whose texts were overwritten; may be run again, and says how far it is', async () => {
  await storeOld('ada');
  await storeOld('grace');
  await storeOld('gone');
  await database.transaction((manager) => overwriteTexts(manager, ['evt_gone']));
  await system.publisher.publishRaw([
    { topic: topics.ar, key: Buffer.from('x'), value: Buffer.from('no record'), headers: { [headers.type]: events.paymentReceived.type } },
  ]);
  expect(await found('ada@example.test')).toEqual([]);

  const progress: number[] = [];
  const run = (): Promise<LookupBackfill> =>
    backfillLookups({
      database,
      connection: { brokers: system.stack.brokers, clientId: 'test' },
      codec: new WireCodec(new RegistrySchemaIds(system.stack.registryUrl)),
      onProgress: (read, total) => progress.push(read / total),
      signal: AbortSignal.timeout(60_000),
    });
  expect(await run()).toEqual({ records: 4, filled: 2, unreadable: 1 });
  expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
  expect(await Promise.all(['ada@example.test', 'web-grace', 'gone@example.test', 'WEB-gone'].map(found))).toEqual([
    ['payment ch_ada'],
    ['payment ch_grace'],
    [],
    [],
  ]);
  expect(await run()).toMatchObject({ records: 4, filled: 0 });

  await database.query(`update recon.payment set lookup_hashes = null where charge_id = 'ch_ada'`);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(workspaceRoot, 'services/recon/dist/rebuild/main.js'), 'lookups', '--json'],
    {
      env: {
        PATH: process.env.PATH,
        KAFKA_BROKERS: system.stack.brokers.join(','),
        SCHEMA_REGISTRY_URL: system.stack.registryUrl,
        DATABASE_URL: system.stack.databaseUrl,
        RECON_TARGETS: 'kinetic-main',
        TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets'),
      },
    },
  );
  expect(JSON.parse(stdout)).toMatchObject({ records: 4, filled: 1 });
  expect(await found('ada@example.test')).toEqual(['payment ch_ada']);
}, 120_000);
