import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { topicsToMake } from '@tributary/contracts';
import { TopicAdmin } from '@tributary/messaging';
import { allocator, freePorts, serviceFlags, programFlags, startStack, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { keys } from './keys.js';
import { secret } from './load.js';
import { answers, Subject } from './subject.js';

/** Name of the webhook endpoint. */
export const endpoint = 'bench';
/** Target of the postings. */
export const target = 'kinetic-main';
/** Those that the shipped assets name. */
const shippedTargets = [target, 'stripe-main'];

/** Broker, registry and database with every topic and schema. */
export async function wholeStack(targets: readonly string[] = shippedTargets): Promise<Stack> {
  const stack = await startStack({ kafka: true, registry: true, postgres: true, own: true });
  await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'bench' }, topicsToMake({ targets }));
  const registered = spawnSync(
    process.execPath,
    [
      join(workspaceRoot, 'tools/dist/contracts/register.js'),
      '--registry',
      stack.registryUrl,
      ...targets.flatMap((name) => ['--target', name]),
    ],
    { encoding: 'utf8' },
  );
  if (registered.status !== 0) throw new Error(`registering the schemas: ${registered.stdout}${registered.stderr}`);
  return stack;
}

/** A service that a row starts. */
export type ServiceName = 'ingest' | 'transform' | 'erp-sink' | 'recon';

/**
 * A service of ours as `npm start` and the containers run it, with production settings, keys and the level of its log included, except for
 * what is given.
 * @param called its name in results.
 */
export async function service(
  name: ServiceName,
  stack: Stack,
  env: Readonly<Record<string, string>> = {},
  called: string = name,
): Promise<Subject & { port: number }> {
  const [port] = (await freePorts(1)) as [number];
  const subject = new Subject(
    called,
    [process.execPath, ...programFlags(workspaceRoot), ...serviceFlags(name), join(workspaceRoot, 'services', name, 'dist', 'main.js')],
    {
      KAFKA_BROKERS: stack.brokers.join(','),
      SCHEMA_REGISTRY_URL: stack.registryUrl,
      DATABASE_URL: stack.databaseUrl,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      ...keys,
      ...allocator,
      TRIBUTARY_ENVIRONMENT: 'test',
      TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets'),
      ...env,
    },
    { ready: answers(`http://127.0.0.1:${port}/ready`) },
  );
  return Object.assign(subject, { port });
}

/** ingest with the benchmark endpoint. @param workers processes on its port. */
export function ingest(stack: Stack, workers = 1): ReturnType<typeof service> {
  const endpoints = [{ name: endpoint, secrets: [secret], livemode: false, account: null, apiVersion: null, otherMode: 'drop' }];
  return service(
    'ingest',
    stack,
    { STRIPE_ENDPOINTS: JSON.stringify(endpoints), INGEST_WORKERS: String(workers) },
    workers === 1 ? 'ingest' : `ingest, ${workers} workers`,
  );
}
