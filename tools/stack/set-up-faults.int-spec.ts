import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicRights, topicsToMake } from '@tributary/contracts';
import { freePorts, registryReady, registryUrlOf, startRegistry, startStack, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { RightsAdmin, TopicAdmin } from '@tributary/messaging';
import { createDataSource, migrateWithin } from '@tributary/persistence';
import { administrator, startRightsBroker } from '../acls/testing/rights-broker.js';
import type { RightsBroker } from '../acls/testing/rights-broker.js';
import { silentHost } from '../installation/testing/doctor-run.js';
import { setUp } from './setup.js';

const folder = mkdtempSync(join(tmpdir(), 'set-up-'));
const withinMs = 180_000;
let broker: RightsBroker;
let registry: Awaited<ReturnType<typeof startRegistry>>;
let registryUrl: string;
let stack: Stack;
beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  [broker, registry, stack] = await Promise.all([
    startRightsBroker(['set-up', 'stranger']),
    startRegistry({ port, logFolder: folder }),
    startStack({ postgres: true, own: true }), // roles belong to a whole server
  ]);
  await registryReady(registry, port);
  registryUrl = registryUrlOf(port);
  const rights = ['main', 'short'].flatMap((target) => topicRights({ targets: [target] }).get('set-up') ?? []);
  await RightsAdmin.grant(
    broker.connectionOf(administrator),
    rights.flatMap(({ resource, pattern, name, operations }) =>
      operations.map((operation) => ({ principal: 'User:set-up', resource, pattern, name, operation, host: '*' })),
    ),
  );
}, withinMs);
afterAll(async () => {
  await broker?.stop();
  await registry?.kill9();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a program of the image, as the hook of the chart does. */
function run(program: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: workspaceRoot, env: { PATH: process.env.PATH ?? '', ...env }, timeout: withinMs };
    execFile(process.execPath, [join(workspaceRoot, program)], options, (error, out, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, error: errors });
    });
  });
}

const setUpAs = (user: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  run('tools/dist/stack/setup-cli.js', {
    ...Object.fromEntries(Object.entries(broker.variablesOf(user)).map(([name, value]) => [name, String(value)])),
    SCHEMA_REGISTRY_URL: registryUrl,
    TRIBUTARY_TARGETS: 'main',
    ...more,
  });
/** The sentence, which is the last line, and no stack of calls anywhere. */
function sentenceOf({ code, error }: Ended): string {
  expect(code).toBe(1);
  expect(error).not.toMatch(/^\s+at \S+/m);
  return error.trim().split('\n').at(-1) ?? '';
}

async function setReadOnly(value: boolean): Promise<void> {
  const property = '/apis/registry/v3/admin/config/properties/apicurio.storage.read-only.enabled';
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${new URL(registryUrl).origin}${property}`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ value: String(value) }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

describe('the set-up of topics and schemas', () => {
  it(
    'says that Kafka refuses the password, and does not print it',
    async () => {
      const ended = await setUpAs('set-up', { KAFKA_PASSWORD: 'hunter2-of-nobody' });
      expect(sentenceOf(ended)).toMatch(/^setting up topics in Kafka at 127\.0\.0\.1:\d+: credentials: /);
      expect(ended.error).not.toContain('hunter2');
    },
    withinMs,
  );

  it(
    'says that Kafka does not answer',
    async () => {
      expect(sentenceOf(await setUpAs('set-up', { KAFKA_BROKERS: '127.0.0.1:1' }))).toMatch(
        /^setting up topics in Kafka at 127\.0\.0\.1:1: address: /,
      );
      const host = await silentHost();
      const silent = setUp({ brokers: [host.address], registryUrl, targets: ['main'], kafkaWithinMs: 2_000 });
      await expect(silent).rejects.toThrow(/^setting up topics in Kafka at .+: address: .*no answer within 2 s$|: no answer within 2 s$/);
      host.close();
    },
    withinMs,
  );

  it(
    'says that the user may make no topics, and makes none',
    async () => {
      expect(sentenceOf(await setUpAs('stranger'))).toMatch(/^setting up topics in Kafka at 127\.0\.0\.1:\d+: rights: .*making topics: /);
    },
    withinMs,
  );

  it(
    'says that a topic has too few partitions, and which',
    async () => {
      const [topic] = topicsToMake({ targets: ['short'] }).filter(({ name }) => name.includes('short'));
      if (!topic) throw new Error('a target has topics');
      await TopicAdmin.ensureTopics(broker.connectionOf(administrator), [{ ...topic, partitions: 1 }]);
      const sentence = sentenceOf(await setUpAs('set-up', { TRIBUTARY_TARGETS: 'short' }));
      expect(sentence).toContain(
        `topics that were there are not as this release needs them: ${topic.name} has 1 partitions and needs ${topic.partitions}`,
      );
    },
    withinMs,
  );

  it(
    'says that the registry is in read-only mode; the next run completes what was half done, and one more changes nothing',
    async () => {
      await setReadOnly(true);
      const half = await setUpAs('set-up').finally(() => setReadOnly(false));
      expect(sentenceOf(half)).toMatch(/^the registry at http:\S+ is in read-only mode: schemas cannot be registered/);
      expect(half.out).toMatch(/^topics: \d+ made/);

      const completed = await setUpAs('set-up');
      expect([completed.code, completed.out]).toEqual([0, expect.stringMatching(/^topics: 0 made, \d+ were there$/m)]);
      expect(completed.out).toMatch(/^schemas: [1-9]\d* added, 0 evolved, 0 unchanged$/m);
      const again = await setUpAs('set-up');
      expect([again.code, again.out]).toEqual([0, expect.stringMatching(/^schemas: 0 added, 0 evolved, [1-9]\d* unchanged$/m)]);
    },
    withinMs,
  );
});

describe('the migrations', () => {
  const migrate = (password: string): Promise<Ended> => {
    const url = new URL(stack.databaseUrl);
    [url.username, url.password] = ['migrator', password];
    return run('services/console/dist/migrate.js', { DATABASE_MIGRATION_URL: url.href });
  };

  it(
    'say that PostgreSQL does not answer, before their Job is over',
    async () => {
      const env = { DATABASE_MIGRATION_URL: 'postgres://migrator:own@127.0.0.1:1/any' };
      await expect(migrateWithin({ schema: 'console', migrations: [] }, env, 1_000)).rejects.toThrow(
        /^connecting to PostgreSQL: address: /,
      );
    },
    withinMs,
  );

  it(
    'say that the password is refused, and which right is missing; the next run applies them, and one more none',
    async () => {
      const database = createDataSource({ url: stack.databaseUrl, schema: 'public', migrations: [] });
      await database.initialize();
      try {
        await database.query(`create role migrator login password 'own'`);
        const refused = await migrate('hunter2-of-nobody');
        expect(sentenceOf(refused)).toMatch(/^connecting to PostgreSQL: credentials: password authentication failed/);
        expect(refused.error).not.toContain('hunter2');
        const unable = await migrate('own');
        sentenceOf(unable);
        expect(unable.error).toContain(
          'role migrator of DATABASE_MIGRATION_URL may not make schema console: it needs CREATE on the database',
        );
        await database.query(`do $$ begin execute format('grant create on database %I to migrator', current_database()); end $$`);
        for (const run of [1, 2])
          expect([run, await migrate('own')]).toMatchObject([
            run,
            { code: 0, out: expect.stringMatching(/^schema console: \d+ migrations are applied\n$/) },
          ]);
      } finally {
        await database.destroy();
      }
    },
    withinMs,
  );
});
