import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, workspaceRoot } from '@tributary/local-stack';
import { secret } from './load.js';
import { answers, Subject } from './subject.js';

const sources = join(workspaceRoot, 'proof', 'bench', 'peers');
const buildWithinMs = 600_000;

/** Makes a peer be there: copies its sources into the cache and builds it once. @throws with the tool's own words when it cannot be had. */
function prepared(name: string, product: string, command: readonly [string, ...string[]], say: (line: string) => void): string {
  const folder = join(cacheDir, 'peers', name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(sources, name), folder, { recursive: true });
  if (!existsSync(join(folder, product))) {
    say(`building ${name}, once`);
    const [program, ...args] = command;
    const built = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: buildWithinMs });
    if (built.status !== 0)
      throw new Error(
        `${name} could not be built with \`${command.join(' ')}\`: ${built.error?.message ?? built.stderr.trim().split('\n').at(-1)}`,
      );
  }
  return folder;
}

/** Redpanda Connect: verified webhook -> Kafka, answered after acks=all. */
export function redpandaConnect(port: number, broker: string, topic: string, say: (line: string) => void): Subject {
  const folder = prepared('redpanda-connect', 'rpc', ['go', 'build', '-o', 'rpc', '.'], say);
  writeFileSync(
    join(folder, 'ingest.yaml'),
    `http: { enabled: false }
logger: { level: ERROR }
input:
  http_server: { address: "127.0.0.1:${port}", path: /webhooks/stripe, timeout: 5s }
pipeline:
  threads: 2
  processors:
    - mapping: |
        let given = @."Stripe-Signature".re_find_object("t=(?P<t>[0-9]+),v1=(?P<v>[0-9a-f]+)")
        let made = ($given.t + "." + content().string()).hash("hmac_sha256", "${secret}").encode("hex")
        root = if $made != $given.v { throw("bad signature") } else { content() }
        meta key = content().parse_json().data.object.customer
output:
  kafka_franz:
    seed_brokers: ["${broker}"]
    topic: ${topic}
    key: \${! @key }
    max_in_flight: 256
    idempotent_write: true
    batching: { count: 500, period: 1ms }
`,
  );
  const listens = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/webhooks/stripe`)).status > 0;
  return new Subject('redpanda-connect', [join(folder, 'rpc'), 'run', 'ingest.yaml'], {}, { cwd: folder, ready: listens });
}

/** stripe-sync-engine: verified webhook -> PostgreSQL, answered when the row is written. */
export function stripeSyncEngine(port: number, databaseUrl: string, say: (line: string) => void): Subject {
  const folder = prepared(
    'stripe-sync-engine',
    'node_modules/@supabase/stripe-sync-engine',
    ['npm', 'install', '--no-audit', '--no-fund'],
    say,
  );
  return new Subject(
    'stripe-sync-engine',
    [process.execPath, 'server.mjs'],
    { DATABASE_URL: databaseUrl, PORT: String(port), WEBHOOK_SECRET: secret },
    { cwd: folder, ready: answers(`http://127.0.0.1:${port}/ready`) },
  );
}
