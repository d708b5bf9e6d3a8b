import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { topicsToMake } from '@tributary/contracts';
import { KafkaPublisher, RegistrySchemaIds, WireCodec } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { connectAndMigrate, createDataSource, payloadCipherOf } from '@tributary/persistence';
import { createLogger, databaseFilesOf, kafkaConnectionOf, listOf, NestLogger } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { reconMigrations } from '../migrations/index.js';
import { loadReconConfig } from '../recon.config.js';
import type { ReconConfig } from '../recon.config.js';
import { backfillLookups } from './lookup-backfill.js';
import { digestViews } from './views-digest.js';
import { rebuildViews } from './views-rebuild.js';
import type { ViewsRebuilt } from './views-rebuild.js';

const usage = `Rebuilds the views of recon from topics, with the environment of the service (docs/runbooks/rebuild.md).

  rebuild/main.js views  [--forget-expired] [--json]   the tables of the views
  rebuild/main.js digest [--json]                      their digest; changes nothing
  rebuild/main.js lookups [--json]                     what older payments are found by (e-mail address, order); beside recon at work
`;
const poolSize = 32;
const progressEveryMs = 1_000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'forget-expired': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const code = await run(positionals[0]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
process.exit(code); // what failed half-way may have left a connection open, which would keep the process

async function run(what: string | undefined): Promise<number> {
  if (what !== 'views' && what !== 'digest' && what !== 'lookups') {
    process.stderr.write(usage);
    return 2;
  }
  const config = loadReconConfig(process.env);
  const startedAt = Date.now();
  const connection = kafkaConnectionOf(config, 'recon-rebuild', (level, message) => {
    if (level === 'error') process.stderr.write(`${message}\n`);
  });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Error(`stopped by ${signal}: start recon and it reads on, or run this again`)));
  const database = createDataSource({
    url: config.DATABASE_URL,
    files: databaseFilesOf(config),
    payloads: payloadCipherOf(config, (text) => process.stderr.write(`${text}\n`)),
    schema: 'recon',
    migrations: reconMigrations,
    poolSize,
  });
  const onWaiting = (problem: string): unknown => process.stderr.write(`waiting for PostgreSQL: ${problem}\n`);
  await connectAndMigrate(database, { onWaiting, signal: stop.signal });
  try {
    if (what === 'digest') {
      const result = await digestViews(database);
      say(values.json ? JSON.stringify(result) : `views ${result.digest}`);
      return 0;
    }
    if (what === 'lookups') {
      say(await fillLookups(database, connection, config, stop.signal));
      return 0;
    }
    const result = await views(database, connection, config, stop.signal);
    const cost = { tookMs: Date.now() - startedAt, maxRssMiB: Math.round(process.resourceUsage().maxRSS / 1_024) };
    say(values.json ? JSON.stringify({ ...result, ...cost }) : reportOf(result, cost.tookMs));
    return 0;
  } finally {
    await database.destroy();
  }
}

async function views(database: DataSource, connection: KafkaConnection, config: ReconConfig, signal: AbortSignal): Promise<ViewsRebuilt> {
  const targets = listOf(config.RECON_TARGETS);
  const maxMessageBytes = Math.max(...topicsToMake({ targets }).map(({ config: topic }) => Number(topic['max.message.bytes'])));
  const publisher = new KafkaPublisher({ ...connection, registryUrl: config.SCHEMA_REGISTRY_URL, maxMessageBytes });
  try {
    await publisher.connect();
    return await rebuildViews({
      ...{ database, connection, targets, publisher, signal },
      registryUrl: config.SCHEMA_REGISTRY_URL,
      textRetentionDays: config.RECON_TEXT_RETENTION_DAYS,
      forgetExpired: values['forget-expired'],
      sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
      logger: new NestLogger(createLogger('recon-rebuild', 'error')),
      onProgress: throttled((left) => process.stderr.write(`views: ${left} records left\n`)),
    });
  } finally {
    await publisher.close(); // while it is open the process does not end
  }
}

async function fillLookups(database: DataSource, connection: KafkaConnection, config: ReconConfig, signal: AbortSignal): Promise<string> {
  const result = await backfillLookups({
    ...{ database, connection, signal },
    codec: new WireCodec(new RegistrySchemaIds(config.SCHEMA_REGISTRY_URL, connection.registryFetch)),
    onProgress: throttled((read, total) => process.stderr.write(`look-ups: ${read} of ${total} records read\n`)),
  });
  return values.json ? JSON.stringify(result) : `look-ups: ${result.filled} payments filled, from ${result.records} records`;
}

function reportOf({ before, after, records }: ViewsRebuilt, tookMs: number): string {
  return [
    `views: ${records} records read in ${Math.round(tookMs / 1_000)} s`,
    ...Object.entries(after.rows).map(([table, count]) => `  ${table.padEnd(20)} ${count}, before ${before.rows[table] ?? 0}`),
    `digest before   ${before.digest}`,
    `digest after    ${after.digest}, ${before.digest === after.digest ? 'the same as before' : 'not the same as before'}`,
  ].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function throttled<Figures extends readonly number[]>(write: (...figures: Figures) => void): (...figures: Figures) => void {
  let last = 0;
  return (...figures) => {
    if (Date.now() - last < progressEveryMs) return;
    last = Date.now();
    write(...figures);
  };
}
