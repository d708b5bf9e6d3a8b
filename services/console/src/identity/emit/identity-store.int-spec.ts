import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource, databaseClient } from '@tributary/persistence';
import type { DatabaseClient } from '@tributary/persistence';
import type { KeysetPage, PageRequest } from '@tributary/domain';
import type { DataSource } from 'typeorm';
import { limitPerName } from '../decide/sign-in-limit.js';
import { consoleMigrations } from '../migrations/index.js';
import { ApiTokenRepository, tokensPerPerson } from './api-token.repository.js';
import { AttemptRepository } from './attempt.repository.js';
import { OidcRequestRepository, oidcRequestLivesMs } from './oidc-request.repository.js';
import { LastAdminError, PeopleDirectory } from './people-directory.js';
import { PersonRepository, subjectOf } from './person.repository.js';
import type { Person } from './person.repository.js';
import { RevocationRepository } from './revocation.repository.js';
import { SessionRepository } from './session.repository.js';
import { SetUpCodeRepository } from './set-up-code.repository.js';
import { linkLivesMs, SignInLinkRepository } from './sign-in-link.repository.js';

const minute = 60_000;
const start = Date.parse('2026-11-21T08:00:00Z');
const life = { idleMs: 30 * minute, absoluteMs: 12 * 60 * minute };
const admin = { role: 'admin', target: '*' } as const;
const viewer = { role: 'viewer', target: '*' } as const;

let stack: Awaited<ReturnType<typeof startStack>>;
let source: DataSource;
let database: DatabaseClient;
let now = start;
const date = (): Date => new Date(now);

beforeAll(async () => {
  stack = await startStack({ postgres: true });
  source = createDataSource({ url: stack.databaseUrl, schema: 'console', migrations: consoleMigrations });
  await connectAndMigrate(source);
  database = databaseClient(source, 'testing identity');
}, 120_000);
afterAll(async () => {
  await source?.destroy();
  await stack?.stop();
});
beforeEach(async () => {
  now = start;
  await source.query(`truncate console.person, console.revocation, console.attempts, console.oidc_request, console.set_up_code cascade`);
});

const people = (): PeopleDirectory => new PeopleDirectory(database, date);
const sessions = (): SessionRepository => new SessionRepository(database, life, () => now);
async function somebody(login: string, grants: Parameters<PeopleDirectory['add']>[0]['grants'] = [admin]): Promise<string> {
  const person = await people().add({ name: login, login, grants }, 'set-up');
  return person?.id ?? '';
}

describe('sessions', () => {
  it('end 30 minutes after the last use by a person, and 12 hours after the sign-in', async () => {
    const id = await sessions().start(await somebody('kim'), 'password');
    now += 29 * minute;
    expect((await sessions().find(id))?.person).toMatchObject({ login: 'kim', grants: [admin] });
    now += 29 * minute;
    expect((await sessions().find(id, false))?.endsAt).toBe(now + minute); // the page asked, nobody used it
    now += minute;
    expect(await sessions().find(id)).toBeUndefined();

    const long = await sessions().start(await somebody('lee'), 'password');
    const began = now;
    while (now < began + 12 * 60 * minute - 20 * minute) {
      now += 20 * minute;
      await sessions().find(long);
    }
    now = began + 12 * 60 * minute - 1;
    expect(await sessions().find(long)).toBeDefined();
    now += 1;
    expect(await sessions().find(long)).toBeUndefined();
  });

  it('are another one after each sign-in, and nowhere in the database', async () => {
    const person = await somebody('kim');
    const first = await sessions().start(person, 'password');
    const second = await sessions().start(person, 'password', { before: first });
    expect(second).not.toBe(first);
    expect(await sessions().find(first)).toBeUndefined();
    const [row] = await source.query(`select s::text as row from console.session s`);
    expect(row.row).not.toContain(second);
    expect(Buffer.from(second, 'base64url')).toHaveLength(32);
  });

  it('end when somebody is locked out or gets other grants, and their tokens are withdrawn', async () => {
    await somebody('kim');
    const lee = await somebody('lee', [viewer]);
    const first = await sessions().start(lee, 'password');
    now += 500;
    await people().setGrants(lee, [viewer, { role: 'accountant', target: 'ledger-one' }], 'person:kim');
    expect(await sessions().find(first)).toBeUndefined();
    expect(await new RevocationRepository(database).current(date())).toEqual({
      tokens: [],
      subjects: [{ subject: subjectOf(lee), issuedBefore: start / 1_000 + 1 }],
    });
    const second = await sessions().start(lee, 'password');
    await people().setGrants(lee, [{ role: 'accountant', target: 'ledger-one' }, viewer], 'person:kim'); // the same ones
    expect(await sessions().find(second)).toBeDefined();
    await people().setLocked(lee, true, 'person:kim');
    expect(await sessions().find(second)).toBeUndefined();
  });
});

it('leaves somebody who manages people', async () => {
  const kim = await somebody('kim');
  const lee = await somebody('lee');
  await expect(people().setGrants(kim, [], 'x')).resolves.toMatchObject({ grants: [] });
  await expect(people().setGrants(lee, [viewer], 'x')).rejects.toThrow(LastAdminError);
  await expect(people().setLocked(lee, true, 'x')).rejects.toThrow(LastAdminError);
  expect(await new PersonRepository(database).find(lee)).toMatchObject({ locked: false, grants: [admin] });
});

it('takes a sign-in name once', async () => {
  await somebody('kim');
  expect(await people().add({ name: 'Another', login: 'kim', grants: [] }, 'x')).toBeUndefined();
  expect((await new PersonRepository(database).list({ limit: 10 })).rows).toHaveLength(1);
});

it('leads through people by their names, and back again', async () => {
  for (const name of ['kim', 'ada', 'lee', 'bob', 'cy']) await somebody(name);
  const list = (page: PageRequest) => new PersonRepository(database).list(page);
  const names = ({ rows }: KeysetPage<Person>): string[] => rows.map(({ login }) => login ?? '');
  const first = await list({ limit: 2 });
  const second = await list({ limit: 2, after: first.next ?? '' });
  const last = await list({ limit: 2, after: second.next ?? '' });
  expect([first, second, last].map(names)).toEqual([['ada', 'bob'], ['cy', 'kim'], ['lee']]);
  expect([first.previous, last.next]).toEqual([null, null]);
  expect(names(await list({ limit: 2, before: last.previous ?? '' }))).toEqual(['cy', 'kim']);
});

it('gives people of the identity provider the grants of their groups, beside those of admins', async () => {
  const first = await people().signedInAt('https://id.example', 'a1', 'Kim', [viewer, admin]);
  const session = await sessions().start(first.id, 'oidc');
  await people().setGrants(first.id, [{ role: 'engineer', target: '*' }], 'person:x');
  now += 1_000;
  const again = await people().signedInAt('https://id.example', 'a1', 'Kim M.', [viewer]);
  expect(again).toMatchObject({ id: first.id, name: 'Kim M.', grants: [{ role: 'engineer', target: '*' }, viewer] });
  expect(await sessions().find(session)).toBeUndefined();
  const { subjects } = await new RevocationRepository(database).current(date());
  expect(subjects).toEqual([{ subject: subjectOf(first.id), issuedBefore: start / 1_000 + 2 }]);
  const other = await people().signedInAt('https://other.example', 'a1', 'Kim', []);
  expect(other.id).not.toBe(first.id);
});

it('makes five attempts of many at the same time', async () => {
  const attempts = new AttemptRepository(database, () => now);
  const key = { kind: 'name', value: 'kim', limit: limitPerName } as const;
  const made = await Promise.all(Array.from({ length: 20 }, () => attempts.count(key)));
  expect(made.filter(({ allowed }) => allowed)).toHaveLength(5);
  now += 15 * minute;
  expect(made.filter(({ locks }) => locks)).toHaveLength(1);
  expect(await attempts.count(key)).toEqual({ allowed: true, locks: false });
  const [{ rows }] = await source.query(`select string_agg(a::text, ' ') as rows from console.attempts a`);
  expect(rows).not.toContain('kim');
});

it('lets a link be used once, within 15 minutes, and only the newest one', async () => {
  const links = new SignInLinkRepository(database, () => now);
  const kim = await somebody('kim');
  const old = await links.make(kim, 'x');
  const { code } = await links.make(kim, 'x');
  expect(await links.use(old.code)).toBeUndefined();
  expect((await Promise.all([links.use(code), links.use(code)])).filter((person) => person === kim)).toHaveLength(1);
  expect(await links.use(code)).toBeUndefined();
  const late = await links.make(kim, 'x');
  now += linkLivesMs;
  expect(await links.use(late.code)).toBeUndefined();
});

it('has a set-up code only while there is nobody', async () => {
  const codes = new SetUpCodeRepository(database);
  const first = await codes.make(undefined);
  const given = await codes.make('given by a file');
  expect(await codes.isRight(first ?? '')).toBe(false);
  expect([given, await codes.isRight('given by a file'), await codes.isRight('another')]).toEqual(['given by a file', true, false]);
  await somebody('kim');
  expect(await codes.isRight('given by a file')).toBe(false);
  expect(await codes.make(undefined)).toBeUndefined();
});

it('gives back a sign-in at the provider once, to the browser that began it, in time', async () => {
  const requests = new OidcRequestRepository(database, () => now);
  const request = { nonce: 'n', verifier: 'v', returnTo: '/payments' };
  const { state, browser } = await requests.begin(request);
  expect(await requests.take(state, 'another browser')).toBeUndefined();
  expect(await requests.take(state, browser)).toEqual(request);
  expect(await requests.take(state, browser)).toBeUndefined();
  const late = await requests.begin(request);
  now += oidcRequestLivesMs;
  expect(await requests.take(late.state, late.browser)).toBeUndefined();
});

it('withdraws tokens of their owner only, and bounds their number', async () => {
  const tokens = new ApiTokenRepository(database, date);
  const [kim, lee] = [await somebody('kim'), await somebody('lee')];
  const expiresAt = new Date(start + 24 * 60 * minute);
  for (let index = 0; index < tokensPerPerson; index += 1)
    expect(await tokens.add({ id: `t${index}`, personId: kim, name: 'CLI', scope: ['payments.read'], expiresAt }, 'x')).toBe(true);
  expect(await tokens.add({ id: 'more', personId: kim, name: 'CLI', scope: [], expiresAt }, 'x')).toBe(false);
  expect(await tokens.withdraw('t0', lee, 'x')).toBe(false);
  expect(await tokens.withdraw('t0', kim, 'x')).toBe(true);
  expect(await tokens.withdraw('t1', undefined, 'x')).toBe(true);
  expect((await new RevocationRepository(database).current(date())).tokens).toEqual(['t0', 't1']);
  expect((await new RevocationRepository(database).current(expiresAt)).tokens).toEqual([]);
  expect(await tokens.list(lee)).toEqual([]);
  expect((await tokens.list(undefined)).filter(({ withdrawnAt }) => withdrawnAt !== null).map(({ id }) => id)).toEqual(['t0', 't1']);
});

it('lists a token that may be used, however many newer ones may not', async () => {
  const tokens = new ApiTokenRepository(database, date);
  const kim = await somebody('kim');
  await tokens.add({ id: 'used', personId: kim, name: 'CLI', scope: [], expiresAt: new Date(start + 24 * 60 * minute) }, 'x');
  await source.query(
    `insert into console.api_token (id, person_id, name, scope, created_at, expires_at, withdrawn_at)
     select 'old' || n, $1, 'CLI', '[]'::jsonb, $2::timestamptz + n * interval '1 second', $2::timestamptz + interval '1 day', $2::timestamptz + interval '1 hour'
     from generate_series(1, 250) n`,
    [kim, date()],
  );
  for (const whose of [kim, undefined]) {
    const listed = (await tokens.list(whose)).map(({ id }) => id);
    expect([listed.length, listed[0], listed.at(-1)]).toEqual([201, 'old250', 'used']);
  }
});

it('never changes what was recorded about people', async () => {
  await somebody('kim');
  await expect(source.query(`update console.identity_event set by_subject = 'nobody'`)).rejects.toThrow('never changed');
  await expect(source.query(`delete from console.identity_event`)).rejects.toThrow('never changed');
  await expect(source.query(`truncate console.identity_event`)).rejects.toThrow('never changed');
});
