import { startStack } from '@tributary/local-stack';
import { startConsole } from '../testing/console-system.js';
import type { ConsoleSystem } from '../testing/console-system.js';
import { CookieClient } from '../testing/cookie-client.js';

/** What people do at the console reaches the audit trail, over HTTP and with a real PostgreSQL. */
let stack: Awaited<ReturnType<typeof startStack>>;
let system: ConsoleSystem;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});
beforeEach(async () => {
  system = await startConsole(stack.databaseUrl);
  await system.parts.reporter.round(); // notes the keys of this console
  await until(async () => (await waiting()) === 0);
  await system.database.query('truncate console.person, console.revocation, console.attempts, console.set_up_code cascade');
  system.recon.reports.length = 0;
});
afterEach(async () => {
  await system?.stop();
});

const password = 'wet stone over a slow river';
const waiting = async (): Promise<number> => {
  const [row] = await system.database.query<{ count: number }[]>('select count(*)::int as count from console.audit_outbox');
  return row?.count ?? 0;
};
async function until(done: () => Promise<boolean>): Promise<void> {
  for (let round = 0; !(await done()); round += 1) {
    if (round > 400) throw new Error(`reports still wait: ${await waiting()}`);
    await system.parts.reporter.round();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first person, an admin, signed in. */
async function firstAdmin(): Promise<CookieClient> {
  const code = await system.parts.authority.setUpCodes.make(undefined);
  const admin = new CookieClient(system.url);
  expect((await admin.post('/identity/set-up', { code, name: 'Kim M.', login: 'kim', password })).status).toBe(204);
  await admin.me();
  return admin;
}

it('tells every decision about people, sessions and tokens in its order, with who made it, and no secret', async () => {
  const admin = await firstAdmin();
  const grants = [{ role: 'viewer', target: 'sl-main' }];
  const { id } = (await (await admin.post('/identity/people', { name: 'Lee Q.', login: 'lee', grants })).json()) as { id: string };
  const { code } = (await (await admin.post(`/identity/people/${id}/sign-in-link`)).json()) as { code: string };
  const { id: tokenId, token } = (await (
    await admin.post('/identity/tokens', { name: 'Night script', scope: ['payments.read'] })
  ).json()) as { id: string; token: string };
  expect((await admin.json('DELETE', `/identity/tokens/${tokenId}`)).status).toBeLessThan(300);
  await admin.json('PATCH', `/identity/people/${id}`, { grants: [{ role: 'approver', target: '*' }] });
  await admin.json('PATCH', `/identity/people/${id}`, { locked: true });
  await admin.json('PATCH', `/identity/people/${id}`, { locked: false });
  await admin.post('/identity/sign-out', {});
  await until(async () => (await waiting()) === 0);

  const { reports } = system.recon;
  const subject = reports.find(({ action }) => action === 'session.started')?.subject ?? '';
  const lee = `person:${id}`;
  expect(reports.map(({ action, subject: by, name, object }) => [action, by, name, object])).toEqual([
    ['person.added', 'set-up', 'set-up', subject],
    ['password.changed', 'set-up', 'set-up', subject],
    ['session.started', subject, 'Kim M.', subject],
    ['person.added', subject, 'Kim M.', lee],
    ['person.link-made', subject, 'Kim M.', lee],
    ['token.made', subject, 'Kim M.', subject],
    ['token.withdrawn', subject, 'Kim M.', subject],
    ['person.grants-changed', subject, 'Kim M.', lee],
    ['person.locked', subject, 'Kim M.', lee],
    ['person.unlocked', subject, 'Kim M.', lee],
    ['session.ended', subject, 'Kim M.', subject],
  ]);
  expect(reports[2]).toMatchObject({ address: '127.0.0.1', details: { method: 'set-up' } });
  expect(reports[7]?.details).toEqual({ before: grants, after: [{ role: 'approver', target: '*' }], at: expect.stringMatching(/^\d{4}-/) });
  const told = JSON.stringify(reports);
  for (const secret of [password, code, token, 'Night script', 'Lee Q.']) expect(told).not.toContain(secret);
});

it('tells refused sign-ins and the lock of a name, and nothing of what was typed', async () => {
  await firstAdmin();
  await until(async () => (await waiting()) === 0);
  const [first] = system.recon.reports;
  system.recon.reports.length = 0;
  const stranger = new CookieClient(system.url);
  for (let n = 0; n < 7; n += 1) await stranger.post('/identity/sign-in', { login: 'kim', password: `typed wrongly ${n}` });
  await stranger.post('/identity/sign-in', { login: 'a password in the wrong field', password: 'x' });
  await stranger.post('/identity/sign-in/link', { code: 'no such code' });
  await until(async () => (await waiting()) === 0);
  const told = system.recon.reports.map(({ action, subject, object, details }) => [action, subject, object, details?.['method']]);
  const refused = (object: string | undefined, method: string): unknown[] => ['sign-in.refused', 'nobody', object, method];
  expect(told).toEqual([
    ...Array.from({ length: 5 }, () => refused(first?.object, 'password')),
    ['sign-in.locked', 'nobody', first?.object, 'password'],
    refused('person:unknown', 'password'),
    refused('person:unknown', 'link'),
  ]);
  expect(JSON.stringify(system.recon.reports)).not.toMatch(/typed wrongly|wrong field|no such code/);
});

it('blocks no deed while recon is away, loses no report, and sends one again with the same id when the answer was lost', async () => {
  system.recon.reporting = 'away';
  const admin = await firstAdmin(); // signs in all the same
  await system.parts.reporter.round();
  expect([await waiting(), system.recon.reports]).toEqual([3, []]);
  system.recon.reporting = 'lost';
  await until(() => Promise.resolve(system.recon.reports.length >= 2));
  expect(await waiting()).toBe(3);
  system.recon.reporting = 'takes';
  await admin.post('/identity/sign-out', {});
  await until(async () => (await waiting()) === 0);
  const ids = system.recon.reports.map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
  const firsts = system.recon.reports.filter(({ id }, index) => ids.indexOf(id) === index);
  expect(firsts.map(({ action }) => action)).toEqual(['person.added', 'password.changed', 'session.started', 'session.ended']);
});

it('keeps what recon refuses for good, and holds nothing else back for it', async () => {
  system.recon.reporting = 'refuses';
  const admin = await firstAdmin();
  await until(() => Promise.resolve(system.recon.reports.length >= 3));
  system.recon.reporting = 'takes';
  await admin.post('/identity/sign-out', {});
  await until(async () => (await waiting()) === 3);
  expect(system.recon.reports.at(-1)?.action).toBe('session.ended');
});

it('is undone with the deed: a change that would leave no admin is not reported', async () => {
  const admin = await firstAdmin();
  await until(async () => (await waiting()) === 0);
  const { person } = await admin.me<{ person: { subject: string } }>();
  const before = system.recon.reports.length;
  const { directory } = system.parts.authority;
  await expect(directory.setGrants(person.subject.slice('person:'.length), [], person.subject)).rejects.toThrow('nobody would be left');
  expect(await waiting()).toBe(0);
  expect(system.recon.reports).toHaveLength(before);
});

it('tells once when the keys that verify tokens are others than before', async () => {
  await system.stop(); // the console that starts again has other keys
  system = await startConsole(stack.databaseUrl);
  await until(() => Promise.resolve(system.recon.reports.length > 0));
  const changed = system.recon.reports.filter(({ action }) => action === 'key.changed');
  expect(changed).toMatchObject([{ subject: 'service:console', object: 'key:identity' }]);
  const { added, removed } = changed[0]?.details as { added: string[]; removed: string[] };
  const issuers = (keys: readonly string[]): string[] => keys.map((key) => key.replace(/ sha256:[0-9a-f]{32}$/, ''));
  expect([issuers(added), issuers(removed)]).toEqual([
    ['console', 'recon'],
    ['console', 'recon'],
  ]);
});
