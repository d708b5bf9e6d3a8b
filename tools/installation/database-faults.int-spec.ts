import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { understand } from '#commands/command-line.mjs';
import { databaseRoles } from '../database/command.js';
import { migrationsOf, servicesWithTables } from '../database/testing/service-work.js';
import { examine, fault, faultWithinMs, silentHost } from './testing/doctor-run.js';
import type { Change, Examination } from './testing/doctor-run.js';

const [work] = servicesWithTables.filter(({ service }) => service === 'console');
let stack: Awaited<ReturnType<typeof startStack>>;
let server: DataSource;
beforeAll(async () => {
  stack = await startStack({ postgres: true, own: true }); // roles belong to a whole server
  server = await connected(stack.databaseUrl);
  await server.query(`create role owner login password 'own'`);
  for (const role of ['worker', 'stranger']) await server.query(`create role ${role} login password 'own'`);
  for (const database of ['whole', 'lame', 'bare']) {
    await server.query(`create database ${database}`);
    await server.query(`grant create on database ${database} to owner`);
  }
  await migrated('whole', 'all');
  await migrated('lame', 'all but the last');
}, 120_000);
afterAll(async () => {
  await server?.destroy();
  await stack?.stop();
});

async function connected(url: string): Promise<DataSource> {
  const database = createDataSource({ url, schema: 'public', migrations: [] });
  await database.initialize();
  return database;
}

const urlOf = (database: string, role: string, password = 'own'): string => {
  const url = new URL(stack.databaseUrl);
  [url.pathname, url.username, url.password] = [`/${database}`, role, password];
  return url.href;
};

/** The schema of the console, made by its owner, with its roles. */
async function migrated(database: string, which: 'all' | 'all but the last'): Promise<void> {
  if (!work) throw new Error('the console keeps something');
  const migrations = (await migrationsOf(work)).slice(0, which === 'all' ? undefined : -1);
  const owner = createDataSource({ url: urlOf(database, 'owner'), schema: 'console', migrations: [...migrations] });
  await connectAndMigrate(owner);
  await owner.destroy();
  const understood = understand(['tributary', 'database', 'roles', '--owner', 'owner', '--role', 'console=worker', '--apply']);
  if (understood.kind !== 'run') throw new Error(JSON.stringify(understood));
  const admin = new URL(stack.databaseUrl);
  admin.pathname = `/${database}`;
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const code = await databaseRoles(understood, { DATABASE_MIGRATION_URL: admin.href }, { out: note, error: note });
  if (code !== 0) throw new Error(notes.join('\n'));
  await server.query(`alter role worker password 'own'`);
}

/** A change of the whole installation, and its undoing. */
function change(sql: string, undo: string): Change {
  const admin = new URL(stack.databaseUrl);
  admin.pathname = '/whole';
  const run = async (statement: string): Promise<void> => {
    const database = await connected(admin.href);
    await database.query(statement).finally(() => database.destroy());
  };
  return { make: () => run(sql), undo: () => run(undo) };
}

const by = (url: string, more: Examination = {}): Examination => ({ args: ['--client', 'console'], env: { DATABASE_URL: url }, ...more });
const whole = (): Examination => by(urlOf('whole', 'worker'));

it(
  'finds nothing where all is well, and says so',
  async () => {
    const { code, codes } = await examine(whole());
    expect([code, codes]).toEqual([0, ['installation.passed console']]);
  },
  faultWithinMs,
);

it(
  'says that PostgreSQL does not answer, also where a host takes the connection and is silent',
  async () => {
    await fault('database.silent', 'postgresql', by('postgres://worker:own@127.0.0.1:1/whole'), whole());
    const host = await silentHost();
    try {
      const { text } = await fault(
        'database.silent',
        'postgresql',
        by(`postgres://worker:own@${host.address}/whole`, { limits: { postgresql: 2_000 } }),
        whole(),
      );
      expect(text).toContain('no answer within 2 s');
    } finally {
      host.close();
    }
  },
  faultWithinMs,
);

it(
  'says that the password is refused, and does not print it',
  async () => {
    const wrong = by(urlOf('whole', 'worker', 'hunter2-of-nobody'));
    await fault('database.password-refused', 'postgresql', wrong, whole());
    expect((await examine(wrong)).text).not.toContain('hunter2');
  },
  faultWithinMs,
);

it(
  'says which rights are missing, and which are too many',
  async () => {
    const less = change('revoke update on console.person from worker', 'grant update on console.person to worker');
    const { text } = await fault('database.right-missing', 'console', whole(), whole(), less);
    expect(text).toBe('Role worker lacks update on console.person.');
    const more = change('grant truncate on console.person to worker', 'revoke truncate on console.person from worker');
    await fault('database.right-excess', 'console', whole(), whole(), more);
  },
  faultWithinMs,
);

it(
  'says that roles were not applied',
  async () => {
    const { action } = await fault('database.roles-not-applied', 'console', by(urlOf('whole', 'stranger')), whole());
    expect(action).toContain('tributary database roles --apply');
  },
  faultWithinMs,
);

it(
  'says which migrations are missing, or that all are, and which are of a newer release',
  async () => {
    const { text } = await fault('database.migration-pending', 'console', by(urlOf('lame', 'worker')), whole());
    expect(text).toMatch(/^These are not applied: \w+\.$/);
    const none = await fault('database.migration-pending', 'console', by(urlOf('bare', 'owner')), whole());
    expect(none.text).toMatch(/^No migration is applied, of \d+\.$/);
    const newer = change(
      `insert into console.migration (timestamp, name) values (9999999999999, 'Tomorrow9999999999999')`,
      `delete from console.migration where name like 'Tomorrow%'`,
    );
    await fault('database.migration-newer', 'console', whole(), whole(), newer);
  },
  faultWithinMs,
);

it(
  'says that the clock of PostgreSQL is another one',
  async () => {
    const tenMinutesAgo: Examination = { ...whole(), now: () => Date.now() - 600_000 };
    const { text } = await fault('clock.off', 'postgresql', tenMinutesAgo, whole());
    expect(text).toBe('Its clock differs from the one here by 600 s.');
    const beyond = await fault('clock.beyond-tolerance', 'postgresql', tenMinutesAgo, whole());
    expect(beyond.text).toBe('Its clock differs from the one here by 600 s; a signature is good for 300 s, and half of that is 150 s.');
    const patient = { ...tenMinutesAgo, env: { ...tenMinutesAgo.env, STRIPE_SIGNATURE_TOLERANCE_S: '1800' } };
    expect((await examine(patient)).codes).toEqual(['clock.off postgresql', 'installation.passed console']);
  },
  faultWithinMs,
);
