import { understand } from '#commands/command-line.mjs';
import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import type { DatabaseFiles } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { databaseRoles } from './command.js';
import { doWork, migrationsOf, servicesWithTables, sourceOptions } from './testing/service-work.js';
import type { ServiceWork } from './testing/service-work.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let server: DataSource;
beforeAll(async () => {
  // Roles belong to a whole server.
  stack = await startStack({ postgres: true, own: true });
  server = createDataSource({ url: stack.databaseUrl, schema: 'public', migrations: [] });
  await server.initialize();
}, 120_000);
afterAll(async () => {
  await server?.destroy();
  await stack?.stop();
});

const kinds = ['fresh', 'upgraded'] as const;
type Kind = (typeof kinds)[number];
const roleOf = (kind: Kind, service: string): string => `${kind}_${service.replace('-', '_')}`;
const urlOf = (kind: Kind, role?: string): string => {
  const url = new URL(stack.databaseUrl);
  url.pathname = `/${kind}`;
  if (role !== undefined) [url.username, url.password] = [role, 'own'];
  return url.href;
};
const owner = (kind: Kind): string => `${kind}_owner`;
const separate = (kind: Kind): DatabaseFiles => ({ migration: { url: urlOf(kind, owner(kind)), files: {} }, isProduction: true });

async function as<T>(url: string, work: (database: DataSource) => Promise<T>): Promise<T> {
  const database = createDataSource({ url, schema: 'public', migrations: [] });
  await database.initialize();
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}
const run = (kind: Kind, service: string, sql: string): Promise<unknown> =>
  as(urlOf(kind, roleOf(kind, service)), (database) => database.query(sql));

/** The service of the installation, ready to work. */
async function started(kind: Kind, work: ServiceWork, files: DatabaseFiles, more: readonly (new () => object)[] = []): Promise<DataSource> {
  const options = await sourceOptions(work, urlOf(kind, roleOf(kind, work.service)));
  const database = createDataSource({ ...options, migrations: [...(await migrationsOf(work)), ...more], files });
  await connectAndMigrate(database, { onWarning: (text) => warnings.push(text) });
  return database;
}
let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
});

/** `tributary database roles --apply` for all services. */
async function applyRoles(kind: Kind): Promise<{ code: number; notes: string }> {
  const roles = servicesWithTables.flatMap(({ service }) => ['--role', `${service}=${roleOf(kind, service)}`]);
  const understood = understand(['tributary', 'database', 'roles', '--owner', owner(kind), ...roles, '--apply']);
  if (understood.kind !== 'run') throw new Error(JSON.stringify(understood));
  const notes: string[] = [];
  const code = await databaseRoles(
    understood,
    { DATABASE_MIGRATION_URL: urlOf(kind) },
    { out: (t) => notes.push(t), error: (t) => notes.push(t) },
  );
  return { code, notes: notes.join('\n') };
}

beforeAll(async () => {
  for (const kind of kinds) {
    await server.query(`create database ${kind}`);
    await server.query(`create role ${owner(kind)} login password 'own'`);
    await server.query(`grant create on database ${kind} to ${owner(kind)}`);
  }
  // An installation as there are: each service made its tables itself, and has not seen the newest migration.
  for (const work of servicesWithTables) {
    const role = roleOf('upgraded', work.service);
    await server.query(`create role ${role} login password 'own'`);
    await server.query(`grant create on database upgraded to ${role}`);
    const migrations = await migrationsOf(work);
    const old = createDataSource({
      ...(await sourceOptions(work, urlOf('upgraded', role))),
      migrations: migrations.slice(0, Math.max(1, migrations.length - 1)),
    });
    await connectAndMigrate(old);
    await old.query(`create table ${work.schema}.kept (id integer); insert into ${work.schema}.kept values (1)`);
    await old.destroy();
    await server.query(`revoke create on database upgraded from ${role}`);
  }
  for (const kind of kinds) {
    expect(await applyRoles(kind)).toMatchObject({ code: 0 });
    for (const { service } of servicesWithTables) await server.query(`alter role ${roleOf(kind, service)} password 'own'`);
  }
  for (const kind of kinds) for (const work of servicesWithTables) await (await started(kind, work, separate(kind))).destroy();
}, 120_000);

const cases = kinds.flatMap((kind) => servicesWithTables.map((work) => [kind, work.service, work] as const));

it.each(cases)('%s: %s does its work with the rights of its role, after migrations by the owner', async (kind, service, work) => {
  // Without the connection of the owner: in Kubernetes a Job has it, and the service does not.
  const database = await started(kind, work, { isProduction: true });
  await doWork(work, database);
  await database.destroy();
  expect(warnings).toEqual([]);
  if (kind === 'upgraded') expect(await run(kind, service, `select id from ${work.schema}.kept`)).toEqual([{ id: 1 }]);
});

it.each(cases)('%s: %s makes, changes and drops no table', async (kind, service, { schema }) => {
  for (const sql of [
    `create table ${schema}.mine (id integer)`,
    'create table public.mine (id integer)',
    'create schema mine',
    `alter table ${schema}.migration add column mine integer`,
    `drop table ${schema}.migration`,
    `drop schema ${schema} cascade`,
    `insert into ${schema}.migration (timestamp, name) values (1, 'Mine')`,
    `set role ${owner(kind)}`,
  ])
    await expect(run(kind, service, sql)).rejects.toThrow(/permission denied|must be owner|must be able to SET ROLE/);
});

it.each(cases)('%s: %s reads no schema of another service', async (kind, service, { schema }) => {
  for (const other of servicesWithTables.filter((each) => each.schema !== schema))
    await expect(run(kind, service, `select * from ${other.schema}.migration`)).rejects.toThrow(
      `permission denied for schema ${other.schema}`,
    );
});

it.each([
  `update recon.audit set reason = 'x'`,
  'delete from recon.audit',
  'truncate recon.audit',
  'alter table recon.audit disable trigger user',
  'drop trigger audit_append_only on recon.audit',
  `create or replace function recon.refuse_audit_change() returns trigger language plpgsql as 'begin return null; end'`,
])('recon may not: %s', async (sql) => {
  for (const kind of kinds)
    await expect(run(kind, 'recon', sql)).rejects.toThrow(/permission denied|must be owner|must be able to SET ROLE/);
});

it('changes nothing when it is applied again', async () => {
  const rights = (): Promise<unknown> =>
    as(urlOf('fresh'), (database) =>
      database.query(`select c.oid::regclass::text as name, relowner, array(select unnest(relacl)::text order by 1) as acl from pg_class c
        where relnamespace::regnamespace::text in ('transform', 'erp_sink', 'erp_sink_rebuild', 'recon', 'console') order by 1`),
    );
  const before = await rights();
  expect(await applyRoles('fresh')).toMatchObject({ code: 0 });
  expect(await rights()).toEqual(before);
});

class Later1900000000000 {
  readonly name = 'Later1900000000000';
  async up(runner: DataSource): Promise<void> {
    await runner.query('create table console.later (id bigserial primary key, word text)');
  }
  async down(): Promise<void> {}
}
const console = servicesWithTables.find(({ service }) => service === 'console') as ServiceWork;

it('gives the role its rights to what a later migration makes, and says which migration is missing before', async () => {
  await expect(started('fresh', console, {}, [Later1900000000000])).rejects.toThrow(
    /migrations of schema console are missing, and role fresh_console may apply none: Later1900000000000/,
  );
  const database = await started('fresh', console, separate('fresh'), [Later1900000000000]);
  await database.query(`insert into console.later (word) values ('x')`);
  await database.destroy();
});

it.each<[string, string, RegExp]>([
  ['lacks a right', 'revoke update on console.person from upgraded_console', /role upgraded_console lacks update on console\.person/],
  ['may not use its schema', 'revoke usage on schema console from upgraded_console', /role upgraded_console may not use schema console/],
  [
    'could make tables',
    'grant create on schema console to upgraded_console',
    /could do more than its service needs: make tables in schema console/,
  ],
  ['reads another schema', 'grant usage on schema recon to upgraded_console', /read schema recon of another service/],
  ['is a superuser', 'alter role upgraded_console superuser', /everything: it is a superuser/],
  ['makes roles', 'alter role upgraded_console createrole', /make roles/],
])('refuses to start in production when its role %s', async (_, sql, problem) => {
  await as(urlOf('upgraded'), (database) => database.query(sql));
  await expect(started('upgraded', console, { isProduction: true })).rejects.toThrow(problem);
  await as(urlOf('upgraded'), (database) => database.query('alter role upgraded_console nosuperuser nocreaterole'));
  await as(urlOf('upgraded'), (database) => database.query('revoke usage on schema recon from upgraded_console'));
  expect(await applyRoles('upgraded')).toMatchObject({ code: 0 });
  await (await started('upgraded', console, { isProduction: true })).destroy();
});

it('starts as before where one role makes and uses the tables, and tells of it in production', async () => {
  await server.query('create database single');
  const url = new URL(stack.databaseUrl);
  url.pathname = '/single';
  const database = createDataSource({ ...(await sourceOptions(console, url.href)), files: { isProduction: true } });
  await connectAndMigrate(database, { onWarning: (text) => warnings.push(text) });
  await doWork(console, database);
  await database.destroy();
  expect(warnings).toEqual([expect.stringMatching(/could do more than its service needs: everything.*Give the service a role of its own/)]);
});
