import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { KafkaPublisher, RegistrySchemaIds, WireCodec } from '@tributary/messaging';
import { connectAndMigrate, payloadCipherOf } from '@tributary/persistence';
import { kafkaConnectionOf, databaseFilesOf } from '@tributary/platform';
import { defaultPostingPolicy } from '@tributary/posting';
import { connectorFor } from '../connectors.js';
import { ledgerDatabase } from '../erp-sink.module.js';
import { digestLedger } from './ledger-digest.js';
import { rebuildLedger } from './ledger-rebuild.js';
import { loadRebuildConfig, rebuildEnvironmentOf } from './rebuild.config.js';
import { ledgerReport, xrefReport } from './report.js';
import { personsOf } from './two-persons.js';
import { digestCrossReferences, rebuildCrossReferences } from './xref-rebuild.js';

const usage = `Rebuilds what erp-sink keeps, with the environment of the service (docs/runbooks/rebuild.md).

  rebuild/main.js ledger [--target <target>] [--json]   the posting ledger, from topics and the ERP
  rebuild/main.js xref   [--target <target>] [--json]   the cross-reference topics, from the ledger
  rebuild/main.js digest [--target <target>] [--json]   digests of both; changes nothing
`;
const progressEveryMs = 1_000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { target: { type: 'string' }, json: { type: 'boolean', default: false } },
});
process.exitCode = await run(positionals[0]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});

async function run(what: string | undefined): Promise<number> {
  if (what !== 'ledger' && what !== 'xref' && what !== 'digest') {
    process.stderr.write(usage);
    return 2;
  }
  const env = rebuildEnvironmentOf(process.env, values.target);
  const config = loadRebuildConfig(env);
  const target = config.ERP_TARGET;
  const startedAt = Date.now();
  const connection = kafkaConnectionOf(config, 'erp-sink-rebuild', (level, message) => {
    if (level === 'error') process.stderr.write(`${message}\n`);
  });
  const codec = new WireCodec(new RegistrySchemaIds(config.SCHEMA_REGISTRY_URL, connection.registryFetch));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Error(`stopped by ${signal}: run it again, it goes on`)));
  const payloads = payloadCipherOf(config, (text) => process.stderr.write(`${text}\n`));
  const database = ledgerDatabase(config.DATABASE_URL, undefined, databaseFilesOf(config), payloads);
  const waiting = { onWaiting: (problem: string) => process.stderr.write(`waiting for PostgreSQL: ${problem}\n`), signal: stop.signal };
  await connectAndMigrate(database, waiting);
  const crossReferences = { database, connection, codec, target, signal: stop.signal };
  try {
    if (what === 'digest') {
      const result = { ledger: await digestLedger(database, target), xref: await digestCrossReferences(crossReferences) };
      say(values.json ? JSON.stringify(result) : `ledger ${result.ledger.digest}\nxref   ${result.xref.digest}`);
      return 0;
    }
    if (what === 'xref') {
      const publisher = new KafkaPublisher({ ...connection, codec });
      await publisher.connect();
      const result = await rebuildCrossReferences({ ...crossReferences, publisher });
      await publisher.close();
      say(values.json ? JSON.stringify({ ...result, ...cost(startedAt) }) : xrefReport(target, result));
      return 0;
    }
    const connector = connectorFor(config.ERP_KIND, env);
    const settles = [...connector.capabilities].map((kind) => connector.settleMs?.(kind) ?? defaultPostingPolicy.settleMs);
    const result = await rebuildLedger({
      ...crossReferences,
      connector,
      group: `tributary-sink-${target}`,
      settleMs: config.ERP_SETTLE_MS ?? Math.max(...settles),
      lookConcurrency: config.REBUILD_LOOK_CONCURRENCY,
      looksPerSecond: config.REBUILD_LOOKS_PER_SECOND,
      persons: await personsOf(config, target),
      onProgress: throttled((line) => process.stderr.write(`${line}\n`)),
    });
    say(values.json ? JSON.stringify({ ...result, ...cost(startedAt) }) : ledgerReport(target, result, cost(startedAt).tookMs));
    return 0;
  } finally {
    await database.destroy();
  }
}

function cost(startedAt: number): { readonly tookMs: number; readonly maxRssMiB: number } {
  return { tookMs: Date.now() - startedAt, maxRssMiB: Math.round(process.resourceUsage().maxRSS / 1_024) };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes at most one line a second about the same subject, so that a rebuild of a million postings does not log a million lines. */
function throttled(write: (line: string) => void): (line: string) => void {
  const last = new Map<string, number>();
  return (line) => {
    const about = line.slice(0, line.indexOf(':'));
    if (Date.now() - (last.get(about) ?? 0) < progressEveryMs) return;
    last.set(about, Date.now());
    write(line);
  };
}
