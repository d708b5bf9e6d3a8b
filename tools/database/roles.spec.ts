import { understand } from '#commands/command-line.mjs';
import { databaseRoles } from './command.js';

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; error: string }> {
  const understood = understand(['tributary', 'database', 'roles', ...args]);
  if (understood.kind !== 'run') throw new Error(JSON.stringify(understood));
  const [out, error]: [string[], string[]] = [[], []];
  const code = await databaseRoles(understood, env, { out: (text) => out.push(text), error: (text) => error.push(text) });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

it('prints one transaction, with the audit trail to insert into and to read only', async () => {
  const { code, out, error } = await run(['--owner', 'ledger_owner', '--role', 'recon=ledger_recon']);
  expect(code).toBe(0);
  expect(out).toMatch(/^begin;\n[^]*\ncommit;$/);
  expect(out).toContain('create role "ledger_recon" login');
  expect(out).toContain('create schema if not exists "recon" authorization "ledger_owner";');
  expect(out).toContain('grant select, insert, update, delete on all tables in schema "recon" to "ledger_recon";');
  expect(out).toContain(
    'alter default privileges for role "ledger_owner" in schema "recon" grant select, insert, update, delete on tables to "ledger_recon";',
  );
  expect(out).toContain('grant select, insert on "recon"."audit" to "ledger_recon";');
  expect(out).not.toMatch(/erp_sink|console|password|grant all|grant create/);
  expect(error).toBe('no role, so no rights, for transform, erp-sink, console');
});

it('takes the owner from the connection of the migrations, and shows nothing else of it', async () => {
  const { code, out } = await run(['--role', 'console=a'], { DATABASE_MIGRATION_URL: 'postgres://the_owner:hidden@127.0.0.1:1/x' });
  expect(code).toBe(0);
  expect(out).toContain('authorization "the_owner"');
  expect(out).not.toContain('hidden');
});

it.each<[string, readonly string[], string]>([
  ['no owner', ['--role', 'recon=a'], '--owner is missing'],
  ['no role', ['--owner', 'o'], '--role is missing'],
  [
    'an unknown service',
    ['--owner', 'o', '--role', 'ingest=a'],
    'there is no service of that name with a schema. There are: transform, erp-sink, recon, console',
  ],
  ['a name that ends the statement', ['--owner', 'o', '--role', 'recon=a"; drop schema recon; --'], 'expected the name of a role'],
  ['an owner with blanks', ['--owner', 'o o', '--role', 'recon=a'], 'expected the name of a role'],
  ['one role for two services', ['--owner', 'o', '--role', 'recon=a', '--role', 'console=a'], 'each service has a role of its own'],
  ['the owner as a role', ['--owner', 'o', '--role', 'recon=o'], 'owns the schemas, so it is no role of a service'],
  ['nothing to apply over', ['--owner', 'o', '--role', 'recon=a', '--apply'], 'DATABASE_MIGRATION_URL is missing'],
])('refuses %s, and prints no statement', async (_, args, problem) => {
  const { code, out, error } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(problem);
});

it('says in one sentence that PostgreSQL is not there', async () => {
  const { code, error } = await run(['--owner', 'o', '--role', 'recon=a', '--apply'], {
    DATABASE_MIGRATION_URL: 'postgres://o:hidden@127.0.0.1:1/x',
  });
  expect(code).toBe(1);
  expect(error).toContain('ECONNREFUSED');
  expect(error).not.toContain('hidden');
});
